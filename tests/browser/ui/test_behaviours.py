"""What scripts add; without them the same pages work."""

from pathlib import Path

from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001e221bc33"
    "0000000049454e44ae426082"
)


def test_what_was_typed_survives_leaving_the_page(page390: Page) -> None:
    page390.goto("/ui/")
    page390.locator("#fresh_title").fill("东街路灯不亮")
    page390.locator("#fresh_kind").get_by_text("其他").click()
    page390.goto("/about/")  # at once: before the pause after which typing is kept
    page390.goto("/ui/")
    expect(page390.locator("#fresh_title")).to_have_value("东街路灯不亮")
    expect(page390.locator("#fresh_kind input[value=other]")).to_be_checked()
    page390.get_by_role("button", name="清空重写").click()
    expect(page390.locator("#fresh_title")).to_have_value("")
    assert page390.evaluate("localStorage.length") == 0


def test_a_taken_form_forgets_its_draft(page390: Page) -> None:
    page390.goto("/ui/")
    page390.evaluate("localStorage.setItem('openrenda.draft.gallery', '{}')")
    page390.evaluate("""async () => {
        const mark = document.createElement("span");
        mark.dataset.draftDone = "gallery";
        document.body.append(mark);
        document.dispatchEvent(new CustomEvent("htmx:load", {detail: {elt: mark}}));
    }""")
    assert page390.evaluate("localStorage.getItem('openrenda.draft.gallery')") is None


def test_hidden_fields_and_files_are_never_kept(page390: Page) -> None:
    page390.goto("/ui/")
    page390.locator("#fresh_title").fill("x")
    page390.goto("/about/")
    kept = page390.evaluate("localStorage.getItem('openrenda.draft.gallery')")
    assert "csrfmiddlewaretoken" not in kept
    assert "photos" not in kept


def test_characters_left_are_counted_as_the_server_counts(page390: Page) -> None:
    page390.goto("/ui/")
    box = page390.locator("#fresh_text")
    box.fill("𠮷野家\n好")
    expect(page390.locator("#fresh_text-count")).to_have_text("还可以写 495 字")
    box.fill("长" * 503)
    expect(page390.locator("#fresh_text-count")).to_have_text("超出 3 字，请删减")


def test_a_form_is_sent_once(page1280: Page) -> None:
    page1280.goto("/ui/")
    # The answer never comes: the page stays, and the form rests.
    page1280.evaluate("""() => {
        window.sent = 0;
        document.addEventListener("submit", event => {
            if (!event.defaultPrevented) window.sent += 1;
            event.preventDefault();
        });
    }""")
    button = page1280.get_by_role("button", name="签收")
    button.click()
    expect(button).to_be_disabled()
    button.evaluate("element => element.form.requestSubmit()")
    assert page1280.evaluate("window.sent") == 1
    page1280.evaluate("window.dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    expect(button).to_be_enabled()


def test_photos_are_shown_before_they_are_sent(page390: Page, tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.png" for number in range(11)]
    for path in paths:
        path.write_bytes(PIXEL)
    page390.goto("/ui/")
    page390.locator("#fresh_photos").set_input_files(paths)
    expect(page390.locator(".previews img")).to_have_count(9)
    expect(page390.locator(".previews")).to_contain_text("最多 9 个")


def test_rows_chosen_are_counted(page1280: Page) -> None:
    page1280.goto("/ui/")
    expect(page1280.locator(".bulk-count")).to_have_text("已选 1 件")
    page1280.get_by_role("button", name="全选本页").click()
    expect(page1280.locator(".bulk-count")).to_have_text("已选 3 件")
    page1280.get_by_role("button", name="全选本页").click()
    expect(page1280.locator(".bulk-count")).to_have_text("已选 0 件")


def test_workbench_keys(page1280: Page) -> None:
    page1280.goto("/ui/work/")
    page1280.evaluate("document.activeElement.blur()")
    page1280.keyboard.press("j")
    expect(page1280.locator("[data-row]").first).to_be_focused()
    page1280.keyboard.press("j")
    expect(page1280.locator("[data-row]").nth(1)).to_be_focused()
    page1280.keyboard.press("k")
    expect(page1280.locator("[data-row]").first).to_be_focused()
    page1280.keyboard.press("?")
    expect(page1280.get_by_role("dialog", name="键盘操作")).to_be_visible()
    page1280.keyboard.press("?")
    expect(page1280.get_by_role("dialog")).to_be_hidden()
    page1280.keyboard.press("/")
    expect(page1280.locator("[data-search]").first).to_be_focused()
    page1280.keyboard.type("j?")
    expect(page1280.locator("[data-search]").first).to_have_value("j?")


def test_all_is_there_without_script(chromium: Browser, live_server: LiveServer) -> None:
    context = chromium.new_context(java_script_enabled=False, base_url=live_server.url)
    page = context.new_page()
    page.goto("/ui/")
    expect(page.get_by_role("button", name="签收")).to_be_enabled()
    expect(page.get_by_role("button", name="打印本页")).to_be_hidden()
    expect(page.get_by_text("最多 500 字").first).to_be_visible()
    page.get_by_text("这个日期怎么算的").first.click()
    expect(page.get_by_text("起算日，当日不计").first).to_be_visible()
    page.get_by_role("button", name="长辈版").click()
    expect(page.get_by_role("button", name="退出长辈版")).to_be_visible()
    context.close()

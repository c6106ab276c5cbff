"""What a browser itself enforces on our answers."""

from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

INLINE = """() => {
    const script = document.createElement("script");
    script.textContent = "window.ran = true";
    document.body.append(script);
    return window.ran === true;
}"""


def test_the_content_policy_refuses_inline_script(chromium: Browser, live_server: LiveServer) -> None:
    page = chromium.new_page()  # not `page1280`: the refusal this asks for is an error there
    page.goto(f"{live_server.url}/healthz")
    assert page.evaluate(INLINE) is False
    page.close()

"""What pages say and what forms keep: the whole way of an idea, the year, a project's story, bad input."""

import re
from datetime import date

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from openrenda.kernel import clock as kernel_clock
from openrenda.livelihood.models import Idea, Progress, Project
from openrenda.livelihood.states import IdeaState, ProjectState
from tests.http.livelihood import scene
from tests.http.livelihood.conftest import Enter
from tests.makers.documents import an_upload

NEW = "/projects/ideas/new/"
TYPED = {"title": "在汝桥社区建一个助餐点", "content": "楼里老人多，吃饭不方便。", "place": "汝桥社区", "key": "k" * 20}


def text(answer: HttpResponse) -> str:
    return answer.content.decode()


def test_an_idea_is_written_looked_at_sent_and_followed() -> None:
    scene.call()
    resident = Client()
    assert "您最想政府办成哪件事" in text(resident.get(NEW))
    seen = resident.post(NEW, {**TYPED, "step": "preview"})
    assert "公众看到的样子" in text(seen)
    sent = resident.post(NEW, {**TYPED, "step": "send"})
    assert (sent.status_code, sent["Location"]) == (303, reverse("livelihood:receipt"))
    receipt = resident.get(reverse("livelihood:receipt"))
    idea = Idea.objects.get(title=TYPED["title"], idempotency_key="k" * 20)
    assert idea.key in text(receipt)
    code = _code(text(receipt))
    resident.post(reverse("livelihood:receipt_done"))
    assert resident.get(reverse("livelihood:receipt")).status_code == 303
    track = reverse("livelihood:track")
    opened = resident.post(track, {"number": idea.key, "code": code})
    assert (opened.status_code, opened["Location"]) == (303, reverse("livelihood:track_idea"))
    page = text(resident.get(reverse("livelihood:track_idea")))
    assert "楼里老人多" in page
    assert "等区政府研究" in page
    resident.post(reverse("livelihood:track_leave"))
    assert resident.get(reverse("livelihood:track_idea")).status_code == 303


def _code(page: str) -> str:
    return page.split('class="copy-text">')[2].split("<", maxsplit=1)[0]


def test_the_same_form_sent_twice_makes_one_record() -> None:
    scene.call()
    resident = Client()
    for _twice in range(2):
        assert resident.post(NEW, {**TYPED, "step": "send"}).status_code == 303
    assert Idea.objects.filter(idempotency_key="k" * 20).count() == 1


def test_a_machine_that_fills_the_hidden_field_is_not_taken() -> None:
    scene.call()
    answer = Client().post(NEW, {**TYPED, "step": "send", "website": "https://example.org"})
    assert answer.status_code == 422
    assert not Idea.objects.filter(idempotency_key="k" * 20).exists()


def test_a_refused_form_keeps_what_was_typed() -> None:
    scene.call()
    answer = Client().post(NEW, {**TYPED, "title": "", "phone": "abc", "step": "preview"})
    page = text(answer)
    assert answer.status_code == 422
    assert "楼里老人多，吃饭不方便。" in page
    assert 'value="汝桥社区"' in page
    assert 'href="#id_title"' in page


def test_wrong_code_and_unknown_number_read_the_same() -> None:
    works = scene.call()
    track, said = reverse("livelihood:track"), []
    for number in (works.idea.key, "MSJY-2025-9999"):
        answer = Client().post(track, {"number": number, "code": "00000000"})
        assert answer.status_code == 422
        said.append(text(answer).split('class="error-summary"')[1].split("</div>")[0])
    assert said[0] == said[1]


def test_after_the_call_the_page_says_so_and_takes_nothing() -> None:
    scene.call(on=scene.CALL)
    answer = Client().post(NEW, {**TYPED, "step": "send"})
    assert "现在不在征集期内" in text(answer)


def test_candidates_are_nobodys_business_until_they_are_published_with_their_booklet() -> None:
    works = scene.candidates(published=False)
    visitor, one = Client(), works.projects[0]
    assert one.name not in text(visitor.get("/projects/2025/"))
    assert visitor.get(f"/projects/2025/{one.serial}/").status_code == 404
    assert visitor.get("/projects/2025/booklet.pdf").status_code == 404
    scene.publish(works)
    page = text(visitor.get("/projects/2025/"))
    assert all(project.name in page for project in works.projects)
    assert "候选1号" in page
    paper = visitor.get("/projects/2025/booklet.pdf")
    assert paper.status_code == 200
    assert paper.content.startswith(b"%PDF")


def test_home_the_year_and_a_project_tell_their_story() -> None:
    works = scene.running()
    visitor = Client()
    year = text(visitor.get("/projects/2025/"))
    assert "255票" in year
    assert "未当选" in year
    assert 'class="district-ground"' in year
    page = text(visitor.get(f"/projects/2025/{works.projects[0].serial}/"))
    for words in ("第一条建议", "2025年3月进展", "实际31%，计划60%", "严重滞后", "用表格看每个月的进度", "255票赞成"):
        assert words in page
    assert "王女士" not in page
    idea = text(visitor.get(f"/projects/ideas/{works.idea.key}/"))
    assert "社区养老服务提升" in idea
    hidden = Idea.objects.get(pk=works.ideas[1].idea_id)
    assert visitor.get(f"/projects/ideas/{hidden.key}/").status_code == 404
    home = text(visitor.get("/"))
    assert works.projects[0].name in home
    assert "严重滞后" in home


def test_bad_addresses_are_not_found_and_lists_take_any_query() -> None:
    scene.call()
    visitor = Client()
    for path in ("1999/", "2025/999/", "ideas/MSJY-2025-9999/", "99999999999/", f"2025/{'9' * 30}/"):
        assert visitor.get(f"/projects/{path}").status_code == 404, path
    for query in ("category=%00", "before=abc", "before=99999999999999999999", "state=nonsense&q=%25"):
        assert visitor.get(f"/projects/2025/ideas/?{query}").status_code == 200, query


def test_a_report_with_a_photo_and_a_refused_one(enter: Enter) -> None:
    works = scene.running()
    url = reverse("livelihood:project_act", args=[works.chosen.pk, "report"])
    with kernel_clock.at(date(2025, 4, 28)):
        clerk = enter("clerk")
        bad = clerk.post(url, {"month": "2025-04", "actual": "140", "note": "路基完成", "paid": "一千"})
        page = text(bad)
        assert bad.status_code == 422
        assert "路基完成" in page
        assert "请填写 0 到 100 之间的整数。" in page
        good = clerk.post(
            url,
            {
                "month": "2025-04",
                "actual": "48",
                "note": "路基完成",
                "paid": "1,250.5",
                "photos": an_upload(),
                "once": "o1",
            },
        )
        assert good.status_code == 303, text(good)
        again = clerk.post(url, {"month": "2025-04", "actual": "48", "note": "路基完成", "once": "o1"})
        assert again.status_code == 303
    row = Progress.objects.get(project=works.chosen, month="2025-04")
    assert str(row.paid) == "1250.50"
    assert "现场照片" in text(Client().get(f"/projects/2025/{works.chosen.serial}/"))


def test_the_government_settles_an_idea_from_its_page(enter: Enter) -> None:
    works = scene.call()
    hub, pk = enter("hub"), works.idea.pk
    assert "2条建议等着给出结果" in text(hub.get("/work/"))
    declined = reverse("livelihood:idea_act", args=[pk, "decline"])
    assert hub.get(declined).status_code == 200
    refused = hub.post(declined, {"decline_code": "routine", "explanation": ""})
    assert refused.status_code == 422
    assert hub.post(declined, {"decline_code": "routine", "explanation": "已列入部门年度计划。"}).status_code == 303
    assert Idea.objects.get(pk=pk).state == IdeaState.DECLINED
    assert hub.get(declined).status_code == 404


def test_the_office_fixes_candidates_and_sees_the_difference(enter: Enter) -> None:
    works = scene.weighed()
    pks = [p.pk for p in works.projects]
    office = enter("office")
    discuss, deliberate, fix = (
        reverse("livelihood:year_act", args=[works.year.pk, name])
        for name in ("discuss_party", "deliberate", "fix_candidates")
    )
    assert office.post(discuss, {"project_ids": pks, "decided_on": "2024-12-18"}).status_code == 303
    without = office.post(deliberate, {"project_ids": pks})
    assert "写明会议名称" in text(without)
    assert office.post(deliberate, {"project_ids": pks, "decided_by": "第25次会议"}).status_code == 303
    assert "差额1个，比例50%" in text(office.get(fix))
    few = office.post(fix, {"project_ids": pks[:2]})
    assert few.status_code in (409, 422)
    assert office.post(fix, {"project_ids": pks}).status_code == 303
    assert set(Project.objects.values_list("state", flat=True)) == {ProjectState.CANDIDATE}


def _open_buttons(browser: Client, *pages: str) -> set[str]:
    """Follows every button beside these pages; each must show its form. The names of the acts."""
    found: set[str] = set()
    for address in pages:
        page = browser.get(address)
        if page.status_code != 200:
            continue
        for url in set(re.findall(r'<a class="button[^"]*" href="(/work/projects/[^"]+)"', text(page))):
            answer = browser.get(url)
            assert answer.status_code == 200, f"{url}: {answer.status_code}"
            found.add(re.sub(r"/\d+/$", "/", url).rstrip("/").rsplit("/", 1)[1])
    return found


def test_every_button_opens_its_form(enter: Enter) -> None:
    """From the weighing to an adjustment that waits for the committee: what is offered can be done."""
    works = scene.weighed()
    desk = reverse("livelihood:work_year", args=[works.year.pk])
    page = reverse("livelihood:work_project", args=[works.projects[0].pk])
    idea = reverse("livelihood:work_idea", args=[works.idea.pk])
    seen = _open_buttons(enter("hub"), desk, page, idea) | _open_buttons(enter("deputy"), page)
    seen |= _open_buttons(enter("other_leader"), page) | _open_buttons(enter("office"), desk, page)
    assert {"propose", "discuss_party", "score", "give_opinion", "send_back", "publish", "withhold"} <= seen
    scene.decided(works)
    seen = _open_buttons(enter("office"), desk)
    assert {"put_to_vote", "publish_candidates"} <= seen
    scene.choose(works)
    seen = _open_buttons(enter("leader"), page) | _open_buttons(enter("hub"), page)
    assert {"draft_plan", "confirm_funds"} <= seen
    scene.plan(works)
    scene.supervise(works)
    seen = _open_buttons(enter("leader"), page) | _open_buttons(enter("office"), desk, page)
    assert {"report", "answer_order", "answer_inspection", "endorse", "turn_down", "issue_order", "form_group"} <= seen
    assert "2026年3月31日" in text(Client().get(f"/projects/2025/{works.projects[0].serial}/"))

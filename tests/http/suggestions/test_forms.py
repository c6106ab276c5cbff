"""Forms through the front door: happy and sad, empty and huge, twice, and at once."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import reverse

from openrenda.kernel import clock
from openrenda.suggestions import actions
from openrenda.suggestions.models import (
    Assignment,
    Commitment,
    Contact,
    Feedback,
    Nudge,
    Reply,
    Suggestion,
    Supplement,
)
from openrenda.suggestions.states import State
from tests.http.suggestions import walk
from tests.http.suggestions.conftest import Enter
from tests.http.suggestions.walk import Scene
from tests.makers import orgs

SCRIPT = "<script>alert(1)</script>"
HUGE = "灯" * 100_000


def paper(scene: Scene, **given: Any) -> dict[str, Any]:
    """The suggestion paper as a browser sends it."""
    return {
        "title": "关于修好桐花里路灯的建议", "problem": "十二盏坏了八盏。", "analysis": "", "proposal": "一、修好。",
        "category_id": scene.category_id, "origin": "research", "wish": "meeting", "publicity_wish": "full",
        "contact_phone": "13900001234", **given,
    }  # fmt: skip


def letter(**given: Any) -> dict[str, Any]:
    """A reply as a browser sends it."""
    return {
        "doc_no": "云住建函〔2025〕15号", "reply_class": "B", "body": "已修好五盏。", "contact_name": "王科长",
        "contact_phone": "0371-55551234", "publicity": "full", "secrecy_checked_by": "李保密",
        "promise_1": "修好其余", "deadline_1": "2025-06-30", "responsible_1": "王科长", "kind_1": "promise", **given,
    }  # fmt: skip


def act(enter: Enter, who: str, row: Suggestion, name: str, part: int = 0, **sent: Any) -> HttpResponse:
    where = [row.pk, name, part] if part else [row.pk, name]
    return enter(who).post(reverse("suggestions:part_act" if part else "suggestions:act", args=where), sent)


def text_of(answer: HttpResponse) -> str:
    return answer.content.decode()


# --- writing ----------------------------------------------------------------------------------------------------------


def test_a_deputy_writes_invites_and_submits(scene: Scene, enter: Enter) -> None:
    answer = enter("lead").post(reverse("suggestions:write"), paper(scene))
    row = Suggestion.objects.get()
    assert answer.status_code == 303
    assert answer.headers["Location"] == reverse("suggestions:work", args=[row.pk])
    url = reverse("suggestions:cosigners", args=[row.pk])
    assert "龚援朝" in text_of(enter("lead").get(url, {"q": "gyc"}))
    assert enter("lead").post(f"{url}?q=gyc", {"mandate_ids": [scene.cosigner.pk]}).status_code == 303
    assert act(enter, "cosigner", row, "confirm_cosign").status_code == 303
    refused = act(enter, "lead", row, "submit")
    assert refused.status_code == 422
    assert "请先勾选确认" in text_of(refused)
    assert act(enter, "lead", row, "submit", one_matter="on", no_secret="on").status_code == 303
    row.refresh_from_db()
    assert row.state == State.SUBMITTED


def test_an_empty_paper_says_what_is_missing_and_keeps_the_rest(scene: Scene, enter: Enter) -> None:
    answer = enter("lead").post(reverse("suggestions:write"), paper(scene, title="", problem="路灯坏了八盏。"))
    assert answer.status_code == 422
    assert 'href="#id_title"' in text_of(answer)
    assert "路灯坏了八盏。" in text_of(answer)
    assert not Suggestion.objects.exists()


@pytest.mark.parametrize("field", ["title", "problem", "analysis", "proposal"])
def test_a_hundred_kilobytes_are_refused_with_the_limit(field: str, scene: Scene, enter: Enter) -> None:
    answer = enter("lead").post(reverse("suggestions:write"), paper(scene, **{field: HUGE}))
    assert answer.status_code == 422
    assert "您写了100000个字" in text_of(answer)
    assert not Suggestion.objects.exists()


def test_script_in_a_text_is_text(scene: Scene, enter: Enter) -> None:
    sent = paper(scene, title=f"关于{SCRIPT}的建议", problem=SCRIPT, proposal=SCRIPT)
    enter("lead").post(reverse("suggestions:write"), sent)
    row = Suggestion.objects.get()
    shown = text_of(enter("lead").get(reverse("suggestions:work", args=[row.pk])))
    assert SCRIPT not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown


def test_the_same_paper_sent_twice_is_one_draft(scene: Scene, enter: Enter) -> None:
    first, second = (enter("lead").post(reverse("suggestions:write"), paper(scene)) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert Suggestion.objects.count() == 1


def test_editing_warns_that_confirmations_are_reset(scene: Scene, enter: Enter) -> None:
    row = walk.to(scene, "draft", joint=True)
    url = reverse("suggestions:edit", args=[row.pk])
    page = text_of(enter("lead").get(url))
    assert "需要重新确认" in page
    assert "龚援朝" in page
    assert enter("lead").post(url, paper(scene, problem="又坏了一盏。")).status_code == 303
    assert row.cosigners.get().state == "invited"


def test_not_publishing_needs_a_reason(scene: Scene, enter: Enter) -> None:
    answer = enter("lead").post(reverse("suggestions:write"), paper(scene, publicity_wish="no"))
    assert answer.status_code == 422
    assert "请写明理由" in text_of(answer)


def test_an_attachment_that_is_not_what_it_says_is_refused(scene: Scene, enter: Enter) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415  one test needs it

    row = walk.to(scene, "draft")
    false = SimpleUploadedFile("a.jpg", b"MZ\x90\x00 not a picture", "image/jpeg")
    assert act(enter, "lead", row, "attach", attachments=[false]).status_code == 422


# --- the deputies' office ---------------------------------------------------------------------------------------------


def test_review_accepts_sends_back_and_rejects(scene: Scene, enter: Enter) -> None:
    rows = [walk.to(scene, "submitted", title=f"关于第{n}件事的建议") for n in range(3)]
    assert act(enter, "rep", rows[0], "accept", opinion="").status_code == 303
    assert act(enter, "rep", rows[1], "send_back", reason="").status_code == 422
    assert act(enter, "rep", rows[1], "send_back", reason="请写明地点").status_code == 303
    assert act(enter, "rep", rows[2], "reject", code="case", reason="").status_code == 422
    assert act(enter, "rep", rows[2], "reject", code="case", reason="属具体案件").status_code == 303
    states = [Suggestion.objects.get(pk=row.pk).state for row in rows]
    assert states == [State.ACCEPTED, State.RETURNED_EDIT, State.REJECTED]


def test_two_officers_at_once_one_wins_the_other_is_told(scene: Scene, enter: Enter) -> None:
    row = walk.to(scene, "submitted")
    assert act(enter, "rep", row, "accept").status_code == 303
    late = act(enter, "rep", row, "send_back", reason="请写明地点")
    assert late.status_code == 409
    assert "已接收编号" in text_of(late)


def plan_lines(*lines: tuple[str, str, str]) -> dict[str, Any]:
    sent: dict[str, Any] = {}
    for n, (code, part, words) in enumerate(lines, 1):
        sent |= {f"unit_{n}": orgs.a_unit(code).pk, f"part_{n}": part, f"text_{n}": words}
    return sent


def test_plans_of_each_mode(scene: Scene, enter: Enter) -> None:
    row = walk.to(scene, "accepted")
    assert act(enter, "rep", row, "plan", mode="single").status_code == 422
    two_leads = plan_lines(("B03", "lead", ""), ("B04", "lead", ""))
    assert act(enter, "rep", row, "plan", mode="lead_co", **two_leads).status_code == 422
    lead_co = plan_lines(("B03", "lead", ""), ("B04", "co", ""))
    assert act(enter, "rep", row, "plan", mode="lead_co", **lead_co).status_code == 303
    assert list(row.planned.values_list("part", flat=True)) == ["lead", "co"]
    silent = plan_lines(("B03", "share", "修灯"), ("B04", "share", ""))
    assert act(enter, "rep", row, "plan", mode="split", **silent).status_code == 422
    split = plan_lines(("B03", "share", "修灯"), ("B04", "share", "定日常维护"))
    assert act(enter, "rep", row, "plan", mode="split", **split).status_code == 303


def test_assignment_day_previews_each_row_and_does_all_or_none(scene: Scene, enter: Enter) -> None:
    ready = walk.to(scene, "planned", title="关于甲路的建议")
    unplanned = walk.to(scene, "accepted", title="关于乙路的建议")
    url, rep = reverse("suggestions:bulk", args=["assign"]), enter("rep")
    assert rep.post(url, {}).status_code == 422
    both = {"id": [ready.pk, unplanned.pk]}
    preview = rep.post(url, both)
    assert preview.status_code == 200
    assert "还没有拟定承办单位" in text_of(preview)
    assert 'name="confirmed" value="1"' not in text_of(preview) or "可以办" in text_of(preview)
    refused = rep.post(url, {**both, "confirmed": "1"})
    assert refused.status_code == 422
    assert "一件也没有办" in text_of(refused)
    assert not Assignment.objects.exists()
    assert rep.post(url, {"id": [ready.pk], "confirmed": "1"}).status_code == 303
    ready.refresh_from_db()
    assert ready.state == State.ASSIGNED1


def test_a_row_done_by_a_colleague_stops_the_others(scene: Scene, enter: Enter) -> None:
    rows = [walk.to(scene, "distributed", title=f"关于第{n}件事的建议") for n in range(2)]
    turns = [walk.turn(row.pk).pk for row in rows]
    assert act(enter, "clerk", rows[0], "sign_for", turns[0]).status_code == 303
    url = reverse("suggestions:bulk", args=["sign_for"])
    answer = enter("clerk").post(url, {"id": turns, "confirmed": "1", "clerk": "王科长"})
    assert answer.status_code == 422
    assert Assignment.objects.get(pk=turns[1]).signed_on is None
    assert enter("clerk").post(url, {"id": turns[1:], "confirmed": "1", "clerk": "王科长"}).status_code == 303
    assert Assignment.objects.get(pk=turns[1]).clerk == "王科长"


def test_the_hub_distributes_in_bulk_as_planned(scene: Scene, enter: Enter) -> None:
    rows = [walk.to(scene, "assigned", title=f"关于第{n}件事的建议") for n in range(2)]
    ids = [walk.turn(row.pk).pk for row in rows]
    url = reverse("suggestions:bulk", args=["distribute"])
    assert "住建局" in text_of(enter("hub").post(url, {"id": ids}))
    assert enter("hub").post(url, {"id": ids, "confirmed": "1"}).status_code == 303
    assert {Suggestion.objects.get(pk=row.pk).state for row in rows} == {State.ASSIGNED2}


# --- units ------------------------------------------------------------------------------------------------------------


def test_a_unit_meets_replies_and_its_leader_signs(scene: Scene, enter: Enter) -> None:
    row = walk.to(scene, "handling")
    turn = walk.turn(row.pk).pk
    meeting = {"way": "meeting", "on": clock.today().isoformat(), "notes": "代表要求月底前修好。"}
    assert act(enter, "clerk", row, "record_contact", turn, **meeting).status_code == 422
    assert act(enter, "clerk", row, "record_contact", turn, **meeting, place="社区").status_code == 303
    assert act(enter, "lead", row, "confirm_contact", Contact.objects.get().pk).status_code == 303
    missing = act(enter, "clerk", row, "draft_reply", turn, **letter(promise_1=""))
    assert missing.status_code == 422
    assert "请写明承诺事项、完成期限和责任人" in text_of(missing)
    assert "已修好五盏。" in text_of(missing)
    assert act(enter, "clerk", row, "draft_reply", turn, **letter(reply_class="D")).status_code == 422
    assert act(enter, "clerk", row, "draft_reply", turn, **letter()).status_code == 303
    assert "云住建函〔2025〕15号" in text_of(
        enter("leader").get(reverse("suggestions:part_act", args=[row.pk, "sign_reply", turn]))
    )
    signing = {"signer": "赵局长", "signer_title": "局长", "is_chief": "on"}
    assert act(enter, "leader", row, "sign_reply", turn, **signing).status_code == 303
    assert act(enter, "hub", row, "pass_reply", turn).status_code == 303
    assert Commitment.objects.get().responsible == "王科长"


def test_all_sections_of_the_reply_are_there_without_javascript(scene: Scene, enter: Enter) -> None:
    row = walk.to(scene, "handling")
    walk.contact(scene, row.pk)
    url = reverse("suggestions:part_act", args=[row.pk, "draft_reply", walk.turn(row.pk).pk])
    page = text_of(enter("clerk").get(url))
    for name in ("promise_1", "deadline_1", "responsible_1", "reference_reason"):
        assert f'name="{name}"' in page


def test_a_reply_sent_back_comes_back_filled_in(scene: Scene, enter: Enter) -> None:
    row = walk.to(scene, "reply_review")
    turn = walk.turn(row.pk).pk
    assert act(enter, "leader", row, "send_back_reply", turn, reason="beside", note="没有回答第二条").status_code == 303
    page = text_of(enter("clerk").get(reverse("suggestions:part_act", args=[row.pk, "draft_reply", turn])))
    assert "没有回答第二条" in page
    assert "其余3盏要换电缆" in page
    assert 'value="修好' in page or "修好桐花里北街全部路灯" in page


def test_return_and_extension_are_asked_and_decided(scene: Scene, enter: Enter) -> None:
    row = walk.to(scene, "distributed")
    turn = walk.turn(row.pk).pk
    assert act(enter, "clerk", row, "request_return", turn, reason="").status_code == 422
    assert act(enter, "clerk", row, "request_return", turn, reason="归城管局管").status_code == 303
    page = text_of(enter("hub").get(reverse("suggestions:part_act", args=[row.pk, "grant_return", turn])))
    assert "归城管局管" in page
    assert act(enter, "hub", row, "grant_return", turn, unit_id=orgs.a_unit("B04").pk).status_code == 303
    assert str(walk.turn(row.pk).unit) == "城管局"


def test_a_form_sent_twice_is_taken_once(scene: Scene, enter: Enter) -> None:
    row = walk.to(scene, "handling")
    for _ in range(2):
        answer = act(enter, "lead", row, "supplement", text="又坏了一盏。", once="abc")
        assert answer.status_code == 303
    assert Supplement.objects.count() == 1
    unit = {"unit_id": orgs.a_unit("B03").pk, "kind": "reminder", "text": "请抓紧。"}
    for _ in range(2):
        assert act(enter, "rep", row, "nudge", **unit, once="def").status_code == 303
    assert Nudge.objects.count() == 1


# --- the deputy's verdict, promises, publication ----------------------------------------------------------------------


def test_dissatisfaction_needs_a_reason_and_nothing_is_ticked_beforehand(scene: Scene, enter: Enter) -> None:
    row = walk.to(scene, "feedback")
    page = text_of(enter("lead").get(reverse("suggestions:act", args=[row.pk, "give_feedback"])))
    assert 'type="radio" name="result" value="good" checked' not in page
    verdict = {"attitude": "good", "result": "bad", "was_met": "no"}
    assert act(enter, "lead", row, "give_feedback", attitude="good").status_code == 422
    refused = act(enter, "lead", row, "give_feedback", **verdict)
    assert refused.status_code == 422
    assert "请写明理由" in text_of(refused)
    assert act(enter, "lead", row, "give_feedback", **verdict, comment="还有三盏没修").status_code == 303
    assert Feedback.objects.get().result == "bad"
    page = text_of(enter("rep").get(reverse("suggestions:act", args=[row.pk, "rehandle"])))
    assert "还有三盏没修" in page
    assert act(enter, "rep", row, "rehandle", note="请当面沟通").status_code == 303


def test_a_promise_is_reported_claimed_denied_and_kept(scene: Scene, enter: Enter) -> None:
    row = walk.to(scene, "feedback")
    promise = Commitment.objects.get().pk
    assert act(enter, "clerk", row, "report", promise, text="电缆已到货").status_code == 303
    assert act(enter, "clerk", row, "claim_done", promise, text="修好了").status_code == 422
    assert act(enter, "clerk", row, "claim_done", promise, text="修好了", proof="照片三张").status_code == 303
    assert act(enter, "lead", row, "deny_done", promise, reason="还有一盏不亮").status_code == 303
    assert act(enter, "clerk", row, "claim_done", promise, text="都修好了", proof="照片").status_code == 303
    assert act(enter, "lead", row, "confirm_done", promise, note="去看过").status_code == 303
    assert Commitment.objects.get().state == "done_confirmed"


def test_release_masks_numbers_and_says_what_stays_closed(scene: Scene, enter: Enter) -> None:
    row = walk.to(scene, "closed", problem="联系人电话13912345678，路灯坏了。")
    url = reverse("suggestions:case", args=[row.key])
    assert "正文没有全部公开" in text_of(enter("visitor").get(url))
    assert act(enter, "rep", row, "release", decision="no", checked_by="李保密").status_code == 422
    assert act(enter, "rep", row, "release", decision="full", checked_by="李保密").status_code == 303
    page = text_of(enter("visitor").get(url))
    assert "路灯坏了" in page
    assert "13912345678" not in page
    assert "0371-55551234" not in page


def test_withdrawing_a_joint_suggestion_needs_all(scene: Scene, enter: Enter) -> None:
    row = walk.to(scene, "handling", joint=True)
    assert act(enter, "lead", row, "withdraw", reason="已解决").status_code == 409
    assert act(enter, "lead", row, "ask_withdrawal", reason="已解决").status_code == 303
    assert act(enter, "cosigner", row, "agree_withdrawal").status_code == 303
    assert act(enter, "lead", row, "withdraw", reason="已解决").status_code == 303
    assert "提出人已撤回" in text_of(enter("visitor").get(reverse("suggestions:case", args=[row.key])))


def test_objection_nudge_and_look_back_are_answered(scene: Scene, enter: Enter) -> None:
    row = walk.to(scene, "handling")
    unit = orgs.a_unit("B03").pk
    assert act(enter, "lead", row, "object", unit_id=unit, text="应由城管局办").status_code == 303
    objection = row.objections.get().pk
    assert act(enter, "rep", row, "answer_objection", objection, answer="住建局管路灯").status_code == 303
    assert act(enter, "rep", row, "nudge", unit_id=unit, kind="order", text="请抓紧").status_code == 303
    assert act(enter, "clerk", row, "answer_nudge", row.nudges.get().pk, answer="本周完成").status_code == 303
    closed = walk.to(scene, "closed", title="关于另一件事的建议")
    assert act(enter, "rep", closed, "choose_look_back").status_code == 303
    seen = {"verdict": "partly", "note": "还有一盏不亮", "on": clock.today().isoformat(), "new_class": "C"}
    assert act(enter, "committee", closed, "record_look_back", closed.look_backs.get().pk, **seen).status_code == 303
    assert Suggestion.objects.get(pk=closed.pk).reply_class == "C"


def test_the_drawn_look_back_shows_its_seed(scene: Scene, enter: Enter) -> None:
    walk.to(scene, "closed")
    url = reverse("suggestions:look_backs")
    assert enter("rep").post(url, {"year": 2025, "seed": "", "share": 20}).status_code == 422
    assert enter("rep").post(url, {"year": 2025, "seed": "八六三", "share": 20}).status_code == 303
    assert "八六三" in text_of(enter("sc_leader").get(url))


def test_co_handlers_give_their_opinion(scene: Scene, enter: Enter) -> None:
    row = walk.to(scene, "accepted")
    lines = plan_lines(("B03", "lead", ""), ("B04", "co", ""))
    act(enter, "rep", row, "plan", mode="lead_co", **lines)
    act(enter, "rep", row, "assign")
    act(enter, "hub", row, "distribute", walk.turn(row.pk).pk)
    co = Assignment.objects.get(suggestion=row, part="co")
    lead = Assignment.objects.get(suggestion=row, part="lead", is_hub=False)
    act(enter, "clerk", row, "sign_for", lead.pk)
    walk_on = {"way": "phone", "on": clock.today().isoformat(), "notes": "通了电话"}
    act(enter, "clerk", row, "record_contact", lead.pk, **walk_on)
    blocked = act(enter, "clerk", row, "draft_reply", lead.pk, **letter())
    assert blocked.status_code == 409
    assert "会办" in text_of(blocked)
    assert act(enter, "other_clerk", row, "give_opinion", co.pk, text="城管局负责挂牌巡查").status_code == 303
    assert act(enter, "clerk", row, "draft_reply", lead.pk, **letter()).status_code == 303
    assert Reply.objects.count() == 1


def test_one_answer_for_two_suggestions_of_the_same_matter(scene: Scene, enter: Enter) -> None:
    one, two = walk.to(scene, "handling"), walk.to(scene, "handling", title="关于桐花里路灯的另一件建议")
    for row in (one, two):
        walk.contact(scene, row.pk)
    actions.group_same_matter(main_id=one.pk, suggestion_ids=[two.pk], actor=scene.rep)
    actions.draft_reply(assignment_id=walk.turn(one.pk).pk, answer=walk.answer(), actor=scene.clerk)
    source, other = walk.letter(one.pk), walk.turn(two.pk).pk
    url = reverse("suggestions:part_act", args=[one.pk, "share_reply", source.pk])
    assert url in enter("clerk").get(reverse("suggestions:work", args=[one.pk])).content.decode()
    assert url not in enter("leader").get(reverse("suggestions:work", args=[one.pk])).content.decode()
    assert two.title in enter("clerk").get(url).content.decode()
    nothing = enter("clerk").post(url, {})
    assert nothing.status_code == 422
    assert "请至少给一件建议填写文号" in nothing.content.decode()
    assert enter("clerk").post(url, {f"doc_no_{other}": "云住建函〔2025〕16号"}).status_code == 303
    copy = walk.letter(two.pk)
    assert (copy.body, copy.doc_no) == (source.body, "云住建函〔2025〕16号")
    assert enter("clerk").get(url).status_code in (403, 404), "nothing is left to share it with"

"""The whole year of domain.md 4.2 to 4.8, walked once, and what may go wrong on the way."""

import json
from argparse import Namespace
from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from openrenda.cli import stats as command
from openrenda.kernel import clock, outbox
from openrenda.kernel.errors import Blocked, Conflict, Invalid, NotAllowed, WrongState
from openrenda.livelihood import actions, indicators, tasks
from openrenda.livelihood.actions import IdeaText, PlanPoint, ProjectResult, ProjectText, Proposer
from openrenda.livelihood.errors import (
    BookletTooLate,
    CallClosed,
    CallTooShort,
    FormUsed,
    PersonalNumbersFound,
    ReportNotDue,
    StillPublicVote,
    TooFewCandidates,
    TrackRefused,
    WeightsNotWhole,
    YearExists,
)
from openrenda.livelihood.models import Idea, IdeaContact, IdeaStep, Progress, Project, SupervisionOrder
from openrenda.livelihood.selectors.booklet import booklet
from openrenda.livelihood.states import (
    AdjustmentKind,
    AdjustmentState,
    DeclineCode,
    IdeaState,
    Lamp,
    OpinionKind,
    Outcome,
    ProjectState,
    YearState,
)
from openrenda.notifications.models import Notification
from openrenda.orgs.states import Role
from tests.makers.livelihood import (
    FINISH,
    OPENED,
    PLANNED,
    VOTED,
    Walk,
    a_call,
    a_candidates,
    a_project,
    a_running,
    a_screened,
    a_voted,
    an_accepted,
    an_idea,
    clerk,
    hub,
    judge,
    leader,
    office,
    public,
    report,
    result,
    screen,
)
from tests.makers.orgs import a_congress, a_deputy, a_staff_member, a_unit, actor_of, deputy_actor

P = ProjectState


def told(idea_id: int) -> list[str]:
    return list(IdeaStep.objects.filter(idea_id=idea_id).order_by("pk").values_list("outcome", flat=True))


def notices(urn: str) -> list[str]:
    return list(Notification.objects.filter(recipient=urn).order_by("pk").values_list("title", flat=True))


# ---- the whole way -------------------------------------------------------------------------------------------------


def test_the_whole_year(capsys: pytest.CaptureFixture[str]) -> None:
    walk = an_accepted(3, 2)
    assert judge(walk, 182, 10, 1, on=date(2026, 1, 20)) == P.EVALUATED
    actions.archive_project(project_id=walk.projects[0].pk, actor=office())
    row, loser = walk.project(0), walk.project(2)
    assert (row.state, row.final_no, row.approve_votes, row.lamp, row.grade) == (P.ARCHIVED, 1, 260, "blue", "good")
    assert (loser.state, loser.is_reserved, loser.final_no) == (P.VOTED_OUT, True, None)
    assert walk.now.state == YearState.JUDGED
    assert walk.now.plan_due == date(2025, 3, 24)  # thirty days after 20 February end on a Saturday
    assert [step.kind for step in row.steps.all()] == [
        "project_proposed", "shortlisted", "opinion_given", "opinion_given", "party_discussed", "deliberated",
        "candidate_fixed", "voted", "plan_drafted", "plan_published", "funds_confirmed", "reported", "completed",
        "accepted", "graded", "archived",
    ]  # fmt: skip
    with pytest.raises(Blocked):  # another one is still at work
        actions.close_year(year_id=walk.year.pk, actor=office())
    outbox.drain()
    good, bad = (f"idea:{Idea.objects.get(project=project).pk}" for project in (row, loser))
    assert len(notices(good)) == 5
    assert len(notices(bad)) == 3
    outcomes = [Outcome.MERGED, Outcome.CANDIDATE, Outcome.CHOSEN, Outcome.FINISHED, Outcome.JUDGED]
    assert told(int(good.partition(":")[2])) == outcomes
    assert told(int(bad.partition(":")[2])) == [Outcome.MERGED, Outcome.CANDIDATE, Outcome.NOT_CHOSEN]
    stats = indicators.livelihood(walk.year.congress_id, 2025)
    first, second, third = stats.projects
    assert (first.votes, first.chosen, first.actual, first.lamp, first.grade) == (260, True, 100, "blue", "满意")
    assert (first.satisfied, first.mostly, first.unsatisfied, first.paid) == (182, 10, 1, 1000.0)
    assert (second.actual, second.paid, second.grade, second.satisfied) == (None, None, None, None)
    assert (third.chosen, third.votes, third.lamp) == (False, 258, None)
    assert stats.totals is not None
    assert (stats.totals.chosen, stats.totals.finished, stats.totals.ideas_in_projects) == (2, 1, 3)
    assert indicators.livelihood(walk.year.congress_id, 1999) == indicators.Stats([], None)
    asked = {"what": "livelihood", "year": 2025, "code": walk.year.congress.code}
    assert command.run(Namespace(json=True, **asked)) == 0
    printed = json.loads(capsys.readouterr().out)
    assert [row["votes"] for row in printed["projects"]] == [260, 259, 258]
    assert (printed["projects"][1]["grade"], printed["totals"]["paid"]) == (None, 1000.0)
    command.run(Namespace(json=False, **asked))
    assert "MS-2025-01" in capsys.readouterr().out


def test_no_step_can_be_skipped_in_the_database() -> None:
    project = a_project(a_call())
    with pytest.raises(DatabaseError, match="illegal step"), transaction.atomic():
        Project.objects.filter(pk=project.pk).update(state=P.CANDIDATE)


# ---- ideas ---------------------------------------------------------------------------------------------------------


def test_a_call_is_long_enough_and_there_is_one() -> None:
    a_congress()
    with pytest.raises(CallTooShort):
        actions.open_call(year=2025, opens_on=date(2025, 3, 1), closes_on=date(2025, 3, 29), actor=hub())
    actions.open_call(year=2025, opens_on=date(2025, 3, 1), closes_on=date(2025, 3, 30), actor=hub())
    with pytest.raises(YearExists):
        actions.open_call(year=2025, opens_on=date(2025, 3, 1), closes_on=date(2025, 4, 30), actor=hub())
    with pytest.raises(NotAllowed):
        actions.open_call(year=2026, opens_on=date(2025, 3, 1), closes_on=date(2025, 4, 30), actor=clerk())


def test_a_resident_follows_an_idea_by_number_and_code() -> None:
    year = a_call()
    receipt = an_idea(year, name="潘女士", phone="13800001234", email="pan@example.org")
    assert receipt.key == "MSJY-2025-0001"
    given = {"congress_id": year.congress_id, "origin": "10.0.0.1"}
    assert actions.track_idea(key="msjy-2025-0001", code=receipt.code, **given).urn == f"idea:{receipt.idea_id}"
    with pytest.raises(TrackRefused):
        actions.track_idea(key=receipt.key, code="00000000", **given)
    contact = IdeaContact.objects.get(idea_id=receipt.idea_id)
    assert "潘女士" not in contact.name_sealed
    assert contact.name_masked == "潘**"


def test_the_same_form_is_one_idea_and_other_words_are_refused() -> None:
    year, text = a_call(), IdeaText("助餐点", "建一处助餐点。")
    given = {"year_id": year.pk, "proposer": Proposer(), "idempotency_key": "form-same", "actor": public()}
    with clock.at(OPENED):
        first = actions.submit_idea(text=text, **given)
        again = actions.submit_idea(text=text, **given)
        assert (again.idea_id, again.code, again.is_repeat) == (first.idea_id, first.code, True)
        with pytest.raises(FormUsed):
            actions.submit_idea(text=IdeaText("助餐点", "别的话。"), **given)
    with pytest.raises(CallClosed):  # the frozen day of the tests lies after the call
        actions.submit_idea(text=text, **{**given, "idempotency_key": "form-late"})


def test_personal_numbers_never_become_public() -> None:
    year, text = a_call(), IdeaText("助餐点", "请打我的电话13800001234。")
    given = {"year_id": year.pk, "text": text, "proposer": Proposer(may_publish=True), "actor": public()}
    with clock.at(OPENED):
        with pytest.raises(PersonalNumbersFound):
            actions.submit_idea(idempotency_key="form-pii-1", **given)
        kept = actions.submit_idea(idempotency_key="form-pii-2", pii_confirmed=True, **given)
    row = Idea.objects.get(pk=kept.idea_id)
    assert "13800001234" in row.content
    assert "13800001234" not in row.public_content
    assert actions.publish_idea(idea_id=row.pk, actor=hub()).publicity == "published"
    silent = an_idea(year, may_publish=False)
    with pytest.raises(Conflict, match="no_consent"):
        actions.publish_idea(idea_id=silent.idea_id, actor=hub())


def test_deputies_units_and_stations_propose_each_in_its_name() -> None:
    year, deputy = a_call(), a_deputy()
    text = IdeaText("助餐点", "建一处助餐点。")
    station = actor_of(Role.STATION_STAFF, "S01")
    with clock.at(OPENED):
        keys = [
            actions.propose_idea(year_id=year.pk, text=text, idempotency_key=f"form-own-{n}", actor=actor)
            for n, actor in enumerate((deputy_actor(deputy), clerk(), actor_of(Role.STREET_NPC, "J01")))
        ]
        keys.append(
            actions.register_idea(
                year_id=year.pk, text=text, proposer=Proposer(name="俞先生"), unit_id=a_unit("S01").pk,
                idempotency_key="form-station", actor=station,
            )
        )  # fmt: skip
        with pytest.raises(NotAllowed):
            actions.propose_idea(year_id=year.pk, text=text, idempotency_key="form-nobody", actor=public())
        with pytest.raises(NotAllowed):
            actions.register_idea(
                year_id=year.pk, text=text, proposer=Proposer(), unit_id=a_unit("S02").pk,
                idempotency_key="form-other-station", actor=station,
            )  # fmt: skip
    rows = [Idea.objects.get(pk=one.idea_id) for one in keys]
    assert [(row.source, row.channel) for row in rows] == [
        ("deputy", "office"), ("department", "office"), ("street", "office"), ("public", "station"),
    ]  # fmt: skip
    actions.settle_idea(idea_id=rows[0].pk, outcome=IdeaState.RESERVE, actor=hub())
    outbox.drain()
    assert notices(f"person:{deputy.person_id}")[-1] == "您的项目建议 {key} 已列入储备库"


def test_every_outcome_is_told_once_with_its_reason() -> None:
    year = a_call()
    project = a_project(year)
    ideas = [an_idea(year, title=f"第{n}条").idea_id for n in range(4)]
    with pytest.raises(Invalid):
        actions.settle_idea(idea_id=ideas[0], outcome=IdeaState.DECLINED, explanation="日常工作", actor=hub())
    with pytest.raises(Invalid):
        actions.settle_idea(idea_id=ideas[0], outcome=IdeaState.DECLINED, decline_code=DeclineCode.ROUTINE, actor=hub())
    actions.settle_idea(
        idea_id=ideas[0], outcome=IdeaState.DECLINED, decline_code=DeclineCode.ROUTINE, explanation="属日常保洁",
        actor=hub(),
    )  # fmt: skip
    actions.settle_idea(idea_id=ideas[1], outcome=IdeaState.RESERVE, actor=hub())
    actions.settle_idea(idea_id=ideas[1], outcome=IdeaState.MERGED, project_id=project.pk, actor=hub())
    adopted = actions.settle_idea(idea_id=ideas[2], outcome=IdeaState.ADOPTED, actor=hub())
    assert adopted.project is not None
    assert adopted.project.state == P.IDEA_POOL
    with pytest.raises(WrongState):
        actions.settle_idea(idea_id=ideas[0], outcome=IdeaState.RESERVE, actor=hub())
    outbox.drain()
    outbox.drain()
    assert [told(pk) for pk in ideas] == [["declined"], ["reserve", "merged"], ["adopted"], []]
    assert [len(notices(f"idea:{pk}")) for pk in ideas] == [1, 2, 1, 0]


# ---- candidates and the vote ---------------------------------------------------------------------------------------


def test_no_candidate_without_a_target_opinions_and_scores() -> None:
    year = a_call()
    vague = a_project(year, target="提升助餐服务")
    with pytest.raises(Blocked):
        actions.shortlist_project(project_id=vague.pk, actor=hub())
    project = a_project(year)
    actions.shortlist_project(project_id=project.pk, actor=hub())
    with pytest.raises(Blocked) as refused:
        actions.discuss_party(project_ids=[project.pk], decided_on=clock.today(), actor=office())
    assert refused.value.code == "livelihood.opinions_missing"
    for kind in OpinionKind:
        actions.give_opinion(project_id=project.pk, kind=kind, is_positive=False, text="不行", actor=leader("B04"))
    with pytest.raises(Blocked) as refused:
        actions.discuss_party(project_ids=[project.pk], decided_on=clock.today(), actor=office())
    assert refused.value.code == "livelihood.opinion_negative"
    with pytest.raises(NotAllowed):
        actions.give_opinion(
            project_id=project.pk, kind=OpinionKind.FISCAL, is_positive=True, text="可以", actor=leader()
        )


def test_a_vote_needs_a_difference() -> None:
    walk = a_screened(candidates=3, quota=3)
    ids = [project.pk for project in walk.projects]
    with pytest.raises(TooFewCandidates):
        actions.fix_candidates(year_id=walk.year.pk, project_ids=ids, actor=office())
    assert {project.state for project in walk.year.projects.all()} == {P.SC_DELIBERATED}
    with pytest.raises(NotAllowed):
        actions.fix_candidates(year_id=walk.year.pk, project_ids=ids, actor=hub())


def test_nobody_orders_the_ballot_and_deputies_read_in_time() -> None:
    walk = a_screened(candidates=4, quota=2)
    ids = [project.pk for project in walk.projects]
    with pytest.raises(NotAllowed):
        actions.fix_candidates(
            year_id=walk.year.pk, project_ids=ids, numbers={pk: n for n, pk in enumerate(ids, 1)}, actor=office()
        )
    found = actions.fix_candidates(year_id=walk.year.pk, project_ids=ids, actor=office())
    assert (found.percent, found.is_small) == (100, False)
    with pytest.raises(BookletTooLate):
        actions.publish_candidates(year_id=walk.year.pk, session_on=date(2025, 3, 19), actor=office())
    deputy = a_deputy()
    actions.publish_candidates(year_id=walk.year.pk, session_on=date(2025, 3, 20), actor=office())
    outbox.drain()
    assert notices(f"person:{deputy.person_id}")[-1].endswith("请在票决前阅读")
    pages = booklet(walk.now)
    assert [entry.number for entry in pages.entries] == [1, 2, 3, 4]
    assert all(entry.ideas and entry.legality for entry in pages.entries)


def test_a_result_taken_twice_or_after_a_second_vote_adds_only_what_is_new() -> None:
    walk = a_candidates(candidates=4, quota=2)
    first, second, third, fourth = walk.projects
    lines = [ProjectResult(str(first.pk), 200, chosen=True)]
    lines += [ProjectResult(str(p.pk), votes, chosen=False) for p, votes in ((second, 150), (third, 150), (fourth, 9))]
    for _ in range(2):
        actions.take_result(year_id=walk.year.pk, results=lines, on=VOTED, actor=result())
    again = [ProjectResult(str(second.pk), 120, chosen=False), ProjectResult(str(third.pk), 180, chosen=True)]
    actions.take_result(year_id=walk.year.pk, results=again, actor=result())
    found = {p.pk: (p.state, p.final_no) for p in walk.year.projects.all()}
    assert found == {
        first.pk: (P.VOTED_IN, 1), third.pk: (P.VOTED_IN, 2), second.pk: (P.VOTED_OUT, None),
        fourth.pk: (P.VOTED_OUT, None),
    }  # fmt: skip
    ideas = {idea.project_id: idea.pk for idea in Idea.objects.all()}
    assert told(ideas[third.pk])[-2:] == ["not_chosen", "chosen"]
    assert told(ideas[second.pk]).count("not_chosen") == 1
    with pytest.raises(NotAllowed):
        actions.take_result(year_id=walk.year.pk, results=lines, actor=office())
    nxt = a_call(2026)
    copy = actions.reuse_project(project_id=fourth.pk, year_id=nxt.pk, actor=hub())
    assert (copy.came_from_id, copy.state, copy.approve_votes) == (fourth.pk, P.IDEA_POOL, None)


# ---- the works -----------------------------------------------------------------------------------------------------


def test_a_plan_is_whole() -> None:
    walk = a_voted()
    project = walk.projects[0]
    points = [PlanPoint("开工", PLANNED, 40), PlanPoint("完工", FINISH, 59)]
    with pytest.raises(WeightsNotWhole):
        actions.draft_plan(project_id=project.pk, text="方案", points=points, actor=clerk())
    with pytest.raises(Blocked):
        actions.publish_plan(project_id=project.pk, actor=hub())


def test_a_missing_report_turns_yellow_by_itself_and_may_still_come() -> None:
    walk = a_running(3, 2)
    a_staff = a_staff_member(Role.UNIT_CLERK, "B03")
    assert report(walk, "2025-03", 10) == Lamp.GREEN
    congress_id = walk.year.congress_id
    swept = []
    for day in (
        date(2025, 4, 8),
        date(2025, 4, 9),
        date(2025, 5, 12),
        date(2025, 5, 13),
    ):  # fifth working days, and after
        with clock.at(day):
            swept.append(tasks.sweep(congress_id))
            assert tasks.sweep(congress_id) == 0
    assert swept == [0, 1, 0, 2]
    row = walk.project()
    assert (row.lamp, row.lamp_reasons, row.actual_percent) == (Lamp.YELLOW, ["lag", "missing"], 10)
    outbox.drain()
    assert any("已自动亮黄灯" in title for title in notices(f"person:{a_staff.pk}"))
    assert report(walk, "2025-04", 20) == Lamp.GREEN
    late = Progress.objects.get(project=row, month="2025-04")
    assert (late.is_missing, walk.project().lamp) == (False, Lamp.GREEN)
    with pytest.raises(ReportNotDue):
        report(walk, "2025-04", 22)


def test_red_two_months_running_calls_for_an_answer() -> None:
    walk = a_running()
    chief = a_staff_member(Role.SC_LEADER, "R01")
    assert [report(walk, month, 5) for month in ("2025-03", "2025-04", "2025-05")] == ["green", "yellow", "red"]
    assert not SupervisionOrder.objects.exists()
    assert report(walk, "2025-06", 6) == Lamp.RED
    assert report(walk, "2025-07", 7) == Lamp.RED
    order = SupervisionOrder.objects.get()  # one while it is unanswered
    assert (order.cause, order.month, order.issued_by) == ("red_twice", "2025-06", "system:livelihood.sweep")
    outbox.drain()
    assert "“{project}”已发出督办单" in notices(f"person:{chief.pk}")
    with pytest.raises(NotAllowed):
        actions.answer_order(order_id=order.pk, answer="在赶", actor=leader("B04"))
    actions.answer_order(order_id=order.pk, answer="已增派人手", actor=clerk())


def test_money_that_is_not_there_by_midyear_is_red() -> None:
    walk = a_running()
    Project.objects.update(funded_on=None)
    assert report(walk, "2025-06", 40) == Lamp.GREEN
    assert report(walk, "2025-07", 50) == Lamp.RED
    assert walk.project().lamp_reasons == ["funds"]


def test_progress_does_not_go_backwards_and_a_hundred_needs_proof() -> None:
    walk = a_running()
    report(walk, "2025-03", 10)
    with pytest.raises(Invalid):
        report(walk, "2025-04", 9)
    with pytest.raises(Invalid):
        report(walk, "2025-11", 100)
    with pytest.raises(Blocked):
        actions.complete_project(project_id=walk.projects[0].pk, actor=leader())


def test_a_group_of_deputies_inspects() -> None:
    walk, inside, outside = a_running(), a_deputy(), a_deputy()
    pk = walk.projects[0].pk
    actions.form_group(project_id=pk, leader_id=inside.pk, member_ids=[], actor=office())
    given = {"project_id": pk, "on": clock.today(), "findings": "围挡占道"}
    with pytest.raises(NotAllowed):
        actions.record_inspection(actor=deputy_actor(outside), **given)
    row = actions.record_inspection(actor=deputy_actor(inside), deputy_ids=[inside.pk], **given)
    actions.answer_inspection(inspection_id=row.pk, answer="已改", actor=clerk())
    with pytest.raises(Conflict):
        actions.answer_inspection(inspection_id=row.pk, answer="再答", actor=clerk())


# ---- changes -------------------------------------------------------------------------------------------------------


def an_adjustment(walk: Walk, kind: AdjustmentKind, **given: object) -> int:
    row = actions.request_adjustment(
        project_id=walk.projects[0].pk, kind=kind, reason="征地受阻", actor=leader(), **given
    )  # type: ignore[arg-type]  # a test may give nonsense on purpose
    actions.endorse_adjustment(adjustment_id=row.pk, decided_by="第81次主任会议", actor=office())
    return row.pk


def decide(adjustment_id: int, approve: int) -> str:
    row = actions.decide_adjustment(
        adjustment_id=adjustment_id, approve=approve, oppose=0, abstain=0, decided_by="第三十次会议", actor=office()
    )
    return str(row.state)


def test_a_small_change_is_filed_and_small_steps_do_not_add_up() -> None:
    walk = a_running()
    given = {"project_id": walk.projects[0].pk, "kind": AdjustmentKind.CONTENT, "reason": "材料涨价", "actor": leader()}
    actions.file_adjustment(change={"investment_total": "1090"}, **given)
    row = walk.project()
    assert (row.investment_total, row.investment_voted, row.state) == (1090, 1000, P.PLAN_PUBLISHED)
    with pytest.raises(StillPublicVote):
        actions.file_adjustment(change={"investment_total": "1180"}, **given)
    with pytest.raises(StillPublicVote):
        actions.file_adjustment(change={"target": "15处"}, **given)
    assert [revision.snapshot["investment_total"] for revision in row.revisions.all()] == ["1000.00", "1090"]


def test_an_extension_needs_half_of_all_members_and_one_more() -> None:
    walk = a_running()
    for _ in range(4):
        a_deputy(sc_post="委员")
    change = {"finishes_on": "2025-12-31"}
    first = an_adjustment(walk, AdjustmentKind.EXTENSION, change=change)
    with pytest.raises(WrongState):
        actions.file_adjustment(
            project_id=walk.projects[0].pk, kind=AdjustmentKind.CONTENT, reason="又", change=change, actor=leader()
        )
    with pytest.raises(Invalid):
        decide(first, 5)
    assert decide(first, 2) == AdjustmentState.REJECTED
    assert (walk.project().state, walk.project().finishes_on) == (P.IMPLEMENTING, FINISH)
    second = an_adjustment(walk, AdjustmentKind.EXTENSION, change=change)
    assert decide(second, 3) == AdjustmentState.APPROVED
    assert walk.project().finishes_on == date(2025, 12, 31)
    assert walk.project().revisions.last().decided_by == "第三十次会议"  # type: ignore[union-attr]


def test_what_is_replaced_ends_and_the_reserve_steps_in() -> None:
    walk = a_running()
    a_deputy(sc_post="委员")
    reserve = walk.projects[1]
    assert decide(an_adjustment(walk, AdjustmentKind.REPLACEMENT, replacement_id=reserve.pk), 1) == "approved"
    assert walk.project(0).state == P.TERMINATED
    assert (walk.project(1).state, walk.project(1).final_no) == (P.VOTED_IN, 2)
    assert told(Idea.objects.get(project=walk.projects[0]).pk)[-1] == "terminated"


# ---- judgement -----------------------------------------------------------------------------------------------------


def test_what_is_not_good_is_put_right_and_judged_again() -> None:
    walk = an_accepted()
    pk = walk.projects[0].pk
    chief = a_staff_member(Role.SC_LEADER, "R01")
    with pytest.raises(Invalid):
        judge(walk, 190, 10, 1, on=date(2026, 1, 20))
    assert judge(walk, 50, 40, 100, on=date(2026, 1, 20)) == P.RECTIFYING
    row = walk.project()
    assert (row.rectify_plan_due, row.rectify_result_due) == (date(2026, 2, 4), date(2026, 4, 20))
    with pytest.raises(Blocked):
        actions.file_rectify_result(project_id=pk, text="已改", actor=leader())
    with pytest.raises(Blocked):  # not before the result is there
        judge(walk, 150, 20, 10, on=date(2026, 3, 1))
    actions.file_rectify_plan(project_id=pk, text="三项措施", actor=leader())
    actions.file_rectify_result(project_id=pk, text="已改", actor=leader())
    assert judge(walk, 60, 30, 90, on=date(2026, 4, 28)) == P.RE_EVALUATED
    assert [(e.round, e.grade) for e in walk.project().evaluations.all()] == [(1, "bad"), (2, "bad")]
    outbox.drain()
    assert any("可以提出专题询问" in title for title in notices(f"person:{chief.pk}"))
    actions.archive_project(project_id=pk, actor=office())


def test_a_project_of_several_years_goes_on_in_the_next() -> None:
    walk = a_running()
    report(walk, "2025-03", 10)
    pk = walk.projects[0].pk
    a_call(2026)
    with pytest.raises(Blocked):
        actions.carry_over(project_id=pk, annual_goal="完成二期", actor=hub())
    Project.objects.filter(pk=pk).update(is_multi_year=True, annual_goal="完成一期")
    row = actions.carry_over(project_id=pk, annual_goal="完成二期10处", actor=hub())
    assert (row.year.year, row.state, row.came_from_id, row.actual_percent) == (2026, P.IMPLEMENTING, pk, 10)
    assert walk.project().state == P.CARRIED_OVER


def test_edits_stay_before_the_vote() -> None:
    walk = a_screened()
    with pytest.raises(WrongState):
        actions.edit_project(project_id=walk.projects[0].pk, text=ProjectText(name="新名"), actor=hub())
    actions.send_back_project(project_id=walk.projects[0].pk, reason="用地未落实", actor=office())
    actions.edit_project(project_id=walk.projects[0].pk, text=ProjectText(investment_total=Decimal(900)), actor=hub())
    screen(walk.projects[0])
    assert (walk.project().state, walk.project().investment_total) == (P.PARTY_DISCUSSED, 900)

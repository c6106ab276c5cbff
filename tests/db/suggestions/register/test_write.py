"""What is taken over is a suggestion like any other: in its state, with its clocks, and the work goes on."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from openrenda.audit.actions import digest
from openrenda.audit.models import AuditEntry
from openrenda.exchange import origin
from openrenda.exchange.values import Outcome
from openrenda.kernel import clock
from openrenda.kernel.models import OutboxEvent
from openrenda.kernel.parameters import value
from openrenda.notifications.models import Notification
from openrenda.orgs.models import Congress, Mandate
from openrenda.suggestions import actions, selectors, tasks
from openrenda.suggestions.actions.register.walking import walk
from openrenda.suggestions.imports import KIND
from openrenda.suggestions.models import (
    Assignment,
    Commitment,
    RegisterLine,
    Step,
    Suggestion,
)
from openrenda.suggestions.rules.clocks import CLOSED_SERIES
from openrenda.suggestions.states import AssignmentState, CommitmentState, State
from openrenda.suggestions.states import Outcome as Ending
from tests.db.suggestions.register.conftest import AUTUMN
from tests.makers.orgs import a_deputy
from tests.makers.register import (
    FROM_RATING,
    FROM_REPLY,
    FROM_SIGNING,
    a_row,
    checked,
    office,
    taken_over,
    without,
)
from tests.makers.suggestions import Walk, a_submitted, an_answer, clerk, hub, leader, meet, rate, sc_rep


def one(row: dict[str, str], district: Congress) -> Suggestion:
    assert taken_over([row], district)["added"] == 1
    return Suggestion.objects.get(congress=district)


LATELY = {"交办日期": "2025-09-29", "提出日期": "2025-09-24", "提出场合": "闭会", "签收日期": "", "沟通日期": ""}
STANDS = [
    (without("主办单位", "交办日期", *FROM_SIGNING), State.ACCEPTED, None),
    (without(*FROM_SIGNING), State.ASSIGNED2, date(2025, 6, 5)),
    (without(*FROM_SIGNING, 主办单位="区法院"), State.ASSIGNED1, date(2025, 6, 5)),
    (without(*FROM_REPLY), State.HANDLING, date(2025, 6, 5)),
    (without(*FROM_REPLY, 办理期限="六个月"), State.HANDLING, date(2025, 9, 5)),
    (without(*FROM_RATING, 答复日期="2025-09-25"), State.FEEDBACK, date(2025, 10, 10)),
    (without(*FROM_RATING, 答复日期="2025-09-11"), State.FEEDBACK, date(2025, 10, 9)),
    (without(*FROM_RATING), State.CLOSED, None),
    (a_row(结果评价="不满意"), State.UNSATISFIED, None),
    (a_row(结果评价="不满意", 重办="2025-07-15重新答复|改为满意|补做"), State.CLOSED, None),
    (a_row(), State.CLOSED, None),
]  # fmt: skip


@pytest.mark.parametrize(("row", "state", "due"), STANDS)
def test_each_row_lands_where_it_stands(
    district: Congress, row: dict[str, str], state: State, due: date | None
) -> None:
    suggestion = one(row, district)
    assert (suggestion.state, suggestion.due) == (state, due)


def test_silence_is_told_from_a_verdict(district: Congress) -> None:
    assert one(without(*FROM_RATING), district).outcome == Ending.NO_FEEDBACK


def test_tonight_the_clockwork_finds_nothing_to_do(district: Congress) -> None:
    """What would have happened in the years between has happened: no flood of reminders about old matters."""
    promise = {"答复分类": "B", "承诺事项": "完成路面", "承诺期限": "2025-07-31"}
    rows = [row | {"编号": str(n)} for n, (row, _, _) in enumerate(STANDS, start=1)]
    taken_over([*rows, a_row(编号="90", **promise), a_row(编号="91", **promise | {"承诺期限": "2026-03-31"})], district)
    before = Step.objects.count()
    tasks.sweep(district.pk)
    assert Step.objects.count() == before
    assert not OutboxEvent.objects.filter(delivered_at=None).exists()
    assert not Notification.objects.exists()


def test_a_unit_answers_what_the_register_left_open(district: Congress, lead: Mandate) -> None:
    suggestion = one(without("沟通方式", "沟通日期", *FROM_REPLY), district)
    walk_on = Walk(suggestion, lead)
    meet(walk_on)
    actions.draft_reply(assignment_id=walk_on.turn().pk, answer=an_answer(), actor=clerk())
    reply = walk_on.reply()
    actions.sign_reply(reply_id=reply.pk, signer="赵局长", signer_title="局长", is_chief=True, actor=leader())
    actions.pass_reply(reply_id=reply.pk, actor=hub())
    rate(walk_on)
    assert walk_on.now.state == State.CLOSED
    assert walk_on.now.first_replied_on == AUTUMN


def test_a_bad_rating_of_old_may_be_handled_again(district: Congress, lead: Mandate) -> None:
    suggestion = one(a_row(结果评价="不满意"), district)
    actions.rehandle(suggestion_id=suggestion.pk, note="请主要负责人重新办理。", actor=sc_rep())
    turn = Assignment.objects.get(suggestion=suggestion, unit__code="B03")
    assert (turn.state, Suggestion.objects.get().round) == (AssignmentState.HANDLING, 2)


def test_later_numbers_go_on(district: Congress) -> None:
    taken_over([a_row(编号="119"), a_row(编号="120", 提出场合="闭会", 提出日期="2025-03-03")], district)
    assert value(CLOSED_SERIES, district.pk) == "continue", "the register shows how the district counts"
    walked = a_submitted()
    actions.accept(suggestion_id=walked.pk, actor=sc_rep())
    assert walked.now.key == "JY-16-5-121"


def test_promises_past_their_day_are_overdue_and_carried(district: Congress) -> None:
    promise = {"答复分类": "B", "承诺事项": "完成路面", "承诺期限": "2025-07-31"}
    with clock.at(date(2027, 2, 1)):
        one(a_row(**promise), district)
    kept = Commitment.objects.get()
    assert (kept.state, kept.ledger_year) == (CommitmentState.OVERDUE, 2027)
    assert list(kept.reports.values_list("kind", flat=True)) == ["overdue", "carried", "carried"]


class TestTheSameAgain:
    ROWS = (a_row(), without(*FROM_REPLY, 编号="42", 标题="另一件"))

    def test_a_second_import_changes_nothing(self, district: Congress) -> None:
        taken_over(self.ROWS, district)
        steps = Step.objects.count()
        assert {f.outcome for f in checked(self.ROWS, district)} == {Outcome.SAME}
        assert taken_over(self.ROWS, district) == {"added": 0, "changed": 0, "unchanged": 0}
        assert (Suggestion.objects.count(), Step.objects.count()) == (2, steps)

    def test_the_same_in_other_words_is_the_same(self, district: Congress) -> None:
        taken_over(self.ROWS, district)
        words = {"主办单位": "区住房和城乡建设局", "答复分类": "A类", "领衔代表": "李绍武", "编号": "第041号"}
        assert checked([a_row(**words)], district)[0].outcome == Outcome.SAME

    def test_something_else_under_the_number_is_a_fault_that_names_the_columns(self, district: Congress) -> None:
        taken_over(self.ROWS, district)
        [finding] = checked([a_row(标题="别的标题", 答复分类="D")], district)
        assert {fault.column for fault in finding.faults} == {"title", "class"}

    def test_a_register_never_carries_on_what_is_handled_here(self, district: Congress) -> None:
        taken_over(self.ROWS, district)
        [finding] = checked([a_row(编号="42", 标题="另一件")], district)
        assert {fault.column for fault in finding.faults} == {"replied_on", "result"}

    def test_one_that_was_handled_here_is_left_alone(self, district: Congress, lead: Mandate) -> None:
        with clock.at(date(2025, 2, 19)):
            walked = a_submitted(lead=lead)
            actions.accept(suggestion_id=walked.pk, actor=sc_rep(), serial=41)
        [finding] = checked([a_row()], district)
        assert {fault.column for fault in finding.faults} >= {"title"}


class TestTheRecord:
    def test_it_knows_file_and_line(self, district: Congress) -> None:
        with origin.told("2025年台账.xlsx", 7):
            suggestion = one(a_row(), district)
        line = RegisterLine.objects.get()
        assert (line.file, line.run, line.line, line.sheet) == ("2025年台账.xlsx", 7, 2, "台账")
        assert selectors.work_case(sc_rep(), suggestion.pk).register_line == line
        assert selectors.public_case(district.pk, "JY-16-5-041").is_from_register

    def test_each_step_says_that_the_register_tells_it(self, district: Congress) -> None:
        suggestion = one(a_row(), district)
        story = selectors.work_case(sc_rep(), suggestion.pk).story
        assert len(story) > 8
        assert {line.source for line in story} == {"register"}
        assert [line.at for line in story] == sorted(line.at for line in story)

    def test_one_audit_row_each_with_the_digest_of_what_is_there(self, district: Congress) -> None:
        suggestion = one(a_row(), district)
        entry = AuditEntry.objects.get(kind="suggestions.taken_over")
        assert (entry.subject_id, entry.after) == (suggestion.pk, digest(suggestion))

    def test_the_counters_are_right(self, district: Congress) -> None:
        taken_over([row | {"编号": str(n)} for n, (row, _, _) in enumerate(STANDS, start=1)], district)
        assert selectors.facets(district.pk).total == len(STANDS)
        assert actions.recount_facets() == 0

    def test_the_state_in_the_story_is_the_state_of_the_row(self, district: Congress) -> None:
        taken_over([row | {"编号": str(n)} for n, (row, _, _) in enumerate(STANDS, start=1)], district)
        for suggestion in Suggestion.objects.all():
            assert suggestion.steps.order_by("pk").last().to_state == suggestion.state  # type: ignore[union-attr]


class TestAllOrNothing:
    def test_who_stops_it_leaves_nothing(self, district: Congress) -> None:
        class Enough(Exception):
            pass

        def stop(done: int, total: int) -> None:
            raise Enough

        findings = checked([a_row()], district)
        with pytest.raises(Enough), transaction.atomic():
            KIND.write(findings, office(district), stop)
        assert not Suggestion.objects.exists()
        assert not AuditEntry.objects.filter(kind="suggestions.taken_over").exists()

    def test_the_triggers_stay_awake(self, district: Congress, lead: Mandate) -> None:
        one(a_row(), district)
        again = Suggestion.objects.get()
        again.pk = again.pk + 1_000_000
        again.key, again.serial, again.shelf = None, None, None
        with pytest.raises(IntegrityError, match="illegal step"), transaction.atomic():
            walk([(again, ["draft", "handling", "closed"])], last=frozenset({"problem"}))
        with pytest.raises(IntegrityError, match="illegal first state"), transaction.atomic():
            walk([(again, ["closed"])])


def test_a_lead_with_cosigners_closes_when_the_window_ends(district: Congress) -> None:
    a_deputy("王育民", code="D901")
    suggestion = one(a_row(联名代表="D901"), district)
    assert suggestion.closed_on == date(2025, 6, 4) + timedelta(days=1)

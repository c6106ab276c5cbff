"""Paper, hands and names: quorum, issue, two tellers, ties, shortfall, confirmation (domain.md 4.5, 12.2)."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from openrenda.audit.selectors import entries_of
from openrenda.kernel import outbox
from openrenda.kernel.errors import Blocked, Conflict, Invalid, NotAllowed, WrongState
from openrenda.kernel.models import OutboxEvent
from openrenda.kernel.parameters import set_value
from openrenda.voting import actions, selectors
from openrenda.voting.actions import Figures, RollSpec
from openrenda.voting.errors import (
    AlreadyIssued,
    CountsDiffer,
    FiguresWrong,
    MarksWrong,
    NoDifference,
    NotCounted,
    NotPresent,
    QuorumMissing,
    RulingMissing,
    RulingUnfit,
    SheetMissing,
    TwoTellers,
)
from openrenda.voting.models import Option, Outcome, Poll
from openrenda.voting.rules import settings
from openrenda.voting.states import Form, Method, Need, Ruling, State
from tests.makers.orgs import a_deputy, deputy_actor
from tests.makers.voting import (
    Walk,
    a_closed_poll,
    a_counted_poll,
    a_poll,
    a_published_poll,
    a_sheet,
    an_open_poll,
    confirm,
    enter_twice,
    figures,
    office,
    publish,
    teller,
)


def raw(sql: str, *values: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def published_outcome() -> dict[str, object]:
    return OutboxEvent.objects.filter(kind="voting.published").latest("pk").payload


# ---- before the vote -------------------------------------------------------------------------------------------------


def test_without_quorum_it_does_not_open() -> None:  # 12.2 b
    walk = a_poll(present=5)
    with pytest.raises(QuorumMissing) as refused:
        actions.open_poll(poll_id=walk.pk, actor=office())
    assert refused.value.params == {"present": 5, "needed": 6}
    people = [*walk.deputies[:5], a_deputy()]
    actions.take_roll(poll_id=walk.pk, roll=[RollSpec(p.pk, present=True) for p in people], actor=office())
    assert actions.open_poll(poll_id=walk.pk, actor=office()).state == State.OPEN


def test_as_many_candidates_as_places_are_refused() -> None:  # 12.2 j
    with pytest.raises(NoDifference):
        a_poll(candidates=12, quota=12)
    set_value(parameter=settings.MIN_DIFF_PERCENT, raw="60", reason="票决办法", actor=office())
    with pytest.raises(NoDifference) as refused:
        a_poll(candidates=3, quota=2)
    assert refused.value.params["percent"] == 60


def test_who_may_and_what_is_asked() -> None:
    with pytest.raises(NotAllowed):
        a_poll(actor=teller())
    with pytest.raises(Invalid):
        a_poll(base=3)
    alone = a_poll(watchers=1)
    with pytest.raises(Blocked):
        actions.open_poll(poll_id=alone.pk, actor=office())


def test_rules_are_frozen_at_opening_for_actions_and_for_the_database() -> None:
    walk = an_open_poll()
    assert selectors.rules_hold(walk.now)
    with pytest.raises(WrongState):
        actions.take_roll(poll_id=walk.pk, roll=[], actor=office())
    for column, value in (("quota", 3), ("base", 8), ("line", 1), ("rules", "{}"), ("title", "换题"), ("maximum", 9)):
        with pytest.raises(DatabaseError, match="frozen"):
            raw(f"UPDATE voting_poll SET {column} = %s WHERE id = %s", value, walk.pk)  # noqa: S608  ours
    option = Option.objects.filter(poll_id=walk.pk)[0]
    for sql in (
        "UPDATE voting_option SET label = 'x' WHERE id = %s",
        "DELETE FROM voting_option WHERE id = %s",
        (
            "INSERT INTO voting_option (poll_id, position, ref, label, note) "
            "SELECT poll_id, 99, 'X', 'X', '' FROM voting_option WHERE id = %s"
        ),
    ):
        with pytest.raises(DatabaseError, match="refused"):
            raw(sql, option.pk)
    set_value(parameter=settings.BLANK_BALLOT, raw="void", reason="改了办法", actor=office())
    assert walk.now.rules["blank"] == "abstain", "a setting changed later is for later polls"


# ---- handing out -----------------------------------------------------------------------------------------------------


def test_one_paper_each_only_to_those_present() -> None:
    walk = a_poll(present=7, deputies=[a_deputy() for _ in range(8)])
    actions.take_roll(
        poll_id=walk.pk,
        roll=[RollSpec(p.pk, present=i < 7) for i, p in enumerate(walk.deputies)],
        actor=office(),
    )
    actions.open_poll(poll_id=walk.pk, actor=office())
    absent, first = walk.deputies[7], walk.deputies[0]
    with pytest.raises(NotPresent):
        actions.issue_ballot(poll_id=walk.pk, mandate_id=absent.pk, actor=office())
    actions.issue_ballot(poll_id=walk.pk, mandate_id=first.pk, actor=office())
    with pytest.raises(AlreadyIssued):
        actions.issue_ballot(poll_id=walk.pk, mandate_id=first.pk, actor=office())
    with pytest.raises(AlreadyIssued):  # one of two refused: neither gets one
        actions.issue_ballots(
            poll_id=walk.pk, mandate_ids=[walk.deputies[1].pk, first.pk], actor=office()
        )  # fmt: skip
    assert selectors.hall(walk.now).issued == 1
    assert actions.issue_ballots(poll_id=walk.pk, actor=office()) == 6
    actions.mark_present(poll_id=walk.pk, mandate_ids=[absent.pk], actor=office())
    actions.issue_ballot(poll_id=walk.pk, mandate_id=absent.pk, actor=office())
    hall = selectors.hall(walk.now)
    assert (hall.entitled, hall.present, hall.issued) == (8, 8, 8)


# ---- counting --------------------------------------------------------------------------------------------------------


def test_more_back_than_handed_out_is_void_and_repeated() -> None:  # 12.2 a
    walk = a_closed_poll()
    enter_twice(walk, figures(5, 4, 3, issued=7, returned=8))
    assert walk.now.state == State.VOIDED
    assert OutboxEvent.objects.filter(kind="voting.voided").exists()
    with pytest.raises(WrongState):
        actions.count_poll(poll_id=walk.pk, actor=office())
    roll = [RollSpec(p.pk, present=True) for p in walk.deputies]
    again = actions.repeat_poll(poll_id=walk.pk, roll=roll, actor=office())
    assert (again.repeats_id, again.line, again.quota) == (walk.pk, 5, 2)
    assert again.options.count() == 3
    with pytest.raises(Conflict):
        actions.repeat_poll(poll_id=walk.pk, roll=roll, actor=office())


def test_one_paper_more_by_one_teller_only_is_a_mismatch_not_a_void_vote() -> None:
    walk = a_closed_poll()
    actions.enter_count(poll_id=walk.pk, figures=figures(5, 4, 3, returned=8), actor=teller("R01"))
    actions.enter_count(poll_id=walk.pk, figures=figures(5, 4, 3), actor=teller("R02"))
    assert walk.now.state == State.CLOSED


def test_two_people_enter_and_differing_lines_are_told() -> None:  # 12.2 i
    walk = a_closed_poll()
    with pytest.raises(NotCounted):
        actions.count_poll(poll_id=walk.pk, actor=office())
    actions.enter_count(poll_id=walk.pk, figures=figures(6, 5, 3), actor=teller("R01"))
    actions.enter_count(poll_id=walk.pk, figures=figures(6, 5, 2), actor=teller("R01"))
    with pytest.raises(NotCounted):  # the same person twice is one entry
        actions.count_poll(poll_id=walk.pk, actor=office())
    actions.enter_count(poll_id=walk.pk, figures=figures(6, 4, 2, void=1), actor=teller("R02"))
    with pytest.raises(CountsDiffer) as refused:
        actions.count_poll(poll_id=walk.pk, actor=office())
    assert refused.value.lines == ("有效票数", "无效票数", "第2项·赞成")
    assert selectors.count_state(walk.now, teller("R01")).differing == refused.value.lines
    with pytest.raises(TwoTellers):
        actions.enter_count(poll_id=walk.pk, figures=figures(6, 5, 2), actor=teller("R03"))
    with pytest.raises(NotAllowed):
        actions.enter_count(poll_id=walk.pk, figures=figures(6, 5, 2), actor=office())
    actions.enter_count(poll_id=walk.pk, figures=figures(6, 5, 2), actor=teller("R02"))
    assert selectors.count_state(walk.now, teller("R01")).agree
    assert actions.count_poll(poll_id=walk.pk, actor=office()).state == State.COUNTED
    assert walk.now.tally["rules_hash"] == walk.now.rules_hash
    assert walk.poll.paper_counts.get(teller=teller("R02").urn).entered == 2


@pytest.mark.parametrize(
    "bad",
    [figures(8, 0, 0), figures(7, 7, 7), figures(1, 1, 1, issued=8), Figures(7, 7, 6, 0, ((1,), (1,), (1,)))],
)
def test_impossible_figures_are_refused(bad: Figures) -> None:
    walk = a_closed_poll()
    with pytest.raises(FiguresWrong):
        actions.enter_count(poll_id=walk.pk, figures=bad, actor=teller())


def test_single_papers_may_be_entered() -> None:
    walk = a_closed_poll()
    papers = [[[0, 1]], [[0, 1]], [[0]], [[0, 1, 2]], [[]]]  # three ticks for two places are void, none is valid
    for which in ("R01", "R02"):
        actions.enter_ballots(poll_id=walk.pk, issued=7, ballots=papers, actor=teller(which))
    actions.count_poll(poll_id=walk.pk, actor=office())
    assert (walk.now.tally["total"]["valid"], walk.poll.tally["total"]["void"]) == (4, 1)
    assert walk.poll.need == Need.SHORTFALL


# ---- confirmation and publication ------------------------------------------------------------------------------------


def test_result_is_out_after_sheet_chief_and_one_more() -> None:
    walk = a_counted_poll()
    with pytest.raises(SheetMissing):
        actions.confirm_result(poll_id=walk.pk, actor=walk.chief)
    actions.file_tally_sheet(poll_id=walk.pk, upload=a_sheet(), actor=office())
    actions.confirm_result(poll_id=walk.pk, actor=walk.chief)
    with pytest.raises(Conflict):
        actions.confirm_result(poll_id=walk.pk, actor=walk.chief)
    assert walk.now.state == State.COUNTED, "one confirms nothing"
    assert "result" not in selectors.proof_manifest(walk.poll)
    with pytest.raises(NotAllowed):
        actions.confirm_result(poll_id=walk.pk, actor=deputy_actor(walk.deputies[3]))
    actions.confirm_result(poll_id=walk.pk, actor=walk.scrutineer)
    assert walk.now.state == State.CONFIRMED
    actions.publish_poll(poll_id=walk.pk, actor=office())
    event = published_outcome()
    assert event["final"] is True
    assert [(line["ref"], line["approve"], line["chosen"]) for line in event["outcome"]] == [  # type: ignore[attr-defined]
        ("K01", 6, True), ("K02", 5, True), ("K03", 3, False)
    ]  # fmt: skip
    manifest = selectors.proof_manifest(walk.now)
    assert manifest["tally"]["rules_hash"] == manifest["rules_hash"]
    assert {row["took_ballot"] for row in manifest["roll"]} == {True}
    with pytest.raises(DatabaseError, match="append-only"):
        raw("UPDATE voting_outcome SET approve = 9")
    assert entries_of("voting.poll", walk.pk).filter(kind="voting.published").exists()


def test_two_scrutineers_without_the_chief_do_not_let_it_out() -> None:
    walk = a_counted_poll(watchers=3)
    actions.file_tally_sheet(poll_id=walk.pk, upload=a_sheet(), actor=walk.chief)
    for index in (2, 3):
        actions.confirm_result(poll_id=walk.pk, actor=walk.watcher(index))
    assert walk.now.state == State.COUNTED


# ---- ties and shortfall ----------------------------------------------------------------------------------------------


def vote_again(walk: Walk, *lines: int) -> Walk:
    roll = [RollSpec(p.pk, present=True) for p in walk.deputies]
    poll = actions.repeat_poll(poll_id=walk.pk, roll=roll, actor=office())
    actions.open_poll(poll_id=poll.pk, actor=office())
    actions.issue_ballots(poll_id=poll.pk, actor=office())
    actions.close_poll(poll_id=poll.pk, actor=office())
    again = Walk(poll, walk.deputies)
    enter_twice(again, figures(*lines))
    actions.count_poll(poll_id=poll.pk, actor=office())
    return again


def test_a_tie_is_voted_on_again_among_the_tied_only_then_the_presidium_decides() -> None:  # 12.2 e
    walk = a_counted_poll(6, 5, 5, 1, candidates=4, quota=2, maximum=3)
    assert (walk.now.need, walk.poll.tied, walk.poll.places) == (Need.TIE, ["K02", "K03"], 1)
    confirm(walk)
    with pytest.raises(RulingMissing):
        actions.publish_poll(poll_id=walk.pk, actor=office())
    with pytest.raises(RulingUnfit):
        actions.decide(poll_id=walk.pk, ruling=Ruling.ACCEPT, text="只取一项", actor=office())
    actions.decide(poll_id=walk.pk, ruling=Ruling.REVOTE, text="就相等的再次投票", actor=office())
    actions.publish_poll(poll_id=walk.pk, actor=office())
    assert published_outcome()["final"] is False
    second = vote_again(walk, 3, 3)
    assert [o.ref for o in second.poll.options.all()] == ["K02", "K03"]
    assert (second.now.need, second.poll.line) == (Need.SECOND_TIE, 0)
    confirm(second)
    with pytest.raises(Invalid):
        actions.decide(poll_id=second.pk, ruling=Ruling.CHOOSE, text="抽签", chosen=["K01"], actor=office())
    actions.decide(poll_id=second.pk, ruling=Ruling.CHOOSE, text="抽签决定", chosen=["K03"], actor=office())
    actions.publish_poll(poll_id=second.pk, actor=office())
    event = published_outcome()
    assert event["final"] is True
    assert [line["ref"] for line in event["outcome"] if line["chosen"]] == ["K01", "K03"]  # type: ignore[attr-defined]
    assert {line["ref"]: line["round"] for line in event["outcome"]} == {"K01": 1, "K02": 2, "K03": 2, "K04": 1}  # type: ignore[attr-defined]


def test_in_the_second_vote_more_votes_win_below_the_line() -> None:
    walk = a_counted_poll(6, 5, 5, candidates=3, quota=2, maximum=3)
    actions.decide(poll_id=walk.pk, ruling=Ruling.REVOTE, text="再次投票", actor=office())
    confirm(walk)
    second = vote_again(walk, 2, 3)
    assert second.now.need == Need.NOTHING
    assert Outcome.objects.get(poll=second.poll, chosen=True).option.ref == "K03"


@pytest.mark.parametrize("ruling", [Ruling.ACCEPT, Ruling.AUTHORISE])
def test_a_shortfall_may_be_accepted_or_handed_over(ruling: Ruling) -> None:  # 12.2 f
    walk = a_counted_poll(6, 4, 3)
    assert (walk.now.need, walk.poll.places) == (Need.SHORTFALL, 1)
    actions.decide(poll_id=walk.pk, ruling=ruling, text="主席团决定", actor=office())
    with pytest.raises(Conflict):
        actions.decide(poll_id=walk.pk, ruling=ruling, text="又一次", actor=office())
    publish(walk)
    assert published_outcome()["final"] is True
    with pytest.raises(RulingMissing):
        actions.repeat_poll(poll_id=walk.pk, roll=[], actor=office())


def test_a_rule_for_shortfalls_leaves_no_other_choice() -> None:
    set_value(parameter=settings.SHORTFALL_RULE, raw="accept", reason="票决办法", actor=office())
    walk = a_counted_poll(6, 4, 3)
    with pytest.raises(RulingUnfit):
        actions.decide(poll_id=walk.pk, ruling=Ruling.REVOTE, text="另行投票", actor=office())
    actions.decide(poll_id=walk.pk, ruling=Ruling.ACCEPT, text="按票决办法", actor=office())


def test_a_shortfall_may_be_voted_on_again_with_the_same_line() -> None:  # 12.2 f
    walk = a_counted_poll(6, 4, 3)
    actions.decide(poll_id=walk.pk, ruling=Ruling.REVOTE, text="另行投票", actor=office())
    publish(walk)
    second = vote_again(walk, 5, 2)
    assert (second.poll.line, second.poll.quota) == (5, 1)
    publish(second)
    line = published_outcome()["outcome"][1]  # type: ignore[index]
    assert (line["ref"], line["chosen"], line["approve"], line["first_approve"]) == ("K02", True, 5, 4)


# ---- hands and names -------------------------------------------------------------------------------------------------


def test_hands_are_counted_by_two_and_nobody_votes_twice() -> None:
    walk = a_closed_poll(method=Method.HANDS, form=Form.ITEMS, candidates=1, quota=0)
    with pytest.raises(FiguresWrong):
        actions.enter_count(poll_id=walk.pk, figures=figures((5, 2, 1), returned=8), actor=teller())
    enter_twice(walk, figures((5, 1, 1)))
    actions.count_poll(poll_id=walk.pk, actor=office())
    confirm(walk)
    assert Outcome.objects.get(poll=walk.now).passed


def test_votes_by_name_are_recorded_once_and_public() -> None:
    walk = an_open_poll(method=Method.NAMED, form=Form.ITEMS, candidates=1, quota=0)
    first, second, *rest = walk.deputies
    with pytest.raises(MarksWrong):
        actions.vote_by_name(poll_id=walk.pk, mandate_id=first.pk, choices=["yes"], actor=deputy_actor(first))
    actions.vote_by_name(poll_id=walk.pk, mandate_id=first.pk, choices=["oppose"], actor=deputy_actor(first))
    with pytest.raises(AlreadyIssued):
        actions.vote_by_name(poll_id=walk.pk, mandate_id=first.pk, choices=["approve"], actor=deputy_actor(first))
    with pytest.raises(NotAllowed):
        actions.vote_by_name(poll_id=walk.pk, mandate_id=second.pk, choices=["approve"], actor=deputy_actor(first))
    for person in rest:
        actions.vote_by_name(poll_id=walk.pk, mandate_id=person.pk, choices=["approve"], actor=office())
    actions.close_poll(poll_id=walk.pk, actor=office())
    actions.count_poll(poll_id=walk.pk, actor=office())
    confirm(walk)
    row = Outcome.objects.get(poll=walk.now)
    assert (row.approve, row.oppose, row.passed) == (5, 1, True)
    votes = selectors.proof_manifest(walk.now)["named_votes"]
    assert votes[0] == {"name": first.person.name, "choices": ["oppose"]}


# ---- the rest of the way ---------------------------------------------------------------------------------------------


def test_cancel_before_and_void_after_opening() -> None:
    walk = a_poll()
    assert actions.cancel_poll(poll_id=walk.pk, reason="议程取消", actor=office()).state == State.CANCELLED
    other = an_open_poll()
    with pytest.raises(NotAllowed):
        actions.void_poll(poll_id=other.pk, reason="会场停电", actor=other.scrutineer)
    assert actions.void_poll(poll_id=other.pk, reason="会场停电", actor=other.chief).state == State.VOIDED
    with pytest.raises(DatabaseError, match="illegal step"):
        raw("UPDATE voting_poll SET state = 'open' WHERE id = %s", other.pk)


def test_the_public_knows_of_open_polls_only_and_few_queries_do(django_assert_max_num_queries: Any) -> None:
    drafted, walk = a_poll(), a_published_poll()
    assert [poll.key for poll in selectors.polls(walk.poll.congress_id)] == [walk.poll.key]
    assert selectors.subject_visible(office(), drafted.pk)
    poll = Poll.objects.get(pk=walk.pk)
    with django_assert_max_num_queries(2):
        selectors.hall(poll)
    with django_assert_max_num_queries(9):
        selectors.proof_manifest(poll)
    assert outbox.drain() >= 0

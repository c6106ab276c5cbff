"""The figures of domain.md 2.8 over a year counted by hand, and what reading costs."""

from collections.abc import Callable
from datetime import date, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.orgs.states import Role
from openrenda.suggestions import actions, selectors
from openrenda.suggestions.indicators import indicators
from openrenda.suggestions.models import Commitment
from openrenda.suggestions.selectors.rows import Filters
from openrenda.suggestions.states import ContactWay, ExtensionReason, LookBackVerdict, Rating, ReplyClass
from tests.makers.orgs import SESSION_OPENED, a_congress, a_deputy, a_unit, actor_of, deputy_actor
from tests.makers.suggestions import (
    a_closed,
    a_distributed,
    a_handled,
    a_rehandled,
    a_replied,
    an_accepted,
    an_answer,
    an_assigned,
    clerk,
    hub,
    leader,
    line,
    meet,
    pass_reply,
    rate,
    sc_rep,
)

KEYS = [
    "total", "total_government", "total_court", "assigned_rate", "reply_rate", "on_time_reply_rate", "closed_rate",
    "met_in_person_rate", "feedback_rate", "satisfied_rate_first", "satisfied_rate_final",
    "satisfied_or_mostly_rate_final", "solved_rate", "adopted_rate", "fulfilled_rate", "promise_kept_rate", "mean_days",
    "median_days", "return_rate", "extension_rate", "rehandle_rate", "class_a", "class_b", "class_c", "class_d",
]  # fmt: skip


def figures(year: int = 2025) -> dict[str, tuple[float, int | None]]:
    return {row.key: (row.numerator, row.denominator) for row in indicators(congress_id=a_congress().pk, year=year)}


def test_nothing_is_none_and_not_zero() -> None:
    rows = indicators(congress_id=a_congress().pk, year=2025)
    assert sorted(row.key for row in rows) == sorted(KEYS)
    assert {row.key for row in rows if row.value == 0} == {"total", "total_government", "total_court"}
    assert all(row.value is None for row in rows if not row.key.startswith("total"))
    assert all(row.definition and row.label for row in rows)


def a_year() -> None:
    """Seven numbered ones of 2025: three A (one late, one by phone, one in two rounds), a B kept, a C, one at work, one
    waiting; besides, one withdrawn, one of the next year."""
    day = SESSION_OPENED
    with clock.at(day):
        kept = a_closed(ReplyClass.B)
        a_replied(ReplyClass.C)
        twice = a_rehandled()
        meet(twice)
        late = a_handled()
        by_phone = a_handled()
        an_assigned([line("F01")])
        an_accepted()
        gone = an_accepted()
        actions.withdraw(suggestion_id=gone.pk, reason="已解决", actor=gone.deputy)
        meet(by_phone, way=ContactWay.PHONE)
    with clock.at(day + timedelta(days=10)):
        actions.request_extension(
            assignment_id=by_phone.turn().pk, reason=ExtensionReason.WIDE, note="广", actor=clerk()
        )
        actions.refuse_extension(assignment_id=by_phone.turn().pk, reason="能办", actor=hub())
        for walk, rating in ((twice, Rating.GOOD), (by_phone, Rating.FAIR)):
            actions.draft_reply(assignment_id=walk.turn().pk, answer=an_answer(), actor=clerk())
            pass_reply(walk)
            rate(walk, result=rating)
        promise = Commitment.objects.get(suggestion_id=kept.pk)
        actions.claim_done(commitment_id=promise.pk, text="完成", proof="照片", actor=clerk())
        actions.confirm_done(commitment_id=promise.pk, note="", actor=kept.deputy)
    with clock.at(late.now.legal_due + timedelta(days=1)):  # type: ignore[operator]
        meet(late, confirmed=False)
        actions.draft_reply(assignment_id=late.turn().pk, answer=an_answer(), actor=clerk())
        pass_reply(late)
    with clock.at(date(2026, 1, 8)):
        an_accepted()


def test_a_year_counted_by_hand() -> None:
    a_year()
    with clock.at(date(2026, 2, 1)):
        found = figures()
    assert found == {
        "total": (7, None), "total_government": (5, None), "total_court": (1, None), "assigned_rate": (6, 7),
        "reply_rate": (5, 6), "on_time_reply_rate": (4, 6), "closed_rate": (3, 6), "met_in_person_rate": (3, 5),
        "feedback_rate": (3, 5), "satisfied_rate_first": (1, 3), "satisfied_rate_final": (2, 3),
        "satisfied_or_mostly_rate_final": (3, 3), "solved_rate": (3, 5), "adopted_rate": (4, 5),
        "fulfilled_rate": (4, 5),
        "promise_kept_rate": (1, 2), "mean_days": (0 + 0 + 0 + 10 + 91, 5), "median_days": (0, None),
        "return_rate": (0, 6), "extension_rate": (1, 6),
        "rehandle_rate": (1, 6), "class_a": (3, None), "class_b": (1, None),
        "class_c": (1, None), "class_d": (0, None),
    }  # fmt: skip


def test_late_ones_that_are_still_open_count_against_punctuality() -> None:
    with clock.at(SESSION_OPENED):
        a_handled()
        a_replied()
    with clock.at(date(2025, 12, 31)):
        assert figures()["on_time_reply_rate"] == (1, 2)


def test_a_regraded_a_is_not_fulfilled() -> None:
    with clock.at(SESSION_OPENED):
        walk = a_closed()
        row = actions.choose_look_back(suggestion_id=walk.pk, actor=sc_rep())
    assert figures()["fulfilled_rate"] == (1, 1)
    actions.record_look_back(
        look_back_id=row.pk, verdict=LookBackVerdict.NOT_KEPT, note="没做", actor=sc_rep(), new_class=ReplyClass.C
    )
    found = figures()
    assert (found["fulfilled_rate"], found["solved_rate"], found["class_c"]) == ((0, 1), (0, 1), (1, None))


def test_a_return_counts_once_per_suggestion() -> None:
    walk = a_distributed()
    for old, new in (("B03", "B04"), ("B04", "B03")):
        actions.request_return(assignment_id=walk.turn(old).pk, reason="不属职能", actor=clerk(old))
        actions.grant_return(assignment_id=walk.turn(old).pk, unit_id=a_unit(new).pk, actor=hub())
    assert figures()["return_rate"] == (1, 1)


def queries(read: Callable[[], object]) -> int:
    read()
    with CaptureQueriesContext(connection) as seen:
        read()
    return len([q for q in seen if "calendarday" not in q["sql"]])  # kept for five seconds per process


def readers() -> dict[str, Callable[[], object]]:
    congress = a_congress().pk
    return {
        "list": lambda: selectors.public_list(congress, Filters()),
        "filtered": lambda: selectors.public_list(congress, Filters(year=2025, text="雨污", unit_id=a_unit_pk)),
        "facets": lambda: selectors.facets(congress, 2025),
        "latest": lambda: selectors.latest_public(congress),
        "day": lambda: selectors.assignment_day(sc_rep_actor),
        "office": lambda: selectors.inbox(sc_rep_actor),
        "ledger": lambda: selectors.promise_ledger(congress),
        "figures": lambda: indicators(congress_id=congress, year=2025),
    }


a_unit_pk = 0
sc_rep_actor: Actor


def test_reading_costs_the_same_for_two_and_for_forty() -> None:
    global a_unit_pk, sc_rep_actor
    a_unit_pk, sc_rep_actor = a_unit("B03").pk, sc_rep()
    an_accepted()
    a_replied(ReplyClass.B)
    few = {name: queries(read) for name, read in readers().items()}
    for _ in range(38):
        an_accepted(lead=a_deputy())
    assert {name: queries(read) for name, read in readers().items()} == few
    assert few["list"] <= 2
    assert few["facets"] <= 5
    assert few["figures"] <= 2
    assert few["office"] <= 9


def test_a_units_and_a_deputys_desk_cost_the_same_for_two_and_for_twenty() -> None:
    mandate = a_deputy()
    desks = [deputy_actor(mandate), clerk(), hub(), actor_of(Role.SC_COMMITTEE, "R04")]
    for _ in range(2):
        a_handled(lead=mandate)
    few = [queries(lambda actor=actor: selectors.inbox(actor)) for actor in desks]
    for _ in range(18):
        a_handled(lead=mandate)
    assert [queries(lambda actor=actor: selectors.inbox(actor)) for actor in desks] == few
    assert len(selectors.inbox(clerk()).mine) == 20
    assert max(few) <= 9


def test_the_list_goes_on_where_it_stopped() -> None:
    keys = [an_accepted().now.key for _ in range(5)]
    congress = a_congress().pk
    first = selectors.public_list(congress, Filters(), size=2)
    second = selectors.public_list(congress, Filters(), after=first.next_after, size=2)
    third = selectors.public_list(congress, Filters(), after=second.next_after, size=2)
    assert [row.key for page in (first, second, third) for row in page.rows] == keys[::-1]
    assert third.next_after is None


def test_actions_stay_cheap_enough_to_replay_years() -> None:
    """121 suggestions of fifteen actions are replayed in less than a minute."""
    spent: dict[str, int] = {}

    def count(name: str, act: Callable[[], object]) -> None:
        with CaptureQueriesContext(connection) as seen:
            act()
        spent[name] = len([q for q in seen if "SAVEPOINT" not in q["sql"]])

    walk = a_handled()
    meet(walk)
    turn, answer = walk.turn(), an_answer(ReplyClass.B)
    count("draft", lambda: actions.draft_reply(assignment_id=turn.pk, answer=answer, actor=clerk()))
    reply, boss, office = walk.reply(), leader(), hub()
    count("sign", lambda: actions.sign_reply(
        reply_id=reply.pk, signer="赵", signer_title="局长", is_chief=True, actor=boss))  # fmt: skip
    count("pass", lambda: actions.pass_reply(reply_id=reply.pk, actor=office))
    count("rate", lambda: rate(walk))
    assert spent["draft"] <= 15, spent
    assert spent["sign"] <= 14, spent
    assert spent["pass"] <= 30, spent
    assert spent["rate"] <= 20, spent

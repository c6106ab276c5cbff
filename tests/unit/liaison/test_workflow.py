"""The table of domain.md 1.4 spelled a second time, by hand: whatever is not written here is refused."""

from itertools import product
from types import SimpleNamespace
from typing import Any

import pytest

from openrenda.kernel.actor import Actor
from openrenda.liaison.states import OpinionState as S
from openrenda.liaison.states import PublishState, ReceptionState
from openrenda.liaison.workflow import OPINION, PUBLICATION, RECEPTION

STATION, OTHER_STATION, STREET, UNIT, MANDATE, SERVING = 1, 2, 3, 4, 5, 6


def _actor(urn: str, *roles: tuple[str, int], congress_id: int = 1) -> Actor:
    return Actor(urn=urn, name=urn, congress_id=congress_id, roles=frozenset(roles))


ACTORS = {
    "public": Actor.anonymous(1),
    "resident": _actor("opinion:77"),
    "other resident": _actor("opinion:78"),
    "staff": _actor("staff", ("STATION_STAFF", STATION)),
    "head": _actor("head", ("STATION_HEAD", STATION)),
    "other head": _actor("other", ("STATION_HEAD", OTHER_STATION)),
    "street": _actor("street", ("STREET_NPC", STREET)),
    "other street": _actor("street2", ("STREET_NPC", 99)),
    "sc_rep": _actor("sc_rep", ("SC_REP", 50)),
    "foreign sc_rep": _actor("sc_rep9", ("SC_REP", 50), congress_id=9),
    "hub": _actor("hub", ("GOV_HUB", 51)),
    "clerk": _actor("clerk", ("UNIT_CLERK", UNIT)),
    "leader": _actor("leader", ("UNIT_LEADER", UNIT)),
    "other clerk": _actor("clerk2", ("UNIT_CLERK", 98)),
    "responsible": _actor("dep", ("DEPUTY", MANDATE)),
    "serving": _actor("dep2", ("DEPUTY", SERVING)),
    "other deputy": _actor("dep3", ("DEPUTY", 97)),
    "sysadmin": _actor("sys", ("SYSADMIN", 0)),
    "auditor": _actor("aud", ("AUDITOR", 0)),
    "clockwork": Actor.system("nightly", 1),
}


def an_opinion(state: S, *, ready: bool = True) -> Any:
    """With everything at hand that any move needs, so that only who and where decide."""
    return SimpleNamespace(
        pk=77, congress_id=1, state=state.value, station_id=STATION, street_id=STREET, handler_unit_id=UNIT,
        converted_ref="",
        handler_level="department", deputy_id=MANDATE, serving_mandate_ids=frozenset({SERVING}), awaiting_role="",
        awaiting_extension=False, draft_text="草稿", drafted_by="somebody", result_text="结果",
        due_on=None, due_kind="",
        round=1, rated_round=0, registered_at=None, answered_at=object(), satisfaction="unrated", may_share=False,
    )  # fmt: skip


# domain.md 1.4, spelled by hand: (move, states it starts from, who).
LIVE = {S.REGISTERED, S.CLASSIFIED, S.REFERRED, S.HANDLING, S.RESULT, S.REWORK}
ANSWERED = {S.ANSWERED, S.FED_BACK}
OFFICES = {"head", "street", "sc_rep"}
TABLE: dict[str, tuple[set[S], set[str]]] = {
    "register": ({S.SUBMITTED}, {"staff", "head"}),
    "not_accept": ({S.SUBMITTED}, {"head"}),
    "withdraw": ({S.SUBMITTED}, {"resident"}),
    "answer_on_the_spot": ({S.REGISTERED}, {"staff", "head", "responsible", "serving"}),
    "classify": ({S.REGISTERED}, {"head"}),
    "merge": ({S.REGISTERED}, OFFICES),
    "join": ({S.SUBMITTED}, {"resident"}),
    "split": ({S.MERGED}, OFFICES),
    "split_joined": ({S.MERGED}, OFFICES),
    "assign_deputy": (LIVE, OFFICES),
    "pool": ({*LIVE, *ANSWERED, S.CONVERTED, S.ESCALATED, S.CLOSED} - {S.REGISTERED}, OFFICES),
    "refer_community": ({S.CLASSIFIED}, {"head"}),
    "propose_referral": ({S.CLASSIFIED}, {"head"}),
    "refer_street": ({S.CLASSIFIED}, {"street"}),
    "forward_referral": ({S.CLASSIFIED}, {"sc_rep"}),
    "refer_department": ({S.CLASSIFIED}, {"hub"}),
    "refer_organ": ({S.CLASSIFIED}, {"sc_rep"}),
    "decline_street": ({S.CLASSIFIED}, {"street"}),
    "decline_sc_rep": ({S.CLASSIFIED}, {"sc_rep"}),
    "decline_hub": ({S.CLASSIFIED}, {"hub"}),
    "convert": ({S.CLASSIFIED}, {"responsible", "serving"}),
    "release": ({S.CONVERTED}, {"clockwork", "sc_rep", "responsible"}),
    "take_answer": ({S.CONVERTED}, {"clockwork", "sc_rep", "responsible"}),
    "take_second_answer": ({S.REWORK}, {"clockwork", "sc_rep", "responsible"}),
    "hear_again": ({S.RESULT, S.FED_BACK, S.CLOSED}, {"clockwork"}),
    "escalate": ({S.CLASSIFIED}, {"head", "sc_rep"}),
    "enter_result": ({S.ESCALATED}, {"sc_rep"}),
    "sign_for": ({S.REFERRED}, {"clerk", "leader"}),
    "send_back": ({S.REFERRED}, {"clerk", "leader"}),
    "request_extension": ({S.HANDLING}, {"clerk", "leader"}),
    "decide_extension": ({S.HANDLING}, {"sc_rep"}),
    "draft_result": ({S.HANDLING, S.REWORK}, {"clerk", "leader"}),
    "return_draft": ({S.HANDLING, S.REWORK}, {"leader"}),
    "approve_result": ({S.HANDLING, S.REWORK}, {"leader"}),
    "reject_result": ({S.RESULT}, {"head"}),
    "edit_plain_answer": ({S.RESULT}, {"responsible", "head"}),
    "feed_back": ({S.RESULT}, {"head"}),
    "rate": (ANSWERED, {"resident"}),
    "rate_dissatisfied": (ANSWERED, {"resident"}),
    "rate_dissatisfied_again": ({S.FED_BACK}, {"resident"}),
    "rate_late": ({S.CLOSED, S.MERGED}, {"resident"}),
    "say_solved": ({*ANSWERED, S.REWORK, S.CLOSED, S.MERGED}, {"resident"}),
    "close_silent": (ANSWERED, {"clockwork"}),
    "reopen": ({S.CLOSED}, {"head"}),
    "keep_closed": ({S.CLOSED, S.MERGED}, {"head"}),
    "revisit": ({S.CLOSED}, {"staff", "head"}),
    "archive": ({S.CLOSED, S.NOT_ACCEPTED, S.WITHDRAWN, S.MERGED}, {"head", "clockwork"}),
}
LANDS = {
    "register": S.REGISTERED, "not_accept": S.NOT_ACCEPTED, "withdraw": S.WITHDRAWN, "answer_on_the_spot": S.ANSWERED,
    "classify": S.CLASSIFIED, "merge": S.MERGED, "join": S.MERGED, "split": S.REGISTERED,
    "split_joined": S.SUBMITTED, "refer_community": S.REFERRED,
    "refer_street": S.REFERRED, "refer_department": S.REFERRED, "refer_organ": S.REFERRED, "convert": S.CONVERTED,
    "release": S.CLASSIFIED, "take_answer": S.RESULT, "take_second_answer": S.RESULT,
    "escalate": S.ESCALATED, "enter_result": S.RESULT,
    "sign_for": S.HANDLING, "send_back": S.CLASSIFIED, "approve_result": S.RESULT, "reject_result": S.HANDLING,
    "feed_back": S.FED_BACK, "rate": S.CLOSED, "rate_dissatisfied": S.REWORK, "rate_dissatisfied_again": S.CLOSED,
    "close_silent": S.CLOSED, "reopen": S.REWORK,
}  # fmt: skip


def test_the_table_names_every_move_and_no_other() -> None:
    assert {move.name for move in OPINION.moves} == set(TABLE)


@pytest.mark.parametrize("name", TABLE)
def test_only_the_written_cells_are_open(name: str) -> None:
    sources, actors = TABLE[name]
    for state, who in product(S, ACTORS):
        opinion = an_opinion(state)
        open_here = any(state in move.sources and bool(move.rule(ACTORS[who], opinion)) for move in OPINION.named(name))
        assert open_here == (state in sources and who in actors), (name, state, who)


def test_moves_land_where_the_law_says() -> None:
    for move in OPINION.moves:
        for state in move.sources:
            assert move.lands(state) == LANDS.get(move.name, state)


def test_near_extensions_are_the_streets_business() -> None:
    opinion = an_opinion(S.HANDLING)
    opinion.handler_level = "community"
    move = OPINION.named("decide_extension")[0]
    assert move.rule(ACTORS["street"], opinion)
    assert not move.rule(ACTORS["sc_rep"], opinion)


def test_what_no_unit_ever_had_is_reworked_by_the_station() -> None:
    opinion = an_opinion(S.REWORK)
    opinion.handler_unit_id = None
    draft, approve = OPINION.named("draft_result")[0], OPINION.named("approve_result")[0]
    assert {who for who in ACTORS if draft.rule(ACTORS[who], opinion)} == {"staff", "head"}
    assert {who for who in ACTORS if approve.rule(ACTORS[who], opinion)} == {"head"}


def test_every_refusal_says_why_and_what_to_do() -> None:
    for move, state, actor in product(OPINION.moves, S, ACTORS.values()):
        for rule in (move.rule, *move.needs):
            verdict = rule(actor, an_opinion(state))
            assert verdict or (verdict.code.startswith("liaison.") and verdict.message and verdict.remedy)


PUBLISH_TABLE = {
    "edit_summary": ({"waiting", "at_street"}, "waiting", {"staff", "head"}),
    "head_approve": ({"waiting"}, "at_street", {"head"}),
    "street_approve": ({"at_street"}, "public", {"street"}),
    "head_refuse": ({"waiting"}, "kept", {"head"}),
    "street_refuse": ({"at_street", "public"}, "kept", {"street"}),
    "object": ({"waiting", "at_street", "public"}, "kept", {"resident"}),
    "allow": ({"kept"}, "waiting", {"resident"}),
    "reconsider": ({"kept"}, "waiting", {"head"}),
}


@pytest.mark.parametrize("name", PUBLISH_TABLE)
def test_publication_is_head_then_street(name: str) -> None:
    sources, target, actors = PUBLISH_TABLE[name]
    (move,) = PUBLICATION.named(name)
    assert move.target == target
    for state, who in product(PublishState, ACTORS):
        side = SimpleNamespace(pk=77, congress_id=1, state=state.value, station_id=STATION, street_id=STREET)
        open_here = state in move.sources and bool(move.rule(ACTORS[who], side))
        assert open_here == (state.value in sources and who in actors), (state, who)


def test_no_way_to_the_public_goes_round_the_street() -> None:
    into_public = {source for source, target in PUBLICATION.edges() if target == PublishState.PUBLIC}
    assert into_public == {PublishState.AT_STREET}


def test_a_reception_ends_once() -> None:
    after = {source for source, _ in RECEPTION.edges()}
    assert not after & {ReceptionState.FINISHED, ReceptionState.POSTPONED, ReceptionState.CANCELLED}

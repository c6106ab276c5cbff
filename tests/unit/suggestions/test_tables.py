"""Every move × state × person, spelled a second time by hand from domain.md 2.3 and 2.5."""

from dataclasses import dataclass, field
from itertools import product
from types import SimpleNamespace
from typing import Any

import pytest

from openrenda.kernel.actor import Actor
from openrenda.kernel.workflow import Workflow
from openrenda.suggestions.states import AssignmentState, CommitmentState, State
from openrenda.suggestions.workflow import ASSIGNMENT, COMMITMENT, SUGGESTION

CONGRESS, ELSEWHERE = 1, 2
LEAD, COSIGNER, OTHER = 11, 12, 13  # mandates
R02, R04, R03, G01, B03, B04, F01 = 2, 4, 3, 20, 33, 34, 50  # units


def actor(urn: str, *roles: tuple[str, int], congress: int = CONGRESS) -> Actor:
    return Actor(urn=urn, name=urn, congress_id=congress, roles=frozenset(roles))


ACTORS = {
    "lead": actor("person:1", ("DEPUTY", LEAD)),
    "cosigner": actor("person:2", ("DEPUTY", COSIGNER)),
    "other deputy": actor("person:3", ("DEPUTY", OTHER)),
    "rep": actor("person:4", ("SC_REP", R02)),
    "hub": actor("person:5", ("GOV_HUB", G01)),
    "committee": actor("person:6", ("SC_COMMITTEE", R04)),
    "other committee": actor("person:7", ("SC_COMMITTEE", R03)),
    "clerk": actor("person:8", ("UNIT_CLERK", B03)),
    "contact": actor("person:9", ("UNIT_ADMIN", B03)),
    "leader": actor("person:10", ("UNIT_LEADER", B03)),
    "other clerk": actor("person:11", ("UNIT_CLERK", B04)),
    "other leader": actor("person:12", ("UNIT_LEADER", B04)),
    "sc leader": actor("person:13", ("SC_LEADER", 1)),
    "station": actor("person:14", ("STATION_HEAD", 90), ("STATION_STAFF", 90)),
    "sysadmin": actor("person:15", ("SYSADMIN", 1)),
    "auditor": actor("person:16", ("AUDITOR", 1)),
    "public": Actor.anonymous(CONGRESS),
    "sweep": Actor.system("suggestions.sweep", CONGRESS),
    "follower": Actor.system("suggestions.follow", CONGRESS),
    "rep elsewhere": actor("person:17", ("SC_REP", 702), congress=ELSEWHERE),
    "lead elsewhere": actor("person:18", ("DEPUTY", LEAD), congress=ELSEWHERE),
    "clerk elsewhere": actor("person:19", ("UNIT_CLERK", B03), congress=ELSEWHERE),
    "leader elsewhere": actor("person:20", ("UNIT_LEADER", B03), congress=ELSEWHERE),
    "hub elsewhere": actor("person:21", ("GOV_HUB", G01), congress=ELSEWHERE),
    "sweep elsewhere": Actor.system("suggestions.sweep", ELSEWHERE),
}
DRAFTING = "draft cosigning returned_edit"
BEFORE_REPLY = (
    "draft cosigning submitted returned_edit accepted assigned1 assigned2 return_req handling ext_req reply_review"
)

# move: (from where, by whom)
ON_SUGGESTIONS = {
    "edit": (DRAFTING, "lead"),
    "invite": ("draft cosigning", "lead"),
    "confirm_cosign": ("cosigning returned_edit", "cosigner"),
    "decline_cosign": ("cosigning returned_edit", "cosigner"),
    "submit": (DRAFTING, "lead"),
    "ask_withdrawal": (BEFORE_REPLY, "lead"),
    "agree_withdrawal": (BEFORE_REPLY, "cosigner"),
    "withdraw": (BEFORE_REPLY, "lead"),
    "lapse": ("returned_edit", "sweep"),
    "supplement": ("accepted assigned1 assigned2 return_req handling ext_req reply_review rehandle", "lead"),
    "object": ("assigned1 assigned2 return_req handling", "lead"),
    "accept": ("submitted", "rep"),
    "send_back": ("submitted", "rep"),
    "reject": ("submitted", "rep"),
    "plan": ("accepted", "rep"),
    "group": ("accepted assigned1 assigned2 handling", "rep"),
    "ungroup": ("accepted assigned1 assigned2 handling", "rep"),
    "assign": ("accepted", "rep"),
    "follow_assigned1": ("return_req", "follower"),
    "follow_assigned2": ("assigned1 return_req", "follower"),
    "follow_return_req": ("assigned1 assigned2 handling ext_req", "follower"),
    "follow_handling": ("assigned1 assigned2 return_req ext_req reply_review", "follower"),
    "follow_ext_req": ("handling assigned1 assigned2 return_req", "follower"),
    "follow_reply_review": ("handling rehandle", "follower"),
    "follow_rehandle": ("reply_review", "follower"),
    "follow_replied": ("reply_review", "follower"),
    "open_feedback": ("replied", "follower"),
    "give_feedback": ("feedback", "lead cosigner"),
    "remind": ("feedback", "sweep"),
    "close_rated": ("feedback", "follower"),
    "find_unsatisfied": ("feedback", "follower"),
    "close_unanswered": ("feedback", "sweep"),
    "rate_unrateable": ("feedback", "rep"),
    "rehandle": ("unsatisfied", "rep"),
    "explain": ("unsatisfied", "rep"),
    "apologise": ("unsatisfied", "rep"),
    "reopen": ("closed", "rep"),
}
UNIT = "clerk contact leader"
# on a turn of B03, second level, under the government; and of the same unit directly under the committee
ON_TURNS = {
    "distribute": ("waiting", "hub", "hub"),
    "sign_for": ("waiting", UNIT, UNIT),
    "request_return": ("waiting handling", UNIT, UNIT),
    "grant_return": ("return_req", "hub", "rep"),
    "refuse_return": ("return_req", "hub", "rep"),
    "fix_unit": ("return_req", "rep hub", "rep hub"),
    "fix_other": ("return_req", "follower", "follower"),
    "fix_same": ("return_req", "follower", "follower"),
    "reassign": ("waiting co_open", "hub", "rep"),
    "request_extension": ("handling", UNIT, UNIT),
    "endorse_extension": ("ext_req", "hub", ""),
    "grant_extension": ("ext_req", "rep", "rep"),
    "refuse_extension": ("ext_req", "rep hub", "rep"),
    "record_contact": ("handling ext_req", UNIT, UNIT),
    "draft_reply": ("handling", "clerk contact", "clerk contact"),
    "sign_reply": ("reply_review", "leader", "leader"),
    "send_back_reply": ("reply_review", "leader hub", "leader rep"),
    "pass_reply": ("reply_review", "hub", "rep"),
    "start_round": ("replied", "rep", "rep"),
    "give_opinion": ("co_open", UNIT, UNIT),
    "mark_opinion_overdue": ("co_open", "rep hub other_lead", "rep hub other_lead"),
    "stop": ("waiting return_req handling ext_req reply_review co_open", "follower", "follower"),
}
OPEN_PROMISE = "pending overdue changed carried"
ON_PROMISES = {
    "report": (OPEN_PROMISE, UNIT),
    "claim_done": (OPEN_PROMISE, UNIT),
    "confirm_done": ("done_claimed", "lead rep committee"),
    "deny_done": ("done_claimed", "lead rep committee"),
    "deny_late": ("done_claimed", "lead rep committee"),
    "change": (OPEN_PROMISE, "leader"),
    "declare_impossible": (OPEN_PROMISE, "leader"),
    "mark_overdue": ("pending changed carried", "sweep"),
    "carry_over": ("pending changed carried", "sweep"),
    "carry_overdue": ("overdue", "sweep"),
}


@dataclass
class Rows:
    rows: list[Any] = field(default_factory=list)

    def all(self) -> list[Any]:
        return self.rows


def a_suggestion(state: str = "draft") -> Any:
    return SimpleNamespace(
        congress_id=CONGRESS, state=state, lead_id=LEAD, oversight_unit_id=R04, main_unit_id=B04,
        cosigners=Rows([SimpleNamespace(mandate_id=COSIGNER, state="confirmed", agreed_withdrawal_at=None)]),
    )  # fmt: skip


def a_turn(state: str, *, direct: bool) -> Any:
    return SimpleNamespace(
        suggestion=a_suggestion("handling"), state=state, unit_id=B03, is_direct=direct, is_hub=False,
        level="first" if direct else "second",
    )  # fmt: skip


def a_promise(state: str) -> Any:
    return SimpleNamespace(suggestion=a_suggestion("closed"), congress_id=CONGRESS, state=state, unit_id=B03)


def may(workflow: Workflow[Any], name: str, who: str, obj: Any) -> bool:
    """Is there a row of that name from here, and does it know this person?"""
    return any(obj.state in move.sources and bool(move.rule(ACTORS[who], obj)) for move in workflow.named(name))


def test_the_hand_written_tables_name_every_move() -> None:
    assert set(ON_SUGGESTIONS) == {move.name for move in SUGGESTION.moves}
    assert set(ON_TURNS) == {move.name for move in ASSIGNMENT.moves}
    assert set(ON_PROMISES) == {move.name for move in COMMITMENT.moves}


@pytest.mark.parametrize("name", ON_SUGGESTIONS)
def test_suggestions_open_exactly_the_written_cells(name: str) -> None:
    states, people = (text.split() for text in ON_SUGGESTIONS[name])
    for state, who in product(State, ACTORS):
        wanted = state.value in states and who in people
        assert may(SUGGESTION, name, who, a_suggestion(state.value)) == wanted, (name, state.value, who)


@pytest.mark.parametrize("direct", [False, True], ids=["government", "direct"])
@pytest.mark.parametrize("name", ON_TURNS)
def test_turns_open_exactly_the_written_cells(name: str, direct: bool) -> None:
    states = ON_TURNS[name][0].split()
    people = ON_TURNS[name][2 if direct else 1].replace("other_lead", "other clerk,other leader").split()
    allowed = {one for who in people for one in (who.split(",") if "," in who else [who])}
    if "other_lead" in ON_TURNS[name][1]:  # the lead unit here is B04
        allowed = {"rep", "hub", "other clerk", "other leader"}
    for state, who in product(AssignmentState, ACTORS):
        wanted = state.value in states and who in allowed
        assert may(ASSIGNMENT, name, who, a_turn(state.value, direct=direct)) == wanted, (name, state.value, who)


@pytest.mark.parametrize("name", ON_PROMISES)
def test_promises_open_exactly_the_written_cells(name: str) -> None:
    states, people = (text.split() for text in ON_PROMISES[name])
    for state, who in product(CommitmentState, ACTORS):
        wanted = state.value in states and who in people
        assert may(COMMITMENT, name, who, a_promise(state.value)) == wanted, (name, state.value, who)


EDGES = {
    "draft": "cosigning submitted withdrawn",
    "cosigning": "submitted withdrawn",
    "submitted": "accepted returned_edit rejected withdrawn",
    "returned_edit": "submitted withdrawn",
    "accepted": "assigned1 withdrawn",
    "assigned1": "assigned2 return_req handling ext_req withdrawn",
    "assigned2": "return_req handling ext_req withdrawn",
    "return_req": "assigned1 assigned2 handling ext_req withdrawn",
    "handling": "return_req ext_req reply_review withdrawn",
    "ext_req": "return_req handling withdrawn",
    "reply_review": "handling rehandle replied withdrawn",
    "replied": "feedback",
    "feedback": "closed unsatisfied",
    "unsatisfied": "rehandle closed",
    "rehandle": "reply_review",
    "closed": "rehandle",
    "withdrawn": "",
    "rejected": "",
}


def test_the_steps_between_states() -> None:
    steps = {(a.value, b.value) for a, b in SUGGESTION.edges() if a != b}
    assert steps == {(a, b) for a, targets in EDGES.items() for b in targets.split()}

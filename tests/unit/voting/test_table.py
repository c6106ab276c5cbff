"""Every move × state × person of a poll, spelled a second time by hand from domain.md 4.5."""

from itertools import product
from types import SimpleNamespace
from typing import Any

import pytest

from openrenda.kernel.actor import Actor
from openrenda.voting.states import Duty, Issued, Method, State
from openrenda.voting.workflow import POLL

CHIEF, SECOND, COUNTS, VOTER, OTHER = 11, 12, 13, 14, 15


def actor(*roles: tuple[str, int], congress: int = 1, urn: str = "person:1") -> Actor:
    return Actor(urn=urn, name=urn, congress_id=congress, roles=frozenset(roles))


ACTORS = {
    "office": actor(("SC_OFFICE", 1)),
    "chief": actor(("DEPUTY", CHIEF)),
    "scrutineer": actor(("DEPUTY", SECOND)),
    "named teller": actor(("DEPUTY", COUNTS)),
    "teller": actor(("TELLER", 1)),
    "voter": actor(("DEPUTY", VOTER)),
    "other deputy": actor(("DEPUTY", OTHER)),
    "leader": actor(("SC_LEADER", 1)),
    "sysadmin": actor(("SYSADMIN", 1)),
    "public": Actor.anonymous(1),
    "follower": actor(urn="system:voting.follow"),
    "office elsewhere": actor(("SC_OFFICE", 9), congress=2),
    "chief elsewhere": actor(("DEPUTY", CHIEF), congress=2),
    "teller elsewhere": actor(("TELLER", 9), congress=2),
}
WATCH, COUNTING = "chief scrutineer", "teller named_teller"
MOVES = {
    "take_roll": ("draft setup", "office"),
    "begin_setup": ("draft", "office"),
    "enter_credentials": ("setup", "office"),
    "enter_key": ("setup", WATCH),
    "restart_keys": ("setup", "office"),
    "open": ("draft setup", "office chief"),
    "cancel": ("draft setup", "office"),
    "mark_present": ("open", "office"),
    "issue": ("open", f"office {WATCH}"),
    "withdraw_credentials": ("open", WATCH),
    "vote_by_name": ("open", f"office voter {WATCH} named_teller"),
    "close": ("open", "office chief"),
    "enter_count": ("closed", COUNTING),
    "file_tally_sheet": ("closed counted", f"office {WATCH} {COUNTING}"),
    "enter_partial": ("closed", WATCH),
    "count": ("closed", f"office chief {COUNTING}"),
    "decide": ("counted confirmed", "office"),
    "confirm": ("counted", WATCH),
    "conclude": ("counted", "follower"),
    "publish": ("confirmed", "office"),
    "void": ("open closed counted confirmed", "office chief"),
    "void_returned": ("open closed", "follower"),
    "repeat": ("confirmed published voided", "office"),
}


class Rows(list[Any]):
    """Just enough of a related manager."""

    def all(self) -> "Rows":
        return self

    def filter(self, mandate_id__in: frozenset[int] | None = None, issued: str = "") -> "Rows":
        if mandate_id__in is not None:
            return Rows(row for row in self if row.mandate_id in mandate_id__in)
        return Rows(row for row in self if row.issued == issued)

    def exists(self) -> bool:
        return bool(self)


def a_poll(state: State, **given: object) -> Any:
    watch = [(CHIEF, Duty.CHIEF, 1), (SECOND, Duty.SCRUTINEER, 2), (COUNTS, Duty.TELLER, None)]
    values: dict[str, object] = {
        "state": state,
        "congress_id": 1,
        "method": Method.ELECTRONIC,
        "is_electronic": True,
        "is_secret": True,
        "threshold": 2,
        "scrutineers": Rows(SimpleNamespace(mandate_id=m, duty=d, index=i) for m, d, i in watch),
        "roll": Rows(SimpleNamespace(mandate_id=m, issued=Issued.PAPER) for m in (CHIEF, SECOND, COUNTS, VOTER)),
    }
    return SimpleNamespace(**{**values, **given})


def test_the_table_is_complete() -> None:
    assert {move.name for move in POLL.moves} == set(MOVES)


@pytest.mark.parametrize("name", MOVES)
def test_who_may_from_where(name: str) -> None:
    states, who = (set(words.split()) for words in MOVES[name])
    for state, (label, person) in product(State, ACTORS.items()):
        rows = [move for move in POLL.named(name) if state in move.sources]
        assert bool(rows) == (state in states), state
        for move in rows:
            assert bool(move.rule(person, a_poll(state))) == (label.replace(" ", "_") in who), (label, state)


def test_what_must_be_there() -> None:
    office, chief, teller = ACTORS["office"], ACTORS["chief"], ACTORS["teller"]

    def open_to(name: str, who: Actor, poll: Any) -> bool:
        return any(offer.move.name == name and offer.verdict for offer in POLL.offers(who, poll))

    paper = {"method": Method.PAPER, "is_electronic": False}
    assert not open_to("open", office, a_poll(State.DRAFT)), "an electronic one is set up first"
    assert open_to("open", office, a_poll(State.DRAFT, **paper))
    assert not open_to("open", office, a_poll(State.DRAFT, **paper, scrutineers=Rows()))
    assert not open_to("begin_setup", office, a_poll(State.DRAFT, threshold=1))
    assert not open_to("begin_setup", office, a_poll(State.DRAFT, threshold=3))
    assert not open_to("withdraw_credentials", chief, a_poll(State.OPEN, **paper))
    assert not open_to("issue", office, a_poll(State.OPEN, is_secret=False))
    assert not open_to("enter_count", teller, a_poll(State.CLOSED, roll=Rows())), "nobody fell back to paper"
    assert open_to("enter_count", teller, a_poll(State.CLOSED))


def test_no_way_leads_back_and_nothing_leaves_the_end() -> None:
    edges = POLL.edges()
    order = list(State)
    assert all(order.index(a) <= order.index(b) for a, b in edges)
    assert {b for a, b in edges if a in (State.PUBLISHED, State.VOIDED, State.CANCELLED)} == {
        State.PUBLISHED, State.VOIDED
    }  # fmt: skip

"""A workflow is one table: its invariants, and the order in which it refuses."""

import dataclasses
from itertools import product

import pytest

from openrenda.kernel.actor import Actor
from openrenda.kernel.enums import Labelled
from openrenda.kernel.errors import Blocked, NotAllowed, WrongState
from openrenda.kernel.triggers import state_path_trigger
from openrenda.kernel.verdict import ALLOWED, Verdict
from openrenda.kernel.workflow import Move
from tests.makers.kernel import Case, Stage, a_workflow, an_actor, is_clerk

FLOW = a_workflow()
OWNER = an_actor("person:1")
CLERK = an_actor("person:2", ("CLERK", 7))
STRANGER = an_actor("person:3")
WHO = {"owner": OWNER, "clerk": CLERK, "stranger": STRANGER}
# The table a second time, by hand.
OPEN = {
    ("edit", "draft", "owner"),
    ("file", "draft", "owner"),
    ("send_back", "filed", "clerk"),
    ("send_back", "closed", "clerk"),
    ("close", "filed", "clerk"),
}


def may(move: str, state: str, who: Actor) -> bool:
    try:
        FLOW.take(move, who, Case(state))
    except (NotAllowed, WrongState, Blocked):
        return False
    return True


@pytest.mark.parametrize(
    ("move", "state", "who"), list(product(("edit", "file", "send_back", "close"), [str(s) for s in Stage], WHO))
)
def test_only_the_written_cells_are_open(move: str, state: str, who: str) -> None:
    assert may(move, state, WHO[who]) == ((move, state, who) in OPEN)


def test_who_comes_before_where_and_where_before_what_is_missing() -> None:
    with pytest.raises(NotAllowed) as not_allowed:
        FLOW.take("file", STRANGER, Case("closed", text=""))
    assert not_allowed.value.code == "test.not_owner"
    with pytest.raises(WrongState) as wrong:
        FLOW.take("file", OWNER, Case("closed", text=""))
    assert wrong.value.params == {"move": "提交", "state": "办结"}
    with pytest.raises(Blocked) as blocked:
        FLOW.take("file", OWNER, Case("draft", text=""))
    assert (blocked.value.code, blocked.value.remedy) == ("test.empty", "请先写明内容。")


def test_an_unknown_move_is_a_fault_of_ours() -> None:
    with pytest.raises(KeyError, match="no move fly"):
        FLOW.take("fly", OWNER, Case())


def test_a_state_that_is_none_is_a_fault_of_ours() -> None:
    with pytest.raises(ValueError, match="nowhere"):
        FLOW.take("file", OWNER, Case("nowhere"))


def test_offers_say_why_a_move_is_closed_and_leave_out_what_is_not_the_readers() -> None:
    offers = {offer.move.name: offer.verdict for offer in FLOW.offers(OWNER, Case("draft", text=""))}
    assert set(offers) == {"edit", "file"}
    assert offers["edit"] is ALLOWED
    assert offers["file"].code == "test.empty"
    assert FLOW.offers(STRANGER, Case()) == []


def test_whoever_may_move_from_one_of_the_sources_is_told_where_it_stands() -> None:
    """Two rows of one name with different rules: the refusal is the state's, not the first row's."""

    def anybody(actor: Actor, case: Case) -> Verdict:
        return ALLOWED

    rows = (*FLOW.moves, Move("file", "提交", (Stage.CLOSED,), Stage.FILED, anybody))
    flow = dataclasses.replace(FLOW, moves=rows)
    with pytest.raises(WrongState):
        flow.take("file", STRANGER, Case("filed"))
    assert flow.take("file", STRANGER, Case("closed")).target is Stage.FILED


def test_a_move_that_stays_is_an_edge_to_itself() -> None:
    assert (Stage.DRAFT, Stage.DRAFT) in FLOW.edges()
    assert FLOW.named("edit")[0].lands(Stage.DRAFT) is Stage.DRAFT


def test_two_moves_with_one_name_and_source_are_refused() -> None:
    twice = Move("file", "又提交", (Stage.DRAFT,), Stage.CLOSED, is_clerk)
    with pytest.raises(ValueError, match="share a name and a source"):
        dataclasses.replace(FLOW, moves=(*FLOW.moves, twice))


def test_a_state_that_nobody_reaches_is_refused() -> None:
    with pytest.raises(ValueError, match=r"never reached.*closed"):
        dataclasses.replace(FLOW, moves=FLOW.moves[:2])


def test_the_diagram_names_every_state_and_every_step() -> None:
    drawn = FLOW.mermaid()
    assert drawn.startswith("stateDiagram-v2\n    DRAFT: 起草")
    assert "    [*] --> DRAFT\n" in drawn
    assert "    CLOSED --> DRAFT: 退回\n" in drawn
    assert drawn.count("-->") == len(OPEN) + 1


def test_the_trigger_holds_the_steps_of_the_table_and_no_others() -> None:
    trigger = state_path_trigger(FLOW)
    assert trigger.name == "test_case_state_path"
    sql = str(trigger.func)
    assert "NOT IN ('closed>draft', 'draft>filed', 'filed>closed', 'filed>draft')" in sql
    assert "NOT IN ('draft')" in sql


def test_members_are_their_values_and_carry_labels() -> None:
    class Colour(Labelled):
        RED = "red", "红"
        PLAIN = "plain"

    assert Colour("red") is Colour.RED
    assert (f"{Colour.RED}", Colour.RED.label, Colour.PLAIN.label) == ("red", "红", "plain")
    assert {Colour.RED: 1}["red"] == 1

"""How a list is narrowed by its address: read once, for the page, for the file that is taken out of it, for both."""

from typing import TypedDict

from openrenda.kernel.actor import Actor
from openrenda.kernel.asked import Params, member, number, text
from openrenda.kernel.text import N_
from openrenda.suggestions.rules import UNIT_ROLES
from openrenda.suggestions.states import CommitmentState, ReplyClass, State

from .rows import Filters

LANES = {"mine": N_("等我办"), "waiting": N_("等别人办"), "done": N_("最近办过")}


class Register(TypedDict):
    """What the register takes."""

    text: str
    state: State | None
    unit_id: int | None
    year: int | None


class Ledger(TypedDict):
    """What the promise ledger takes."""

    unit_id: int | None
    state: CommitmentState | None
    year: int | None
    open_only: bool


def filters(params: Params) -> Filters:
    """How the public list is narrowed."""
    year = number(params, "year")
    return Filters(
        text=text(params, "q"),
        year=year if year is not None and year < 3000 else None,
        session_id=number(params, "session"),
        category_id=number(params, "category"),
        unit_id=number(params, "unit"),
        state=member(params, "state", State),
        reply_class=member(params, "class", ReplyClass),
        delegation_id=number(params, "delegation"),
        key_only=params.get("key") == "1",
    )


def lane(params: Params) -> str:
    """Which of the workbench's three lists is shown."""
    name = params.get("lane", "mine")
    return name if name in LANES else "mine"


def register(params: Params) -> Register:
    """The register of an office."""
    return Register(
        text=text(params, "q"),
        state=member(params, "state", State),
        unit_id=number(params, "unit"),
        year=number(params, "year"),
    )


def ledger(actor: Actor, params: Params) -> Ledger:
    """Units see their own promises; others all, or those of a unit. Open ones unless asked otherwise."""
    own = actor.scopes(*UNIT_ROLES)
    state = member(params, "state", CommitmentState)
    return Ledger(
        unit_id=min(own) if own else number(params, "unit"),
        state=state,
        year=number(params, "year"),
        open_only=state is None and params.get("all") != "1",
    )

"""How a list is narrowed by its address: read once, for the page, for the file that is taken out of it, for both."""

from typing import TypedDict

from openrenda.kernel.asked import Params, member, number, text
from openrenda.liaison.states import OpinionState

from .workbench import LANES


class Published(TypedDict):
    """What `selectors.published` takes."""

    q: str
    category_id: int | None
    street_id: int | None
    state: OpinionState | None
    year: int | None


class Stations(TypedDict):
    """What `selectors.stations` takes."""

    q: str
    street_id: int | None


class Deputies(TypedDict):
    """What `selectors.deputies` takes."""

    q: str
    street_id: int | None
    delegation_id: int | None


class Inbox(TypedDict):
    """What `selectors.inbox` takes."""

    lane: str
    q: str
    state: OpinionState | None


def published(params: Params) -> Published:
    """Published opinions."""
    return Published(
        q=text(params, "q"),
        category_id=number(params, "category"),
        street_id=number(params, "street"),
        state=member(params, "state", OpinionState),
        year=year(params),
    )


def stations(params: Params) -> Stations:
    """Stations."""
    return Stations(q=text(params, "q"), street_id=number(params, "street"))


def deputies(params: Params) -> Deputies:
    """Deputies in office."""
    return Deputies(q=text(params, "q"), street_id=number(params, "street"), delegation_id=number(params, "delegation"))


def inbox(params: Params) -> Inbox:
    """The workbench's lanes."""
    lane = params.get("lane", "mine")
    return Inbox(
        lane=lane if lane in LANES else "mine", q=text(params, "q"), state=member(params, "state", OpinionState)
    )


def is_past(params: Params) -> bool:
    """A station's reception days: those gone by, not those to come?"""
    return params.get("when") == "past"


def year(params: Params) -> int | None:
    """A year that a calendar of ours can hold, or nothing."""
    given = number(params, "year")
    return given if given is not None and 1990 <= given <= 2100 else None

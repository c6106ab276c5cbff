"""What the desk views read from an address or a form, and the links beside their tables."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Protocol, TypeVar

from django.http import HttpRequest
from django.urls import reverse

from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import NotAllowed, NotFound
from openrenda.kernel.text import N_
from openrenda.orgs.states import Role
from openrenda.suggestions.rules import UNIT_ROLES
from openrenda.suggestions.selectors import asked
from openrenda.suggestions.selectors.desk import BulkRow
from openrenda.suggestions.selectors.rows import FacetValue, Inbox, PromiseRow
from openrenda.suggestions.states import CommitmentState
from openrenda.ui.filters import t
from openrenda.ui.shapes import FacetGroup, Link, PreviewRow

from . import queries

LEDGER = 50
DESKS = (
    (N_("写建议"), "suggestions:write", (), (Role.DEPUTY,)),
    (N_("我的建议"), "suggestions:mine", (), (Role.DEPUTY,)),
    (N_("交办日"), "suggestions:bulk", ("assign",), (Role.SC_REP,)),
    (N_("分办"), "suggestions:bulk", ("distribute",), (Role.GOV_HUB,)),
    (N_("签收"), "suggestions:bulk", ("sign_for",), UNIT_ROLES),
    (N_("公开"), "suggestions:bulk", ("release",), (Role.SC_REP, Role.GOV_HUB)),
    (
        N_("全部建议"),
        "suggestions:register",
        (),
        (Role.SC_REP, Role.SC_OFFICE, Role.SC_COMMITTEE, Role.SC_LEADER, Role.GOV_HUB, *UNIT_ROLES),
    ),
    (
        N_("承诺台账"),
        "suggestions:promises",
        (),
        (Role.DEPUTY, Role.SC_REP, Role.SC_OFFICE, Role.SC_COMMITTEE, Role.SC_LEADER, Role.GOV_HUB, *UNIT_ROLES),
    ),
    (N_("回头看"), "suggestions:look_backs", (), (Role.SC_REP, Role.SC_COMMITTEE, Role.SC_LEADER)),
)


class HasRoles(Protocol):
    """A bulk act says who may."""

    @property
    def roles(self) -> tuple[Role, ...]: ...


B = TypeVar("B", bound=HasRoles)


def lanes(request: HttpRequest, found: Inbox) -> list[Link]:
    """The three lists with their counts."""
    counts = {"mine": max(found.mine_total, len(found.mine)), "waiting": len(found.waiting), "done": len(found.done)}
    here = asked.lane(request.GET.dict())
    return [
        Link(label, queries.here_with(request, lane=name), name == here, counts[name])
        for name, label in asked.LANES.items()
    ]


def desks(actor: Actor) -> list[Link]:
    """The tables this role works with."""
    return [Link(label, reverse(name, args=args)) for label, name, args, roles in DESKS if actor.has(*roles)]


def state_facet(request: HttpRequest, counts: Sequence[FacetValue]) -> list[FacetGroup]:
    """Where they stand, as links."""
    return [FacetGroup(N_("办理状态"), queries.answers(request, "state", counts))]


def open_bulk(kinds: Mapping[str, B], name: str, actor: Actor) -> B:
    """The bulk act of that name, for those whose act it is."""
    kind = kinds.get(name)
    if kind is None:
        raise NotFound
    if not actor.has(*kind.roles):
        raise NotAllowed
    return kind


def chosen(request: HttpRequest) -> list[int]:
    """The ticked rows."""
    return [int(raw) for raw in request.POST.getlist("id") if raw.isascii() and raw.isdigit() and len(raw) < 16]


def sent(request: HttpRequest) -> dict[str, list[str]]:
    """What was sent, to be sent again on confirming."""
    left_out = ("csrfmiddlewaretoken", "confirmed")
    return {key: request.POST.getlist(key) for key in request.POST if key not in left_out}


def preview(rows: Iterable[BulkRow], ids: Iterable[int], refused: Mapping[int, str] | None = None) -> list[PreviewRow]:
    """What will happen to each chosen row, or why it cannot; unknown rows are said to be gone."""
    known = {row.id: row for row in rows}
    return [_preview(known.get(pk), pk, (refused or {}).get(pk, "")) for pk in dict.fromkeys(ids)]


def _preview(row: BulkRow | None, pk: int, refused: str) -> PreviewRow:
    if row is None:
        return PreviewRow(t(N_("第{n}行"), n=pk), refused or N_("已经有同事办过，或者不在您的名下。"), ok=False)
    problem = refused or row.problem
    title = " ".join(filter(None, (row.number, row.title)))
    url = reverse("suggestions:work", args=[row.suggestion_id])
    return PreviewRow(title, problem or row.plan, ok=not problem, url=url)


# -- the promise ledger ---------------------------------------------------------------------------------------------


def ledger_cursor(request: HttpRequest) -> tuple[str, int] | None:
    """Where the page before ended."""
    day, _, pk = request.GET.get("after", "").partition("_")
    try:
        return (date.fromisoformat(day).isoformat(), int(pk))
    except ValueError:
        return None


def ledger_next(request: HttpRequest, rows: Sequence[PromiseRow]) -> str:
    """The next page."""
    return queries.here_with(request, after=f"{rows[-1].deadline.isoformat()}_{rows[-1].id}")


def ledger_facets(request: HttpRequest) -> list[FacetGroup]:
    """By fulfilment; open ones unless asked otherwise."""
    state = request.GET.get("state", "")
    every = request.GET.get("all") == "1"
    links = [
        Link(N_("还要落实的"), queries.here_with(request, state=None, all=None), current=not state and not every),
        Link(N_("全部"), queries.here_with(request, state=None, all="1"), current=not state and every),
        *(
            Link(one.label, queries.here_with(request, state=one.value, all=None), current=state == one.value)
            for one in CommitmentState
        ),
    ]
    return [FacetGroup(N_("落实情况"), links)]

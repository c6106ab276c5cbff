"""Which acts of the tables are open to this reader: what the workflows offer, in the order of the page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse

from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import Conflict, NotAllowed, NotFound
from openrenda.kernel.text import N_
from openrenda.kernel.verdict import ALLOWED, Verdict
from openrenda.kernel.workflow import Offer
from openrenda.livelihood.rules import who
from openrenda.livelihood.selectors.desks import IdeaDesk, ProjectDesk, YearDesk
from openrenda.livelihood.states import ProjectState, YearState
from openrenda.orgs.states import Role

from .act import Act
from .acts import IDEA_ACTS, PART_ACTS, PROJECT_ACTS, YEAR_ACTS

QUIET = (
    "extend_call", "propose", "send_back", "withhold", "decline", "reserve", "edit", "confirm_funds", "form_group",
    "inspect", "issue_order", "file_adjustment", "request_adjustment", "refuse_acceptance", "carry_over", "turn_down",
)  # fmt: skip
"""Never the first thing to do on a page."""

STATUTES = ("地方组织法", "监督法")


@dataclass(frozen=True, slots=True)
class MoveRow:
    """One button of the column beside a page."""

    name: str
    label: str
    url: str
    verdict: Verdict
    law: str = ""
    tone: str = "plain"
    part: int = 0


@dataclass(frozen=True, slots=True)
class MoveGroup:
    """The moves on one thing."""

    title: str
    rows: list[MoveRow]


def of_year(desk: YearDesk) -> list[MoveGroup]:
    """What may be done with the year as a whole."""
    pk = desk.year.pk
    rows = _offered("livelihood:year_act", pk, YEAR_ACTS, desk.offers)
    weighing = desk.year.state in (YearState.COLLECTING, YearState.SCREENING)
    if weighing and desk.prelim_choices and who.is_hub_or_office(desk.actor, desk.year):
        rows.append(_row("livelihood:year_act", pk, "discuss_party", YEAR_ACTS, ALLOWED))
    return _marked([MoveGroup(N_("本年度"), _in_order(rows))])


def of_idea(desk: IdeaDesk) -> list[MoveGroup]:
    """What may become of an idea."""
    return _marked(
        [MoveGroup(N_("这条建议"), _in_order(_offered("livelihood:idea_act", desk.idea.pk, IDEA_ACTS, desk.offers)))]
    )


def of_project(desk: ProjectDesk, actor: Actor) -> list[MoveGroup]:
    """On the project itself, then on its adjustments, orders, visits."""
    pk, p = desk.project.pk, desk.project
    rows = _offered("livelihood:project_act", pk, PROJECT_ACTS, desk.offers)
    if actor.has(Role.GOV_HUB) and p.state in (ProjectState.VOTED_OUT, ProjectState.IDEA_POOL) and desk.year_choices:
        rows.append(_row("livelihood:project_act", pk, "reuse", PROJECT_ACTS, ALLOWED))
    groups = [MoveGroup(N_("这个项目"), _in_order(rows))]
    groups += [MoveGroup(N_("调整申请"), _on_change(pk, change.row.pk, change.offers)) for change in desk.adjustments]
    if who.works_at_lead(actor, p):
        orders = [_part(pk, "answer_order", o.pk) for o in desk.orders if o.answered_on is None]
        visits = [_part(pk, "answer_inspection", i.pk) for i in desk.inspections if i.answered_on is None]
        groups += [MoveGroup(N_("督办单"), orders), MoveGroup(N_("视察意见"), visits)]
    return _marked(groups)


def _on_change(pk: int, part: int, offers: Iterable[Offer[Any]]) -> list[MoveRow]:
    rows = {}
    for offer in offers:
        name = "decide" if offer.move.name in ("approve", "reject") else offer.move.name
        if name in PART_ACTS:
            rows[name] = _part(pk, name, part)
    return list(rows.values())


def _offered(url: str, pk: int, table: Mapping[str, Act], offers: Iterable[Offer[Any]]) -> list[MoveRow]:
    rows: dict[str, MoveRow] = {}
    for offer in offers:
        name = offer.move.name
        if name not in table or (name in rows and not offer.verdict):
            continue
        law = offer.move.law if offer.move.law.startswith(STATUTES) else ""
        rows[name] = _row(url, pk, name, table, offer.verdict, law)
    return list(rows.values())


def _row(url: str, pk: int, name: str, table: Mapping[str, Act], verdict: Verdict, law: str = "") -> MoveRow:
    act = table[name]
    return MoveRow(name, act.label, reverse(url, args=[pk, name]), verdict, law, "danger" if act.danger else "plain")


def _part(pk: int, name: str, part: int) -> MoveRow:
    act = PART_ACTS[name]
    url = reverse("livelihood:part_act", args=[pk, name, part])
    return MoveRow(name, act.label, url, ALLOWED, "", "danger" if act.danger else "plain", part)


def _in_order(rows: list[MoveRow]) -> list[MoveRow]:
    """What is to be done before what may be done, closed ones last."""
    return sorted(rows, key=lambda row: (not row.verdict, row.name in QUIET))


def _marked(groups: list[MoveGroup]) -> list[MoveGroup]:
    """The most pressing button of the page is the one in vermilion."""
    found = [group for group in groups if group.rows]
    open_rows = [r for g in found for r in g.rows if r.verdict and r.name not in QUIET]
    first = open_rows[0] if open_rows else None
    return [
        MoveGroup(g.title, [replace(r, tone="primary") if r is first and r.tone == "plain" else r for r in g.rows])
        for g in found
    ]


def act_of(table: Mapping[str, Act], name: str) -> Act:
    """The row of the table behind an address; NotFound if there is none."""
    if name not in table:
        raise NotFound
    return table[name]


def check_open(groups: list[MoveGroup], name: str, part: int = 0) -> None:
    """Before a form is shown: NotAllowed if it is not this actor's here, Conflict with the reason if closed."""
    rows = (row for group in groups for row in group.rows)
    row = next((row for row in rows if row.name == name and row.part == part), None)
    if row is None:
        raise NotAllowed
    if not row.verdict:
        raise Conflict.by(row.verdict)

"""Changes of what deputies chose: minor ones are filed, all others decided by the standing committee (4.7)."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction

from openrenda.audit.actions import digest, record
from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import Invalid
from openrenda.kernel.outbox import publish
from openrenda.kernel.parameters import number
from openrenda.kernel.text import N_
from openrenda.livelihood.errors import NoProject, NoVotes, StillPublicVote
from openrenda.livelihood.events import AdjustmentDecided, AdjustmentEndorsed, AdjustmentRequested
from openrenda.livelihood.models import Adjustment, Project
from openrenda.livelihood.rules import clocks
from openrenda.livelihood.rules.changes import FIELDS, is_minor
from openrenda.livelihood.rules.votes import is_majority
from openrenda.livelihood.states import AdjustmentKind, AdjustmentState, Outcome, ProjectState
from openrenda.livelihood.workflow import ADJUSTMENT
from openrenda.orgs.selectors import deputies_in_office

from .steps import OFFICE, Locked, derive, lock, required, revise, take, write
from .telling import tell_proposers
from .works import who_of

_NOTHING: Mapping[str, str] = {}
_LIMITS = {"name": 80, "place": 200, "fund_source": 300, "leader": 80}


@transaction.atomic
def file_adjustment(
    *, project_id: int, kind: AdjustmentKind, reason: str, actor: Actor, change: Mapping[str, str] = _NOTHING,
    fund_effect: str = "",
) -> Adjustment:  # fmt: skip
    """A small change, in force at once and on file; StillPublicVote where it is not small."""
    case = lock(project_id, actor)
    take(case, "file_adjustment", actor)
    row = _adjustment(case.project, kind, reason, change, fund_effect, actor)
    percent = number(clocks.MINOR_CHANGE_PCT, actor.congress_id)
    if not is_minor(AdjustmentKind(kind), row.change, _baseline(case.project), percent):
        raise StillPublicVote(percent=percent)
    row.state, row.decided_on = AdjustmentState.FILED, clock.today()
    row.save()
    _apply(case.project, row.change)
    revise(case.project, row.reason)
    write(case, kind="adjustment_filed", text=N_("小调整备案"), note=row.reason, actor=actor,
          who=who_of(actor, case.project))  # fmt: skip
    publish(AdjustmentDecided(case.project.pk, adjustment_id=row.pk, state=str(row.state)), actor)
    return row


def _baseline(project: Project) -> Decimal | None:
    """The sum last voted or approved: small steps are measured from there, all together."""
    last = project.adjustments.filter(state=AdjustmentState.APPROVED, change__has_key="investment_total").last()
    return Decimal(last.change["investment_total"]) if last else project.investment_voted


@transaction.atomic
def request_adjustment(
    *, project_id: int, kind: AdjustmentKind, reason: str, actor: Actor, change: Mapping[str, str] = _NOTHING,
    fund_effect: str = "", replacement_id: int | None = None,
) -> Adjustment:  # fmt: skip
    """The government asks: why, what instead, what it means for the money. The works go on as before until decided."""
    case = lock(project_id, actor)
    label = take(case, "request_adjustment", actor)
    row = _adjustment(case.project, kind, reason, change, fund_effect, actor)
    row.replacement = _replacement(case.project, row, replacement_id)
    row.save()
    write(case, kind="adjustment_requested", text=N_("申请调整：{kind}"), params={"kind": AdjustmentKind(kind).label},
          note=row.reason, actor=actor, who=who_of(actor, case.project), move=label)  # fmt: skip
    publish(AdjustmentRequested(case.project.pk, adjustment_id=row.pk), actor)
    return row


def _adjustment(
    project: Project, kind: AdjustmentKind, reason: str, change: Mapping[str, str], fund_effect: str, actor: Actor
) -> Adjustment:
    clean = {field: value.strip() for field, value in change.items() if value.strip()}
    _parsed(clean)
    ends = AdjustmentKind(kind) in (AdjustmentKind.TERMINATION, AdjustmentKind.REPLACEMENT)
    if not ends and not clean:
        raise Invalid(fields={"change": N_("请写明要调整的内容。")})
    return Adjustment(
        congress_id=project.congress_id, project=project, kind=AdjustmentKind(kind), change=clean,
        before={field: str(getattr(project, field) or "") for field in clean},
        fund_effect=fund_effect.strip()[:2000], requested_by=actor.urn, requested_at=clock.now(),
        **required(4000, reason=reason),
    )  # fmt: skip


def _replacement(project: Project, row: Adjustment, replacement_id: int | None) -> Project | None:
    if row.kind != AdjustmentKind.REPLACEMENT:
        return None
    found = Project.objects.filter(
        pk=replacement_id or 0, year_id=project.year_id, state=ProjectState.VOTED_OUT
    ).first()
    if found is None:
        raise Invalid(fields={"replacement": N_("请从本年度票决落选的储备项目中选择。")})
    return found


def _parsed(change: Mapping[str, str]) -> dict[str, Any]:
    """Values as the columns take them; Invalid names what cannot be."""
    values: dict[str, Any] = {}
    for field, raw in change.items():
        if field not in FIELDS or len(raw) > _LIMITS.get(field, 4000):
            raise Invalid(fields={field: N_("这一项不能这样调整。")})
        try:
            values[field] = _READ.get(field, str)(raw)
        except (ValueError, InvalidOperation) as error:
            raise Invalid(fields={field: N_("请核对这一项的写法。")}) from error
    return values


def _sum(raw: str) -> Decimal:
    found = Decimal(raw)
    if not found.is_finite() or found < 0:
        raise InvalidOperation
    return found


_READ: Mapping[str, Callable[[str], Any]] = {"finishes_on": date.fromisoformat, "investment_total": _sum}


def _apply(project: Project, change: Mapping[str, str]) -> None:
    values = _parsed(change)
    if project.starts_on and values.get("finishes_on", project.starts_on) < project.starts_on:
        raise Invalid(fields={"finishes_on": N_("完成时限不能早于开工日期。")})
    for field, value in values.items():
        setattr(project, field, value)


def _lock(adjustment_id: int, actor: Actor) -> tuple[Adjustment, str, Locked]:
    """The project first, then its adjustment."""
    found = Adjustment.objects.filter(pk=adjustment_id, congress_id=actor.congress_id).first()
    if found is None:
        raise NoProject
    case = lock(found.project_id, actor)
    row = Adjustment.objects.select_for_update(of=("self",)).get(pk=adjustment_id)
    return row, digest(row), case


@transaction.atomic
def endorse_adjustment(*, adjustment_id: int, decided_by: str, actor: Actor, on: date | None = None) -> Adjustment:
    """The chairpersons' meeting lets it go to the standing committee."""
    row, before, case = _lock(adjustment_id, actor)
    row.state = ADJUSTMENT.take("endorse", actor, row).lands(AdjustmentState(row.state))
    row.endorsed_by, row.endorsed_on = required(120, decided_by=decided_by)["decided_by"], on or clock.today()
    row.save()
    record(actor, "livelihood.adjustment_endorsed", row, before=before)
    publish(AdjustmentEndorsed(case.project.pk, adjustment_id=row.pk), actor)
    return row


@transaction.atomic
def turn_down_adjustment(*, adjustment_id: int, decided_by: str, note: str, actor: Actor) -> Adjustment:
    """The chairpersons' meeting does not: the project goes on as chosen."""
    row, before, case = _lock(adjustment_id, actor)
    row.state = ADJUSTMENT.take("turn_down", actor, row).lands(AdjustmentState(row.state))
    given = required(4000, decided_by=decided_by, note=note)
    row.endorsed_by, row.decision_note = given["decided_by"][:120], given["note"]
    return _close(row, before, case, actor, given["decided_by"])


@transaction.atomic
def decide_adjustment(
    *, adjustment_id: int, approve: int, oppose: int, abstain: int, decided_by: str, actor: Actor, note: str = ""
) -> Adjustment:
    """The standing committee's vote: more than half of all its members, or the project goes on as chosen."""
    row, before, case = _lock(adjustment_id, actor)
    ADJUSTMENT.take("approve", actor, row)
    members = deputies_in_office(actor.congress_id, clock.today()).exclude(sc_post="").count()
    if min(approve, oppose, abstain) < 0 or approve + oppose + abstain > members:
        raise NoVotes(fields={"approve": N_("请核对表决结果。")}, members=members)
    name = "approve" if is_majority(approve, members) else "reject"
    row.state = ADJUSTMENT.take(name, actor, row).lands(AdjustmentState(row.state))
    row.approve, row.oppose, row.abstain, row.members = approve, oppose, abstain, members
    row.decision_note = note.strip()[:4000]
    return _close(row, before, case, actor, required(120, decided_by=decided_by)["decided_by"])


def _close(row: Adjustment, before: str, case: Locked, actor: Actor, decided_by: str) -> Adjustment:
    """Write the decision, let the project follow it, tell everybody."""
    row.decided_on, row.decided_by = clock.today(), decided_by[:120]
    row.save()
    record(actor, "livelihood.adjustment_decided", row, before=before, state=str(row.state))
    project, approved = case.project, row.state == AdjustmentState.APPROVED
    ends = row.kind in (AdjustmentKind.TERMINATION, AdjustmentKind.REPLACEMENT)
    derive(case, "follow_terminated" if approved and ends else "follow_decided")
    if approved:
        _apply(project, row.change)
        revise(project, row.reason, decided_by)
    text = N_("调整获批准：{kind}") if approved else N_("调整未获同意：{kind}")
    write(case, kind="adjustment_decided", text=text, params={"kind": AdjustmentKind(row.kind).label},
          note=row.decision_note or row.reason, actor=actor, who=OFFICE)  # fmt: skip
    if approved and ends:
        tell_proposers(project, Outcome.TERMINATED, actor)
    if approved and row.replacement_id is not None:
        _put_in(row.replacement_id, decided_by, actor)
    publish(AdjustmentDecided(project.pk, adjustment_id=row.pk, state=str(row.state)), actor)
    return row


def _put_in(project_id: int, decided_by: str, actor: Actor) -> None:
    """A project of the reserve takes the place of one that ended, under a new number."""
    case = lock(project_id, actor)
    label = derive(case, "replace_in")
    project = case.project
    last = project.year.projects.exclude(final_no=None).order_by("-final_no").values_list("final_no", flat=True).first()
    project.final_no, project.is_reserved = (last or 0) + 1, False
    project.investment_voted = project.investment_total
    revise(project, label, decided_by)
    write(case, kind="replaced_in", text=label, note=decided_by, actor=actor, who=OFFICE)
    tell_proposers(project, Outcome.CHOSEN, actor)

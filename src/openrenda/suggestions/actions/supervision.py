"""Reminders, orders, objections (domain.md 2.6, 2.9)."""

from datetime import date

from django.db import transaction

from openrenda.audit.actions import digest
from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import Conflict, Invalid, NotAllowed
from openrenda.kernel.outbox import publish
from openrenda.kernel.text import N_
from openrenda.suggestions.errors import NoSuggestion
from openrenda.suggestions.events import Nudged, ObjectionAnswered, ObjectionRaised
from openrenda.suggestions.models import Nudge, Objection, Suggestion
from openrenda.suggestions.rules import clocks, who
from openrenda.suggestions.rules.who import UNIT_ROLES
from openrenda.suggestions.states import AssignmentState, NudgeKind
from openrenda.suggestions.workflow import SUGGESTION

from .steps import COMMITTEE, HUB, OFFICE, lock, required, write

_OVER = (AssignmentState.REPLACED, AssignmentState.STOPPED, AssignmentState.DISTRIBUTED)


def _at_work(suggestion: Suggestion, unit_id: int) -> bool:
    return suggestion.assignments.filter(unit_id=unit_id).exclude(state__in=_OVER).exists()


@transaction.atomic
def nudge(
    *, suggestion_id: int, unit_id: int, kind: NudgeKind, text: str, actor: Actor, answer_due: date | None = None
) -> Nudge:
    """SC_REP, the supervising committee or the hub urges a unit; an order (督办单) has an answer date."""
    case = lock(suggestion_id, actor)
    suggestion = case.suggestion
    verdict = who.supervises(actor, suggestion) or who.is_gov_hub(actor, suggestion)
    if not verdict:
        raise NotAllowed.by(verdict)
    if not _at_work(suggestion, unit_id):
        raise Invalid(fields={"unit": N_("请选择正在办理这件建议的单位。")})
    if kind == NudgeKind.ORDER and answer_due is None:
        answer_due = clocks.order_by(clock.today(), suggestion.congress_id).due
    row = Nudge.objects.create(
        suggestion=suggestion,
        unit_id=unit_id,
        kind=NudgeKind(kind),
        at=clock.now(),
        by=actor.urn,
        answer_due=answer_due,
        **required(text=text),
    )
    by = OFFICE if who.is_sc_rep(actor, suggestion) else HUB if who.is_gov_hub(actor, suggestion) else COMMITTEE
    write(
        case,
        kind="nudged",
        text=N_("{kind}"),
        params={"kind": NudgeKind(kind).label},
        actor=actor,
        who=by,
        unit=row.unit,
        obj=row,
    )
    publish(Nudged(suggestion.pk, unit_id=unit_id, nudge_kind=NudgeKind(kind).label), actor)
    return row


@transaction.atomic
def answer_nudge(*, nudge_id: int, answer: str, actor: Actor) -> Nudge:
    """The unit answers."""
    found = Nudge.objects.filter(pk=nudge_id, suggestion__congress_id=actor.congress_id).first()
    if found is None:
        raise NoSuggestion
    case = lock(found.suggestion_id, actor)
    row = Nudge.objects.select_for_update(of=("self",)).select_related("unit").get(pk=nudge_id)
    if not any(actor.holds(role, row.unit_id) for role in UNIT_ROLES):
        raise NotAllowed("suggestions.not_unit", N_("这一步由承办单位办理。"))
    if row.answered_on is not None:
        raise Conflict("suggestions.nudge_answered", N_("已经答复过。"))
    before = digest(row)
    row.answer, row.answered_on = required(answer=answer)["answer"], clock.today()
    row.save()
    write(
        case,
        kind="nudge_answered",
        text=N_("答复督办"),
        actor=actor,
        who=str(row.unit),
        unit=row.unit,
        obj=row,
        before=before,
    )
    return row


@transaction.atomic
def object_to_unit(*, suggestion_id: int, unit_id: int, text: str, actor: Actor) -> Objection:
    """The lead deputy objects to the unit assigned."""
    case = lock(suggestion_id, actor)
    suggestion = case.suggestion
    SUGGESTION.take("object", actor, suggestion)
    if not _at_work(suggestion, unit_id):
        raise Invalid(fields={"unit": N_("请选择正在办理这件建议的单位。")})
    row = Objection.objects.create(
        suggestion=suggestion, mandate_id=suggestion.lead_id, unit_id=unit_id, at=clock.now(), **required(text=text)
    )
    write(case, kind="objected", text=N_("对承办单位提出异议"), actor=actor, who=suggestion.lead.person.name, obj=row)
    publish(ObjectionRaised(suggestion.pk), actor)
    return row


@transaction.atomic
def answer_objection(*, objection_id: int, answer: str, actor: Actor) -> Objection:
    """SC_REP answers; a change of unit is `reassign`."""
    found = Objection.objects.filter(pk=objection_id, suggestion__congress_id=actor.congress_id).first()
    if found is None:
        raise NoSuggestion
    case = lock(found.suggestion_id, actor)
    verdict = who.is_sc_rep(actor, case.suggestion)
    if not verdict:
        raise NotAllowed.by(verdict)
    row = Objection.objects.select_for_update().get(pk=objection_id)
    if row.answered_at is not None:
        raise Conflict("suggestions.objection_answered", N_("这条异议已经答复过。"))
    before = digest(row)
    row.answer, row.answered_at, row.answered_by = required(answer=answer)["answer"], clock.now(), actor.urn
    row.save()
    write(
        case,
        kind="objection_answered",
        text=N_("答复代表对承办单位的异议"),
        actor=actor,
        who=OFFICE,
        obj=row,
        before=before,
    )
    publish(ObjectionAnswered(case.suggestion.pk), actor)
    return row

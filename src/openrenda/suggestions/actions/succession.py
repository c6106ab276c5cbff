"""Deputies, units and terms end; the handling goes on (domain.md 2.9)."""

from django.db import transaction
from django.db.models import Q

from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import Conflict, NotAllowed
from openrenda.kernel.outbox import publish
from openrenda.kernel.text import N_
from openrenda.orgs.models import Unit
from openrenda.orgs.selectors import current_term, living_unit
from openrenda.orgs.states import Role
from openrenda.suggestions.errors import NoSuggestion, NothingToDo
from openrenda.suggestions.events import Distributed, LeadSucceeded
from openrenda.suggestions.models import Assignment, Commitment, Suggestion
from openrenda.suggestions.states import OPEN_COMMITMENTS, AssignmentState, CosignState, State

from .steps import CLOCKWORK, Locked, lock, write

_ENDED = (State.CLOSED, State.WITHDRAWN, State.REJECTED)
_OVER = (AssignmentState.REPLACED, AssignmentState.STOPPED, AssignmentState.DISTRIBUTED)


def _may(actor: Actor) -> None:
    if not (actor.is_system or actor.has(Role.SC_REP)):
        raise NotAllowed("suggestions.not_sc_rep", N_("这一步由代表工委办理。"))


@transaction.atomic
def succeed_lead(*, suggestion_id: int, actor: Actor) -> Suggestion:
    """The lead's mandate has ended: the next confirmed co-signer in office leads. NothingToDo when there is none."""
    _may(actor)
    case = lock(suggestion_id, actor)
    suggestion, today = case.suggestion, clock.today()
    if suggestion.state in _ENDED:
        raise Conflict("suggestions.ended", N_("这件建议已经办完，不再更换领衔代表。"))
    if suggestion.lead.held_on(today):
        raise NothingToDo
    heirs = suggestion.cosigners.filter(state=CosignState.CONFIRMED).select_related("mandate__person")
    heir = next((c for c in heirs if c.mandate.held_on(today)), None)
    if heir is None:
        raise NothingToDo
    former = suggestion.lead
    suggestion.lead, suggestion.delegation_id = heir.mandate, heir.mandate.delegation_id
    heir.delete()
    suggestion.feedbacks.filter(round=suggestion.round, mandate=suggestion.lead).update(is_lead=True)
    write(
        case,
        kind="lead_succeeded",
        text=N_("原领衔代表{old}不再担任代表，由{new}领衔"),
        params={"old": former.person.name, "new": suggestion.lead.person.name},
        actor=actor,
        who=CLOCKWORK,
    )
    publish(LeadSucceeded(suggestion.pk, mandate_id=suggestion.lead_id), actor)
    return suggestion


def succeed_leads(*, actor: Actor) -> int:
    """Sweep over all open suggestions whose lead's mandate has ended; returns how many changed. Each on its own."""
    _may(actor)
    orphans = (
        Suggestion.objects.filter(
            congress_id=actor.congress_id,
            lead__ends_on__lt=clock.today(),
            cosigners__state=CosignState.CONFIRMED,
        )
        .exclude(state__in=_ENDED)
        .filter(Q(cosigners__mandate__ends_on=None) | Q(cosigners__mandate__ends_on__gte=clock.today()))
    )
    changed = 0
    for pk in orphans.distinct().order_by("pk").values_list("pk", flat=True):
        succeed_lead(suggestion_id=pk, actor=actor)
        changed += 1
    return changed


@transaction.atomic
def take_over_unit(*, unit_id: int, actor: Actor) -> int:
    """A unit was dissolved: its open parts and promises go to the successor, dates as they were; returns how many."""
    _may(actor)
    unit = Unit.objects.filter(pk=unit_id, congress_id=actor.congress_id).select_related("successor").first()
    if unit is None:
        raise NoSuggestion
    if unit.dissolved_on is None or unit.successor is None:
        raise Conflict(
            "suggestions.unit_lives", N_("这个单位没有撤销，或者没有登记承接单位。"), N_("请先在机构中登记承接单位。")
        )
    heir = living_unit(unit)
    turns = list(
        Assignment.objects.filter(unit=unit)
        .exclude(state__in=[*_OVER, AssignmentState.REPLIED, AssignmentState.CO_DONE])
        .order_by("suggestion_id")
    )
    promises = Commitment.objects.filter(unit=unit, state__in=[*OPEN_COMMITMENTS, "done_claimed"])
    touched = sorted({t.suggestion_id for t in turns} | set(promises.values_list("suggestion_id", flat=True)))
    cases = {pk: lock(pk, actor) for pk in touched}
    for turn in turns:
        turn.unit = heir
        turn.save(update_fields=["unit"])
    promises.update(unit=heir)
    for case in cases.values():
        _hand_over(case, unit, heir, actor)
    return len(cases)


def _hand_over(case: Locked, unit: Unit, heir: Unit, actor: Actor) -> None:
    case.suggestion.planned.filter(unit=unit).update(unit=heir)
    if case.suggestion.main_unit_id == unit.pk:
        case.suggestion.main_unit = heir
    write(
        case,
        kind="unit_succeeded",
        text=N_("{old}撤销，由{new}继续办理，期限不变"),
        params={"old": str(unit), "new": str(heir)},
        actor=actor,
        who=CLOCKWORK,
        unit=heir,
    )
    publish(Distributed(case.suggestion.pk, unit_ids=(heir.pk,)), actor)


@transaction.atomic
def carry_term(*, actor: Actor) -> int:
    """A new term has begun: mark what is still open as 上届结转; returns how many."""
    _may(actor)
    term = current_term(actor.congress_id, clock.today())
    open_ones = Suggestion.objects.filter(
        congress_id=actor.congress_id,
        shelf__isnull=False,
        term__number__lt=term.number,
        is_carried_term=False,
    ).exclude(state__in=_ENDED)
    pks = list(open_ones.order_by("pk").values_list("pk", flat=True))
    for pk in pks:
        case = lock(pk, actor)
        case.suggestion.is_carried_term = True
        write(case, kind="term_carried", text=N_("换届后继续办理（上届结转）"), actor=actor, who=CLOCKWORK)
    return len(pks)

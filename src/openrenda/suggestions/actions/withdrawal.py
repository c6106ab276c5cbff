"""A suggestion ends before it is answered (R17)."""

from datetime import timedelta

from django.db import transaction

from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.outbox import publish
from openrenda.kernel.parameters import number
from openrenda.kernel.text import N_
from openrenda.suggestions.errors import WindowOpen
from openrenda.suggestions.events import WithdrawalAsked, Withdrawn
from openrenda.suggestions.models import Cosigner, Suggestion
from openrenda.suggestions.rules import clocks
from openrenda.suggestions.rules.who import FOLLOWER
from openrenda.suggestions.states import AssignmentState, CosignState, EndReason, State
from openrenda.suggestions.workflow import ASSIGNMENT, SUGGESTION

from .drafting import release_opinions
from .steps import CLOCKWORK, Locked, lock, mandate_of, open_turns, required, write

_KEPT = (AssignmentState.REPLIED, AssignmentState.CO_DONE)


@transaction.atomic
def ask_withdrawal(*, suggestion_id: int, reason: str, actor: Actor) -> Suggestion:
    """The lead deputy asks the co-signers to agree to a withdrawal."""
    case = lock(suggestion_id, actor)
    suggestion = case.suggestion
    SUGGESTION.take("ask_withdrawal", actor, suggestion)
    text = required(reason=reason)["reason"]
    suggestion.withdrawal_asked_at = clock.now()
    write(
        case,
        kind="withdrawal_asked",
        text=N_("征求联名代表同意撤回"),
        actor=actor,
        who=suggestion.lead.person.name,
        is_public=False,
    )
    publish(WithdrawalAsked(suggestion.pk, reason=text), actor)
    return suggestion


@transaction.atomic
def agree_withdrawal(*, suggestion_id: int, actor: Actor) -> Cosigner:
    """A co-signer agrees to the withdrawal."""
    case = lock(suggestion_id, actor)
    suggestion = case.suggestion
    SUGGESTION.take("agree_withdrawal", actor, suggestion)
    confirmed = suggestion.cosigners.filter(state=CosignState.CONFIRMED).select_related("mandate__person")
    mine = mandate_of(actor, [c.mandate_id for c in confirmed])
    cosigner = next(c for c in confirmed if c.mandate_id == mine)
    cosigner.agreed_withdrawal_at = clock.now()
    cosigner.save(update_fields=["agreed_withdrawal_at"])
    write(
        case,
        kind="withdrawal_agreed",
        text=N_("同意撤回"),
        actor=actor,
        who=cosigner.mandate.person.name,
        is_public=False,
        obj=cosigner,
    )
    return cosigner


@transaction.atomic
def withdraw(*, suggestion_id: int, reason: str, actor: Actor) -> Suggestion:
    """Withdraw in writing before the reply; needs every co-signer's agreement. Units stop, opinions are released."""
    case = lock(suggestion_id, actor)
    move = SUGGESTION.take("withdraw", actor, case.suggestion)
    text = required(reason=reason)["reason"]
    drafted = case.was in (State.DRAFT, State.COSIGNING)
    case.suggestion.state = move.lands(case.was)
    _end(
        case,
        EndReason.DISCARDED if drafted else EndReason.WITHDRAWN,
        text,
        actor,
        who=case.suggestion.lead.person.name,
        told=N_("书面撤回"),
    )
    return case.suggestion


@transaction.atomic
def lapse_returned(*, suggestion_id: int, actor: Actor) -> Suggestion:
    """Sweep: returned and not revised for 30 days counts as withdrawn."""
    case = lock(suggestion_id, actor)
    suggestion = case.suggestion
    move = SUGGESTION.take("lapse", actor, suggestion)
    limit = timedelta(days=number(clocks.REVISE_DAYS, suggestion.congress_id))
    if suggestion.returned_on is None or clock.today() <= suggestion.returned_on + limit:
        raise WindowOpen
    suggestion.state = move.lands(case.was)
    _end(case, EndReason.LAPSED, "", actor, who=CLOCKWORK, told=N_("退回后逾期未修改，视为撤回"))
    return suggestion


def _end(case: Locked, reason: EndReason, note: str, actor: Actor, *, who: str, told: str) -> None:
    suggestion = case.suggestion
    suggestion.end_reason, suggestion.end_note = reason, note
    suggestion.public_title, suggestion.due, suggestion.closed_on = "", None, clock.today()
    stopped = _stop_units(suggestion)
    release_opinions(suggestion, "代表建议已撤回", actor)
    write(
        case,
        kind="withdrawn",
        text=told,
        actor=actor,
        who=who,
        is_public=suggestion.shelf is not None,
        reason=str(reason),
    )
    publish(Withdrawn(suggestion.pk, lapsed=reason == EndReason.LAPSED, unit_ids=tuple(stopped)), actor)


def _stop_units(suggestion: Suggestion) -> list[int]:
    """Every open turn is stopped; answers given stay."""
    system = Actor(FOLLOWER, "系统", suggestion.congress_id)
    turns = [turn for turn in open_turns(suggestion) if turn.state not in _KEPT]
    for turn in turns:
        turn.suggestion = suggestion
        turn.state = ASSIGNMENT.take("stop", system, turn).lands(AssignmentState(turn.state))
        turn.ended_on = clock.today()
        turn.save(update_fields=["state", "ended_on"])
    return [turn.unit_id for turn in turns]

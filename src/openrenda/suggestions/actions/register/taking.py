"""Signed for, perhaps after a return."""

from datetime import datetime

from openrenda.kernel import clock
from openrenda.kernel.copying import fresh
from openrenda.kernel.text import N_
from openrenda.suggestions.actions.planning import organ_of
from openrenda.suggestions.models import DueChange, ReturnRequest
from openrenda.suggestions.rules import clocks
from openrenda.suggestions.rules import register_days as days
from openrenda.suggestions.rules.offices import HUB, OFFICE
from openrenda.suggestions.states import AssignmentState, Decision, DueChangeKind, Level, Part, State

from .life import Life
from .past import PastReturn
from .turns import Desk, distribute, is_governed, open_turn

A = AssignmentState


def taken(life: Life, desk: Desk) -> bool:
    """True when the unit that answers has signed."""
    past, back = life.past, life.past.returned
    assert past.assigned_on is not None
    went_on = past.contact_on is not None or past.reply is not None
    between = (back.on, back.reassigned_on) if back else None
    when = days.signings(past.assigned_on, past.signed_on, between, went_on=went_on)
    if back is not None:
        if when.before_return is not None:
            _sign(life, desk, when.before_return)
        _give_back(life, desk, back)
    if when.at is not None:
        _sign(life, desk, when.at)
    return when.at is not None


def _sign(life: Life, desk: Desk, moment: datetime) -> None:
    life.go_to(moment)
    desk.answering.to(A.HANDLING)
    desk.answering.row.signed_on, desk.answering.row.due = life.day, life.suggestion.due
    life.tell("signed_for", N_("签收"), str(desk.unit), State.HANDLING, unit=desk.unit)


def _give_back(life: Life, desk: Desk, back: PastReturn) -> None:
    """退办: the unit asks, the office agrees and names another. The legal clock runs on, unless the place restarts."""
    old = desk.answering
    life.go_to(clock.at_time(back.on, 17))
    asked_on, was_signed = life.day, old.row.signed_on is not None
    old.to(A.RETURN_REQ)
    life.tell("return_requested", N_("申请退办"), str(back.by), State.RETURN_REQ, unit=back.by)
    life.go_to(clock.at_time(back.reassigned_on, 10))
    old.to(A.REPLACED)
    old.row.ended_on = life.day
    life.add(
        fresh(
            ReturnRequest,
            assignment_id=old.row.id,
            suggestion_id=life.pk,
            reason=back.reason,
            wished_unit_id=back.to.pk,
            was_signed=was_signed,
            asked_on=asked_on,
            asked_by=life.urn,
            decision=Decision.GRANTED,
            decided_on=life.day,
            decided_by=life.urn,
            new_unit_id=back.to.pk,
        )
    )
    life.suggestion.return_count = 1
    office = OFFICE if old.row.is_direct else HUB
    through_hub = is_governed(back.to) and old.row.level != Level.SECOND
    to = State.ASSIGNED2 if is_governed(back.to) and not through_hub else State.ASSIGNED1
    names = {"old": str(back.by), "new": str(back.to)}
    life.tell("return_granted", N_("同意{old}退办，改交{new}"), office, to, unit=back.to, params=names)
    _restart_clock(life)
    _next_turn(life, desk, back, through_hub=through_hub)


def _next_turn(life: Life, desk: Desk, back: PastReturn, *, through_hub: bool) -> None:
    old, on = desk.answering, life.day
    part, wave = Part(old.row.part), old.wave + 1
    life.suggestion.main_unit_id, life.suggestion.organ = back.to.pk, organ_of(back.to)
    if through_hub:
        seat = life.place.hub_of(back.to)
        hub = open_turn(life, desk.ids, seat, part, Level.FIRST, on, wave=wave, is_hub=True, follows=old)
        desk.answering = distribute(life, desk.ids, hub, back.to, [], part, State.ASSIGNED2).answering
        return
    level = Level.SECOND if is_governed(back.to) else Level.FIRST
    desk.answering = open_turn(life, desk.ids, back.to, part, level, on, wave=wave, follows=old)


def _restart_clock(life: Life) -> None:
    suggestion, place = life.suggestion, life.place
    if not clocks.restarts_on_reassign(place.congress_id) or suggestion.legal_due is None:
        return
    due = place.legal(life.day)
    life.add(
        fresh(
            DueChange,
            suggestion_id=life.pk,
            kind=DueChangeKind.RESTART,
            old_due=suggestion.legal_due,
            new_due=due,
            reason=N_("按本区设定，改派后重新起算"),
            approved_by=life.urn,
            at=life.at,
        )
    )
    suggestion.legal_due = suggestion.due = due

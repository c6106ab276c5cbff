"""Contact, extension and co-handlers' opinions, in the order of their dates, all before the reply."""

from collections.abc import Callable
from datetime import date, datetime

from openrenda.kernel import clock
from openrenda.kernel.copying import fresh
from openrenda.kernel.text import N_
from openrenda.suggestions.models import Contact, DueChange, ExtensionRequest
from openrenda.suggestions.rules import register_days as days
from openrenda.suggestions.rules.offices import HUB, OFFICE
from openrenda.suggestions.rules.register_cells import NOT_TOLD
from openrenda.suggestions.states import (
    AssignmentState,
    ContactState,
    ContactWay,
    Decision,
    DueChangeKind,
    ExtensionReason,
    State,
)

from .life import Life
from .turns import Desk

A = AssignmentState


def worked_on(life: Life, desk: Desk) -> None:
    """What the register tells between signing and replying; what it does not date happened by the reply, and by now."""
    past, place, begun = life.past, life.place, life.at
    latest = clock.at_time(past.reply.on, 8) if past.reply else None
    steps: list[tuple[datetime, Callable[[], None]]] = []
    if past.contact_on is not None and past.contact_way is not None:
        met = clock.at_time(past.contact_on, 15)
        if past.reply is None or past.contact_on <= past.reply.on:
            steps.append((met, lambda: contact(life, desk, past.contact_way, past.contact_on)))
        else:
            contact(life, desk, past.contact_way, past.contact_on, at=met)
    if past.is_extended and past.assigned_on is not None:
        asked = days.extension_asked_at(place.calendar, past.assigned_on)
        steps.append((asked, lambda: _ask_extension(life, desk)))
        steps.append((days.extension_granted_at(place.calendar, asked), lambda: _extend(life, desk)))
    opinions = days.opinions_at(place.calendar, begun)
    if desk.helping and (latest is not None or opinions <= place.now):
        steps.append((opinions, lambda: _opinions(life, desk)))
    for moment, act in sorted(steps, key=lambda step: step[0]):
        life.go_to(min(moment, latest) if latest else moment)
        act()


def contact(
    life: Life, desk: Desk, way: ContactWay | None, on: date | None, *, round_: int = 1, at: datetime | None = None
) -> None:
    """The unit met the lead deputy; a register has it from both sides, so it counts as confirmed."""
    if way is None:
        return
    moment = at or life.at
    life.add(
        fresh(
            Contact,
            suggestion_id=life.pk,
            assignment_id=desk.answering.row.id,
            mandate_id=life.past.lead.pk,
            round=round_,
            way=way,
            on=on or moment.date(),
            notes=NOT_TOLD,
            state=ContactState.CONFIRMED,
            recorded_at=moment,
            recorded_by=life.urn,
            answered_on=moment.date(),
        )
    )
    text, label = N_("登记与代表沟通：{way}"), way.label
    life.tell("contact_recorded", text, str(desk.unit), unit=desk.unit, at=at, params={"way": label})
    life.tell("contact_confirmed", N_("确认单位已与代表沟通"), life.past.lead.person.name, at=at)


def _ask_extension(life: Life, desk: Desk) -> None:
    desk.answering.to(A.EXT_REQ)
    reason = ExtensionReason.WIDE
    life.add(
        fresh(
            ExtensionRequest,
            assignment_id=desk.answering.row.id,
            suggestion_id=life.pk,
            reason=reason,
            note=NOT_TOLD,
            asked_on=life.day,
            asked_by=life.urn,
        )
    )
    text = N_("申请延期：{reason}")
    said = {"reason": reason.label}
    life.tell("extension_requested", text, str(desk.unit), State.EXT_REQ, unit=desk.unit, params=said)


def _extend(life: Life, desk: Desk) -> None:
    past, suggestion, turn = life.past, life.suggestion, desk.answering
    assert past.assigned_on is not None
    assert suggestion.legal_due is not None
    request: ExtensionRequest = life.rows[ExtensionRequest][-1]
    if not turn.row.is_direct:
        request.endorsed_on, request.endorsed_by = life.day, life.urn
        life.tell("extension_endorsed", N_("同意延期，报代表工委批准"), HUB)
    request.decision, request.decided_on, request.decided_by = Decision.GRANTED, life.day, life.urn
    old, new = suggestion.legal_due, life.place.legal(past.assigned_on, extended=True)
    life.add(
        fresh(
            DueChange,
            suggestion_id=life.pk,
            kind=DueChangeKind.EXTENSION,
            old_due=old,
            new_due=new,
            reason=ExtensionReason.WIDE.label,
            approved_by=life.urn,
            at=life.at,
        )
    )
    suggestion.legal_due = suggestion.due = turn.row.due = new
    suggestion.is_extended = True
    turn.to(A.HANDLING)
    text, due = N_("批准延期到{due}"), new.isoformat()
    life.tell("extension_granted", text, OFFICE, State.HANDLING, unit=desk.unit, params={"due": due})


def _opinions(life: Life, desk: Desk) -> None:
    for turn in desk.helping:
        turn.to(A.CO_DONE)
        turn.row.opinion, turn.row.opinion_on, turn.row.ended_on = NOT_TOLD, life.day, life.day
        life.tell("opinion_given", N_("提出会办意见"), str(turn.unit), unit=turn.unit)

"""Units speak with the deputy (面商)."""

from datetime import date

from django.db import transaction

from openrenda.audit.actions import digest
from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import Conflict, Invalid, NotAllowed
from openrenda.kernel.outbox import publish
from openrenda.kernel.text import N_
from openrenda.orgs.states import Role
from openrenda.suggestions.errors import NoSuggestion
from openrenda.suggestions.events import ContactAnswered, ContactRecorded
from openrenda.suggestions.models import Contact
from openrenda.suggestions.states import ContactState, ContactWay
from openrenda.suggestions.workflow import ASSIGNMENT

from .steps import LockedTurn, lock, lock_turn, not_in_future, required, signatories, write


@transaction.atomic
def record_contact(
    *,
    assignment_id: int,
    way: ContactWay,
    on: date,
    notes: str,
    actor: Actor,
    people: str = "",
    place: str = "",
    mandate_id: int | None = None,
) -> Contact:
    """The unit records that it spoke with a signatory (the lead by default); the deputy confirms or denies.

    The day lies between the unit's assignment and today.
    """
    turn = lock_turn(assignment_id, actor)
    ASSIGNMENT.take("record_contact", actor, turn.assignment)
    wanted = mandate_id or turn.suggestion.lead_id
    if wanted != turn.suggestion.lead_id and wanted not in {m.pk for m in signatories(turn.suggestion)}:
        raise Invalid(fields={"mandate": N_("请选择提出这件建议的代表。")})
    contact = _contact(turn, way, on, notes, actor, wanted, ContactState.WAITING)
    contact.people, contact.place = people.strip()[:200], place.strip()[:100]
    contact.save()
    write(
        turn.case,
        kind="contact_recorded",
        text=N_("登记与代表沟通：{way}"),
        params={"way": ContactWay(way).label},
        actor=actor,
        who=str(turn.assignment.unit),
        unit=turn.assignment.unit,
        obj=contact,
        on=on.isoformat(),
    )
    publish(ContactRecorded(turn.suggestion.pk, contact_id=contact.pk, mandate_id=wanted), actor)
    return contact


@transaction.atomic
def record_attempt(*, assignment_id: int, way: ContactWay, on: date, notes: str, actor: Actor) -> Contact:
    """The deputy could not be met: a dated attempt. Two of them let the unit reply, and count as not met."""
    turn = lock_turn(assignment_id, actor)
    ASSIGNMENT.take("record_contact", actor, turn.assignment)
    contact = _contact(turn, way, on, notes, actor, turn.suggestion.lead_id, ContactState.ATTEMPT)
    contact.save()
    write(
        turn.case,
        kind="contact_attempted",
        text=N_("联系代表未果"),
        actor=actor,
        who=str(turn.assignment.unit),
        unit=turn.assignment.unit,
        obj=contact,
        on=on.isoformat(),
        is_public=False,
    )
    return contact


def _contact(
    turn: LockedTurn, way: ContactWay, on: date, notes: str, actor: Actor, mandate_id: int, state: ContactState
) -> Contact:
    not_in_future("on", on)
    if on < turn.assignment.assigned_on:
        raise Invalid(fields={"on": N_("沟通日期不能早于交办日期。")})
    return Contact(
        suggestion=turn.suggestion,
        assignment=turn.assignment,
        mandate_id=mandate_id,
        round=turn.suggestion.round,
        way=ContactWay(way),
        on=on,
        state=state,
        recorded_at=clock.now(),
        recorded_by=actor.urn,
        **required(notes=notes),
    )


@transaction.atomic
def confirm_contact(*, contact_id: int, actor: Actor) -> Contact:
    """The deputy confirms it took place."""
    return _answer(contact_id, actor, ContactState.CONFIRMED, "")


@transaction.atomic
def deny_contact(*, contact_id: int, reason: str, actor: Actor) -> Contact:
    """The deputy says it did not."""
    return _answer(contact_id, actor, ContactState.DENIED, required(reason=reason)["reason"][:200])


def _answer(contact_id: int, actor: Actor, state: ContactState, note: str) -> Contact:
    found = Contact.objects.filter(pk=contact_id, suggestion__congress_id=actor.congress_id).first()
    if found is None:
        raise NoSuggestion
    case = lock(found.suggestion_id, actor)
    contact = (
        Contact.objects.select_for_update(of=("self",))
        .select_related("assignment__unit", "mandate__person")
        .get(pk=contact_id)
    )
    if not actor.holds(Role.DEPUTY, contact.mandate_id):
        raise NotAllowed("suggestions.not_met_deputy", N_("这一步由被联系的代表本人办理。"))
    if contact.state != ContactState.WAITING:
        raise Conflict("suggestions.contact_answered", N_("这条沟通记录已经答复过。"))
    before = digest(contact)
    contact.state, contact.answered_on, contact.answer_note = state, clock.today(), note
    contact.save(update_fields=["state", "answered_on", "answer_note"])
    confirmed = state == ContactState.CONFIRMED
    write(
        case,
        kind="contact_confirmed" if confirmed else "contact_denied",
        text=N_("确认单位已与代表沟通") if confirmed else N_("表示单位没有与代表沟通"),
        actor=actor,
        who=contact.mandate.person.name,
        obj=contact,
        before=before,
        is_public=confirmed,
    )
    publish(ContactAnswered(case.suggestion.pk, unit_id=contact.assignment.unit_id, confirmed=confirmed), actor)
    return contact

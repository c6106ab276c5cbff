"""Appointments for a reception day; walking in without one stays possible."""

from django.db import transaction

from openrenda.audit.actions import digest, record
from openrenda.kernel import clock, codes, texts
from openrenda.kernel.actor import Actor
from openrenda.kernel.crypto import mask_name, mask_phone, seal, unseal
from openrenda.kernel.errors import BadWords
from openrenda.kernel.outbox import publish
from openrenda.liaison.errors import BookingRefused, FormUsed, NotBookable
from openrenda.liaison.events import BookingMade
from openrenda.liaison.models import Booking
from openrenda.liaison.rules import who
from openrenda.liaison.states import BookingState, ReceptionState
from openrenda.orgs.names import clean_name

from .reception import lock


@transaction.atomic
def book_reception(
    *, event_id: int, name: str, phone: str, actor: Actor, idempotency_key: str, subject: str = "", email: str = ""
) -> tuple[Booking, str]:
    """An appointment and the code that cancels it. The same form sent twice makes one."""
    if len(idempotency_key) not in range(8, 65):
        raise BadWords.empty("idempotency_key")
    name, phone = clean_name(name), texts.phone(phone, required=True)
    subject = texts.line(subject, "subject", required=False)
    email = texts.line(email, "email", 120, required=False)
    event = lock(event_id, actor)
    code = codes.code_for_form(actor.congress_id, idempotency_key)
    if (known := Booking.objects.filter(event=event, idempotency_key=idempotency_key).first()) is not None:
        if unseal(known.phone_sealed) != phone:
            raise FormUsed
        return known, code
    if event.state != ReceptionState.ANNOUNCED or event.ends_at <= clock.now():
        raise NotBookable
    booking = Booking.objects.create(
        event=event,
        code_hash=codes.code_hash(actor.congress_id, f"booking {event.pk}", code),
        idempotency_key=idempotency_key,
        name_sealed=seal(name),
        phone_sealed=seal(phone),
        email_sealed=seal(email),
        name_masked=mask_name(name),
        phone_masked=mask_phone(phone),
        subject=subject,
        booked_at=clock.now(),
    )
    record(actor, "liaison.reception_booked", booking)
    publish(BookingMade(event_id=event.pk, booking_id=booking.pk), actor)
    return booking, code


@transaction.atomic
def cancel_booking(*, booking_id: int, code: str, actor: Actor) -> Booking:
    """Cancelled by who holds the code, or by the station."""
    booking = (
        Booking.objects.select_for_update(of=("self",))
        .select_related("event")
        .filter(pk=booking_id, event__congress_id=actor.congress_id)
        .first()
    )
    stored = booking.code_hash if booking else ""
    subject = f"booking {booking.event_id if booking else 0}"
    fits = codes.code_matches(stored, actor.congress_id, subject, codes.tidy_code(code))
    if booking is None or not (fits or who.is_station_staff(actor, booking.event)):
        raise BookingRefused
    before = digest(booking)
    booking.state = BookingState.CANCELLED
    booking.save(update_fields=["state"])
    record(actor, "liaison.booking_cancelled", booking, before=before)
    return booking

"""Reception days: planned by rule or by hand, announced in time, held, put off or called off (domain.md 1.6)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction

from openrenda.audit.actions import digest, record
from openrenda.kernel import clock, texts
from openrenda.kernel.actor import Actor
from openrenda.kernel.calendars import load_calendar
from openrenda.kernel.errors import NotAllowed
from openrenda.kernel.outbox import publish
from openrenda.kernel.parameters import number
from openrenda.kernel.text import N_
from openrenda.liaison.errors import BadTimes, LateNotice, NoReception, NoStation, WrongDeputy
from openrenda.liaison.events import (
    BookersTold,
    DeputyExcused,
    DeputySubstituted,
    ReceptionAnnounced,
    ReceptionChanged,
    ReceptionFinished,
)
from openrenda.liaison.models import Booking, ReceptionDeputy, ReceptionEvent, Station
from openrenda.liaison.rules import clocks, who
from openrenda.liaison.rules.reception_rule import ReceptionRule
from openrenda.liaison.states import Attendance, BookingState, ReceptionState
from openrenda.liaison.workflow import RECEPTION
from openrenda.orgs.models import Mandate, Unit

_SHORT_NOTICE = timedelta(hours=24)
_MOVED = N_("原定日为休息日，顺延到下一个工作日")


def lock(event_id: int, actor: Actor) -> ReceptionEvent:
    """The row, locked; NoReception if the congress has none such. One query."""
    rows = ReceptionEvent.objects.select_for_update(of=("self",)).select_related("station")
    found = rows.filter(pk=event_id, congress_id=actor.congress_id).first()
    if found is None:
        raise NoReception
    return found


@transaction.atomic
def plan_reception(
    *,
    station_id: int,
    starts_at: datetime,
    ends_at: datetime,
    place: str,
    mandate_ids: Sequence[int],
    actor: Actor,
    topic: str = "",
    department_ids: Sequence[int] = (),
    rule_day: date | None = None,
    moved_note: str = "",
) -> ReceptionEvent:
    """Plan one reception day; at least two deputies are recommended."""
    place = texts.line(place, "place", 120)
    topic = texts.line(topic, "topic", required=False)
    station = _station(station_id, actor)
    _check_times(starts_at, ends_at)
    event = ReceptionEvent(
        congress_id=actor.congress_id,
        station=station.unit,
        street_id=station.street_id,
        starts_at=starts_at,
        ends_at=ends_at,
        place=place,
        topic=topic,
        rule_day=rule_day,
        moved_note=moved_note,
    )
    if not (verdict := who.is_station_staff(actor, event)):
        raise NotAllowed.by(verdict)
    event.save(force_insert=True)
    if department_ids:
        event.departments.set(Unit.objects.filter(pk__in=department_ids, congress_id=actor.congress_id))
    _put_down(event, mandate_ids)
    record(actor, "liaison.reception_planned", event)
    return event


def _station(station_id: int, actor: Actor) -> Station:
    rows = Station.objects.select_related("unit")
    station = rows.filter(unit_id=station_id, congress_id=actor.congress_id).first()
    if station is None:
        raise NoStation
    return station


def _check_times(starts_at: datetime, ends_at: datetime) -> None:
    begins, ends = clock.local(starts_at), clock.local(ends_at)
    if ends <= begins or begins.date() != ends.date() or begins.date() < clock.today():
        raise BadTimes


def _put_down(event: ReceptionEvent, mandate_ids: Sequence[int]) -> None:
    """The deputies expected; all must hold their mandate on the day. Two queries."""
    day = clock.local(event.starts_at).date()
    rows = list(Mandate.objects.filter(pk__in=mandate_ids, congress_id=event.congress_id))
    if len(rows) != len(set(mandate_ids)) or not all(mandate.held_on(day) for mandate in rows):
        raise WrongDeputy
    ReceptionDeputy.objects.bulk_create([ReceptionDeputy(event=event, mandate=mandate) for mandate in rows])


@transaction.atomic
def generate_receptions(*, station_id: int, weeks: int, actor: Actor) -> list[ReceptionEvent]:
    """Plan what the station's rule says for the next weeks, two deputies in turn; a day off moves to the next working
    day. Running it again adds only what is new."""
    station = _station(station_id, actor)
    if station.reception_rule is None:
        return []
    rule = ReceptionRule.from_json(station.reception_rule)
    today = clock.today()
    known = set(ReceptionEvent.objects.filter(station_id=station_id).values_list("rule_day", flat=True))
    roster = _roster(station_id)
    begins, ends = rule.times()
    planned: list[ReceptionEvent] = []
    for rule_day, day in rule.dates(today + timedelta(days=1), today + timedelta(weeks=weeks), load_calendar()):
        if rule_day in known:
            continue
        turn = [roster[(2 * len(planned) + n) % len(roster)] for n in range(min(2, len(roster)))]
        planned.append(
            plan_reception(
                station_id=station_id,
                starts_at=datetime.combine(day, begins, clock.ZONE),
                ends_at=datetime.combine(day, ends, clock.ZONE),
                place=station.address or station.unit.name,
                mandate_ids=turn,
                actor=actor,
                rule_day=rule_day,
                moved_note=_MOVED if day != rule_day else "",
            )
        )
    return planned


def _roster(station_id: int) -> list[int]:
    """Deputies who serve the station, those with the fewest receptions this year first. Two queries."""
    year = clock.today().year
    counts: dict[int, int] = {}
    parts = ReceptionDeputy.objects.filter(event__station_id=station_id, event__starts_at__year=year)
    for mandate_id in parts.values_list("mandate_id", flat=True):
        counts[mandate_id] = counts.get(mandate_id, 0) + 1
    serving = Mandate.objects.filter(station_id=station_id, starts_on__lte=clock.today(), ends_on=None)
    return sorted(serving.values_list("pk", flat=True), key=lambda pk: (counts.get(pk, 0), pk))


@transaction.atomic
def announce_reception(*, event_id: int, actor: Actor, late_reason: str = "") -> ReceptionEvent:
    """Publish time, place and names, three days before; later only with a reason, which is published too."""
    late_reason = texts.line(late_reason, "late_reason", 200, required=False)
    event = lock(event_id, actor)
    before = digest(event)
    move = RECEPTION.take("announce", actor, event)
    notice = number(clocks.NOTICE, event.congress_id)
    is_late = (clock.local(event.starts_at).date() - clock.today()).days < notice
    if is_late and not late_reason:
        raise LateNotice(notice)
    event.announced_at, event.late_notice_reason = clock.now(), late_reason if is_late else ""
    event.state = move.lands(ReceptionState(event.state))
    event.save(update_fields=["state", "announced_at", "late_notice_reason"])
    record(actor, "liaison.reception_announced", event, before=before, late=is_late)
    publish(ReceptionAnnounced(event_id=event.pk), actor)
    return event


@transaction.atomic
def start_reception(*, event_id: int, actor: Actor) -> ReceptionEvent:
    """The doors open."""
    event = lock(event_id, actor)
    before = digest(event)
    event.state = RECEPTION.take("start", actor, event).lands(ReceptionState(event.state))
    event.save(update_fields=["state"])
    record(actor, "liaison.reception_started", event, before=before)
    return event


@transaction.atomic
def finish_reception(
    *, event_id: int, attendance: Mapping[int, Attendance], visitors: int, actor: Actor
) -> ReceptionEvent:
    """Close the day with who was there (by mandate id; who is not named was absent) and how many came."""
    event = lock(event_id, actor)
    before = digest(event)
    event.state = RECEPTION.take("finish", actor, event).lands(ReceptionState(event.state))
    event.visitors = max(visitors, 0)
    event.save(update_fields=["state", "visitors"])
    parts = list(ReceptionDeputy.objects.filter(event=event))
    for part in parts:
        if part.attendance == Attendance.PLANNED or part.mandate_id in attendance:
            part.attendance = attendance.get(part.mandate_id, Attendance.ABSENT)
    ReceptionDeputy.objects.bulk_update(parts, ["attendance"])
    record(actor, "liaison.reception_finished", event, before=before, visitors=event.visitors)
    publish(ReceptionFinished(event_id=event.pk), actor)
    return event


@transaction.atomic
def postpone_reception(
    *, event_id: int, starts_at: datetime, ends_at: datetime, reason: str, actor: Actor
) -> ReceptionEvent:
    """顺延: returns the new, still to be announced day; deputies and bookings move along, bookers are told."""
    reason = texts.line(reason, "reason", 200)
    event = lock(event_id, actor)
    before = digest(event)
    move = RECEPTION.take("postpone", actor, event)
    _check_times(starts_at, ends_at)
    later = ReceptionEvent.objects.create(
        congress_id=event.congress_id,
        station_id=event.station_id,
        street_id=event.street_id,
        starts_at=starts_at,
        ends_at=ends_at,
        place=event.place,
        topic=event.topic,
        moved_note=reason,
    )
    later.departments.set(event.departments.all())
    going = event.deputies.exclude(attendance=Attendance.EXCUSED).values_list("mandate_id", flat=True)
    _put_down(later, list(going))
    Booking.objects.filter(event=event, state=BookingState.BOOKED).update(event=later)
    event.state, event.end_reason = move.lands(ReceptionState(event.state)), reason
    event.postponed_to = later
    event.save(update_fields=["state", "end_reason", "postponed_to"])
    record(actor, "liaison.reception_postponed", event, before=before, to=later.pk)
    publish(ReceptionChanged(event_id=event.pk, state=event.state), actor)
    return later


@transaction.atomic
def cancel_reception(*, event_id: int, reason: str, actor: Actor) -> ReceptionEvent:
    """取消 with a reason the public reads; bookers are told."""
    reason = texts.line(reason, "reason", 200)
    event = lock(event_id, actor)
    before = digest(event)
    event.state = RECEPTION.take("cancel", actor, event).lands(ReceptionState(event.state))
    event.end_reason, event.needs_substitute = reason, False
    event.save(update_fields=["state", "end_reason", "needs_substitute"])
    record(actor, "liaison.reception_cancelled", event, before=before)
    publish(ReceptionChanged(event_id=event.pk, state=event.state), actor)
    return event


def _part(event: ReceptionEvent, mandate_id: int) -> ReceptionDeputy:
    part = ReceptionDeputy.objects.filter(event=event, mandate_id=mandate_id).first()
    if part is None:
        raise WrongDeputy
    return part


@transaction.atomic
def excuse_deputy(*, event_id: int, mandate_id: int, reason: str, actor: Actor) -> ReceptionEvent:
    """A deputy cannot come. Less than 24 hours before, the head must find a substitute or tell the bookers."""
    reason = texts.line(reason, "reason", 200)
    event = lock(event_id, actor)
    before = digest(event)
    RECEPTION.take("excuse", actor, event)
    if not who.is_station_staff(actor, event) and mandate_id not in actor.scopes("DEPUTY"):
        raise WrongDeputy
    part = _part(event, mandate_id)
    part.attendance, part.excuse = Attendance.EXCUSED, reason
    part.save(update_fields=["attendance", "excuse"])
    is_short = event.starts_at - clock.now() < _SHORT_NOTICE
    if is_short:
        event.needs_substitute = True
        event.save(update_fields=["needs_substitute"])
    record(actor, "liaison.deputy_excused", event, before=before, mandate=mandate_id, short=is_short)
    publish(DeputyExcused(event_id=event.pk, mandate_id=mandate_id, is_short_notice=is_short), actor)
    return event


@transaction.atomic
def substitute_deputy(*, event_id: int, mandate_id: int, substitute_id: int, actor: Actor) -> ReceptionEvent:
    """Another deputy stands in for one who cannot come."""
    event = lock(event_id, actor)
    before = digest(event)
    RECEPTION.take("substitute", actor, event)
    part = _part(event, mandate_id)
    if part.attendance != Attendance.EXCUSED:
        part.attendance, part.excuse = Attendance.EXCUSED, part.excuse or "由其他代表顶替"
        part.save(update_fields=["attendance", "excuse"])
    if event.deputies.filter(mandate_id=substitute_id).exists():
        raise WrongDeputy
    _put_down(event, [substitute_id])
    ReceptionDeputy.objects.filter(event=event, mandate_id=substitute_id).update(stands_in_for_id=mandate_id)
    event.needs_substitute = False
    event.save(update_fields=["needs_substitute"])
    record(actor, "liaison.deputy_substituted", event, before=before, mandate=mandate_id, substitute=substitute_id)
    publish(DeputySubstituted(event_id=event.pk, mandate_id=mandate_id, substitute_id=substitute_id), actor)
    return event


@transaction.atomic
def notify_bookers(*, event_id: int, message: str, actor: Actor) -> ReceptionEvent:
    """Tell everybody who has an appointment; this too settles a deputy's short-notice absence."""
    message = texts.line(message, "message", 200)
    event = lock(event_id, actor)
    before = digest(event)
    RECEPTION.take("notify_bookers", actor, event)
    Booking.objects.filter(event=event, state=BookingState.BOOKED).update(told_at=clock.now())
    event.needs_substitute = False
    event.save(update_fields=["needs_substitute"])
    record(actor, "liaison.bookers_told", event, before=before)
    publish(BookersTold(event_id=event.pk, message=message), actor)
    return event

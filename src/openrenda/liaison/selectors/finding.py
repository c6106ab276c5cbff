"""The public finds a station, a deputy, a reception day."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Case, Count, F, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from openrenda.kernel import clock
from openrenda.kernel.prepared import Prepared
from openrenda.liaison.errors import NoReception, NoStation
from openrenda.liaison.models import Opinion, ReceptionDeputy, ReceptionEvent, Station
from openrenda.liaison.states import Attendance, BookingState, PublishState, ReceptionState, StationLevel, StationStatus
from openrenda.orgs.models import Mandate
from openrenda.orgs.selectors import deputies_in_office, mandate_by_code
from openrenda.orgs.states import Level

from .keyset import Key, page, parse_int
from .rows import DeputyPage, DeputyRow, Page, ReceptionRow, StationPage, StationRow

_COMING = (ReceptionState.ANNOUNCED, ReceptionState.RUNNING)
_RANK = Case(When(level=StationLevel.STREET, then=Value(0)), default=Value(1), output_field=IntegerField())


def stations(
    *, congress_id: int, q: str = "", street_id: int | None = None, after: str = "", size: int = 30
) -> Page[StationRow]:
    """Open stations street by street, the street's own first; `q` finds names, pinyin and its initials, streets,
    communities, addresses. One query."""
    rows = Station.objects.filter(congress_id=congress_id, status=StationStatus.OPEN)
    rows = rows.select_related("unit", "street")
    if street_id is not None:
        rows = rows.filter(street_id=street_id)
    if q := q.strip():
        latin = q.lower().replace(" ", "")
        rows = rows.filter(
            Q(unit__name__icontains=q)
            | Q(unit__code__iexact=q)
            | Q(pinyin__startswith=latin)
            | Q(initials__startswith=latin)
            | Q(street__name__icontains=q)
            | Q(street__short_name__icontains=q)
            | Q(unit__parent__name__icontains=q)
            | Q(address__icontains=q)
        )
    rows = rows.annotate(
        code=F("unit__code"),
        street_code=Coalesce("street__code", Value("")),
        rank=_RANK,
        next_reception=_next_reception(),
        serving=_serving(),
    )
    keys = (Key("street_code", str), Key("rank", parse_int), Key("code", str))
    return page(rows, keys, after, size, lambda found: [_station_row(s) for s in found])


def _next_reception() -> Subquery:
    coming = ReceptionEvent.objects.filter(station_id=OuterRef("unit_id"), state__in=_COMING, ends_at__gt=clock.now())
    return Subquery(coming.order_by("starts_at").values("starts_at")[:1])


def _serving() -> Coalesce:
    today = clock.today()
    held = Mandate.objects.filter(station_id=OuterRef("unit_id"), starts_on__lte=today)
    by_station = held.filter(Q(ends_on=None) | Q(ends_on__gte=today)).order_by().values("station_id")
    return Coalesce(Subquery(by_station.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0)


def _station_row(station: Station) -> StationRow:
    return StationRow(
        unit_id=station.unit_id,
        code=station.unit.code,
        name=station.unit.name,
        level=station.level,
        street=str(station.street or ""),
        address=station.address,
        phone=station.phone,
        reception_text=station.reception_text,
        stars=station.stars,
        lng=station.lng,
        lat=station.lat,
        next_reception=getattr(station, "next_reception", None),
        deputies=getattr(station, "serving", 0),
    )


def station_page(*, congress_id: int, code: str) -> StationPage:
    """A station with its deputies and coming reception days; NoStation if the code is unknown. Six queries."""
    station = station_by_code(congress_id=congress_id, code=code)
    serving = deputies_in_office(congress_id, clock.today()).filter(station_id=station.unit_id).order_by("code")
    coming = upcoming_rows(congress_id).filter(station_id=station.unit_id).order_by("starts_at")[:6]
    told = Opinion.objects.filter(station_id=station.unit_id, publish_state=PublishState.PUBLIC).count()
    return StationPage(station, [_deputy_row(m) for m in serving], reception_rows(list(coming)), told)


def _stations() -> QuerySet[Station]:
    return Station.objects.select_related("unit", "unit__parent", "street", "head", "head__person")


_of_code = Prepared(
    lambda congress_id, code: _stations().filter(congress_id=congress_id, unit__code=code), congress_id=int, code=str
)


def station_by_code(*, congress_id: int, code: str) -> Station:
    """The station alone; NoStation if the code is unknown. One query."""
    found = _of_code(congress_id=congress_id, code=code)
    if not found:
        raise NoStation
    return found[0]


def station_by_token(token: str) -> Station:
    """The station behind a QR code; NoStation if unknown. One query."""
    station = _stations().filter(qr_token=token).first()
    if station is None:
        raise NoStation
    return station


def station_profile(*, congress_id: int, unit_id: int) -> Station:
    """A station by its unit; NoStation if it has no profile. One query."""
    station = _stations().filter(congress_id=congress_id, unit_id=unit_id).first()
    if station is None:
        raise NoStation
    return station


def deputies(
    *,
    congress_id: int,
    q: str = "",
    street_id: int | None = None,
    delegation_id: int | None = None,
    after: str = "",
    size: int = 30,
) -> Page[DeputyRow]:
    """Deputies in office by code; `q` finds names, pinyin, delegations, constituencies, stations. One query."""
    rows = deputies_in_office(congress_id, clock.today())
    if delegation_id is not None:
        rows = rows.filter(delegation_id=delegation_id)
    if street_id is not None:
        rows = rows.filter(station__station__street_id=street_id)
    if q := q.strip():
        latin = q.lower().replace(" ", "")
        rows = rows.filter(
            Q(person__name__icontains=q)
            | Q(person__pinyin__startswith=latin)
            | Q(person__initials__startswith=latin)
            | Q(code__iexact=q)
            | Q(delegation__name__icontains=q)
            | Q(constituency__name__icontains=q)
            | Q(station__name__icontains=q)
            | Q(station__parent__name__icontains=q)
        )
    return page(
        rows, (Key("code", str), Key("id", parse_int)), after, size, lambda found: [_deputy_row(m) for m in found]
    )


def _deputy_row(mandate: Mandate) -> DeputyRow:
    return DeputyRow(
        mandate_id=mandate.pk,
        code=mandate.code,
        name=mandate.person.name,
        delegation=mandate.delegation.name,
        constituency=mandate.constituency.name if mandate.constituency else "",
        station_code=mandate.station.code if mandate.station else "",
        station_name=mandate.station.name if mandate.station else "",
        sc_post=mandate.sc_post,
        level=Level(mandate.level).label,
    )


def deputy_row(*, congress_id: int, code: str) -> DeputyRow:
    """The deputy alone; NotFound if unknown. One query."""
    return _deputy_row(mandate_by_code(congress_id, code))


def deputy_page(*, congress_id: int, code: str) -> DeputyPage:
    """A deputy with the days on which to be met; NotFound if unknown. Five queries."""
    mandate = mandate_by_code(congress_id, code)
    coming = (
        upcoming_rows(congress_id)
        .filter(deputies__mandate=mandate)
        .exclude(deputies__mandate=mandate, deputies__attendance=Attendance.EXCUSED)
    )
    answered = Opinion.objects.filter(deputy=mandate).exclude(answered_at=None).count()
    return DeputyPage(
        _deputy_row(mandate),
        mandate.station_id,
        reception_rows(list(coming.order_by("starts_at")[:6])),
        answered,
        mandate.qr_token,
    )


# -- reception days ----------------------------------------------------------------------------------------------------


def with_parts(rows: QuerySet[ReceptionEvent]) -> QuerySet[ReceptionEvent]:
    """Everything a reception row shows: two queries more, whatever the number of rows (one here, one for deputies)."""
    parts = ReceptionDeputy.objects.select_related("mandate__person").order_by("pk")
    booked = Count("bookings", filter=Q(bookings__state=BookingState.BOOKED), distinct=True)
    return rows.select_related("station").annotate(booked=booked).prefetch_related(Prefetch("deputies", parts))


def upcoming_rows(congress_id: int) -> QuerySet[ReceptionEvent]:
    return with_parts(
        ReceptionEvent.objects.filter(congress_id=congress_id, state__in=_COMING, ends_at__gt=clock.now())
    )


def reception_rows(found: Sequence[ReceptionEvent]) -> list[ReceptionRow]:
    """Rows of events fetched through `with_parts`. No query."""
    return [_reception_row(event, clock.now()) for event in found]


def _reception_row(event: ReceptionEvent, now: datetime) -> ReceptionRow:
    here = [part for part in event.deputies.all() if part.attendance != Attendance.EXCUSED]
    return ReceptionRow(
        id=event.pk,
        station_id=event.station_id,
        station_code=event.station.code,
        station_name=event.station.name,
        starts_at=clock.local(event.starts_at),
        ends_at=clock.local(event.ends_at),
        place=event.place,
        topic=event.topic,
        state=ReceptionState(event.state),
        deputies=tuple(part.mandate.person.name for part in here),
        moved_note=event.moved_note,
        late_notice_reason=event.late_notice_reason,
        end_reason=event.end_reason,
        bookable=event.state == ReceptionState.ANNOUNCED and event.ends_at > now,
        bookings=getattr(event, "booked", 0),
        needs_substitute=event.needs_substitute,
    )


def receptions(
    *, congress_id: int, station_id: int, upcoming: bool = True, after: str = "", size: int = 20
) -> Page[ReceptionRow]:
    """All reception days of a station, planned ones too: those to come, soonest first, or those gone by, latest first.
    Two queries."""
    rows = with_parts(ReceptionEvent.objects.filter(congress_id=congress_id, station_id=station_id))
    rows = rows.filter(ends_at__gt=clock.now()) if upcoming else rows.filter(ends_at__lte=clock.now())
    keys = (Key("starts_at", datetime.fromisoformat, falls=not upcoming), Key("id", parse_int))
    return page(rows, keys, after, size, reception_rows)


def public_reception(*, congress_id: int, event_id: int) -> ReceptionRow:
    """One announced reception day; NoReception if there is none such. Two queries."""
    rows = ReceptionEvent.objects.filter(congress_id=congress_id, pk=event_id).exclude(state=ReceptionState.PLANNED)
    found = reception_rows(list(with_parts(rows)))
    if not found:
        raise NoReception
    return found[0]

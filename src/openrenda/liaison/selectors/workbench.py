"""The workbench: whose turn it is, what waits for others, what was done lately."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.calendars import load_calendar
from openrenda.kernel.deadlines import Lamp, days_left, lamp
from openrenda.kernel.workdays import Calendar
from openrenda.liaison.errors import NoReception
from openrenda.liaison.models import Opinion, ReceptionEvent
from openrenda.liaison.rules.who import UNIT_ROLES
from openrenda.liaison.states import ENDED, NEVER_ACCEPTED, ClockKind, OpinionState, PublishState, RouteLevel
from openrenda.liaison.states import OpinionState as S
from openrenda.orgs.states import Role

from .finding import reception_rows, with_parts
from .keyset import Key, page, parse_int
from .rows import InboxRow, Page, ReceptionRow
from .visibility import visible_to

LANES = ("mine", "waiting", "done", "publish")
_NEVER = date(9999, 12, 31)
_NEAR = (RouteLevel.COMMUNITY, RouteLevel.STREET)
_URGENCY = (Key("calm", parse_int), Key("by", date.fromisoformat), Key("id", parse_int))
_LATEST = (Key("updated_at", datetime.fromisoformat, falls=True), Key("id", parse_int, falls=True))


def _turn(actor: Actor) -> Q:
    """What waits for a deed of this very actor."""
    turn = Q(pk__in=[])
    handling = Q(state__in=[S.HANDLING, S.REWORK])
    if stations := actor.scopes(Role.STATION_STAFF, Role.STATION_HEAD):
        revisit = Q(state=S.CLOSED, due_kind=ClockKind.REVISIT)
        turn |= Q(station_id__in=stations) & (
            Q(state__in=[S.SUBMITTED, S.REGISTERED]) | revisit | handling & Q(handler_unit=None)
        )
    if heads := actor.scopes(Role.STATION_HEAD):
        turn |= Q(station_id__in=heads) & (
            Q(state=S.CLASSIFIED, awaiting_role="") | Q(state=S.RESULT) | Q(awaiting_role=Role.STATION_HEAD)
        )
    if streets := actor.scopes(Role.STREET_NPC):
        asked = Q(awaiting_role=Role.STREET_NPC) | Q(awaiting_extension=True, handler_level__in=_NEAR)
        turn |= Q(street_id__in=streets) & (asked | Q(publish_state=PublishState.AT_STREET))
    if actor.has(Role.SC_REP):
        far = Q(awaiting_extension=True) & ~Q(handler_level__in=_NEAR)
        turn |= Q(awaiting_role=Role.SC_REP) | far | Q(state=S.ESCALATED)
    if actor.has(Role.GOV_HUB):
        turn |= Q(awaiting_role=Role.GOV_HUB)
    return turn | _unit_turn(actor, handling) | _deputy_turn(actor)


def _unit_turn(actor: Actor, handling: Q) -> Q:
    turn = Q(pk__in=[])
    if units := actor.scopes(*UNIT_ROLES):
        turn |= Q(handler_unit_id__in=units, state=S.REFERRED)
    if clerks := actor.scopes(Role.UNIT_CLERK, Role.UNIT_ADMIN):
        turn |= Q(handler_unit_id__in=clerks, draft_text="") & handling
    if leaders := actor.scopes(Role.UNIT_LEADER):
        turn |= Q(handler_unit_id__in=leaders) & ~Q(draft_text="") & handling
    return turn


def _deputy_turn(actor: Actor) -> Q:
    mandates = actor.scopes(Role.DEPUTY)
    if not mandates:
        return Q(pk__in=[])
    fresh = Q(state__in=[S.REGISTERED, S.CLASSIFIED], awaiting_role="")
    return Q(deputy_id__in=mandates) & (fresh | Q(state=S.RESULT) & ~Q(converted_ref=""))


def _lane(actor: Actor, lane: str) -> QuerySet[Opinion]:
    rows = visible_to(actor).filter(is_archived=False)
    if lane == "mine":
        return rows.filter(_turn(actor))
    if lane == "publish":
        return rows.filter(publish_state__in=[PublishState.WAITING, PublishState.AT_STREET]).exclude(
            state__in=[*NEVER_ACCEPTED, S.MERGED]
        )
    if lane == "done":
        return rows.filter(state__in=ENDED).exclude(_turn(actor))
    return rows.exclude(state__in=ENDED).exclude(_turn(actor))


def inbox(
    *, actor: Actor, lane: str = "mine", q: str = "", state: OpinionState | None = None, after: str = "", size: int = 30
) -> Page[InboxRow]:
    """One lane: "mine" and "waiting" by urgency, "publish" likewise, "done" latest first. One query."""
    rows = _lane(actor, lane if lane in LANES else "mine").select_related("category", "station", "handler_unit")
    if state is not None:
        rows = rows.filter(state=state)
    if q := q.strip():
        rows = rows.filter(Q(number__icontains=q) | Q(title__icontains=q) | Q(external_ref__iexact=q))
    if lane == "done":
        return page(rows, _LATEST, after, size, inbox_rows)
    return page(by_urgency(rows), _URGENCY, after, size, inbox_rows)


def by_urgency(rows: QuerySet[Opinion]) -> QuerySet[Opinion]:
    """Adds what the order by urgency needs: urgent ones first, then by day, those without a day last."""
    calm = Case(When(is_urgent=True, then=Value(0)), default=Value(1), output_field=IntegerField())
    return rows.annotate(calm=calm, by=Coalesce("due_on", Value(_NEVER)))


def lane_counts(*, actor: Actor) -> dict[str, int]:
    """How many lie in each lane. Four queries."""
    return {lane: _lane(actor, lane).count() for lane in LANES}


def inbox_rows(found: Sequence[Opinion]) -> list[InboxRow]:
    """Rows of opinions fetched with category, station and unit. No query (but the calendar's)."""
    today, cal = clock.today(), load_calendar()
    return [_inbox_row(opinion, today, cal) for opinion in found]


def _inbox_row(opinion: Opinion, today: date, cal: Calendar) -> InboxRow:
    due = opinion.due_on
    return InboxRow(
        id=opinion.pk,
        number=opinion.number,
        title=opinion.title,
        state=OpinionState(opinion.state),
        awaiting=Role(opinion.awaiting_role).label if opinion.awaiting_role else "",
        category=str(opinion.category or ""),
        station=str(opinion.station),
        handler=str(opinion.handler_unit or ""),
        is_urgent=opinion.is_urgent,
        due_on=due,
        due_kind=opinion.due_kind,
        days_left=None if due is None else days_left(due, today, cal),
        lamp=lamp(due, today, cal),
        answer_due=opinion.answer_due,
        answer_lamp=answer_lamp(opinion, today, cal),
        updated_at=clock.local(opinion.updated_at),
    )


def answer_lamp(opinion: Opinion, today: date, cal: Calendar) -> Lamp:
    """The lamp of the day promised to the resident: blue or red for good once the answer was given."""
    done = opinion.first_answered_at
    return lamp(opinion.answer_due, today, cal, clock.local(done).date() if done else None)


def opinions_for_deputy(*, actor: Actor, q: str = "", after: str = "", size: int = 30) -> Page[InboxRow]:
    """Opinions a deputy may take up as a suggestion: classified, nothing else under way, hers or her station's.
    One query."""
    rows = visible_to(actor).filter(state=S.CLASSIFIED, awaiting_role="")
    rows = rows.select_related("category", "station", "handler_unit")
    if q := q.strip():
        rows = rows.filter(Q(number__icontains=q) | Q(title__icontains=q))
    return page(by_urgency(rows), _URGENCY, after, size, inbox_rows)


# -- reception days ----------------------------------------------------------------------------------------------------


def _receptions_of(actor: Actor) -> QuerySet[ReceptionEvent]:
    rows = ReceptionEvent.objects.filter(congress_id=actor.congress_id)
    if actor.has(Role.SC_REP, Role.SC_OFFICE, Role.SC_LEADER):
        return rows
    mandates = actor.scopes(Role.DEPUTY)
    reach = Q(station_id__in=actor.scopes(Role.STATION_STAFF, Role.STATION_HEAD))
    reach |= Q(street_id__in=actor.scopes(Role.STREET_NPC))
    return rows.filter(reach | Q(deputies__mandate_id__in=mandates)).distinct()


def work_receptions(*, actor: Actor, after: str = "", size: int = 30) -> Page[ReceptionRow]:
    """Reception days of the actor's stations from a month ago on, soonest first. Two queries."""
    rows = with_parts(_receptions_of(actor).filter(starts_at__gte=clock.now() - timedelta(days=31)))
    return page(rows, (Key("starts_at", datetime.fromisoformat), Key("id", parse_int)), after, size, reception_rows)


def reception_for(*, actor: Actor, event_id: int) -> ReceptionEvent:
    """The gate of one reception day: unknown and invisible look the same. Two queries."""
    found = with_parts(_receptions_of(actor).filter(pk=event_id)).first()
    if found is None:
        raise NoReception
    return found

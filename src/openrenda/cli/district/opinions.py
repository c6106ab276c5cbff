"""The life of an opinion, replayed: a generator that yields the moment it wants to go on at, and acts when resumed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.liaison import actions as liaison
from openrenda.liaison.actions import Consent, Contact, Place
from openrenda.liaison.states import Attendance, Channel, FeedbackWay, RouteLevel, Satisfaction, Solved
from openrenda.orgs.models import Unit
from openrenda.orgs.selectors import street_of
from openrenda.orgs.states import Role, UnitKind

from .records import ON_THE_SPOT, TO_SUGGESTION, OpinionRecord
from .world import World

Life = Iterator[datetime]
NOTICE = "register"
CHANNELS = {
    "网上": Channel.ONLINE,
    "扫码": Channel.QR,
    "接待日": Channel.RECEPTION,
    "电话": Channel.PHONE,
    "信件": Channel.LETTER,
    "走访": Channel.VISIT,
    "12345转入": Channel.HOTLINE,
}
STARS = {
    5: Satisfaction.SATISFIED,
    4: Satisfaction.SATISFIED,
    3: Satisfaction.MOSTLY,
    2: Satisfaction.DISSATISFIED,
    1: Satisfaction.DISSATISFIED,
}
"""The five marks of 好差评: 非常满意, 满意, 基本满意, 不满意, 非常不满意."""
SOLVED = {"是": Solved.YES, "部分": Solved.PARTLY, "否": Solved.NO}
LEVELS = {
    UnitKind.COMMUNITY: RouteLevel.COMMUNITY,
    UnitKind.STREET: RouteLevel.STREET,
    UnitKind.COURT: RouteLevel.ORGAN,
    UnitKind.PROCURATORATE: RouteLevel.ORGAN,
    UnitKind.SUPERVISION: RouteLevel.ORGAN,
}


@dataclass(frozen=True, slots=True)
class Post:
    """Who acts for one opinion."""

    staff: Actor
    head: Actor
    street: Actor
    clerk: Actor
    leader: Actor


def life_of_opinion(record: OpinionRecord, world: World) -> Life:
    """From the resident's word to the last revisit, as far as the ledger tells."""
    post = _post(record, world)
    yield record.at
    opinion_id = _enter(record, world, post)
    world.opinion_ids[record.code] = opinion_id
    resident = Actor(urn=f"opinion:{opinion_id}", name="群众", congress_id=world.congress_id, origin="load")
    closing = (
        None if record.closed_on is None else max(clock.at_time(record.closed_on, 16), record.at + timedelta(hours=2))
    )
    if CHANNELS[record.channel] in (Channel.ONLINE, Channel.QR):
        yield _capped(world.after(record.at), closing, minutes=120)
        liaison.register(opinion_id=opinion_id, actor=post.staff)
    liaison.assign_deputy(
        opinion_id=opinion_id, mandate_id=world.institution.mandates[record.deputy].pk, actor=post.head
    )
    if record.way == TO_SUGGESTION and record.code not in world.taken_up:
        world.assume("转为代表建议的意见没有对应的建议：停在“已分类”，等建议台账补录")
        yield _capped(world.after(clock.now()), closing, minutes=110)
        liaison.classify(opinion_id=opinion_id, category_id=world.categories[record.category], actor=post.head)
        return
    if record.way == ON_THE_SPOT:
        yield closing or world.after(clock.now())
        liaison.answer_on_the_spot(opinion_id=opinion_id, text=record.answer, actor=post.staff)
    else:
        yield from _handled(record, world, post, opinion_id, closing)
    if closing is not None:
        yield from _rated(record, world, post, opinion_id, resident)


def _post(record: OpinionRecord, world: World) -> Post:
    station = world.institution.stations[record.station]
    street = street_of(station) or station
    unit = world.institution.units[record.unit]
    return Post(
        world.officer(Role.STATION_STAFF, station),
        world.officer(Role.STATION_HEAD, station),
        world.officer(Role.STREET_NPC, street),
        world.officer(Role.UNIT_CLERK, unit),
        world.officer(Role.UNIT_LEADER, unit),
    )


def _capped(moment: datetime, closing: datetime | None, *, minutes: int) -> datetime:
    """Not later than `minutes` before the closing the ledger tells."""
    if closing is None:
        return moment
    return max(min(moment, closing - timedelta(minutes=minutes)), clock.now())


def _enter(record: OpinionRecord, world: World, post: Post) -> int:
    station = world.institution.stations[record.station]
    channel = CHANNELS[record.channel]
    deputy = world.institution.mandates[record.deputy]
    contact = Contact(record.name, record.phone)
    consent = Consent(NOTICE, may_share=True, may_publish=record.may_publish)
    place = Place(
        lng=None if record.longitude is None else Decimal(str(record.longitude)),
        lat=None if record.latitude is None else Decimal(str(record.latitude)),
    )
    category_id = world.categories[record.category]
    key = f"load:{record.code}"
    if channel in (Channel.ONLINE, Channel.QR):
        return liaison.submit(
            actor=Actor.anonymous(world.congress_id, "load"),
            station_id=station.pk,
            title=record.title,
            content=record.content,
            contact=contact,
            consent=consent,
            idempotency_key=key,
            channel=channel,
            deputy_id=deputy.pk,
            category_id=category_id,
            place=place,
            pii_confirmed=True,
            external_ref=record.code,
        ).opinion_id
    reception_id = world.receptions.get((record.station, record.at.date())) if channel is Channel.RECEPTION else None
    return liaison.register_walk_in(
        actor=post.staff.speaking_for("来访群众"),
        station_id=station.pk,
        channel=channel,
        title=record.title,
        content=record.content,
        contact=contact,
        consent=consent,
        idempotency_key=key,
        deputy_ids=[deputy.pk],
        reception_id=reception_id,
        category_id=category_id,
        place=place,
        pii_confirmed=True,
        external_ref=record.code,
    ).opinion_id


def _handled(record: OpinionRecord, world: World, post: Post, opinion_id: int, closing: datetime | None) -> Life:
    yield _capped(world.after(clock.now()), closing, minutes=110)
    liaison.classify(opinion_id=opinion_id, category_id=world.categories[record.category], actor=post.head)
    if record.way == TO_SUGGESTION:
        if closing is not None:
            yield closing
            deputy = world.deputy(world.institution.mandates[record.deputy])
            liaison.edit_plain_answer(opinion_id=opinion_id, text=record.answer, actor=deputy)
            liaison.feed_back(opinion_id=opinion_id, actor=post.head)
        return
    unit = world.institution.units[record.unit]
    yield _capped(world.workdays_after(clock.today(), 1), closing, minutes=100)
    _refer(world, post, opinion_id, unit)
    yield _capped(world.workdays_after(clock.today(), 1), closing, minutes=60)
    liaison.sign_for(opinion_id=opinion_id, actor=post.clerk)
    if closing is not None:
        yield _capped(closing - timedelta(minutes=40), closing, minutes=40)
        liaison.draft_result(opinion_id=opinion_id, text=record.answer, actor=post.clerk)
        yield _capped(closing - timedelta(minutes=20), closing, minutes=20)
        liaison.approve_result(opinion_id=opinion_id, actor=post.leader)
        yield closing
        liaison.feed_back(opinion_id=opinion_id, actor=post.head)


def _refer(world: World, post: Post, opinion_id: int, unit: Unit) -> None:
    """Hand the opinion on through whoever has to approve it (domain.md 1.4)."""
    level = LEVELS.get(UnitKind(unit.kind), RouteLevel.DEPARTMENT)
    liaison.refer(opinion_id=opinion_id, level=level, unit_id=unit.pk, actor=post.head)
    if level is RouteLevel.STREET:
        liaison.approve_referral(opinion_id=opinion_id, actor=post.street)
    if level in (RouteLevel.ORGAN, RouteLevel.DEPARTMENT):
        liaison.approve_referral(opinion_id=opinion_id, actor=world.deputies_office())
    if level is RouteLevel.DEPARTMENT:
        liaison.approve_referral(opinion_id=opinion_id, actor=world.dispatch_office())


def _rated(record: OpinionRecord, world: World, post: Post, opinion_id: int, resident: Actor) -> Life:
    """Publication, rating, revisit. The ledger dates neither: good marks are set on the evening of the feedback, bad
    ones a day after the silent closing (the ledger knows no second handling, so they came too late to ask for one)."""
    verdict = STARS.get(record.stars) if record.stars else None
    if record.may_publish:
        yield world.after(clock.now())
        liaison.approve_publication(opinion_id=opinion_id, actor=post.head)
        liaison.approve_publication(opinion_id=opinion_id, actor=post.street)
    if verdict in (Satisfaction.SATISFIED, Satisfaction.MOSTLY):
        yield max(clock.at_time(clock.today(), 20), clock.now())
        liaison.rate(opinion_id=opinion_id, satisfaction=verdict, actor=resident)
    elif verdict is Satisfaction.DISSATISFIED:
        world.assume("群众评价为不满意，台账没有重新办理的记载：按办结后评价登记")
        yield clock.at_time(clock.today() + timedelta(days=9), 20)
        liaison.rate(opinion_id=opinion_id, satisfaction=verdict, actor=resident, reason="（台账没有记载理由）")
    told = world.revisits.get(record.code)
    if told:
        yield clock.at_time(clock.today() + timedelta(days=10), 15)
        liaison.say_solved(opinion_id=opinion_id, solved=SOLVED[told], actor=resident)
        liaison.revisit(
            opinion_id=opinion_id, way=FeedbackWay.PHONE, result=f"群众表示问题{SOLVED[told].label}", actor=post.staff
        )


def life_of_reception(station: str, day: date, records: list[OpinionRecord], world: World) -> Life:
    """A reception day on which the ledger has opinions: planned, announced in time, held, finished."""
    unit = world.institution.stations[station]
    staff, head = world.officer(Role.STATION_STAFF, unit), world.officer(Role.STATION_HEAD, unit)
    starts = clock.at_time(day, min(record.at for record in records).hour)
    ends = datetime.combine(
        day, max(time(23, 0) if r.at.hour >= 22 else time(r.at.hour + 1, 30) for r in records), clock.ZONE
    )
    mandates = [world.institution.mandates[code].pk for code in sorted({record.deputy for record in records})]
    yield clock.at_time(day - timedelta(days=10), 9)
    event = liaison.plan_reception(
        station_id=unit.pk, starts_at=starts, ends_at=ends, place="联络站接待室", mandate_ids=mandates, actor=staff
    )
    yield clock.at_time(day - timedelta(days=7), 9)
    liaison.announce_reception(event_id=event.pk, actor=head)
    yield starts
    liaison.start_reception(event_id=event.pk, actor=staff)
    world.receptions[station, day] = event.pk
    yield ends
    liaison.finish_reception(
        event_id=event.pk, attendance=dict.fromkeys(mandates, Attendance.ATTENDED), visitors=len(records), actor=staff
    )

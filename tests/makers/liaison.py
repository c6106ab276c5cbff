"""Stations, people around them, and opinions brought to a state by walking the actions."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import Any

from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.liaison import actions
from openrenda.liaison.actions import Consent, Contact, Receipt
from openrenda.liaison.models import Category, Opinion, ReceptionEvent, Station
from openrenda.liaison.states import Channel, OpinionState, RefusalReason, RouteLevel, Satisfaction, StationLevel
from openrenda.orgs.models import Mandate, Unit
from openrenda.orgs.states import Role
from tests.makers.orgs import a_congress, a_deputy, a_unit, actor_of, deputy_actor, setup_actor

TITLE = "社区消火栓没有水"
CONTENT = "元旦演练时楼道的消火栓打开没有一滴水，水带也不见了，请尽快修好。"
RESULT = "消防大队已责令物业修复管网，更换水带86盘，压力测试合格。"
_serial = count(1)


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody whom an opinion of station S01 meets on its way."""

    congress_id: int
    station: Station
    category: Category
    mandate: Mandate
    staff: Actor
    head: Actor
    street: Actor
    sc_rep: Actor
    hub: Actor
    deputy: Actor
    clerk: Actor
    leader: Actor
    visitor: Actor

    def unit_actor(self, role: Role, unit: Unit | str) -> Actor:
        return actor_of(role, unit)

    @property
    def clockwork(self) -> Actor:
        return Actor.system("test", self.congress_id)


def a_station(code: str = "S01", **given: Any) -> Station:
    """The profile of a station unit; the same one when asked again."""
    unit = a_unit(code)
    known = Station.objects.filter(unit=unit).select_related("unit", "street").first()
    if known is not None:
        return known
    defaults: dict[str, Any] = {
        "level": StationLevel.STREET, "address": "桐荫路118号", "phone": "0371-55551234",
        "reception_text": "每月8日 9:00-11:00",
    }  # fmt: skip
    actions.set_up_station(unit_id=unit.pk, actor=setup_actor(a_congress()), **(defaults | given))
    return Station.objects.select_related("unit", "street").get(unit=unit)


def a_category(name: str = "公共安全") -> Category:
    """A first-level category; the same one when asked again."""
    congress = a_congress()
    known = Category.objects.filter(congress=congress, name=name).first()
    return known or actions.add_category(code=f"T{next(_serial):02}", name=name, actor=setup_actor(congress))


def a_cast(unit: str = "B03") -> Cast:
    """All offices as test hats; `unit` is who would handle the matter."""
    congress = a_congress()
    station = a_station()
    mandate = a_deputy()
    return Cast(
        congress_id=congress.pk, station=station, category=a_category(), mandate=mandate,
        staff=actor_of(Role.STATION_STAFF, "S01"), head=actor_of(Role.STATION_HEAD, "S01"),
        street=actor_of(Role.STREET_NPC, "J01"), sc_rep=actor_of(Role.SC_REP, "R02"),
        hub=actor_of(Role.GOV_HUB, "G01"), deputy=deputy_actor(mandate), clerk=actor_of(Role.UNIT_CLERK, unit),
        leader=actor_of(Role.UNIT_LEADER, unit), visitor=Actor.anonymous(congress.pk, "203.0.113.7"),
    )  # fmt: skip


def a_receipt(cast: Cast, **given: Any) -> Receipt:
    """A resident hands in an opinion at S01."""
    defaults: dict[str, Any] = {
        "actor": cast.visitor, "station_id": cast.station.unit_id, "title": TITLE, "content": CONTENT,
        "contact": Contact("柯女士", "13800004447"), "consent": Consent("2025-01", may_share=False, may_publish=True),
        "idempotency_key": f"form-{next(_serial):012}", "channel": Channel.ONLINE, "deputy_id": cast.mandate.pk,
    }  # fmt: skip
    return actions.submit(**(defaults | given))


def resident_of(opinion_id: int, congress_id: int) -> Actor:
    """The writer, as `actions.track` would make the actor."""
    return Actor(urn=f"opinion:{opinion_id}", name="反映人", congress_id=congress_id)


def _refer(pk: int, cast: Cast) -> None:
    refer_to(pk, cast, "B03")


def refer_to(pk: int, cast: Cast, unit: str, level: RouteLevel = RouteLevel.DEPARTMENT) -> None:
    """Hand on through all who must approve."""
    actions.refer(opinion_id=pk, level=level, unit_id=a_unit(unit).pk, actor=cast.head)
    if level is RouteLevel.STREET:
        actions.approve_referral(opinion_id=pk, actor=cast.street)
    if level in (RouteLevel.DEPARTMENT, RouteLevel.ORGAN):
        actions.approve_referral(opinion_id=pk, actor=cast.sc_rep)
    if level is RouteLevel.DEPARTMENT:
        actions.approve_referral(opinion_id=pk, actor=cast.hub)


def _result(pk: int, cast: Cast) -> None:
    actions.draft_result(opinion_id=pk, text=RESULT, actor=cast.clerk)
    actions.approve_result(opinion_id=pk, actor=cast.leader)


def _rate(satisfaction: Satisfaction) -> Callable[[int, Cast], object]:
    return lambda pk, cast: actions.rate(
        opinion_id=pk, satisfaction=satisfaction, actor=resident_of(pk, cast.congress_id), reason="还是没有水"
    )


def _merge(pk: int, cast: Cast) -> None:
    parent = an_opinion(cast, OpinionState.REGISTERED)
    actions.merge(opinion_id=pk, into_id=parent.pk, actor=cast.head)


STEPS: dict[str, Callable[[int, Cast], object]] = {
    "register": lambda pk, cast: actions.register(opinion_id=pk, actor=cast.staff),
    "not_accept": lambda pk, cast: actions.not_accept(opinion_id=pk, reason=RefusalReason.PERSONAL, actor=cast.head),
    "withdraw": lambda pk, cast: actions.withdraw(opinion_id=pk, actor=resident_of(pk, cast.congress_id)),
    "answer": lambda pk, cast: actions.answer_on_the_spot(opinion_id=pk, text="已当场说明。", actor=cast.staff),
    "merge": _merge,
    "classify": lambda pk, cast: actions.classify(opinion_id=pk, category_id=cast.category.pk, actor=cast.head),
    "refer": _refer,
    "sign": lambda pk, cast: actions.sign_for(opinion_id=pk, actor=cast.clerk),
    "result": _result,
    "convert": lambda pk, cast: actions.convert(opinion_id=pk, actor=cast.deputy, ref="suggestions.suggestion:1"),
    "escalate": lambda pk, cast: actions.escalate(opinion_id=pk, to="市人大代表", actor=cast.head),
    "feed_back": lambda pk, cast: actions.feed_back(opinion_id=pk, actor=cast.head),
    "satisfied": _rate(Satisfaction.SATISFIED),
    "dissatisfied": _rate(Satisfaction.DISSATISFIED),
}
_ANSWERED = ("register", "classify", "refer", "sign", "result", "feed_back")
ROAD_TO: dict[OpinionState, tuple[str, ...]] = {
    OpinionState.SUBMITTED: (),
    OpinionState.NOT_ACCEPTED: ("not_accept",),
    OpinionState.WITHDRAWN: ("withdraw",),
    OpinionState.REGISTERED: _ANSWERED[:1],
    OpinionState.MERGED: ("register", "merge"),
    OpinionState.ANSWERED: ("register", "answer"),
    OpinionState.CLASSIFIED: _ANSWERED[:2],
    OpinionState.REFERRED: _ANSWERED[:3],
    OpinionState.HANDLING: _ANSWERED[:4],
    OpinionState.RESULT: _ANSWERED[:5],
    OpinionState.FED_BACK: _ANSWERED,
    OpinionState.CLOSED: (*_ANSWERED, "satisfied"),
    OpinionState.REWORK: (*_ANSWERED, "dissatisfied"),
    OpinionState.CONVERTED: ("register", "classify", "convert"),
    OpinionState.ESCALATED: ("register", "classify", "escalate"),
}


def an_opinion(cast: Cast, state: OpinionState = OpinionState.SUBMITTED, **given: Any) -> Opinion:
    """An opinion of S01 in that state, on the road the law prescribes."""
    receipt = a_receipt(cast, **given)
    for step in ROAD_TO[state]:
        STEPS[step](receipt.opinion_id, cast)
    return again(receipt.opinion_id)


def again(pk: int) -> Opinion:
    """The row as it stands now."""
    return Opinion.objects.get(pk=pk)


def a_published_opinion(cast: Cast, state: OpinionState = OpinionState.FED_BACK, **given: Any) -> Opinion:
    """An opinion whose summary everybody may read."""
    opinion = an_opinion(cast, state, **given)
    actions.approve_publication(opinion_id=opinion.pk, actor=cast.head)
    actions.approve_publication(opinion_id=opinion.pk, actor=cast.street)
    return again(opinion.pk)


def a_reception(cast: Cast, *, days: int = 10, announced: bool = True, **given: Any) -> ReceptionEvent:
    """A reception day of S01 with the cast's deputy, in so many days at nine."""
    day = clock.today() + timedelta(days=days)
    event = actions.plan_reception(
        station_id=cast.station.unit_id, starts_at=clock.at_time(day, 9), ends_at=clock.at_time(day, 11),
        place="接待室", mandate_ids=[cast.mandate.pk], actor=cast.staff, **given,
    )  # fmt: skip
    return actions.announce_reception(event_id=event.pk, actor=cast.staff) if announced else event

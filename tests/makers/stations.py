"""Stations of the small district with their people, and opinions brought to a stage by the actions of real hats."""

from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count

from django.db import transaction
from django.test import Client

from openrenda.accounts.actions.sign_in import begin
from openrenda.accounts.http import SESSION_KEY
from openrenda.accounts.models import User
from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.liaison import actions
from openrenda.liaison.actions import Consent, Contact, Place, Receipt
from openrenda.liaison.models import Category, Opinion, ReceptionEvent, Station
from openrenda.liaison.states import FeedbackWay, RouteLevel, Satisfaction, StationLevel
from openrenda.orgs.models import Congress, Mandate, Person
from openrenda.orgs.states import Role
from tests.makers import orgs

_serial = count(1)
PHONE = "13800001234"
STREETS = {"S01": "桐荫", "S02": "望河", "C01": "桐花"}


@dataclass(frozen=True)
class Scene:
    """Stations S01, S02, C01, a deputy at S01 and one at S02, all categories."""

    congress: Congress
    stations: dict[str, Station]
    deputy: Mandate
    other_deputy: Mandate
    receipts: dict[int, Receipt] = field(default_factory=dict)

    @property
    def resident(self) -> Actor:
        """Somebody without an account."""
        return Actor.anonymous(self.congress.pk, "127.0.0.1")

    def hat(self, role: Role, where: str) -> Actor:
        """Somebody who wears that hat; the same one each time."""
        return orgs.actor_of(role, where)

    def submit(
        self,
        title: str = "路灯不亮",
        content: str = "",
        *,
        may_publish: bool = True,
        may_share: bool = False,
        station: str = "S01",
    ) -> int:
        """An opinion from a resident; its id."""
        receipt = actions.submit(
            actor=self.resident,
            station_id=self.stations[station].unit_id,
            title=title,
            content=content or f"{title}，晚上走路看不见，盼望早点修好。",
            contact=Contact("王女士", PHONE),
            consent=Consent("2025-01", may_share, may_publish),
            idempotency_key=f"key-of-a-form-{next(_serial):06}",
            deputy_id=self.deputy.pk if station == "S01" else None,
            place=Place(text="桐荫路"),
            pii_confirmed=True,
        )
        self.receipts[receipt.opinion_id] = receipt
        return receipt.opinion_id

    def registered(self, title: str = "路灯不亮", **given: bool) -> int:
        """Accepted by the station."""
        pk = self.submit(title, **given)
        actions.register(opinion_id=pk, actor=self.hat(Role.STATION_STAFF, "S01"))
        return pk

    def classified(self, title: str = "路灯不亮", **given: bool) -> int:
        """With a category and a responsible deputy."""
        pk = self.registered(title, **given)
        actions.classify(opinion_id=pk, category_id=self.category_id, deputy_id=self.deputy.pk, actor=self.head)
        return pk

    def referred(self, title: str = "路灯不亮", **given: bool) -> int:
        """Sent to the community."""
        pk = self.classified(title, **given)
        actions.refer(opinion_id=pk, level=RouteLevel.COMMUNITY, unit_id=orgs.a_unit("Q01").pk, actor=self.head)
        return pk

    def handling(self, title: str = "路灯不亮", **given: bool) -> int:
        """Signed for by the community."""
        pk = self.referred(title, **given)
        actions.sign_for(opinion_id=pk, actor=self.hat(Role.UNIT_CLERK, "Q01"))
        return pk

    def fed_back(self, title: str = "路灯不亮", **given: bool) -> int:
        """The resident has the result."""
        pk = self.handling(title, **given)
        actions.draft_result(opinion_id=pk, text="已换好12盏路灯。", actor=self.hat(Role.UNIT_CLERK, "Q01"))
        actions.approve_result(opinion_id=pk, actor=self.hat(Role.UNIT_LEADER, "Q01"))
        actions.feed_back(opinion_id=pk, actor=self.head, way=FeedbackWay.SITE)
        return pk

    def published(self, title: str = "路灯不亮") -> int:
        """Closed, rated, and shown to everyone."""
        pk = self.fed_back(title)
        opinion = Opinion.objects.get(pk=pk)
        actions.rate(opinion_id=pk, satisfaction=Satisfaction.SATISFIED, actor=actions.resident(opinion))
        staff = self.hat(Role.STATION_STAFF, "S01")
        actions.edit_public_summary(opinion_id=pk, title=title, summary=f"{title}，盼修。", actor=staff)
        actions.approve_publication(opinion_id=pk, actor=self.head)
        actions.approve_publication(opinion_id=pk, actor=self.hat(Role.STREET_NPC, "J01"))
        return pk

    def reception(self, *, days: int = 7, announced: bool = True) -> ReceptionEvent:
        """A reception day at S01."""
        begins = clock.now().replace(hour=9, minute=0) + timedelta(days=days)
        staff = self.hat(Role.STATION_STAFF, "S01")
        event = actions.plan_reception(
            station_id=self.stations["S01"].unit_id,
            starts_at=begins,
            ends_at=begins + timedelta(hours=2),
            place="桐荫路1号",
            mandate_ids=[self.deputy.pk],
            actor=staff,
        )
        return actions.announce_reception(event_id=event.pk, actor=staff) if announced else event

    @property
    def head(self) -> Actor:
        return self.hat(Role.STATION_HEAD, "S01")

    @property
    def category_id(self) -> int:
        leaves = Category.objects.filter(congress=self.congress, parent__isnull=False)
        return leaves.order_by("code").values_list("pk", flat=True)[0]


def a_scene() -> Scene:
    """Made by the actions a real district is set up with."""
    congress = orgs.a_congress()
    setup = orgs.setup_actor(congress)
    deputy = orgs.a_deputy("周延庆", code="D001", station="S01")
    other = orgs.a_deputy("龚援朝", code="D002", station="S02", delegation="望河代表团", constituency="第4选区")
    actions.add_standard_categories(actor=setup)
    levels = {"S01": StationLevel.STREET, "S02": StationLevel.STREET, "C01": StationLevel.COMMUNITY}
    stations = {
        code: actions.set_up_station(
            unit_id=orgs.a_unit(code).pk,
            level=level,
            actor=setup,
            address=f"{STREETS[code]}路{number}号",
            phone="0371-55550001",
            reception_text="每月8日 9:00-11:00",
            contact_name="蒋素贞",
            head_id=deputy.pk if code == "S01" else None,
        )
        for number, (code, level) in enumerate(levels.items(), 1)
    }
    return Scene(congress, stations, deputy, other)


def signed_in(person: Person, client: Client | None = None) -> Client:
    """A browser in which that person has signed in already."""
    user, _ = User.objects.get_or_create(
        person=person,
        defaults={
            "login": f"p{person.pk}",
            "password_changed_at": clock.now(),
            "created_at": clock.now(),
            "must_change_password": False,
        },
    )
    browser = client or Client()
    session = browser.session
    with transaction.atomic():
        session[SESSION_KEY] = begin(user, origin="127.0.0.1", agent="test").pk
    session.save()
    return browser


def entering(scene: Scene, role: Role | None, where: str = "") -> Client:
    """A browser for a row of the access table: nobody, a deputy by code, or a role at a unit."""
    if role is None:
        return Client()
    if role is Role.DEPUTY:
        return signed_in((scene.deputy if where == scene.deputy.code else scene.other_deputy).person)
    return signed_in(orgs.a_staff_member(role, where))

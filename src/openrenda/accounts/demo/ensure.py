"""Making the demo accounts, on top of a loaded district."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import transaction

from openrenda.accounts.errors import DemoOnly
from openrenda.accounts.models import User
from openrenda.audit.actions import record
from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.orgs import actions as orgs
from openrenda.orgs.models import Congress, Mandate, Person, Post
from openrenda.orgs.selectors import current_term
from openrenda.orgs.states import Role

from .places import Places, leading_mandate
from .roster import DEPUTIES, STAFF, StaffRole


@dataclass(frozen=True, slots=True)
class Missing:
    """A role for which the district has nobody and no place."""

    login: str
    place: str


@transaction.atomic
def ensure_accounts(congress: Congress, *, prefer: Sequence[str] = ()) -> list[Missing]:
    """Make what is missing of one account per role; safe to run again. `prefer`: codes of departments with much work.

    Returns the roles that this district cannot fill. Raises DemoOnly outside of a demonstration.
    """
    if not settings.DEMO:
        raise DemoOnly
    actor = Actor.system("demo", congress.pk)
    places = Places.of(congress, prefer)
    since = current_term(congress.pk, clock.today()).starts_on or clock.today()
    missing = []
    for entry in DEPUTIES:
        mandate = places.deputy(entry.place)
        if mandate is None:
            missing.append(Missing(entry.login, entry.place))
            continue
        if entry.role is Role.DEPUTY_LEAD and not mandate.leads_delegation:
            orgs.name_delegation_lead(mandate_id=mandate.pk, actor=actor)
        _ensure_login(entry.login, mandate.person, hat=f"mandate:{mandate.pk}", actor=actor)
    chair = leading_mandate(places)
    return missing + [
        Missing(staff.login, staff.place)
        for staff in STAFF
        if not _ensure_staff(staff, places, since, actor, chair=chair if staff.role is Role.SC_LEADER else None)
    ]


def _ensure_staff(entry: StaffRole, places: Places, since: date, actor: Actor, *, chair: Mandate | None) -> bool:
    unit = places.unit(entry.place)
    if unit is None:
        return False
    user = User.objects.filter(login=entry.login).select_related("person").first()
    person = user.person if user else _person_for(entry, chair, actor)
    held = Post.objects.filter(person=person, role=entry.role, ends_on=None).first()
    if held is None:
        held = orgs.appoint(person_id=person.pk, role=entry.role, unit_id=unit.pk, starts_on=since, actor=actor)
    _ensure_login(entry.login, person, hat=f"unit:{held.unit_id}", actor=actor)
    return True


def _person_for(entry: StaffRole, chair: Mandate | None, actor: Actor) -> Person:
    """The chair is a deputy already: one person, two hats. Everybody else is made up."""
    if chair is not None and not User.objects.filter(person_id=chair.person_id).exists():
        return chair.person
    return orgs.add_person(name=entry.name, email=f"{entry.login}@example.invalid", actor=actor)


def _ensure_login(login: str, person: Person, *, hat: str, actor: Actor) -> None:
    """A login without a password: only the demo page lets one in."""
    if User.objects.filter(login=login).exists() or User.objects.filter(person=person).exists():
        return
    now = clock.now()
    user = User(
        login=login, person=person, last_hat=hat, must_change_password=False, password_changed_at=now, created_at=now
    )
    user.set_unusable_password()
    user.save()
    record(actor, "accounts.demo_created", user, person=person.pk)

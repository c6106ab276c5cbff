"""What the demo page lists."""

from dataclasses import dataclass

from openrenda.accounts.models import User
from openrenda.accounts.states import DemoGroup
from openrenda.kernel import clock
from openrenda.orgs.models import Mandate, Post

from .roster import CAN, ORDER


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """One account: who, where, what for."""

    login: str
    person_id: int
    name: str
    role: str
    place: str
    can: str


@dataclass(frozen=True, slots=True)
class DemoSection:
    """Accounts that stand together."""

    label: str
    accounts: list[DemoAccount]


def grouped(congress_id: int) -> list[DemoSection]:
    """The accounts that exist, by group in the roster's order; empty groups are left out. Three queries."""
    users = list(
        User.objects.filter(login__in=CAN, person__congress_id=congress_id, is_active=True).select_related("person")
    )
    people = [user.person_id for user in users]
    today = clock.today()
    posts = Post.objects.filter(person_id__in=people, starts_on__lte=today, ends_on=None).select_related("unit")
    places = {(post.person_id, post.role): str(post.unit) for post in posts}
    mandates = Mandate.objects.filter(person_id__in=people, ends_on=None).select_related("delegation", "station")
    seats = {m.person_id: " · ".join(str(part) for part in (m.delegation, m.station) if part) for m in mandates}
    sections: dict[DemoGroup, list[DemoAccount]] = {group: [] for group in DemoGroup}
    for user in sorted(users, key=lambda user: ORDER[user.login]):
        group, role, can = CAN[user.login]
        place = places.get((user.person_id, str(role))) or seats.get(user.person_id, "")
        sections[group].append(DemoAccount(user.login, user.person_id, user.person.name, role.label, place, can))
    return [DemoSection(group.label, accounts) for group, accounts in sections.items() if accounts]

"""Logins for people of the small district, and clients that are signed in by the real way."""

from typing import Any

from django.test import Client

from openrenda.accounts import actions, selectors
from openrenda.accounts.models import SignIn, User
from openrenda.kernel.actor import Actor
from openrenda.orgs.models import Congress, Mandate, Person, Unit
from openrenda.orgs.states import Role
from tests.makers.orgs import a_congress, a_staff_member

PASSWORD = "Tong-Hua-2025"


def sysadmin_actor(congress: Congress | None = None) -> Actor:
    """Who opens accounts from the command line."""
    congress = congress or a_congress()
    roles = frozenset({(str(Role.SYSADMIN), 0)})
    return Actor(urn="cli:test", name="test", congress_id=congress.pk, roles=roles, origin="cli")


def visitor(congress: Congress | None = None, origin: str = "10.0.0.1") -> Actor:
    """Somebody at the sign-in page."""
    return Actor.anonymous((congress or a_congress()).pk, origin)


def a_user(person: Person, *, login: str = "", password: str = PASSWORD, fresh: bool = False) -> User:
    """A login; its owner has changed the one-time password unless it is `fresh` (then `password` is not used)."""
    login = login or f"user{person.pk}"
    user, once = actions.create_account(person_id=person.pk, login=login, actor=sysadmin_actor(person.congress))
    if fresh:
        user.once = once  # type: ignore[attr-defined]  # for the test that asks for a fresh one
        return user
    row = actions.sign_in(login=login, password=once, actor=visitor(person.congress))
    me = selectors.actor_of(user)
    actions.change_password(user_id=user.pk, old=once, new=password, actor=me, keep_sign_in=row.pk)
    actions.sign_out(sign_in_id=row.pk, actor=me)
    user.refresh_from_db()
    return user


def a_user_in(role: Role, unit: Unit | str = "R01", **given: Any) -> User:
    """A login whose person holds `role`."""
    return a_user(a_staff_member(role, unit), **given)


def a_deputy_user(mandate: Mandate, **given: Any) -> User:
    """A deputy's login."""
    return a_user(mandate.person, **given)


def a_sign_in(user: User, *, password: str = PASSWORD, origin: str = "10.0.0.1") -> SignIn:
    """An open session without a browser."""
    return actions.sign_in(login=user.login, password=password, actor=visitor(user.person.congress, origin))


def client_of(user: User, *, password: str = PASSWORD) -> Client:
    """A browser in which `user` has signed in at the page."""
    client = Client()
    answer = client.post("/account/sign-in/", {"login": user.login, "password": password, "next": "/account/"})
    assert answer.status_code == 303, answer.content.decode()
    return client


def client_in(role: Role, unit: Unit | str = "R01") -> Client:
    """A browser signed in as somebody who holds `role`."""
    return client_of(a_user_in(role, unit))

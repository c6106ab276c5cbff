"""Stepping into a demo account without a password."""

from django.conf import settings
from django.db import transaction

from openrenda.accounts.actions import sign_out
from openrenda.accounts.actions.sign_in import begin
from openrenda.accounts.errors import DemoOnly
from openrenda.accounts.models import SignIn, User
from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import NotFound

from .roster import CAN


@transaction.atomic
def step_in(*, login: str, leaving: int | None, actor: Actor, agent: str) -> SignIn:
    """Begin a session of a demo account, ending the one before. Refuses every login that is not one of the roster's."""
    if not settings.DEMO:
        raise DemoOnly
    user = (
        User.objects.select_related("person")
        .filter(login=login, person__congress_id=actor.congress_id, is_active=True)
        .first()
    )
    if login not in CAN or user is None or user.has_usable_password():
        raise NotFound("accounts.no_demo_account")
    if leaving is not None:
        sign_out(sign_in_id=leaving, actor=actor)
    return begin(user, origin=actor.origin, agent=agent, demo="yes")

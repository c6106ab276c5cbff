"""Choosing in which capacity to act."""

from django.db import transaction

from openrenda.accounts.errors import NotYourHat
from openrenda.accounts.models import SignIn
from openrenda.accounts.selectors import hats_today
from openrenda.audit.actions import digest, record
from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import NotFound


@transaction.atomic
def wear_hat(*, sign_in_id: int, key: str, actor: Actor) -> SignIn:
    """Act in another capacity from now on, in this session, and first in the next one."""
    row = SignIn.objects.select_for_update(of=("self",)).filter(pk=sign_in_id, ended_at=None)
    found = row.select_related("user__person").first()
    if found is None or found.user.person_id != actor.person_id:
        raise NotFound("accounts.no_session")
    if key not in {hat.key for hat in hats_today(found.user)}:
        raise NotYourHat
    before = digest(found)
    found.hat = found.user.last_hat = key
    found.save(update_fields=["hat"])
    found.user.save(update_fields=["last_hat"])
    record(actor, "accounts.hat_chosen", found, before=before, hat=key)
    return found

"""Who wants letters about what: by the settings page, or by the link in a letter, without signing in."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core import signing
from django.db import transaction

from openrenda.audit.actions import digest, record
from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.notifications.errors import BadOptOut
from openrenda.notifications.models import EmailPreference, Notification

_SALT = "openrenda.notifications.opt-out"


@dataclass(frozen=True, slots=True)
class OptOut:
    """What a link in a letter stands for."""

    recipient: str
    topic: str
    congress_id: int


def opt_out_token(notice: Notification) -> str:
    """A signed value that ends letters of this topic to this recipient, and can do nothing else."""
    return signing.dumps([notice.recipient, notice.topic, notice.congress_id], salt=_SALT)


def read_opt_out(token: str) -> OptOut:
    """What the link stands for; BadOptOut when it was cut or made up. It does not expire: old letters must work."""
    try:
        recipient, topic, congress_id = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError) as error:
        raise BadOptOut from error
    return OptOut(str(recipient), str(topic), int(congress_id))


@transaction.atomic
def set_by_token(*, token: str, wanted: bool, origin: str = "") -> EmailPreference:
    """Do what the link says, without signing in: whoever has the letter may end it, or take it back."""
    link = read_opt_out(token)
    actor = Actor(urn=link.recipient, name="", congress_id=link.congress_id, origin=origin)
    return _set(actor, link.recipient, link.topic, wanted=wanted)


@transaction.atomic
def set_preferences(*, wanted: Mapping[str, bool], actor: Actor) -> None:
    """Choose per topic; topics not named stay as they are."""
    for topic in sorted(wanted):
        _set(actor, actor.urn, topic, wanted=wanted[topic])


def _set(actor: Actor, recipient: str, topic: str, *, wanted: bool) -> EmailPreference:
    row, fresh = EmailPreference.objects.select_for_update().get_or_create(
        recipient=recipient,
        topic=topic,
        defaults={"congress_id": actor.congress_id, "wanted": wanted, "changed_at": clock.now()},
    )
    before = "" if fresh else digest(row)
    if fresh or row.wanted != wanted:
        row.wanted, row.changed_at = wanted, clock.now()
        row.save(update_fields=["wanted", "changed_at"])
        record(actor, "notifications.preference_set", row, before=before, topic=topic, wanted=wanted)
    return row

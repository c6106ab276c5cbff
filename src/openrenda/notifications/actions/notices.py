"""Telling, and noting that it was read."""

from collections.abc import Iterable

from django.db import transaction
from procrastinate.contrib.django import app as queue

from openrenda.kernel import clock
from openrenda.kernel.crypto import seal
from openrenda.kernel.event import Meta
from openrenda.kernel.subject import SubjectRef
from openrenda.notifications.errors import NoNotice
from openrenda.notifications.models import EmailPreference, Notification
from openrenda.notifications.states import EmailState
from openrenda.orgs.models import Person

SEND_TASK = "openrenda.notifications.tasks.send_email"


@transaction.atomic
def notify(
    *,
    meta: Meta,
    recipients: Iterable[str],
    subject: SubjectRef,
    title: str,
    body: str = "",
    why: str,
    email: str = "",
    **params: str | int,
) -> list[Notification]:
    """Tell each recipient ("person:17", "opinion:55") of the fact once; who was told of it before is left out.

    Called by subscribers, in their transaction: a crash after it leaves no notice and no letter. `email` is the
    address of a recipient who is no Person. At most five queries, whatever the number of recipients.
    """
    wanted = dict.fromkeys(recipients)
    told = set(Notification.objects.filter(event_id=meta.event_id).values_list("recipient", flat=True))
    fresh = [urn for urn in wanted if urn not in told]
    if not fresh:
        return []
    states = _email_states(fresh, subject.kind.partition(".")[0], email)
    rows = Notification.objects.bulk_create(
        Notification(
            congress_id=meta.congress_id,
            event_id=meta.event_id,
            recipient=urn,
            subject_kind=subject.kind,
            subject_id=subject.id,
            title=title,
            body=body,
            why=why,
            params=params,
            created_at=clock.now(),
            email_state=states[urn],
            email_sealed=seal(email) if states[urn] is EmailState.QUEUED and not urn.startswith("person:") else "",
        )
        for urn in fresh
    )
    _defer([row.pk for row in rows if row.email_state == EmailState.QUEUED])
    return rows


def _email_states(urns: list[str], topic: str, email: str) -> dict[str, EmailState]:
    ids = [int(urn.partition(":")[2]) for urn in urns if urn.startswith("person:")]
    reached = set(Person.objects.filter(pk__in=ids).exclude(email="").values_list("pk", flat=True)) if ids else set()
    have = {f"person:{pk}" for pk in reached} | ({u for u in urns if not u.startswith("person:")} if email else set())
    declined: set[str] = set()
    if have:
        rows = EmailPreference.objects.filter(recipient__in=have, topic=topic, wanted=False)
        declined = set(rows.values_list("recipient", flat=True))
    return {
        urn: EmailState.DECLINED if urn in declined else EmailState.QUEUED if urn in have else EmailState.NONE
        for urn in urns
    }


def _defer(ids: list[int]) -> None:
    """One job per letter, in the same transaction. The lock keeps two workers from one letter."""
    for pk in ids:
        queue.configure_task(SEND_TASK, lock=f"notification:{pk}").defer(notification_id=pk)


def mark_read(*, notification_id: int, recipient: str) -> Notification:
    """The recipient has seen it; only the first time counts. NotFound for anybody else's."""
    row = Notification.objects.filter(pk=notification_id, recipient=recipient).first()
    if row is None:
        raise NoNotice
    if row.read_at is None:
        row.read_at = clock.now()
        row.save(update_fields=["read_at"])
    return row


def mark_all_read(*, recipient: str, up_to_id: int) -> int:
    """Everything the recipient saw on the page; what came meanwhile stays unread. Returns how many."""
    rows = Notification.objects.filter(recipient=recipient, read_at=None, pk__lte=up_to_id)
    return rows.update(read_at=clock.now())

"""Reads: the inbox, the count in the header, what a page without an account shows, who wants letters."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps

from openrenda.kernel import subject as subjects
from openrenda.kernel.actor import Actor
from openrenda.kernel.subject import SubjectRef

from .models import EmailPreference, Notification
from .states import EmailState

PAGE = 20
MOST_COUNTED = 100


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice as a page shows it: `t(notice.title, **notice.params)`."""

    id: int
    title: str
    body: str
    why: str
    params: Mapping[str, Any]
    created_at: datetime
    is_read: bool
    topic: str
    topic_label: str
    email_state: EmailState
    subject: SubjectRef


@dataclass(frozen=True, slots=True)
class InboxPage:
    """A page of the inbox, newest first; `older_than` is the id to ask for the next, None on the last."""

    notices: list[Notice]
    older_than: int | None

    @property
    def newest_id(self) -> int:
        """Everything up to it was on the page."""
        return self.notices[0].id if self.notices else 0


@dataclass(frozen=True, slots=True)
class TopicChoice:
    """A topic of the settings page."""

    topic: str
    label: str
    wanted: bool


def inbox(recipient: str, *, before_id: int | None = None, unread_only: bool = False, size: int = PAGE) -> InboxPage:
    """A page of somebody's notices, keyset by id. One query, the same at any length."""
    rows = Notification.objects.filter(recipient=recipient)
    if before_id is not None:
        rows = rows.filter(pk__lt=before_id)
    if unread_only:
        rows = rows.filter(read_at=None)
    found = [_notice(row) for row in rows.order_by("-pk")[: size + 1]]
    return InboxPage(found[:size], found[size - 1].id if len(found) > size else None)


def unread_count(recipient: str) -> int:
    """How many are unread, counted to a hundred: more is 99+. One query on a partial index."""
    return Notification.objects.filter(recipient=recipient, read_at=None)[:MOST_COUNTED].count()


def notices_for(recipient: str) -> list[Notice]:
    """All notices of a recipient without an account ("opinion:55"), oldest first. One query."""
    return [_notice(row) for row in Notification.objects.filter(recipient=recipient).order_by("pk")]


def address_for(notice: Notification, actor: Actor) -> str:
    """Where the notice leads this actor; empty when there is nothing (any more) that he may see."""
    ref = SubjectRef(notice.subject_kind, notice.subject_id)
    return subjects.known(ref.kind).url(ref.id, actor) if subjects.visible(actor, ref) else ""


def topics_of(recipient: str) -> list[TopicChoice]:
    """All topics there are, and whether the recipient wants letters about them. One query."""
    declined = _declined([recipient])
    return [
        TopicChoice(topic, topic_label(topic), (recipient, topic) not in declined)
        for topic in sorted({kind.partition(".")[0] for kind in subjects.kinds()})
    ]


def topic_label(topic: str) -> str:
    """The name under which its app is known (its verbose_name is the msgid)."""
    return str(apps.get_app_config(topic).verbose_name) if topic in apps.app_configs else topic


def _declined(recipients: Iterable[str]) -> set[tuple[str, str]]:
    rows = EmailPreference.objects.filter(recipient__in=list(recipients), wanted=False)
    return set(rows.values_list("recipient", "topic"))


def _notice(row: Notification) -> Notice:
    return Notice(
        id=row.pk,
        title=row.title,
        body=row.body,
        why=row.why,
        params=row.params,
        created_at=row.created_at,
        is_read=row.read_at is not None,
        topic=row.topic,
        topic_label=topic_label(row.topic),
        email_state=EmailState(row.email_state),
        subject=SubjectRef(row.subject_kind, row.subject_id),
    )

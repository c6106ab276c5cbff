"""Sending the e-mail of a notice.

The row goes queued → sending → sent, each in a transaction of its own with the SMTP dialogue between the last two. A
worker killed in that gap leaves "sending", and the letter goes out again with the same Message-ID: between two machines
"exactly once" cannot be had, only "at least once, and recognisably the same" (docs/explanation/notifications.md).
"""

import smtplib
from email.utils import format_datetime
from hashlib import sha256
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from openrenda.kernel import clock
from openrenda.kernel import subject as subjects
from openrenda.kernel.actor import Actor
from openrenda.kernel.crypto import unseal
from openrenda.notifications.models import EmailPreference, Notification
from openrenda.notifications.states import EmailState
from openrenda.orgs.models import Person
from openrenda.ui import render
from openrenda.ui.filters import t

from .preferences import opt_out_token

MOST_TRIES = 8
LANGUAGE = "zh-hans"


class NotSent(Exception):
    """The mail server did not take the letter now; the job is tried again."""


def send_email(*, notification_id: int) -> EmailState | None:
    """Send the letter; None when it was sent before, is no longer wanted, or has nobody to go to.

    Raises NotSent to be tried again.
    """
    begun = _begin(notification_id)
    if begun is None:
        return None
    notice, address = begun
    try:
        compose(notice, address).send()
    except smtplib.SMTPRecipientsRefused as error:
        return _refused(notice, error)
    except (smtplib.SMTPException, OSError) as error:
        return _failed(notice, str(error), final=notice.email_tries >= MOST_TRIES)
    return _end(notice, EmailState.SENT)


@transaction.atomic
def _begin(notification_id: int) -> tuple[Notification, str] | None:
    notice = Notification.objects.select_for_update().filter(pk=notification_id).first()
    if notice is None or notice.email_state not in (EmailState.QUEUED, EmailState.SENDING):
        return None
    declined = EmailPreference.objects.filter(recipient=notice.recipient, topic=notice.topic, wanted=False)
    address = _address_of(notice)
    if not address or declined.exists():
        notice.email_state = EmailState.DECLINED if address else EmailState.NONE
        notice.email_sealed = ""
        notice.save(update_fields=["email_state", "email_sealed"])
        return None
    notice.email_state = EmailState.SENDING
    notice.email_tries += 1
    notice.save(update_fields=["email_state", "email_tries"])
    return notice, address


def _end(notice: Notification, state: EmailState, error: str = "") -> EmailState:
    """Final: the address of somebody who is no Person has served its purpose and is forgotten."""
    notice.email_state, notice.email_error, notice.email_sealed = state, error[:200], ""
    notice.email_sent_at = clock.now() if state is EmailState.SENT else None
    notice.save(update_fields=["email_state", "email_error", "email_sealed", "email_sent_at"])
    return state


def _refused(notice: Notification, error: smtplib.SMTPRecipientsRefused) -> EmailState:
    """5xx: there is no such mailbox, trying again is no use. 4xx: later perhaps."""
    code, said = next(iter(error.recipients.values()))
    return _failed(
        notice, f"{code} {said.decode('utf-8', 'replace')}", final=code >= 500 or notice.email_tries >= MOST_TRIES
    )


def _failed(notice: Notification, reason: str, *, final: bool) -> EmailState:
    if final:
        return _end(notice, EmailState.FAILED, reason)
    notice.email_state, notice.email_error = EmailState.QUEUED, reason[:200]
    notice.save(update_fields=["email_state", "email_error"])
    raise NotSent(reason)


def _address_of(notice: Notification) -> str:
    if notice.recipient.startswith("person:"):
        person = Person.objects.filter(pk=int(notice.recipient.partition(":")[2])).first()
        return person.email if person else ""
    return unseal(notice.email_sealed)


def compose(notice: Notification, address: str) -> EmailMessage:
    """The letter: plain text, in Chinese, with where to look, why it came, and how to have no more of them."""
    stop = _absolute(reverse("notifications:stop", args=[opt_out_token(notice)]))
    with translation.override(LANGUAGE):
        title = t(notice.title, **notice.params)
        house = notice.congress.short_name
        text = render.text(
            "notifications/letter.txt",
            {
                "notice": notice,
                "title": title,
                "body": t(notice.body, **notice.params),
                "why": t(notice.why, **notice.params),
                "link": _link(notice),
                "stop": stop,
                "house": notice.congress.name,
                "phone": notice.congress.phone,
            },
        )
    subject = " ".join(f"【{house}】{title}".split())  # a line break in a header would be refused
    return EmailMessage(
        subject,
        text,
        to=[address],
        headers={
            "Message-ID": message_id(notice),
            "Date": format_datetime(clock.now()),
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )


def message_id(notice: Notification) -> str:
    """The same for each sending of the same notice: a receiver may drop the second. It tells nobody how many."""
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    digest = sha256(f"{settings.SECRET_KEY} notice {notice.event_id} {notice.recipient}".encode()).hexdigest()
    return f"<notice.{digest[:32]}@{host}>"


def _link(notice: Notification) -> str:
    """For a person her inbox, where she signs in and is led on; for anybody else the subject's own page."""
    if notice.recipient.startswith("person:"):
        return _absolute(reverse("notifications:open", args=[notice.pk]))
    reader = Actor(urn=notice.recipient, name="", congress_id=notice.congress_id)
    return _absolute(subjects.known(notice.subject_kind).url(notice.subject_id, reader))


def _absolute(path: str) -> str:
    return f"{settings.BASE_URL.rstrip('/')}{path}"

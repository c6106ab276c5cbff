"""Notices made the way subscribers make them, and a mail server that remembers."""

import email
import email.policy
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from itertools import count
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from openrenda.kernel import clock
from openrenda.kernel.event import Meta
from openrenda.kernel.subject import SubjectRef
from openrenda.notifications import actions
from openrenda.notifications.models import Notification
from openrenda.orgs.models import Person
from tests.makers import orgs

CASE = SubjectRef("liaison.opinion", 7)
_facts = count(1)


def a_meta(event_id: int = 0, congress_id: int = 0) -> Meta:
    """A fact's context; a fresh one unless its number is given."""
    return Meta(event_id or next(_facts), congress_id or orgs.a_congress().pk, clock.now(), "person:9")


def a_person_with_email(address: str = "li@example.org") -> Person:
    """Somebody who gets letters."""
    return orgs.a_person(email=address)


def told(*recipients: str, **given: Any) -> list[Notification]:
    """One fact told to recipients."""
    values: dict[str, Any] = {
        "subject": CASE,
        "title": "意见 {number} 已受理",
        "body": "{station}将在{days}个工作日内答复。",
        "why": "您是{station}的联络员。",
        "number": "YJ2025-S01-000127",
        "station": "桐荫联络站",
        "days": 5,
    }
    meta = given.pop("meta", None) or a_meta()
    return actions.notify(meta=meta, recipients=recipients, **{**values, **given})


class Letterbox:
    """What a real SMTP server was handed. `answers` are given to the next recipients instead of 250."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.to: list[str] = []
        self.answers: list[str] = []
        self.broken_after_data = 0

    async def handle_RCPT(  # noqa: N802  aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.answers:
            return self.answers.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  the same
        content = envelope.content
        assert isinstance(content, bytes)
        parsed = email.message_from_bytes(content, policy=email.policy.default)
        assert isinstance(parsed, EmailMessage)
        self.letters.append(parsed)
        self.to += envelope.rcpt_tos
        if self.broken_after_data:
            self.broken_after_data -= 1
            return "451 the letter is here, but you will not believe it"
        return "250 OK"

    def texts(self) -> list[str]:
        """The letters' bodies."""
        return [letter.get_content() for letter in self.letters]


@contextmanager
def a_letterbox() -> Iterator[tuple[Letterbox, str, int]]:
    """A running server: (its memory, host, port)."""
    box = Letterbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield box, controller.hostname, port
    finally:
        controller.stop()

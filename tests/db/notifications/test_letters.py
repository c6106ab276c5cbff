"""Letters, handed to a real mail server: each once, each the same, each saying why and how to end them."""

from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import urlsplit

import pytest
from django.urls import resolve
from procrastinate.contrib.django.models import ProcrastinateJob

from openrenda.audit.models import AuditEntry
from openrenda.kernel import outbox
from openrenda.kernel.event import Event, Meta
from openrenda.notifications import actions, selectors, tasks
from openrenda.notifications.actions.letters import MOST_TRIES, NotSent, message_id
from openrenda.notifications.errors import BadOptOut
from openrenda.notifications.models import EmailPreference, Notification
from openrenda.notifications.states import EmailState
from tests.makers import orgs
from tests.makers.kernel import a_rollback, an_actor
from tests.makers.notifications import CASE, Letterbox, a_person_with_email, told


def send(notice: Notification) -> EmailState | None:
    return actions.send_email(notification_id=notice.pk)


def run_jobs() -> None:
    """What the worker would do now."""
    for job in ProcrastinateJob.objects.filter(task_name=actions.notices.SEND_TASK).order_by("pk"):
        tasks.send_email(**job.args)


@pytest.fixture
def urn() -> str:
    return f"person:{a_person_with_email().pk}"


def test_a_letter_says_what_where_why_and_how_to_end_it(urn: str, letterbox: Letterbox) -> None:
    (notice,) = told(urn)
    assert send(notice) is EmailState.SENT
    (letter,) = letterbox.letters
    assert letterbox.to == ["li@example.org"]
    assert letter["Subject"].strip() == "【云汀区人大】意见 YJ2025-S01-000127 已受理"
    assert letter.get_content_type() == "text/plain"
    text = letter.get_content()
    for part in (
        "意见 YJ2025-S01-000127 已受理", "桐荫联络站将在5个工作日内答复。", "您是桐荫联络站的联络员。",
        f"https://renda.example.org/inbox/{notice.pk}/", "云汀区人民代表大会", "0371-55550000",
    ):  # fmt: skip
        assert part in text
    assert letter["Message-ID"] == message_id(notice)
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    stop = letter["List-Unsubscribe"].strip(" <>")
    assert stop in text
    assert resolve(urlsplit(stop).path).view_name == "notifications:stop"
    notice.refresh_from_db()
    assert notice.email_sent_at is not None


def test_a_letter_is_sent_once_however_often_it_is_deferred(urn: str, letterbox: Letterbox) -> None:
    (notice,) = told(urn)
    run_jobs()
    run_jobs()
    assert send(notice) is None
    assert len(letterbox.letters) == 1


def test_text_is_not_escaped_and_breaks_no_header(urn: str, letterbox: Letterbox) -> None:
    (notice,) = told(
        urn, title="意见 {number}\r\nBcc: all@example.org", number="<b>&甲</b>", body="", why="因为 <我> & 您"
    )
    send(notice)
    (letter,) = letterbox.letters
    assert letter["Subject"].strip() == "【云汀区人大】意见 <b>&甲</b> Bcc: all@example.org"
    assert letter["Bcc"] is None
    assert letterbox.to == ["li@example.org"]
    assert "因为 <我> & 您" in letter.get_content()


def test_a_resident_is_led_to_her_own_page_and_her_address_is_forgotten(letterbox: Letterbox) -> None:
    (notice,) = told("opinion:55", email="resident@example.org")
    send(notice)
    assert letterbox.to == ["resident@example.org"]
    assert "https://renda.example.org/track/7/" in letterbox.texts()[0]
    notice.refresh_from_db()
    assert (notice.email_state, notice.email_sealed) == (EmailState.SENT, "")


def test_a_person_who_has_no_address_any_more_gets_none(letterbox: Letterbox) -> None:
    person = a_person_with_email("gone@example.org")
    (other,) = told(f"person:{person.pk}")
    person.email = ""
    person.save()
    assert send(other) is None
    assert letterbox.letters == []
    other.refresh_from_db()
    assert other.email_state == EmailState.NONE


# --- when the server says no ------------------------------------------------------------------------------------------


def test_a_mailbox_that_does_not_exist_is_final(urn: str, letterbox: Letterbox) -> None:
    letterbox.answers = ["550 no such user"]
    (notice,) = told(urn)
    assert send(notice) is EmailState.FAILED
    notice.refresh_from_db()
    assert notice.email_error == "550 no such user"
    assert send(notice) is None
    assert letterbox.letters == []


def test_a_server_that_is_busy_is_asked_again(urn: str, letterbox: Letterbox) -> None:
    letterbox.answers = ["450 try later"]
    (notice,) = told(urn)
    with pytest.raises(NotSent):
        send(notice)
    notice.refresh_from_db()
    assert (notice.email_state, notice.email_error) == (EmailState.QUEUED, "450 try later")
    assert send(notice) is EmailState.SENT
    assert len(letterbox.letters) == 1


def test_it_ends_after_so_many_tries(urn: str, letterbox: Letterbox) -> None:
    letterbox.answers = ["450 try later"] * MOST_TRIES
    (notice,) = told(urn)
    for _ in range(MOST_TRIES - 1):
        with pytest.raises(NotSent):
            send(notice)
    assert send(notice) is EmailState.FAILED


def test_no_server_at_all_is_tried_again(urn: str, settings: pytest.FixtureRequest) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # type: ignore[attr-defined]
    (notice,) = told(urn)
    with pytest.raises(NotSent):
        send(notice)
    notice.refresh_from_db()
    assert (notice.email_state, notice.email_tries) == (EmailState.QUEUED, 1)


def test_a_letter_that_went_out_unnoticed_goes_again_recognisably_the_same(urn: str, letterbox: Letterbox) -> None:
    """Exactly once cannot be had between two machines: the second has the first one's Message-ID."""
    letterbox.broken_after_data = 1
    (notice,) = told(urn)
    with pytest.raises(NotSent):
        send(notice)
    send(notice)
    first, second = letterbox.letters
    assert first["Message-ID"] == second["Message-ID"]
    assert first.get_content() == second.get_content()


def test_a_worker_killed_while_sending_leaves_a_letter_that_goes_again(urn: str, letterbox: Letterbox) -> None:
    (notice,) = told(urn)
    Notification.objects.filter(pk=notice.pk).update(email_state=EmailState.SENDING, email_tries=1)
    assert send(notice) is EmailState.SENT
    assert len(letterbox.letters) == 1


def test_message_ids_differ_by_recipient_and_tell_no_number(urn: str) -> None:
    first, second = told(urn, "person:77")
    assert message_id(first) != message_id(second)
    assert str(first.pk) + "@" not in message_id(first)


# --- the whole way from a fact ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Accepted(Event):
    kind: ClassVar[str] = "test.accepted"
    who: str


class Crash(Exception):
    """A subscriber's fault."""


class Subscribers:
    """One that tells, one that crashes as often as it is told to."""

    crashes = 0

    def tell(self, event: Accepted, meta: Meta) -> None:
        actions.notify(meta=meta, recipients=[event.who], subject=CASE, title="已受理", why="您提交了它。")
        if self.crashes > 0:
            self.crashes -= 1
            raise Crash

    def also_tell(self, event: Accepted, meta: Meta) -> None:
        actions.notify(meta=meta, recipients=[event.who], subject=CASE, title="又一条", why="您提交了它。")


@pytest.fixture
def subscribers(monkeypatch: pytest.MonkeyPatch) -> Subscribers:
    found = Subscribers()
    monkeypatch.setattr(outbox, "SUBSCRIBERS", {Accepted: (found.tell, found.also_tell)})
    return found


def test_a_fact_becomes_one_letter_though_two_subscribers_tell_it(
    subscribers: Subscribers, urn: str, letterbox: Letterbox
) -> None:
    outbox.publish(Accepted(urn), an_actor(congress_id=orgs.a_congress().pk))
    outbox.drain()
    outbox.drain()
    run_jobs()
    assert [letter["Subject"].strip() for letter in letterbox.letters] == ["【云汀区人大】已受理"]


def test_a_crash_after_telling_tells_nobody_and_the_retry_tells_once(
    subscribers: Subscribers, urn: str, letterbox: Letterbox
) -> None:
    subscribers.crashes = 2
    outbox.publish(Accepted(urn), an_actor(congress_id=orgs.a_congress().pk))
    for _ in range(2):
        with pytest.raises(Crash):
            outbox.drain()
    outbox.drain()
    run_jobs()
    assert len(letterbox.letters) == 1
    assert Notification.objects.count() == 1


def test_a_fact_that_was_rolled_back_sends_nothing(subscribers: Subscribers, urn: str, letterbox: Letterbox) -> None:
    with a_rollback():
        outbox.publish(Accepted(urn), an_actor())
    outbox.drain()
    run_jobs()
    assert letterbox.letters == []


# --- who does not want them -------------------------------------------------------------------------------------------


def test_the_link_ends_letters_of_its_topic_to_its_reader_and_nothing_else(urn: str, letterbox: Letterbox) -> None:
    (before,) = told(urn)
    token = actions.opt_out_token(before)
    actions.set_by_token(token=token, wanted=False, origin="10.0.0.1")
    assert send(before) is None, "also those that wait already"
    (after,) = told(urn)
    assert after.email_state == EmailState.DECLINED
    other = told(f"person:{a_person_with_email('wang@example.org').pk}")[0]
    assert send(other) is EmailState.SENT
    assert selectors.unread_count(urn) == 2, "the inbox is not affected"
    entry = AuditEntry.objects.get(kind="notifications.preference_set")
    assert (entry.actor_urn, entry.origin, entry.detail) == (urn, "10.0.0.1", {"topic": "liaison", "wanted": False})
    actions.set_by_token(token=token, wanted=True)
    assert told(urn)[0].email_state == EmailState.QUEUED


def test_topics_are_separate(urn: str) -> None:
    me = an_actor(urn, congress_id=told(urn)[0].congress_id)
    actions.set_preferences(wanted={"orgs": False, "liaison": True}, actor=me)
    assert [(t.topic, t.wanted) for t in selectors.topics_of(urn)] == [("liaison", True), ("orgs", False)]
    assert told(urn)[0].email_state == EmailState.QUEUED
    actions.set_preferences(wanted={"orgs": False}, actor=me)
    assert EmailPreference.objects.count() == 2, "what is not named stays as it is"
    assert AuditEntry.objects.filter(kind="notifications.preference_set").count() == 2, "no change, no row"


@pytest.mark.parametrize("change", [lambda t: t[:-1], lambda t: t + "x", lambda t: "x", lambda t: ""])
def test_a_link_that_was_cut_or_made_up_does_nothing(urn: str, change: object) -> None:
    token = actions.opt_out_token(told(urn)[0])
    with pytest.raises(BadOptOut):
        actions.set_by_token(token=change(token), wanted=False)  # type: ignore[operator]
    assert not EmailPreference.objects.exists()

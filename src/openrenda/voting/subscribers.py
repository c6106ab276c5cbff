"""Who is told what of a vote: scrutineers when their keys are asked for, the office when something is left open."""

from openrenda.kernel import clock
from openrenda.kernel.event import Meta
from openrenda.kernel.subject import SubjectRef
from openrenda.kernel.text import N_
from openrenda.notifications.actions import notify
from openrenda.orgs.selectors import people_with_role
from openrenda.orgs.states import Role

from .events import PollClosed, PollEvent, PollVoided, SetupBegun
from .models import Poll
from .states import Duty

KEEPER = N_("您是这次表决的监票人。")
OFFICE = N_("这次表决由您的岗位组织。")


def _scrutineers(poll: Poll) -> list[str]:
    rows = poll.scrutineers.exclude(duty=Duty.TELLER).order_by("pk")
    return [f"person:{pk}" for pk in rows.values_list("mandate__person_id", flat=True)]


def _tell(event: PollEvent, meta: Meta, recipients: list[str], title: str, why: str, reason: str = "") -> None:
    poll = Poll.objects.only("title").get(pk=event.poll_id)
    subject = SubjectRef("voting.poll", event.poll_id)
    notify(
        meta=meta, recipients=recipients, subject=subject, title=title, why=why, matter=poll.title, reason=reason
    )  # fmt: skip


def tell_setup(event: SetupBegun, meta: Meta) -> None:
    """Keys are asked for."""
    poll = Poll.objects.get(pk=event.poll_id)
    _tell(event, meta, _scrutineers(poll), N_("请为“{matter}”生成您的监票密钥"), KEEPER)


def tell_closed(event: PollClosed, meta: Meta) -> None:
    """An electronic vote waits for its decryption, any other for nothing that we could tell."""
    poll = Poll.objects.get(pk=event.poll_id)
    if poll.is_electronic:
        _tell(event, meta, _scrutineers(poll), N_("“{matter}”投票已结束，请解密"), KEEPER)


def tell_voided(event: PollVoided, meta: Meta) -> None:
    """A void vote has to be repeated."""
    people = people_with_role(meta.congress_id, Role.SC_OFFICE, clock.today()).order_by("pk")
    recipients = [f"person:{pk}" for pk in people.values_list("pk", flat=True)]
    _tell(event, meta, recipients, N_("“{matter}”表决无效，须重新投票：{reason}"), OFFICE, event.reason)

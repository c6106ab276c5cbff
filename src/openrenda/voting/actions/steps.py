"""What every action of the slice does alike: lock, (decide), write, record."""

from dataclasses import dataclass

from openrenda.audit.actions import digest, record
from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import Invalid
from openrenda.kernel.text import N_
from openrenda.voting.errors import NoPoll
from openrenda.voting.models import Poll
from openrenda.voting.rules.who import FOLLOWER
from openrenda.voting.states import State
from openrenda.voting.workflow import POLL


@dataclass(slots=True)
class Locked:
    """A poll under lock, with what it was before."""

    poll: Poll
    before: str

    def go(self, move: str, actor: Actor) -> None:
        """Leave for the move, and its new state on the (unsaved) row."""
        poll = self.poll
        poll.state = POLL.take(move, actor, poll).lands(State(poll.state))

    def follow(self, move: str) -> None:
        """A move that follows from what was just written."""
        self.go(move, Actor(FOLLOWER, "系统", self.poll.congress_id))

    def write(self, actor: Actor, kind: str, **detail: str | int | bool | None) -> None:
        """Save and record."""
        self.poll.save()
        record(actor, f"voting.{kind}", self.poll, before=self.before, **detail)
        self.before = digest(self.poll)


def lock(poll_id: int, actor: Actor) -> Locked:
    """Lock the poll in the actor's congress; NoPoll otherwise. Two queries."""
    poll = (
        Poll.objects.select_for_update(of=("self",))
        .prefetch_related("scrutineers")
        .filter(pk=poll_id, congress_id=actor.congress_id)
        .first()
    )
    if poll is None:
        raise NoPoll
    return Locked(poll, digest(poll))


def required(**texts: str) -> dict[str, str]:
    """The texts trimmed; Invalid names those left empty."""
    trimmed = {name: text.strip() for name, text in texts.items()}
    if missing := {name: N_("请填写。") for name, text in trimmed.items() if not text}:
        raise Invalid(fields=missing)
    return trimmed


def facts_of(poll: Poll) -> dict[str, str | int]:
    """What every event of a poll says."""
    return {
        "poll_id": poll.pk,
        "key": poll.key,
        "subject_kind": poll.subject_kind,
        "subject_id": poll.subject_id,
        "meeting_ref": poll.meeting_ref,
    }

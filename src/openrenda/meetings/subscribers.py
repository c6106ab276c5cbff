"""What votes say is taken up by the agenda."""

from openrenda.kernel.event import Meta
from openrenda.voting.events import PollCancelled, PollPublished, PollVoided

from . import actions
from .actions.votes import item_id_of


def take_result(event: PollPublished, meta: Meta) -> None:
    """A published vote decides its item, unless one more vote was ordered."""
    item_id = item_id_of(event.meeting_ref)
    if item_id is not None and event.final:
        actions.follow_published(
            item_id=item_id,
            poll_id=event.poll_id,
            poll_key=event.key,
            outcome=event.outcome,
            congress_id=meta.congress_id,
        )


def take_void(event: PollVoided, meta: Meta) -> None:
    """A void vote leaves its item open."""
    item_id = item_id_of(event.meeting_ref)
    if item_id is not None:
        actions.follow_voided(item_id=item_id, congress_id=meta.congress_id)


def take_cancelled(event: PollCancelled, meta: Meta) -> None:
    """A vote given up before it opened: the item may be put to another."""
    item_id = item_id_of(event.meeting_ref)
    if item_id is not None:
        actions.follow_cancelled(item_id=item_id, congress_id=meta.congress_id)

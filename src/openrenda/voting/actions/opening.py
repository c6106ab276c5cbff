"""The vote opens: the quorum is there, the rules are frozen and hashed. It closes, or is void."""

from collections.abc import Sequence

from django.db import transaction

from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import Invalid
from openrenda.kernel.outbox import publish
from openrenda.kernel.parameters import number, value
from openrenda.kernel.text import N_
from openrenda.voting.errors import NoDifference, QuorumMissing
from openrenda.voting.events import PollClosed, PollOpened, PollVoided
from openrenda.voting.models import Option, Poll
from openrenda.voting.rules import settings
from openrenda.voting.rules.count import Rules, differs_enough, hash_of
from openrenda.voting.states import EventKind, Issued, Repeat

from .board import close_board, open_board
from .steps import Locked, facts_of, lock, required


@transaction.atomic
def open_poll(*, poll_id: int, actor: Actor) -> Poll:
    """Declare it open. Quorum and difference are checked once more; from here on the rules cannot change.

    An electronic one gets its election and the first event of its board.
    """
    case = lock(poll_id, actor)
    case.go("open", actor)
    poll = case.poll
    present = poll.roll.filter(is_present=True).count()
    if present < poll.quorum:
        raise QuorumMissing(present=present, needed=poll.quorum)
    options = list(poll.options.all())
    _must_differ(poll, len(options))
    poll.opened_at = clock.now()
    poll.rules = frozen_rules(poll, options)
    poll.rules_hash = hash_of(poll.rules)
    if poll.is_electronic:
        open_board(poll, options, present)
    case.write(actor, "opened", present=present, rules_hash=poll.rules_hash)
    publish(PollOpened(**facts_of(poll)), actor)  # type: ignore[arg-type]  # keys are those of the event
    return poll


def _must_differ(poll: Poll, candidates: int) -> None:
    percent = number(settings.MIN_DIFF_PERCENT, poll.congress_id) if poll.repeat_reason == Repeat.NOTHING else 0
    if poll.quota and not differs_enough(candidates, poll.quota, percent):
        raise NoDifference(candidates=candidates, quota=poll.quota, percent=percent)


def frozen_rules(poll: Poll, options: Sequence[Option]) -> dict[str, object]:
    """Everything that decides this vote, as it is published and hashed."""
    rules = Rules(
        form=poll.form,
        base=poll.base,
        line=poll.line,
        quota=poll.quota,
        minimum=poll.minimum,
        maximum=poll.maximum,
        options=tuple(option.ref for option in options),
        blank=str(value(settings.BLANK_BALLOT, poll.congress_id)),
        grade_rule=str(value(settings.GRADE_RULE, poll.congress_id)),
        shortfall=str(value(settings.SHORTFALL_RULE, poll.congress_id)),
        second=poll.line == 0,
    )
    return {
        **rules.as_json(),
        "key": poll.key,
        "title": poll.title,
        "method": poll.method,
        "labels": [option.label for option in options],
        "notes": [option.note for option in options],
        "quorum": poll.quorum,
        "threshold": poll.threshold,
        "repeats": poll.repeats.key if poll.repeats else "",
        "repeat_reason": poll.repeat_reason,
    }


@transaction.atomic
def mark_present(*, poll_id: int, mandate_ids: Sequence[int], actor: Actor) -> int:
    """Members who came after the opening; only from absent to present. Returns how many."""
    case = lock(poll_id, actor)
    case.go("mark_present", actor)
    wanted = set(mandate_ids)
    rows = case.poll.roll.filter(mandate_id__in=wanted)
    if rows.count() != len(wanted):
        raise Invalid(fields={"mandates": N_("有人不在应到名单中。")})
    changed = rows.filter(is_present=False).update(is_present=True)
    case.write(actor, "marked_present", people=changed)
    return changed


@transaction.atomic
def close_poll(*, poll_id: int, actor: Actor) -> Poll:
    """No more votes. More electronic ballots than slips handed out make the vote void."""
    case = lock(poll_id, actor)
    case.go("close", actor)
    poll = case.poll
    poll.closed_at = clock.now()
    if poll.is_electronic:
        close_board(poll)
    case.write(actor, "closed")
    publish(PollClosed(**facts_of(poll)), actor)  # type: ignore[arg-type]  # keys are those of the event
    if poll.is_electronic:
        issued = poll.roll.filter(issued=Issued.ELECTRONIC).count()
        cast = poll.events.filter(kind=EventKind.BALLOT).count()
        if cast > issued:
            void_returned(case, cast, issued, actor)
    return poll


def void_returned(case: Locked, returned: int, issued: int, actor: Actor) -> None:
    """returned > issued: the whole vote is void and is repeated (domain.md 4.5, 3)."""
    case.follow("void_returned")
    case.poll.void_reason = f"收回 {returned} 张，多于发出 {issued} 张"
    case.write(actor, "voided", returned=returned, issued=issued)
    publish(PollVoided(**facts_of(case.poll), reason=case.poll.void_reason), actor)  # type: ignore[arg-type]  # as above


@transaction.atomic
def void_poll(*, poll_id: int, reason: str, actor: Actor) -> Poll:
    """Declare it void, for a reason that everybody may read; it may be repeated."""
    case = lock(poll_id, actor)
    case.go("void", actor)
    case.poll.void_reason = required(reason=reason)["reason"][:200]
    case.write(actor, "voided")
    publish(PollVoided(**facts_of(case.poll), reason=case.poll.void_reason), actor)  # type: ignore[arg-type]  # as above
    return case.poll

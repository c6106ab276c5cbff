"""Polls for the public, for the hall, for the workbench."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from openrenda.kernel.actor import Actor
from openrenda.orgs.states import Role
from openrenda.voting.errors import NoPoll
from openrenda.voting.models import Outcome, PaperCount, Poll
from openrenda.voting.rules.count import Figures, Rules, differences
from openrenda.voting.rules.labels import difference_label
from openrenda.voting.states import EventKind, Issued, Method, State

PUBLIC = (State.OPEN, State.CLOSED, State.COUNTED, State.CONFIRMED, State.PUBLISHED, State.VOIDED)
"""From its opening on everybody may know that a vote is held, and by which rules."""

OFFICES = (Role.SC_OFFICE, Role.SC_LEADER, Role.SC_REP, Role.SC_COMMITTEE, Role.TELLER)


@dataclass(frozen=True, slots=True)
class Hall:
    """What the screen in the hall shows: numbers only."""

    entitled: int
    present: int
    needed: int
    issued: int
    cast: int
    base: int

    @property
    def waiting(self) -> int:
        """Present, and nothing handed out yet."""
        return self.present - self.issued


@dataclass(frozen=True, slots=True)
class RollRow:
    """One name on the public roll: whether a ballot was taken, never which kind, never how it was marked."""

    name: str
    delegation: str
    is_present: bool
    took_ballot: bool


@dataclass(frozen=True, slots=True)
class TellerRow:
    """Who has entered a count, and how often."""

    name: str
    is_mine: bool
    entered: int
    at: datetime
    figures: Figures


@dataclass(frozen=True, slots=True)
class CountState:
    """Where the two entries stand. A teller sees the other's figures only when they agree or the count is over."""

    tellers: tuple[TellerRow, ...]
    differing: tuple[str, ...]

    @property
    def agree(self) -> bool:
        return len(self.tellers) == 2 and not self.differing


def polls(congress_id: int, *, public_only: bool = True) -> QuerySet[Poll]:
    """Polls, newest first. One query."""
    rows = Poll.objects.filter(congress_id=congress_id).select_related("repeats")
    return rows.filter(state__in=PUBLIC) if public_only else rows


def poll_by_key(congress_id: int, key: str) -> Poll:
    """A poll that the public may know of; NoPoll otherwise. One query."""
    row = polls(congress_id).filter(key=key).first()
    if row is None:
        raise NoPoll
    return row


def work_polls(actor: Actor) -> QuerySet[Poll]:
    """Polls for the workbench: all for offices, for a deputy those she votes in or watches. No query yet."""
    rows = polls(actor.congress_id, public_only=False)
    if actor.has(*OFFICES):
        return rows
    mandates = actor.scopes(Role.DEPUTY)
    return rows.filter(
        Q(pk__in=Poll.objects.filter(roll__mandate_id__in=mandates).values("pk"))
        | Q(pk__in=Poll.objects.filter(scrutineers__mandate_id__in=mandates).values("pk"))
    )


def work_poll(actor: Actor, key: str) -> Poll:
    """The only way a working page obtains a poll; NoPoll when unknown or not to be seen. Two queries."""
    row = work_polls(actor).prefetch_related("scrutineers").filter(key=key).first()
    if row is None:
        raise NoPoll
    return row


def hall(poll: Poll) -> Hall:
    """Numbers for the screen. `cast` is ballots on the board, votes by name, or papers handed out. Two queries."""
    counts = poll.roll.aggregate(
        entitled=Count("pk"),
        present=Count("pk", filter=Q(is_present=True)),
        slips=Count("pk", filter=Q(issued=Issued.ELECTRONIC)),
        paper=Count("pk", filter=Q(issued=Issued.PAPER)),
    )
    cast = counts["paper"]
    if poll.method == Method.ELECTRONIC:
        cast += poll.events.filter(kind=EventKind.BALLOT).count()
    elif poll.method == Method.NAMED:
        cast = poll.named_votes.count()
    return Hall(counts["entitled"], counts["present"], poll.quorum, counts["slips"] + counts["paper"], cast, poll.base)


def public_roll(poll: Poll) -> list[RollRow]:
    """Who was entitled, present, and took a ballot. One query."""
    rows = poll.roll.values_list("name", "delegation", "is_present", "issued")
    return [RollRow(name, delegation, present, issued != Issued.NOTHING) for name, delegation, present, issued in rows]


def result_lines(poll: Poll) -> list[Outcome]:
    """What became of each option in this poll alone, best first. One query."""
    return list(poll.outcomes.select_related("option"))


def count_state(poll: Poll, actor: Actor) -> CountState:
    """Who has entered, and on which lines they differ, in words. Three queries at most."""
    rows = list(poll.paper_counts.all())
    found: tuple[str, ...] = ()
    if len(rows) == 2:
        labels = {option.ref: option.label for option in poll.options.all()}
        names = differences(Rules.from_json(poll.rules), _figures(rows[0]), _figures(rows[1]))
        found = tuple(difference_label(name, labels) for name in names)
    tellers = (TellerRow(r.teller_name, r.teller == actor.urn, r.entered, r.at, _figures(r)) for r in rows)
    return CountState(tuple(tellers), found)


def _figures(row: PaperCount) -> Figures:
    lines = tuple(tuple(line) for line in row.lines)
    return Figures(row.issued, row.returned, row.valid, row.void, lines)


# ---- as the subject of files and notices -----------------------------------------------------------------------------


def subject_title(pk: int) -> str:
    """How a poll is called in notices, files and the audit. One query."""
    row = Poll.objects.filter(pk=pk).only("key", "title").first()
    return "" if row is None else f"{row.key} {row.title}"


def subject_url(pk: int, actor: Actor) -> str:
    """Its page for this actor: the workbench's for those on duty, the public one for others. Two queries at most."""
    name = "voting:work" if subject_inside(actor, pk) else "voting:poll"
    return reverse(name, args=[Poll.objects.only("key").get(pk=pk).key])


def subject_visible(actor: Actor, pk: int) -> bool:
    """May this actor know of it? Two queries at most."""
    return polls(actor.congress_id).filter(pk=pk).exists() or subject_inside(actor, pk)


def subject_inside(actor: Actor, pk: int) -> bool:
    """May this actor see the signed tally sheet: offices, and those who watch the vote. One query."""
    if actor.is_anonymous:
        return False
    if actor.has(*OFFICES):
        return Poll.objects.filter(pk=pk, congress_id=actor.congress_id).exists()
    return Poll.objects.filter(pk=pk, scrutineers__mandate_id__in=actor.scopes(Role.DEPUTY)).exists()

"""How a round of feedback ends (pure; domain.md 2.3 FEEDBACK)."""

from collections.abc import Sequence
from enum import Enum

from openrenda.suggestions.states import Rating


class RoundEnd(Enum):
    """What the answers so far mean."""

    OPEN = "open"
    CLOSED = "closed"
    UNSATISFIED = "unsatisfied"


def round_end(
    rows: Sequence[tuple[bool, Rating, Rating]], *, missing: int, window_over: bool, worst_counts: bool
) -> RoundEnd:
    """`rows` are (is lead, attitude, result). A counted 不满意 ends the round at once; else all answers, or the lead's
    and the end of the window, close it."""
    counted = [(attitude, result) for is_lead, attitude, result in rows if is_lead or worst_counts]
    if any(Rating.BAD in pair for pair in counted):
        return RoundEnd.UNSATISFIED
    lead_rated = any(is_lead for is_lead, _, _ in rows)
    if rows and (missing == 0 or (lead_rated and window_over)):
        return RoundEnd.CLOSED
    return RoundEnd.OPEN

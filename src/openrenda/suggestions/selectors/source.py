"""From a resident's opinion to what became of it (slots on liaison's pages)."""

from collections.abc import Iterable
from .rows import ListRow, StoryLine


def suggestion_of_opinions(opinion_ids: Iterable[int]) -> dict[int, ListRow]:
    """The living suggestion of each opinion that has one. Two queries."""
    raise NotImplementedError


def story_of_opinion(opinion_id: int) -> list[StoryLine]:
    """The public steps of the suggestion that grew from an opinion; empty if none. Two queries."""
    raise NotImplementedError

"""From a resident's opinion to what became of it (slots on liaison's pages)."""

from collections.abc import Iterable

from openrenda.suggestions.models import SourceOpinion, Suggestion

from .public import list_rows
from .rows import ListRow, StoryLine
from .story import public_story


def suggestion_of_opinions(opinion_ids: Iterable[int]) -> dict[int, ListRow]:
    """The living, numbered suggestion of each opinion that has one. One query (and the calendar's)."""
    sources = SourceOpinion.objects.filter(
        opinion_id__in=list(opinion_ids), is_released=False, suggestion__shelf__isnull=False
    ).select_related("suggestion__lead__person", "suggestion__main_unit", "suggestion__category")
    rows = {source.opinion_id: source.suggestion for source in sources}
    lines = {line.id: line for line in list_rows(rows.values())}
    return {opinion: lines[row.pk] for opinion, row in rows.items() if row.pk in lines}


def story_of_opinion(opinion_id: int) -> list[StoryLine]:
    """The public steps of the suggestion that grew from an opinion; empty if none. Two queries."""
    row = Suggestion.objects.filter(sources__opinion_id=opinion_id, sources__is_released=False).first()
    return public_story(row) if row is not None else []

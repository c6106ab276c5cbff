"""What routing learns from suggestions and from the opinions they grew from, and what is asked of it for a new one."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from django.urls import reverse

from openrenda.kernel.actor import Actor
from openrenda.routing.values import CaseLink, Example, Place, Subject
from openrenda.suggestions.models import ReturnRequest, SourceOpinion, Suggestion
from openrenda.suggestions.rules.numbers import number_of
from openrenda.suggestions.states import Decision

from .access import visible

KIND, OPINION_KIND = "suggestions.suggestion", "liaison.opinion"
GIVEN_BACK = (Decision.GRANTED, Decision.FIXED)


def routing_examples(congress_id: int) -> Iterator[Example]:
    """Suggestions with a main unit, and their opinions: whoever took the one took the other. Three queries."""
    refused: dict[int, list[int]] = defaultdict(list)
    returned = ReturnRequest.objects.filter(suggestion__congress_id=congress_id, decision__in=GIVEN_BACK)
    for pk, unit_id in returned.order_by("pk").values_list("suggestion_id", "assignment__unit_id"):
        refused[pk].append(unit_id)
    rows = Suggestion.objects.filter(congress_id=congress_id, main_unit__isnull=False, submitted_at__isnull=False)
    for row in rows.only("title", "problem", "analysis", "proposal", "category_id", "main_unit_id").order_by("pk"):
        yield Example(
            KIND,
            row.pk,
            row.title,
            _body(row),
            row.category_id,
            row.main_unit_id,
            refused_unit_ids=tuple(unit for unit in refused[row.pk] if unit != row.main_unit_id),
            matter=f"{KIND}:{row.pk}",
        )
    yield from _opinions(congress_id, refused)


def _opinions(congress_id: int, refused: dict[int, list[int]]) -> Iterator[Example]:
    rows = SourceOpinion.objects.filter(
        suggestion__congress_id=congress_id, suggestion__main_unit__isnull=False, is_released=False
    )
    for row in rows.select_related("opinion", "suggestion").order_by("pk"):
        opinion, unit = row.opinion, row.suggestion.main_unit_id
        yield Example(
            OPINION_KIND,
            opinion.pk,
            opinion.title,
            opinion.content,
            opinion.category_id,
            unit,
            Place(opinion.street_id, opinion.community_id),
            tuple(one for one in refused[row.suggestion_id] if one != unit),
            matter=f"{KIND}:{row.suggestion_id}",
        )


def _body(row: Suggestion) -> str:
    return "\n".join(filter(None, (row.problem, row.analysis, row.proposal)))


def routing_open(actor: Actor, ids: Sequence[int]) -> dict[int, CaseLink]:
    """Past suggestions this actor may open. One query."""
    rows = visible(actor).filter(pk__in=ids).values_list("pk", "key", "title")
    return {pk: CaseLink(number_of(key), title, reverse("suggestions:work", args=[pk])) for pk, key, title in rows}


def routing_subject(row: Suggestion) -> Subject:
    """The suggestion as routing sees it. No query."""
    return Subject(row.title, _body(row), row.category_id, kind=KIND, object_id=row.pk)

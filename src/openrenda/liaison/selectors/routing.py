"""What routing learns from opinions, and what is asked of it for a new one."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from django.urls import reverse

from openrenda.kernel.actor import Actor
from openrenda.liaison.models import Category, Opinion, Referral
from openrenda.liaison.states import ReferralState, SensitiveFlag
from openrenda.routing.values import CaseLink, CategoryLine, Example, Place, Subject

from .visibility import visible_to

KIND = "liaison.opinion"
_FIELDS = (
    "pk",
    "title",
    "content",
    "category_id",
    "handler_unit_id",
    "street_id",
    "community_id",
    "merged_into_id",
)


def routing_examples(congress_id: int) -> Iterator[Example]:
    """Opinions that were classified or handed on; what may be secret teaches nothing. Two queries."""
    refused: dict[int, list[int]] = defaultdict(list)
    returned = Referral.objects.filter(opinion__congress_id=congress_id, state=ReferralState.RETURNED)
    for opinion_id, unit_id in returned.order_by("pk").values_list("opinion_id", "unit_id"):
        refused[opinion_id].append(unit_id)
    rows = Opinion.objects.filter(congress_id=congress_id, category__isnull=False)
    rows = rows.exclude(sensitive_flags__contains=[str(SensitiveFlag.SECRET)]).order_by("pk")
    for pk, title, content, category, unit, street, community, parent in rows.values_list(*_FIELDS).iterator():
        yield Example(
            KIND,
            pk,
            title,
            content,
            category,
            unit,
            Place(street, community),
            tuple(one for one in refused[pk] if one != unit),
            matter=f"{KIND}:{parent or pk}",
        )


def routing_open(actor: Actor, ids: Sequence[int]) -> dict[int, CaseLink]:
    """Past opinions this actor may open. One query."""
    rows = visible_to(actor).filter(pk__in=ids).values_list("pk", "number", "title")
    return {pk: CaseLink(number, title, reverse("liaison:work_case", args=[pk])) for pk, number, title in rows}


def routing_map(congress_id: int) -> list[CategoryLine]:
    """Categories in use without subdivisions, and who usually handles them. One query."""
    rows = list(Category.objects.filter(congress_id=congress_id, is_retired=False).order_by("code"))
    parents = {row.parent_id for row in rows}
    return [CategoryLine(row.pk, row.name, row.default_unit_id) for row in rows if row.pk not in parents]


def routing_subject(opinion: Opinion) -> Subject:
    """The opinion as routing sees it. No query."""
    place = Place(opinion.street_id, opinion.community_id)
    return Subject(opinion.title, opinion.content, opinion.category_id, place, KIND, opinion.pk)

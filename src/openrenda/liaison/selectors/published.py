"""What everybody may read: published opinions, and the masked brief other slices show."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Count, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from openrenda.kernel import clock, pii
from openrenda.kernel.calendars import load_calendar
from openrenda.kernel.prepared import Prepared
from openrenda.liaison.errors import NoOpinion
from openrenda.liaison.models import Category, Opinion, OpinionDeputy, OpinionStep
from openrenda.liaison.states import CLOSED_TO_JOIN, OpinionState, PublishState, Satisfaction, Solved
from openrenda.search.selectors import holding

from .keyset import Key, page, parse_int
from .rows import OpinionBrief, Page, PublishedOpinion, PublishedRow, StoryStep

_KEYS = (Key("published_at", datetime.fromisoformat, falls=True), Key("id", parse_int, falls=True))


def children_count() -> Coalesce:
    """How many opinions were merged into the row."""
    merged = Opinion.objects.filter(merged_into_id=OuterRef("pk")).order_by().values("merged_into_id")
    return Coalesce(Subquery(merged.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0)


def public_rows(congress_id: int) -> QuerySet[Opinion]:
    """Published opinions with what a line of them shows. No query yet."""
    rows = Opinion.objects.filter(congress_id=congress_id, publish_state=PublishState.PUBLIC)
    return rows.select_related("category", "station", "street").annotate(merged=children_count())


def published(
    *,
    congress_id: int,
    q: str = "",
    category_id: int | None = None,
    street_id: int | None = None,
    station_id: int | None = None,
    state: OpinionState | None = None,
    year: int | None = None,
    after: str = "",
    size: int = 20,
) -> Page[PublishedRow]:
    """Published opinions, newest first. A first-level category takes its leaves along. One query, with `q` two."""
    rows = public_rows(congress_id)
    if q := q.strip():
        rows = rows.filter(Q(public_title__icontains=q) | Q(public_summary__icontains=q) | Q(number__iexact=q))
        few = holding("liaison.opinion", congress_id, q, is_public=True)
        rows = rows if few is None else rows.filter(pk__in=few)
    if category_id is not None:
        rows = rows.filter(Q(category_id=category_id) | Q(category__parent_id=category_id))
    if street_id is not None:
        rows = rows.filter(street_id=street_id)
    if station_id is not None:
        rows = rows.filter(station_id=station_id)
    if state is not None:
        rows = rows.filter(state=state)
    if year is not None:
        rows = rows.filter(submitted_at__year=year)
    return page(rows, _KEYS, after, size, lambda found: [published_row(opinion) for opinion in found])


def published_row(opinion: Opinion) -> PublishedRow:
    """One of `public_rows` as a line. No query."""
    assert opinion.published_at is not None  # a constraint of the table
    return PublishedRow(
        id=opinion.pk,
        number=opinion.number,
        title=opinion.public_title,
        state=OpinionState(opinion.state),
        category=str(opinion.category or ""),
        station=str(opinion.station),
        street=str(opinion.street or ""),
        submitted_on=clock.local(opinion.submitted_at).date(),
        published_at=clock.local(opinion.published_at),
        satisfaction=Satisfaction(opinion.satisfaction),
        solved=Solved(opinion.solved),
        residents=1 + getattr(opinion, "merged", 0),
    )


def published_opinion(*, congress_id: int, number: str) -> PublishedOpinion:
    """One published opinion with its story; NoOpinion for everything else. Three queries."""
    parts = OpinionDeputy.objects.select_related("mandate__person").order_by("pk")
    rows = public_rows(congress_id).prefetch_related(Prefetch("deputies", parts))
    opinion = rows.filter(number=number).first()
    if opinion is None:
        raise NoOpinion
    steps = OpinionStep.objects.filter(opinion=opinion, is_public=True).order_by("pk")
    return PublishedOpinion(
        row=published_row(opinion),
        summary=opinion.public_summary,
        answer=pii.mask(opinion.answer_text),
        rating_reason=pii.mask(opinion.rating_reason),
        solved_note=pii.mask(opinion.solved_note),
        story=story(list(steps), masked=True),
        deputies=names(opinion),
        station_code=opinion.station.code,
        may_join=opinion.state not in CLOSED_TO_JOIN,
    )


def names(opinion: Opinion) -> tuple[str, ...]:
    """The deputies on an opinion fetched with them, each once."""
    return tuple(dict.fromkeys(part.mandate.person.name for part in opinion.deputies.all()))


def story(steps: Sequence[OpinionStep], *, masked: bool = False) -> list[StoryStep]:
    """The lines with how many working days each waited for. No query (but the calendar's)."""
    cal = load_calendar()
    told: list[StoryStep] = []
    for step in steps:
        day = clock.local(step.at).date()
        waited = cal.between(told[-1].at.date(), day) if told else None
        told.append(
            StoryStep(
                at=clock.local(step.at),
                move=step.move,
                label=step.label,
                who=step.who,
                detail=pii.mask(step.detail) if masked else step.detail,
                state=OpinionState(step.state),
                waited=waited,
                is_public=step.is_public,
            )
        )
    return told


def opinion_brief(ids: Sequence[int]) -> dict[int, OpinionBrief]:
    """Masked briefs by id. Show `title` and `summary` on public pages only if `is_public`. One query."""
    found = _one_brief(pk=ids[0]) if len(ids) == 1 else _briefs().filter(pk__in=ids)
    return {
        row.pk: OpinionBrief(
            id=row.pk,
            number=row.number,
            title=row.public_title,
            summary=row.public_summary,
            state=OpinionState(row.state),
            station=str(row.station),
            category=str(row.category or ""),
            submitted_on=clock.local(row.submitted_at).date(),
            residents=1 + getattr(row, "merged", 0),
            is_public=row.publish_state == PublishState.PUBLIC,
        )
        for row in found
    }


def _briefs() -> QuerySet[Opinion]:
    return Opinion.objects.select_related("category", "station").annotate(merged=children_count())


_one_brief = Prepared(lambda pk: _briefs().filter(pk=pk), pk=int)


def published_categories(congress_id: int) -> list[tuple[int, str, int]]:
    """(id, name, published opinions) of categories that have any, most first. One query."""
    count = Count("opinions", filter=Q(opinions__publish_state=PublishState.PUBLIC))
    rows = Category.objects.filter(congress_id=congress_id).annotate(n=count).filter(n__gt=0).order_by("-n", "code")
    return [(row.pk, row.name, row.n) for row in rows]

"""What the booklet for deputies says of each candidate, in the ballot's order; the printer's data."""

from dataclasses import dataclass
from decimal import Decimal

from openrenda.livelihood.models import Idea, Project, Year
from openrenda.livelihood.states import ProjectState


@dataclass(frozen=True, slots=True)
class BookletEntry:
    """One candidate; sums in 万元."""

    number: int
    name: str
    category: str
    content: str
    target: str
    place: str
    beneficiaries: str
    investment: Decimal | None
    fund_source: str
    unit: str
    co_units: tuple[str, ...]
    leader: str
    finishes: str
    legality: str
    fiscal: str
    ideas: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Booklet:
    """All candidates of a year."""

    year: int
    quota: int
    entries: tuple[BookletEntry, ...]


def booklet(year: Year) -> Booklet:
    """Candidates with what was said of them. Five queries. Scores are left out: they would be a recommendation."""
    rows = (
        year.projects.exclude(cand_no=None)
        .exclude(state=ProjectState.IDEA_POOL)
        .select_related("lead_unit")
        .prefetch_related("co_units", "opinions", "streets")
        .order_by("cand_no")
    )
    ideas = Idea.objects.filter(year=year, project__isnull=False).values_list("project_id", "key").order_by("pk")
    sources: dict[int, list[str]] = {}
    for project_id, key in ideas:
        sources.setdefault(project_id or 0, []).append(key)
    return Booklet(year.year, year.quota, tuple(_entry(row, sources.get(row.pk, [])) for row in rows))


def _entry(row: Project, ideas: list[str]) -> BookletEntry:
    said = {opinion.kind: opinion.text for opinion in row.opinions.all()}
    return BookletEntry(
        number=row.cand_no or 0,
        name=row.name,
        category=row.category,
        content=row.content,
        target=row.target,
        place=row.place or "、".join(str(street) for street in row.streets.all()),
        beneficiaries=row.beneficiaries,
        investment=row.investment_total,
        fund_source=row.fund_source,
        unit=str(row.lead_unit or ""),
        co_units=tuple(str(unit) for unit in row.co_units.all()),
        leader=row.leader,
        finishes="" if row.finishes_on is None else row.finishes_on.isoformat(),
        legality=said.get("legality", ""),
        fiscal=said.get("fiscal", ""),
        ideas=tuple(ideas),
    )

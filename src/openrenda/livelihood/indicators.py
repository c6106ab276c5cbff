"""The figures of a year of projects; what is not known is None, never 0.

Scope: every project that stood for the vote, and those carried over into the year. Sums in units of ten thousand
yuan (万元). Planned and actual progress, lamp and money are those of the newest month reported (or marked as missed).
"""

from dataclasses import dataclass
from decimal import Decimal

from openrenda.livelihood.models import Evaluation, Idea, Project, Year
from openrenda.livelihood.states import CHOSEN, Grade, IdeaState, Lamp, ProjectState

_FINISHED = (
    ProjectState.ACCEPTED,
    ProjectState.EVALUATED,
    ProjectState.RECTIFYING,
    ProjectState.RE_EVALUATED,
    ProjectState.ARCHIVED,
)


@dataclass(frozen=True, slots=True)
class ProjectFigures:
    """One project. The counts are those of the latest vote of satisfaction."""

    key: str
    name: str
    category: str
    state: str
    cand_no: int | None
    final_no: int | None
    votes: int | None
    chosen: bool | None
    planned: int | None
    actual: int | None
    lamp: str | None
    investment: float | None
    paid: float | None
    completed_on: str | None
    accepted_on: str | None
    on_time: bool | None
    grade: str | None
    satisfied: int | None
    mostly: int | None
    unsatisfied: int | None
    abstain: int | None


@dataclass(frozen=True, slots=True)
class Totals:
    """The year in one line."""

    year: int
    ideas: int
    ideas_settled: int
    ideas_in_projects: int
    candidates: int
    quota: int
    difference_percent: int | None
    chosen: int | None
    finished: int
    on_time: int
    investment: float | None
    paid: float | None
    lamps: dict[str, int]
    grades: dict[str, int]


@dataclass(frozen=True, slots=True)
class Stats:
    """Everything `openrenda stats livelihood` prints."""

    projects: list[ProjectFigures]
    totals: Totals | None


def livelihood(congress_id: int, year: int) -> Stats:
    """All figures of a year; no projects and no totals where there was none. Five queries."""
    found = Year.objects.filter(congress_id=congress_id, year=year).first()
    if found is None:
        return Stats([], None)
    shown = [*CHOSEN, ProjectState.CANDIDATE, ProjectState.VOTED_OUT]
    rows = list(found.projects.filter(state__in=shown).select_related("year").order_by("cand_no", "serial"))
    latest = {e.project_id: e for e in Evaluation.objects.filter(project__year=found).order_by("round")}
    return Stats([_figures(row, latest.get(row.pk)) for row in rows], _totals(found, rows))


def _money(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _figures(row: Project, judged: Evaluation | None) -> ProjectFigures:
    voted = row.state != ProjectState.CANDIDATE and row.approve_votes is not None
    return ProjectFigures(
        key=key_of(row),
        name=row.name,
        category=row.category,
        state=str(row.state),
        cand_no=row.cand_no,
        final_no=row.final_no,
        votes=row.approve_votes,
        chosen=row.state in CHOSEN if voted else None,
        planned=row.planned_percent,
        actual=row.actual_percent,
        lamp=row.lamp or None,
        investment=_money(row.investment_total),
        paid=_money(row.paid),
        completed_on=row.completed_on.isoformat() if row.completed_on else None,
        accepted_on=row.accepted_on.isoformat() if row.accepted_on else None,
        on_time=_on_time(row),
        grade=Grade(row.grade).label if row.grade else None,
        satisfied=judged.satisfied if judged else None,
        mostly=judged.mostly if judged else None,
        unsatisfied=judged.unsatisfied if judged else None,
        abstain=judged.abstain if judged else None,
    )


def key_of(row: Project) -> str:
    """MS-2025-07 once chosen; the candidate's number before, and for those who were not."""
    if row.final_no is not None:
        return f"MS-{row.year.year}-{row.final_no:02}"
    return f"HX-{row.year.year}-{row.cand_no:02}" if row.cand_no is not None else f"CB-{row.year.year}-{row.serial:02}"


def _on_time(row: Project) -> bool | None:
    if row.completed_on is None or row.finishes_on is None:
        return None
    return row.completed_on <= row.finishes_on


def _sum(values: list[Decimal | None]) -> float | None:
    there = [value for value in values if value is not None]
    return float(sum(there)) if there else None


def _totals(year: Year, rows: list[Project]) -> Totals:
    chosen = [row for row in rows if row.state in CHOSEN]
    states = list(Idea.objects.filter(year=year).values_list("state", flat=True))
    taken = (IdeaState.MERGED, IdeaState.ADOPTED)
    return Totals(
        year=year.year,
        ideas=len(states),
        ideas_settled=sum(state != IdeaState.NEW for state in states),
        ideas_in_projects=sum(state in taken for state in states),
        candidates=sum(row.cand_no is not None for row in rows),
        quota=year.quota,
        difference_percent=year.difference_percent,
        chosen=len(chosen) if year.voted_on else None,
        finished=sum(row.state in _FINISHED for row in chosen),
        on_time=sum(_on_time(row) is True for row in chosen),
        investment=_sum([row.investment_total for row in chosen]),
        paid=_sum([row.paid for row in chosen]),
        lamps={str(lamp): sum(row.lamp == lamp for row in chosen) for lamp in Lamp},
        grades={str(one): sum(row.grade == one for row in chosen) for one in Grade},
    )

"""The whole load: read, set up the institution, replay, and keep all of it or none."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from django.db import transaction

from openrenda.exchange.rules.numerals import chinese_number
from openrenda.kernel import clock, outbox, parameters
from openrenda.kernel.actor import Actor
from openrenda.kernel.calendars import load_calendar
from openrenda.kernel.deadlines import add_months
from openrenda.kernel.lines import written_together
from openrenda.liaison import actions as liaison
from openrenda.orgs import actions as orgs
from openrenda.orgs.models import Congress, Term
from openrenda.suggestions.rules.clocks import CLASS_B_MONTHS, CLOSED_SERIES

from . import sweeps
from .institution import (
    DEPUTY_COLUMNS,
    UNIT_COLUMNS,
    Institution,
    parents_first,
    take_deputy,
    take_unit,
    term_dates,
)
from .opinions import life_of_opinion, life_of_reception
from .project_records import (
    CANDIDATE_COLUMNS,
    EVALUATION_COLUMNS,
    PROGRESS_COLUMNS,
    PROPOSAL_COLUMNS,
    ProjectTables,
    project_records,
)
from .project_year import ProjectYear, sitting_of
from .projects import life_of_idea, life_of_project, life_of_year
from .reading import BadCell, Problem, Row, Table, read_table
from .records import (
    OPINION_COLUMNS,
    SUGGESTION_COLUMNS,
    OpinionRecord,
    SuggestionRecord,
    opinion_record,
    suggestion_record,
)
from .replay import Replay, forgive, one_savepoint, take_stock
from .stations import STATION_COLUMNS, set_up_profiles, take_station
from .streets import take_streets
from .suggestions import life_of_suggestion
from .synonyms import SYNONYM_COLUMNS, take_synonyms
from .world import World

MEETING_COLUMNS = ("会议编号", "类型", "名称", "日期", "实到")
LATER_FILES = (
    "agenda.csv",
    "appointments.csv",
    "decisions.csv",
    "duties.csv",
    "inquiry.csv",
    "oversight.csv",
    "trainings.csv",
)


class AlreadyLoaded(Exception):
    """A congress of that code is there; a load never mixes with what people have written since."""


class RowsRefused(Exception):
    """Rows that cannot be taken; nothing was written. `report` lists them."""

    def __init__(self, report: "Report") -> None:
        told = "; ".join(str(problem) for problem in report.problems[:5])
        super().__init__(f"{len(report.problems)} rows refused: {told}")
        self.report = report


@dataclass
class Report:
    """What a load did, or why it did nothing."""

    counts: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    extra: dict[str, tuple[str, ...]] = field(default_factory=dict)
    assumed: dict[str, int] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class District:
    """As what a folder is loaded: the tenant's code, and what the folder itself may not tell."""

    code: str
    name: str = ""
    phone: str = ""
    is_demo: bool = False


@dataclass
class Tables:
    """The files of a folder."""

    units: Table
    deputies: Table
    stations: Table
    opinions: Table
    suggestions: Table
    meetings: Table
    synonyms: Table
    projects: ProjectTables

    def each(self) -> tuple[Table, ...]:
        return (
            self.units,
            self.deputies,
            self.stations,
            self.opinions,
            self.suggestions,
            self.meetings,
            self.synonyms,
            *self.projects.each(),
        )


Watch = Callable[[str, int], None]
"""Told (stage, how many of a hundred are done)."""


def read_folder(folder: Path) -> Tables:
    """Read the files this version takes; missing ones are empty."""
    return Tables(
        read_table(folder / "units.csv", UNIT_COLUMNS, "编号"),
        read_table(folder / "deputies.csv", DEPUTY_COLUMNS, "编号"),
        read_table(folder / "stations.csv", STATION_COLUMNS, "编号"),
        read_table(folder / "opinions.csv", OPINION_COLUMNS, "编号"),
        read_table(folder / "suggestions.csv", SUGGESTION_COLUMNS, "编号"),
        read_table(folder / "meetings.csv", MEETING_COLUMNS, "会议编号"),
        read_table(folder / "synonyms.csv", SYNONYM_COLUMNS, "词组"),
        ProjectTables(
            read_table(folder / "project_proposals.csv", PROPOSAL_COLUMNS, "编号"),
            read_table(folder / "project_candidates.csv", CANDIDATE_COLUMNS, "编号"),
            read_table(folder / "project_progress.csv", PROGRESS_COLUMNS, "项目", "月份"),
            read_table(folder / "project_evaluation.csv", EVALUATION_COLUMNS, "项目"),
        ),
    )


def load(folder: Path, district: District, *, leave_out_bad: bool = False, watch: Watch) -> Report:
    """Load a folder as a new congress, in one transaction.

    Raises AlreadyLoaded; RowsRefused carries the report when rows cannot be taken, unless `leave_out_bad`: then the
    load is tried again without them until it goes through.
    """
    if Congress.objects.filter(code=district.code).exists():
        raise AlreadyLoaded(district.code)
    skip: set[tuple[str, int]] = set()
    refused: list[Problem] = []
    while True:
        report = Report()
        try:
            with transaction.atomic(), outbox.history(), written_together():
                _load_once(folder, district, skip, report, watch)
                _refuse_bad_rows(report, skip, leave_out_bad=leave_out_bad)
        except _TryAgain as again:
            refused += [p for p in report.problems if (p.file, p.line) in again.rows]
            skip |= again.rows
        else:
            report.problems = refused + report.problems
            return report


class _TryAgain(Exception):
    """Roll back and go once more without the rows found bad."""

    def __init__(self, rows: set[tuple[str, int]]) -> None:
        super().__init__()
        self.rows = rows


def _refuse_bad_rows(report: Report, skip: set[tuple[str, int]], *, leave_out_bad: bool) -> None:
    """Leaves the transaction by an exception when rows of this attempt were bad."""
    if report.problems and not leave_out_bad:
        raise RowsRefused(report)
    if fresh := {(p.file, p.line) for p in report.problems} - skip:
        raise _TryAgain(fresh)


def _load_once(folder: Path, district: District, skip: set[tuple[str, int]], report: Report, watch: Watch) -> None:
    tables = read_folder(folder)
    report.extra = {table.file: table.extra for table in tables.each() if table.extra}
    report.ignored = tuple(f for f in LATER_FILES if (folder / f).exists())
    for table in tables.each():
        table.problems = [p for p in table.problems if (p.file, p.line) not in skip]
        table.rows = [row for row in table.rows if (row.file, row.line) not in skip]
    institution = _institution(tables, district, watch)
    undrawn = take_streets(folder, institution, skip)
    world = World(institution, load_calendar())
    opinions, suggestions = _records(tables, institution, world)
    with clock.at(institution.begins):
        _continue_one_series(suggestions, institution.actor)
        _allow_known_promises(suggestions, institution.actor)
    replay = Replay(nightly=sweeps.nightly(institution.congress.pk))
    _begin_lives(replay, opinions, suggestions, world)
    _begin_projects(replay, tables, world, watch)
    first = min((record.at.date() for record in opinions.values()), default=None)
    with parameters.remembered():
        for day in replay.days():
            report.last_day, first = day, first or day
            watch(f"重放 {day.isoformat()}", (day - first).days)
    report.problems = [p for table in tables.each() for p in table.problems] + undrawn + replay.problems
    report.assumed = dict(world.assumed)
    report.counts = {table.file: len(table.rows) for table in tables.each()}


def _district_name(tables: Tables, given: str) -> str:
    """云汀区 from 云汀区人民政府 among the units, unless it is given."""
    names = [
        row.text("名称").removesuffix("人民政府") for row in tables.units.rows if row.text("名称").endswith("人民政府")
    ]
    return given or (names[0] if names else "本区")


def _session(tables: Tables) -> tuple[int, int, date, date]:
    """(term, number, opened, closed) of the congress session: from meetings.csv, else guessed from the suggestions."""
    filed = sorted(
        row.needed_day("提出日期")
        for row in _clean(tables.suggestions, ("提出日期",))
        if row.text("提出场合") == "大会"
    )
    for row in tables.meetings.rows:
        key = row.text("会议编号").split("-")
        if row.text("类型") == "代表大会" and len(key) == 3 and key[1].isdigit() and key[2].isdigit():
            opened = row.needed_day("日期")
            return (
                int(key[1]),
                int(key[2]),
                opened,
                max([opened, *(d for d in filed if d - opened < timedelta(days=15))]),
            )
    term = next((chinese_number(row.text("当选届次")) for row in tables.deputies.rows if row.text("当选届次")), 1)
    opened = filed[0] if filed else date(_earliest_year(tables), 1, 1)
    return term, 1, opened, filed[-1] if filed else opened


def _earliest_year(tables: Tables) -> int:
    """The first year that opinions or ended mandates tell of; this year when nothing does."""
    told = [row.text("提交时间")[:4] for row in tables.opinions.rows]
    told += [row.text("终止日期")[:4] for row in tables.deputies.rows]
    years = [int(year) for year in told if year.isascii() and year.isdigit() and int(year) >= 1954]
    return min([*years, clock.today().year])


def _clean(table: Table, columns: tuple[str, ...]) -> Iterator[Row]:
    """Rows whose date columns can be read; the others are reported where they are taken."""
    for row in table.rows:
        try:
            for column in columns:
                row.needed_day(column)
        except BadCell:
            continue
        yield row


def _institution(tables: Tables, district: District, watch: Watch) -> Institution:
    with one_savepoint():
        into = _set_up(tables, district, watch)
    take_stock()
    return into


def _set_up(tables: Tables, district: District, watch: Watch) -> Institution:
    name = _district_name(tables, district.name)
    congress = orgs.found_congress(
        code=district.code,
        name=f"{name}人民代表大会",
        short_name=name,
        actor_name="load",
        is_demo=district.is_demo,
        phone=district.phone or next((row.text("电话") for row in tables.stations.rows if row.text("电话")), ""),
    )
    actor = Actor.system("load", congress.pk)
    number, session, opened, closed = _session(tables)
    begins, ends = term_dates(opened.year, session)
    with clock.at(begins):
        term: Term = orgs.open_term(number=number, starts_on=begins, ends_on=ends, actor=actor)
        orgs.record_session(term_id=term.pk, number=session, opened_on=opened, closed_on=closed, actor=actor)
        into = Institution(congress, actor, term)
        tables.units.rows = parents_first(tables.units.rows)
        tables.units.each(lambda row: take_unit(row, into), after_bad=forgive)
        watch("单位", 0)
        tables.deputies.each(lambda row: take_deputy(row, into), after_bad=forgive)
        watch("代表", 0)
        tables.stations.each(lambda row: take_station(row, into), after_bad=forgive)
        set_up_profiles(tables.stations, tables.deputies, into)
        tables.synonyms.each(lambda row: take_synonyms(row, actor), after_bad=forgive)
    return into


def _records(
    tables: Tables, institution: Institution, world: World
) -> tuple[dict[str, OpinionRecord], list[SuggestionRecord]]:
    opinions: dict[str, OpinionRecord] = {}
    suggestions: list[SuggestionRecord] = []

    def opinion(row: Row) -> None:
        record = opinion_record(row, institution)
        opinions[record.code] = record

    def suggestion(row: Row) -> None:
        record = suggestion_record(row, institution, opinions)
        suggestions.append(record)
        world.taken_up.update(record.origins)
        world.revisits.update({code: record.revisit for code in record.origins if record.revisit})

    tables.opinions.each(opinion)
    tables.suggestions.each(suggestion)
    names = dict.fromkeys(
        [record.category for record in opinions.values()] + [record.category for record in suggestions]
    )
    for index, name in enumerate(names, start=1):
        world.categories[name] = liaison.add_category(code=f"L{index:02}", name=name, actor=institution.actor).pk
    return opinions, suggestions


def _continue_one_series(suggestions: list[SuggestionRecord], actor: Actor) -> None:
    """A register that numbers session and closed period in one sequence keeps its numbers: the district counts so."""
    inside = {record.number for record in suggestions if record.in_session}
    closed = {record.number for record in suggestions if not record.in_session}
    if closed and not inside & closed:
        parameters.set_value(
            parameter=CLOSED_SERIES, raw="continue", reason="台账把大会和闭会期间的建议编在同一序列", actor=actor
        )


def _allow_known_promises(suggestions: list[SuggestionRecord], actor: Actor) -> None:
    """A register with class B promises beyond twelve months shows that the district allows more."""
    farthest = [
        months
        for record in suggestions
        if record.reply_class == "B" and record.replied_on and record.promise_due
        for months in range(13, 37)
        if add_months(record.replied_on, months - 1) < record.promise_due <= add_months(record.replied_on, months)
    ]
    if farthest:
        parameters.set_value(
            parameter=CLASS_B_MONTHS, raw=str(max(farthest)), reason="台账里有更长的 B 类承诺期限", actor=actor
        )


def _begin_lives(
    replay: Replay, opinions: dict[str, OpinionRecord], suggestions: list[SuggestionRecord], world: World
) -> None:
    by_day: dict[tuple[str, date], list[OpinionRecord]] = defaultdict(list)
    for record in opinions.values():
        replay.add(life_of_opinion(record, world), record.row)
        if record.channel == "接待日":
            by_day[record.station, record.at.date()].append(record)
    for (station, day), records in by_day.items():
        replay.add(life_of_reception(station, day, records, world), records[0].row)
    for suggestion in suggestions:
        replay.add(life_of_suggestion(suggestion, world), suggestion.row)
    for on, code, reason in world.institution.ends:
        replay.add(_end_of_mandate(on, code, reason, world))


def _begin_projects(replay: Replay, tables: Tables, world: World, watch: Watch) -> None:
    """A year of projects needs the session that chose them."""
    proposals, candidates = project_records(tables.projects, world.institution)
    if not candidates or not proposals:
        if proposals or candidates:
            world.assume("项目建议和候选项目缺一份文件，民生实事没有载入")
        return
    first = next(iter(candidates.values()))
    try:
        sitting = sitting_of(tables.meetings, first.row)
    except BadCell as bad:
        tables.projects.candidates.problems.append(Problem(first.row.file, first.row.line, bad.reason, bad.column))
        return
    shared = ProjectYear(sitting, proposals, candidates, world)
    replay.add(life_of_year(shared, lambda done: watch(f"票决 {done}/{sitting.present} 张选票", 0)), first.row)
    for proposal in proposals.values():
        replay.add(life_of_idea(proposal, shared), proposal.row)
    for candidate in shared.chosen:
        replay.add(life_of_project(candidate, shared), candidate.row)


def _end_of_mandate(on: date, code: str, reason: str, world: World) -> Iterator[datetime]:
    yield clock.at_time(on, 18)
    orgs.end_mandate(
        mandate_id=world.institution.mandates[code].pk, on=on, reason=reason, actor=world.institution.actor
    )

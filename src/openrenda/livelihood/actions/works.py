"""The plan, the money, the monthly report and its lamp (domain.md 4.2, 4.6)."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction

from openrenda.kernel import clock, texts
from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import Invalid
from openrenda.kernel.outbox import publish
from openrenda.kernel.parameters import number
from openrenda.kernel.text import N_
from openrenda.livelihood.errors import NoProject, ReportNotDue, WeightsNotWhole
from openrenda.livelihood.events import PlanPublished, Reported, ReportMissed
from openrenda.livelihood.models import Milestone, Progress, Project
from openrenda.livelihood.rules import clocks
from openrenda.livelihood.rules.lamps import WHOLE, Light, Point, Standing, Thresholds, light, planned_percent
from openrenda.livelihood.states import Lamp, ProjectState, YearState
from openrenda.livelihood.workflow import YEAR

from .projects import office_of
from .steps import CLOCKWORK, HUB, Locked, lock, lock_year, not_in_future, required, take, write
from .supervision import order_if_red_twice
from .values import PlanPoint, Reached, Report


@transaction.atomic
def draft_plan(
    *, project_id: int, text: str, points: Sequence[PlanPoint], actor: Actor,
    schedule: Mapping[str, int] | None = None,
) -> Project:  # fmt: skip
    """Unit, goal, schedule, money, guarantee: the text, milestones whose weights make 100, and if wanted the planned
    percent at the end of each month."""
    case = lock(project_id, actor)
    label = take(case, "draft_plan", actor)
    project = case.project
    project.plan_text = required(text=text)["text"]
    total = sum(point.weight for point in points)
    if total != WHOLE or any(point.weight < 1 for point in points):
        raise WeightsNotWhole(fields={"points": N_("请调整各节点的权重。")}, total=total)
    project.schedule = _rising(schedule or {})
    project.milestones.all().delete()
    Milestone.objects.bulk_create(
        Milestone(project=project, name=texts.line(point.name, "name"), plan_date=point.plan_date, weight=point.weight)
        for point in points
    )
    write(case, kind="plan_drafted", text=label, actor=actor, who=who_of(actor, project), is_public=False)
    return project


def _rising(schedule: Mapping[str, int]) -> dict[str, int]:
    """Months in order, percents that only rise."""
    months = dict(sorted(schedule.items()))
    percents = list(months.values())
    for month in months:
        _month(month)
    if percents != sorted(percents) or any(not 0 <= percent <= WHOLE for percent in percents):
        raise Invalid(fields={"schedule": N_("各月计划进度应当逐月递增，在 0 到 100 之间。")})
    return months


def _month(month: str) -> str:
    try:
        return clocks.month_of(clocks.first_day(month))
    except ValueError as error:
        raise Invalid(fields={"month": N_("月份的写法是 2025-03。")}) from error


def who_of(actor: Actor, project: Project) -> str:
    return str(project.lead_unit) if actor.scopes("UNIT_ADMIN", "UNIT_CLERK", "UNIT_LEADER") else office_of(actor)


@transaction.atomic
def publish_plan(*, project_id: int, actor: Actor) -> Project:
    """Public; the first of a year opens its works."""
    year, _ = lock_year(_year_of(project_id), actor)  # the year before its projects, as everywhere
    case = lock(project_id, actor)
    label = take(case, "publish_plan", actor)
    case.project.plan_published_on = clock.today()
    write(case, kind="plan_published", text=label, actor=actor, who=HUB)
    if year.state == YearState.VOTED:
        follower = Actor.system("livelihood.follow", year.congress_id)
        year.state = YEAR.take("begin", follower, year).lands(YearState(year.state))
        year.save()
    publish(PlanPublished(case.project.pk), actor)
    return case.project


def _year_of(project_id: int) -> int:
    year_id = Project.objects.filter(pk=project_id).values_list("year_id", flat=True).first()
    if year_id is None:
        raise NoProject
    return year_id


@transaction.atomic
def confirm_funds(*, project_id: int, on: date, actor: Actor, note: str = "") -> Project:
    """The money is there."""
    not_in_future("on", on)
    case = lock(project_id, actor)
    take(case, "confirm_funds", actor)
    case.project.funded_on = on
    write(case, kind="funds_confirmed", text=N_("资金到位"), note=note.strip(), actor=actor,
          who=who_of(actor, case.project))  # fmt: skip
    return case.project


@transaction.atomic
def report_progress(*, project_id: int, report: Report, actor: Actor) -> Progress:
    """A month's progress by the unit in charge: each month once, none left out, nothing goes backwards."""
    case = lock(project_id, actor)
    take(case, "report", actor)
    project, month = case.project, _month(report.month)
    missed = project.progress.filter(month=month).first()
    if month > clocks.month_of(clock.today()) or (project.last_month and month < project.last_month and not missed):
        raise ReportNotDue
    if missed is not None and not missed.is_missing:
        raise ReportNotDue("livelihood.reported", N_("这个月的进展已经报送。"), N_("新的情况请在下个月报送。"))
    _check(project, report, is_newest=not project.last_month or month >= project.last_month)
    _reach(project, report.reached)
    on = min(clocks.last_day(month), clock.today())
    lit = light_of(project, on, report.actual)
    row = missed or Progress(project=project, month=month, due=clocks.report_by(month, project.congress_id).due)
    row.planned, row.actual, row.paid = _planned(project, clocks.last_day(month)), report.actual, report.paid
    row.note, row.is_missing = texts.block(report.note, "note", 2000), False
    row.lamp, row.reasons = lit.lamp, [str(reason) for reason in lit.reasons]
    row.reported_at, row.reported_by = clock.now(), actor.urn
    row.save()
    _show(project, row)
    write(
        case, kind="reported", text=N_("{month} 进度 {actual}%（计划 {planned}%）"), note=row.note, actor=actor,
        who=str(project.lead_unit), params={"month": month, "actual": str(row.actual), "planned": str(row.planned)},
        month=month, lamp=str(row.lamp),
    )  # fmt: skip
    publish(Reported(project.pk, month=month, lamp=str(row.lamp)), actor)
    order_if_red_twice(case, row)
    return row


def _check(project: Project, report: Report, *, is_newest: bool) -> None:
    problems = {}
    if not 0 <= report.actual <= WHOLE:
        problems["actual"] = N_("进度在 0 到 100 之间。")
    if is_newest and project.actual_percent is not None and report.actual < project.actual_percent:
        problems["actual"] = N_("实际进度不能比上次报送的少；上次报错的，请在说明里写明并联系政府督查室。")
    if report.paid is not None and report.paid < 0:
        problems["paid"] = N_("完成投资不能小于零。")
    if problems:
        raise Invalid(fields=problems)
    points = set(project.milestones.filter(actual_date=None).values_list("pk", flat=True))
    if report.actual == WHOLE and points - {one.milestone_id for one in report.reached}:
        raise Invalid(fields={"reached": N_("进度 100% 时，每个节点都要登记完成日期。")})


def _reach(project: Project, reached: Sequence[Reached]) -> None:
    points = {row.pk: row for row in project.milestones.all()} if reached else {}
    for one in reached:
        not_in_future("reached", one.on)
        if one.milestone_id not in points:
            raise Invalid(fields={"reached": N_("请重新选择这一项。")})
        row = points[one.milestone_id]
        row.actual_date, row.proof = one.on, one.proof.strip()[:200]
        row.save()


def _points(project: Project) -> tuple[Point, ...]:
    return tuple(Point(row.plan_date, row.weight, row.actual_date) for row in project.milestones.all())


def _planned(project: Project, on: date) -> int:
    return planned_percent(on, _points(project), project.schedule)


def light_of(project: Project, on: date, actual: int, *, is_missing: bool = False) -> Light:
    """The lamp of a project on a day, by the settings of the place. Four queries."""
    limits = Thresholds(
        number(clocks.LAG_YELLOW, project.congress_id),
        number(clocks.LAG_RED, project.congress_id),
        number(clocks.LATE_RED_DAYS, project.congress_id),
    )
    points = _points(project)
    standing = Standing(
        on=on, year=project.year.year, planned=planned_percent(on, points, project.schedule), actual=actual,
        points=points, funded_on=project.funded_on, is_missing=is_missing,
        is_accepted=project.state == ProjectState.ACCEPTED,
    )  # fmt: skip
    return light(standing, limits)


def _show(project: Project, row: Progress) -> None:
    """What the card shows, from the newest month."""
    if project.last_month and row.month < project.last_month:
        return
    project.last_month, project.planned_percent, project.actual_percent = row.month, row.planned, row.actual
    project.lamp, project.lamp_reasons = row.lamp, row.reasons
    if row.paid is not None:
        project.paid = row.paid


@transaction.atomic
def mark_missing(*, project_id: int, month: str, actor: Actor) -> Progress:
    """The report did not come by its day: the lamp turns yellow by itself, or red where it was red without it."""
    case = lock(project_id, actor)
    take(case, "mark_missing", actor)
    project, month = case.project, _month(month)
    due = clocks.report_by(month, project.congress_id).due
    if clock.today() <= due or project.progress.filter(month=month).exists():
        raise ReportNotDue
    on, actual = clocks.last_day(month), project.actual_percent or 0
    lit = light_of(project, on, actual, is_missing=True)
    row = Progress.objects.create(
        project=project, month=month, planned=_planned(project, on), actual=actual, paid=project.paid, due=due,
        lamp=lit.lamp, reasons=[str(reason) for reason in lit.reasons], is_missing=True,
    )  # fmt: skip
    _show(project, row)
    write(case, kind="report_missed", text=N_("{month} 月报没有按时报送"), params={"month": month}, actor=actor,
          who=CLOCKWORK, month=month)  # fmt: skip
    publish(ReportMissed(project.pk, month=month), actor)
    order_if_red_twice(case, row)
    return row


def turn_blue(case: Locked) -> None:
    """Finished and accepted."""
    case.project.lamp, case.project.lamp_reasons = Lamp.BLUE, []

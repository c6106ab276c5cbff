"""Finished, accepted, judged, put right, judged again, archived or carried over (domain.md 4.4, 4.8)."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from openrenda.audit.actions import record
from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import Invalid
from openrenda.kernel.outbox import publish
from openrenda.kernel.text import N_
from openrenda.livelihood.errors import NoYear
from openrenda.livelihood.events import (
    AcceptanceRefused,
    Graded,
    ProjectAccepted,
    ProjectCompleted,
    RectificationDue,
    RectificationFiled,
)
from openrenda.livelihood.models import Evaluation, Project, Year
from openrenda.livelihood.rules import clocks, who
from openrenda.livelihood.rules.votes import grade
from openrenda.livelihood.states import Grade, Outcome, ProjectState, YearState
from openrenda.livelihood.workflow import YEAR
from openrenda.meetings import actions as meetings
from openrenda.meetings.actions import Form, Method, OptionSpec, Poll

from .choosing import item_about
from .projects import new_project, text_of
from .steps import CONGRESS, HUB, OFFICE, Locked, lock, lock_all, lock_year, required, revise, take, write
from .telling import tell_proposers
from .values import ProjectGrades
from .works import turn_blue

JUDGE = "livelihood.judge"
"""Purpose of the vote, as it comes back with what the meeting decided."""


@transaction.atomic
def complete_project(*, project_id: int, actor: Actor, note: str = "") -> Project:
    """The unit in charge says that everything is built."""
    case = lock(project_id, actor)
    label = take(case, "complete", actor)
    case.project.completed_on = clock.today()
    write(case, kind="completed", text=label, note=note.strip()[:2000], actor=actor, who=str(case.project.lead_unit))
    publish(ProjectCompleted(case.project.pk), actor)
    return case.project


@transaction.atomic
def accept_project(*, project_id: int, note: str, actor: Actor) -> Project:
    """Checked on site and taken over; the lamp turns blue, proposers hear that it is finished."""
    case = lock(project_id, actor)
    label = take(case, "accept", actor)
    case.project.accepted_on, case.project.acceptance_note = clock.today(), required(2000, note=note)["note"]
    turn_blue(case)
    write(case, kind="accepted", text=label, note=case.project.acceptance_note, actor=actor, who=HUB)
    tell_proposers(case.project, Outcome.FINISHED, actor)
    publish(ProjectAccepted(case.project.pk), actor)
    return case.project


@transaction.atomic
def refuse_acceptance(*, project_id: int, reason: str, actor: Actor) -> Project:
    """Not as promised: back to work."""
    case = lock(project_id, actor)
    label = take(case, "refuse_acceptance", actor)
    case.project.completed_on = None
    note = required(2000, reason=reason)["reason"]
    write(case, kind="acceptance_refused", text=label, note=note, actor=actor, who=HUB)
    publish(AcceptanceRefused(case.project.pk, reason=note[:200]), actor)
    return case.project


@transaction.atomic
def put_to_evaluation(
    *, year_id: int, item_id: int, method: Method, actor: Actor, title: str = "", key: str = "", threshold: int = 0
) -> Poll:
    """A vote of satisfaction on what is accepted, and again on what was put right; it comes back by itself."""
    year, _ = lock_year(year_id, actor)
    YEAR.take("put_to_evaluation", actor, year)
    item_about(item_id, year)
    rows = list(year.projects.filter(who.WAITS_FOR_JUDGEMENT).order_by("final_no", "pk"))
    poll = meetings.put_to_vote(
        item_id=item_id,
        title=title.strip() or f"{year.year}年度民生实事项目满意度测评",
        method=method,
        form=Form.GRADES,
        options=[OptionSpec(str(row.pk), row.name, row.target[:200]) for row in rows],
        threshold=threshold,
        key=key,
        purpose=JUDGE,
        actor=actor,
    )
    record(actor, "livelihood.put_to_evaluation", year, poll=poll.key)
    return poll


@transaction.atomic
def take_grades(
    *, year_id: int, grades: Sequence[ProjectGrades], base: int, actor: Actor, poll_key: str = "",
    on: date | None = None,
) -> Year:  # fmt: skip
    """What deputies or the committee found, each project by the rule of the place. Twice means nothing new."""
    year, before = lock_year(year_id, actor)
    moved = YEAR.take("take_grades", actor, year)
    rule = clocks.grade_rule(year.congress_id)
    lines = {int(line.ref): line for line in grades}
    for case in lock_all(lines, year):
        line = lines[case.project.pk]
        if case.was in (ProjectState.ACCEPTED, ProjectState.RECTIFYING):
            _checked(line, base)
            _grade(case, line, base, rule, poll_key, on or clock.today(), actor)
    year.state, year.judged_on = moved.lands(YearState(year.state)), on or clock.today()
    year.save()
    record(actor, "livelihood.grades_taken", year, before=before, poll=poll_key)
    return year


def _checked(line: ProjectGrades, base: int) -> None:
    counts = (line.satisfied, line.mostly, line.unsatisfied, line.abstain)
    if min(counts) < 0 or sum(counts) > base:
        raise Invalid(fields={"grades": N_("票数之和不能超过应到人数。")})


def _grade(
    case: Locked, line: ProjectGrades, base: int, rule: str, poll_key: str, on: date, actor: Actor
) -> None:  # fmt: skip
    project, first = case.project, case.was == ProjectState.ACCEPTED
    found = grade(line.satisfied, line.mostly, line.unsatisfied, base=base, rule=rule)
    take(case, "judge" if first else "rejudge", actor)
    number = project.evaluations.count() + 1
    Evaluation.objects.create(
        project=project, round=number, satisfied=line.satisfied, mostly=line.mostly, unsatisfied=line.unsatisfied,
        abstain=line.abstain, base=base, rule=rule, grade=found, poll_key=poll_key, on=on,
    )  # fmt: skip
    project.grade = found
    write(
        case, kind="graded" if first else "regraded", text=N_("测评{grade}：满意 {a}、基本满意 {b}、不满意 {c}"),
        actor=actor, who=CONGRESS, params={
            "grade": found.label, "a": str(line.satisfied), "b": str(line.mostly), "c": str(line.unsatisfied),
        },
    )  # fmt: skip
    if first:
        tell_proposers(project, Outcome.JUDGED, actor, grade=str(found))
    publish(Graded(project.pk, grade=str(found), round=number), actor)
    if found == Grade.BAD and first:
        _order_rectification(case, on, actor)


def _order_rectification(case: Locked, on: date, actor: Actor) -> None:
    """Found wanting: a plan in fifteen days, a result in three months, then another vote."""
    label = take(case, "order_rectification", actor)
    project = case.project
    project.rectify_plan_due = clocks.rectify_plan_by(on, project.congress_id).due
    project.rectify_result_due = clocks.rectify_result_by(on, project.congress_id).due
    write(case, kind="rectification_ordered", text=label, actor=actor, who=CONGRESS)
    due = (project.rectify_plan_due.isoformat(), project.rectify_result_due.isoformat())
    publish(RectificationDue(project.pk, plan_due=due[0], result_due=due[1]), actor)


@transaction.atomic
def file_rectify_plan(*, project_id: int, text: str, actor: Actor) -> Project:
    """How it will be put right."""
    case = lock(project_id, actor)
    label = take(case, "file_rectify_plan", actor)
    case.project.rectify_plan, case.project.rectify_plan_on = required(text=text)["text"], clock.today()
    return _filed(case, "rectify_plan_filed", label, case.project.rectify_plan, "plan", actor)


@transaction.atomic
def file_rectify_result(*, project_id: int, text: str, actor: Actor) -> Project:
    """What has been put right."""
    case = lock(project_id, actor)
    label = take(case, "file_rectify_result", actor)
    case.project.rectify_result, case.project.rectify_result_on = required(text=text)["text"], clock.today()
    return _filed(case, "rectify_result_filed", label, case.project.rectify_result, "result", actor)


def _filed(case: Locked, kind: str, label: str, note: str, stage: str, actor: Actor) -> Project:
    write(case, kind=kind, text=label, note=note, actor=actor, who=str(case.project.lead_unit))
    publish(RectificationFiled(case.project.pk, stage=stage), actor)
    return case.project


@transaction.atomic
def archive_project(*, project_id: int, actor: Actor) -> Project:
    """Nothing more to come."""
    case = lock(project_id, actor)
    label = take(case, "archive", actor)
    write(case, kind="archived", text=label, actor=actor, who=OFFICE)
    return case.project


@transaction.atomic
def carry_over(*, project_id: int, annual_goal: str, actor: Actor) -> Project:
    """A project of several years goes on in the next year's list, with that year's goal; it is not voted on again."""
    case = lock(project_id, actor)
    label = take(case, "carry_over", actor)
    old = case.project
    nxt = Year.objects.filter(congress_id=actor.congress_id, year=old.year.year + 1).first()
    if nxt is None:
        raise NoYear("livelihood.no_next_year", N_("下一年度还没有开始征集。"), N_("请先开始下一年度的征集。"))
    write(case, kind="carried_over", text=label, actor=actor, who=HUB)
    row = new_project(nxt, text_of(old), actor, came_from=old, state=ProjectState.IMPLEMENTING)
    row.annual_goal = required(2000, annual_goal=annual_goal)["annual_goal"]
    row.starts_on, row.investment_voted, row.plan_text = old.starts_on, old.investment_voted, old.plan_text
    row.actual_percent, row.paid, row.funded_on = old.actual_percent, old.paid, old.funded_on
    row.plan_published_on, row.last_month = old.plan_published_on, old.last_month
    row.save()
    revise(row, label)
    return row

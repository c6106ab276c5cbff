"""A year of livelihood projects at every stage, reached by walking the actions as the offices do.

Units of tests.makers.orgs: R01 办公室, G01 督查室, B03 in charge, B04 gives opinions, S01 station.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import count

from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.livelihood import actions
from openrenda.livelihood.actions import (
    IdeaText,
    PlanPoint,
    ProjectGrades,
    ProjectResult,
    ProjectText,
    Proposer,
    Reached,
    Receipt,
    Report,
)
from openrenda.livelihood.models import Idea, Project, Year
from openrenda.livelihood.states import Criterion, Fund, OpinionKind, ProjectState
from openrenda.orgs.states import Role
from tests.makers.orgs import a_congress, a_unit, actor_of

OPENED, CLOSED = date(2024, 10, 8), date(2024, 11, 30)
FIXED, BOOKLET, VOTED = date(2025, 1, 10), date(2025, 1, 20), date(2025, 2, 20)
PLANNED = date(2025, 3, 3)
FINISH = date(2025, 11, 30)
SCHEDULE = {f"2025-{month:02}": (month - 2) * 10 for month in range(3, 13)}
SCHEDULE |= {"2025-11": 100, "2025-12": 100}
_number = count(1)


def hub() -> Actor:
    """政府督查室."""
    return actor_of(Role.GOV_HUB, "G01")


def office() -> Actor:
    """常委会办公室."""
    return actor_of(Role.SC_OFFICE, "R01")


def clerk() -> Actor:
    """Clerk of the unit in charge."""
    return actor_of(Role.UNIT_CLERK, "B03")


def leader(code: str = "B03") -> Actor:
    """Leader of a unit, of the one in charge by default."""
    return actor_of(Role.UNIT_LEADER, code)


def result() -> Actor:
    """What brings the decisions of meetings."""
    return Actor.system("livelihood.result", a_congress().pk)


def public() -> Actor:
    """A resident."""
    return Actor.anonymous(a_congress().pk)


def a_call(year: int = 2025, quota: int = 2) -> Year:
    """Open since 8 October of the year before."""
    a_congress()
    with clock.at(date(year - 1, 10, 8)):
        return actions.open_call(
            year=year, opens_on=date(year - 1, 10, 8), closes_on=date(year - 1, 11, 30), quota=quota, actor=hub()
        )


def an_idea(year: Year, *, title: str = "建一批社区助餐点", on: date = OPENED, **proposer: object) -> Receipt:
    """A resident's idea."""
    who = Proposer(**{"may_publish": True, **proposer})  # type: ignore[arg-type]  # a test may give nonsense on purpose
    with clock.at(on):
        return actions.submit_idea(
            year_id=year.pk,
            text=IdeaText(title, "老人中午吃不上热饭，建议每个社区建一处助餐点。", "民政养老"),
            proposer=who,
            idempotency_key=f"form-{next(_number):08}",
            actor=public(),
        )


def a_text(**changes: object) -> ProjectText:
    """A whole project."""
    number = next(_number)
    given: dict[str, object] = {
        "name": f"第{number}类社区助餐点建设",
        "category": "民政养老",
        "content": "新建社区助餐点20处。",
        "target": "新建助餐点20处",
        "place": "各街道",
        "beneficiaries": "60岁以上老人",
        "investment_total": Decimal(1000),
        "fund_code": Fund.DISTRICT,
        "fund_source": "区级财政",
        "lead_unit_id": a_unit("B03").pk,
        "leader": "区住建局局长",
        "starts_on": date(2025, 3, 1),
        "finishes_on": FINISH,
    }
    return ProjectText(**{**given, **changes})  # type: ignore[arg-type]  # a test may give nonsense on purpose


def a_project(year: Year, *, ideas: Iterable[int] = (), **changes: object) -> Project:
    """In the pool."""
    with clock.at(CLOSED):
        return actions.propose_project(year_id=year.pk, text=a_text(**changes), idea_ids=ideas, actor=hub())


def screen(project: Project) -> None:
    """From the pool to the party committee's study."""
    actions.shortlist_project(project_id=project.pk, actor=hub())
    for number in range(3):
        scorer = actor_of(Role.SC_COMMITTEE, "R03") if number == 0 else actor_of(Role.GOV_HUB, f"B0{2 + number}")
        marks = dict.fromkeys(Criterion, 6 + number)
        actions.score_project(project_id=project.pk, marks=marks, actor=scorer)
    for kind in OpinionKind:
        actions.give_opinion(project_id=project.pk, kind=kind, is_positive=True, text="同意", actor=leader("B04"))
    actions.discuss_party(project_ids=[project.pk], decided_on=clock.today(), actor=office())


@dataclass
class Walk:
    """A year on its way, its projects in order of the ballot, their ideas."""

    year: Year
    projects: list[Project]
    ideas: list[int] = field(default_factory=list)

    @property
    def now(self) -> Year:
        self.year.refresh_from_db()
        return self.year

    def project(self, index: int = 0) -> Project:
        """The row as it stands."""
        return Project.objects.select_related("year").get(pk=self.projects[index].pk)

    def idea(self, index: int = 0) -> Idea:
        return Idea.objects.get(pk=self.ideas[index])


def a_screened(candidates: int = 2, quota: int = 1) -> Walk:
    """Ideas in, merged, weighed; the standing committee has deliberated."""
    year = a_call(quota=quota)
    ideas = [an_idea(year, title=f"第{n}条建议").idea_id for n in range(candidates)]
    projects = [a_project(year, ideas=[idea]) for idea in ideas]
    with clock.at(date(2024, 12, 5)):
        actions.close_call(year_id=year.pk, actor=hub())
        for project in projects:
            screen(project)
        ids = [project.pk for project in projects]
        actions.deliberate(year_id=year.pk, project_ids=ids, decided_by="第二十四次会议", actor=office())
    return Walk(year, projects, ideas)


def a_candidates(candidates: int = 2, quota: int = 1) -> Walk:
    """Fixed, published, in the hands of deputies."""
    walk = a_screened(candidates, quota)
    with clock.at(FIXED):
        actions.fix_candidates(year_id=walk.year.pk, project_ids=[p.pk for p in walk.projects], actor=office())
    with clock.at(BOOKLET):
        actions.publish_candidates(year_id=walk.year.pk, session_on=VOTED, actor=office())
    walk.projects = list(walk.year.projects.order_by("cand_no"))
    return walk


def a_voted(candidates: int = 2, quota: int = 1) -> Walk:
    """Chosen: the first ones of the ballot, the first with most votes."""
    walk = a_candidates(candidates, quota)
    lines = [ProjectResult(str(p.pk), 260 - n, n < quota) for n, p in enumerate(walk.projects)]
    with clock.at(VOTED):
        actions.take_result(year_id=walk.year.pk, results=lines, actor=result())
    return walk


def a_running(candidates: int = 2, quota: int = 1, schedule: Mapping[str, int] | None = None) -> Walk:
    """Plans of the chosen ones are public, money is there."""
    walk = a_voted(candidates, quota)
    with clock.at(PLANNED):
        for project in walk.projects[:quota]:
            actions.draft_plan(
                project_id=project.pk, text="三月开工，十一月底完工。", points=[PlanPoint("完工", FINISH, 100)],
                schedule=SCHEDULE if schedule is None else schedule, actor=clerk(),
            )  # fmt: skip
            actions.publish_plan(project_id=project.pk, actor=hub())
            actions.confirm_funds(project_id=project.pk, on=PLANNED, actor=clerk())
    return walk


def report(walk: Walk, month: str, actual: int, index: int = 0, reached: date | None = None) -> str:
    """On the 2nd of the next month; the lamp."""
    points = walk.project(index).milestones.all()
    done = tuple(Reached(point.pk, reached) for point in points) if reached else ()
    given = Report(month, actual, "按计划推进", Decimal(actual * 10), done)
    with clock.at(date.fromisoformat(f"{month}-28") + timedelta(days=6)):
        row = actions.report_progress(project_id=walk.projects[index].pk, report=given, actor=clerk())
    return str(row.lamp)


def an_accepted(candidates: int = 2, quota: int = 1) -> Walk:
    """The first chosen project is built and taken over."""
    walk = a_running(candidates, quota)
    report(walk, "2025-11", 100, reached=date(2025, 11, 28))
    with clock.at(date(2025, 12, 10)):
        actions.complete_project(project_id=walk.projects[0].pk, actor=leader())
        actions.accept_project(project_id=walk.projects[0].pk, note="验收合格", actor=hub())
    return walk


def judge(walk: Walk, satisfied: int, mostly: int, unsatisfied: int, *, base: int = 194, on: date) -> ProjectState:
    """The vote of satisfaction on the first project."""
    line = ProjectGrades(str(walk.projects[0].pk), satisfied, mostly, unsatisfied)
    with clock.at(on):
        actions.take_grades(year_id=walk.year.pk, grades=[line], base=base, actor=result())
    return ProjectState(walk.project().state)

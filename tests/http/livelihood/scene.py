"""A small year of livelihood projects, brought to a stage by the actions: three candidates, two to be chosen."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.liaison.models import Station
from openrenda.livelihood import actions
from openrenda.livelihood.actions.values import (
    IdeaText,
    PlanPoint,
    ProjectResult,
    ProjectText,
    Proposer,
    Receipt,
    Report,
)
from openrenda.livelihood.models import Idea, Project, Year
from openrenda.livelihood.states import AdjustmentKind, Criterion, Fund, OpinionKind
from openrenda.orgs.states import Role
from tests.makers import orgs
from tests.makers.stations import Scene as District
from tests.makers.stations import a_scene

CALL, CLOSED, SESSION, PLANNED = date(2024, 11, 1), date(2024, 12, 9), date(2025, 1, 15), date(2025, 1, 25)
REPORTED = {"2025-02": date(2025, 3, 3), "2025-03": date(2025, 3, 31)}
PROJECTS = (
    ("新增公共停车泊位3000个", "交通停车", "新增公共停车泊位3000个", Decimal(4200), 255),
    ("社区养老服务提升", "民政养老", "新建社区助餐点20处，适老化改造400户", Decimal(3150), 231),
    ("智慧安防小区建设", "公共安全", "在86个小区安装智能门禁", Decimal(2240), 98),
)
PLACES = {"S01": ("113.62110", "34.74810"), "S02": ("113.65800", "34.76200"), "C01": ("113.64100", "34.72500")}


@dataclass
class Works:
    """The year, its projects by their places, the ideas."""

    district: District
    year: Year
    ideas: list[Receipt]
    projects: list[Project]

    @property
    def chosen(self) -> Project:
        return Project.objects.get(pk=self.projects[0].pk)

    @property
    def idea(self) -> Idea:
        return Idea.objects.get(pk=self.ideas[0].idea_id)


def hub() -> Actor:
    return orgs.actor_of(Role.GOV_HUB, "G01")


def office() -> Actor:
    return orgs.actor_of(Role.SC_OFFICE, "R01")


def result(works: Works) -> Actor:
    return Actor.system("livelihood.result", works.district.congress.pk)


def call(*, quota: int = 2, on: date | None = None) -> Works:
    """The call is open; two residents have written, one of them may be shown."""
    district = a_scene()
    for code, (lng, lat) in PLACES.items():
        Station.objects.filter(unit__code=code).update(lng=lng, lat=lat)
    day = on or clock.today()
    with clock.at(day):
        year = actions.open_call(
            year=2025, opens_on=day, closes_on=day + timedelta(days=38), quota=quota, notice="征集公告", actor=hub()
        )
        works = Works(district, year, [], [])
        idea(works, "在汝桥社区建一个助餐点", may_publish=True)
        idea(works, "多建一些停车位", may_publish=False)
    return works


def idea(works: Works, title: str, *, may_publish: bool = True) -> Receipt:
    receipt = actions.submit_idea(
        year_id=works.year.pk,
        text=IdeaText(title, f"{title}，老人多，吃饭不方便，请政府办成。", "养老服务", "汝桥社区"),
        proposer=Proposer("王女士", "13800001234", "", may_publish, "2025-01"),
        idempotency_key=f"form-of-{title}",
        actor=works.district.resident,
    )
    works.ideas.append(receipt)
    return receipt


def _text(index: int) -> ProjectText:
    name, category, target, total, _votes = PROJECTS[index]
    return ProjectText(
        name=name,
        category=category,
        content=f"{target}，方便居民生活。",
        target=target,
        place="桐荫路、望河路一带",
        beneficiaries="全区居民约30万人",
        investment_total=total,
        fund_code=Fund.DISTRICT,
        fund_source="区级财政",
        lead_unit_id=orgs.a_unit("B03").pk,
        leader="区住建局局长",
        starts_on=date(2025, 2, 1),
        finishes_on=date(2025, 11, 30),
        street_ids=(orgs.a_unit("J01").pk,),
    )


def weighed(*, on: date = CALL) -> Works:
    """The call is over, ideas are settled, projects are among the first candidates, scored, with opinions."""
    works = call(on=on)
    with clock.at(CLOSED + timedelta(days=1)):
        actions.publish_idea(idea_id=works.ideas[0].idea_id, actor=hub())
        actions.close_call(year_id=works.year.pk, actor=hub())
        for index in range(len(PROJECTS)):
            merged = [works.ideas[0].idea_id] if index == 1 else [works.ideas[1].idea_id] if index == 0 else []
            works.projects.append(
                actions.propose_project(year_id=works.year.pk, text=_text(index), idea_ids=merged, actor=hub())
            )
        for project in works.projects:
            _weigh(project)
    return works


def _weigh(project: Project) -> None:
    actions.shortlist_project(project_id=project.pk, actor=hub())
    scorers = [hub(), orgs.actor_of(Role.SC_COMMITTEE, "R03"), orgs.actor_of(Role.SC_REP, "R02")]
    for scorer in scorers:
        actions.score_project(project_id=project.pk, marks=dict.fromkeys(Criterion, 8), actor=scorer)
    for kind in OpinionKind:
        actions.give_opinion(
            project_id=project.pk,
            kind=kind,
            is_positive=True,
            text="同意。",
            unit_id=orgs.a_unit("B04").pk,
            actor=hub(),
        )


def candidates(*, published: bool = True) -> Works:
    """Fixed with a difference of one, and out with the booklet."""
    works = weighed()
    decided(works, published=published)
    return works


def decided(works: Works, *, published: bool = True) -> None:
    pks = [p.pk for p in works.projects]
    with clock.at(date(2024, 12, 20)):
        actions.discuss_party(project_ids=pks, decided_on=date(2024, 12, 20), actor=hub())
        actions.deliberate(year_id=works.year.pk, project_ids=pks, decided_by="区人大常委会第25次会议", actor=office())
        actions.fix_candidates(year_id=works.year.pk, project_ids=pks, actor=office())
    if published:
        publish(works)


def publish(works: Works) -> None:
    with clock.at(date(2024, 12, 20)):
        actions.publish_candidates(year_id=works.year.pk, session_on=SESSION, actor=office())


def voted() -> Works:
    """Two chosen, one not."""
    works = candidates()
    choose(works)
    return works


def choose(works: Works) -> None:
    lines = [ProjectResult(str(p.pk), PROJECTS[index][4], chosen=index < 2) for index, p in enumerate(works.projects)]
    with clock.at(SESSION):
        actions.take_result(year_id=works.year.pk, results=lines, actor=result(works))


def running() -> Works:
    """Plans are public, two months are reported, the second of the first project far behind."""
    works = voted()
    plan(works)
    return works


def plan(works: Works) -> None:
    leader = orgs.actor_of(Role.UNIT_LEADER, "B03")
    for project in works.projects[:2]:
        with clock.at(PLANNED):
            points = [
                PlanPoint("开工", date(2025, 2, 20), 20),
                PlanPoint("主体完成", date(2025, 3, 25), 40),
                PlanPoint("完工", date(2025, 11, 30), 40),
            ]
            actions.draft_plan(project_id=project.pk, text="由区住建局负责，分三步完成。", points=points, actor=leader)
            actions.publish_plan(project_id=project.pk, actor=hub())
            actions.confirm_funds(project_id=project.pk, on=PLANNED, actor=leader)
    for month, day in REPORTED.items():
        with clock.at(day):
            report = Report(month, 20 if month == "2025-02" else 31, f"{month}完成选址和招标。", Decimal(600))
            actions.report_progress(project_id=works.projects[0].pk, report=report, actor=leader)


def supervise(works: Works) -> None:
    """A group has visited the first project, an order is out, the unit asks for a longer time."""
    pk, deputy = works.projects[0].pk, works.district.deputy.pk
    actions.form_group(project_id=pk, leader_id=deputy, member_ids=[deputy], actor=office())
    actions.record_inspection(project_id=pk, on=clock.today(), findings="三处工地已开工。", actor=office())
    actions.issue_order(project_id=pk, text="请说明滞后原因。", actor=office())
    actions.request_adjustment(
        project_id=pk,
        kind=AdjustmentKind.EXTENSION,
        reason="管线迁改比预计多。",
        change={"finishes_on": "2026-03-31"},
        actor=orgs.actor_of(Role.UNIT_LEADER, "B03"),
    )

"""A year of livelihood projects, replayed: ideas, candidates, the vote in the session, monthly reports, the judgement.

One life for the year, one for each idea and one for each chosen project. What the files do not tell (minutes of the
party committee, opinions, acceptance) is recorded as such and counted in the load's report.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from openrenda.kernel import clock, parameters
from openrenda.kernel.actor import Actor
from openrenda.kernel.deadlines import add_months
from openrenda.livelihood import actions as livelihood
from openrenda.livelihood.actions import (
    IdeaText,
    PlanPoint,
    ProjectGrades,
    ProjectText,
    Proposer,
    Reached,
    Receipt,
    Report,
)
from openrenda.livelihood.models import Milestone
from openrenda.livelihood.rules.clocks import COLLECT_DAYS_MIN, MIN_SCORERS
from openrenda.livelihood.states import Fund, IdeaState, Lamp, OpinionKind
from openrenda.orgs.models import Unit
from openrenda.orgs.selectors import deputies_in_office
from openrenda.orgs.states import Role, UnitKind

from .project_records import DEPUTY, PUBLIC, CandidateRecord, ProgressRecord, ProposalRecord
from .project_vote import Told, life_of_vote
from .project_year import ProjectYear
from .world import World

Life = Iterator[datetime]
ACCEPTANCE = 8  # working days after the last report
LAMPS = {"绿": Lamp.GREEN, "黄": Lamp.YELLOW, "红": Lamp.RED, "蓝": Lamp.BLUE}
UNTOLD = "台账没有记载，随候选项目补记"


def life_of_idea(record: ProposalRecord, shared: ProjectYear) -> Life:
    """Somebody proposes."""
    yield clock.at_time(record.on, 10)
    if not shared.year_id:
        return  # the call itself was refused, and told
    text = IdeaText(record.title, record.content, record.category, estimate=record.estimate)
    receipt = _own(record, text, shared) if record.source != PUBLIC else _resident(record, text, shared)
    shared.idea_ids[record.code] = receipt.idea_id


def _serial(record: ProposalRecord) -> int | None:
    """Ideas keep the register's numbers."""
    return int("".join(filter(str.isdigit, record.code)) or 0) or None


def _resident(record: ProposalRecord, text: IdeaText, shared: ProjectYear) -> Receipt:
    return livelihood.submit_idea(
        year_id=shared.year_id,
        text=text,
        proposer=Proposer(name=record.proposer, may_publish=True, notice_version="load"),
        idempotency_key=f"load-{record.code}",
        mask_pii=True,
        serial=_serial(record),
        actor=Actor.anonymous(shared.world.congress_id, origin="load"),
    )


def _own(record: ProposalRecord, text: IdeaText, shared: ProjectYear) -> Receipt:
    world = shared.world
    if record.source == DEPUTY:
        mandate = world.institution.mandates[record.proposer]
        actor, scope = world.deputy(mandate), mandate.pk
    else:
        unit = world.institution.units[record.proposer]
        actor, scope = world.officer(Role.UNIT_CLERK, unit), unit.pk
    return livelihood.propose_idea(
        year_id=shared.year_id,
        text=text,
        idempotency_key=f"load-{record.code}",
        scope_id=scope,
        serial=_serial(record),
        actor=actor,
    )


def life_of_year(shared: ProjectYear, told: Told) -> Life:
    """From the call to the vote, and on to the judgement."""
    days = [record.on for record in shared.proposals.values()]
    first, last = min(days), max(days)
    yield clock.at_time(first, 8)
    least = parameters.number(COLLECT_DAYS_MIN, shared.world.congress_id)
    closes = max(last, first + timedelta(days=least))
    _ask_for_scores(0, "台账没有筛选评分", shared)
    shared.year_id = livelihood.open_call(
        year=shared.sitting.on.year,
        opens_on=first,
        closes_on=closes,
        quota=len(shared.chosen),
        actor=shared.hub(),
    ).pk
    yield shared.world.workdays_after(closes, 2)
    livelihood.close_call(year_id=shared.year_id, actor=shared.hub())
    yield shared.world.workdays_after(closes, 5)
    _settle(shared)
    yield from _deliberated(shared, closes)
    yield clock.at_time(shared.sitting.on, 9)
    _ask_for_scores(int(MIN_SCORERS.default), "以后的项目仍要评分", shared)
    yield from life_of_vote(shared, told)
    yield from _judged(shared)


def _ask_for_scores(people: int, reason: str, shared: ProjectYear) -> None:
    actor = shared.world.institution.actor
    parameters.set_value(parameter=MIN_SCORERS, raw=str(people), reason=reason, actor=actor)


def _settle(shared: ProjectYear) -> None:
    """Ideas named by a candidate are merged into it; the others go into the reserve pool. All are read by everybody."""
    taken: set[str] = set()
    for number, record in enumerate(shared.candidates.values(), 1):
        ideas = [code for code in record.proposals if code not in taken]
        taken.update(ideas)
        shared.project_ids[record.code] = livelihood.propose_project(
            year_id=shared.year_id,
            text=_text(record, shared),
            idea_ids=[shared.idea_ids[code] for code in ideas],
            serial=number,
            actor=shared.hub(),
        ).pk
    if rest := [pk for code, pk in shared.idea_ids.items() if code not in taken]:
        livelihood.settle_ideas(
            idea_ids=rest,
            outcome=IdeaState.RESERVE,
            explanation="本年度没有并入候选项目，列入储备库，下一年度继续研究。",
            actor=shared.hub(),
        )
        shared.world.assume("未列入候选项目的建议记为入储备库")
    for pk in shared.idea_ids.values():
        livelihood.publish_idea(idea_id=pk, actor=shared.hub())
    shared.world.assume("项目建议是否公开没有记载，个人信息遮盖后公开")


def _text(record: CandidateRecord, shared: ProjectYear) -> ProjectText:
    units = shared.world.institution.units
    streets = [unit for unit in units.values() if unit.kind == UnitKind.STREET]
    told = record.name + record.content
    within = [unit for unit in streets if _stem(unit) in told]
    return ProjectText(
        name=record.name,
        category=record.category,
        content=record.content,
        target=record.content,
        place="、".join(unit.name for unit in within) or "全区",
        beneficiaries="全区居民",
        investment_total=record.investment,
        fund_code=_fund(record.funds),
        fund_source=record.funds,
        lead_unit_id=units[record.unit].pk,
        leader=record.leader,
        starts_on=shared.sitting.on,
        finishes_on=record.finishes_on,
        street_ids=tuple(unit.pk for unit in within),
    )


def _stem(street: Unit) -> str:
    return street.name.removesuffix("街道办事处").removesuffix("街道")


def _fund(text: str) -> Fund:
    parts = [part for part in text.replace(",", "，").split("，") if part]
    if len(parts) > 1:
        return Fund.MIXED
    words = {"区级": Fund.DISTRICT, "上级": Fund.HIGHER, "省级": Fund.HIGHER, "社会": Fund.SOCIAL}
    return next((fund for word, fund in words.items() if word in text), Fund.OTHER)


def _deliberated(shared: ProjectYear, closes: date) -> Life:
    """Opinions, the party committee, the standing committee; the candidates go out to every deputy."""
    projects = list(shared.project_ids.values())
    office, hub, sitting = shared.office(), shared.hub(), shared.sitting
    for code, record in shared.candidates.items():
        pk = shared.project_ids[code]
        livelihood.shortlist_project(project_id=pk, actor=hub)
        for kind in OpinionKind:
            unit = _reviewer(kind, record.unit, shared)
            livelihood.give_opinion(project_id=pk, kind=kind, is_positive=True, text=UNTOLD, unit_id=unit.pk, actor=hub)
    shared.world.assume("合法性审查、财政评估意见和党委研究没有记载，补记为通过")
    yield shared.world.workdays_after(closes, 10)
    livelihood.discuss_party(project_ids=projects, decided_on=clock.today(), note=UNTOLD, actor=hub)
    yield clock.at_time(sitting.committee_on, 15)
    livelihood.deliberate(
        year_id=shared.year_id,
        project_ids=projects,
        decided_by=sitting.committee,
        decided_on=sitting.committee_on,
        actor=office,
    )
    livelihood.fix_candidates(
        year_id=shared.year_id,
        project_ids=projects,
        decided_by=sitting.committee,
        numbers={pk: number for number, pk in enumerate(projects, 1)},
        actor=office,
    )
    livelihood.publish_candidates(year_id=shared.year_id, session_on=sitting.on, actor=office)


def _reviewer(kind: OpinionKind, in_charge: str, shared: ProjectYear) -> Unit:
    """The department of that name, else the first that is not in charge of the project."""
    word = {OpinionKind.LEGALITY: "司法", OpinionKind.FISCAL: "财政"}[kind]
    units = shared.world.institution.units.values()
    others = [u for u in units if u.kind in (UnitKind.DEPARTMENT, UnitKind.GOVERNMENT) and u.code != in_charge]
    return next((unit for unit in others if word in unit.name), others[0])


def _judged(shared: ProjectYear) -> Life:
    """When everything is built, the satisfaction vote."""
    judged = {code: r.evaluation for code, r in shared.candidates.items() if r.evaluation is not None}
    months = [month.month for record in shared.chosen for month in record.progress]
    if not judged or not months:
        return
    yield shared.world.workdays_after(add_months(max(months), 1), ACCEPTANCE + 2)
    world = shared.world
    world.assume("满意度测评没有会议记录，按台账票数登记在全部项目验收之后")
    livelihood.take_grades(
        year_id=shared.year_id,
        grades=[
            ProjectGrades(str(shared.project_ids[code]), e.satisfied, e.mostly, e.unsatisfied, e.abstained)
            for code, e in judged.items()
        ],
        base=deputies_in_office(world.congress_id, clock.today()).count(),
        actor=Actor.system("livelihood.result", world.congress_id),
    )


def life_of_project(record: CandidateRecord, shared: ProjectYear) -> Life:
    """From the plan to the acceptance."""
    world, sitting = shared.world, shared.sitting
    unit = world.institution.units[record.unit]
    clerk, leader = world.officer(Role.UNIT_CLERK, unit), world.officer(Role.UNIT_LEADER, unit)
    yield world.workdays_after(sitting.on, 12)
    if not shared.is_voted:
        return  # the year's own life was refused, and told
    pk = shared.project_ids[record.code]
    livelihood.draft_plan(
        project_id=pk,
        text=record.content,
        points=[PlanPoint("建成并投入使用", record.finishes_on, 100)],
        schedule={f"{month.month:%Y-%m}": month.planned for month in record.progress},
        actor=clerk,
    )
    livelihood.confirm_funds(project_id=pk, on=clock.today(), note=record.funds, actor=clerk)
    livelihood.publish_plan(project_id=pk, actor=shared.hub())
    world.assume("实施方案和资金到位日期没有记载，按票决后一个月内登记")
    built = False
    for month in record.progress:
        yield _end_of_month(month)
        _report(pk, month, clerk, world)
        if month.actual == 100 and not built:
            built = True
            livelihood.complete_project(project_id=pk, actor=leader)
    if built:
        yield world.workdays_after(add_months(record.progress[-1].month, 1), ACCEPTANCE)
        livelihood.accept_project(project_id=pk, note="台账没有验收记录，完工后补记", actor=shared.hub())
        world.assume("验收日期没有记载，按最后一次月报后登记")


def _end_of_month(month: ProgressRecord) -> datetime:
    return clock.at_time(add_months(month.month, 1) - timedelta(days=1), 16)


def _report(pk: int, month: ProgressRecord, clerk: Actor, world: World) -> None:
    reached: tuple[Reached, ...] = ()
    if month.actual == 100:
        last = add_months(month.month, 1) - timedelta(days=1)
        open_points = Milestone.objects.filter(project_id=pk, actual_date=None)
        reached = tuple(Reached(point.pk, min(last, clock.today()), month.note[:200]) for point in open_points)
    progress = livelihood.report_progress(
        project_id=pk,
        report=Report(f"{month.month:%Y-%m}", month.actual, month.note, month.paid, reached),
        actor=clerk,
    )
    if month.lamp and progress.lamp != LAMPS[month.lamp]:
        world.assume("月报的灯按规则计算，与台账不同")

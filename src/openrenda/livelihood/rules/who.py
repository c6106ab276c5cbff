"""Who may, and what must be there: predicates that answer with a reason."""

from typing import Any

from django.db.models import Q

from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.parameters import number
from openrenda.kernel.text import N_
from openrenda.kernel.verdict import ALLOWED, Rule, Verdict, any_of, deny
from openrenda.livelihood.models import Project, Year
from openrenda.livelihood.states import CHOSEN, Grade, OpinionKind, ProjectState
from openrenda.orgs.states import Role

from . import clocks

FOLLOWER = "system:livelihood.follow"
"""Takes the moves that follow from another decision in the same transaction; nobody signs in as it."""
RESULT = "system:livelihood.result"
"""Brings what a meeting decided; nobody signs in as it."""
SWEEP = "system:livelihood.sweep"

WAITS_FOR_JUDGEMENT = Q(state=ProjectState.ACCEPTED) | Q(state=ProjectState.RECTIFYING, rectify_result_on__isnull=False)
"""Projects that a vote of satisfaction is due on."""
UNIT_ROLES = (Role.UNIT_ADMIN, Role.UNIT_CLERK, Role.UNIT_LEADER)
_SWITCH = N_("如您有其他职务，请先切换身份。")


def _when(condition: object, otherwise: Verdict) -> Verdict:
    return ALLOWED if condition else otherwise


def _in_role(code: str, message: str, *roles: Role) -> Rule:
    no = deny(code, message, _SWITCH)

    def check(actor: Actor, obj: Any) -> Verdict:
        return _when(actor.has(*roles) and actor.congress_id == obj.congress_id, no)

    return check


def _system(urn: str, code: str, message: str) -> Rule:
    no = deny(code, message)

    def check(actor: Actor, obj: Any) -> Verdict:
        return _when(actor.urn == urn and actor.congress_id == obj.congress_id, no)

    return check


is_hub = _in_role("livelihood.not_hub", N_("这一步由政府督查室办理。"), Role.GOV_HUB)
is_office = _in_role("livelihood.not_office", N_("这一步由常委会办公室办理。"), Role.SC_OFFICE)
is_hub_or_office = _in_role(
    "livelihood.not_hub_or_office", N_("这一步由政府督查室或者常委会办公室办理。"), Role.GOV_HUB, Role.SC_OFFICE
)
supervises = _in_role(
    "livelihood.not_supervisor",
    N_("这一步由常委会办公室、代表工委或者对口工委办理。"),
    Role.SC_OFFICE,
    Role.SC_REP,
    Role.SC_COMMITTEE,
)
may_score = _in_role(
    "livelihood.not_scorer",
    N_("筛选评分由政府督查室、人大工作机构和人大代表参加。"),
    Role.GOV_HUB,
    Role.SC_REP,
    Role.SC_COMMITTEE,
    Role.DEPUTY,
)
publishes_ideas = _in_role(
    "livelihood.not_publisher",
    N_("公开与否由政府督查室或者街道人大工委审定。"),
    Role.GOV_HUB,
    Role.STREET_NPC,
)
writes_on_behalf = _in_role(
    "livelihood.not_station",
    N_("代录由联络站、街道人大工委的工作人员办理。"),
    Role.STATION_STAFF,
    Role.STATION_HEAD,
    Role.STREET_NPC,
)
is_result = _system(RESULT, "livelihood.only_result", N_("票决和测评结果由会议表决产生，不能直接填写。"))
is_follower = _system(FOLLOWER, "livelihood.derived", N_("这个状态随其他决定自动变化，不能直接修改。"))
decides_adjustment = any_of(is_result, is_office)
is_clockwork = _system(SWEEP, "livelihood.only_clockwork", N_("这一步由系统按期限自动办理。"))


def works_at_lead(actor: Actor, project: Project) -> Verdict:
    """Anybody of the unit in charge."""
    return _when(
        actor.congress_id == project.congress_id
        and any(actor.holds(role, project.lead_unit_id) for role in UNIT_ROLES),
        deny("livelihood.not_lead_unit", N_("这一步由项目责任单位办理。"), _SWITCH),
    )


def leads_unit(actor: Actor, project: Project) -> Verdict:
    """The leader of the unit in charge."""
    return _when(
        actor.congress_id == project.congress_id and actor.holds(Role.UNIT_LEADER, project.lead_unit_id),
        deny("livelihood.not_unit_leader", N_("这一步由项目责任单位负责人办理。"), _SWITCH),
    )


is_lead_or_hub = any_of(works_at_lead, is_hub)
asks_adjustment = any_of(leads_unit, is_hub)


def gives_opinion(actor: Actor, project: Project) -> Verdict:
    """The government's office enters it, or the leader of the unit that gives it; never the unit in charge."""
    other = actor.scopes(Role.UNIT_LEADER) - {project.lead_unit_id}
    if other and actor.congress_id == project.congress_id:
        return ALLOWED
    return is_hub(actor, project)


def inspects(actor: Actor, project: Project) -> Verdict:
    """A deputy of the project's supervision group; the committees write down what a group found."""
    group = getattr(project, "group", None)
    mandates = actor.scopes(Role.DEPUTY)
    if group is not None and mandates and actor.congress_id == project.congress_id:
        members = {group.leader_id, *group.members.values_list("pk", flat=True)}
        if mandates & members:
            return ALLOWED
    return supervises(actor, project)


# ---- what must be there --------------------------------------------------------------------------------------------

REQUIRED = {
    "name": N_("名称"),
    "category": N_("类别"),
    "content": N_("建设内容"),
    "target": N_("可量化的目标"),
    "place": N_("地点"),
    "beneficiaries": N_("受益对象"),
    "investment_total": N_("总投资"),
    "fund_code": N_("资金来源"),
    "lead_unit_id": N_("责任单位"),
    "leader": N_("责任人"),
    "starts_on": N_("开工日期"),
    "finishes_on": N_("完成时限"),
}


def missing_fields(project: Project) -> list[str]:
    """Labels of what a candidate must have and this project lacks (domain.md 4.3)."""
    missing = [label for field, label in REQUIRED.items() if getattr(project, field) in ("", None)]
    if project.target and not any(c.isdigit() or c in "一二三四五六七八九十百千万两" for c in project.target):
        missing.append(REQUIRED["target"])
    if project.is_multi_year and not project.annual_goal:
        missing.append(N_("年度目标"))
    return missing


def is_whole(_actor: Actor, project: Project) -> Verdict:
    return _when(
        not missing_fields(project),
        deny(
            "livelihood.incomplete",
            N_("项目的必填内容还不全，目标要能量化。"),
            N_("请补全后再列为初步候选；跨年度项目要写明年度目标。"),
        ),
    )


def opinions_are_in(_actor: Actor, project: Project) -> Verdict:
    """The latest legality opinion and the latest fiscal opinion are both there and positive."""
    latest = {row.kind: row.is_positive for row in project.opinions.order_by("pk")}
    if set(latest) != {str(kind) for kind in OpinionKind}:
        return deny(
            "livelihood.opinions_missing",
            N_("还没有合法性审查和财政评估意见。"),
            N_("请由司法、财政部门提出意见后再办理。"),
        )
    return _when(
        all(latest.values()),
        deny("livelihood.opinion_negative", N_("合法性审查或者财政评估没有通过。"), N_("请修改项目，再请其重新审查。")),
    )


def is_scored(_actor: Actor, project: Project) -> Verdict:
    return _when(
        project.scores.count() >= number(clocks.MIN_SCORERS, project.congress_id),
        deny("livelihood.score_first", N_("筛选评分的人数还不够。"), N_("请由更多评分人评分。")),
    )


def plan_is_whole(_actor: Actor, project: Project) -> Verdict:
    total = sum(project.milestones.values_list("weight", flat=True))
    return _when(
        total == 100 and bool(project.plan_text),
        deny("livelihood.plan_first", N_("实施方案还不完整。"), N_("请写明方案内容，并使各节点权重之和为 100%。")),
    )


def is_built(_actor: Actor, project: Project) -> Verdict:
    open_points = project.milestones.filter(actual_date=None).exists()
    return _when(
        project.actual_percent == 100 and not open_points,
        deny("livelihood.not_built", N_("实际进度还没有到 100%，或者还有节点没有完成。"), N_("请先报送进展。")),
    )


def lasts_longer(_actor: Actor, project: Project) -> Verdict:
    return _when(
        project.is_multi_year,
        deny(
            "livelihood.one_year_project",
            N_("这不是跨年度项目，不能转入下一年度。"),
            N_("不能按期完成的，请提出延期申请。"),
        ),
    )


def plan_is_filed(_actor: Actor, project: Project) -> Verdict:
    return _when(
        project.rectify_plan_on is not None,
        deny("livelihood.rectify_plan_first", N_("还没有报送整改方案。"), N_("请先报送整改方案。")),
    )


def result_is_filed(_actor: Actor, project: Project) -> Verdict:
    return _when(
        project.rectify_result_on is not None,
        deny("livelihood.rectify_result_first", N_("还没有报告整改结果。"), N_("请先报告整改结果。")),
    )


def is_satisfied(_actor: Actor, project: Project) -> Verdict:
    return _when(
        project.grade != Grade.BAD,
        deny("livelihood.rectify_first", N_("测评不满意的项目要先整改并再次测评。")),
    )


def call_is_over(_actor: Actor, year: Year) -> Verdict:
    return _when(
        clock.today() > year.closes_on,
        deny("livelihood.call_open", N_("征集还没有截止。"), N_("请在截止日期之后再汇总筛选。")),
    )


def ideas_are_settled(_actor: Actor, year: Year) -> Verdict:
    return _when(
        not year.ideas.filter(state="new").exists(),
        deny(
            "livelihood.ideas_open",
            N_("还有项目建议没有处理结果。"),
            N_("请逐条归并、入库、采纳或者说明不采纳的理由。"),
        ),
    )


def booklet_is_sent(_actor: Actor, year: Year) -> Verdict:
    return _when(
        year.booklet_sent_on is not None,
        deny("livelihood.booklet_first", N_("候选项目说明还没有送交代表。"), N_("请先公布候选项目。")),
    )


def has_to_be_judged(_actor: Actor, year: Year) -> Verdict:
    """Accepted works, or works put right after a bad grade."""
    return _when(
        year.projects.filter(WAITS_FOR_JUDGEMENT).exists(),
        deny(
            "livelihood.nothing_to_judge",
            N_("没有等待测评的项目。"),
            N_("验收以后，或者整改报告报送以后，再提请测评。"),
        ),
    )


def all_are_ended(_actor: Actor, year: Year) -> Verdict:
    over = (ProjectState.ARCHIVED, ProjectState.CARRIED_OVER)
    rows = year.projects.filter(state__in=[str(s) for s in CHOSEN if s not in over])
    return _when(not rows.exists(), deny("livelihood.projects_open", N_("还有项目没有归档。"), N_("请先逐项归档。")))

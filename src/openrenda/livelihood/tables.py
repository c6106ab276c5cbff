"""The lists of this slice that may be taken out, each as its page shows it."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from openrenda.exchange.tables import (
    BATCH,
    DAY,
    MONEY,
    NUMBER,
    PERCENT,
    Asked,
    Column,
    Params,
    Table,
    Value,
    everyone,
    register,
    walk,
    wearing,
)
from openrenda.kernel.actor import Actor
from openrenda.kernel.asked import number
from openrenda.kernel.text import N_
from openrenda.livelihood.models import Idea, Project
from openrenda.livelihood.selectors import asked, desks, pages
from openrenda.livelihood.states import Grade, IdeaSource, IdeaState, Lamp, LampReason, ProjectState

NAME, STATE, CATEGORY, SOURCE, YEAR, UNIT = (
    N_("项目"), N_("状态"), N_("类别"), N_("来源"), N_("年度"), N_("责任单位"),
)  # fmt: skip
PROPOSED, RESULT, KEY, TITLE = N_("提出日期"), N_("结果"), N_("编号"), N_("建议")


def _ratio(percent: int | Decimal | None) -> Value:
    return None if percent is None else Decimal(percent) / 100


def _walked(fetch: Callable[[int | None], list[Idea]]) -> Iterator[Idea]:
    """Every idea of a list that is fetched newest first, one more than a batch."""

    def batch(before: int | None) -> tuple[Sequence[Idea], int | None]:
        found = fetch(before)
        shown = found[:BATCH]
        return shown, shown[-1].pk if len(found) > BATCH else None

    return walk(batch)


def _number(params: Params) -> int:
    """The year of the address; an unknown one is no year of ours."""
    return number(params, "year") or 0


# -- what everybody may read -------------------------------------------------------------------------------------------


def _year(actor: Actor, params: Params) -> Iterator[Project]:
    found = pages.year_page(actor.congress_id, _number(params))
    voted = found.year.voted_on is not None
    return iter([row.project for row in found.rows if row.is_chosen or not voted])


_PROJECT = (
    Column(N_("序号"), lambda p: p.final_no or p.cand_no, NUMBER),
    Column(NAME, lambda p: p.name, width=36),
    Column(CATEGORY, lambda p: p.category),
    Column(STATE, lambda p: ProjectState(p.state)),
    Column(N_("亮灯"), lambda p: Lamp(p.lamp) if p.lamp else None),
    Column(N_("亮灯原因"), lambda p: [LampReason(reason) for reason in p.lamp_reasons], width=24),
    Column(N_("计划进度"), lambda p: _ratio(p.planned_percent), PERCENT),
    Column(N_("实际进度"), lambda p: _ratio(p.actual_percent), PERCENT),
    Column(N_("总投资（万元）"), lambda p: p.investment_total, MONEY),
    Column(N_("已支付（万元）"), lambda p: p.paid, MONEY),
    Column(UNIT, lambda p: str(p.lead_unit or "")),
)
_PROMISED = (
    Column(N_("目标"), lambda p: p.target or p.content, width=44),
    Column(N_("地点"), lambda p: p.place, width=28),
    Column(N_("受益群众"), lambda p: p.beneficiaries, width=24),
    Column(N_("赞成票"), lambda p: p.approve_votes, NUMBER),
    Column(N_("最近月报"), lambda p: p.last_month),
    Column(N_("评价"), lambda p: Grade(p.grade) if p.grade else None),
)
PROJECTS = Table(
    name="livelihood.year",
    label=N_("民生实事项目"),
    definition=N_("一个年度的候选项目；票决以后只列当选项目。金额单位为万元。"),
    who=everyone,
    rows=_year,
    asked=lambda _actor, params: ((YEAR, str(_number(params))),),
    columns=(*_PROJECT, *_PROMISED),
)


def _ideas(actor: Actor, params: Params) -> Iterator[Idea]:
    year, category = pages.the_year(actor.congress_id, _number(params)), asked.category(params)
    return _walked(lambda before: pages.public_ideas(year, category, before, BATCH))


IDEAS = Table(
    name="livelihood.ideas",
    label=N_("公开的项目建议"),
    definition=N_("提出人同意、审核后公开的民生实事项目建议和每一条的结果。"),
    who=everyone,
    rows=_ideas,
    asked=lambda _actor, params: ((YEAR, str(_number(params))), (CATEGORY, asked.category(params))),
    columns=(
        Column(KEY, lambda idea: idea.key),
        Column(TITLE, lambda idea: idea.public_title, width=44),
        Column(CATEGORY, lambda idea: idea.category),
        Column(SOURCE, lambda idea: IdeaSource(idea.source)),
        Column(PROPOSED, lambda idea: idea.submitted_at, DAY),
        Column(RESULT, lambda idea: IdeaState(idea.state)),
    ),
)

# -- the workbench -----------------------------------------------------------------------------------------------------


def _work_year(actor: Actor, params: Params) -> Iterator[Project]:
    state = asked.project_state(params)
    return (p for p in desks.year_desk(actor, _number(params)).projects if state is None or p.state == state)


WORK_YEAR = Table(
    name="livelihood.work_year",
    label=N_("年度项目（工作台）"),
    definition=N_("现在的岗位可以看到的本年度项目。金额单位为万元。"),
    who=wearing(*desks.INSIDERS),
    rows=_work_year,
    asked=lambda actor, params: (
        (YEAR, str(desks.year_desk(actor, _number(params)).year.year)),
        (STATE, asked.project_state(params)),
    ),
    columns=_PROJECT,
)


def _own(actor: Actor, _params: Params) -> Iterator[Project]:
    return iter(desks.own_projects(actor, None))


OWN = Table(
    name="livelihood.own",
    label=N_("本单位的项目"),
    definition=N_("本单位负责的民生实事项目。金额单位为万元。"),
    who=wearing(*desks.UNITS),
    rows=_own,
    columns=(Column(YEAR, lambda p: p.year.year, NUMBER), *_PROJECT),
)


def _pool(actor: Actor, params: Params) -> Iterator[Idea]:
    year, narrowed = desks.year_desk(actor, _number(params)).year, asked.pool(params)
    return _walked(lambda before: desks.ideas_page(actor, year, **narrowed, before=before, size=BATCH))


def _pool_asked(actor: Actor, params: Params) -> Asked:
    narrowed = asked.pool(params)
    return (
        (YEAR, str(desks.year_desk(actor, _number(params)).year.year)),
        (RESULT, IdeaState(narrowed["state"]) if narrowed["state"] else None),
        (CATEGORY, narrowed["category"]),
        (N_("查找"), narrowed["text"]),
    )


POOL = Table(
    name="livelihood.pool",
    label=N_("项目建议储备库"),
    definition=N_("一个年度里现在的岗位可以看到的项目建议，没有提出人的姓名和电话。"),
    who=wearing(*desks.INSIDERS),
    personal=True,
    rows=_pool,
    asked=_pool_asked,
    columns=(
        Column(KEY, lambda idea: idea.key),
        Column(TITLE, lambda idea: idea.title, width=44),
        Column(SOURCE, lambda idea: IdeaSource(idea.source)),
        Column(CATEGORY, lambda idea: idea.category),
        Column(PROPOSED, lambda idea: idea.submitted_at, DAY),
        Column(RESULT, lambda idea: IdeaState(idea.state)),
        Column(N_("归到哪个项目"), lambda idea: idea.project.name if idea.project else "", width=28),
    ),
)


def offer() -> None:
    """Called once in ready."""
    register(PROJECTS, IDEAS, WORK_YEAR, OWN, POOL)

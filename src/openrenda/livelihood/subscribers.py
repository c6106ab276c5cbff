"""What meetings decided is taken up; proposers, units, deputies and offices hear what concerns them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from openrenda.kernel.actor import Actor
from openrenda.kernel.event import Meta
from openrenda.kernel.subject import SubjectRef
from openrenda.kernel.text import N_
from openrenda.livelihood import actions
from openrenda.livelihood import events as e
from openrenda.livelihood.models import Idea, Project, Year
from openrenda.livelihood.selectors import audience
from openrenda.livelihood.states import AdjustmentState, Grade, Outcome
from openrenda.meetings.events import ItemDecided
from openrenda.meetings.models import Meeting
from openrenda.notifications.actions import notify
from openrenda.orgs.states import Role

PROPOSER = N_("您提出了这条项目建议。")
UNIT = N_("您单位负责这个项目。")
GROUP = N_("您在这个项目的监督小组里。")
TURN = N_("这件事轮到您的岗位办理。")
DEPUTY = N_("您是人大代表，将对候选项目投票。")
KNOW = N_("这件事由您的岗位经手。")

# ---- what a meeting decided ----------------------------------------------------------------------------------------


def take_decision(event: ItemDecided, meta: Meta) -> None:
    """A vote is over: what was chosen, how the works were judged, whether a change is approved."""
    actor = Actor.system("livelihood.result", meta.congress_id)
    if event.subject_kind == "livelihood.adjustment" and len(event.outcome) == 1:
        (line,) = event.outcome
        actions.decide_adjustment(
            adjustment_id=event.subject_id,
            approve=line["approve"],
            oppose=line["oppose"],
            abstain=line["abstain"],
            decided_by=Meeting.objects.get(pk=event.meeting_id).title,
            actor=actor,
        )
    if event.subject_kind != "livelihood.year" or not event.outcome:
        return
    if event.purpose == actions.CHOOSE:
        actions.take_result(
            year_id=event.subject_id,
            results=[
                actions.ProjectResult(
                    line["ref"], line["approve"], bool(line["chosen"]), line.get("oppose"), line.get("abstain")
                )
                for line in event.outcome
            ],
            poll_key=event.poll_key,
            actor=actor,
        )
    elif event.purpose == actions.JUDGE:
        grades = [actions.ProjectGrades(line["ref"], *line["marks"]) for line in event.outcome]
        base = Meeting.objects.get(pk=event.meeting_id).base
        actions.take_grades(year_id=event.subject_id, grades=grades, base=base, poll_key=event.poll_key, actor=actor)


# ---- proposers -----------------------------------------------------------------------------------------------------

TO_PROPOSERS: Mapping[Outcome, str] = {
    Outcome.MERGED: N_("您的项目建议 {key} 已归并到“{project}”"),
    Outcome.ADOPTED: N_("您的项目建议 {key} 已采纳，形成项目“{project}”"),
    Outcome.RESERVE: N_("您的项目建议 {key} 已列入储备库"),
    Outcome.DECLINED: N_("您的项目建议 {key} 没有采纳，请看理由"),
    Outcome.CANDIDATE: N_("您建议的“{project}”已成为候选项目，将由人大代表票决"),
    Outcome.CHOSEN: N_("您建议的“{project}”由人大代表票决选中"),
    Outcome.NOT_CHOSEN: N_("您建议的“{project}”这次没有选中，已列入储备库"),
    Outcome.FINISHED: N_("您建议的“{project}”已建成并通过验收"),
    Outcome.TERMINATED: N_("您建议的“{project}”经常委会批准终止实施"),
    Outcome.JUDGED: N_("您建议的“{project}”经测评为“{grade}”"),
}


def tell_proposers(event: e.ProposersTold, meta: Meta) -> None:
    """Each proposer in a notice of its own: the idea's key stands in it, a resident may have left an address.

    A person behind several ideas of one project hears it once."""
    outcome = Outcome(event.outcome)
    name = Project.objects.filter(pk=event.project_id).values_list("name", flat=True).first() or ""
    for idea, urn in audience.proposers(event.idea_ids):
        notify(
            meta=meta,
            recipients=[urn],
            subject=SubjectRef("livelihood.idea", idea.pk),
            title=TO_PROPOSERS[outcome],
            body=N_("{explanation}") if idea.explanation else "",
            why=PROPOSER,
            email=audience.email_of(idea.pk) if urn.startswith("idea:") else "",
            key=idea.key,
            project=name,
            grade=Grade(event.grade).label if event.grade else "",
            explanation=idea.explanation,
        )


def tell_submitted(event: e.IdeaSubmitted, meta: Meta) -> None:
    """The government's office has an idea to settle."""
    idea = Idea.objects.get(pk=event.idea_id)
    notify(
        meta=meta, recipients=audience.office(idea.congress_id, Role.GOV_HUB), why=TURN, key=idea.key,
        subject=SubjectRef("livelihood.idea", idea.pk), title=N_("新的项目建议 {key} 待处理：{about}"),
        about=idea.public_title,
    )  # fmt: skip


# ---- years ---------------------------------------------------------------------------------------------------------


def tell_year(event: e.YearEvent, meta: Meta) -> None:
    """A call, a list of candidates, a result."""
    year = Year.objects.get(pk=event.year_id)
    to, title, why = YEAR_WORDS[type(event)]
    notify(meta=meta, recipients=to(year), subject=SubjectRef("livelihood.year", year.pk), title=title, why=why,
           year=str(year.year), closes=year.closes_on.isoformat())  # fmt: skip


def _deputies(year: Year) -> list[str]:
    return audience.all_deputies(year.congress_id)


def _hub_and_office(year: Year) -> list[str]:
    return audience.office(year.congress_id, Role.GOV_HUB, Role.SC_OFFICE)


YEAR_WORDS: Mapping[type[e.YearEvent], tuple[Callable[[Year], list[str]], str, str]] = {
    e.CallOpened: (_deputies, N_("{year}年度民生实事项目开始征集，{closes}截止"), N_("您可以以代表身份提出项目。")),
    e.CandidatesFixed: (_hub_and_office, N_("{year}年度候选项目已由常委会确定"), KNOW),
    e.CandidatesPublished: (_deputies, N_("{year}年度民生实事候选项目说明已送达，请在票决前阅读"), DEPUTY),
    e.ResultTaken: (_hub_and_office, N_("{year}年度民生实事项目已票决，请在期限内公布实施方案"), TURN),
}

# ---- projects ------------------------------------------------------------------------------------------------------

Find = Callable[[Project, e.ProjectEvent], list[str]]


@dataclass(frozen=True, slots=True)
class Word:
    """One sentence to one circle. Placeholders: {project}, {month}, {due}, {plan_due}, {result_due}, {grade}."""

    to: Find
    title: str
    why: str
    when: Callable[[e.ProjectEvent], bool] = lambda _: True


def _unit(project: Project, _: e.ProjectEvent) -> list[str]:
    return audience.unit_in_charge(project)


def _group(project: Project, _: e.ProjectEvent) -> list[str]:
    return audience.group(project)


def _office(*roles: Role) -> Find:
    return lambda project, _: audience.office(project.congress_id, *roles)


_HUB, _SC = _office(Role.GOV_HUB), _office(Role.SC_OFFICE)
_ABOVE = _office(Role.SC_OFFICE, Role.SC_LEADER, Role.GOV_HUB)


def _is(field: str, *values: str) -> Callable[[e.ProjectEvent], bool]:
    return lambda event: getattr(event, field) in values


_APPROVED = _is("state", AdjustmentState.APPROVED)
_REFUSED = _is("state", AdjustmentState.REJECTED)
_FILED = _is("state", AdjustmentState.FILED)


def _bad_again(event: e.ProjectEvent) -> bool:
    return isinstance(event, e.Graded) and event.round > 1 and event.grade == Grade.BAD


_BAD_AGAIN = N_("“{project}”整改后仍不满意，主任会议可以提出专题询问、质询或者特定问题调查")

WORDS: Mapping[type[e.ProjectEvent], tuple[Word, ...]] = {
    e.PlanPublished: (
        Word(_unit, N_("“{project}”的实施方案已公布，请每月报送进展"), UNIT),
        Word(_group, N_("“{project}”的实施方案已公布"), GROUP),
    ),
    e.Reported: (
        Word(_HUB, N_("“{project}”{month}亮红灯，请督促"), TURN, _is("lamp", "red")),
        Word(_group, N_("“{project}”已报送{month}进展"), GROUP),
    ),
    e.ReportMissed: (
        Word(_unit, N_("“{project}”{month}月报没有按时报送，已自动亮黄灯，请尽快补报"), UNIT),
        Word(_HUB, N_("“{project}”{month}月报没有按时报送"), TURN),
    ),
    e.OrderIssued: (
        Word(_unit, N_("“{project}”收到督办单，请在{due}前答复"), UNIT),
        Word(_ABOVE, N_("“{project}”已发出督办单"), KNOW),
        Word(_group, N_("“{project}”已发出督办单"), GROUP),
    ),
    e.OrderAnswered: (
        Word(_SC, N_("“{project}”的督办单已答复"), KNOW),
        Word(_group, N_("“{project}”的督办单已答复"), GROUP),
    ),
    e.Inspected: (
        Word(_unit, N_("代表视察了“{project}”，请答复视察意见"), UNIT),
        Word(_SC, N_("代表视察了“{project}”"), KNOW),
    ),
    e.AdjustmentRequested: (Word(_SC, N_("“{project}”申请调整，请提交主任会议研究"), TURN),),
    e.AdjustmentEndorsed: (
        Word(_SC, N_("“{project}”的调整待常委会会议审议"), TURN),
        Word(_HUB, N_("“{project}”的调整已提请常委会审议"), KNOW),
    ),
    e.AdjustmentDecided: (
        Word(_unit, N_("“{project}”的调整已获批准"), UNIT, _APPROVED),
        Word(_unit, N_("“{project}”的调整未获同意，请按原方案实施"), UNIT, _REFUSED),
        Word(_SC, N_("“{project}”的小调整已备案"), KNOW, _FILED),
        Word(_HUB, N_("“{project}”的调整已有决定"), KNOW),
        Word(_group, N_("“{project}”的调整已有决定"), GROUP),
    ),
    e.ProjectCompleted: (
        Word(_HUB, N_("“{project}”报告完工，请组织验收"), TURN),
        Word(_group, N_("“{project}”已报告完工"), GROUP),
    ),
    e.ProjectAccepted: (
        Word(_unit, N_("“{project}”通过验收"), UNIT),
        Word(_SC, N_("“{project}”通过验收，可以提请测评"), TURN),
        Word(_group, N_("“{project}”通过验收"), GROUP),
    ),
    e.AcceptanceRefused: (Word(_unit, N_("“{project}”验收没有通过，请看原因"), UNIT),),
    e.Graded: (
        Word(_unit, N_("“{project}”的测评结果是“{grade}”"), UNIT),
        Word(_ABOVE, _BAD_AGAIN, TURN, _bad_again),
        Word(_HUB, N_("“{project}”的测评结果是“{grade}”"), KNOW),
        Word(_group, N_("“{project}”的测评结果是“{grade}”"), GROUP),
    ),
    e.RectificationDue: (
        Word(_unit, N_("“{project}”要整改：{plan_due}前报送方案，{result_due}前报告结果"), UNIT),
        Word(_ABOVE, N_("“{project}”测评不满意，已责成整改"), KNOW),
    ),
    e.RectificationFiled: (
        Word(_SC, N_("“{project}”报来了整改材料"), TURN),
        Word(_group, N_("“{project}”报来了整改材料"), GROUP),
    ),
}


def tell(event: e.ProjectEvent, meta: Meta) -> None:
    """Tell everybody whom a step concerns, each once; who is in two circles hears the first sentence."""
    project = audience.project(event.project_id)
    grade = getattr(event, "grade", "")
    params = {name: str(getattr(event, name, "")) for name in ("month", "due", "plan_due", "result_due")}
    params |= {"project": project.name, "grade": Grade(grade).label if grade else ""}
    for word in WORDS[type(event)]:
        if word.when(event):
            notify(
                meta=meta, recipients=word.to(project, event), title=word.title, why=word.why,
                subject=SubjectRef("livelihood.project", project.pk), **params,
            )  # fmt: skip

"""From rows to what a page shows: words, tones, shares, stories."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.urls import reverse

from openrenda.documents.selectors import FileRow
from openrenda.kernel.text import N_
from openrenda.livelihood.models import Adjustment, Evaluation, Progress, Project, Year
from openrenda.livelihood.rules.changes import FIELDS
from openrenda.livelihood.selectors.pages import ProjectPage, ProjectRow, YearPage, first_idea
from openrenda.livelihood.states import (
    AdjustmentKind,
    AdjustmentState,
    Fund,
    Grade,
    Lamp,
    LampReason,
    ProjectState,
    YearState,
)
from openrenda.ui.filters import cdate, day_text, number, t
from openrenda.ui.shapes import Bar, Photo, ProgressStep

from .charts import MonthRow, share
from .pictures import drawing
from .shapes import AdjustmentFace, CardFace, Entry, EvaluationFace, Sum, VoteFace, VoteRow

TONES = {
    ProjectState.CANDIDATE: "open",
    ProjectState.VOTED_OUT: "neutral",
    ProjectState.TERMINATED: "stop",
    ProjectState.RECTIFYING: "warn",
    ProjectState.ADJUST_REQ: "warn",
    ProjectState.COMPLETED: "done",
    ProjectState.ACCEPTED: "done",
    ProjectState.EVALUATED: "done",
    ProjectState.RE_EVALUATED: "done",
    ProjectState.ARCHIVED: "done",
}
PHASES: tuple[tuple[str, YearState], ...] = (
    (N_("群众提"), YearState.COLLECTING),
    (N_("筛选论证"), YearState.SCREENING),
    (N_("确定候选"), YearState.CANDIDATES),
    (N_("代表票决"), YearState.VOTING),
    (N_("政府办"), YearState.RUNNING),
    (N_("人大评"), YearState.JUDGED),
)
ORDER = list(YearState)
TOLD_BETTER = ("reported", "report_missed", "inspected")
"""Steps that the months and the visits tell with pictures."""


def label_of(project: Project) -> str:
    """第3项; before the vote 候选7号."""
    if project.final_no is not None:
        return t(N_("第{n}项"), n=project.final_no)
    return t(N_("候选{n}号"), n=project.cand_no) if project.cand_no is not None else ""


def card(row: ProjectRow, position: int = 0) -> CardFace:
    """A project at a glance."""
    p = row.project
    state = ProjectState(p.state)
    return CardFace(
        name=p.name,
        url=reverse("livelihood:project", args=[p.year.year, p.serial]),
        label=label_of(p),
        number=p.final_no or p.cand_no or position,
        category=p.category,
        drawing=drawing(p.category, p.name),
        state=state.label,
        tone=TONES.get(state, "open"),
        lamp=Lamp(p.lamp) if p.lamp else None,
        reasons=[LampReason(reason).label for reason in p.lamp_reasons],
        target=p.target or p.content,
        place=p.place,
        beneficiaries=p.beneficiaries,
        planned=p.planned_percent,
        actual=p.actual_percent,
        total=p.investment_total,
        paid=p.paid,
        paid_percent=share(p.paid, p.investment_total),
        month=p.last_month,
        grade=Grade(p.grade).label if p.grade else "",
        lead=str(p.lead_unit or ""),
        photo=photo(row.photo, p.name),
        street_ids=row.street_ids,
        lng=float(p.lng) if p.lng is not None else None,
        lat=float(p.lat) if p.lat is not None else None,
    )


def photo(file: FileRow | None, about: str) -> Photo | None:
    """A picture with words for those who do not see it."""
    return None if file is None else Photo(file.url, t(N_("{what}的现场照片"), what=about), file.thumb_url)


def photos(files: Iterable[FileRow], about: str) -> list[Photo]:
    return [found for file in files if (found := photo(file, about)) is not None]


def phases(year: Year) -> list[ProgressStep]:
    """The year's way with its days."""
    here = ORDER.index(YearState(year.state))
    days: dict[YearState, str] = {
        YearState.COLLECTING: f"{cdate(year.opens_on)}—{cdate(year.closes_on)}",
        YearState.CANDIDATES: cdate(year.candidates_fixed_on),
        YearState.VOTING: cdate(year.voted_on or year.session_on),
        YearState.JUDGED: cdate(year.judged_on),
    }
    steps = []
    for index, (label, state) in enumerate(PHASES):
        following = ORDER.index(PHASES[index + 1][1]) if index + 1 < len(PHASES) else len(ORDER)
        at = "done" if here >= following else "now" if here >= ORDER.index(state) else "later"
        if state is YearState.JUDGED and here >= ORDER.index(state):
            at = "done"
        steps.append(ProgressStep(label, at, days.get(state, "")))
    return steps


def vote(page: YearPage) -> VoteFace | None:
    """All candidates with their votes; None before the vote."""
    rows = [row for row in page.rows if row.project.approve_votes is not None]
    if page.year.voted_on is None or not rows:
        return None
    base = page.base
    scale = base or max(row.project.approve_votes or 0 for row in rows) or 1
    ranked = sorted(rows, key=lambda row: -(row.project.approve_votes or 0))
    line = base // 2 + 1 if base else None
    return VoteFace(
        rows=[_vote_row(row, scale) for row in ranked],
        base=base,
        line=line,
        line_percent=line * 100 / scale if line else None,
        held_on=page.year.voted_on,
        proof_url=proof_url(page.year),
    )


def proof_url(year: Year) -> str:
    """Where anybody may re-count."""
    return reverse("voting:poll", args=[year.poll_key]) if year.poll_key else ""


def _vote_row(row: ProjectRow, scale: int) -> VoteRow:
    p = row.project
    url = reverse("livelihood:project", args=[p.year.year, p.serial])
    percent = min(100.0, (p.approve_votes or 0) * 100 / scale)
    return VoteRow(p.name, url, p.cand_no, p.approve_votes, percent, row.is_chosen)


def year_sums(page: YearPage) -> list[Sum]:
    """The year in a few figures, each with its words."""
    chosen = [row.project for row in page.rows if row.is_chosen]
    sums = [Sum(N_("征集到的建议"), t(N_("{n}条"), n=number(page.idea_count)))] if page.idea_count else []
    if not chosen:
        return sums
    total = sum((p.investment_total or Decimal(0) for p in chosen), Decimal(0))
    paid = sum((p.paid or Decimal(0) for p in chosen), Decimal(0))
    done = sum(bool(p.accepted_on) for p in chosen)
    late = sum(p.lamp in (Lamp.YELLOW, Lamp.RED) for p in chosen)
    candidates = sum(row.project.cand_no is not None for row in page.rows)
    sums += [
        Sum(N_("代表选出"), t(N_("{n}项"), n=len(chosen)), t(N_("{n}个候选里选"), n=candidates)),
        Sum(N_("计划投资"), money(total), t(N_("{n}项合计"), n=len(chosen))),
        Sum(N_("已完成投资"), money(paid), t(N_("占计划的{n}%"), n=share(paid, total) or 0) if total else ""),
        Sum(N_("已验收"), t(N_("{n}项"), n=done), t(N_("共{n}项"), n=len(chosen))),
    ]
    if late:
        sums.append(Sum(N_("滞后"), t(N_("{n}项"), n=late), N_("黄灯和红灯")))
    return sums


def money(sum_: Decimal | None) -> str:
    """12,345万元, from a hundred million on in 亿元."""
    if sum_ is None:
        return t(N_("暂无数据"))
    if sum_ >= 10_000:
        return t(N_("{n}亿元"), n=f"{sum_ / 10_000:.2f}".rstrip("0").rstrip("."))
    return t(N_("{n}万元"), n=number(float(sum_), 0 if sum_ == int(sum_) else 2))


# -- one project ------------------------------------------------------------------------------------------------------


def facts(p: Project) -> list[tuple[str, Any]]:
    """Label and value, empty ones left out by the page."""
    fund = t(Fund(p.fund_code).label) if p.fund_code else ""
    return [
        (N_("地点"), p.place),
        (N_("惠及"), p.beneficiaries),
        (N_("总投资"), money(p.investment_total) if p.investment_total is not None else ""),
        (N_("资金来源"), "：".join(part for part in (fund, p.fund_source) if part)),
        (N_("责任单位"), str(p.lead_unit or "")),
        (N_("责任人"), p.leader),
        (N_("开工"), cdate(p.starts_on)),
        (N_("完成时限"), cdate(p.finishes_on)),
        (N_("本年度目标"), p.annual_goal if p.is_multi_year else ""),
    ]


def project_sums(p: Project) -> list[Sum]:
    """What was promised, what is approved, what is spent."""
    if p.investment_total is None:
        return []
    sums = []
    if p.investment_voted is not None and p.investment_voted != p.investment_total:
        sums.append(Sum(N_("票决时"), money(p.investment_voted)))
    sums.append(Sum(N_("批准的总投资"), money(p.investment_total)))
    if p.paid is not None:
        sums.append(Sum(N_("已花"), money(p.paid), t(N_("占{n}%"), n=share(p.paid, p.investment_total) or 0)))
    return sums


def month_rows(progress: Sequence[Progress]) -> list[MonthRow]:
    return [MonthRow(r.month, r.planned, r.actual, r.paid, Lamp(r.lamp), r.is_missing) for r in progress]


def adjustments(rows: Sequence[Adjustment]) -> list[AdjustmentFace]:
    """Before and after, and who decided."""
    return [
        AdjustmentFace(
            AdjustmentKind(row.kind).label,
            AdjustmentState(row.state).label,
            row.reason,
            [(FIELDS.get(f, f), _value(row.before.get(f)), _value(new)) for f, new in row.change.items()],
            _decision(row),
        )
        for row in rows
    ]


def _value(raw: object) -> str:
    return day_text(str(raw)) if raw not in (None, "") else ""


def _decision(row: Adjustment) -> str:
    if row.approve is not None:
        return t(
            N_("{day}，{who}表决：赞成{approve}票、反对{oppose}票、弃权{abstain}票，全体{members}人。"),
            day=cdate(row.decided_on), who=row.decided_by, approve=row.approve, oppose=row.oppose or 0,
            abstain=row.abstain or 0, members=row.members or 0,
        )  # fmt: skip
    return "，".join(part for part in (cdate(row.decided_on), row.decided_by) if part)


def evaluations(rows: Sequence[Evaluation]) -> list[EvaluationFace]:
    """The votes of satisfaction, as bars and as a table."""
    return [
        EvaluationFace(
            t(N_("满意度测评：{grade}"), grade=Grade(row.grade).label)
            if row.round == 1
            else t(N_("整改后第{n}次测评：{grade}"), n=row.round, grade=Grade(row.grade).label),
            [
                Bar(Grade.GOOD.label, row.satisfied),
                Bar(Grade.FAIR.label, row.mostly),
                Bar(Grade.BAD.label, row.unsatisfied),
                Bar(N_("弃权"), row.abstain),
            ],
            t(N_("{day}，应到{base}人。"), day=cdate(row.on), base=row.base),
        )
        for row in rows
    ]


def story(page: ProjectPage) -> list[Entry]:
    """From the first idea to today, in the order of time: steps, months with photos, visits."""
    p = page.row.project
    dated: list[tuple[date, int, Entry]] = []
    first = first_idea(p)
    if first is not None:
        shown = first in page.ideas
        url = reverse("livelihood:idea", args=[first.key]) if shown else ""
        note = first.public_title if shown else ""
        dated.append((_day(first.submitted_at), 0, Entry(N_("第一条建议"), first.submitted_at, "", note, url)))
    for step in page.steps:
        if step.kind in TOLD_BETTER:
            continue
        dated.append((_day(step.at), 1, Entry(t(step.text, **step.params), step.at, step.who, step.note)))
    dated += [(_month_day(row), 2, _month_entry(row, page, p.name)) for row in page.progress]
    dated += [(row.on, 3, _visit(row, page, p.name)) for row in page.inspections]
    entries = [entry for _day_, _rank, entry in sorted(dated, key=lambda one: (one[0], one[1]))]
    return [*entries[:-1], replace(entries[-1], tone="now")] if entries and _runs(p) else entries


def _runs(p: Project) -> bool:
    return p.state not in (ProjectState.ARCHIVED, ProjectState.TERMINATED, ProjectState.VOTED_OUT)


def _day(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _month_day(row: Progress) -> date:
    return _day(row.reported_at) if row.reported_at is not None else row.due


def _month_entry(row: Progress, page: ProjectPage, about: str) -> Entry:
    if row.is_missing:
        return Entry(
            t(N_("{month}没有按时报送月报"), month=_month_words(row.month)), row.due, tone="stop", lamp=Lamp(row.lamp)
        )
    what = t(
        N_("{month}进展：实际{actual}%，计划{planned}%"),
        month=_month_words(row.month),
        actual=row.actual,
        planned=row.planned,
    )
    return Entry(
        what, row.reported_at, note=row.note, photos=photos(page.photos.get(row.pk, []), about), lamp=Lamp(row.lamp)
    )


def _month_words(month: str) -> str:
    return f"{month[:4]}年{int(month[5:])}月"


def _visit(row: Any, page: ProjectPage, about: str) -> Entry:
    note = "\n".join(part for part in (row.findings, row.suggestions, row.answer) if part)
    return Entry(
        N_("代表监督小组视察"), row.on, note=note, photos=photos(page.inspection_photos.get(row.pk, []), about)
    )

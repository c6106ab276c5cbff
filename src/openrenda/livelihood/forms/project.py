"""A project before the vote: what it promises, marks, opinions."""

from typing import Any, ClassVar

from openrenda.kernel.text import N_
from openrenda.livelihood.actions.values import ProjectText
from openrenda.livelihood.states import Criterion, Fund, OpinionKind

from .base import ActForm, Ask, Day, Line, Money, One, Pick, PickSome, Section, Text, Whole, Yes

SAME = (
    "name", "content", "target", "place", "beneficiaries", "investment_total", "fund_source", "leader", "starts_on",
    "finishes_on", "annual_goal", "land_status",
)  # fmt: skip
"""Fields of the form that are named as the columns."""


class ProjectForm(ActForm):
    """What is promised. Only name and category must be there at first; the rest before it becomes a candidate."""

    name = Line(label=N_("项目名称"), limit=80)
    category = Line(label=N_("类别"), limit=20)
    content = Text(label=N_("建设内容"), rows=5, limit=2000)
    target = Text(label=N_("可量化的目标"), rows=2, limit=500, required=False, help_text=N_("例如：新增车位1500个。"))
    place = Line(label=N_("地点"), required=False)
    street_ids = PickSome(label=N_("涉及的街道"), required=False)
    beneficiaries = Line(label=N_("受益对象"), required=False, help_text=N_("哪些人、多少人。"))
    investment_total = Money(label=N_("总投资（万元）"))
    fund_code = One(label=N_("资金来源"), of=Fund, required=False)
    fund_source = Line(label=N_("资金来源说明"), limit=300, required=False)
    lead_unit_id = Pick(label=N_("责任单位"), required=False)
    co_unit_ids = PickSome(label=N_("配合单位"), required=False)
    leader = Line(label=N_("责任人（姓名或者职务）"), limit=80, required=False)
    starts_on = Day(label=N_("开工日期"), required=False)
    finishes_on = Day(label=N_("完成时限"), required=False)
    is_multi_year = Yes(label=N_("跨年度项目"))
    annual_goal = Text(label=N_("本年度目标（跨年度项目必填）"), rows=2, limit=500, required=False)
    land_status = Line(label=N_("用地、环评等手续"), required=False)
    sections: ClassVar[tuple[Section, ...]] = (
        Section(N_("办什么"), ("name", "category", "content", "target")),
        Section(N_("在哪里、惠及谁"), ("place", "street_ids", "beneficiaries")),
        Section(N_("花多少钱"), ("investment_total", "fund_code", "fund_source")),
        Section(N_("谁来办"), ("lead_unit_id", "co_unit_ids", "leader")),
        Section(N_("什么时候办成"), ("starts_on", "finishes_on", "is_multi_year", "annual_goal", "land_status")),
    )

    def prepare(self, ask: Ask) -> None:
        self.fields["street_ids"].choices = ask.page.street_choices  # type: ignore[attr-defined]
        for name in ("lead_unit_id", "co_unit_ids"):
            self._units(name, ask.page.unit_choices)
        project = getattr(ask.page, "project", None)
        if project is not None:
            self._fill(project, ask.page)

    def _units(self, name: str, rows: list[tuple[int, str]]) -> None:
        field = self.fields[name]
        if name == "co_unit_ids":
            field.choices = rows  # type: ignore[attr-defined]
        else:
            field.offer(rows)  # type: ignore[attr-defined]

    def _fill(self, project: Any, page: Any) -> None:
        for name in (*SAME, "category", "fund_code", "lead_unit_id", "is_multi_year"):
            self.fields[name].initial = getattr(project, name)
        self.fields["street_ids"].initial = page.street_ids
        self.fields["co_unit_ids"].initial = page.co_unit_ids

    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        fund = Fund(given["fund_code"]) if given["fund_code"] else None
        text = ProjectText(
            category=given["category"],
            fund_code=fund,
            lead_unit_id=given["lead_unit_id"],
            is_multi_year=given["is_multi_year"],
            street_ids=tuple(given["street_ids"]),
            co_unit_ids=tuple(given["co_unit_ids"]),
            **{name: given[name] for name in SAME},
        )
        return {"text": text}


class ProposeForm(ProjectForm):
    """A new project, with the ideas it comes from."""

    idea_ids = PickSome(label=N_("由哪些建议归并而来"), required=False)
    sections = (*ProjectForm.sections, Section(N_("来自哪些建议"), ("idea_ids",)))

    def prepare(self, ask: Ask) -> None:
        super().prepare(ask)
        self.fields["idea_ids"].choices = ask.page.idea_choices  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        return {**super().values(), "idea_ids": tuple(self.cleaned_data["idea_ids"])}


class ScoreForm(ActForm):
    """Ten criteria, each 0 to 10."""

    comment = Text(label=N_("评分说明"), rows=3, limit=500, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        marks = {str(one): Whole(label=one.label, least=0, most=10) for one in Criterion}
        self.fields = {**marks, **self.fields}

    def prepare(self, ask: Ask) -> None:
        mine = next((row for row in ask.page.scores if row.scorer == ask.actor.urn), None)
        if mine is not None:
            for name, mark in mine.marks.items():
                self.fields[name].initial = mark
            self.fields["comment"].initial = mine.comment

    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {"marks": {one: given[str(one)] for one in Criterion}, "comment": given["comment"]}


class ScreeningOpinionForm(ActForm):
    """Is it lawful, is there money for it?"""

    kind = One(label=N_("哪一种意见"), of=OpinionKind)
    is_positive = One(label=N_("结论"))
    text = Text(label=N_("意见"), rows=5, limit=2000)
    unit_id = Pick(label=N_("出具意见的单位"), required=False, empty=N_("本单位"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["is_positive"].choices = [("yes", N_("通过")), ("no", N_("不通过"))]  # type: ignore[attr-defined]

    def prepare(self, ask: Ask) -> None:
        self.fields["unit_id"].offer(ask.page.unit_choices)  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "kind": OpinionKind(given["kind"]),
            "is_positive": given["is_positive"] == "yes",
            "text": given["text"],
            "unit_id": given["unit_id"],
        }


class SendBackForm(ActForm):
    """Why it goes back to the pool."""

    reason = Text(label=N_("退回的理由"), rows=3, limit=500)

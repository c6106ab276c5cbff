"""A project after the vote: plan, months, visits, changes, the end."""

from typing import Any, ClassVar

from django import forms

from openrenda.kernel import clock
from openrenda.kernel.text import N_
from openrenda.livelihood.actions.values import PlanPoint, Reached, Report
from openrenda.livelihood.models import Project
from openrenda.livelihood.rules.changes import FIELDS
from openrenda.livelihood.states import AdjustmentKind
from openrenda.ui.filters import cdate, t

from .base import ActForm, Ask, Day, Line, Money, Month, One, Photos, Pick, PickSome, Section, Text, Whole

POINTS = 10
"""Milestones that a plan's form has room for."""


class PlanForm(ActForm):
    """The plan in words, and its milestones; empty lines do not count."""

    text = Text(label=N_("实施方案"), rows=8, help_text=N_("目标、分工、进度、资金、保障措施。公布后任何人都能看到。"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for number in range(1, POINTS + 1):
            self.fields[f"name_{number}"] = Line(label=t(N_("第{n}个节点"), n=number), limit=80, required=False)
            self.fields[f"date_{number}"] = Day(label=t(N_("第{n}个节点的日期"), n=number), required=False)
            self.fields[f"weight_{number}"] = Whole(
                label=t(N_("第{n}个节点的权重（%）"), n=number), least=1, most=100, required=False
            )

    def prepare(self, ask: Ask) -> None:
        self.fields["text"].initial = ask.page.project.plan_text
        for number, point in enumerate(ask.page.milestones[:POINTS], start=1):
            self.fields[f"name_{number}"].initial = point.name
            self.fields[f"date_{number}"].initial = point.plan_date
            self.fields[f"weight_{number}"].initial = point.weight

    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField, forms.BoundField]]:
        """One line per milestone."""
        return [(self[f"name_{n}"], self[f"date_{n}"], self[f"weight_{n}"]) for n in range(1, POINTS + 1)]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for number in range(1, POINTS + 1):
            names = (f"name_{number}", f"date_{number}", f"weight_{number}")
            if any(data.get(name) for name in names):
                for name, message in zip(
                    names, (N_("请写节点名称。"), N_("请写计划日期。"), N_("请写权重。")), strict=True
                ):
                    self.need(name, message)
        return data

    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        points = [
            PlanPoint(given[f"name_{n}"], given[f"date_{n}"], given[f"weight_{n}"])
            for n in range(1, POINTS + 1)
            if given.get(f"name_{n}")
        ]
        return {"text": given["text"], "points": points}


class FundsForm(ActForm):
    """The day on which the money was there."""

    on = Day(label=N_("资金到位日期"))
    note = Line(label=N_("说明"), required=False)

    def prepare(self, ask: Ask) -> None:
        self.fields["on"].initial = clock.today()


class ReportForm(ActForm):
    """A month: percent, money, milestones, words, photos."""

    month = Month(label=N_("月份"), help_text=N_("例如 2025-03。"))
    actual = Whole(label=N_("实际进度（%）"), least=0, most=100)
    paid = Money(label=N_("累计完成投资（万元）"))
    note = Text(label=N_("这个月做了什么"), rows=4, limit=1000, help_text=N_("公开给居民看，请写具体的数和地方。"))
    reached = PickSome(label=N_("本月完成的节点"), required=False)
    photos = Photos(label=N_("现场照片"), required=False, help_text=N_("公开。最多9张；拍摄位置会自动去掉。"))

    def prepare(self, ask: Ask) -> None:
        page = ask.page
        self.fields["month"].initial = page.next_month
        self.fields["actual"].initial = page.project.actual_percent
        self.fields["paid"].initial = page.project.paid
        self.fields["reached"].choices = [  # type: ignore[attr-defined]
            (point.pk, point.name) for point in page.milestones if point.actual_date is None
        ]

    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        reached = tuple(Reached(pk, clock.today()) for pk in given["reached"])
        report = Report(given["month"], given["actual"], given["note"], given["paid"], reached)
        return {"report": report, "photos": given["photos"]}


class GroupForm(ActForm):
    """Who follows the project through the year."""

    name = Line(label=N_("小组名称"), limit=60, required=False)
    leader_id = Pick(label=N_("组长"))
    member_ids = PickSome(label=N_("成员"))

    def prepare(self, ask: Ask) -> None:
        rows = ask.page.deputy_choices
        self.fields["leader_id"].offer(rows)  # type: ignore[attr-defined]
        self.fields["member_ids"].choices = rows  # type: ignore[attr-defined]
        group = ask.page.group
        if group is not None:
            self.fields["name"].initial = group.name
            self.fields["leader_id"].initial = group.leader_id
            self.fields["member_ids"].initial = ask.page.member_ids


class InspectForm(ActForm):
    """What was found on site."""

    on = Day(label=N_("视察日期"))
    findings = Text(label=N_("看到了什么"), rows=5, limit=2000)
    suggestions = Text(label=N_("提出的意见"), rows=3, limit=2000, required=False)
    deputy_ids = PickSome(label=N_("参加的代表"), required=False)
    photos = Photos(label=N_("照片"), required=False)

    def prepare(self, ask: Ask) -> None:
        self.fields["on"].initial = clock.today()
        self.fields["deputy_ids"].choices = ask.page.deputy_choices  # type: ignore[attr-defined]
        self.fields["deputy_ids"].initial = ask.page.member_ids


class AnswerForm(ActForm):
    """The unit answers."""

    answer = Text(label=N_("办理情况"), rows=5, limit=2000)


class OrderForm(ActForm):
    """A supervision order."""

    text = Text(label=N_("督办要求"), rows=5, limit=2000)
    due = Day(label=N_("答复期限"), required=False, help_text=N_("不填按规定的工作日计算。"))


LONG = ("content", "target")
"""Fields of an adjustment that need more than a line."""
NEW = Section(N_("改成什么"), tuple(f"new_{name}" for name in FIELDS), N_("只填要改的；空着的不变。"))


class AdjustForm(ActForm):
    """What is to change and why. Only fields with a new value are changed."""

    sections: ClassVar[tuple[Section, ...]] = (
        Section(N_("调整什么、为什么"), ("kind", "replacement_id", "reason", "fund_effect")),
        NEW,
    )

    kind = One(label=N_("调整类型"), of=AdjustmentKind)
    reason = Text(label=N_("为什么要调整"), rows=4, limit=2000)
    fund_effect = Text(label=N_("对资金的影响"), rows=2, limit=500, required=False)
    replacement_id = Pick(label=N_("替换为哪个项目"), required=False, empty=N_("不是替换"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, label in FIELDS.items():
            words = t(N_("新的{what}"), what=label)
            self.fields[f"new_{name}"] = _changed(name, words)

    def prepare(self, ask: Ask) -> None:
        self._show_current(ask.page.project)
        if "replacement_id" in self.fields:
            self.fields["replacement_id"].offer(ask.page.replacement_choices)  # type: ignore[attr-defined]

    def _show_current(self, project: Project) -> None:
        for name in FIELDS:
            value = getattr(project, name)
            if f"new_{name}" in self.fields and value not in (None, ""):
                words = cdate(value) if name == "finishes_on" else str(value)
                self.fields[f"new_{name}"].help_text = t(N_("现在：{value}"), value=words)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("kind") == AdjustmentKind.REPLACEMENT:
            self.need("replacement_id", N_("请选择替换的项目。"))
        return data

    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        change = {name: str(given[f"new_{name}"]) for name in FIELDS if given.get(f"new_{name}") not in (None, "")}
        return {
            "kind": AdjustmentKind(given["kind"]),
            "reason": given["reason"],
            "fund_effect": given["fund_effect"],
            "change": change,
            "replacement_id": given["replacement_id"],
        }


def _changed(name: str, label: str) -> forms.Field:
    if name == "finishes_on":
        return Day(label=label, required=False)
    if name == "investment_total":
        return Money(label=f"{label}（{t(N_('万元'))}）")
    if name in LONG:
        return Text(label=label, rows=2, limit=2000, required=False)
    return Line(label=label, limit=200, required=False)


class FileAdjustForm(AdjustForm):
    """A small change that is only filed: content and money within the band."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("kind", "replacement_id", "new_name", "new_target", "new_place", "new_finishes_on"):
            del self.fields[name]

    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        change = {n: str(given[f"new_{n}"]) for n in FIELDS if given.get(f"new_{n}") not in (None, "")}
        return {
            "kind": AdjustmentKind.CONTENT,
            "reason": given["reason"],
            "fund_effect": given["fund_effect"],
            "change": change,
        }


class EndorseForm(ActForm):
    """Which meeting of the chairpersons agreed."""

    decided_by = Line(label=N_("哪次主任会议"), limit=120)
    on = Day(label=N_("会议日期"), required=False)


class TurnDownForm(ActForm):
    """Which meeting did not agree, and why."""

    decided_by = Line(label=N_("哪次主任会议"), limit=120)
    note = Text(label=N_("不同意的理由"), rows=3, limit=500)


class DecideForm(ActForm):
    """The standing committee's vote."""

    decided_by = Line(label=N_("哪次常委会会议"), limit=120)
    approve = Whole(label=N_("赞成"), most=500)
    oppose = Whole(label=N_("反对"), most=500, initial=0)
    abstain = Whole(label=N_("弃权"), most=500, initial=0)
    note = Text(label=N_("审议意见"), rows=3, limit=500, required=False)


class NoteForm(ActForm):
    """A word, if any."""

    note = Text(label=N_("说明"), rows=3, limit=1000, required=False)


class AcceptForm(ActForm):
    """What the acceptance found."""

    note = Text(label=N_("验收结论"), rows=4, limit=1000)


class RefuseForm(ActForm):
    """What is still to be done."""

    reason = Text(label=N_("还差什么"), rows=4, limit=500)


class RectifyForm(ActForm):
    """The plan, or what came of it."""

    text = Text(label=N_("内容"), rows=8, limit=4000)


class CarryOverForm(ActForm):
    """What the next year is to bring."""

    annual_goal = Text(label=N_("下一年度的目标"), rows=3, limit=500)


class ReuseForm(ActForm):
    """Into which year's pool."""

    year_id = Pick(label=N_("放进哪个年度的储备库"))

    def prepare(self, ask: Ask) -> None:
        self.fields["year_id"].offer(ask.page.year_choices)  # type: ignore[attr-defined]

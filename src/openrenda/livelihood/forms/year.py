"""What is asked for a year as a whole."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openrenda.kernel.text import N_
from openrenda.meetings.actions import Method

from .base import ActForm, Ask, Day, Line, One, Pick, PickSome, Text, Whole


class OpenCallForm(ActForm):
    """A new year's call."""

    year = Whole(label=N_("年度"), least=2020, most=2100, help_text=N_("项目在哪一年实施。"))
    opens_on = Day(label=N_("征集开始"))
    closes_on = Day(label=N_("征集截止"))
    quota = Whole(label=N_("应选项目数"), least=1, most=50, initial=10)
    notice = Text(label=N_("征集公告"), rows=6, required=False)


class ExtendForm(ActForm):
    """A later last day."""

    closes_on = Day(label=N_("延长到"))


class ProjectsForm(ActForm):
    """Some of the year's projects."""

    source = ""
    project_ids = PickSome(label=N_("项目"))

    def prepare(self, ask: Ask) -> None:
        rows = getattr(ask.page, self.source)
        self.fields["project_ids"].choices = rows  # type: ignore[attr-defined]
        self.fields["project_ids"].initial = [key for key, _label in rows]


class DiscussForm(ProjectsForm):
    """The party committee has looked at the preliminary candidates."""

    source = "prelim_choices"
    decided_on = Day(label=N_("研究日期"))
    note = Text(label=N_("研究意见"), rows=3, limit=1000, required=False)


class DeliberateForm(ProjectsForm):
    """The standing committee has deliberated: an item of its meeting, or a meeting outside of this system."""

    source = "discussed_choices"
    item_id = Pick(label=N_("常委会议程"), empty=N_("不是本系统里的会议"), required=False)
    decided_by = Line(
        label=N_("会议名称"), limit=120, required=False, help_text=N_("没有选议程的，写明是哪次常委会会议。")
    )
    decided_on = Day(label=N_("会议日期"), required=False)

    def prepare(self, ask: Ask) -> None:
        super().prepare(ask)
        self.fields["item_id"].offer(ask.page.item_choices)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("item_id"):
            self.need("decided_by", N_("请选择议程，或者写明会议名称。"))
        return data


class CandidatesForm(ProjectsForm):
    """Which of the deliberated projects go on the ballot."""

    source = "deliberated_choices"
    decided_by = Line(label=N_("由哪次会议确定"), limit=120, required=False)


class PublishCandidatesForm(ActForm):
    """The day of the vote; the booklet goes out with it."""

    session_on = Day(label=N_("大会票决的日期"))


class PutForm(ActForm):
    """An item of a meeting and how it votes."""

    item_id = Pick(label=N_("会议议程"))
    method = One(label=N_("表决方式"), of=Method)
    title = Line(label=N_("表决的标题"), limit=80, required=False)
    threshold = Whole(
        label=N_("开票需要几位监票人"),
        least=0,
        most=20,
        initial=0,
        help_text=N_("只有无记名电子表决用到；写 0 按默认。"),
    )

    def prepare(self, ask: Ask) -> None:
        self.fields["item_id"].offer(ask.page.item_choices)  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        return {**self.cleaned_data, "method": Method(self.cleaned_data["method"])}


class YearNumberForm(forms.Form):
    """Which year's page."""

    year = forms.IntegerField(label=_("年度"), min_value=2000, max_value=2100)

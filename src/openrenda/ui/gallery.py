"""/ui/: every component in every state, with made-up content. Browser and accessibility tests walk it."""

from datetime import date, timedelta

from django import forms
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from openrenda.kernel import deadlines
from openrenda.kernel.deadlines import Lamp
from openrenda.kernel.verdict import ALLOWED, deny
from openrenda.kernel.workdays import Calendar

from . import charts, shapes
from .render import confirm, page

DAY = date(2025, 3, 6)
CHOICES = [("repair", "修一修"), ("build", "新建"), ("other", "其他")]


class SampleForm(forms.Form):
    """One field of each kind."""

    title = forms.CharField(label="标题", max_length=40)
    text = forms.CharField(label="想说的话", max_length=500, required=False)
    area = forms.ChoiceField(label="属于哪一类", choices=[("", "请选择"), *CHOICES])
    kind = forms.ChoiceField(label="您希望", choices=CHOICES)
    topics = forms.MultipleChoiceField(label="涉及哪些方面", choices=CHOICES, required=False)
    phone = forms.CharField(label="电话", max_length=20, required=False)
    on = forms.DateField(label="日期", required=False)
    photos = forms.FileField(label="照片", required=False)
    consent = forms.BooleanField(label="我知道标题和正文会公开")
    token = forms.CharField(widget=forms.HiddenInput, required=False)


def _content() -> dict[str, object]:
    sent = SampleForm({"title": "", "text": "路灯不亮", "area": "repair", "kind": "", "on": "下周"})
    sent.is_valid()
    return {
        "fresh": SampleForm(initial={"kind": "build", "topics": ["repair"], "on": DAY}, auto_id="fresh_%s"),
        "sent": sent,
        "closed": deny("ui.example", "还没有填写答复日期。", "请先填写，再提交。"),
        "open": ALLOWED,
        "lamps": [(lamp, days) for lamp, days in zip(Lamp, (None, 22, 8, 1, -3, None), strict=True)],
        "story": _story(),
        "faces": _faces(),
        "trail": [shapes.Link("首页", "/"), shapes.Link("组件陈列")],
        "steps": [
            shapes.ProgressStep("收到", "done", "3月6日"), shapes.ProgressStep("转交", "done", "3月7日"),
            shapes.ProgressStep("办理", "now", "已8天"), shapes.ProgressStep("答复"), shapes.ProgressStep("评价"),
        ],
        "links": [
            shapes.Link("全部", "/ui/?tab=all", current=True, count=1210),
            shapes.Link("等我办", "/ui/?tab=mine", count=3), shapes.Link("已办", "/ui/?tab=done", count=0),
        ],
        "facets": _facets(),
        "figures": _figures(),
        "bars": [
            shapes.Bar("城乡建设", 42, "/ui/?c=1"), shapes.Bar("教育", 17), shapes.Bar("交通", 9.5),
            shapes.Bar("其他", 0), shapes.Bar("养老", None),
        ],
        "trend": charts.trend(
            [f"{month}月" for month in range(1, 13)],
            [charts.Series("收到", (4, 9, 7, 0, 3, 8, 12, 6, 5, 2, 1, 3), "second"),
             charts.Series("答复", (1, 5, 8, 4, 2, 3, 9, 11, 6, 4, 2, 1))],
            table_only=[charts.Series("办结", (0, 3, 6, 5, 2, 2, 7, 9, 8, 4, 3, 2))],
        ),
        "shares": [
            charts.Share("满意", 31, url="/ui/", tone="good"), charts.Share("基本满意", 9, tone="fair"),
            charts.Share("不满意", 4, tone="bad"), charts.Share("没有评价", 17, tone="none"),
        ],
        "waits": [charts.Share("0至3天", 12), charts.Share("4至7天", 20, 3), charts.Share("7天以上", 5, 9)],
        "heat": charts.heat(
            ["东街", "西街", "南街"],
            [("停车", [(9, "/ui/"), (1, ""), (0, "")]), ("供水", [(2, ""), (5, ""), (1, "")])],
        ),
        "preview": [
            shapes.PreviewRow("东街路灯不亮", "交给区住建局，4月3日前答复", url="/ui/"),
            shapes.PreviewRow("西巷下水道堵塞", "已由同事交办，状态是“办理中”", ok=False),
        ],
        "photos": [shapes.Photo(static("ui/img/sample-1.svg"), "晚上没有灯的街道", caption="改造前"),
                   shapes.Photo(static("ui/img/sample-2.svg"), "亮着灯的街道", caption="改造后")],
    }  # fmt: skip


def _facets() -> list[shapes.FacetGroup]:
    link = shapes.Link
    years = [link("2025年", "/ui/?y=2025", current=True, count=64), link("2024年", "/ui/?y=2024", count=57)]
    states = [link("办理中", "/ui/?s=1", count=12), link("已办结", "/ui/?s=2", count=52)]
    return [shapes.FacetGroup("年份", years), shapes.FacetGroup("状态", states)]


def _story() -> list[shapes.TimelineEntry]:
    entry = shapes.TimelineEntry
    return [
        entry("提交意见", DAY, "居民李女士", url="/ui/"),
        entry("登记并转交", DAY + timedelta(1), "东街联络站", waited=1, note="代表听取后转交街道。"),
        entry("正在办理", DAY + timedelta(4), "区住建局", waited=3, tone="now", law="地方组织法第六十条"),
        entry("答复您", tone="later"),
        entry("曾被退回一次", DAY + timedelta(2), "区城管局", tone="stop", note="不属于本单位职责。"),
    ]


def _faces() -> list[shapes.ClockFace]:
    calendar = Calendar()
    legal = deadlines.months(DAY, 3, calendar, "代表建议应在交办之日起3个月内答复")
    own = deadlines.workdays(DAY, 7, calendar, "本单位应在7个工作日内签收并提出意见")
    return [
        shapes.ClockFace("法定期限", legal.due, Lamp.GREEN, 58, basis=legal.basis, steps=legal.steps,
                         note="换单位不重新起算。"),
        shapes.ClockFace("本单位期限", own.due, Lamp.ORANGE, 2, basis=own.basis, steps=own.steps),
        shapes.ClockFace("签收", own.due, Lamp.BLUE, done_on=DAY),
    ]  # fmt: skip


def _figures() -> list[shapes.Stat]:
    return [
        shapes.Stat("按期答复率", 0.934, "percent", 57, 61, "2025年", "按期答复的件数÷到期应答复的件数。", "/ui/"),
        shapes.Stat("办理天数中位数", 41, "days", None, 61, "2025年", "从交办到答复的自然日，取中位数。"),
        shapes.Stat("收到的意见", 1210, "number", period="2025年", url="/ui/"),
        shapes.Stat("承诺兑现率", None, "percent", 0, 0, "2025年", "到期并兑现的承诺÷到期的承诺。"),
    ]


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """In the public frame."""
    return page(request, "ui/gallery.html", {**_content(), "layout": "ui/public.html"}, fragment="sample")


@require_safe
def show_work(request: HttpRequest) -> HttpResponse:
    """The same in the workbench's."""
    return page(request, "ui/gallery.html", {**_content(), "layout": "ui/work.html"})


@require_safe
def show_confirm(request: HttpRequest) -> HttpResponse:
    """The pattern for a step that cannot be taken back."""
    return confirm(
        request,
        title="撤回这件建议",
        what=["办理单位会收到通知，停止办理。", "编号保留，不再使用。", "撤回后不能恢复。"],
        action_url="/ui/confirm/",
        confirm_label="确认撤回",
        cancel_url="/ui/",
        danger=True,
    )

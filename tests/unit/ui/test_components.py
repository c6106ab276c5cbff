"""What the macros promise: escaping, words beside colours, reasons beside closed doors."""

from typing import Any

import pytest
from django import forms
from django.test import RequestFactory
from django.utils import translation
from jinja2 import UndefinedError
from markupsafe import Markup

from openrenda.kernel.deadlines import Lamp
from openrenda.kernel.verdict import ALLOWED, deny
from openrenda.ui import current, shapes
from openrenda.ui.render import jinja

NASTY = "<script>alert(1)</script>"


def draw(source: str, **context: Any) -> str:
    with current.rendering(RequestFactory().get("/")):
        return jinja().from_string(source).render(context)


class Sample(forms.Form):
    title = forms.CharField(label="标题", max_length=5)
    kind = forms.ChoiceField(label="种类", choices=[("", "请选择"), ("1", "一"), ("2", "二")])
    number = forms.TypedChoiceField(label="数", choices=[(1, "一"), (2, "二")], coerce=int, required=False)
    sure = forms.BooleanField(label="确定")
    own = forms.CharField(label="自定", error_messages={"required": "请写明理由。"})


@pytest.mark.parametrize(
    "source",
    [
        "{{ ui.page_title(x, lead=x) }}",
        "{{ ui.list_row(x, '/', meta=[x], summary=x, number=x) }}",
        "{{ ui.kv([('a', x)]) }}",
        "{{ ui.prose(x) }}",
        "{{ ui.chip(x) }}",
        "{{ ui.notice('info', x, x) }}",
        "{{ ui.timeline([entry]) }}",
        "{{ ui.cell(x, 'main', '/') }}",
        "{{ ui.text_field(form['title']) }}",
        "{{ ui.textarea(form['title']) }}",
        "{{ ui.search_box('/', 'a', x, keep={'y': x}) }}",
        "{{ ui.bulk_preview([row], '/', 'a', '/', fields={'y': x}) }}",
    ],
)
def test_nothing_of_a_reader_becomes_markup(source: str) -> None:
    html = draw(
        source, x=NASTY, form=Sample({"title": NASTY}),
        entry=shapes.TimelineEntry(NASTY, who=NASTY, note=NASTY), row=shapes.PreviewRow(NASTY, NASTY),
    )  # fmt: skip
    assert "<script" not in html
    assert "&lt;script" in html


def test_a_component_drawn_once_never_confuses_markup_with_text() -> None:
    draw("{{ ui.lamp(l, word=x) }}{{ ui.chip(x) }}", l=Lamp.NONE, x=Markup("<i>x</i>"))
    assert "&lt;i&gt;x" in draw("{{ ui.lamp(l, word=x) }}", l=Lamp.NONE, x="<i>x</i>")
    assert "&lt;i&gt;x" in draw("{{ ui.chip(x) }}", x="<i>x</i>")


def test_a_component_drawn_once_speaks_each_language() -> None:
    with translation.override("en"):
        draw("{{ ui.lamp(x, 3) }}", x=Lamp.GREEN)
    assert "还剩3个工作日" in draw("{{ ui.lamp(x, 3) }}", x=Lamp.GREEN)


@pytest.mark.parametrize("lamp", list(Lamp))
def test_every_lamp_has_a_word_and_a_shape(lamp: Lamp) -> None:
    html = draw("{{ ui.lamp(lamp) }}", lamp=lamp)
    assert lamp.label in html
    assert "<svg" in html


def test_lamps_have_shapes_of_their_own() -> None:
    shapes_of = {draw("{{ ui.lamp_shape(x) }}", x=lamp.value) for lamp in Lamp}
    assert len(shapes_of) == len(Lamp)


@pytest.mark.parametrize(("left", "words"), [(-3, "超期3个工作日"), (0, "今天到期"), (8, "还剩8个工作日")])
def test_days_left(left: int, words: str) -> None:
    assert words in draw("{{ ui.lamp(lamp, left) }}", lamp=Lamp.RED, left=left)


def test_a_closed_move_says_why_and_cannot_be_sent() -> None:
    html = draw("{{ ui.move_button('提交', '/do/', v) }}", v=deny("x", "还没有答复日期。", "请先填写。"))
    assert "还没有答复日期。 请先填写。" in html
    assert "disabled" in html
    assert "<form" not in html
    assert "/do/" not in html


def test_an_open_move_is_a_real_form_with_its_token() -> None:
    html = draw("{{ ui.move_button('提交', '/do/', v, fields={'pk': 3}) }}", v=ALLOWED)
    assert 'method="post" action="/do/"' in html
    assert 'name="csrfmiddlewaretoken"' in html
    assert 'name="pk" value="3"' in html


def test_a_required_field_says_how_to_mend_it() -> None:
    form = Sample({"title": "", "kind": "", "own": ""})
    html = draw("{{ ui.error_summary(f) }}{{ ui.text_field(f['title']) }}{{ ui.radio_cards(f['kind']) }}", f=form)
    assert "标题：请填写这一项。" in html
    assert "种类：请选择一项。" in html
    assert "确定：请勾选这一项，再提交。" in html
    assert "自定：请写明理由。" in html
    assert 'href="#id_title"' in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_title-error"' in html


def test_no_summary_without_errors() -> None:
    assert draw("{{ ui.error_summary(f) }}", f=Sample()).strip() == ""


def test_what_was_typed_comes_back() -> None:
    form = Sample({"title": "路灯坏了三天", "kind": "2", "number": "2"})
    html = draw("{{ ui.text_field(f['title']) }}{{ ui.select(f['kind']) }}{{ ui.select(f['number']) }}", f=form)
    assert 'value="路灯坏了三天"' in html
    assert html.count('<option value="2" selected>') == 2


def test_a_number_chosen_before_is_chosen_again() -> None:
    html = draw("{{ ui.select(f['number']) }}", f=Sample(initial={"number": 1}))
    assert '<option value="1" selected>' in html
    assert html.count("selected") == 1


def test_a_text_that_begins_with_a_line_break_keeps_it() -> None:
    assert ">\n\n一</textarea>" in draw("{{ ui.textarea(f['title']) }}", f=Sample({"title": "\n一"}))


def test_no_data_has_no_figure() -> None:
    html = draw("{{ ui.stat(s) }}", s=shapes.Stat("兑现率", None, "percent", 0, 0, "2025年", url="/x/"))
    assert "暂无数据" in html
    assert "0%" not in html
    assert 'href="/x/"' not in html


def test_a_chart_has_its_table_and_survives_empty_values() -> None:
    html = draw("{{ ui.bar_chart('件数', bars) }}", bars=[shapes.Bar("甲", None), shapes.Bar("乙", 0)])
    assert html.count("暂无数据") == 2
    assert "<table" in html
    assert "nan" not in html.lower()


def test_the_longest_bar_fills_the_width() -> None:
    html = draw("{{ ui.bar_chart('件数', bars) }}", bars=[shapes.Bar("甲", 4), shapes.Bar("乙", 1)])
    assert 'width="100.00%"' in html
    assert 'width="25.00%"' in html


def test_a_clock_lists_the_steps_of_its_date() -> None:
    face = shapes.ClockFace("法定期限", None, Lamp.NONE, basis="三个月内答复")
    assert "没有期限" in draw("{{ ui.clock(f) }}", f=face)
    assert "三个月内答复" in draw("{{ ui.clock(f) }}", f=face)


def test_folds_are_open_in_elder_mode() -> None:
    request = RequestFactory().get("/")
    request.COOKIES["elder"] = "1"
    source = jinja().from_string("{% call ui.details('说明') %}x{% endcall %}")
    with current.rendering(request):
        assert '<details class="details" open>' in source.render()
    assert '<details class="details">' in source.render()


def test_a_wrong_name_is_an_error_not_a_blank() -> None:
    with pytest.raises(UndefinedError):
        draw("{{ nothing.here }}")
    with pytest.raises(UndefinedError):
        draw("{{ ui.no_such_component() }}")

"""Forms of an item of the agenda."""

from typing import Any

from django import forms

from openrenda.kernel.text import N_
from openrenda.meetings.actions import Form, Method, OptionSpec
from openrenda.meetings.states import ItemState
from openrenda.ui.fields import Line, One, Text
from openrenda.ui.filters import t

from .base import ActForm, Ask

MOST_OPTIONS = 60
NOTE_MARKS = ("｜", "|")


class WithdrawForm(ActForm):
    """Why an item is not deliberated any more."""

    reason = Line(label=N_("理由"), limit=400)


class HearForm(ActForm):
    """An item was heard."""

    note = Text(label=N_("备注"), rows=2, limit=400, required=False)

    def values(self) -> dict[str, Any]:
        return {**super().values(), "decision": ItemState.HEARD}


class FiguresForm(ActForm):
    """An item was adopted or not by counted hands; only the figures are kept."""

    decision = ItemState.PASSED
    approve = forms.IntegerField(label=N_("赞成"), min_value=0, max_value=100_000)
    oppose = forms.IntegerField(label=N_("反对"), min_value=0, max_value=100_000, initial=0)
    abstain = forms.IntegerField(label=N_("弃权"), min_value=0, max_value=100_000, initial=0)
    note = Text(label=N_("备注"), rows=2, limit=400, required=False)

    def values(self) -> dict[str, Any]:
        return {**super().values(), "decision": self.decision}


class RejectForm(FiguresForm):
    """Not adopted."""

    decision = ItemState.NOT_PASSED


class PutToVoteForm(ActForm):
    """The ballot on an item."""

    title = Line(label=N_("票上的标题"), limit=120)
    method = One(label=N_("表决方式"), of=Method, initial=Method.PAPER.value)
    form = One(label=N_("票的样式"), of=Form, initial=Form.ITEMS.value)
    options = Text(
        label=N_("表决项"),
        rows=6,
        limit=20_000,
        help_text=N_("每行一项，按选票上的顺序（按类别或笔画，不按倾向）。要加说明，写在“｜”后面。"),
    )
    quota = forms.IntegerField(
        label=N_("应选数"), min_value=0, max_value=MOST_OPTIONS, initial=0,
        help_text=N_("在名单中选择的，填应选几项；逐项表决、评满意度的填0。"),
    )  # fmt: skip
    threshold = forms.IntegerField(
        label=N_("解密门限"), min_value=0, max_value=20, initial=0,
        help_text=N_("只用于电子投票：几位监票人一起才能解密，至少2人。其他方式填0。"),
    )  # fmt: skip

    def prepare(self, ask: Ask) -> None:
        if ask.item is not None:
            self.initial.setdefault("title", ask.item.title[:120])
            self.initial.setdefault("options", ask.item.title)

    def clean_options(self) -> list[OptionSpec]:
        """One option per line; numbered, since refs are only asked for where another slice keeps the records."""
        lines = [line.strip() for line in self.cleaned_data["options"].splitlines() if line.strip()]
        if len(lines) > MOST_OPTIONS:
            raise forms.ValidationError(t(N_("一张票最多{n}项，请分几次表决。"), n=MOST_OPTIONS))
        return [self._option(number, line) for number, line in enumerate(lines, start=1)]

    @staticmethod
    def _option(number: int, line: str) -> OptionSpec:
        label, note = line, ""
        for mark in NOTE_MARKS:
            if mark in line:
                label, _, note = line.partition(mark)
                break
        return OptionSpec(str(number), label.strip(), note.strip())

    def values(self) -> dict[str, Any]:
        found = super().values()
        return {**found, "method": Method(found["method"]), "form": Form(found["form"])}


class RepeatForm(ActForm):
    """The vote once more."""

    method = One(label=N_("表决方式"), of=Method)
    threshold = forms.IntegerField(label=N_("解密门限"), min_value=0, max_value=20, required=False)

    def prepare(self, ask: Ask) -> None:
        poll = ask.item.poll if ask.item is not None else None
        if poll is not None:
            self.initial.setdefault("method", poll.method)
            self.initial.setdefault("threshold", poll.threshold)

    def values(self) -> dict[str, Any]:
        return {"method": Method(self.cleaned_data["method"]), "threshold": self.cleaned_data["threshold"]}

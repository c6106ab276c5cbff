"""A teller's figures: totals, and for each line of the ballot its marks."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from openrenda.kernel.text import N_
from openrenda.voting.actions import Figures
from openrenda.voting.models import Option
from openrenda.voting.rules.labels import TOTALS
from openrenda.voting.states import ANSWERS, Form, Method

from .base import ActForm, Ask

MOST = 100_000


class Figure(forms.IntegerField):
    """A count of papers or hands."""

    kind = "number"

    def __init__(self, *, label: str) -> None:
        super().__init__(label=label, min_value=0, max_value=MOST)
        self.error_messages["required"] = N_("请填写数字，没有就填0。")
        self.error_messages["invalid"] = N_("请填写整数。")
        self.error_messages["min_value"] = N_("不能小于0。")
        self.error_messages["max_value"] = N_("数字太大，请核对。")


@dataclass(frozen=True, slots=True)
class CountLine:
    """One option with its boxes."""

    number: int
    label: str
    boxes: list[BoundField]


class CountForm(ActForm):
    """Nothing is filled in beforehand: each teller counts alone."""

    def prepare(self, ask: Ask) -> None:
        self.answers = ANSWERS[Form(ask.poll.form)]
        self.options: list[Option] = list(ask.poll.options.all())
        self.by_hands = ask.poll.method == Method.HANDS
        if not self.by_hands:
            for name, label in TOTALS.items():
                self.fields[name] = Figure(label=label)
        for row in self.options:
            for answer in self.answers:
                self.fields[self._name(row, answer)] = Figure(label=f"{row.label}：{answer.label}")

    @staticmethod
    def _name(row: Option, answer: str) -> str:
        return f"line_{row.position}_{answer}"

    def totals(self) -> list[BoundField]:
        """The boxes of the whole."""
        return [] if self.by_hands else [self[name] for name in TOTALS]

    def lines(self) -> list[CountLine]:
        """The boxes line by line."""
        return [
            CountLine(row.position + 1, row.label, [self[self._name(row, answer)] for answer in self.answers])
            for row in self.options
        ]

    def columns(self) -> list[tuple[str, str]]:
        """Heads of the columns of marks, as a table takes them."""
        return [(answer.label, "num") for answer in self.answers]

    def values(self) -> dict[str, Any]:
        found = self.cleaned_data
        lines = tuple(tuple(found[self._name(row, answer)] for answer in self.answers) for row in self.options)
        if self.by_hands:
            present = self.ask.poll.roll.filter(is_present=True).count()
            return {"figures": Figures(present, present, present, 0, lines)}
        totals = {name: found[name] for name in TOTALS}
        return {"figures": Figures(**totals, lines=lines)}

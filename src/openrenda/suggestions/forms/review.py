"""The deputies' office: refuse, plan, group, assign."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from openrenda.kernel.text import N_
from openrenda.orgs.models import Unit
from openrenda.orgs.selectors import handling_units, units_of_kind
from openrenda.orgs.states import UnitKind
from openrenda.suggestions.actions.values import PlanLine
from openrenda.suggestions.selectors import assignment_day
from openrenda.suggestions.selectors.alike import alike
from openrenda.suggestions.states import Importance, Mode, Part, RejectCode
from openrenda.ui.filters import t

from .base import ActForm, Ask, Choices, Day, Line, One, Pick, PickSome, Section, Text, Yes, labels

PLAN_LINES = 8
"""Units a plan may name; the register of the demo district needs five at most."""


def unit_rows(congress_id: int) -> list[tuple[int, str]]:
    """Handling units for a drop-down, by code. One query."""
    return [(unit.pk, f"{unit.code} {unit.short_name or unit.name}") for unit in handling_units(congress_id)]


def oversight_rows(congress_id: int) -> list[tuple[int, str]]:
    """Working bodies of the congress for a drop-down. One query."""
    bodies: Iterable[Unit] = units_of_kind(congress_id, UnitKind.NPC)
    return [(unit.pk, unit.short_name or unit.name) for unit in bodies]


class RejectForm(ActForm):
    """不予接收 with the code of the measures' article (R15)."""

    code = One(label=N_("属于哪一种情形"), of=RejectCode)
    reason = Text(label=N_("向代表说明"), help_text=N_("代表会看到。请说明为什么不作为代表建议，以及可以怎么办。"))
    as_letter = Yes(label=N_("作为来信转有关方面处理"), initial=True)

    def values(self) -> dict[str, Any]:
        return {**super().values(), "code": RejectCode(self.cleaned_data["code"])}


class LinesForm(ActForm):
    """Units and their parts, one line each; empty lines are left out."""

    line_count = PLAN_LINES
    parts: tuple[Part, ...] = tuple(Part)

    def __init__(self, *args: Any, **options: Any) -> None:
        self.numbers = range(1, self.line_count + 1)
        super().__init__(*args, **options)

    def prepare(self, ask: Ask) -> None:
        units = [("", t(N_("（空）"))), *((str(pk), name) for pk, name in unit_rows(ask.actor.congress_id))]
        for n in self.numbers:
            self._line(n, units, labels(self.parts))
        for n, line in zip(self.numbers, ask.case.planned, strict=False):
            self.initial.update({f"unit_{n}": line.unit_id, f"part_{n}": line.part, f"text_{n}": line.part_text})

    def _line(self, n: int, units: Choices, parts: Choices) -> None:
        self.fields[f"unit_{n}"] = forms.TypedChoiceField(
            label=t(N_("单位{n}"), n=n), choices=units, coerce=int, empty_value=None, required=False
        )
        self.fields[f"part_{n}"] = forms.ChoiceField(
            label=t(N_("单位{n}的分工"), n=n),
            choices=parts,
            required=False,
            initial=str(Part.LEAD if n == 1 else Part.CO),
        )
        self.fields[f"text_{n}"] = Line(label=t(N_("单位{n}承办的部分"), n=n), limit=500, required=False)

    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField, forms.BoundField]]:
        """The lines of the table."""
        return [(self[f"unit_{n}"], self[f"part_{n}"], self[f"text_{n}"]) for n in self.numbers]

    def has_more(self) -> bool:
        """Is anything filled in beyond the first three lines?"""
        return any(self[f"unit_{n}"].value() for n in self.numbers if n > 3)

    def lines(self) -> tuple[PlanLine, ...]:
        """What was filled in."""
        given = self.cleaned_data
        return tuple(
            PlanLine(given[f"unit_{n}"], Part(given[f"part_{n}"] or Part.CO), given[f"text_{n}"])
            for n in self.numbers
            if given.get(f"unit_{n}")
        )


class PlanForm(LinesForm):
    """拟办: mode, units, the supervising committee."""

    mode = One(label=N_("办理方式"), of=Mode)
    oversight_unit_id = Pick(label=N_("督办工委"), required=False, empty=N_("（不指定）"))
    sections = (
        Section(
            N_("怎么办理"),
            ("mode", "oversight_unit_id"),
            N_("单办：一个单位独办。主办会办：一个主办，其余会办。分办：各单位各答复一部分，须写明承办的部分。"),
        ),
    )

    def prepare(self, ask: Ask) -> None:
        super().prepare(ask)
        self.fields["oversight_unit_id"].offer(oversight_rows(ask.actor.congress_id))  # type: ignore[attr-defined]
        suggestion = ask.case.suggestion
        self.initial.update({"mode": suggestion.mode or Mode.SINGLE, "oversight_unit_id": suggestion.oversight_unit_id})

    def clean(self) -> dict[str, Any]:
        if self.data and not any(self.cleaned_data.get(f"unit_{n}") for n in self.numbers):
            self.add_error("unit_1", t(N_("请至少选择一个承办单位。")))
        return self.cleaned_data

    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "mode": Mode(given["mode"]),
            "lines": self._parts(Mode(given["mode"])),
            "oversight_unit_id": given["oversight_unit_id"],
        }

    def _parts(self, mode: Mode) -> tuple[PlanLine, ...]:
        lines = self.lines()
        if mode is Mode.LEAD_CO:
            return lines
        part = Part.SOLE if mode is Mode.SINGLE else Part.SHARE
        return tuple(PlanLine(line.unit_id, part, line.part_text) for line in lines)


class DistributeForm(LinesForm):
    """分办: as planned, unless the lines are changed."""

    def values(self) -> dict[str, Any]:
        return {"lines": self.lines() or None}


class GroupForm(ActForm):
    """并案: other accepted suggestions of the same matter."""

    suggestion_ids = PickSome(
        label=N_("与本件内容相同的建议"), help_text=N_("并案后一起办理，各自保留编号，分别答复、分别评价。")
    )
    note = Line(label=N_("说明"), required=False)

    def prepare(self, ask: Ask) -> None:
        """The likest first, whatever their state, then what waits to be assigned."""
        here = ask.case.suggestion
        near = {one.id: f"{one.number} {one.title}" for one in alike(ask.actor, here) if one.groupable}
        rows = [row for row in assignment_day(ask.actor) if row.suggestion.pk != here.pk]
        rows.sort(key=lambda row: row.suggestion.category != here.category)
        waiting = {row.suggestion.pk: f"{row.number} {row.suggestion.title}" for row in rows}
        self.fields["suggestion_ids"].choices = list((near | waiting).items())  # type: ignore[attr-defined]

    def take_along(self, given: Mapping[str, str]) -> None:
        """The one that was looked at side by side is ticked."""
        self.initial["suggestion_ids"] = [given.get("with", "")]


class KeyForm(ActForm):
    """重点督办: the chairpersons' meeting has decided (R12)."""

    importance = One(label=N_("确定为"), of=Importance, initial=Importance.KEY)
    decision = Line(label=N_("主任会议决定"), help_text=N_("例如：第十六届主任会议第42次会议决定"))
    decided_on = Day(label=N_("决定日期"))
    leader = Line(label=N_("领衔督办领导"), limit=60, required=False)
    oversight_unit_id = Pick(label=N_("督办工委"), required=False, empty=N_("（不指定）"))

    def prepare(self, ask: Ask) -> None:
        self.fields["oversight_unit_id"].offer(oversight_rows(ask.actor.congress_id))  # type: ignore[attr-defined]
        self.initial["oversight_unit_id"] = ask.case.suggestion.oversight_unit_id

    def values(self) -> dict[str, Any]:
        return {**super().values(), "importance": Importance(self.cleaned_data["importance"])}

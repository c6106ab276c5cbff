"""Forms of the meeting itself."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator

from openrenda.kernel.text import N_
from openrenda.meetings import selectors
from openrenda.meetings.states import ItemKind, MeetingKind
from openrenda.orgs.models import Session
from openrenda.orgs.selectors import handling_units
from openrenda.ui.fields import Day, Line, One, Pick, PickSome, SectionedForm
from openrenda.ui.filters import t
from openrenda.voting.states import Duty

from .base import ActForm, Ask


class ConveneForm(SectionedForm):
    """A new meeting."""

    kind = One(label=N_("会议种类"), of=MeetingKind)
    title = Line(label=N_("会议名称"), limit=120, help_text=N_("例如：第十六届人民代表大会第五次会议"))
    key = Line(
        label=N_("编号"),
        limit=40,
        help_text=N_("用在网址里：字母、数字和短横，例如 16-5。"),
        validators=[RegexValidator(r"^[-a-zA-Z0-9]+$", N_("只能用字母、数字和短横。"))],
    )
    held_on = Day(label=N_("开会日期"))
    place = Line(label=N_("地点"), limit=80)
    session_id = Pick(label=N_("属于哪次代表大会会议"), required=False, empty=N_("不属于"))

    def offer(self, sessions: list[Session]) -> "ConveneForm":
        """Which sessions may be chosen."""
        choices = [
            (row.pk, t(N_("第{term}届第{number}次会议"), term=row.term.number, number=row.number)) for row in sessions
        ]
        field = self.fields["session_id"]
        assert isinstance(field, Pick)
        field.offer(choices)
        return self

    def values(self) -> dict[str, Any]:
        """The action's arguments."""
        return {**self.cleaned_data, "kind": MeetingKind(self.cleaned_data["kind"])}


class ScrutineersForm(ActForm):
    """Who watches the votes, as the meeting agreed."""

    chief_id = Pick(label=N_("总监票人"))
    scrutineer_ids = PickSome(label=N_("监票人"))
    teller_ids = PickSome(
        label=N_("计票人"), required=False, help_text=N_("计票人也可以是专门的工作人员（“计票员”职务），不在这里选。")
    )

    def prepare(self, ask: Ask) -> None:
        people = [
            (row.mandate_id, f"{row.name}（{row.delegation}）") for row in selectors.roll(ask.meeting)
        ]  # fmt: skip
        named = selectors.scrutineers_of(ask.meeting)
        chief = self.fields["chief_id"]
        assert isinstance(chief, Pick)
        chief.offer(people)
        for name in ("scrutineer_ids", "teller_ids"):
            field = self.fields[name]
            assert isinstance(field, PickSome)
            field.choices = people
        self.initial.setdefault("chief_id", next((row.mandate_id for row in named if row.duty == Duty.CHIEF), None))
        self.initial.setdefault("scrutineer_ids", [row.mandate_id for row in named if row.duty == Duty.SCRUTINEER])
        self.initial.setdefault("teller_ids", [row.mandate_id for row in named if row.duty == Duty.TELLER])


class AddItemForm(ActForm):
    """One more item."""

    title = Line(label=N_("议程名称"), limit=160)
    kind = One(label=N_("种类"), of=ItemKind)
    number = forms.IntegerField(
        label=N_("序号"), min_value=1, max_value=999, required=False, help_text=N_("不填就排在最后。")
    )
    reporter_id = Pick(label=N_("报告单位"), required=False, empty=N_("没有"))

    def prepare(self, ask: Ask) -> None:
        units = handling_units(ask.actor.congress_id)
        field = self.fields["reporter_id"]
        assert isinstance(field, Pick)
        field.offer((unit.pk, unit.name) for unit in units)

    def values(self) -> dict[str, Any]:
        found = super().values()
        return {**found, "kind": ItemKind(found["kind"]), "number": found["number"] or 0}

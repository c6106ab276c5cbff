"""Forms of the acts on a poll."""

from typing import Any

from django import forms

from openrenda.kernel.text import N_
from openrenda.ui.fields import Line, One, PickSome, Text, Yes, labels
from openrenda.ui.filters import t
from openrenda.voting import selectors
from openrenda.voting.states import ANSWERS, Form, Ruling

from .base import ActForm, Ask

OPTION = "option_{}"


class ReasonForm(ActForm):
    """Why something is given up."""

    reason = Line(label=N_("理由"), help_text=N_("记入表决记录，公众能看到。"))


class OpenForm(ActForm):
    """Opening freezes the rules: nobody does that by a slip of the finger."""

    read_aloud = Yes(label=N_("表决规则和表决项已经当场宣读"), required=True)

    def values(self) -> dict[str, Any]:
        return {}


class SheetForm(ActForm):
    """The signed tally sheet."""

    sheet = forms.FileField(label=N_("计票单照片"), help_text=N_("监票人、计票人签字要清楚。JPG、PNG或PDF。"))

    def prepare(self, ask: Ask) -> None:
        self.fields["sheet"].kind = "files"  # type: ignore[attr-defined]  # read by the template

    def values(self) -> dict[str, Any]:
        return {"upload": self.cleaned_data["sheet"]}


class DecideForm(ActForm):
    """What the presidium decided where the count left something open."""

    ruling = One(label=N_("主席团的决定"))
    chosen = PickSome(
        label=N_("主席团确定的项目"),
        required=False,
        help_text=N_("只在“按主席团决定的办法确定”时选。"),
    )
    text = Text(label=N_("决定的内容"), rows=3, limit=400, help_text=N_("记入表决记录并公布。"))

    def prepare(self, ask: Ask) -> None:
        rulings = selectors.rulings_of(ask.poll)
        ruling = self.fields["ruling"]
        assert isinstance(ruling, One)
        ruling.choices = labels(one for one in Ruling if one in rulings)
        if Ruling.CHOOSE not in rulings:
            del self.fields["chosen"]
            return
        chosen = self.fields["chosen"]
        assert isinstance(chosen, PickSome)
        chosen.coerce = str
        chosen.choices = [(row.ref, row.label) for row in ask.poll.options.all() if row.ref in ask.poll.tied]

    def values(self) -> dict[str, Any]:
        found = super().values()
        return {**found, "ruling": Ruling(found["ruling"]), "chosen": list(found.get("chosen") or ())}


class NamedForm(ActForm):
    """A deputy's vote by name: hers, or entered for one who was asked in the hall."""

    mandate_id = forms.TypedChoiceField(label=N_("代表"), coerce=int)

    def prepare(self, ask: Ask) -> None:
        mine = {scope for role, scope in ask.actor.roles if role == "DEPUTY"}
        rows = ask.poll.roll.filter(is_present=True)
        voted = set(ask.poll.named_votes.values_list("mandate_id", flat=True))
        left = [(row.mandate_id, row.name) for row in rows if row.mandate_id not in voted]
        who = self.fields["mandate_id"]
        assert isinstance(who, forms.TypedChoiceField)
        who.kind = "select"  # type: ignore[attr-defined]  # read by the template
        who.choices = [row for row in left if row[0] in mine] if mine else left
        options = list(ask.poll.options.all())
        if ask.poll.form == Form.SELECT:
            self.fields["choices"] = ticks = PickSome(
                label=t(N_("选择的项目（最多{n}项）"), n=ask.poll.maximum), required=False
            )
            ticks.coerce = str
            ticks.choices = [(row.ref, row.label) for row in options]
            return
        answers = ANSWERS[Form(ask.poll.form)]
        for row in options:
            self.fields[OPTION.format(row.position)] = One(label=row.label, of=answers)

    def values(self) -> dict[str, Any]:
        found = self.cleaned_data
        if self.ask.poll.form == Form.SELECT:
            return {"mandate_id": found["mandate_id"], "choices": list(found["choices"])}
        rows = self.ask.poll.options.all()
        return {
            "mandate_id": found["mandate_id"],
            "choices": [found[OPTION.format(row.position)] for row in rows],
        }

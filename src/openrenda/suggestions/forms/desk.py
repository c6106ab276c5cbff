"""Forms of whole tables: what is asked once for all chosen rows, and the draw of a look-back."""

from typing import Any

from django import forms

from openrenda.kernel import clock
from openrenda.kernel.text import N_
from openrenda.suggestions.states import Publicity

from .base import ActForm, Line


class ReleaseAllForm(ActForm):
    """Full publication of all chosen ones, by one checker."""

    checked_by = Line(label=N_("保密审查人"), limit=60)

    def values(self) -> dict[str, Any]:
        return {**super().values(), "decision": Publicity.FULL}


class SignForAllForm(ActForm):
    """One clerk for all chosen ones."""

    clerk = Line(label=N_("承办人"), limit=60, required=False)


class DrawForm(ActForm):
    """The yearly look-back: which year, which seed, which share of class A."""

    year = forms.IntegerField(label=N_("年度"), min_value=2000, max_value=2100)
    seed = Line(
        label=N_("抽签种子"),
        limit=60,
        help_text=N_("例如当天公布的开奖号码或者主任会议上抽出的数字。种子随结果公布，任何人可以复核。"),
    )
    share = forms.IntegerField(label=N_("A类抽取比例（%）"), min_value=1, max_value=100, initial=20)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial.setdefault("year", clock.today().year)

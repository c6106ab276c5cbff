"""What a resident may say on the tracking page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openrenda.liaison.states import Satisfaction, Solved
from openrenda.ui.inputs import text_area

from .fields import labelled


class ResidentForm(forms.Form):
    """A form whose fields are the action's arguments."""

    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class RateForm(ResidentForm):
    """Three grades; whoever is dissatisfied says why."""

    satisfaction = forms.TypedChoiceField(
        label=_("您对这次办理满意吗"),
        choices=labelled(Satisfaction, without=[Satisfaction.UNRATED]),
        coerce=Satisfaction,
        widget=forms.RadioSelect,
    )
    reason = text_area(
        _("说说原因"),
        limit=500,
        rows=3,
        required=False,
        hint=_("选“不满意”时请写明原因，我们会据此重新办理。"),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("satisfaction") == Satisfaction.DISSATISFIED and not data.get("reason"):
            self.add_error("reason", _("请写明哪里不满意，经办人员才知道怎么改。"))
        return data


class SolvedForm(ResidentForm):
    """Whether the matter is solved, apart from how content somebody is."""

    solved = forms.TypedChoiceField(
        label=_("事情解决了吗"),
        choices=labelled(Solved, without=[Solved.UNKNOWN]),
        coerce=Solved,
        widget=forms.RadioSelect,
    )
    note = text_area(_("现在是什么情况"), limit=500, rows=3, required=False)


class WithdrawForm(ResidentForm):
    """Confirmed, because it cannot be taken back."""

    reason = text_area(_("撤回的原因"), limit=500, rows=2, required=False)
    sure = forms.BooleanField(
        label=_("我确认撤回。撤回后不再办理，也不能恢复；以后可以重新提交。"),
        error_messages={"required": _("请先勾选确认，再按“撤回”。")},
    )

    def values(self) -> dict[str, Any]:
        return {"reason": self.cleaned_data["reason"]}


class ObjectForm(ResidentForm):
    """The resident does not want the summary published, or wants it taken down."""

    reason = text_area(_("哪里不合适"), limit=500, rows=2, required=False)


class ConsentForm(ResidentForm):
    """Consents given or taken back later."""

    may_share = forms.BooleanField(label=_("可以把称呼和电话告诉承办单位"), required=False)
    may_publish = forms.BooleanField(label=_("可以公开摘要和办理结果"), required=False)

"""A resident's idea in few fields; the same by a station for a resident; a deputy's and a unit's own."""

import secrets
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openrenda.kernel.text import N_
from openrenda.livelihood.actions.values import IdeaText, Proposer
from openrenda.livelihood.states import DeclineCode
from openrenda.ui.inputs import a_phone, text_area

from .base import ActForm, Ask, Choices, Line, Money, One, Pick, Text

NOTICE_VERSION = "2025-01"
CONTENT_LIMIT = 1000
OTHER = N_("说不准，请工作人员归类")


class IdeaFields(forms.Form):
    """What is proposed."""

    title = forms.CharField(label=_("一句话说清楚办什么"), max_length=40, help_text=_("例如：在汝桥社区建一个助餐点。"))
    content = text_area(
        _("为什么要办、办成什么样"),
        limit=CONTENT_LIMIT,
        rows=5,
        hint=_("惠及哪些人、现在有什么不方便、希望做到什么程度。"),
    )
    place = forms.CharField(
        label=_("在哪里"), max_length=120, required=False, help_text=_("社区、路名都可以；不要写您家的门牌号。")
    )
    category = forms.ChoiceField(label=_("属于哪一类"), required=False)
    key = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def offer(self, categories: list[str]) -> None:
        """The year's categories."""
        choices: Choices = [("", str(_(OTHER))), *((name, name) for name in categories)]
        self.fields["category"].choices = choices  # type: ignore[attr-defined]

    def text(self) -> IdeaText:
        given = self.cleaned_data
        return IdeaText(given["title"], given["content"], given["category"], given["place"])


class ResidentIdeaForm(IdeaFields):
    """Step one, on a phone: what, why, where, how to reach you. `website` is a trap: people do not see it."""

    name = forms.CharField(
        label=_("怎么称呼您"), max_length=30, required=False, help_text=_("例如“王女士”，可以不填。")
    )
    phone = forms.CharField(
        label=_("电话"),
        max_length=20,
        required=False,
        validators=[a_phone],
        help_text=_("可以不填。只用来联系您，从不公开；不填也能用回执查结果。"),
    )
    may_publish = forms.BooleanField(
        label=_("我同意公开这条建议"),
        required=False,
        help_text=_("只公开建议本身，没有您的称呼和电话；公开前还要审核。不勾选也一样办理。"),
    )
    website = forms.CharField(required=False, max_length=200)
    field_order = ("title", "content", "place", "category", "name", "phone", "may_publish")

    @classmethod
    def fresh(cls) -> "ResidentIdeaForm":
        """An empty form with a key of its own: sent twice, it still makes one record."""
        return cls(initial={"key": secrets.token_urlsafe(24)})

    def is_machine(self) -> bool:
        """Did something fill in what nobody sees?"""
        return bool(self.data.get("website"))

    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        who = Proposer(given["name"], given["phone"], "", given["may_publish"], NOTICE_VERSION)
        return {"text": self.text(), "proposer": who, "idempotency_key": given["key"]}


class ConfirmIdeaForm(ResidentIdeaForm):
    """Step two: the same answers carried along unseen, and what to do with personal numbers."""

    MASK, KEEP = "mask", "keep"
    masking = forms.ChoiceField(
        label=_("怎么处理这些号码"),
        initial=MASK,
        required=False,
        widget=forms.RadioSelect,
        choices=[
            (MASK, _("遮住它们（推荐）：用星号代替，任何人都看不到")),
            (KEEP, _("保留原文，只给经办人员看；公开时仍然遮住")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in set(self.fields) - {"masking"}:
            self.fields[name].widget = self.fields[name].hidden_widget()

    def values(self) -> dict[str, Any]:
        keep = self.cleaned_data["masking"] == self.KEEP
        return {**super().values(), "pii_confirmed": keep, "mask_pii": not keep}


class TrackIdeaForm(forms.Form):
    """Number and code, as they stand on the receipt."""

    number = forms.CharField(label=_("建议编号"), max_length=40)
    code = forms.CharField(label=_("查询码"), max_length=20, help_text=_("回执上的数字。"))


class OwnIdeaForm(ActForm):
    """A deputy, a unit, a street or a committee proposes in its own name."""

    title = Line(label=N_("一句话说清楚办什么"), limit=40)
    content = Text(label=N_("为什么要办、办成什么样"), rows=6, limit=CONTENT_LIMIT)
    place = Line(label=N_("在哪里"), limit=120, required=False)
    beneficiaries = Line(label=N_("惠及哪些人"), limit=200, required=False)
    estimate = Money(label=N_("估算投资（万元）"))
    category = forms.ChoiceField(label=N_("属于哪一类"), required=False)
    key = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["category"].kind = "select"  # type: ignore[attr-defined]

    def offer(self, categories: list[str]) -> None:
        choices: Choices = [("", str(_(OTHER))), *((name, name) for name in categories)]
        self.fields["category"].choices = choices  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        text = IdeaText(
            given["title"],
            given["content"],
            given["category"],
            given["place"],
            given["beneficiaries"],
            given["estimate"],
        )
        return {"text": text, "idempotency_key": given["key"]}


class OnBehalfForm(OwnIdeaForm):
    """A station or a street writes down what a resident says."""

    name = Line(label=N_("怎么称呼群众"), limit=30, required=False, help_text=N_("例如“王女士”，可以不填。"))
    phone = Line(label=N_("电话"), limit=20, required=False, validators=[a_phone])
    may_publish = forms.BooleanField(
        label=N_("群众同意公开这条建议"), required=False, help_text=N_("已当面说明：只公开建议本身，不公开称呼和电话。")
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["may_publish"].kind = "checkbox"  # type: ignore[attr-defined]
        del self.fields["estimate"]

    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        text = IdeaText(given["title"], given["content"], given["category"], given["place"], given["beneficiaries"])
        who = Proposer(given["name"], given["phone"], "", given["may_publish"], NOTICE_VERSION)
        return {"text": text, "proposer": who, "idempotency_key": given["key"], "mask_pii": True}


# -- what becomes of an idea ------------------------------------------------------------------------------------------


class MergeForm(ActForm):
    """Into which project."""

    project_id = Pick(label=N_("归并到哪个项目"))
    explanation = Text(label=N_("给提出人的话"), rows=3, limit=500, required=False)

    def prepare(self, ask: Ask) -> None:
        self.fields["project_id"].offer(ask.page.project_choices)  # type: ignore[attr-defined]


class WordForm(ActForm):
    """A word to the proposer."""

    explanation = Text(label=N_("给提出人的话"), rows=3, limit=500, required=False)


class DeclineForm(ActForm):
    """Why not, by the negative list and in own words."""

    decline_code = One(label=N_("不采纳的原因"), of=DeclineCode)
    explanation = Text(
        label=N_("向提出人说明理由"),
        rows=4,
        limit=500,
        help_text=N_("提出人会看到这段话。请说清楚依据，并告诉他还可以怎么办。"),
    )

    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {"decline_code": DeclineCode(given["decline_code"]), "explanation": given["explanation"]}


class PublishForm(ActForm):
    """The words that everybody will read."""

    title = Line(label=N_("公开的标题"), limit=80)
    content = Text(label=N_("公开的内容"), rows=6, limit=CONTENT_LIMIT, help_text=N_("个人信息已遮住，请再看一遍。"))

    def prepare(self, ask: Ask) -> None:
        self.fields["title"].initial = ask.page.idea.public_title
        self.fields["content"].initial = ask.page.idea.public_content


class ReasonForm(ActForm):
    """Why."""

    reason = Text(label=N_("理由"), rows=3, limit=200)

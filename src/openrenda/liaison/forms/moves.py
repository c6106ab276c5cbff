"""One form per move of the workbench. Field names are the action's arguments."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openrenda.kernel.text import N_
from openrenda.liaison import selectors
from openrenda.liaison.selectors import CasePage
from openrenda.liaison.states import (
    FeedbackWay,
    Nature,
    ReferralState,
    RefusalReason,
    RouteLevel,
    SensitiveFlag,
)
from openrenda.ui.filters import t
from openrenda.ui.inputs import text_area

from .fields import IdChoice, labelled

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Promise  # the stubs' name; it does not exist at run time

MAX_EXTENSION = 15


class MoveForm(forms.Form):
    """A move without questions. `about` is the case as the actor sees it."""

    def __init__(self, data: Any = None, *, about: CasePage, initial: Mapping[str, str] | None = None) -> None:
        super().__init__(data)
        self.prepare(about)
        self.initial = {**self.initial, **(initial or {})}

    def prepare(self, about: CasePage) -> None:
        """Offer choices and first values that depend on the case."""

    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class ReasonForm(MoveForm):
    """Why."""

    reason = text_area(_("理由"), limit=500, rows=3)


class NoteForm(MoveForm):
    """Something to add."""

    note = text_area(_("说明"), limit=500, rows=3, required=False)


class TextForm(MoveForm):
    """A result in words."""

    text = text_area(
        _("办理结果"),
        limit=4000,
        rows=8,
        hint=_("写明做了什么、什么时候做的、还剩什么；用群众看得懂的话。"),
    )


class DraftForm(TextForm):
    """Goes on from the draft there is."""

    def prepare(self, about: CasePage) -> None:
        self.initial = {"text": about.opinion.draft_text}


class PlainAnswerForm(TextForm):
    """The unit's answer in plain words."""

    def prepare(self, about: CasePage) -> None:
        self.initial = {"text": about.opinion.result_text}


class NotAcceptForm(MoveForm):
    """Always with a reason; the way on is told to the resident with it, and shown beside each reason here."""

    hints = {"reason": {reason.value: reason.way_on for reason in RefusalReason}}

    reason = forms.TypedChoiceField(
        label=_("不予受理的理由"),
        choices=labelled(RefusalReason),
        coerce=RefusalReason,
        widget=forms.RadioSelect,
    )
    note = text_area(
        _("另外告诉群众"),
        limit=500,
        rows=3,
        required=False,
        hint=_("引导去向会自动附上，这里写这件事特有的说明。"),
    )


class WayField(forms.TypedChoiceField):
    """How somebody was told."""

    def __init__(self, label: "str | Promise", initial: FeedbackWay) -> None:
        super().__init__(label=label, choices=labelled(FeedbackWay), coerce=FeedbackWay, initial=initial)


class AnswerForm(TextForm):
    """Answered at once."""

    way = WayField(_("怎样答复的"), FeedbackWay.IN_PERSON)


class FeedBackForm(TextForm):
    """The result goes to the resident."""

    way = WayField(_("怎样反馈"), FeedbackWay.SITE)

    def prepare(self, about: CasePage) -> None:
        self.initial = {"text": about.opinion.result_text, "way": FeedbackWay.SITE}


class ClassifyForm(MoveForm):
    """Category, nature, urgency, and who is responsible."""

    category_id = IdChoice(label=_("类别"))
    nature = forms.TypedChoiceField(label=_("性质"), choices=labelled(Nature), coerce=Nature)
    deputy_id = IdChoice(label=_("负责代表"), required=False, prompt=_("暂不指定"))
    community_id = IdChoice(label=_("所在社区"), required=False, prompt=_("不清楚"))
    is_urgent = forms.BooleanField(
        label=_("紧急（涉及人身安全）"),
        required=False,
        help_text=_("当天电话联系，24小时内办理。"),
    )
    sensitive_flags = forms.TypedMultipleChoiceField(
        label=_("需要特别留意"),
        choices=labelled(SensitiveFlag),
        coerce=SensitiveFlag,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def prepare(self, about: CasePage) -> None:
        opinion = about.opinion
        choice(self, "category_id").offer(selectors.category_choices(opinion.congress_id))
        choice(self, "deputy_id").offer(selectors.deputy_choices(opinion.congress_id, opinion.station_id))
        choice(self, "community_id").offer(selectors.unit_choices(opinion.congress_id, RouteLevel.COMMUNITY))
        self.initial = {
            "category_id": opinion.category_id,
            "nature": opinion.nature,
            "deputy_id": opinion.deputy_id,
            "community_id": opinion.community_id,
            "is_urgent": opinion.is_urgent,
            "sensitive_flags": opinion.sensitive_flags,
        }


class AssignDeputyForm(MoveForm):
    """Who is responsible from now on."""

    mandate_id = IdChoice(label=_("负责代表"))

    def prepare(self, about: CasePage) -> None:
        opinion = about.opinion
        choice(self, "mandate_id").offer(selectors.deputy_choices(opinion.congress_id, opinion.station_id))
        self.initial = {"mandate_id": opinion.deputy_id}


class PoolForm(MoveForm):
    """Into the collection of ideas for livelihood projects, or out of it."""

    is_pooled = forms.BooleanField(label=_("列入民生实事项目征集库"), required=False)

    def prepare(self, about: CasePage) -> None:
        self.initial = {"is_pooled": not about.opinion.is_pooled}


class MergeForm(NoteForm):
    """Into one of the similar ones, or any other by its number."""

    into_id = IdChoice(
        label=_("并入哪一件"),
        required=False,
        prompt=_("都不是，填编号"),
        help_text=_("并件后，每位群众仍保留自己的编号、通知和评价。"),
    )
    into_number = forms.CharField(label=_("或者填主件的编号"), max_length=40, required=False)
    field_order = ("into_id", "into_number", "note")

    def prepare(self, about: CasePage) -> None:
        rows = [row for row in about.lookalikes if row.takes_in]
        choice(self, "into_id").offer([(row.id, f"{row.number} {row.title}") for row in rows])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not (given.get("into_id") or given.get("into_number") or self.errors):
            self.add_error("into_id", _("请选择一件，或填写它的编号。"))
        return given


class ReferForm(NoteForm):
    """One list of all units, grouped by the level that decides who must approve."""

    unit = forms.ChoiceField(label=_("交给谁"), help_text=_("交社区直接送达；交街道、部门、法院等需要批准。"))
    field_order = ("unit", "note")

    def prepare(self, about: CasePage) -> None:
        congress_id = about.opinion.congress_id
        groups: list[tuple[Any, Any]] = [("", t(N_("请选择")))]
        for level in RouteLevel:
            units = selectors.unit_choices(congress_id, level)
            groups.append((t(level.label), [(f"{level.value}:{pk}", name) for pk, name in units]))
        field = self.fields["unit"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = groups
        if usual := selectors.usual_unit_id(about.opinion):
            self.initial = {
                "unit": next(
                    (key for _name, units in groups[1:] for key, _unit in units if key.endswith(f":{usual}")), ""
                )
            }

    def values(self) -> dict[str, Any]:
        level, unit_id = self.cleaned_data["unit"].split(":")
        return {"level": RouteLevel(level), "unit_id": int(unit_id), "note": self.cleaned_data["note"]}


class ApproveReferralForm(NoteForm):
    """As proposed, or to another unit of the same level."""

    unit_id = IdChoice(label=_("改交其他单位"), required=False, prompt=_("按原建议的单位"))
    field_order = ("unit_id", "note")

    def prepare(self, about: CasePage) -> None:
        level = next(
            (hop.level for hop in about.referrals if hop.state == ReferralState.PROPOSED), RouteLevel.DEPARTMENT
        )
        choice(self, "unit_id").offer(selectors.unit_choices(about.opinion.congress_id, RouteLevel(level)))


class SendBackForm(ReasonForm):
    """Not ours: why, and whose it is."""

    suggested_unit_id = IdChoice(label=_("建议交给"), required=False, prompt=_("不清楚"))

    def prepare(self, about: CasePage) -> None:
        opinion = about.opinion
        choice(self, "suggested_unit_id").offer(
            [(t(level.label), selectors.unit_choices(opinion.congress_id, level)) for level in RouteLevel]
        )


class ExtensionForm(ReasonForm):
    """More time, once."""

    workdays = forms.IntegerField(label=_("延长几个工作日"), min_value=1, max_value=MAX_EXTENSION)
    field_order = ("workdays", "reason")


class DecideExtensionForm(NoteForm):
    """Yes or no."""

    granted = forms.TypedChoiceField(
        label=_("是否同意延期"),
        choices=[("yes", _("同意")), ("no", _("不同意"))],
        coerce=lambda raw: raw == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
    )
    field_order = ("granted", "note")


class EscalateForm(NoteForm):
    """To deputies of a higher congress."""

    to = forms.CharField(label=_("交给哪位上级代表"), max_length=120, help_text=_("例如“市人大代表 张明”。"))
    field_order = ("to", "note")


class RevisitForm(MoveForm):
    """Asked again later."""

    way = WayField(_("怎样回访的"), FeedbackWay.PHONE)
    result = text_area(_("回访结果"), limit=500, rows=3)


class SummaryForm(MoveForm):
    """What the public will read."""

    title = forms.CharField(label=_("公开的标题"), max_length=80)
    summary = text_area(
        _("公开的摘要"),
        limit=2000,
        rows=8,
        hint=_("不写姓名、电话、门牌号；只写事情。身份证号、手机号、车牌号、银行卡号会自动遮住。"),
    )

    def prepare(self, about: CasePage) -> None:
        opinion = about.opinion
        self.initial = {
            "title": opinion.public_title or opinion.title,
            "summary": opinion.public_summary or opinion.content,
        }


def choice(form: forms.Form, name: str) -> IdChoice:
    """The field of that name, which is a choice of rows."""
    field = form.fields[name]
    assert isinstance(field, IdChoice)
    return field

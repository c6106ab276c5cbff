"""Forms of the station: a walk-in's words, reception days."""

import secrets
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openrenda.kernel.clock import ZONE
from openrenda.liaison import selectors
from openrenda.liaison.actions import Place
from openrenda.liaison.selectors import desks
from openrenda.liaison.selectors.desks import Desk, ReceptionCase
from openrenda.liaison.states import OFFLINE, Attendance, Channel, IdentityMode, Nature
from openrenda.ui.inputs import text_area

from .fields import IdChoice, IdsChoice, labelled
from .moves import choice
from .opinion import ConsentFields, ContactFields, title_of

WEEKS_AHEAD = 12


class WalkInForm(ContactFields, ConsentFields):
    """Taken down for somebody at the counter or on the telephone."""

    channel = forms.TypedChoiceField(
        label=_("怎么来的"),
        choices=labelled(Channel, without=set(Channel) - OFFLINE),
        coerce=Channel,
    )
    title = forms.CharField(label=_("标题"), max_length=80, required=False, help_text=_("不填则取第一句话。"))
    content = text_area(_("说了什么"), limit=2000, rows=6, hint=_("按群众的原话记，记完念一遍请对方确认。"))
    place = forms.CharField(label=_("在哪里"), max_length=120, required=False)
    category_id = IdChoice(label=_("类别"), required=False, prompt=_("以后再分"))
    nature = forms.TypedChoiceField(label=_("性质"), choices=labelled(Nature), coerce=Nature, initial=Nature.PROBLEM)
    deputy_ids = IdsChoice(label=_("接待的代表"), required=False)
    reception_id = IdChoice(label=_("哪一次接待日"), required=False, prompt=_("不是接待日"))
    identity_mode = forms.TypedChoiceField(
        label=_("公开时怎么署名"),
        choices=labelled(IdentityMode),
        coerce=IdentityMode,
        initial=IdentityMode.WITHHELD,
        widget=forms.RadioSelect,
    )
    is_voter = forms.BooleanField(label=_("是本区选民"), required=False)
    masking = forms.BooleanField(
        label=_("遮住文字里的身份证号、手机号、车牌号、银行卡号"),
        required=False,
        initial=True,
        help_text=_("办这件事必须用到原号码时才去掉勾选；公开时仍然遮住。"),
    )
    read_aloud = forms.BooleanField(
        label=_("已向对方念过个人信息告知，并逐项问过是否同意"),
        error_messages={"required": _("请先念告知并问明意见，再登记。")},
    )
    key = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, desk: Desk, congress_id: int) -> None:
        super().__init__(data, initial={"key": secrets.token_urlsafe(24), "masking": True})
        choice(self, "category_id").offer(selectors.category_choices(congress_id))
        choice(self, "reception_id").offer(desks.reception_choices(desk.station_id))
        several(self, "deputy_ids").choices = selectors.deputy_choices(congress_id, desk.station_id)

    def values(self) -> dict[str, Any]:
        """What `actions.register_walk_in` takes."""
        given = self.cleaned_data
        content, title = given["content"], given["title"] or title_of(given["content"])
        same = ("channel", "category_id", "nature", "deputy_ids", "reception_id", "identity_mode", "is_voter")
        return {
            **{name: given[name] for name in same},
            "title": title,
            "content": content,
            "contact": self.contact(),
            "consent": self.consent(),
            "place": Place(text=given["place"]),
            "idempotency_key": given["key"],
            "mask_pii": given["masking"],
            "pii_confirmed": not given["masking"],
        }


class WhenForm(forms.Form):
    """A day and two times of it."""

    day = forms.DateField(label=_("日期"))
    begins = forms.TimeField(label=_("开始"), initial=time(9))
    ends = forms.TimeField(label=_("结束"), initial=time(11))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        begins, ends = data.get("begins"), data.get("ends")
        if begins and ends and ends <= begins:
            self.add_error("ends", _("结束时间要晚于开始时间。"))
        return data

    def span(self) -> dict[str, datetime]:
        given = self.cleaned_data
        return {"starts_at": _moment(given["day"], given["begins"]), "ends_at": _moment(given["day"], given["ends"])}


class PlanForm(WhenForm):
    """A reception day that does not come from the station's rule."""

    place = forms.CharField(label=_("地点"), max_length=120)
    topic = forms.CharField(
        label=_("专题"), max_length=80, required=False, help_text=_("专题接待时填写；一般接待不填。")
    )
    mandate_ids = IdsChoice(label=_("接待代表"), help_text=_("建议两位以上。"))

    def __init__(self, data: Any = None, *, desk: Desk, congress_id: int, place: str = "") -> None:
        super().__init__(data, initial={"place": place})
        several(self, "mandate_ids").choices = selectors.deputy_choices(congress_id, desk.station_id)

    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        same = {name: given[name] for name in ("place", "topic", "mandate_ids")}
        return {**same, **self.span()}


class GenerateForm(forms.Form):
    """By the station's rule, some weeks ahead."""

    weeks = forms.IntegerField(label=_("排今后几周"), min_value=1, max_value=WEEKS_AHEAD, initial=8)


# -- moves of one reception day ------------------------------------------------------------------------------------


class ReceptionMoveForm(forms.Form):
    """A move without questions."""

    def __init__(self, data: Any = None, *, about: ReceptionCase) -> None:
        super().__init__(data)
        self.prepare(about)

    def prepare(self, about: ReceptionCase) -> None:
        """Offer choices that depend on the reception day."""

    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class AnnounceForm(ReceptionMoveForm):
    """In time, or with a reason."""

    late_reason = text_area(
        _("晚于规定公告的理由"),
        limit=200,
        rows=2,
        required=False,
        hint=_("公告应在接待日前至少3天发布；来不及时写明理由。"),
    )


class PostponeForm(WhenForm, ReceptionMoveForm):
    """To another day."""

    reason = text_area(_("顺延的理由"), limit=200, rows=2)

    def values(self) -> dict[str, Any]:
        return {**self.span(), "reason": self.cleaned_data["reason"]}


class CancelForm(ReceptionMoveForm):
    reason = text_area(_("取消的理由"), limit=200, rows=2)


class TellForm(ReceptionMoveForm):
    message = text_area(_("告诉预约群众什么"), limit=200, rows=3)


class ExcuseForm(ReceptionMoveForm):
    """A deputy cannot come."""

    mandate_id = IdChoice(label=_("哪位代表请假"))
    reason = text_area(_("请假原因"), limit=200, rows=2)

    def prepare(self, about: ReceptionCase) -> None:
        choice(self, "mandate_id").offer(desks.expected(about))


class SubstituteForm(ReceptionMoveForm):
    """Somebody comes instead."""

    mandate_id = IdChoice(label=_("替谁"))
    substitute_id = IdChoice(label=_("由谁顶替"))

    def prepare(self, about: ReceptionCase) -> None:
        everybody = [(row.mandate_id, row.mandate.person.name) for row in about.deputies]
        choice(self, "mandate_id").offer(everybody)
        down = {pk for pk, _name in everybody}
        serving = selectors.deputy_choices(about.event.congress_id, about.event.station_id)
        choice(self, "substitute_id").offer([row for row in serving if row[0] not in down])


class FinishForm(ReceptionMoveForm):
    """Who was there."""

    present = IdsChoice(label=_("到场的代表"), required=False)
    visitors = forms.IntegerField(label=_("来访群众人数"), min_value=0, max_value=999)

    def prepare(self, about: ReceptionCase) -> None:
        several(self, "present").choices = desks.expected(about)
        self.expected = [pk for pk, _name in desks.expected(about)]
        self.initial = {"present": self.expected}

    def values(self) -> dict[str, Any]:
        present = set(self.cleaned_data["present"])
        return {
            "attendance": {pk: Attendance.ATTENDED if pk in present else Attendance.ABSENT for pk in self.expected},
            "visitors": self.cleaned_data["visitors"],
        }


def several(form: forms.Form, name: str) -> IdsChoice:
    """The field of that name, which is several rows."""
    field = form.fields[name]
    assert isinstance(field, IdsChoice)
    return field


def _moment(day: date, at: time) -> datetime:
    return datetime.combine(day, at, ZONE)

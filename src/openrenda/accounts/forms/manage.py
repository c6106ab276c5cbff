"""Forms of the administration."""

from typing import Any

from django import forms

from openrenda.kernel import parameters
from openrenda.kernel.text import N_
from openrenda.kernel.workdays import DayKind
from openrenda.orgs.states import MANDATE_ROLES, Role

_MISSING = {"required": N_("请填写这一项。")}
_DATE = {"required": N_("请选择日期。"), "invalid": N_("请按 2025-03-06 的样子填写日期。")}
_CHOICE = {"required": N_("请选择一项。"), "invalid_choice": N_("请从列表中选择。")}


class AccountForm(forms.Form):
    """A login for a person."""

    login = forms.CharField(
        label=N_("登录名"),
        max_length=80,
        error_messages=_MISSING,
        help_text=N_("3 到 80 个小写字母、数字或 . _ - @；一人一号，不设公用账号。"),
    )

    def values(self) -> dict[str, Any]:
        return {"login": self.cleaned_data["login"]}


class PersonForm(forms.Form):
    """Somebody the institution does not know yet."""

    name = forms.CharField(label=N_("姓名"), max_length=60, error_messages=_MISSING)
    phone = forms.CharField(label=N_("手机"), max_length=20, required=False, help_text=N_("加密保存，不公开。"))
    email = forms.EmailField(
        label=N_("电子邮箱"),
        required=False,
        error_messages={"invalid": N_("邮箱地址不完整，请核对。")},
        help_text=N_("用来收办理通知，不公开。"),
    )

    def values(self) -> dict[str, Any]:
        return {key: self.cleaned_data[key] for key in ("name", "phone", "email")}


class PostForm(forms.Form):
    """A post for a person; `units` are the living units of the congress."""

    role = forms.ChoiceField(
        label=N_("岗位"),
        error_messages=_CHOICE,
        choices=[("", N_("请选择")), *((str(r), r.label) for r in Role if r not in MANDATE_ROLES)],
    )
    unit = forms.TypedChoiceField(label=N_("单位"), coerce=int, error_messages=_CHOICE)
    title = forms.CharField(
        label=N_("职务名称"), max_length=60, required=False, help_text=N_("可不填，例如“主任科员”。")
    )
    starts_on = forms.DateField(label=N_("开始日期"), error_messages=_DATE)

    def __init__(self, *args: Any, units: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [("", N_("请选择")), *units]

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "role": Role(data["role"]),
            "unit_id": data["unit"],
            "title": data["title"],
            "starts_on": data["starts_on"],
        }


class PostEndForm(forms.Form):
    """The last day of a post."""

    on = forms.DateField(label=N_("最后一天"), error_messages=_DATE)

    def values(self) -> dict[str, Any]:
        return {"on": self.cleaned_data["on"]}


class CalendarForm(forms.Form):
    """A day or a run of days, what they are, and which notice says so."""

    first = forms.DateField(label=N_("从"), error_messages=_DATE)
    last = forms.DateField(label=N_("到"), required=False, error_messages=_DATE, help_text=N_("只有一天可不填。"))
    kind = forms.ChoiceField(
        label=N_("这些日子是"),
        error_messages=_CHOICE,
        choices=[(str(k), k.label) for k in (DayKind.HOLIDAY, DayKind.MAKEUP, DayKind.WORKDAY, DayKind.WEEKEND)],
    )
    note = forms.CharField(label=N_("说明"), max_length=200, required=False, help_text=N_("例如：春节假期。"))
    source = forms.CharField(
        label=N_("依据"),
        max_length=200,
        error_messages=_MISSING,
        help_text=N_("通知的名称或文号，例如：国办发明电〔2025〕7号。"),
    )

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "first": data["first"],
            "last": data["last"] or data["first"],
            "kind": DayKind(data["kind"]),
            "note": data["note"],
            "source": data["source"],
        }


class SettingForm(forms.Form):
    """A value as its kind wants it, and why it is changed."""

    value = forms.CharField(label=N_("新的值"), max_length=200, error_messages=_MISSING)
    reason = forms.CharField(
        label=N_("修改理由"),
        max_length=200,
        error_messages={"required": N_("请写明修改理由。")},
        help_text=N_("写明哪次会议、哪份文件的决定；会记入历史。"),
    )

    def __init__(self, *args: Any, parameter: parameters.Parameter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if parameter.kind in (parameters.Kind.BOOL, parameters.Kind.CHOICE):
            pairs = [("true", N_("是")), ("false", N_("否"))]
            if parameter.kind is parameters.Kind.CHOICE:
                pairs = [(choice, choice) for choice in parameter.choices]
            self.fields["value"] = forms.ChoiceField(label=N_("新的值"), choices=pairs, error_messages=_CHOICE)

    def values(self) -> dict[str, Any]:
        return {"raw": self.cleaned_data["value"], "reason": self.cleaned_data["reason"]}


class AuditFilterForm(forms.Form):
    """What part of the record to look at; nothing is required."""

    who = forms.CharField(label=N_("谁"), max_length=120, required=False, help_text=N_("姓名，或 person:17"))
    kind = forms.CharField(
        label=N_("做了什么"), max_length=80, required=False, help_text=N_("代码的开头，例如 accounts.")
    )
    subject = forms.CharField(label=N_("对象"), max_length=80, required=False, help_text=N_("例如 liaison.opinion:12"))
    origin = forms.CharField(label=N_("网络地址"), max_length=60, required=False)
    since = forms.DateField(label=N_("从"), required=False, error_messages=_DATE)
    until = forms.DateField(label=N_("到"), required=False, error_messages=_DATE)

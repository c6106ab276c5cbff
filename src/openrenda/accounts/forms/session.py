"""Signing in, choosing a hat, a new password."""

from typing import Any

from django import forms

from openrenda.kernel.text import N_

_MISSING = {"required": N_("请填写这一项。")}


class SignInForm(forms.Form):
    """Name and password; `next` says where to go afterwards."""

    login = forms.CharField(label=N_("登录名"), max_length=80, error_messages=_MISSING)
    password = forms.CharField(
        label=N_("密码"), strip=False, max_length=200, widget=forms.PasswordInput, error_messages=_MISSING
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)

    def values(self) -> dict[str, Any]:
        return {"login": self.cleaned_data["login"], "password": self.cleaned_data["password"]}


class HatForm(forms.Form):
    """One of the hats."""

    hat = forms.CharField(max_length=40)
    next = forms.CharField(required=False)


class PasswordForm(forms.Form):
    """The present password, and the new one twice."""

    old = forms.CharField(
        label=N_("现在的密码"), strip=False, max_length=200, widget=forms.PasswordInput, error_messages=_MISSING
    )
    new = forms.CharField(
        label=N_("新密码"), strip=False, max_length=200, widget=forms.PasswordInput, error_messages=_MISSING
    )
    again = forms.CharField(
        label=N_("再输入一次新密码"), strip=False, max_length=200, widget=forms.PasswordInput, error_messages=_MISSING
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "new" in data and "again" in data and data["new"] != data["again"]:
            self.add_error("again", N_("两次输入的新密码不一样。"))
        return data

    def values(self) -> dict[str, Any]:
        return {"old": self.cleaned_data["old"], "new": self.cleaned_data["new"]}

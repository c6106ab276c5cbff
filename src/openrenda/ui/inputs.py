"""Inputs that a resident's forms share: long texts, telephone numbers, photos."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Promise  # the stubs' name; it does not exist at run time

MAX_PHOTOS = 9


def text_area(
    label: "str | Promise", *, limit: int, rows: int = 5, required: bool = True, hint: "str | Promise" = ""
) -> forms.CharField:
    """Several lines of plain text."""
    return forms.CharField(
        label=label,
        max_length=limit,
        required=required,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"max_length": _("最多%(limit_value)d个字，现在有%(show_value)d个。请写得短一些。")},
    )


class PhotoInput(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """At most nine pictures; what they really are is looked at when they are stored."""

    widget = PhotoInput(attrs={"accept": "image/*"})

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[Any]]":
        given = data if isinstance(data, (list, tuple)) else [data] if data else []
        if len(given) > MAX_PHOTOS:
            raise ValidationError(_("最多可以附9张照片，请去掉几张。"))
        return [super(PhotosField, self).clean(one, initial) for one in given]


def a_phone(raw: str) -> None:
    """Digits, with the usual separators allowed."""
    if not all(c.isdigit() or c in "+- ()（）" for c in raw.strip()):
        raise ValidationError(_("电话号码只能有数字，例如 138****1234 这样的手机号或 0371-6****12 这样的座机号。"))

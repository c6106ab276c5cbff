"""The resident's form: what is wrong, where, how to reach you; and its second page, "as the public sees it"."""

import re
import secrets
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from openrenda.liaison.actions import Consent, Contact, Place
from openrenda.liaison.states import Channel, IdentityMode
from openrenda.ui.inputs import MAX_PHOTOS, PhotosField, a_phone, text_area

from .fields import labelled

NOTICE_VERSION = "2025-01"
TITLE_LENGTH = 30
_SENTENCE_END = re.compile(r"[。！？!?；;\n]")
_PHOTO_SALT = "liaison.opinion.photos"


def title_of(content: str) -> str:
    """A title from the first sentence, so that nobody has to think of one."""
    first = next((part.strip() for part in _SENTENCE_END.split(content) if part.strip()), "")
    return first if len(first) <= TITLE_LENGTH else first[: TITLE_LENGTH - 1] + "…"


def sign_photos(tokens: Sequence[str]) -> str:
    """Which stored photos belong to this form; signed, so that nobody can name somebody else's."""
    return signing.dumps(list(tokens), salt=_PHOTO_SALT) if tokens else ""


class ContactFields(forms.Form):
    """How to reach the writer."""

    name = forms.CharField(
        label=_("怎么称呼"),
        max_length=30,
        required=False,
        help_text=_("例如“王女士”；匿名的不填。"),
    )
    phone = forms.CharField(label=_("电话"), max_length=20, required=False, validators=[a_phone])
    email = forms.EmailField(
        label=_("电子邮箱"),
        required=False,
        help_text=_("留了邮箱，每有进展会发邮件告知。"),
    )

    def contact(self) -> Contact:
        return Contact(self.cleaned_data["name"], self.cleaned_data["phone"], self.cleaned_data["email"])


class ConsentFields(forms.Form):
    """What the writer agrees to; nothing is ticked beforehand."""

    may_share = forms.BooleanField(
        label=_("我同意把称呼和电话告诉承办单位，方便他们直接联系我"),
        required=False,
        help_text=_("不勾选也会办理：由联络站替您转达。"),
    )
    may_publish = forms.BooleanField(
        label=_("我同意公开这件事的摘要和办理结果"),
        required=False,
        help_text=_("公开前由站长和街道人大工委审核，只有事情本身，没有您的姓名和电话；您随时可以改主意。"),
    )

    def consent(self) -> Consent:
        return Consent(NOTICE_VERSION, self.cleaned_data["may_share"], self.cleaned_data["may_publish"])


class OpinionForm(ContactFields, ConsentFields):
    """Step one. Three things are asked: what, where, how to reach you."""

    name = forms.CharField(
        label=_("怎么称呼您"),
        max_length=30,
        help_text=_("例如“王女士”，不必写全名。"),
    )
    phone = forms.CharField(
        label=_("电话"),
        max_length=20,
        validators=[a_phone],
        help_text=_("只给经办人员联系您用，从不公开。"),
    )
    content = text_area(
        _("什么事"),
        limit=2000,
        rows=6,
        hint=_("一件事一条。写清楚是什么问题、多久了、希望怎么办。"),
    )
    place = forms.CharField(
        label=_("在哪里"),
        max_length=120,
        required=False,
        help_text=_("路名、小区、门口朝向都可以；不要写您家的门牌号。"),
    )
    photos = PhotosField(
        label=_("照片"),
        required=False,
        help_text=_("最多9张，每张不超过10MB。照片里的拍摄位置会自动去掉。"),
    )
    identity_mode = forms.ChoiceField(
        label=_("公开时怎么署名"),
        choices=labelled(IdentityMode, without=[IdentityMode.ANONYMOUS]),
        initial=IdentityMode.WITHHELD,
        widget=forms.RadioSelect,
    )
    key = forms.CharField(max_length=64, widget=forms.HiddenInput)
    kept = forms.CharField(required=False, widget=forms.HiddenInput)
    joins = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)
    title = forms.CharField(label=_("标题"), max_length=80, required=False, widget=forms.HiddenInput)
    via = forms.ChoiceField(
        choices=[(Channel.ONLINE.value, ""), (Channel.QR.value, "")], required=False, widget=forms.HiddenInput
    )
    field_order = ("content", "place", "photos", "name", "phone", "email", "identity_mode", "may_share", "may_publish")

    @classmethod
    def fresh(cls, via: Channel, joins: str = "") -> "OpinionForm":
        """An empty form with a key of its own: sent twice, it still makes one record."""
        return cls(
            initial={
                "key": secrets.token_urlsafe(24),
                "via": via.value,
                "identity_mode": IdentityMode.WITHHELD,
                "joins": joins,
            }
        )

    def clean_kept(self) -> list[str]:
        signed = self.cleaned_data["kept"]
        try:
            return [str(one) for one in signing.loads(signed, salt=_PHOTO_SALT)] if signed else []
        except signing.BadSignature as error:
            raise ValidationError(_("已选的照片没有保存下来，请重新选择。")) from error

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if len(data.get("kept") or []) + len(data.get("photos") or []) > MAX_PHOTOS:
            self.add_error("photos", _("最多可以附9张照片，请去掉几张。"))
        data["title"] = data.get("title") or title_of(data.get("content", ""))
        return data

    def values(self) -> dict[str, Any]:
        """What `actions.submit` takes."""
        given = self.cleaned_data
        return {
            "title": given["title"],
            "content": given["content"],
            "contact": self.contact(),
            "consent": self.consent(),
            "idempotency_key": given["key"],
            "channel": Channel(given["via"] or Channel.ONLINE),
            "identity_mode": IdentityMode(given["identity_mode"]),
            "place": Place(text=given["place"]),
            "file_tokens": given["kept"],
            "joins": given["joins"],
        }


class ConfirmForm(OpinionForm):
    """Step two: the same answers carried along unseen, the title to mend, and what to do with personal numbers."""

    MASK, KEEP = "mask", "keep"
    masking = forms.ChoiceField(
        label=_("怎么处理这些号码"),
        initial=MASK,
        required=False,
        widget=forms.RadioSelect,
        choices=[
            (MASK, _("遮住它们（推荐）：用星号代替，任何人都看不到")),
            (KEEP, _("保留原文，只给经办人员看：办这件事必须用到；公开时仍然遮住")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["photos"]
        for name in set(self.fields) - {"title", "masking"}:
            self.fields[name].widget = self.fields[name].hidden_widget()
        self.fields["title"].widget = forms.TextInput()

    def values(self) -> dict[str, Any]:
        keep = self.cleaned_data["masking"] == self.KEEP
        return {**super().values(), "pii_confirmed": keep, "mask_pii": not keep}


class TrackForm(forms.Form):
    """Number and code, as they stand on the receipt."""

    number = forms.CharField(label=_("受理编号"), max_length=40)
    code = forms.CharField(label=_("查询码"), max_length=20, help_text=_("回执上的8位数字。"))


class BookingForm(forms.Form):
    """An appointment on a reception day."""

    name = forms.CharField(label=_("怎么称呼您"), max_length=30)
    phone = forms.CharField(
        label=_("电话"),
        max_length=20,
        validators=[a_phone],
        help_text=_("改期或取消时打给您。"),
    )
    email = forms.EmailField(label=_("电子邮箱"), required=False)
    subject = forms.CharField(label=_("想谈什么"), max_length=80, required=False)
    key = forms.CharField(max_length=64, widget=forms.HiddenInput)

    @classmethod
    def fresh(cls) -> "BookingForm":
        return cls(initial={"key": secrets.token_urlsafe(24)})

    def values(self) -> dict[str, Any]:
        same = ("name", "phone", "email", "subject")
        return {**{name: self.cleaned_data[name] for name in same}, "idempotency_key": self.cleaned_data["key"]}


class CancelBookingForm(forms.Form):
    """The code given when the appointment was made."""

    code = forms.CharField(label=_("取消码"), max_length=20)

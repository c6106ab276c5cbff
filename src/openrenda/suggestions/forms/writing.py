"""A deputy writes: the text, where it comes from, what is wished; co-signers; attachments."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from openrenda.kernel.actor import Actor
from openrenda.kernel.text import N_
from openrenda.liaison.selectors import category_choices
from openrenda.orgs.selectors import handling_units
from openrenda.suggestions.actions.values import Text as Words
from openrenda.suggestions.models import Suggestion
from openrenda.suggestions.selectors.cosigning import OpinionChoice
from openrenda.suggestions.states import Origin, PublicityWish, Wish
from openrenda.ui.filters import t

from .base import ActForm, Line, One, PickSome, Section, Text, Yes

MAX_FILES = 9


class Grouped(forms.TypedChoiceField):
    """One of many by id, in groups."""

    kind = "select"


class DraftForm(ActForm):
    """The suggestion paper (代表建议专用纸), one question after the other."""

    title = Line(label=N_("标题"), limit=40, help_text=N_("写成“关于……的建议”，不超过40个字，只说一件事。"))
    problem = Text(
        label=N_("情况和问题"),
        rows=8,
        help_text=N_("什么地方、什么事、影响哪些人。最好有时间、数字和您亲眼看到的情况。"),
    )
    analysis = Text(label=N_("原因分析"), rows=5, required=False)
    proposal = Text(label=N_("具体建议"), rows=8, help_text=N_("一条一条写，每条说清请谁做什么。"))
    category_id = Grouped(label=N_("类别"), coerce=int)
    origin = One(label=N_("来源"), of=Origin, initial=Origin.RESEARCH)
    opinion_ids = PickSome(
        label=N_("来自哪些群众意见"),
        required=False,
        help_text=N_("选中的意见会并入这件建议；答复后，提意见的群众也会收到结果。"),
    )
    repeat_of = Line(label=N_("往年提过的编号"), limit=40, required=False, help_text=N_("第一次提的不用填。"))
    suggested_unit_ids = PickSome(label=N_("您希望由谁承办"), required=False, help_text=N_("代表工委会研究您的意见。"))
    wish = One(label=N_("希望怎样沟通"), of=Wish, initial=Wish.MEETING)
    contact_phone = Line(label=N_("联系电话"), limit=20, required=False, help_text=N_("只给承办单位联系您用，不公开。"))
    publicity_wish = One(label=N_("是否公开"), of=PublicityWish, initial=PublicityWish.FULL)
    publicity_wish_reason = Line(label=N_("不公开的理由"), required=False)
    is_confidential = Yes(
        label=N_("请为我或者当事人保密"), help_text=N_("涉及国家秘密的内容不得在本系统填写，请另用纸质办理。")
    )
    sections = (
        Section(N_("写建议"), ("title", "problem", "analysis", "proposal", "category_id")),
        Section(N_("从哪里来"), ("origin", "opinion_ids", "repeat_of")),
        Section(N_("您的希望"), ("suggested_unit_ids", "wish", "contact_phone")),
        Section(
            N_("公开"),
            ("publicity_wish", "publicity_wish_reason", "is_confidential"),
            N_("建议和答复原则上向社会公开；电话、身份证号等一律遮盖。"),
        ),
    )

    def __init__(self, *args: Any, actor: Actor, opinions: Iterable[OpinionChoice] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["category_id"].choices = [("", t(N_("请选择"))), *category_choices(actor.congress_id)]  # type: ignore[attr-defined]
        self.fields["category_id"].error_messages["required"] = _("请选择一个类别。")
        self._offer("opinion_ids", ((row.id, f"{row.number} {row.title}") for row in opinions))
        self._offer("suggested_unit_ids", ((u.pk, u.short_name or u.name) for u in handling_units(actor.congress_id)))

    def _offer(self, name: str, rows: Iterable[tuple[int, str]]) -> None:
        self.fields[name].choices = list(rows)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("publicity_wish") == PublicityWish.NO:
            self.need("publicity_wish_reason", N_("不同意公开的，请写明理由。"))
        return self.cleaned_data

    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        words = Words(
            **{
                name: given[name]
                for name in (
                    "title",
                    "problem",
                    "analysis",
                    "proposal",
                    "category_id",
                    "repeat_of",
                    "publicity_wish_reason",
                )
            },
            wish=Wish(given["wish"]),
            origin=Origin(given["origin"]),
            publicity_wish=PublicityWish(given["publicity_wish"]),
        )
        return {
            "text": words,
            **{name: given[name] for name in ("suggested_unit_ids", "opinion_ids", "contact_phone", "is_confidential")},
        }


def draft_initial(suggestion: Suggestion, unit_ids: list[int], opinion_ids: list[int], phone: str) -> dict[str, Any]:
    """What a draft holds, for the form."""
    names = (
        "title",
        "problem",
        "analysis",
        "proposal",
        "category_id",
        "origin",
        "repeat_of",
        "wish",
        "publicity_wish",
        "publicity_wish_reason",
        "is_confidential",
    )
    kept = {name: getattr(suggestion, name) for name in names}
    return {**kept, "suggested_unit_ids": unit_ids, "opinion_ids": opinion_ids, "contact_phone": phone}


class CosignersForm(ActForm):
    """Whom to invite, from what was searched."""

    mandate_ids = PickSome(label=N_("邀请谁联名"), help_text=N_("被邀请的代表会收到通知，确认后才算联名。"))

    def __init__(self, *args: Any, found: Iterable[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["mandate_ids"].choices = list(found)  # type: ignore[attr-defined]


class FilesInput(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class Files(forms.FileField):
    """What they really are is looked at when they are stored."""

    kind = "files"
    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[Any]]":
        given = data if isinstance(data, (list, tuple)) else [data]
        if len(given) > MAX_FILES:
            raise ValidationError(_("一次最多上传9个文件，请分几次。"))
        return [cast("UploadedFile[Any]", super(Files, self).clean(one, initial)) for one in given]


class FilesForm(ActForm):
    """Photos and papers that go with the text."""

    attachments = Files(
        label=N_("选择文件"), help_text=N_("照片、PDF或者Word文件，每个不超过10MB。照片里的拍摄位置会自动去掉。")
    )

    def values(self) -> dict[str, Any]:
        return {"files": self.cleaned_data["attachments"]}

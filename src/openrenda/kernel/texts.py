"""What a resident's words may hold, checked before they are stored. Markup is text like any other: it is kept as
written and escaped where it is shown."""

import re
import unicodedata

from . import pii
from .errors import BadWords
from .text import N_

TITLE_LIMIT = 80
CONTENT_LIMIT = 2000
ANSWER_LIMIT = 4000
REASON_LIMIT = 500
_PHONE = re.compile(r"\+?[0-9][0-9 \-]{3,18}[0-9]")
_BIDI = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF])
"""Marks that turn the reading direction: they can hide what a text says."""


def _clean(raw: str) -> str:
    text = unicodedata.normalize("NFC", raw).replace("\r\n", "\n").replace("\r", "\n").translate(_BIDI)
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs")).strip()


def line(raw: str, field: str, limit: int = TITLE_LIMIT, *, required: bool = True) -> str:
    """One line; BadWords if empty (when required) or too long."""
    return block(" ".join(block(raw, field, limit, required=required).split()), field, limit, required=required)


def block(raw: str, field: str, limit: int = CONTENT_LIMIT, *, required: bool = True) -> str:
    """Text of several lines; BadWords if empty (when required) or too long."""
    if len(raw) > limit * 4:
        raise BadWords.too_long(field, limit)
    text = _clean(raw)
    if required and not text:
        raise BadWords.empty(field)
    if len(text) > limit:
        raise BadWords.too_long(field, limit)
    return text


def phone(raw: str, *, required: bool) -> str:
    """A telephone number as written, or "" when none is needed."""
    number = raw.strip()
    if not number and not required:
        return ""
    if not _PHONE.fullmatch(number):
        raise BadWords(fields={"phone": N_("请填写能联系到您的电话号码。")})
    return number


def public_line(raw: str, field: str) -> str:
    """Words that go public: no personal number may stand in them."""
    text = line(raw, field)
    if pii.find(text):
        raise BadWords(fields={field: N_("这里还有身份证号、手机号、车牌等个人信息，请遮盖或删去。")})
    return text


def public_block(raw: str, field: str) -> str:
    text = block(raw, field)
    if pii.find(text):
        raise BadWords(fields={field: N_("这里还有身份证号、手机号、车牌等个人信息，请遮盖或删去。")})
    return text

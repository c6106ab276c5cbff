"""Personal numbers in Chinese text: found, shown to the writer, masked with consent (domain.md 1.7; peers.md 5.13).

Full-width digits are folded before looking, so "１３８…" is found too. Masking works on the text, never on a flag.
"""

import re
from dataclasses import dataclass

from .enums import Labelled
from .text import N_


class PiiKind(Labelled):
    """What was found."""

    ID_CARD = "id_card", N_("身份证号")
    PHONE = "phone", N_("手机号")
    LANDLINE = "landline", N_("固定电话")
    PLATE = "plate", N_("车牌号")
    BANK_CARD = "bank_card", N_("银行卡号")


@dataclass(frozen=True, slots=True)
class Finding:
    """Where in the text a personal number stands (end exclusive)."""

    kind: PiiKind
    start: int
    end: int
    text: str

    @property
    def masked(self) -> str:
        """Two to four characters at the ends are left, so that the writer knows which one is meant."""
        keep_head, keep_tail = _KEEP[self.kind]
        hidden = max(len(self.text) - keep_head - keep_tail, 1)
        return self.text[:keep_head] + "*" * hidden + (self.text[-keep_tail:] if keep_tail else "")


_FOLD = {ord("０") + i: str(i) for i in range(10)} | {ord("Ｘ"): "X", ord("ｘ"): "x"}
_KEEP = {PiiKind.ID_CARD: (4, 0), PiiKind.PHONE: (3, 2), PiiKind.LANDLINE: (0, 2), PiiKind.PLATE: (2, 0),
         PiiKind.BANK_CARD: (4, 4)}
_ID18 = re.compile(r"(?<!\d)\d{6}[ -]?(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[ -]?\d{3}[\dXx](?!\d)")
_ID15 = re.compile(r"(?<!\d)\d{8}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}(?!\d)")
_PHONE = re.compile(r"(?<!\d)(?:\+?86[ -]?)?1[3-9]\d(?:[ -]?\d{4}){2}(?!\d)")
_LANDLINE = re.compile(r"(?<!\d)0\d{2,3}[- ]\d{7,8}(?!\d)")
_PLATE = re.compile(r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领][A-HJ-NP-Z][·• ]?[A-HJ-NP-Z0-9]{5,6}(?![A-Za-z0-9])")
_CARD = re.compile(r"(?<!\d)\d(?:[ -]?\d){14,18}(?!\d)")


def _luhn(number: str) -> bool:
    digits = [int(c) for c in reversed(number)]
    return sum(d if i % 2 == 0 else sum(divmod(2 * d, 10)) for i, d in enumerate(digits)) % 10 == 0


def find(text: str) -> list[Finding]:
    """All personal numbers, in order of place, not overlapping. An ID number counts by its shape: a mistyped
    check digit is still somebody's number."""
    folded = text.translate(_FOLD)
    found: list[Finding] = []

    def add(kind: PiiKind, match: re.Match[str]) -> None:
        if all(match.end() <= f.start or match.start() >= f.end for f in found):
            found.append(Finding(kind, match.start(), match.end(), text[match.start() : match.end()]))

    for kind, pattern in ((PiiKind.ID_CARD, _ID18), (PiiKind.ID_CARD, _ID15)):
        for match in pattern.finditer(folded):
            add(kind, match)
    for match in _CARD.finditer(folded):
        digits = re.sub(r"\D", "", match.group())
        if 15 <= len(digits) <= 19 and _luhn(digits):
            add(PiiKind.BANK_CARD, match)
    for kind, pattern in ((PiiKind.PHONE, _PHONE), (PiiKind.LANDLINE, _LANDLINE), (PiiKind.PLATE, _PLATE)):
        for match in pattern.finditer(folded):
            add(kind, match)
    return sorted(found, key=lambda f: f.start)


def mask(text: str) -> str:
    """The text with every finding masked; idempotent."""
    for finding in reversed(find(text)):
        text = text[: finding.start] + finding.masked + text[finding.end :]
    return text

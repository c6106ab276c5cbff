"""Personal numbers in Chinese text: found, shown to the writer, masked with consent (domain.md 1.7; peers.md 5.13).

Full-width characters are folded before looking, so "１３８…" is found too. Masking works on the text, never on a flag.
"""

import re
from collections.abc import Iterator
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


# One character for one, so that places in the folded text are places in the text: full-width to ASCII, upper case.
_FOLD = {0xFF01 + i: chr(0x21 + i) for i in range(94)} | {ord("　"): " "}
_FOLD |= {ord("a") + i: chr(ord("A") + i) for i in range(26)} | {ord("ａ") + i: chr(ord("A") + i) for i in range(26)}
_KEEP = {
    PiiKind.ID_CARD: (4, 0),
    PiiKind.PHONE: (3, 2),
    PiiKind.LANDLINE: (0, 2),
    PiiKind.PLATE: (2, 0),
    PiiKind.BANK_CARD: (4, 4),
}
# First two digits of an ID number: the province (GB/T 2260). It tells them from order numbers that begin with a year.
# 99 is assigned to nobody: invented records use it, and their numbers must be masked like real ones.
_PROVINCE = r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|91|99)"
_MONTH_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
_ID18 = re.compile(
    rf"(?<![0-9]){_PROVINCE}[0-9]{{4}}[ -]?(?:19|20)[0-9]{{2}}[ -]?{_MONTH_DAY}[ -]?[0-9]{{3}}[0-9X](?![0-9])"
)
_ID15 = re.compile(rf"(?<![0-9]){_PROVINCE}[0-9]{{6}}{_MONTH_DAY}[0-9]{{3}}(?![0-9])")
# Issuers begin with 3 to 6, old domestic debit cards with 9.
_CARD = re.compile(r"(?<![0-9])[34569](?:[ -]?[0-9]){14,18}(?![0-9])")
_PHONE = re.compile(r"(?<![0-9])(?:(?:\+|00)?86[ -]?)?1[3-9][0-9](?:[ -]?[0-9]){8}(?![0-9])")
_LANDLINE = re.compile(r"(?<![0-9])(?:\(0[0-9]{2,3}\) ?|0[0-9]{2,3}[ -])[0-9]{7,8}(?![0-9])")
# At least two of the serial's characters are digits: "贵APPSTORE" is no plate.
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领][A-HJ-NP-Z][·•. -]?"
    r"(?=(?:[A-Z]*[0-9]){2})(?:[A-HJ-NP-Z0-9]{5,6}(?![A-Z0-9])|[A-HJ-NP-Z0-9]{4}[学警挂港澳领试超])"
)
_LOOKED_FOR = (
    (PiiKind.ID_CARD, _ID18),
    (PiiKind.ID_CARD, _ID15),
    (PiiKind.BANK_CARD, _CARD),
    (PiiKind.PHONE, _PHONE),
    (PiiKind.LANDLINE, _LANDLINE),
    (PiiKind.PLATE, _PLATE),
)


def _luhn(number: str) -> bool:
    digits = [int(c) for c in reversed(number)]
    return sum(d if i % 2 == 0 else sum(divmod(2 * d, 10)) for i, d in enumerate(digits)) % 10 == 0


def _candidates(folded: str) -> Iterator[tuple[PiiKind, int, int]]:
    for kind, pattern in _LOOKED_FOR:
        for match in pattern.finditer(folded):
            if kind is not PiiKind.BANK_CARD or _luhn(re.sub(r"[ -]", "", match.group())):
                yield kind, match.start(), match.end()


def find(text: str) -> list[Finding]:
    """All personal numbers, in order of place, not overlapping. An ID number counts by its shape: a mistyped
    check digit is still somebody's number."""
    found: list[Finding] = []
    for kind, start, end in _candidates(text.translate(_FOLD)):
        if all(end <= f.start or start >= f.end for f in found):
            found.append(Finding(kind, start, end, text[start:end]))
    return sorted(found, key=lambda f: f.start)


def mask(text: str) -> str:
    """The text with every finding masked; idempotent."""
    for finding in reversed(find(text)):
        text = text[: finding.start] + finding.masked + text[finding.end :]
    return text

"""One row of a register with typed access: every reader raises BadCell, which names the column and the reason."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from openrenda.kernel.clock import ZONE
from openrenda.kernel.text import N_

from .rules.days import BadDay, parse_day

_SPLIT = re.compile(r"[;；,，、\n]+")
_YES = frozenset({"是", "有", "公开", "y", "yes", "true", "1", "√", "✓"})
_NO = frozenset({"否", "无", "不公开", "n", "no", "false", "0", "×", "✗"})


class BadCell(Exception):
    """A cell that cannot be read as what its column means. `column` is the column's key, `reason` a msgid."""

    def __init__(self, column: str, reason: str, **params: object) -> None:
        super().__init__(f"{column}: {reason}")
        self.column, self.reason, self.params = column, reason, params


@dataclass(frozen=True, slots=True)
class Row:
    """Cells by the column's key, as text: days are 2025-03-06, whole numbers have no decimals, empty is "".

    `line` is the line in the file as Excel counts it. `unread` holds cells that could not even be read (a formula
    without its result, #REF!): whoever asks for one gets BadCell.
    """

    sheet: str
    line: int
    cells: Mapping[str, str]
    unread: Mapping[str, str] = field(default_factory=dict)

    def has(self, column: str) -> bool:
        """Was such a column in the table at all?"""
        return column in self.cells

    def text(self, column: str, *, required: bool = False, limit: int = 0) -> str:
        """The cell without surrounding space; `limit` in characters."""
        if column in self.unread:
            raise BadCell(column, self.unread[column])
        value = self.cells.get(column, "").strip()
        if required and not value:
            raise BadCell(column, N_("不能为空"))
        if limit and len(value) > limit:
            raise BadCell(column, N_("有 {n} 个字，最多 {limit} 个字"), n=len(value), limit=limit)
        return value

    def code(self, column: str, *, required: bool = False, limit: int = 20) -> str:
        """A code: full-width letters and digits are folded, inner spaces dropped."""
        folded = "".join(unicodedata.normalize("NFKC", self.text(column, required=required)).split())
        if len(folded) > limit:
            raise BadCell(column, N_("有 {n} 个字，最多 {limit} 个字"), n=len(folded), limit=limit)
        return folded

    def day(self, column: str) -> date | None:
        value = self.text(column)
        if not value:
            return None
        try:
            return parse_day(value)
        except BadDay as bad:
            raise BadCell(column, bad.reason, value=value) from None

    def needed_day(self, column: str) -> date:
        self.text(column, required=True)
        day = self.day(column)
        assert day is not None  # text() has refused the empty cell
        return day

    def moment(self, column: str) -> datetime:
        """A day with its time of day, in Asia/Shanghai."""
        value = self.text(column, required=True)
        try:
            return datetime.strptime(value[:16].replace("T", " "), "%Y-%m-%d %H:%M").replace(tzinfo=ZONE)
        except ValueError:
            raise BadCell(column, N_("“{value}”不是时间，应写成 2025-03-06 09:30"), value=value) from None

    def codes(self, column: str) -> list[str]:
        """Several codes or names in one cell, divided by ； ， 、 or line breaks."""
        return [code for part in _SPLIT.split(self.text(column)) if (code := part.strip())]

    def number(self, column: str, *, required: bool = True) -> int | None:
        """A whole number, zero or more: 041, 第41号 and 41 are the same."""
        value = unicodedata.normalize("NFKC", self.text(column, required=required))
        if not value:
            return None
        found = re.fullmatch(r"第?\s*(\d{1,9})(?:\.0+)?\s*[号件]?", value)
        if found is None:
            raise BadCell(column, N_("“{value}”不是编号数字"), value=value)
        return int(found.group(1))

    def amount(self, column: str) -> Decimal | None:
        """A sum or a share, zero or more, with at most two decimals; thousands may be divided by commas."""
        value = unicodedata.normalize("NFKC", self.text(column)).replace(",", "")
        if not value:
            return None
        if not re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,2})?", value):
            raise BadCell(column, N_("“{value}”不是数额，应写成 18600 或 18600.50"), value=value)
        return Decimal(value)

    def month(self, column: str) -> str:
        """A month as 1985-03; 1985.3, 1985年3月 and whole days are understood."""
        value = unicodedata.normalize("NFKC", self.text(column))
        if not value:
            return ""
        found = re.fullmatch(r"(\d{4})\s*[-/.年]?\s*(\d{1,2})(?:[-/.月]?\d{0,2}日?)", value)
        if found is None or not 1 <= int(found.group(2)) <= 12:
            raise BadCell(column, N_("“{value}”不是月份，应写成 1985-03"), value=value)
        return f"{found.group(1)}-{int(found.group(2)):02}"

    def coordinate(self, column: str, limit: int) -> Decimal | None:
        """Degrees; at most `limit` on either side of zero."""
        value = unicodedata.normalize("NFKC", self.text(column))
        if not value:
            return None
        if not re.fullmatch(r"-?\d{1,3}(\.\d{1,12})?", value) or abs(Decimal(value)) > limit:
            raise BadCell(column, N_("“{value}”不是坐标，应是 {limit} 以内的度数"), value=value, limit=limit)
        return Decimal(value)

    def flag(self, column: str, *, default: bool = False) -> bool:
        """是 or 否."""
        value = unicodedata.normalize("NFKC", self.text(column)).lower()
        if not value:
            return default
        if value not in _YES | _NO:
            raise BadCell(column, N_("“{value}”应填“是”或“否”"), value=value)
        return value in _YES

    def one_of(self, column: str, values: Collection[str], *, required: bool = True) -> str:
        """One of the given words."""
        value = self.text(column, required=required)
        if value and value not in values:
            choices = "、".join(v for v in values if v)
            raise BadCell(column, N_("“{value}”不在可用的取值里：{choices}"), value=value, choices=choices)
        return value

"""Which sheets come in and which column is which: proposed, changed by the user, kept for next time."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from openrenda.exchange.reading import Book, Sheet
from openrenda.exchange.reading.sheet import column_letters
from openrenda.exchange.values import Column, ImportKind
from openrenda.kernel.errors import Invalid
from openrenda.kernel.text import N_

from .headers import find_header, fold

HIDDEN = N_("隐藏的工作表")
BLANK = N_("空白工作表")
NO_HEADER = N_("前 30 行里没有找到认得的表头")
LACKS = N_("缺少必需的列")
BY_CHOICE = N_("没有选这张表")
OUR_OWN = N_("这是系统生成的说明，不是数据")
FAULTS_SHEET = N_("问题清单")
NOTES_SHEET = N_("填写说明")

Kept = Mapping[str, Mapping[str, str]]
"""By fingerprint: folded header → column key ("" for a column that is not used)."""


class BadMapping(Invalid):
    code = "exchange.bad_mapping"
    message = N_("“{given}”对不上：{why}")
    remedy = N_("请写成“表头=字段”，例如 主办单位=lead；字段可写代号或中文名。")


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """One sheet: its header's lines, the words over the columns, column key → index; or why it is skipped."""

    sheet: str
    top: int = 0
    bottom: int = 0
    labels: tuple[str, ...] = ()
    columns: Mapping[str, int] | None = None
    skipped: str = ""

    @property
    def is_taken(self) -> bool:
        return not self.skipped

    @property
    def found(self) -> Mapping[str, int]:
        return self.columns or {}

    @property
    def fingerprint(self) -> str:
        """The same for tables with the same header; the order of columns counts."""
        return hashlib.sha256("\n".join(fold(label) for label in self.labels).encode()).hexdigest()

    def key_at(self, index: int) -> str:
        """What the column at `index` is taken for; "" when it is not used."""
        return next((key for key, place in self.found.items() if place == index), "")

    def missing(self, columns: Sequence[Column]) -> list[Column]:
        """Required columns that no column was taken for."""
        return [column for column in columns if column.required and column.key not in self.found]

    def unused(self) -> list[str]:
        """Headers nobody reads."""
        used = set(self.found.values())
        return [label for index, label in enumerate(self.labels) if label and index not in used]

    def as_json(self) -> dict[str, Any]:
        return {
            "sheet": self.sheet, "top": self.top, "bottom": self.bottom, "labels": list(self.labels),
            "columns": dict(self.found), "skipped": self.skipped,
        }  # fmt: skip

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "SheetPlan":
        return cls(
            kept["sheet"], kept["top"], kept["bottom"], tuple(kept["labels"]), dict(kept["columns"]), kept["skipped"]
        )


def propose(book: Book, kind: ImportKind, kept: Kept | None = None, sheets: Sequence[str] = ()) -> list[SheetPlan]:
    """A plan per sheet: as last time for the same header, else by the names offices use. `sheets`: only these."""
    return [_proposed(sheet, kind, kept or {}, sheets) for sheet in book.sheets]


def _proposed(sheet: Sheet, kind: ImportKind, kept: Kept, sheets: Sequence[str]) -> SheetPlan:
    if not sheet.lines:
        return SheetPlan(sheet.name, skipped=BLANK)
    if sheet.name in {FAULTS_SHEET, NOTES_SHEET}:
        return SheetPlan(sheet.name, skipped=OUR_OWN)
    header = find_header(sheet, kind.columns)
    if header is None:
        return SheetPlan(sheet.name, skipped=NO_HEADER)
    plan = SheetPlan(sheet.name, header.top, header.bottom, header.labels, header.columns)
    if plan.fingerprint in kept:
        plan = as_kept(plan, kept[plan.fingerprint])
    if len(plan.found) < min(2, len(kind.columns)):
        return replace(plan, skipped=NO_HEADER)
    if sheets and sheet.name not in sheets:
        return replace(plan, skipped=BY_CHOICE)
    if sheet.is_hidden and not sheets:
        return replace(plan, skipped=HIDDEN)
    return replace(plan, skipped=LACKS) if plan.missing(kind.columns) else plan


def as_kept(plan: SheetPlan, kept: Mapping[str, str]) -> SheetPlan:
    """The mapping that somebody once settled for this header."""
    columns: dict[str, int] = {}
    for index, label in enumerate(plan.labels):
        key = kept.get(fold(label), "")
        if key and key not in columns:
            columns[key] = index
    return replace(plan, columns=columns)


def settled(plan: SheetPlan) -> dict[str, str]:
    """What is kept of a mapping: folded header → column key."""
    return {fold(label): plan.key_at(index) for index, label in enumerate(plan.labels) if fold(label)}


def remapped(plan: SheetPlan, chosen: Mapping[int, str], kind: ImportKind, *, taken: bool) -> SheetPlan:
    """The plan with columns as chosen: index → column key or "". Raises BadMapping for a column given twice."""
    columns: dict[str, int] = {}
    for index, key in sorted(chosen.items()):
        if not key:
            continue
        label = kind.column(key).label
        if key in columns:
            raise BadMapping(given=label, why=N_("有两列都选了它，请只留一列。"))
        columns[key] = index
    plan = replace(plan, columns=columns, skipped="" if taken else BY_CHOICE)
    return replace(plan, skipped=LACKS) if taken and plan.missing(kind.columns) else plan


def told(plans: Sequence[SheetPlan], kind: ImportKind, pairs: Sequence[str]) -> list[SheetPlan]:
    """Plans with what was said at the command line: "列=字段", the column by its header or its letter."""
    for pair in pairs:
        header, equals, wanted = pair.partition("=")
        key = next((c.key for c in kind.columns if wanted.strip() in {c.key, c.label}), "")
        if not equals or (wanted.strip() and not key):
            raise BadMapping(given=pair, why=N_("没有这个字段"))
        changed = [_told(plan, header, key, kind) for plan in plans]
        if changed == list(plans) and not any(_index(plan, header) is not None for plan in plans):
            raise BadMapping(given=pair, why=N_("表头里没有这一列"))
        plans = changed
    return list(plans)


def _told(plan: SheetPlan, header: str, key: str, kind: ImportKind) -> SheetPlan:
    index = _index(plan, header)
    if index is None:
        return plan
    columns = {k: place for k, place in plan.found.items() if place != index and k != key}
    if key:
        columns[key] = index
    plan = replace(plan, columns=columns, skipped="" if plan.skipped in {LACKS, NO_HEADER} else plan.skipped)
    return replace(plan, skipped=LACKS) if plan.is_taken and plan.missing(kind.columns) else plan


def _index(plan: SheetPlan, header: str) -> int | None:
    wanted = fold(header)
    for index, label in enumerate(plan.labels):
        if wanted and wanted == fold(label):
            return index
    letters = [column_letters(index) for index in range(len(plan.labels))]
    return letters.index(header.strip().upper()) if header.strip().upper() in letters else None

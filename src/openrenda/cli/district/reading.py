"""Reading the CSV files of a district: encodings, headers, typed cells; every fault with file, line and reason."""

import csv
import io
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from openrenda.kernel.clock import ZONE

MAX_BYTES = 50 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Problem:
    """A row (or a file) that cannot be taken; line 1 is the header, 0 the file as a whole."""

    file: str
    line: int
    reason: str
    column: str = ""

    def __str__(self) -> str:
        where = f"{self.file} 第{self.line}行" if self.line else self.file
        return f"{where}{f'「{self.column}」' if self.column else ''}：{self.reason}"


class BadCell(Exception):
    """A cell that cannot be read as what its column means."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(f"{column}: {reason}")
        self.column, self.reason = column, reason


@dataclass(frozen=True, slots=True)
class Row:
    """One data row with typed access; every reader raises BadCell."""

    file: str
    line: int
    cells: Mapping[str, str]

    def text(self, column: str, *, required: bool = False) -> str:
        value = self.cells.get(column, "").strip()
        if required and not value:
            raise BadCell(column, "不能为空")
        return value

    def day(self, column: str) -> date | None:
        value = self.text(column)
        return _day(column, value) if value else None

    def needed_day(self, column: str) -> date:
        return _day(column, self.text(column, required=True))

    def moment(self, column: str) -> datetime:
        value = self.text(column, required=True)
        try:
            return datetime.strptime(value, "%Y-%m-%d %H:%M").replace(tzinfo=ZONE)
        except ValueError:
            raise BadCell(column, f"“{value}”不是时间，应写成 2025-03-06 09:30") from None

    def codes(self, column: str) -> list[str]:
        return [code.strip() for code in self.text(column).replace("；", ";").split(";") if code.strip()]

    def number(self, column: str) -> int:
        value = self.text(column, required=True)
        if not (value.isascii() and value.isdigit()):
            raise BadCell(column, f"“{value}”不是编号数字")
        return int(value)

    def amount(self, column: str) -> Decimal:
        """A sum or a share, zero or more, with at most two decimals."""
        value = self.text(column, required=True)
        if not re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,2})?", value):
            raise BadCell(column, f"“{value}”不是数额，应写成 18600 或 18600.50")
        return Decimal(value)

    def month(self, column: str) -> date:
        """The first day of a month written 2025-03."""
        value = self.text(column, required=True)
        if not re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", value):
            raise BadCell(column, f"“{value}”不是月份，应写成 2025-03")
        return date.fromisoformat(f"{value}-01")

    def coordinate(self, column: str, limit: float) -> float | None:
        value = self.text(column)
        if not value:
            return None
        try:
            number = float(value)
        except ValueError:
            raise BadCell(column, f"“{value}”不是坐标") from None
        if not -limit <= number <= limit:
            raise BadCell(column, f"“{value}”超出范围")
        return number

    def one_of(self, column: str, values: Collection[str], *, required: bool = True) -> str:
        value = self.text(column, required=required)
        if value and value not in values:
            raise BadCell(column, f"“{value}”不在可用的取值里：{'、'.join(v for v in values if v)}")
        return value

    def known(self, column: str, table: Mapping[str, object], what: str) -> str:
        value = self.text(column, required=True)
        if value not in table:
            raise BadCell(column, f"{what}中没有编号“{value}”，或那一行没有载入")
        return value

    def all_known(self, column: str, table: Mapping[str, object], what: str) -> list[str]:
        codes = self.codes(column)
        missing = [code for code in codes if code not in table]
        if missing:
            raise BadCell(column, f"{what}中没有编号“{'、'.join(missing)}”，或那一行没有载入")
        return codes


def _day(column: str, value: str) -> date:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        raise BadCell(column, f"“{value}”不是日期，应写成 2025-03-06")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise BadCell(column, f"“{value}”这一天不存在") from None


@dataclass
class Table:
    """A file's rows; `problems` collects what cannot be taken, `extra` names columns nobody reads."""

    file: str
    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    extra: tuple[str, ...] = ()

    def each(self, take: Callable[[Row], None], *, after_bad: Callable[[], None] = lambda: None) -> None:
        """Hand every row to `take`; a BadCell becomes a problem, `after_bad` is called and the next row follows."""
        for row in self.rows:
            try:
                take(row)
            except BadCell as bad:
                after_bad()
                self.problems.append(Problem(self.file, row.line, bad.reason, bad.column))


def decode(raw: bytes) -> str:
    """UTF-8 with or without BOM, else GB18030 (GBK's superset); UnicodeDecodeError when neither fits."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("gb18030")


def read_table(path: Path, columns: tuple[str, ...], *key: str) -> Table:
    """Read one CSV whose rows are told apart by the key columns. A missing file is an empty table; missing columns, an
    unknown encoding, ragged rows and repeated keys are problems."""
    table = Table(path.name)
    if not path.exists():
        return table
    if path.stat().st_size > MAX_BYTES:
        table.problems.append(Problem(path.name, 0, "文件超过 50 MB，请拆分后再载入"))
        return table
    try:
        text = decode(path.read_bytes())
    except UnicodeDecodeError:
        table.problems.append(Problem(path.name, 0, "编码无法识别，请另存为 UTF-8 或 GBK"))
        return table
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header = [name.strip() for name in next(reader, [])]
    missing = [name for name in columns if name not in header]
    if missing:
        table.problems.append(Problem(path.name, 1, f"缺少列：{'、'.join(missing)}"))
        return table
    table.extra = tuple(name for name in header if name and name not in columns)
    _fill(table, reader, header, key)
    return table


def _fill(table: Table, reader: Iterator[list[str]], header: list[str], key: tuple[str, ...]) -> None:
    seen: dict[tuple[str, ...], int] = {}
    try:
        for cells in reader:
            line = reader.line_num  # type: ignore[attr-defined]  # csv's reader has it; typeshed's Iterator not
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                table.problems.append(Problem(table.file, line, f"有 {len(cells)} 格，表头有 {len(header)} 列"))
                continue
            row = Row(table.file, line, dict(zip(header, cells, strict=True)))
            code = tuple(row.text(column) for column in key)
            if empty := [column for column, value in zip(key, code, strict=True) if not value]:
                table.problems.append(Problem(table.file, line, "不能为空", empty[0]))
            elif code in seen:
                told = f"“{'、'.join(code)}”与第{seen[code]}行重复"
                table.problems.append(Problem(table.file, line, told, "、".join(key)))
            elif "\x00" in "".join(cells):
                table.problems.append(Problem(table.file, line, "含有不可见的控制符"))
            else:
                seen[code] = line
                table.rows.append(row)
    except csv.Error as error:
        table.problems.append(Problem(table.file, 0, f"不是有效的 CSV：{error}"))

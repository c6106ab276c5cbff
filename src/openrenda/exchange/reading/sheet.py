"""The cells of one sheet, from its XML as a stream: memory grows with the text, not with the markup."""

import re
from collections.abc import Mapping

from openrenda.exchange.rules.cells import restored

from .book import Area, Line
from .cells import ERROR_VALUE, NO_RESULT, TOO_LONG, Unread, iso_text, number_text, plain_text
from .limits import MOST_CELLS, MOST_COLUMNS, MOST_LINES, MOST_TEXT
from .refusals import TooManyCells
from .xml import local

_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


def column_index(letters: str) -> int:
    """A → 0, Z → 25, AA → 26."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1


def column_letters(index: int) -> str:
    """0 → A, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


class SheetReader:
    """Handlers for `xml.stream`. Cells beyond MOST_COLUMNS are formatting that somebody dragged too far."""

    def __init__(self, texts: tuple[str, ...], day_styles: frozenset[int], room: int, *, from_1904: bool) -> None:
        self.lines: list[Line] = []
        self.areas: list[Area] = []
        self.count = 0
        self._texts, self._day_styles, self._room, self._from_1904 = texts, day_styles, room, from_1904
        self._number = 0
        self._cells: dict[int, str] = {}
        self._unread: dict[int, str] = {}
        self._column = -1
        self._kind, self._style = "n", -1
        self._has_formula = False
        self._value: list[str] = []
        self._has_value = False
        self._listens = False
        self._reading = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = local(tag)
        if name == "c":
            self._start_cell(attributes)
        elif name == "row":
            self._start_line(attributes)
        elif name in {"v", "t"}:
            self._listens = not self._reading
            self._has_value = self._has_value or name == "v" or self._listens
        elif name == "f":
            self._has_formula = True
        elif name == "rPh":
            self._reading = True
        elif name == "mergeCell":
            self._add_area(attributes.get("ref", ""))

    def end(self, tag: str) -> None:
        name = local(tag)
        if name in {"v", "t"}:
            self._listens = False
        elif name == "c":
            self._end_cell()
        elif name == "row":
            self._end_line()
        elif name == "rPh":
            self._reading = False

    def text(self, words: str) -> None:
        if self._listens:
            self._value.append(words)

    def _start_line(self, attributes: Mapping[str, str]) -> None:
        given = attributes.get("r", "")
        self._number = int(given) if given.isdigit() and len(given) < 8 else self._number + 1
        self._column, self._cells, self._unread = -1, {}, {}

    def _start_cell(self, attributes: Mapping[str, str]) -> None:
        place = _PLACE.fullmatch(attributes.get("r", ""))
        self._column = column_index(place.group(1)) if place else self._column + 1
        style = attributes.get("s", "")
        self._kind, self._style = attributes.get("t", "n"), int(style) if style.isdigit() else -1
        self._value, self._has_formula, self._has_value = [], False, False

    def _end_cell(self) -> None:
        if self._column >= MOST_COLUMNS or not (self._has_value or self._has_formula):
            return
        try:
            text = self._text()
        except Unread as bad:
            self._unread[self._column] = bad.reason
            text = "".join(self._value)[:40]
        if text:
            self._cells[self._column] = text
            self.count += 1

    def _text(self) -> str:
        raw = "".join(self._value)
        if self._has_formula and not raw and self._kind != "str":
            raise Unread(NO_RESULT)
        if len(raw) > MOST_TEXT:
            raise Unread(TOO_LONG)
        if self._kind == "s":
            return restored(self._texts[int(raw)]) if raw.isdigit() and int(raw) < len(self._texts) else ""
        if self._kind == "e":
            raise Unread(ERROR_VALUE)
        if self._kind == "b":
            return "是" if raw.strip() == "1" else "否"
        if self._kind == "n":
            is_day = self._style in self._day_styles
            return number_text(raw, is_day=is_day, from_1904=self._from_1904) if raw.strip() else ""
        return iso_text(raw) if self._kind == "d" else restored(plain_text(raw))

    def _end_line(self) -> None:
        if self._cells or self._unread:
            width = max([*self._cells, *self._unread]) + 1
            cells = tuple(self._cells.get(column, "") for column in range(width))
            self.lines.append(Line(self._number, cells, self._unread))
        if len(self.lines) > MOST_LINES or self.count > self._room:
            raise TooManyCells(lines=MOST_LINES, cells=MOST_CELLS)

    def _add_area(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        start, end = _PLACE.fullmatch(first), _PLACE.fullmatch(last or first)
        if start and end and len(self.areas) < MOST_LINES:
            self.areas.append(
                Area(int(start.group(2)), column_index(start.group(1)), int(end.group(2)), column_index(end.group(1)))
            )

"""An Excel workbook (.xlsx): its sheets in order, shared texts, which formats are days. Links lead nowhere."""

import posixpath
import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import BinaryIO
from urllib.parse import unquote

from .archive import Counted, look_over, part
from .book import Book, Sheet
from .cells import is_day_format, plain_text
from .limits import MOST_CELLS, MOST_LINES, MOST_SHEETS, MOST_UNPACKED
from .refusals import BrokenTable, EmptyTable, FileUnreadable, TooManyCells
from .sheet import SheetReader
from .xml import local, stream, tree

BROKEN = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error, NotImplementedError, RuntimeError, EOFError,
    OSError, KeyError, ValueError, OverflowError,
)  # fmt: skip
"""Whatever the archive and its numbers may raise when a file is cut off, overwritten or made up."""
_RELATIONSHIP = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATIONSHIP = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


@dataclass(frozen=True, slots=True)
class Words:
    """What the cells of all sheets refer to."""

    texts: tuple[str, ...]
    day_styles: frozenset[int]
    from_1904: bool


def look_over_workbook(file: BinaryIO, size: int) -> None:
    """What `read_workbook` refuses by the list of entries; raises FileUnreadable."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            look_over(archive, size)
    except BROKEN as error:
        raise BrokenTable from error


def read_workbook(file: BinaryIO, size: int) -> Book:
    """All sheets, those without anything included; raises FileUnreadable."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            look_over(archive, size)
            return _read(archive)
    except BROKEN as error:
        raise BrokenTable from error


def _read(archive: zipfile.ZipFile) -> Book:
    home = _main_part(archive)
    workbook = tree(part(archive, home))
    links = _links(archive, home)
    words = Words(
        texts=_texts(archive, links.get("sharedStrings", {})),
        day_styles=_day_styles(archive, links.get("styles", {})),
        from_1904=any(e.get("date1904") in {"1", "true"} for e in workbook if local(e.tag) == "workbookPr"),
    )
    sheets, cells = [], 0
    for name, is_hidden, target in _sheets(workbook, links.get("worksheet", {})):
        sheet, count = _sheet(archive, target, name, words, MOST_CELLS - cells, is_hidden=is_hidden)
        cells += count
        sheets.append(sheet)
    if not any(sheet.lines for sheet in sheets):
        raise EmptyTable
    return Book("xlsx", tuple(sheets))


def _main_part(archive: zipfile.ZipFile) -> str:
    """Where the workbook itself lies; usually xl/workbook.xml."""
    for relation in tree(part(archive, "_rels/.rels")):
        if relation.get("Type", "").endswith("/officeDocument"):
            return unquote(relation.get("Target", "")).lstrip("/")
    raise FileUnreadable


def _links(archive: zipfile.ZipFile, home: str) -> dict[str, dict[str, str]]:
    """By kind: id → part. What lies outside the file is left out."""
    folder, name = posixpath.split(home)
    found: dict[str, dict[str, str]] = {}
    for relation in tree(part(archive, f"{folder}/_rels/{name}.rels")):
        if relation.get("TargetMode") != "External":
            target = unquote(relation.get("Target", ""))
            place = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
            found.setdefault(relation.get("Type", "").rpartition("/")[2], {})[relation.get("Id", "")] = place
    return found


def _sheets(workbook: object, parts: dict[str, str]) -> list[tuple[str, bool, str]]:
    """(name, hidden, part) in the order of the tabs; charts and dialogs are no sheets of cells."""
    found = []
    for group in workbook:  # type: ignore[attr-defined]  # an Element, which iterates over its children
        if local(group.tag) == "sheets":
            for sheet in group:
                target = parts.get(sheet.get(_RELATIONSHIP) or sheet.get(_STRICT_RELATIONSHIP) or "")
                if target:
                    found.append((sheet.get("name", ""), sheet.get("state", "visible") != "visible", target))
    if len(found) > MOST_SHEETS:
        raise TooManyCells(lines=MOST_LINES, cells=MOST_CELLS)
    return found


def _sheet(
    archive: zipfile.ZipFile, target: str, name: str, words: Words, room: int, *, is_hidden: bool
) -> tuple[Sheet, int]:
    reader = SheetReader(words.texts, words.day_styles, room, from_1904=words.from_1904)
    with archive.open(target) as opened:
        stream(Counted(opened, MOST_UNPACKED), reader.start, reader.end, reader.text)
    return Sheet(name, tuple(reader.lines), tuple(reader.areas), is_hidden), reader.count


def _day_styles(archive: zipfile.ZipFile, parts: dict[str, str]) -> frozenset[int]:
    """Indexes of cell formats that show a day."""
    codes: dict[int, str] = {}
    days: set[int] = set()
    for target in parts.values():
        root = tree(part(archive, target))
        for element in root.iter():
            if local(element.tag) == "numFmt" and element.get("numFmtId", "").isdigit():
                codes[int(element.get("numFmtId", ""))] = element.get("formatCode", "")
        for group in root:
            if local(group.tag) == "cellXfs":
                numbers = [int(xf.get("numFmtId") or 0) for xf in group]
                days = {n for n, number in enumerate(numbers) if is_day_format(number, codes.get(number, ""))}
    return frozenset(days)


def _texts(archive: zipfile.ZipFile, parts: dict[str, str]) -> tuple[str, ...]:
    reader = _TextReader()
    for target in parts.values():
        with archive.open(target) as opened:
            stream(Counted(opened, MOST_UNPACKED), reader.start, reader.end, reader.text)
    return tuple(reader.texts)


class _TextReader:
    """Shared texts: runs of several formats are one text; readings of East Asian words (rPh) are none."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._runs: list[str] = []
        self._wanted = False
        self._reading = False

    def start(self, tag: str, attributes: object) -> None:
        name = local(tag)
        if name == "si":
            self._runs = []
        elif name == "rPh":
            self._reading = True
        self._wanted = name == "t" and not self._reading

    def end(self, tag: str) -> None:
        name = local(tag)
        self._wanted = False
        if name == "rPh":
            self._reading = False
        elif name == "si":
            self.texts.append(plain_text("".join(self._runs)))

    def text(self, words: str) -> None:
        if self._wanted:
            self._runs.append(words)

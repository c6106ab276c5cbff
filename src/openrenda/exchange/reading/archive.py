"""A workbook's zip, looked over before anything in it is opened, and counted while it is unpacked."""

import re
import zipfile
from typing import IO

from .limits import MOST_ENTRIES, MOST_RATIO, MOST_UNPACKED, RATIO_COUNTS_FROM
from .refusals import (
    BrokenTable,
    FileUnreadable,
    HoldsMacros,
    LockedTable,
    NestedArchive,
    OtherSpreadsheet,
    TableBomb,
)

LIST = "[Content_Types].xml"
_ACTIVE = re.compile(
    r"(?:^|/)(?:vbaProject[^/]*|activeX/.*|macrosheets/.*|dialogsheets/.*|[^/]*\.(?:exe|dll|js|vbs|bat|ps1|com|scr))$",
    re.IGNORECASE,
)
_NESTED = re.compile(r"(?:(?:^|/)embeddings/|\.(?:zip|rar|7z|gz|xlsx|xlsm|xlsb|xls|docx|doc|jar)$)", re.IGNORECASE)


def look_over(archive: zipfile.ZipFile, size: int) -> None:
    """Refuse bombs, programs, passwords and other formats, by the list of entries alone."""
    entries = archive.infolist()
    _must_be_small(entries, size)
    names = [entry.filename for entry in entries]
    if any(entry.flag_bits & 1 for entry in entries):
        raise LockedTable
    if any(name.startswith("/") or ".." in name.split("/") for name in names):
        raise BrokenTable
    if any(_ACTIVE.search(name) for name in names):
        raise HoldsMacros
    if other := _other_format(set(names)):
        raise other
    if any(_NESTED.search(name) for name in names):
        raise NestedArchive
    if b"macroenabled" in part(archive, LIST).lower():
        raise HoldsMacros


def _must_be_small(entries: list[zipfile.ZipInfo], size: int) -> None:
    """Declared sizes; packed parts that are longer together than the file lie over one another."""
    if len(entries) > MOST_ENTRIES:
        raise TableBomb
    if (
        sum(entry.file_size for entry in entries) > MOST_UNPACKED
        or sum(entry.compress_size for entry in entries) > size
    ):
        raise TableBomb
    if any(e.file_size > RATIO_COUNTS_FROM and e.file_size > MOST_RATIO * max(e.compress_size, 1) for e in entries):
        raise TableBomb
    if len({entry.filename for entry in entries}) < len(entries):
        raise BrokenTable


def _other_format(names: set[str]) -> FileUnreadable | None:
    if "xl/workbook.bin" in names:
        return OtherSpreadsheet(what="xlsb")
    if "mimetype" in names or "content.xml" in names:
        return OtherSpreadsheet(what="ODS")
    if LIST not in names or any(name.startswith(("word/", "ppt/")) for name in names):
        return FileUnreadable()
    return None


def part(archive: zipfile.ZipFile, name: str, most: int = 32 * 1024 * 1024) -> bytes:
    """A whole part; TableBomb when it really holds more than `most`, whatever it declares."""
    with archive.open(name) as opened:
        content = opened.read(most + 1)
    if len(content) > most:
        raise TableBomb
    return content


class Counted:
    """A part being read; TableBomb once more has really come out than it or the whole may hold."""

    def __init__(self, opened: IO[bytes], most: int) -> None:
        self._opened, self._left = opened, most

    def read(self, size: int = 65536) -> bytes:
        chunk = self._opened.read(min(size, 65536) if size > 0 else 65536)
        self._left -= len(chunk)
        if self._left < 0:
            raise TableBomb
        return chunk

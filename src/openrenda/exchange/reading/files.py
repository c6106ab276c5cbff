"""What a file is, told from its content, never from its name; then the reader that fits."""

from typing import BinaryIO

from .book import Book
from .delimited import read_delimited
from .limits import MOST_BYTES
from .refusals import EmptyTable, FileUnreadable, LockedTable, OldExcel, TableTooLarge, WebPageAsExcel
from .workbook import look_over_workbook, read_workbook

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_OTHERS = (
    b"%PDF-",
    b"\xff\xd8\xff",
    b"\x89PNG",
    b"GIF8",
    b"RIFF",
    b"{\\rtf",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"MZ",
    b"\x7fELF",
)
_MARKUP = (b"<html", b"<!doctype html", b"<table", b"<?xml", b"<head", b"<meta")


def look_at(file: BinaryIO, size: int) -> bool:
    """Refuse at a glance what `read_book` would refuse anyway, without unpacking anything. Is it a workbook?

    Raises FileUnreadable, which says what is wrong and what to do.
    """
    if size > MOST_BYTES:
        raise TableTooLarge(limit=MOST_BYTES // (1024 * 1024))
    file.seek(0)
    head = file.read(64)
    if not head.strip():
        raise EmptyTable
    if head.startswith(_ZIP):
        look_over_workbook(file, size)
        return True
    if head.startswith(_COMPOUND):
        raise _compound(file)
    if head.startswith(_OTHERS):
        raise FileUnreadable
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_MARKUP):
        raise WebPageAsExcel
    return False


def read_book(file: BinaryIO, size: int) -> Book:
    """All sheets of a file of `size` bytes. Raises FileUnreadable."""
    if look_at(file, size):
        return read_workbook(file, size)
    file.seek(0)
    return read_delimited(file.read(MOST_BYTES + 1))


def _compound(file: BinaryIO) -> FileUnreadable:
    """The container of old Excel files; a workbook with a password lies in one too."""
    file.seek(0)
    return LockedTable() if _LOCKED in file.read(MOST_BYTES) else OldExcel()

"""PDF and office documents: the structure must be whole and hold nothing that runs.

This keeps out what is broken, disguised or plainly active. It is no virus scanner: a PDF may hide things in compressed
streams. Hence these files are served for download only, from a sandboxed address.
"""

import re
import zipfile
from typing import BinaryIO

from openrenda.documents.errors import ActiveContent, BrokenFile, EncryptedFile, UnknownKind, ZipBomb
from openrenda.documents.rules.limits import MEGABYTE
from openrenda.documents.states import FileKind

_TAIL = 2048
_STARTXREF = re.compile(rb"startxref\s+([0-9]{1,10})\s+%%EOF")
_RUNS = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA)\b")
_MOST_ENTRIES = 2000
_MOST_UNPACKED = 200 * MEGABYTE
_MOST_LIST = 2 * MEGABYTE
_LIST = "[Content_Types].xml"
_MAIN = {"word/document.xml": FileKind.DOCX, "xl/workbook.xml": FileKind.XLSX}
_REMOTE = re.compile(rb"Target=[\"'](?:https?:|ftp:|\\\\)", re.IGNORECASE)
_ACTIVE_PART = re.compile(
    r"(?:^|/)(?:vbaProject[^/]*\.bin|activeX/|embeddings/oleObject[^/]*|[^/]*\.(?:exe|dll|js|vbs))", re.IGNORECASE
)


def check_pdf(file: BinaryIO, name: str) -> None:
    """Header, end mark and a cross-reference that lies inside the file; no scripts, no embedded files, no password."""
    file.seek(0)
    content = file.read()
    end = _STARTXREF.findall(content[-_TAIL:])
    if not end or not 0 < int(end[-1]) < len(content):
        raise BrokenFile(name=name)
    if b"/Encrypt" in content:
        raise EncryptedFile(name=name)
    if _RUNS.search(content):
        raise ActiveContent(name=name)


def office_kind(file: BinaryIO, name: str) -> FileKind:
    """The kind of an office document in a zip; refuses other archives, macros, embedded programs and bombs."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            return _office_kind(archive, name)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError, OSError) as error:
        raise BrokenFile(name=name) from error


def _office_kind(archive: zipfile.ZipFile, name: str) -> FileKind:
    entries = archive.infolist()
    names = {entry.filename for entry in entries}
    kind = next((kind for part, kind in _MAIN.items() if part in names), None)
    if kind is None or _LIST not in names:
        raise UnknownKind(name=name)
    if len(entries) > _MOST_ENTRIES or sum(entry.file_size for entry in entries) > _MOST_UNPACKED:
        raise ZipBomb(name=name)
    if any(entry.flag_bits & 1 for entry in entries):
        raise EncryptedFile(name=name)
    if any(part.startswith("/") or ".." in part.split("/") for part in names):
        raise BrokenFile(name=name)
    if any(_ACTIVE_PART.search(part) for part in names) or _says_active(archive, names):
        raise ActiveContent(name=name)
    return kind


def _says_active(archive: zipfile.ZipFile, names: set[str]) -> bool:
    """Macros by the list of contents; a template fetched from elsewhere by the document's relations."""
    if b"macroenabled" in _start_of(archive, _LIST).lower():
        return True
    relations = "word/_rels/settings.xml.rels"
    return relations in names and _REMOTE.search(_start_of(archive, relations)) is not None


def _start_of(archive: zipfile.ZipFile, part: str) -> bytes:
    with archive.open(part) as opened:
        return opened.read(_MOST_LIST)

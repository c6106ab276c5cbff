"""What a file is, told from its first bytes; what it may be called."""

import re
import unicodedata
from collections.abc import Callable

from openrenda.documents.errors import FileRefused, HeicPhoto, OldOffice, UnknownKind, Video
from openrenda.documents.rules.limits import NAME_LENGTH
from openrenda.documents.states import FileKind

HEAD = 64
"""So many first bytes tell the kind."""

_HEIF_BRANDS = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis"}
_ZIP = b"PK\x03\x04"
_REFUSED: tuple[tuple[Callable[[bytes], bool], type[FileRefused]], ...] = (
    (lambda head: head[4:8] == b"ftyp" and head[8:12] in _HEIF_BRANDS, HeicPhoto),
    (lambda head: head[4:8] == b"ftyp", Video),
    (lambda head: head[:4] == b"RIFF" and head[8:12] == b"AVI ", Video),
    (lambda head: head.startswith((b"\x1a\x45\xdf\xa3", b"\x00\x00\x01\xba", b"FLV", b"OggS")), Video),
    (lambda head: head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), OldOffice),
)
_UNSAFE = re.compile(r"[\\/:*?\"<>|\x00-\x1f]+")


def kind_of(head: bytes, name: str) -> FileKind | None:
    """The kind of a picture or PDF; None for a zip archive, which may be an office document. Refuses all others."""
    if head.startswith(b"\xff\xd8\xff"):
        return FileKind.JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return FileKind.PNG
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return FileKind.WEBP
    if head.startswith(b"%PDF-"):
        return FileKind.PDF
    if head.startswith(_ZIP):
        return None
    raise next((refusal for looks, refusal in _REFUSED if looks(head)), UnknownKind)(name=name)


def shown_name(raw: str) -> str:
    """The given name for a message: one line, no hidden characters, not longer than a reader wants."""
    visible = "".join(
        c for c in unicodedata.normalize("NFC", raw) if unicodedata.category(c)[0] not in "CZ" or c == " "
    )
    return visible.replace("\\", "/").rsplit("/", 1)[-1].strip()[:60] or "文件"


def kept_name(raw: str, kind: FileKind) -> str:
    """The name as it is kept: no path, no control or direction marks, the ending that fits the content."""
    name = unicodedata.normalize("NFC", raw).replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(c for c in name if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
    stem = _UNSAFE.sub("_", name)
    if "." in stem.lstrip("."):
        stem = stem.rsplit(".", 1)[0]
    stem = stem.strip(" .")[: NAME_LENGTH - len(kind.extension)].rstrip(" .")
    return (stem or "文件") + kind.extension

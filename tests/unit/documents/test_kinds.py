"""What a file is, is told from its content; what it may be called, from a careful reading of its name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openrenda.documents.errors import FileRefused, HeicPhoto, OldOffice, UnknownKind, Video
from openrenda.documents.rules.kinds import kept_name, kind_of, shown_name
from openrenda.documents.rules.limits import NAME_LENGTH
from openrenda.documents.states import FileKind
from tests.makers.documents import PDF, a_document, an_image


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (an_image(), FileKind.JPEG),
        (an_image(form="PNG"), FileKind.PNG),
        (an_image(form="WEBP"), FileKind.WEBP),
        (PDF, FileKind.PDF),
        (a_document(), None),
    ],
)
def test_kinds_by_content(content: bytes, kind: FileKind | None) -> None:
    assert kind_of(content[:64], "x") is kind


@pytest.mark.parametrize(
    ("head", "refusal"),
    [
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", HeicPhoto),
        (b"\x00\x00\x00\x18ftypavif\x00\x00\x00\x00", HeicPhoto),
        (b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00", Video),
        (b"\x00\x00\x00\x14ftypqt  \x00\x00\x00\x00", Video),
        (b"RIFF\x00\x00\x00\x00AVI LIST", Video),
        (b"\x1a\x45\xdf\xa3\x01\x00\x00\x00", Video),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00\x00", OldOffice),
        (b"GIF89a", UnknownKind),
        (b"<?php system($_GET['c']); ?>", UnknownKind),
        (b"<html><script>alert(1)</script>", UnknownKind),
        (b"<svg xmlns='http://www.w3.org/2000/svg'>", UnknownKind),
        (b"MZ\x90\x00", UnknownKind),
        (b"\x7fELF", UnknownKind),
        (b"RIFF\x00\x00\x00\x00WAVE", UnknownKind),
        (b"\n%PDF-1.4", UnknownKind),
        (b"", UnknownKind),
    ],
)
def test_everything_else_is_refused_in_words(head: bytes, refusal: type[FileRefused]) -> None:
    with pytest.raises(refusal) as refused:
        kind_of(head, "照片.jpg")
    assert "“照片.jpg”" in str(refused.value)


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("现场.jpg", "现场.jpg"),
        ("现场.JPEG", "现场.jpg"),
        ("page.php", "page.jpg"),
        ("page.php.jpg", "page.php.jpg"),
        ("../../etc/passwd", "passwd.jpg"),
        (r"C:\Users\张三\现场.jpg", "现场.jpg"),
        ("gpj\u202e.exe", "gpj.jpg"),
        (".htaccess", "htaccess.jpg"),
        ('a<b>:"|?*.jpg', "a_b_.jpg"),
        ("\r\nX-Header: 1.jpg", "X-Header_ 1.jpg"),
        ("", "文件.jpg"),
        ("...", "文件.jpg"),
        ("𠮷㐂.jpg", "𠮷㐂.jpg"),
        ("长" * 300 + ".jpg", "长" * (NAME_LENGTH - 4) + ".jpg"),
    ],
)
def test_names_are_kept_without_what_could_do_harm(raw: str, kept: str) -> None:
    assert kept_name(raw, FileKind.JPEG) == kept


@given(st.text(max_size=200))
def test_any_name_is_kept_safely(raw: str) -> None:
    kept = kept_name(raw, FileKind.PDF)
    assert kept.endswith(".pdf")
    assert 4 < len(kept) <= NAME_LENGTH
    assert not set(kept) & set('/\\\r\n\0"<>')
    assert not kept.startswith(".")
    assert 0 < len(shown_name(raw)) <= 60
    assert "\n" not in shown_name(raw)

"""PDF and office documents: whole, unlocked, and without anything that runs."""

import io
import struct
import zipfile

import pytest

from openrenda.documents.errors import ActiveContent, BrokenFile, EncryptedFile, FileRefused, UnknownKind, ZipBomb
from openrenda.documents.rules import papers
from openrenda.documents.states import FileKind
from tests.makers.documents import PDF, a_document


def kind(content: bytes) -> FileKind:
    return papers.office_kind(io.BytesIO(content), "材料.docx")


def test_a_plain_pdf_passes() -> None:
    papers.check_pdf(io.BytesIO(PDF), "材料.pdf")


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (PDF[:100], BrokenFile),
        (PDF.replace(b"96", b"99999"), BrokenFile),
        (b"%PDF-1.4\n%%EOF", BrokenFile),
        (PDF.replace(b"/Type/Catalog", b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>"), ActiveContent),
        (PDF.replace(b"/Type/Catalog", b"/A<</S/Launch/F(cmd.exe)>>"), ActiveContent),
        (PDF.replace(b"/Type/Catalog", b"/Names<</EmbeddedFiles 9 0 R>>"), ActiveContent),
        (PDF.replace(b"/Size 3", b"/Size 3/Encrypt 5 0 R"), EncryptedFile),
    ],
)
def test_other_pdfs_do_not(content: bytes, refusal: type[FileRefused]) -> None:
    with pytest.raises(refusal):
        papers.check_pdf(io.BytesIO(content), "材料.pdf")


def test_documents_and_tables_are_told_apart() -> None:
    assert kind(a_document()) is FileKind.DOCX
    assert kind(a_document("xl/workbook.xml")) is FileKind.XLSX


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (a_document("readme.txt"), UnknownKind),
        (a_document(word__vbaProject_dot_bin=b"x"), ActiveContent),
        (a_document(word__activeX__activeX1_dot_xml=b"x"), ActiveContent),
        (a_document(word__embeddings__oleObject1_dot_bin=b"x"), ActiveContent),
        (a_document(word__media__run_dot_exe=b"MZ"), ActiveContent),
        (
            a_document(
                word___rels__settings_dot_xml_dot_rels='<R TargetMode="External" Target="https://evil/t.dotm"/>'
            ),
            ActiveContent,
        ),
        (a_document()[:60], BrokenFile),
        (b"PK\x03\x04" + b"\0" * 50, BrokenFile),
        (a_document(**{f"word__m{n}": b"" for n in range(2001)}), ZipBomb),
        (a_document(**{".._slash": b"", "..__..__evil": b""}), BrokenFile),
    ],
    ids=["zip", "vba", "activex", "ole", "exe", "remote template", "cut", "junk", "entries", "path"],
)
def test_other_archives_are_refused(content: bytes, refusal: type[FileRefused]) -> None:
    with pytest.raises(refusal):
        kind(content)


def test_a_macro_document_by_its_list_of_contents() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "application/vnd.ms-word.document.macroEnabled.main+xml")
        archive.writestr("word/document.xml", "")
    with pytest.raises(ActiveContent):
        kind(out.getvalue())


def test_a_locked_document_is_refused() -> None:
    content = bytearray(a_document())
    place = content.rindex(b"PK\x01\x02")  # the central directory's last entry: set its encryption flag
    struct.pack_into("<H", content, place + 8, 1)
    with pytest.raises(EncryptedFile):
        kind(bytes(content))


def test_a_template_on_the_writers_own_disk_is_harmless() -> None:
    rels = '<R TargetMode="External" Target="file:///C:/Users/a/Normal.dotm"/>'
    assert kind(a_document(word___rels__settings_dot_xml_dot_rels=rels)) is FileKind.DOCX


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = a_document(word__big_dot_xml=b"\0" * 3_000_000)
    assert len(bomb) < 10_000
    assert kind(bomb) is FileKind.DOCX
    monkeypatch.setattr(papers, "_MOST_UNPACKED", 2_000_000)
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *args: pytest.fail("unpacked"))
    with pytest.raises(ZipBomb):
        kind(bomb)

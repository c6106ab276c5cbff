"""What offices hand in is read as they mean it; what means harm is refused before it is parsed."""

import io
import re
import zipfile
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openrenda.exchange.reading import FileUnreadable, read_book
from openrenda.exchange.reading.cells import ERROR_VALUE, NO_RESULT
from tests.makers.imports import a_csv, a_zip, an_xlsx, read, with_part

SHEET = "xl/worksheets/sheet1.xml"
HEAD = ("编号", "标题", "日期")
ROW = ("41", "修桥，补路\n另起一行", "2025-03-06")


@pytest.mark.parametrize(
    ("encoding", "divider", "said"),
    [
        ("utf-8", ",", "csv UTF-8 ,"),
        ("utf-8-sig", ";", "csv UTF-8 ;"),
        ("gbk", ",", "csv GB18030 ,"),
        ("gb18030", "\t", "csv GB18030 tab"),
        ("utf-16", "\t", "csv UTF-16 tab"),
    ],
)
def test_csv_comes_in_whatever_the_program_wrote(encoding: str, divider: str, said: str) -> None:
    book = read(a_csv([HEAD, ROW], encoding=encoding, divider=divider))
    assert book.format == said
    assert [line.cells for line in book.sheets[0].lines] == [HEAD, ROW]
    assert [line.number for line in book.sheets[0].lines] == [1, 2]


def test_characters_beyond_gbk_survive() -> None:
    assert read(a_csv([("姓名",), ("㛃𠀀䶮",)], encoding="gb18030")).sheets[0].lines[1].cells == ("㛃𠀀䶮",)


def test_lines_are_counted_as_excel_shows_them() -> None:
    raw = '编号,标题\r\n1,"两\r\n行"\r\n\r\n2,乙\r\n'.encode()
    assert [(line.number, line.cells) for line in read(raw).sheets[0].lines] == [
        (1, ("编号", "标题")),
        (2, ("1", "两\n行")),
        (4, ("2", "乙")),
    ]


def test_cells_of_our_own_exports_come_back_as_they_were() -> None:
    lines = read(a_csv([("甲", "乙"), ("'=1+1", '="041"')])).sheets[0].lines
    assert lines[1].cells == ("=1+1", "041")


def test_a_workbook_becomes_text_as_a_reader_sees_it() -> None:
    def shape(book: Any) -> None:
        sheet = book["表"]
        sheet["A2"], sheet["B2"], sheet["C2"] = date(2025, 3, 6), datetime(2025, 3, 6, 9, 30), time(9, 30)  # noqa: DTZ001  Excel knows no zones
        sheet["A3"], sheet["B3"], sheet["C3"] = 13800005837, 12.5, True
        sheet["A4"], sheet["B4"], sheet["C4"] = 0.1 + 0.2, "00041", 45722
        sheet["C4"].number_format = 'yyyy"年"m"月"d"日";@'

    lines = read(an_xlsx({"表": [HEAD]}, shape=shape)).sheets[0].lines
    assert [line.cells for line in lines[1:]] == [
        ("2025-03-06", "2025-03-06 09:30", "09:30"),
        ("13800005837", "12.5", "是"),
        ("0.3", "00041", "2025-03-06"),
    ]


def test_days_of_chinese_excel_and_of_the_mac_are_days() -> None:
    def styled(xml: bytes) -> bytes:
        return re.sub(rb'numFmtId="14"', b'numFmtId="31"', xml)

    def shape(book: Any) -> None:
        book["表"]["A1"] = date(2025, 3, 6)
        book["表"]["A1"].number_format = "mm-dd-yy"

    chinese = with_part(an_xlsx({"表": [[""]]}, shape=shape), {"xl/styles.xml": styled})
    assert read(chinese).sheets[0].lines[0].cells == ("2025-03-06",)

    def since_1904(xml: bytes) -> bytes:
        return xml.replace(b"<workbookPr />", b'<workbookPr date1904="1"/>')

    mac = with_part(an_xlsx({"表": [[""]]}, shape=shape), {"xl/workbook.xml": since_1904})
    assert read(mac).sheets[0].lines[0].cells == ("2029-03-07",)


def _with_shared_texts(texts: bytes) -> bytes:
    """As Excel itself saves texts: once for all sheets, the cells name their number."""
    relation = (
        b'<Relationship Id="rS" Target="sharedStrings.xml" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"/></Relationships>'
    )
    return with_part(
        an_xlsx({"表": [["甲"]]}),
        {
            "xl/sharedStrings.xml": texts,
            "xl/_rels/workbook.xml.rels": lambda xml: xml.replace(b"</Relationships>", relation),
            SHEET: lambda xml: re.sub(rb't="inlineStr"><is>.*?</is>', b't="s"><v>1</v>', xml),
        },
    )


def test_rich_text_is_one_text_and_readings_are_none() -> None:
    runs = "<sst><si><t>无</t></si><si><r><t>甲</t></r><r><t>_x000D_乙</t></r><rPh><t>jia</t></rPh></si></sst>"
    assert read(_with_shared_texts(runs.encode())).sheets[0].lines[0].cells == ("甲\n乙",)
    assert _refusal(_with_shared_texts(b"<sst><si><t>x</t></si></sst>")) == "exchange.empty"


def test_a_formula_is_read_as_its_kept_result_and_never_evaluated() -> None:
    plain = an_xlsx({"表": [["=1+1", '=HYPERLINK("http://x")', "=cmd|' /C calc'!A0"]]})
    line = read(plain).sheets[0].lines[0]
    assert line.unread == {0: NO_RESULT, 1: NO_RESULT, 2: NO_RESULT}

    kept = with_part(plain, {SHEET: lambda xml: xml.replace(b"<v />", b"<v>2</v>").replace(b"<v></v>", b"<v>2</v>")})
    assert read(kept).sheets[0].lines[0].cells == ("2", "2", "2")


def test_error_values_are_faults_of_their_cell() -> None:
    def shape(book: Any) -> None:
        book["表"]["B1"].value = "#REF!"
        book["表"]["B1"].data_type = "e"

    line = read(an_xlsx({"表": [["甲", ""]]}, shape=shape)).sheets[0].lines[0]
    assert line.unread == {1: ERROR_VALUE}
    assert line.cell(0) == "甲"


def test_hidden_sheets_and_merged_cells_are_told() -> None:
    def shape(book: Any) -> None:
        book["旧稿"].sheet_state = "hidden"

    book = read(an_xlsx({"一": [["甲", "", ""]], "旧稿": [["乙"]]}, merged={"一": ["A1:C2"]}, shape=shape))
    assert [(sheet.name, sheet.is_hidden) for sheet in book.sheets] == [("一", False), ("旧稿", True)]
    (area,) = book.sheets[0].areas
    assert (area.top, area.left, area.bottom, area.right) == (1, 0, 2, 2)


def test_links_to_other_workbooks_are_ignored() -> None:
    linked = with_part(
        an_xlsx({"表": [["甲"]]}),
        {
            "xl/_rels/workbook.xml.rels": lambda xml: xml.replace(
                b"</Relationships>",
                b'<Relationship Id="rX" Type="http://x/externalLink" Target="file:///etc/passwd" '
                b'TargetMode="External"/></Relationships>',
            )
        },
    )
    assert read(linked).sheets[0].lines[0].cells == ("甲",)


# --- what is refused ------------------------------------------------------------------------------------------------


def _refusal(content: bytes) -> str:
    with pytest.raises(FileUnreadable) as refused:
        read(content)
    assert refused.value.message
    assert refused.value.remedy
    return refused.value.code


WORKBOOK = an_xlsx({"表": [HEAD, ROW]})
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "exchange.empty"),
        (b"\r\n \r\n", "exchange.empty"),
        (b"%PDF-1.7 ...", "exchange.not_a_table"),
        (b"MZ\x90\x00" + bytes(100), "exchange.not_a_table"),
        ("编号,标题\n1,\x00甲".encode(), "exchange.not_a_table"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "exchange.web_page"),
        (OLE, "exchange.old_excel"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "exchange.encrypted"),
        (a_zip({"xl/workbook.bin": b"", "[Content_Types].xml": b"<Types/>"}), "exchange.other_spreadsheet"),
        (a_zip({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), "exchange.other_spreadsheet"),
        (a_zip({"readme.txt": b"hello"}), "exchange.not_a_table"),
        (a_zip({"[Content_Types].xml": b"<Types/>", "word/document.xml": b""}), "exchange.not_a_table"),
        (WORKBOOK[: len(WORKBOOK) // 2], "exchange.broken"),
        (with_part(WORKBOOK, {"xl/vbaProject.bin": b"macro"}), "exchange.macros"),
        (with_part(WORKBOOK, {"xl/macrosheets/sheet1.xml": b"<x/>"}), "exchange.macros"),
        (
            with_part(
                WORKBOOK, {"[Content_Types].xml": lambda x: x.replace(b"sheet.main", b"sheet.macroEnabled.main")}
            ),
            "exchange.macros",
        ),
        (with_part(WORKBOOK, {"xl/embeddings/Workbook1.xlsx": b"PK"}), "exchange.nested"),
        (with_part(WORKBOOK, {"inner.zip": a_zip({"a": b"b"})}), "exchange.nested"),
        (with_part(WORKBOOK, {"../../etc/cron.d/x": b""}), "exchange.broken"),
        ('编号,标题\n1,"没有合上'.encode(), "exchange.bad_csv"),
        (b"\x81\x81\xff\xff,\xfe\x80\n", "exchange.encoding"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_what_cannot_be_read_says_why_and_what_to_do(content: bytes, code: str) -> None:
    assert _refusal(content) == code


def test_a_zip_bomb_is_refused_by_its_list() -> None:
    bomb = with_part(WORKBOOK, {SHEET: bytes(40 * 1024 * 1024)})
    assert len(bomb) < 100_000
    assert _refusal(bomb) == "exchange.zip_bomb"


def test_too_many_entries_are_a_bomb() -> None:
    assert _refusal(with_part(WORKBOOK, {f"xl/media/{n}.png": b"" for n in range(2100)})) == "exchange.zip_bomb"


def test_parts_lying_over_one_another_are_a_bomb() -> None:
    """Many entries of the list that point at the same packed bytes: small in the file, huge unpacked."""
    file = io.BytesIO(with_part(WORKBOOK, {"xl/media/a.png": bytes(range(256)) * 400}))
    with zipfile.ZipFile(file, "a") as archive:
        first = archive.getinfo("xl/media/a.png")
        for n in range(200):
            twin = zipfile.ZipInfo(f"xl/media/{n}.png")
            for name in ("header_offset", "CRC", "compress_size", "file_size", "compress_type"):
                setattr(twin, name, getattr(first, name))
            archive.filelist.append(twin)
            archive.NameToInfo[twin.filename] = twin
        archive._didModify = True
    assert _refusal(file.getvalue()) == "exchange.zip_bomb"


def test_a_part_that_lies_about_its_size_is_broken() -> None:
    """Declared small, really large: no more than declared ever comes out, and the check sum tells."""
    content = bytearray(
        with_part(WORKBOOK, {SHEET: b"<worksheet><sheetData>" + b"<row/>" * 9000 + b"</sheetData></worksheet>"})
    )
    real = (len(b"<worksheet><sheetData></sheetData></worksheet>") + 6 * 9000).to_bytes(4, "little")
    at = content.find(real)
    while at >= 0:
        content[at : at + 4] = (500).to_bytes(4, "little")
        at = content.find(real, at + 4)
    assert _refusal(bytes(content)) == "exchange.broken"


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"])
def test_entities_are_refused_wherever_they_stand(part: str) -> None:
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'

    def laughing(xml: bytes) -> bytes:
        xml = re.sub(rb"^<\?xml[^>]*\?>", b"", xml)
        return laughs + xml

    workbook = _with_shared_texts(b"<sst><si/><si><t>x</t></si></sst>")
    assert read(workbook).sheets[0].lines[0].cells == ("x",)
    assert _refusal(with_part(workbook, {part: laughing})) == "exchange.broken"


def test_a_file_of_200_megabytes_is_refused_unread(tmp_path: Path) -> None:
    class Untouched(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise AssertionError("read although too large")

    with pytest.raises(FileUnreadable) as refused:
        read_book(Untouched(), 200 * 1024 * 1024)
    assert refused.value.code == "exchange.too_large"


def test_formatting_dragged_to_the_last_column_is_no_content() -> None:
    def shape(book: Any) -> None:
        book["表"].cell(1, 16_000).value = " "

    assert read(an_xlsx({"表": [["甲"]]}, shape=shape)).sheets[0].lines[0].cells == ("甲",)


# --- whatever comes ---------------------------------------------------------------------------------------------------


def _survives(content: bytes) -> None:
    """Read, or refused in words; nothing else."""
    try:
        read(content)
    except FileUnreadable as refused:
        assert refused.remedy  # noqa: PT017  either way is right


@given(st.binary(max_size=400))
def test_no_bytes_break_the_reader(content: bytes) -> None:
    _survives(content)


@given(st.text(max_size=200), st.sampled_from(["utf-8", "utf-16", "gb18030"]))
def test_no_text_breaks_the_reader(text: str, encoding: str) -> None:
    _survives(text.encode(encoding, "ignore"))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(WORKBOOK) - 1), st.integers(0, 255)), min_size=1, max_size=6))
def test_no_damage_to_a_workbook_breaks_the_reader(damage: list[tuple[int, int]]) -> None:
    content = bytearray(WORKBOOK)
    for place, byte in damage:
        content[place] = byte
    _survives(bytes(content))


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from([SHEET, "xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels", "_rels/.rels"]),
    st.data(),
)
def test_no_part_of_a_workbook_breaks_the_reader(part: str, data: st.DataObject) -> None:
    def changed(xml: bytes) -> bytes:
        place = data.draw(st.integers(0, len(xml)))
        return xml[:place] + data.draw(st.binary(max_size=6)) + xml[place + data.draw(st.integers(0, 6)) :]

    _survives(with_part(WORKBOOK, {part: changed}))


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A1"><v>1e400</v></c>', '<c r="A1"><v>nan</v></c>', '<c r="A1" s="1"><v>2958465.99999999</v></c>',
        '<c r="A1" t="d"><v>nonsense</v></c>', '<c r="ZZZZ1"><v>1</v></c>', '<c r="A1" t="s"><v>-1</v></c>',
        '<c r="A1" s="99999999999999999999"><v>1</v></c>', '<c><v>1</v></c>', '<c r="A1" t="b"><v>maybe</v></c>',
    ],
)  # fmt: skip
def test_no_cell_breaks_the_reader(cell: str) -> None:
    xml = f'<worksheet><sheetData><row r="99999999999"><c/></row><row>{cell}</row></sheetData></worksheet>'
    _survives(with_part(WORKBOOK, {SHEET: xml.encode()}))

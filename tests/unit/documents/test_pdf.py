"""Papers: Chinese text is set, what people wrote is never code, a machine without a Chinese font is told so."""

import re
import zlib

import pytest

from openrenda.documents import pdf

BALLOT = {
    "organ": "云汀区人民代表大会", "title": "民生实事项目票决票", "key": "2025-01", "rules_mark": "规则指纹 1a2b3c4d",
    "how_title": "填写说明", "how": ["赞成的在方框内画“○”。"], "answers": ["赞成"],
    "words": {"number": "序号", "option": "项目"},
    "options": [{"number": 1, "label": "老旧小区加装电梯", "note": ""}],
}  # fmt: skip


def _glyphs(found: bytes) -> set[str]:
    """Characters named in the PDF's maps from glyphs back to text."""
    characters: set[str] = set()
    for raw in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", found, re.DOTALL):
        try:
            content = zlib.decompress(raw)
        except zlib.error:
            continue
        for code in re.findall(rb"<[0-9a-fA-F]+> <([0-9a-fA-F]{4,})>", content):
            characters.update(bytes.fromhex(code.decode()).decode("utf-16-be", "ignore"))
    return characters


def test_chinese_text_stands_on_the_paper() -> None:
    found = pdf.render("voting/ballot.typ", BALLOT)
    assert found.startswith(b"%PDF-")
    assert set("民生实事项目票决老旧小区加装电梯赞成") <= _glyphs(found)


def test_what_people_wrote_is_text_and_not_code() -> None:
    hostile = '#panic("x") ] } $ #include "/config/settings/base.py" \\ <a> @b 🚌'
    options = [{"number": 1, "label": hostile, "note": hostile}]
    found = pdf.render("voting/ballot.typ", {**BALLOT, "title": hostile, "options": options})
    assert {"#", "$", "@", "\\", "]"} <= _glyphs(found)


def test_no_font_is_said_before_a_blank_paper_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "SANS", ("No Such Font",))
    monkeypatch.setattr(pdf, "SERIF", ())
    with pytest.raises(pdf.NoFont, match=r"documents\.no_font") as caught:
        pdf.render("voting/ballot.typ", BALLOT)
    assert "fonts-noto-cjk" in caught.value.remedy


@pytest.mark.parametrize("name", ["voting/../apps.py", "voting/none.typ", "voting/"])
def test_only_layouts_are_read(name: str) -> None:
    with pytest.raises(pdf.NoLayout):
        pdf.source(name)

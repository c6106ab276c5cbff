"""Paper: a layout of an app (`<app>/typst/<name>.typ`) filled with data and set as PDF.

What people wrote reaches a layout as JSON only, read there by `json(bytes(sys.inputs.data))`: it is text, never code.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.apps import apps

from openrenda.kernel.errors import OpenRendaError
from openrenda.kernel.text import N_

ROOT = Path(__file__).resolve().parents[1]
"""Layouts may import each other within this folder, and nothing outside of it."""

SANS = ("Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", "SimHei")
SERIF = ("Noto Serif CJK SC", "Source Han Serif SC", "Noto Serif SC", "Songti SC", "SimSun")


class NoFont(OpenRendaError):
    """This machine has no font with Chinese characters: the paper would be blank."""

    status = 503
    code = "documents.no_font"
    message = N_("服务器上没有中文字体，无法生成PDF。")
    remedy = N_("请系统管理员安装中文字体（Debian：apt install fonts-noto-cjk），然后重新启动服务。")


class NoLayout(LookupError):
    """A fault of ours: there is no such layout."""


@cache
def _fonts() -> typst.Fonts:
    """Looked for once: reading the system's fonts takes a third of a second."""
    return typst.Fonts()


def families() -> Mapping[str, list[str]]:
    """The Chinese fonts of this machine, best first; each kind stands in for the other."""
    known = set(_fonts().families())
    sans, serif = ([name for name in wanted if name in known] for wanted in (SANS, SERIF))
    if not sans and not serif:
        raise NoFont
    return {"sans": sans or serif, "serif": serif or sans}


def source(name: str) -> Path:
    """`<app>/<name>.typ` → the file in that app's typst folder."""
    label, _, rest = name.partition("/")
    folder = Path(apps.get_app_config(label).path) / "typst"
    path = (folder / rest).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        raise NoLayout(name)
    return path


def render(name: str, data: Mapping[str, Any]) -> bytes:
    """The PDF. `data` is plain values: strings, numbers, lists, mappings."""
    written = json.dumps({**data, "fonts": families()}, ensure_ascii=False)
    pdf: bytes = typst.compile(source(name), root=ROOT, sys_inputs={"data": written}, font_paths=_fonts())
    return pdf

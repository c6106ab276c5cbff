"""Kinds of files that are taken."""

from openrenda.kernel.enums import Labelled
from openrenda.kernel.text import N_


class FileKind(Labelled):
    """By content, never by name; the value is the media type it is served with."""

    JPEG = "image/jpeg", N_("JPG 图片")
    PNG = "image/png", N_("PNG 图片")
    WEBP = "image/webp", N_("WebP 图片")
    PDF = "application/pdf", N_("PDF 文件")
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document", N_("Word 文档（docx）")
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", N_("Excel 表格（xlsx）")

    @property
    def is_image(self) -> bool:
        return self in IMAGES

    @property
    def extension(self) -> str:
        """What a name of this kind ends with."""
        return _EXTENSIONS[self]


IMAGES = frozenset({FileKind.JPEG, FileKind.PNG, FileKind.WEBP})
_EXTENSIONS = {
    FileKind.JPEG: ".jpg",
    FileKind.PNG: ".png",
    FileKind.WEBP: ".webp",
    FileKind.PDF: ".pdf",
    FileKind.DOCX: ".docx",
    FileKind.XLSX: ".xlsx",
}

"""Files to upload: pictures as phones make them, papers whole and harmful."""

import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

GPS = 0x8825
ORIENTATION = 0x0112
MAKE = 0x010F


def an_image(
    size: tuple[int, int] = (80, 60), form: str = "JPEG", *, mode: str = "RGB", exif: bool = False, turned: bool = False
) -> bytes:
    """A picture, red on its left half; `exif` adds the camera's make and a position, `turned` an orientation."""
    image = Image.new(mode, size, "blue" if mode != "P" else 0)
    image.paste(Image.new(mode, (size[0] // 2, size[1]), "red" if mode != "P" else 1), (0, 0))
    out = io.BytesIO()
    given = {"exif": _exif(turned=turned)} if exif or turned else {}
    image.save(out, form, **given)
    return out.getvalue()


def _exif(*, turned: bool) -> Image.Exif:
    exif = Image.Exif()
    exif[MAKE] = "SecretPhone"
    if turned:
        exif[ORIENTATION] = 6  # to be turned by 90°
    exif.get_ifd(GPS).update({1: "N", 2: (30.0, 46.0, 11.0), 3: "E", 4: (124.0, 36.0, 53.0)})
    return exif


PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj
xref
0 3
trailer<</Size 3/Root 1 0 R>>
startxref
96
%%EOF
"""


def a_document(main: str = "word/document.xml", **parts: str | bytes) -> bytes:
    """An office document; `parts` are further entries, `__` stands for a slash and `_dot_` for a dot."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(main, "<document/>")
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()


def an_upload(
    content: bytes | None = None, name: str = "photo.jpg", declared: str = "image/jpeg"
) -> SimpleUploadedFile:
    """The upload as a form hands it over; the declared type is whatever the browser says."""
    return SimpleUploadedFile(name, an_image() if content is None else content, declared)

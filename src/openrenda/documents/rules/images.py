"""Pictures: decoded for real and written anew, so that nothing but the picture is left."""

import io
import threading
from dataclasses import dataclass
from typing import BinaryIO

from PIL import Image, ImageCms, ImageOps

from openrenda.documents.errors import BrokenFile, TooManyPixels
from openrenda.documents.rules.limits import JPEG_PIXELS, KEPT_EDGE, OTHER_PIXELS, THUMB_EDGE
from openrenda.documents.states import FileKind

_FORMATS = {FileKind.JPEG: "JPEG", FileKind.PNG: "PNG", FileKind.WEBP: "WEBP"}
_ONE_AT_A_TIME = threading.BoundedSemaphore(1)
"""A decoded picture takes up to 200 MB; nine uploads at once must not take nine times as much."""


@dataclass(frozen=True, slots=True)
class CleanImage:
    """The picture and its small copy, as they are kept."""

    content: bytes
    thumb: bytes
    width: int
    height: int


def clean(file: BinaryIO, kind: FileKind, name: str) -> CleanImage:
    """Decode, turn upright, shrink to what a screen needs, encode again without any metadata."""
    with _ONE_AT_A_TIME:
        try:
            return _clean(file, kind, name)
        except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError) as error:
            raise BrokenFile(name=name) from error


def _clean(file: BinaryIO, kind: FileKind, name: str) -> CleanImage:
    with _opened(file, kind, name) as source:
        # A JPEG is decoded at a half, a quarter or an eighth where that is still enough.
        source.draft("RGB", (KEPT_EDGE, KEPT_EDGE))
        source.load()
        upright = _plain(ImageOps.exif_transpose(source), kind)
    upright.thumbnail((KEPT_EDGE, KEPT_EDGE))
    small = upright.copy()
    small.thumbnail((THUMB_EDGE, THUMB_EDGE))
    return CleanImage(_encoded(upright, kind), _encoded(_opaque(small), FileKind.JPEG), *upright.size)


def _opened(file: BinaryIO, kind: FileKind, name: str) -> Image.Image:
    file.seek(0)
    source = Image.open(file, formats=[_FORMATS[kind]])  # reads the header only
    width, height = source.size
    if width * height > (JPEG_PIXELS if kind is FileKind.JPEG else OTHER_PIXELS):
        source.close()
        raise TooManyPixels(name=name, width=width, height=height)
    return source


def _plain(image: Image.Image, kind: FileKind) -> Image.Image:
    """Eight bits a channel, sRGB, no palette; transparency only where the format has it. No metadata."""
    profile = image.info.get("icc_profile")
    see_through = kind is not FileKind.JPEG and image.has_transparency_data
    plain = image.convert("RGBA" if see_through else "RGB")
    if profile and image.mode in {"RGB", "RGBA"}:
        plain = _in_srgb(plain, profile)
    plain.info = {}
    return plain


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """Colours of wide-gamut phones as any screen shows them; a broken profile leaves the colours as they are."""
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        turned = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"))
    except (ImageCms.PyCMSError, OSError):
        return image
    return turned or image


def _opaque(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image
    ground = Image.new("RGB", image.size, "white")
    ground.paste(image, mask=image.getchannel("A"))
    return ground


def _encoded(image: Image.Image, kind: FileKind) -> bytes:
    out = io.BytesIO()
    if kind is FileKind.PNG:
        image.save(out, "PNG", optimize=False)
    else:
        image.save(out, _FORMATS[kind], quality=85)
    return out.getvalue()

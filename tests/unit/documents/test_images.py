"""Pictures are decoded and written anew: the picture stays, everything else goes."""

import io

import pytest
from PIL import Image

from openrenda.documents.errors import BrokenFile, TooManyPixels
from openrenda.documents.rules import images, limits
from openrenda.documents.rules.images import CleanImage
from openrenda.documents.states import FileKind
from tests.makers.documents import GPS, an_image


def cleaned(content: bytes, kind: FileKind = FileKind.JPEG) -> CleanImage:
    return images.clean(io.BytesIO(content), kind, "照片")


def opened(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


def is_red(image: Image.Image, place: tuple[int, int]) -> bool:
    red, green, blue = image.convert("RGB").getpixel(place)  # type: ignore[misc]
    return red > 180 and blue < 80 and green < 80


@pytest.mark.parametrize(("form", "kind"), [("JPEG", FileKind.JPEG), ("PNG", FileKind.PNG), ("WEBP", FileKind.WEBP)])
def test_position_and_camera_are_gone(form: str, kind: FileKind) -> None:
    dirty = an_image(form=form, exif=True)
    assert opened(dirty).getexif().get_ifd(GPS), "the maker really puts a position in"
    assert b"SecretPhone" in dirty
    found = cleaned(dirty, kind)
    for content in (found.content, found.thumb):
        assert b"SecretPhone" not in content
        assert b"Exif" not in content
        assert not dict(opened(content).getexif())
    assert opened(found.content).format == form


def test_what_was_turned_stands_upright() -> None:
    found = cleaned(an_image((80, 60), turned=True))
    image = opened(found.content)
    assert image.size == (found.width, found.height) == (60, 80)
    assert is_red(image, (30, 10)), "the left half is now on top"
    assert not is_red(image, (30, 70))


def test_comments_and_text_chunks_are_gone() -> None:
    image = Image.new("RGB", (20, 20))
    out = io.BytesIO()
    image.save(out, "JPEG", comment=b"hidden note")
    assert b"hidden note" not in cleaned(out.getvalue()).content


def test_what_hangs_behind_the_picture_is_gone() -> None:
    assert b"<?php" not in cleaned(an_image() + b"<?php system(); ?>").content


def test_transparency_and_palettes_survive() -> None:
    glass = an_image(form="PNG", mode="RGBA")
    assert opened(cleaned(glass, FileKind.PNG).content).mode == "RGBA"
    assert opened(cleaned(an_image(form="PNG", mode="P"), FileKind.PNG).content).mode == "RGB"
    assert opened(cleaned(glass, FileKind.PNG).thumb).mode == "RGB"


def test_large_pictures_are_kept_at_the_size_of_a_screen() -> None:
    found = cleaned(an_image((4000, 1000)))
    assert (found.width, found.height) == (limits.KEPT_EDGE, 750)
    assert max(opened(found.thumb).size) == limits.THUMB_EDGE


@pytest.mark.parametrize("cut", [30, 200, 600])
def test_a_truncated_picture_is_refused(cut: int) -> None:
    with pytest.raises(BrokenFile):
        cleaned(an_image()[:cut])


def test_a_wrong_kind_is_refused() -> None:
    with pytest.raises(BrokenFile):
        cleaned(an_image(form="PNG"), FileKind.JPEG)


def test_a_decompression_bomb_is_refused_before_it_is_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = an_image((2000, 1000), "PNG")  # two million pixels in some kilobytes
    assert len(bomb) < 20_000
    monkeypatch.setattr(images, "OTHER_PIXELS", 1_999_999)
    monkeypatch.setattr(Image.Image, "load", lambda self: pytest.fail("decoded"))
    with pytest.raises(TooManyPixels) as refused:
        cleaned(bomb, FileKind.PNG)
    assert refused.value.params["width"] == 2000


def test_a_bomb_beyond_pillows_own_limit_is_refused_in_words() -> None:
    header = bytearray(an_image((8, 8), "PNG"))
    header[16:24] = (60000).to_bytes(4, "big") * 2  # says it is 60000 × 60000; the check sum is wrong as well
    with pytest.raises((TooManyPixels, BrokenFile)):
        cleaned(bytes(header), FileKind.PNG)

"""What is kept of a photo is the picture and nothing else; what is no picture is refused."""

import zlib
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from fieldlog.core.photo import LONGEST_SIDE, MOST_PIXELS, SMALL_SIDE
from fieldlog.services.open_photo import NO_PICTURE, TOO_LARGE, NotAPhoto, open_photo
from tests.pictures import MAKER, a_photo, opened, turned


def test_it_keeps_the_picture_and_nothing_of_the_camera():
    content = a_photo()
    assert MAKER in content
    kept = open_photo(content)
    image = opened(kept.jpeg)
    assert (kept.width, kept.height) == image.size == (64, 48)
    assert MAKER not in kept.jpeg
    assert not image.getexif()
    assert image.getpixel((5, 20)) == pytest.approx((255, 255, 255), abs=6)
    assert image.getpixel((60, 20)) == pytest.approx((0, 128, 128), abs=6)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_it_takes_what_phones_make(form):
    assert opened(open_photo(a_photo(form=form)).jpeg).format == "JPEG"


def test_it_shrinks_what_is_larger_than_a_screen():
    kept = open_photo(a_photo(2400, 1800))
    assert (kept.width, kept.height) == (LONGEST_SIDE, 1200)
    assert opened(kept.small).size == (SMALL_SIDE, 180)


def test_it_stands_upright_however_the_camera_was_held():
    kept = open_photo(turned(a_photo(), 6))
    assert (kept.width, kept.height) == (48, 64)
    assert opened(kept.jpeg).getpixel((24, 5)) == pytest.approx((255, 255, 255), abs=6)


def test_what_is_see_through_stands_on_white():
    written = BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(written, "PNG")
    assert opened(open_photo(written.getvalue()).jpeg).getpixel((4, 4)) == (255, 255, 255)


def a_gif() -> bytes:
    written = BytesIO()
    Image.new("L", (8, 8)).save(written, "GIF")
    return written.getvalue()


@pytest.mark.parametrize(
    "content",
    [b"", b"%PDF-1.7 not a photo", b"<svg xmlns='http://www.w3.org/2000/svg'/>", a_gif()],
    ids=["nothing", "a PDF", "a drawing", "a GIF"],
)
def test_it_refuses_what_is_no_photo(content):
    with pytest.raises(NotAPhoto, match="JPEG, PNG or WebP"):
        open_photo(content)


def png_that_says(width: int, height: int) -> bytes:
    """A PNG of a few bytes that would unpack into width × height."""

    def chunk(name: bytes, data: bytes) -> bytes:
        whole = name + data
        return len(data).to_bytes(4) + whole + zlib.crc32(whole).to_bytes(4)

    header = width.to_bytes(4) + height.to_bytes(4) + bytes([8, 2, 0, 0, 0])
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(100)))
    return b"\x89PNG\r\n\x1a\n" + body + chunk(b"IEND", b"")


@pytest.mark.parametrize("side", [5_100, 7_200, 12_000, 60_000])
def test_it_refuses_what_would_fill_the_memory(side):
    assert side * side > MOST_PIXELS / 2
    with pytest.raises(NotAPhoto) as refused:
        open_photo(png_that_says(side, side))
    assert str(refused.value) == TOO_LARGE


def test_it_refuses_a_picture_that_would_be_drawn_for_minutes():
    content = a_photo()
    many = content[:-2] + b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" * 5_000 + content[-2:]
    with pytest.raises(NotAPhoto) as refused:
        open_photo(many)
    assert str(refused.value) == NO_PICTURE


WHOLE = [a_photo(form=form) for form in ("JPEG", "PNG", "WEBP")]


@settings(max_examples=60)
@given(
    content=st.sampled_from(WHOLE),
    changes=st.lists(st.tuples(st.integers(0, 4_000), st.binary(min_size=1, max_size=4))),
    cut=st.integers(0, 4_000),
)
def test_a_damaged_file_is_a_photo_or_is_refused_and_nothing_else(content, changes, cut):
    damaged = bytearray(content)
    for place, instead in changes:
        at = place % len(damaged)
        damaged[at : at + len(instead)] = instead
    try:
        kept = open_photo(bytes(damaged[: max(20, cut)]))
    except NotAPhoto:
        return
    assert opened(kept.jpeg).size == (kept.width, kept.height)

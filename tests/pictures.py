"""Photos as cameras and careless programs make them, for tests."""

from hashlib import sha256
from io import BytesIO
from typing import Any

from PIL import Image

from fieldlog.core.base64url import to_base64url
from tests.phones import Record, an_id

TAKEN_AT = "2020-12-05T21:37:30Z"
MAKER = b"Marlbridge Cameras"
"""What a camera writes into its files, beside the place and the time."""


def a_photo(width: int = 64, height: int = 48, colour: str = "teal", form: str = "JPEG") -> bytes:
    """A picture with the camera's name and its place in it; the left third is white."""
    image = Image.new("RGB", (width, height), colour)
    image.paste("white", (0, 0, width // 3, height))
    exif = Image.Exif()
    exif[0x010F] = MAKER.decode()
    exif.get_ifd(0x8825)[1] = "N"
    written = BytesIO()
    image.save(written, form, exif=exif)
    return written.getvalue()


def turned(content: bytes, orientation: int) -> bytes:
    """The same file, said to be taken with the camera held another way."""
    image = Image.open(BytesIO(content))
    exif = Image.Exif()
    exif[0x0112] = orientation
    written = BytesIO()
    image.save(written, "JPEG", exif=exif)
    return written.getvalue()


def opened(jpeg: bytes) -> Image.Image:
    image = Image.open(BytesIO(jpeg))
    image.load()
    return image


def photo_record(
    of: Record, position: int = 1, content: bytes | None = None, **more: Any
) -> Record:
    """A photo of an entry as a phone sends it, not sealed."""
    content = a_photo() if content is None else content
    return {
        "id": an_id(),
        "type": "photo",
        "entry_id": of["id"],
        "captured_at": TAKEN_AT,
        "officer_id": of["officer_id"],
        "position": position,
        "sha256": sha256(content).hexdigest(),
        "bytes": to_base64url(content),
    } | more

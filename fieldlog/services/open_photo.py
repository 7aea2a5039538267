"""Open what is said to be a photo and make a picture of it that is safe to keep and to show.

What is kept is drawn anew: where and when it was taken, by which camera, and whatever else may hide
in a file stays behind. Pictures that would unpack into more memory than a camera's are refused
before they are unpacked, and only one is unpacked at a time.
"""

import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING

from fieldlog.core.photo import LONGEST_SIDE, MOST_PIXELS, SMALL_SIDE, Picture

if TYPE_CHECKING:
    from PIL.Image import Image

FORMATS = ("JPEG", "PNG", "WEBP")
CAMERAS_MAKE = {"JPEG", "MPO"}
QUALITY = 75
START_OF_SCAN = b"\xff\xda"
MOST_SCANS = 100
"""A camera makes one scan, a progressive JPEG about ten; thousands of them take minutes."""

NO_PICTURE = "This is not a photo that fieldlog can open. Choose a JPEG, PNG or WebP picture."
TOO_LARGE = "This photo has too many pixels. Choose a smaller one."

_one_at_a_time = Lock()


class NotAPhoto(Exception):
    """It cannot be kept as a photo; the message says why, for the screen."""


def open_photo(content: bytes) -> Picture:
    """Return the picture in ``content``, at most 1600 pixels on its longer side.

    Raises NotAPhoto.
    """
    # Loaded here: commands that never see a photo need not wait for it.
    from PIL import Image

    if content.count(START_OF_SCAN) > MOST_SCANS:
        raise NotAPhoto(NO_PICTURE)
    try:
        with _one_at_a_time, _quiet(), Image.open(BytesIO(content), formats=FORMATS) as found:
            # A JPEG is unpacked at a half, a quarter or an eighth; others only as they are.
            most = MOST_PIXELS if found.format in CAMERAS_MAKE else MOST_PIXELS // 2
            if found.width * found.height > most:
                raise NotAPhoto(TOO_LARGE)
            return _picture(_upright(found))
    except Image.DecompressionBombError as error:
        raise NotAPhoto(TOO_LARGE) from error
    except (
        *(OSError, SyntaxError, ValueError, TypeError, EOFError, LookupError, ArithmeticError),
        *(AttributeError, struct.error, zlib.error, MemoryError),
    ) as error:
        # Damaged files raise nearly everything there is.
        raise NotAPhoto(NO_PICTURE) from error


@contextmanager
def _quiet() -> Iterator[None]:
    """Pillow warns of damage beside the picture, which does not matter: it stays behind."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _upright(found: "Image") -> "Image":
    from PIL import ImageOps

    # As small as it may be unpacked, which ``thumbnail`` by itself would not ask for.
    found.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    found.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return ImageOps.exif_transpose(found)


def _picture(image: "Image") -> Picture:
    whole = _on_white(image)
    small = whole.copy()
    small.thumbnail((SMALL_SIDE, SMALL_SIDE))
    return Picture(_jpeg(whole), _jpeg(small), whole.width, whole.height)


def _on_white(image: "Image") -> "Image":
    """Return the image in plain colours; what is see-through stands on white."""
    from PIL import Image

    if "A" not in image.getbands() and "transparency" not in image.info:
        return image.convert("RGB")
    layer = image.convert("RGBA")
    paper = Image.new("RGBA", layer.size, "white")
    return Image.alpha_composite(paper, layer).convert("RGB")


def _jpeg(image: "Image") -> bytes:
    from PIL import Image

    # A fresh image carries nothing of the old file: no EXIF, no comment, no colour profile.
    bare = Image.new("RGB", image.size)
    bare.paste(image)
    written = BytesIO()
    bare.save(written, "JPEG", quality=QUALITY, optimize=True)
    return written.getvalue()

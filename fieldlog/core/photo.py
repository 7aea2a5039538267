"""What a photo is: one to four of them may belong to an entry."""

from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from uuid import UUID

MOST_PHOTOS = 4
LONGEST_SIDE = 1600
"""Pixels: what is larger is made smaller, on the phone or else on the server."""

SMALL_SIDE = 240
"""Pixels of the small copy that a page shows until somebody opens the photo."""

MOST_PIXELS = 50_000_000
"""What a phone's camera makes as a JPEG; more is refused before it is unpacked."""

LARGEST_FROM_PHONE = 1_000_000
"""Bytes of a photo that a phone has shrunk."""

ENOUGH_FROM_PHONE = 500_000
"""Bytes that a phone aims at when it shrinks a photo."""

LARGEST_UPLOAD = 12 * 1024 * 1024
"""Bytes of a photo as a camera made it, sent by a page that cannot shrink it."""


@dataclass(frozen=True)
class SentPhoto:
    """A photo as it was sent. ``position`` is from 1; ``said_sha256`` what its sender says it is.

    Without ``said_sha256`` nobody has said it.
    """

    position: int
    content: bytes = field(repr=False)
    said_sha256: str = ""

    @property
    def sha256(self) -> str:
        """The SHA-256 (hex) of what arrived."""
        return sha256(self.content).hexdigest()

    @property
    def is_whole(self) -> bool:
        """Whether what arrived is what was sent, as far as the sender said."""
        return self.said_sha256 in {"", self.sha256}


@dataclass(frozen=True)
class Picture:
    """A photo that is safe to keep and to show: a JPEG with nothing in it but the picture."""

    jpeg: bytes = field(repr=False)
    small: bytes = field(repr=False)
    width: int
    height: int

    @property
    def sha256(self) -> str:
        """The SHA-256 (hex) of the JPEG."""
        return sha256(self.jpeg).hexdigest()


@dataclass(frozen=True)
class Photo:
    """What is known of a photo of an entry. Aware UTC moments.

    ``captured_at`` is when it was taken by the phone's clock, None where nobody knows.
    ``sent_sha256`` is of what came, ``sha256`` of the picture that is kept, both in hex.
    """

    id: UUID
    entry_id: UUID
    position: int
    officer_id: int | None
    captured_at: datetime | None
    received_at: datetime
    recorded_by: int | None
    width: int
    height: int
    bytes: int
    sent_sha256: str
    sha256: str

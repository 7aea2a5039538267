"""Photos of entries: once added they stay, also where their entry is amended or struck."""

from collections.abc import Collection, Iterator
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlite_utils import Database

from fieldlog.core.night import from_utc_text, moment_or_none, utc_text, utc_text_or_none
from fieldlog.core.photo import Photo, Picture

_COLUMNS = (
    "id, entry_id, position, officer_id, captured_at, received_at, recorded_by, width, height, "
    "bytes, sent_sha256, sha256"
)


def add_photo(db: Database, photo: Photo, picture: Picture) -> None:
    """Keep a photo with its picture. Call in a write transaction.

    Raises sqlite3.IntegrityError if the id is taken or the entry is not there.
    """
    db.conn.execute(
        f"INSERT INTO photos ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            str(photo.id),
            str(photo.entry_id),
            photo.position,
            photo.officer_id,
            utc_text_or_none(photo.captured_at),
            utc_text(photo.received_at),
            photo.recorded_by,
            photo.width,
            photo.height,
            photo.bytes,
            photo.sent_sha256,
            photo.sha256,
        ],
    )
    db.conn.execute(
        "INSERT INTO photo_pictures (photo_id, jpeg, small) VALUES (?, ?, ?)",
        [str(photo.id), picture.jpeg, picture.small],
    )


def get_photo(db: Database, photo_id: UUID) -> Photo | None:
    """Return what is known of a photo, or None."""
    row = db.execute(f"SELECT {_COLUMNS} FROM photos WHERE id = ?", [str(photo_id)]).fetchone()
    return _photo(row) if row else None


def photos_of(db: Database, entry_id: UUID) -> list[Photo]:
    """Return the photos of an entry in their order."""
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM photos WHERE entry_id = ? ORDER BY position, received_at, id",
        [str(entry_id)],
    )
    return [_photo(row) for row in rows]


def count_photos(db: Database, entry_ids: Collection[str]) -> dict[str, int]:
    """Return how many photos each of these entries has; those without are left out."""
    marks = ", ".join("?" for _ in entry_ids)
    return dict(
        db.execute(
            f"SELECT entry_id, count(*) FROM photos WHERE entry_id IN ({marks}) GROUP BY entry_id",
            list(entry_ids),
        ).fetchall()
    )


def jpeg_of(db: Database, photo_id: UUID, *, small: bool) -> bytes:
    """Return the picture of a photo that is there, whole or small. Raises LookupError."""
    column = "small" if small else "jpeg"
    row = db.execute(
        f"SELECT {column} FROM photo_pictures WHERE photo_id = ?", [str(photo_id)]
    ).fetchone()
    if row is None:
        raise LookupError(f"Photo {photo_id} has no picture")
    return bytes(row[0])


def photos_are_whole(db: Database) -> Iterator[str]:
    """Compare every picture that nobody removed with the hash taken when it arrived."""
    rows = db.execute(
        "SELECT photos.id, sha256, bytes, jpeg FROM photos "
        "LEFT JOIN photo_pictures ON photo_pictures.photo_id = photos.id "
        "WHERE photos.id NOT IN (SELECT ref FROM disposed WHERE kind = 'photo')"
    )
    for photo_id, expected, size, jpeg in rows:
        if jpeg is None:
            yield f"Photo {photo_id} has no picture."
        elif len(jpeg) != size or sha256(jpeg).hexdigest() != expected:
            yield f"Photo {photo_id} is not what arrived."


def _photo(row: tuple[Any, ...]) -> Photo:
    return Photo(
        id=UUID(row[0]),
        entry_id=UUID(row[1]),
        position=row[2],
        officer_id=row[3],
        captured_at=moment_or_none(row[4]),
        received_at=from_utc_text(row[5]),
        recorded_by=row[6],
        width=row[7],
        height=row[8],
        bytes=row[9],
        sent_sha256=row[10],
        sha256=row[11],
    )

"""See the photos of an entry; whoever opens another officer's photo is noted."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from fieldlog.core.log import LogLine
from fieldlog.core.photo import Photo
from fieldlog.store import photos
from fieldlog.store.audit import add_to_audit
from fieldlog.store.connection import Database, write_transaction

__all__ = ["Photo", "open_whole", "photo_counts", "photos_of", "small_copy"]


def photos_of(db: Database, entry_id: UUID) -> list[Photo]:
    """Return the photos of an entry in their order."""
    return photos.photos_of(db, entry_id)


def photo_counts(db: Database, lines: Iterable[LogLine]) -> dict[str, int]:
    """Return how many photos entries have, by their ids; those without are left out."""
    return photos.count_photos(db, [line.id for line in lines])


def small_copy(db: Database, photo: Photo) -> bytes:
    """Return the small JPEG of a photo."""
    return photos.jpeg_of(db, photo.id, small=True)


def open_whole(db: Database, photo: Photo, *, by: int, now: datetime) -> bytes:
    """Return the whole JPEG of a photo; ``by`` is the officer who opens it."""
    if by != photo.officer_id:
        with write_transaction(db):
            add_to_audit(db, "photo opened", at=now, officer_id=by, about=str(photo.id))
    return photos.jpeg_of(db, photo.id, small=False)

"""Add photos to an entry, with its form or later: one to four, each of them once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from fieldlog.core.entry import Entry
from fieldlog.core.photo import LARGEST_UPLOAD, MOST_PHOTOS, Photo, Picture, SentPhoto
from fieldlog.core.rules import Problem, Refused
from fieldlog.services.open_photo import NotAPhoto, open_photo
from fieldlog.services.record_entry import Recorded, record_within
from fieldlog.store import photos
from fieldlog.store.connection import Database, write_transaction
from fieldlog.store.lists import load_lists

DAMAGED = "This photo was damaged on its way: it is not what the phone sent."
TOO_MANY = f"An entry has at most {MOST_PHOTOS} photos."
TOO_LARGE = f"It is larger than {LARGEST_UPLOAD // (1024 * 1024)} MB. Choose a smaller one."


@dataclass(frozen=True)
class Added:
    """A photo to be added: under which id, as it came and as it is kept.

    ``captured_at`` is when it was taken by the phone's clock, None where nobody knows.
    """

    id: UUID
    sent: SentPhoto
    picture: Picture
    captured_at: datetime | None = None


def opened_whole(sent: SentPhoto) -> Picture:
    """Return the picture of a photo that arrived as it was sent. Raises Refused."""
    if not sent.is_whole:
        raise _refused(DAMAGED)
    try:
        return open_photo(sent.content)
    except NotAPhoto as error:
        raise _refused(str(error)) from error


def opened_uploads(entry_id: UUID, contents: Sequence[bytes]) -> list[Added]:
    """Return the photos of an uploaded form, each named after what is in it.

    The same form sent twice names them the same. Raises Refused.
    """
    if len(contents) > MOST_PHOTOS:
        raise _refused(f"Choose at most {MOST_PHOTOS} photos; these are {len(contents)}.")
    found = {}
    for place, content in enumerate(contents, 1):
        sent = SentPhoto(place, content)
        name = uuid5(entry_id, sent.sha256)
        if name not in found:
            found[name] = Added(name, sent, _opened_upload(sent))
    return list(found.values())


def _opened_upload(sent: SentPhoto) -> Picture:
    try:
        if len(sent.content) > LARGEST_UPLOAD:
            raise NotAPhoto(TOO_LARGE)
        return open_photo(sent.content)
    except NotAPhoto as error:
        raise _refused(f"Photo {sent.position}: {error}") from error


def record_with_photos(
    db: Database, entry: Entry, added: Sequence[Added], *, by: int, now: datetime
) -> Recorded:
    """Store an entry with its photos, all or nothing; see ``record_entry``."""
    with write_transaction(db):
        outcome = record_within(db, entry, load_lists(db), by=by, now=now)
        if outcome is not Recorded.CONFLICT:
            _add(db, entry.id, added, by, now)
    return outcome


def add_photos(
    db: Database, entry_id: UUID, added: Sequence[Added], *, by: int, now: datetime
) -> None:
    """Add photos to an entry that is there. Raises Refused for more than four in all."""
    with write_transaction(db):
        _add(db, entry_id, added, by, now)


def _add(db: Database, entry_id: UUID, added: Sequence[Added], by: int, now: datetime) -> None:
    for one in added:
        photo_within(db, entry_id, one, officer_id=by, by=by, now=now)


def photo_within(
    db: Database, entry_id: UUID, added: Added, *, officer_id: int, by: int | None, now: datetime
) -> Recorded:
    """Add one photo inside a write transaction that is already open.

    ``officer_id`` is who took it, ``by`` who answers for it. Another photo under the same id is a
    ``CONFLICT`` and the first stays. Raises Refused for a fifth photo.
    """
    stored = photos.get_photo(db, added.id)
    if stored:
        same = stored.entry_id == entry_id and stored.sent_sha256 == added.sent.sha256
        return Recorded.ALREADY_STORED if same else Recorded.CONFLICT
    if len(photos.photos_of(db, entry_id)) >= MOST_PHOTOS:
        raise _refused(TOO_MANY)
    picture = added.picture
    photo = Photo(
        id=added.id,
        entry_id=entry_id,
        position=added.sent.position,
        officer_id=officer_id,
        captured_at=added.captured_at,
        received_at=now,
        recorded_by=by,
        width=picture.width,
        height=picture.height,
        bytes=len(picture.jpeg),
        sent_sha256=added.sent.sha256,
        sha256=picture.sha256,
    )
    photos.add_photo(db, photo, picture)
    return Recorded.STORED


def _refused(message: str) -> Refused:
    return Refused((Problem("photos", message),))

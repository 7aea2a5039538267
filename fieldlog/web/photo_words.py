"""Photos of an entry in the words of the screen."""

from typing import Any
from uuid import UUID

from flask import url_for

from fieldlog.core.night import says_moment, says_time, to_uk
from fieldlog.services.apply_retention import removal_of, says_removed
from fieldlog.services.see_photo import Photo, photos_of
from fieldlog.store.connection import Database


def photos_shown(db: Database, entry_id: UUID) -> list[dict[str, Any]]:
    """Return what a page shows of each photo: where it is, when it was taken, its size."""
    found = photos_of(db, entry_id)
    return [
        {
            "alt": f"Photo {place} of {len(found)}, {_when(photo)}",
            "caption": _when(photo).replace("taken", "Taken").replace("added", "Added"),
            "small": _address("photos.small", photo),
            "whole": _address("photos.whole", photo),
            "removed": says_photo_removed(db, photo),
        }
        for place, photo in enumerate(found, 1)
    ]


def says_photo_removed(db: Database, photo: Photo) -> str:
    """Return when and why the picture of a photo was removed; empty where it is there."""
    removed = removal_of(db, "photo", str(photo.id))
    return says_removed("The picture was", removed) if removed else ""


def _address(endpoint: str, photo: Photo) -> str:
    return url_for(endpoint, entry_id=photo.entry_id, photo_id=photo.id)


def _when(photo: Photo) -> str:
    """The time alone where it came on the day it was taken."""
    if photo.captured_at is None:
        return f"added {says_moment(photo.received_at)}"
    same_day = to_uk(photo.captured_at).date() == to_uk(photo.received_at).date()
    return f"taken {(says_time if same_day else says_moment)(photo.captured_at)}"

"""Photos of an entry: seen by those who may see the entry, and added to it later."""

from uuid import UUID

from flask import Blueprint, Response, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from fieldlog.core.night import to_uk
from fieldlog.core.rules import Refused
from fieldlog.services.add_photos import add_photos, opened_uploads
from fieldlog.services.see_photo import Photo, open_whole, photos_of, small_copy
from fieldlog.web.access import open_to
from fieldlog.web.entries import entry_shown, lines_of
from fieldlog.web.entry_page import NOT_ACCEPTED
from fieldlog.web.errors import Said, error_page
from fieldlog.web.forms.photos import LARGEST_FORM, PhotosForm
from fieldlog.web.forms.strike import StrikeForm
from fieldlog.web.photo_words import says_photo_removed
from fieldlog.web.sizes import takes_up_to
from fieldlog.web.surroundings import database, now, person
from fieldlog.web.tonight import THOSE_WHO_LOG

bp = Blueprint("photos", __name__)

GONE = 410


@bp.get("/entries/<uuid:entry_id>/photos/<uuid:photo_id>")
@open_to(*THOSE_WHO_LOG)
def whole(entry_id: UUID, photo_id: UUID) -> ResponseReturnValue:
    """One photo, as large as it is kept."""
    photo, place = _photo(entry_id, photo_id)
    content = open_whole(database(), photo, by=person().officer_id, now=now())
    return picture(content, f"fieldlog-{to_uk(photo.received_at):%Y-%m-%d}-photo-{place}.jpg")


@bp.get("/entries/<uuid:entry_id>/photos/<uuid:photo_id>/small")
@open_to(*THOSE_WHO_LOG)
def small(entry_id: UUID, photo_id: UUID) -> ResponseReturnValue:
    """The small copy that the entry's page shows."""
    photo, place = _photo(entry_id, photo_id)
    return picture(small_copy(database(), photo), f"small-{place}.jpg")


@bp.post("/entries/<uuid:entry_id>/photos")
@open_to(*THOSE_WHO_LOG)
@takes_up_to(LARGEST_FORM)
def add(entry_id: UUID) -> ResponseReturnValue:
    """Add photos to an entry that is recorded."""
    lines = lines_of(entry_id)
    form = PhotosForm()
    contents = form.contents()
    if not contents:
        form.wrong("Choose at least one photo.")
    else:
        try:
            added = opened_uploads(entry_id, contents)
            add_photos(database(), entry_id, added, by=person().officer_id, now=now())
        except Refused as refused:
            form.wrong(str(refused))
    if form.photos.errors:
        strike = StrikeForm(formdata=None, seen_version=lines[-1].version)
        return entry_shown(lines, strike, NOT_ACCEPTED, form)
    flash("1 photo added" if len(contents) == 1 else f"{len(contents)} photos added", "success")
    return redirect(url_for("entries.show", entry_id=entry_id), 303)


def picture(content: bytes, name: str) -> Response:
    """Return a JPEG that a browser shows and keeps no copy of."""
    answer = Response(content, mimetype="image/jpeg")
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


def _photo(entry_id: UUID, photo_id: UUID) -> tuple[Photo, int]:
    """Return a photo of an entry that the person may see, and its place among the others."""
    lines_of(entry_id)
    found = {one.id: (one, n) for n, one in enumerate(photos_of(database(), entry_id), 1)}
    photo, place = found.get(photo_id) or abort(404)
    removed = says_photo_removed(database(), photo)
    if removed:
        abort(error_page(GONE, Said("This photo was removed", (f"{removed}.",))))
    return photo, place

"""Log something new: one form for each kind of entry, saved once however often it is sent."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from fieldlog.core.entry import Entry
from fieldlog.core.log import LogLine
from fieldlog.core.night import from_utc_text, utc_text
from fieldlog.core.rules import CLOCK_TOLERANCE, Refused
from fieldlog.core.words import EntryKind
from fieldlog.services.add_photos import Added, opened_uploads, record_with_photos
from fieldlog.services.doubt_entry import doubts_about
from fieldlog.services.preview_entry import preview_entry
from fieldlog.services.read_entries import versions_of
from fieldlog.services.record_entry import Recorded
from fieldlog.store.connection import StorageBusy, StorageFull
from fieldlog.web.access import open_to
from fieldlog.web.entry_besides import begin_with
from fieldlog.web.entry_page import CONFLICT, NOT_ACCEPTED, EntryPage, entry_page
from fieldlog.web.entry_words import differences, kebab
from fieldlog.web.forms.entry_filling import offer_capacities, offer_law, start
from fieldlog.web.forms.photos import CHOOSE_AGAIN, LARGEST_FORM, PhotosForm
from fieldlog.web.kept import FILES_LEFT_OUT
from fieldlog.web.on_duty import on_duty, remember
from fieldlog.web.sizes import takes_up_to
from fieldlog.web.surroundings import database, now, person
from fieldlog.web.tonight import THOSE_WHO_LOG

bp = Blueprint("entry_form", __name__)

KINDS = {kebab(kind): kind for kind in EntryKind}
TITLES = {"warned": "Warning"}


@bp.route("/entries/new/<kind>", methods=["GET", "POST"])
@open_to(*THOSE_WHO_LOG)
@takes_up_to(LARGEST_FORM)
def new(kind: str) -> ResponseReturnValue:
    """The form of one kind; sent, it is stored once and the officer is back on Tonight."""
    if kind not in KINDS:
        abort(404)
    opened_at = _opened_at() if request.method == "POST" else now()
    duty = on_duty(database(), opened_at)
    page = entry_page(KINDS[kind], opened_at, duty.night)
    offer_capacities(page.form, _held(page), page.kind)
    first = request.args.get("first", "")
    page.told = {
        "title": TITLES.get(first, KINDS[kind].label),
        "first": first,
        "duty": duty,
        "on_duty": duty.header,
        "ask_operation": duty.ask,
        "photos": PhotosForm(),
    }
    if request.method == "POST":
        return _save(page)
    start(page.form, uuid4(), opened_at)
    if duty.chosen:
        page.form.deployment.data = str(duty.chosen.id)
    begin_with(page.form, page.tasks, request.args.get("task", ""))
    if page.kind is EntryKind.NOTICE:
        offer_law(page.form, page.lists, request.args.get("law", ""))
    return page.show()


def _held(page: EntryPage) -> frozenset[str] | None:
    post = person().post
    return page.lists.powers.get(post, frozenset()) if post else None


def _opened_at() -> datetime:
    """When the form was opened, as it says itself; now, if it says a moment that is yet to come."""
    try:
        opened_at = from_utc_text(request.form.get("opened_at", ""))
    except ValueError:
        return now()
    return opened_at if opened_at <= now() + CLOCK_TOLERANCE else now()


def _save(page: EntryPage) -> ResponseReturnValue:
    entry = page.read(_base(page))
    added = _photos(page, entry)
    if entry is None or added is None:
        return page.show(NOT_ACCEPTED)
    try:
        who, moment = person().officer_id, now()
        outcome = record_with_photos(database(), entry, added, by=who, now=moment)
    except Refused as refused:
        return page.refused(refused)
    except (StorageFull, StorageBusy) as error:
        return page.not_stored(error)
    if outcome is Recorded.CONFLICT:
        return _both(page, entry)
    if page.told["ask_operation"] and entry.deployment_id:
        remember(database(), str(entry.deployment_id), now())
    if outcome is Recorded.STORED:
        _say_doubts(page, entry)
    return _saved(entry)


def _saved(entry: Entry) -> ResponseReturnValue:
    if request.form.get(FILES_LEFT_OUT):
        flash("Saved without its photos: add them below.", "info")
        return redirect(url_for("entries.show", entry_id=entry.id), 303)
    return redirect(url_for("tonight.show", saved=entry.id), 303)


def _photos(page: EntryPage, entry: Entry | None) -> list[Added] | None:
    """Return the photos that came with the form, or None where one of them is none."""
    form: PhotosForm = page.told["photos"]
    if form.photos.data:
        # For the page, should the form come back: browsers keep no files.
        form.wrong(CHOOSE_AGAIN)
    if entry is None:
        return None
    try:
        return opened_uploads(entry.id, form.contents())
    except Refused as refused:
        form.wrong(str(refused))
        return None


def _base(page: EntryPage) -> Entry:
    """The entry before anything is said. An id that is none is replaced: nothing was stored."""
    try:
        entry_id = UUID(page.form.id.data or "")
    except ValueError:
        entry_id = uuid4()
        page.form.id.data = str(entry_id)
    page.form.opened_at.data = utc_text(page.moment)
    who = person()
    return Entry(
        id=entry_id,
        kind=page.kind,
        happened_at=page.moment,
        captured_at=now(),
        night_of=page.night,
        officer_id=who.officer_id,
        agency_id=who.agency_id,
    )


def _say_doubts(page: EntryPage, entry: Entry) -> None:
    line = versions_of(database(), entry.id)[-1]
    told = page.premises() is not None
    for doubt in doubts_about(database(), line, page.lists, visits=not told):
        flash(doubt, "info")


def _both(page: EntryPage, entry: Entry) -> ResponseReturnValue:
    """Show what is stored under the form's id beside what it says now; it may be saved anew."""
    stored = versions_of(database(), entry.id)[-1]
    anew = uuid4()
    page.form.id.data = str(anew)
    page.told["conflict"] = {"stored": None, "differences": []}
    if stored.officer_id == person().officer_id:
        page.form.seen_version.data = str(stored.version)
        page.told["entry_id"] = stored.id
        page.told["conflict"] = _conflict(page, stored, replace(entry, id=anew))
    return page.show(CONFLICT)


def _conflict(page: EntryPage, stored: LogLine, entry: Entry) -> dict[str, object]:
    draft = preview_entry(database(), entry, page.lists, now())
    return {
        "stored": stored,
        "differences": differences(stored, draft, page.lists),
        "amend": url_for("amendments.amend", entry_id=stored.id),
        "show": url_for("entries.show", entry_id=stored.id),
    }

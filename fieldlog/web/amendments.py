"""Amend an entry, strike it out or take it back at once: always a new version of it."""

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from fieldlog.core.entry import Entry
from fieldlog.core.log import LogLine
from fieldlog.core.night import says_time
from fieldlog.core.rules import Refused
from fieldlog.services.amend_entry import AmendedMeanwhile, UnknownEntry, amend_entry, strike_entry
from fieldlog.services.note_consultation import note_opened
from fieldlog.services.preview_entry import preview_entry
from fieldlog.services.read_entries import version_of, versions_of
from fieldlog.services.undo_entry import TooLate, undo_entry
from fieldlog.store.connection import StorageBusy, StorageFull
from fieldlog.web.access import open_to
from fieldlog.web.entries import entry_shown, lines_of
from fieldlog.web.entry_page import CONFLICT, NOT_ACCEPTED, EntryPage, entry_page
from fieldlog.web.entry_words import Row, differences, happened, name_of
from fieldlog.web.filters import read_number
from fieldlog.web.forms.entry_fields import add_error
from fieldlog.web.forms.entry_filling import fill
from fieldlog.web.forms.strike import StrikeForm
from fieldlog.web.on_duty import on_duty
from fieldlog.web.problems import show_problems
from fieldlog.web.surroundings import database, now, person
from fieldlog.web.tonight import THOSE_WHO_LOG

bp = Blueprint("amendments", __name__)


@bp.route("/entries/<uuid:entry_id>/amend", methods=["GET", "POST"])
@open_to(*THOSE_WHO_LOG)
def amend(entry_id: UUID) -> ResponseReturnValue:
    """The entry's form, filled; sent with a reason it is the entry's next version."""
    lines = lines_of(entry_id)
    number = _seen(request.form.get("seen_version", ""), lines)
    base = version_of(database(), entry_id, number)
    if base is None:
        abort(404)
    page = entry_page(base.kind, base.happened_at, base.night_of, base)
    _tell(page, lines[-1])
    if request.method == "POST":
        return _save(page, base, number)
    note_opened(database(), lines[-1], by=person().officer_id, now=now())
    fill(page.form, base, lines[-1].premises, number)
    return page.show()


def _seen(text: str, lines: Sequence[LogLine]) -> int:
    """Number of the version the person had before them; the one in force if they say none."""
    try:
        number = read_number(text)
    except ValueError:
        return lines[-1].version
    return number if 1 <= number <= lines[-1].version else lines[-1].version


def _tell(page: EntryPage, line: LogLine) -> None:
    page.told = {
        "title": f"Amend {name_of(line)}",
        "first": "",
        "amending": line,
        "entry_id": line.id,
        "on_duty": on_duty(database(), now()).header,
        "happened": happened(line),
        "ask_operation": False,
    }


def _save(page: EntryPage, base: Entry, number: int) -> ResponseReturnValue:
    changed = page.read(base)
    if changed is None:
        return page.show(NOT_ACCEPTED)
    if not base.struck and not _differences(page, base, changed):
        page.form.form_errors.append("Nothing is changed yet. Change something, or go back.")
        return page.show(NOT_ACCEPTED)
    try:
        amend_entry(
            database(),
            changed,
            reason=page.form.reason.data or "",
            seen_version=number,
            by=person().officer_id,
            now=now(),
        )
    except Refused as refused:
        return page.refused(refused)
    except AmendedMeanwhile:
        return _meanwhile(page, changed)
    except (StorageFull, StorageBusy) as error:
        return page.not_stored(error)
    flash(f"Amended {says_time(now())}", "success")
    return redirect(url_for("entries.show", entry_id=base.id), 303)


def _differences(page: EntryPage, one: Entry, other: Entry) -> list[Row]:
    before = preview_entry(database(), one, page.lists, now())
    after = preview_entry(database(), other, page.lists, now())
    return differences(before, after, page.lists)


def _meanwhile(page: EntryPage, changed: Entry) -> ResponseReturnValue:
    """Show the newer version beside what was typed; saving again puts this one on top."""
    newest = versions_of(database(), changed.id)[-1]
    page.form.seen_version.data = str(newest.version)
    stored = version_of(database(), changed.id, newest.version)
    page.told["meanwhile"] = {
        "line": newest,
        "differences": _differences(page, stored, changed) if stored else [],
    }
    return page.show(CONFLICT)


@bp.post("/entries/<uuid:entry_id>/strike")
@open_to(*THOSE_WHO_LOG)
def strike(entry_id: UUID) -> ResponseReturnValue:
    """Strike an entry out with a reason; it stays to be read and counts nowhere."""
    lines = lines_of(entry_id)
    form = StrikeForm()
    try:
        strike_entry(
            database(),
            entry_id,
            reason=form.reason.data or "",
            seen_version=_seen(form.seen_version.data or "", lines),
            by=person().officer_id,
            now=now(),
        )
    except Refused as refused:
        if lines[-1].struck:
            return _struck_meanwhile(lines, form)
        show_problems(form, refused)
        return entry_shown(lines, form, NOT_ACCEPTED)
    except AmendedMeanwhile:
        lines = lines_of(entry_id)
        if lines[-1].struck:
            return _struck_meanwhile(lines, form)
        add_error(
            form.reason,
            "The entry was amended meanwhile. Read what it says now, then strike it out again.",
        )
        form.seen_version.data = str(lines[-1].version)
        return entry_shown(lines, form, CONFLICT)
    flash(f"Struck out {says_time(now())}. It stays to be read and counts nowhere.", "success")
    return redirect(url_for("entries.show", entry_id=entry_id), 303)


def _struck_meanwhile(lines: Sequence[LogLine], form: StrikeForm) -> ResponseReturnValue:
    """Show who struck it and why; nothing is left to strike, so no field can show a mistake."""
    typed = (form.reason.data or "").strip()
    said = "The entry is struck out already, for the reason below."
    form.form_errors.append(f"{said} Yours was not kept: “{typed}”" if typed else said)
    return entry_shown(lines, form, CONFLICT)


@bp.post("/entries/<uuid:entry_id>/undo")
@open_to(*THOSE_WHO_LOG)
def undo(entry_id: UUID) -> ResponseReturnValue:
    """Take back what was saved a moment ago."""
    lines_of(entry_id)
    try:
        undo_entry(database(), entry_id, officer_id=person().officer_id, now=now())
    except (TooLate, AmendedMeanwhile, UnknownEntry):
        flash(
            "It is too late to undo that in one tap. Strike it out below, with a reason.", "error"
        )
        return redirect(url_for("entries.show", entry_id=entry_id), 303)
    flash("Undone. The entry is struck out and counts nowhere.", "success")
    return redirect(url_for("tonight.show"), 303)

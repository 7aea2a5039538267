"""The tally: one tap on a tile is one entry, and the last tap can be taken back."""

from uuid import UUID, uuid4

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from fieldlog.core.lists import Lists
from fieldlog.core.log import LogLine
from fieldlog.core.night import says_time
from fieldlog.core.rules import Refused
from fieldlog.services.amend_entry import AmendedMeanwhile, UnknownEntry
from fieldlog.services.count_one_more import Tap, count_one_more, countable
from fieldlog.services.read_entries import counts_of_night, versions_of
from fieldlog.services.read_lists import read_lists
from fieldlog.services.record_entry import Recorded
from fieldlog.services.undo_entry import TooLate, can_undo, undo_entry
from fieldlog.store.connection import StorageBusy, StorageFull
from fieldlog.web.access import open_to
from fieldlog.web.entry_words import Row, amount, counted
from fieldlog.web.on_duty import on_duty
from fieldlog.web.surroundings import database, now, person
from fieldlog.web.tonight import THOSE_WHO_LOG

bp = Blueprint("plus_one", __name__)

TILES_IN_SIGHT = 6
TOO_LATE = "It is too late to undo that in one tap. Open it in My entries to strike it out."


@bp.get("/plus-one")
@open_to(*THOSE_WHO_LOG)
def show() -> ResponseReturnValue:
    """The tiles, with what the officer has counted tonight."""
    return _page()


@bp.post("/plus-one")
@open_to(*THOSE_WHO_LOG)
def tap() -> ResponseReturnValue:
    """One tap. Sent again under the same id it is still one."""
    duty = on_duty(database(), now())
    measure, _, name = request.form.get("tap", "").partition(" ")
    try:
        entry_id = UUID(name)
    except ValueError:
        abort(400)
    chosen = duty.chosen.id if duty.chosen else None
    one = Tap(id=entry_id, measure=measure, night_of=duty.night, deployment_id=chosen)
    try:
        outcome = count_one_more(database(), one, officer=person(), now=now())
    except Refused:
        abort(400)
    except (StorageFull, StorageBusy) as error:
        return _not_counted(str(error), 507 if isinstance(error, StorageFull) else 503)
    if outcome is Recorded.CONFLICT:
        return _not_counted("That was not counted. Tap again.", 409)
    if outcome is Recorded.ALREADY_STORED:
        flash("Two taps arrived as one and were counted once. If there was one more, tap again.")
    return redirect(url_for("plus_one.show", last=entry_id), 303)


@bp.post("/plus-one/<uuid:entry_id>/undo")
@open_to(*THOSE_WHO_LOG)
def undo(entry_id: UUID) -> ResponseReturnValue:
    """Take one tap back."""
    try:
        undo_entry(database(), entry_id, officer_id=person().officer_id, now=now())
    except (TooLate, AmendedMeanwhile, UnknownEntry):
        return _not_counted(TOO_LATE, 409)
    flash("Undone.", "success")
    return redirect(url_for("plus_one.show"), 303)


def _not_counted(message: str, status: int) -> ResponseReturnValue:
    flash(message, "error")
    return _page(), status


def _page() -> str:
    duty = on_duty(database(), now())
    lists = read_lists(database())
    totals = counts_of_night(database(), person().officer_id, duty.night)
    tiles = [
        {
            "id": uuid4(),
            "code": measure.code,
            "label": measure.label,
            "value": amount(measure, totals.get(measure.code, 0)),
            "step": amount(measure, measure.step),
        }
        for measure in countable(lists, duty.night)
    ]
    return render_template(
        "plus_one/show.html",
        on_duty=duty.header,
        night=duty.night,
        tiles=tiles[:TILES_IN_SIGHT],
        more=tiles[TILES_IN_SIGHT:],
        last=_last(request.args.get("last", ""), lists),
    )


def _last(entry_id: str, lists: Lists) -> Row | None:
    try:
        lines = versions_of(database(), UUID(entry_id))
    except ValueError:
        return None
    moment, officer_id = now(), person().officer_id
    if not lines or lines[-1].struck or not can_undo(lines[-1], officer_id, moment):
        return None
    line = lines[-1]
    return {
        "text": f"{_said(line, lists)}, {says_time(line.happened_at)}",
        "undo": url_for("plus_one.undo", entry_id=line.id),
    }


def _said(line: LogLine, lists: Lists) -> str:
    parts = [counted(lists.measures[code], value) for code, value in line.counts.items()]
    return " · ".join(f"{part['value']} {part['label']}" for part in parts)

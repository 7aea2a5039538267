"""Holds: what is kept whatever its period says, while a licence is reviewed or a fine appealed."""

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from fieldlog.core.log import LogLine
from fieldlog.core.night import says_moment
from fieldlog.core.rules import Refused
from fieldlog.core.words import Role
from fieldlog.services.apply_retention import removal_of, removal_of_words, says_removed
from fieldlog.services.hold_record import (
    ENTRY,
    ISSUE,
    PREMISES,
    Hold,
    current_hold,
    every_hold,
    holds_on_entry,
    holds_on_issue,
    holds_on_premises,
    lift_hold,
    name_of_premises,
    place_hold,
)
from fieldlog.services.read_entries import versions_of
from fieldlog.services.read_exports import Listed, read_export
from fieldlog.store.connection import Database
from fieldlog.web.access import open_to
from fieldlog.web.entry_page import NOT_ACCEPTED
from fieldlog.web.entry_words import name_of
from fieldlog.web.forms.retention import HoldForm, LiftForm
from fieldlog.web.problems import show_problems
from fieldlog.web.surroundings import database, now, person

bp = Blueprint("holds", __name__)

THOSE_WHO_HOLD = (Role.COORDINATOR, Role.ADMINISTRATOR)


@bp.route("/entries/<uuid:entry_id>/hold", methods=["GET", "POST"])
@open_to(*THOSE_WHO_HOLD)
def entry(entry_id: UUID) -> ResponseReturnValue:
    """Hold one entry, or every entry at its premises."""
    lines = versions_of(database(), entry_id) or abort(404)
    line = lines[-1]
    form = HoldForm()
    choices = [(ENTRY, "This entry")]
    if line.premises_id is not None:
        choices.append((PREMISES, f"Everything at {line.premises}"))
    form.what.offer(choices)
    refs = {ENTRY: line.id, PREMISES: str(line.premises_id)}
    back = url_for("entries.show", entry_id=entry_id)
    return _held(form, refs, back, name_of(line))


@bp.route("/premises/<int(max=999999999):premises_id>/hold", methods=["GET", "POST"])
@open_to(*THOSE_WHO_HOLD)
def premises(premises_id: int) -> ResponseReturnValue:
    """Hold every entry at premises."""
    name = name_of_premises(database(), premises_id) or abort(404)
    form = HoldForm()
    form.what.offer([(PREMISES, f"Everything at {name}")])
    back = url_for("premises_page.show", premises_id=premises_id)
    return _held(form, {PREMISES: str(premises_id)}, back, f"everything at {name}")


@bp.route("/exports/<int(max=999999999):export_id>/hold", methods=["GET", "POST"])
@open_to(*THOSE_WHO_HOLD)
def issue(export_id: int) -> ResponseReturnValue:
    """Hold every version of an issue."""
    found = read_export(database(), export_id)
    if found is None or not found.listed.export.issued:
        abort(404)
    form, number = HoldForm(), found.listed.export.number
    form.what.offer([(ISSUE, f"Every version of issue {number}")])
    back = url_for("issued.show", export_id=export_id)
    return _held(form, {ISSUE: str(number)}, back, f"Issue {number}")


def _held(form: HoldForm, refs: dict[str, str], back: str, name: str) -> ResponseReturnValue:
    only = len(form.what.values()) == 1
    what = form.what.values()[0] if only else form.what.chosen()
    if form.is_submitted():
        try:
            if what not in refs:
                form.what.errors = ["Choose what is kept."]
            else:
                by = person().officer_id
                place_hold(database(), what, refs[what], form.reason.data or "", by=by, now=now())
                flash("Held. It is kept until somebody ends the hold.", "success")
                return redirect(back, 303)
        except Refused as refused:
            show_problems(form, refused)
    page = render_template("retention/hold.html", form=form, back=back, name=name, only=only)
    return page, NOT_ACCEPTED if form.errors else 200


@bp.route("/retention/holds/<int(max=999999999):hold_id>", methods=["GET", "POST"])
@open_to(*THOSE_WHO_HOLD)
def lift(hold_id: int) -> ResponseReturnValue:
    """End a hold, with a reason."""
    hold = current_hold(database(), hold_id) or abort(404)
    form = LiftForm()
    if form.is_submitted():
        try:
            by = person().officer_id
            lift_hold(database(), hold_id, form.reason.data or "", by=by, now=now())
            flash("The hold has ended. What it kept is due when its period has run.", "success")
            return redirect(url_for("retention.index"), 303)
        except Refused as refused:
            show_problems(form, refused)
    page = render_template("retention/lift.html", form=form, hold=_shown(database(), hold))
    return page, NOT_ACCEPTED if form.errors else 200


def held_now(db: Database) -> list[dict[str, Any]]:
    """Return what is held, in words: what, why, who, when, and where the hold is ended."""
    return [_shown(db, hold) for hold in every_hold(db)]


def of_entry(line: LogLine) -> dict[str, Any]:
    """Return what the page of an entry says of retention: what was removed, what holds it."""
    db = database()
    removed = removal_of_words(db, line.id)
    may_hold = person().role in THOSE_WHO_HOLD
    found = holds_on_entry(db, line.id, line.premises_id) if may_hold else []
    return {
        "removed": says_removed("What was written here was", removed) if removed else "",
        "holds": [_shown(db, hold) for hold in found],
        "hold_href": url_for("holds.entry", entry_id=line.id) if may_hold else "",
    }


def of_premises(premises_id: int) -> dict[str, Any]:
    """Return what the page of premises says of retention: what holds them."""
    if person().role not in THOSE_WHO_HOLD:
        return {"removed": "", "holds": [], "hold_href": ""}
    db = database()
    return {
        "removed": "",
        "holds": [_shown(db, hold) for hold in holds_on_premises(db, premises_id)],
        "hold_href": url_for("holds.premises", premises_id=premises_id),
    }


def of_issue(listed: Listed, *, kept: bool) -> dict[str, Any]:
    """Return what the page of an issue says of retention: whether its file went, what holds it."""
    export = listed.export
    if export.number is None:
        return {"removed": "", "holds": [], "hold_href": ""}
    db = database()
    removed = None if kept else removal_of(db, "file", export.sha256)
    return {
        "removed": says_removed("The file was", removed) if removed else "",
        "holds": [_shown(db, hold) for hold in holds_on_issue(db, export.number)],
        "hold_href": url_for("holds.issue", export_id=listed.id) if kept else "",
    }


def _shown(db: Database, hold: Hold) -> dict[str, Any]:
    named, href = _named(db, hold)
    return {
        "named": named,
        "href": href,
        "reason": hold.reason,
        "who": f"{hold.placed_by or 'nobody known'}, {says_moment(hold.placed_at)}",
        "lift_href": url_for("holds.lift", hold_id=hold.id),
    }


def _named(db: Database, hold: Hold) -> tuple[str, str]:
    if hold.what == ENTRY:
        lines = versions_of(db, UUID(hold.ref))
        name = f"{name_of(lines[-1])}, {says_moment(lines[-1].happened_at)}" if lines else hold.ref
        return f"Entry: {name}", url_for("entries.show", entry_id=hold.ref)
    if hold.what == PREMISES:
        return f"Premises: {hold.name}", url_for("premises_page.show", premises_id=int(hold.ref))
    return f"Issue {hold.ref}", url_for("issued.index", only="issued")

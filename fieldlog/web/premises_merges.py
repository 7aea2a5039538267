"""Merge premises: likely duplicates, two of them side by side, and a merge taken back."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField

from fieldlog.core.rules import Refused
from fieldlog.core.words import Role
from fieldlog.services.find_premises import premises_known
from fieldlog.services.merge_premises import (
    Merge,
    Pair,
    Premises,
    likely_duplicates,
    merge,
    merges_of,
    pair,
    undo_merge,
    ward_named,
)
from fieldlog.services.read_lists import read_lists
from fieldlog.web.access import open_to
from fieldlog.web.entry_page import NOT_ACCEPTED
from fieldlog.web.filters import read_number
from fieldlog.web.forms.entry_fields import add_error
from fieldlog.web.problems import show_problems
from fieldlog.web.surroundings import database, now, person

bp = Blueprint("premises_merges", __name__)

MERGERS = (Role.COORDINATOR, Role.ADMINISTRATOR)
LABELS = {
    "address": "Address",
    "postcode": "Postcode",
    "uprn": "UPRN",
    "licence_number": "Licence number",
    "premises_type": "Type",
    "ward_id": "Ward",
    "grid_reference": "Grid reference",
}


class ReasonForm(FlaskForm):
    """Why two premises are one, or are two after all."""

    reason = StringField("Reason", description="It is kept with the history of the premises.")


class UndoForm(FlaskForm):
    """Why two premises that were merged are two after all; ``of`` is the number of the merge."""

    reason = StringField("Why they are two after all")

    def __init__(self, of: int, **told: Any) -> None:
        super().__init__(**told)
        # A page may hold several: each has a field of its own to be led to.
        self.reason.id = self.reason.label.field_id = f"reason-{of}"


class ChooseForm(FlaskForm):
    """The other of two premises."""

    place = StringField("The same place as", description="Type a few letters, then choose.")
    premises_id = HiddenField()


@bp.get("/premises/duplicates")
@open_to(*MERGERS)
def index() -> ResponseReturnValue:
    """Pairs that may be one and the same."""
    return render_template("premises/duplicates.html", pairs=likely_duplicates(database()))


@bp.route("/premises/<int(max=999999999):premises_id>/merge", methods=["GET", "POST"])
@open_to(*MERGERS)
def choose(premises_id: int) -> ResponseReturnValue:
    """Choose what premises are to be merged with; see and undo what was merged."""
    known = premises_known(database(), premises_id) or abort(404)
    form = ChooseForm()
    if request.method == "POST" and form.validate():
        other = _number(form.premises_id.data or "")
        if pair(database(), premises_id, other) is not None:
            return redirect(
                url_for("premises_merges.compare", one_id=premises_id, other_id=other), 303
            )
        add_error(form.place, "Choose other premises from those that are found.")
    return _choosing(known, form), 400 if form.errors else 200


def _merged_meanwhile(premises_id: int, typed: str) -> ResponseReturnValue:
    """Lead whoever sent the form of a pair that is none any more to how the premises stand."""
    if request.method != "POST":
        abort(404)
    words = f" The reason you typed was: “{typed}”" if typed.strip() else ""
    flash(f"Not merged: somebody merged one of them meanwhile, as you see here.{words}", "error")
    return redirect(url_for("premises_page.show", premises_id=premises_id), 303)


def _standing(premises_id: int) -> list[Merge]:
    every = merges_of(database(), premises_id)
    return [one for one in every if not (one.undone or one.undoes)]


def _choosing(
    known: Premises, form: ChooseForm, undoing: tuple[int, UndoForm] | None = None
) -> str:
    """Return the page of what premises are merged with; ``undoing`` is a merge and its form."""
    sent = dict([undoing] if undoing else [])
    merges = [
        (one, sent.get(one.id) or UndoForm(one.id, formdata=None)) for one in _standing(known.id)
    ]
    return render_template(
        "premises/merge.html",
        premises=known,
        form=undoing[1] if undoing else form,
        choosing=form,
        merges=merges,
    )


@bp.route(
    "/premises/<int(max=999999999):one_id>/merge/<int(max=999999999):other_id>",
    methods=["GET", "POST"],
)
@open_to(*MERGERS)
def compare(one_id: int, other_id: int) -> ResponseReturnValue:
    """Two premises side by side: which stays, which values hold, and why."""
    found, form = pair(database(), one_id, other_id), ReasonForm()
    if found is None:
        return _merged_meanwhile(one_id, form.reason.data or "")
    stays = _stays(found)
    if request.method == "POST" and form.validate():
        gone = other_id if stays == one_id else one_id
        taken = [name for name in found.differing if _taken(name, found) == gone]
        try:
            merge(
                database(),
                kept_id=stays,
                gone_id=gone,
                taken=taken,
                reason=form.reason.data or "",
                by=person().officer_id,
                now=now(),
            )
        except Refused as refused:
            for problem in refused.problems:
                add_error(form.reason, problem.message)
        else:
            flash("Merged. Both count as one from now on, and the merge can be undone.", "success")
            return redirect(url_for("premises_page.show", premises_id=stays), 303)
    page = render_template(
        "premises/compare.html",
        form=form,
        pair=found,
        stays=stays,
        rows=[_row(name, found) for name in found.differing],
        same=[_row(name, found) for name in LABELS if name not in found.differing],
    )
    return page, 400 if form.errors else 200


@bp.post("/premises/merges/<int(max=999999999):merge_id>/undo")
@open_to(*MERGERS)
def undo(merge_id: int) -> ResponseReturnValue:
    """Let two premises count apart again."""
    form = UndoForm(merge_id)
    back = _number(request.form.get("back", ""))
    known = premises_known(database(), back) or abort(404)
    try:
        undo_merge(
            database(),
            merge_id,
            reason=form.reason.data or "",
            by=person().officer_id,
            now=now(),
        )
    except Refused as refused:
        if merge_id in {one.id for one in _standing(back)}:
            show_problems(form, refused)
            return _choosing(known, ChooseForm(formdata=None), (merge_id, form)), NOT_ACCEPTED
        flash(str(refused), "error")
    else:
        flash("Undone. Both count by themselves again.", "success")
    return redirect(url_for("premises_merges.choose", premises_id=back), 303)


def _stays(found: Pair) -> int:
    """Which stays: what was chosen, else what is on the register, else what has more visits."""
    chosen = _number(request.form.get("stays", ""))
    if chosen in {found.one.id, found.other.id}:
        return chosen
    one, other = (
        (found.one.registered, found.one_visits),
        (found.other.registered, found.other_visits),
    )
    return found.other.id if other > one else found.one.id


def _taken(name: str, found: Pair) -> int:
    """From which of the two a value comes: what was chosen, else from what stays if it has one."""
    chosen = _number(request.form.get(f"from_{name}", ""))
    if chosen in {found.one.id, found.other.id}:
        return chosen
    stays, goes = (
        (found.one, found.other) if _stays(found) == found.one.id else (found.other, found.one)
    )
    return stays.id if getattr(stays, name) or not getattr(goes, name) else goes.id


def _row(name: str, found: Pair) -> dict[str, Any]:
    return {
        "name": f"from_{name}",
        "label": LABELS[name],
        "one": _said(name, getattr(found.one, name)),
        "other": _said(name, getattr(found.other, name)),
        "taken": _taken(name, found),
    }


def _said(name: str, value: Any) -> str:
    if not value:
        return "Not recorded"
    if name == "premises_type":
        types = read_lists(database()).plain.get("premises_type", {})
        return types[value].label if value in types else str(value)
    return ward_named(database(), value) if name == "ward_id" else str(value)


def _number(text: str) -> int:
    try:
        return read_number(text)
    except ValueError:
        return 0

"""Lists: the actions officers choose from and the measures they count."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from fieldlog.core.lists import Choice
from fieldlog.core.night import says_date
from fieldlog.core.rules import Refused
from fieldlog.core.words import Role
from fieldlog.services import edit_lists
from fieldlog.services.edit_lists import ACTIONS, MEASURES, ActionLine, MeasureLine
from fieldlog.web.access import open_to
from fieldlog.web.forms.list_line import ActionForm, MeasureForm
from fieldlog.web.problems import show_problems
from fieldlog.web.surroundings import database, now, person

bp = Blueprint("lists", __name__)

EDITORS = (Role.COORDINATOR, Role.ADMINISTRATOR)


@dataclass(frozen=True)
class Shown:
    """A list as the page shows it: what can be chosen now, and what was retired."""

    table: str
    title: str
    one: str
    current: list[Choice]
    retired: list[Choice]


TITLES = {ACTIONS: ("Actions taken", "action"), MEASURES: ("Measures", "measure")}


@bp.get("/lists")
@open_to(*EDITORS)
def index() -> ResponseReturnValue:
    """Both lists, in the order officers see them."""
    return render_template("lists/index.html", lists=[_shown(table) for table in TITLES])


def _shown(table: str) -> Shown:
    lines = edit_lists.lines_of(database(), table)
    retired = [line for line in lines if edit_lists.is_retired(line, now())]
    return Shown(table, *TITLES[table], [line for line in lines if line not in retired], retired)


@bp.route("/lists/<any(actions, measures):table>/new", methods=["GET", "POST"])
@open_to(*EDITORS)
def add(table: str) -> ResponseReturnValue:
    """Add a line at the end of a list."""
    form = _form(table)
    if request.method == "GET" and isinstance(form, MeasureForm):
        form.unit.data, form.step.data = "count", 1
    if form.validate_on_submit() and _saved(form, None):
        flash(f"“{form.label.data}” is in the list.", "success")
        return redirect(url_for("lists.index"))
    return render_template("lists/line.html", form=form, table=table, line=None, used=False)


@bp.route("/lists/<any(actions, measures):table>/<code>", methods=["GET", "POST"])
@open_to(*EDITORS)
def change(table: str, code: str) -> ResponseReturnValue:
    """Change a line; what was used keeps its words."""
    line = edit_lists.line_of(database(), table, code) or abort(404)
    form = _form(table)
    if request.method == "GET":
        form.fill_in(line)
    if form.validate_on_submit() and _saved(form, code):
        flash(f"“{form.label.data}” is saved.", "success")
        return redirect(url_for("lists.index"))
    used = edit_lists.is_used(database(), table, code)
    return render_template("lists/line.html", form=form, table=table, line=line, used=used)


def _form(table: str) -> ActionForm | MeasureForm:
    return ActionForm() if table == ACTIONS else MeasureForm()


def _saved(form: ActionForm | MeasureForm, code: str | None) -> bool:
    line = form.line()
    if line is None:
        return False
    try:
        _save(line, code)
    except Refused as refused:
        show_problems(form, refused)
        return False
    return True


def _save(line: ActionLine | MeasureLine, code: str | None) -> None:
    db, by, moment = database(), person().officer_id, now()
    if isinstance(line, ActionLine):
        if code is None:
            edit_lists.add_action(db, line, by=by, now=moment)
        else:
            edit_lists.change_action(db, code, line, by=by, now=moment)
    elif code is None:
        edit_lists.add_measure(db, line, by=by, now=moment)
    else:
        edit_lists.change_measure(db, code, line, by=by, now=moment)


@bp.post("/lists/<any(actions, measures):table>/<code>/retire")
@open_to(*EDITORS)
def retire(table: str, code: str) -> ResponseReturnValue:
    """Let tonight be the last night a line is used for."""
    line = edit_lists.line_of(database(), table, code) or abort(404)
    last = edit_lists.retire(database(), table, code, by=person().officer_id, now=now())
    flash(f"“{line.label}” can be chosen up to the night of {says_date(last)}.", "success")
    return redirect(url_for("lists.index"))


@bp.post("/lists/<any(actions, measures):table>/<code>/bring-back")
@open_to(*EDITORS)
def bring_back(table: str, code: str) -> ResponseReturnValue:
    """Let a retired line be used again."""
    return _changed(table, code, edit_lists.bring_back, "can be used again")


@bp.post("/lists/<any(actions, measures):table>/<code>/move-up")
@open_to(*EDITORS)
def move_up(table: str, code: str) -> ResponseReturnValue:
    """Put a line before the one above it."""
    return _changed(table, code, edit_lists.move_up, "is moved up")


def _changed(
    table: str, code: str, change: Callable[..., None], becomes: str
) -> ResponseReturnValue:
    line = edit_lists.line_of(database(), table, code) or abort(404)
    change(database(), table, code, by=person().officer_id, now=now())
    flash(f"“{line.label}” {becomes}.", "success")
    return redirect(url_for("lists.index"))

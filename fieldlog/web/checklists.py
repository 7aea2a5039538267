"""Checklists: what is asked at premises, edited as versions; old answers keep theirs."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from fieldlog.core.checklist import Checklist
from fieldlog.core.lists import usable
from fieldlog.core.night import night_of
from fieldlog.core.rules import Refused
from fieldlog.services import edit_checklists
from fieldlog.services.read_lists import read_lists
from fieldlog.web.access import open_to
from fieldlog.web.forms.checklist import ChecklistForm
from fieldlog.web.lists import EDITORS
from fieldlog.web.problems import show_problems
from fieldlog.web.surroundings import database, now, person

bp = Blueprint("checklists", __name__)


@bp.get("/lists/checklists")
@open_to(*EDITORS)
def index() -> ResponseReturnValue:
    """Every checklist with the premises it is for."""
    newest = [one for one in edit_checklists.every_checklist(database()) if one.newest]
    return render_template(
        "checklists/index.html",
        current=[one for one in newest if not one.retired],
        retired=[one for one in newest if one.retired],
        answered=edit_checklists.answers_given(database()),
        types=_types(),
    )


def _types() -> dict[str, str]:
    """Code → label of every type of premises there ever was."""
    listed = read_lists(database()).plain.get("premises_type", {})
    return {code: one.label for code, one in listed.items()}


@bp.route("/lists/checklists/new", methods=["GET", "POST"])
@open_to(*EDITORS)
def new() -> ResponseReturnValue:
    """Add a checklist."""
    form = ChecklistForm()
    if form.is_submitted() and _saved(form, None):
        flash(f"“{form.title.data}” is offered on the form of a visit.", "success")
        return redirect(url_for("checklists.index"), 303)
    return _form(form, None)


@bp.route("/lists/checklists/<int(max=999999999):number>", methods=["GET", "POST"])
@open_to(*EDITORS)
def change(number: int) -> ResponseReturnValue:
    """Change a checklist into its next version, or retire it."""
    versions = edit_checklists.versions_of_checklist(database(), number) or abort(404)
    form = ChecklistForm()
    if request.method == "GET":
        form.fill_in(edit_checklists.plan_of(versions[-1]), versions[-1].version)
    elif _is_newest(form, versions[-1].version) and _saved(form, number):
        flash(f"“{form.title.data}” is saved as version {versions[-1].version + 1}.", "success")
        return redirect(url_for("checklists.index"), 303)
    return _form(form, versions[-1], versions[-2::-1])


def _is_newest(form: ChecklistForm, version: int) -> bool:
    """Say whether the form was opened with this version; sent once more it goes on top of it."""
    if (form.seen.data or str(version)) == str(version):
        return True
    form.form_errors.append(
        f"Somebody saved version {version} meanwhile. Look at it in another window, then put what "
        f"it changed in here too, or it is lost. Save again to make yours version {version + 1}."
    )
    form.seen.data = str(version)
    return False


def _saved(form: ChecklistForm, number: int | None) -> bool:
    form.validate()
    db, by, moment = database(), person().officer_id, now()
    try:
        plan = form.plan(_types())
        if number is None:
            edit_checklists.add_checklist(db, plan, by=by, now=moment)
        else:
            edit_checklists.add_version(db, number, plan, by=by, now=moment)
    except Refused as refused:
        show_problems(form, refused)
        return False
    return True


def _form(
    form: ChecklistForm, newest: Checklist | None, earlier: list[Checklist] | None = None
) -> ResponseReturnValue:
    actions = usable(read_lists(database()).actions, night_of(now()))
    page = render_template(
        "checklists/form.html",
        form=form,
        newest=newest,
        earlier=earlier or [],
        types=_types(),
        actions=[("", "None"), *((one.code, one.label) for one in actions)],
    )
    return page, 422 if form.errors else 200


@bp.post("/lists/checklists/<int(max=999999999):number>/retire")
@open_to(*EDITORS)
def retire(number: int) -> ResponseReturnValue:
    """Let no new entry answer it."""
    try:
        edit_checklists.retire_checklist(database(), number, by=person().officer_id, now=now())
    except Refused:
        abort(404)
    flash("The checklist is retired. Answers that were given stay.", "success")
    return redirect(url_for("checklists.index"), 303)


@bp.post("/lists/checklists/<int(max=999999999):number>/bring-back")
@open_to(*EDITORS)
def bring_back(number: int) -> ResponseReturnValue:
    """Let it be answered again."""
    try:
        edit_checklists.bring_back_checklist(database(), number, by=person().officer_id, now=now())
    except Refused:
        abort(404)
    flash("The checklist can be answered again.", "success")
    return redirect(url_for("checklists.index"), 303)

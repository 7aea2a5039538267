"""Saved views: questions of the tallies under a name, one's own and those that are shared."""

from urllib.parse import parse_qs, urlencode

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from fieldlog.core.rules import Refused
from fieldlog.core.words import Role
from fieldlog.services import keep_views
from fieldlog.services.keep_views import View
from fieldlog.web.access import open_to
from fieldlog.web.asking import Asked, query_for, read_asked
from fieldlog.web.filters import BadAddress, Query
from fieldlog.web.forms.view import ViewForm
from fieldlog.web.problems import show_problems
from fieldlog.web.surroundings import database, now, person
from fieldlog.web.tallies import require_known

bp = Blueprint("views", __name__)

OPENERS = (Role.COORDINATOR, Role.ADMINISTRATOR, Role.VIEWER)
EDITORS = (Role.COORDINATOR, Role.ADMINISTRATOR)
NO_QUESTION = "What the view should show cannot be read. Save it again from the tally itself."


@bp.get("/views")
@open_to(*OPENERS)
def index() -> ResponseReturnValue:
    """The views that one may open, one's own first."""
    who = person()
    found = keep_views.views_for(database(), who)
    return render_template(
        "views/index.html",
        views=found,
        changes={view.id for view in found if keep_views.may_delete(view, who)},
        may_save=who.role in EDITORS,
    )


@bp.get("/views/<int(max=999999999):view_id>")
@open_to(*OPENERS)
def show(view_id: int) -> ResponseReturnValue:
    """The tally that a view asks for."""
    query: Query = {**parse_qs(_view(view_id).address)}
    return redirect(url_for("tallies.show", **query))


@bp.post("/views")
@open_to(*EDITORS)
def save() -> ResponseReturnValue:
    """Keep the question of a tally under a name."""
    form = ViewForm()
    if form.validate_on_submit():
        try:
            address = urlencode(query_for(_asked(form.address.data or "")), doseq=True)
            view_id = keep_views.save_view(database(), form.plan(), address, by=person(), now=now())
        except BadAddress:
            form.form_errors.append(NO_QUESTION)
        except Refused as refused:
            show_problems(form, refused)
        else:
            flash("View saved.", "success")
            return redirect(url_for("views.show", view_id=view_id), 303)
    return render_template("views/line.html", form=form, known=None, renames=True), 400


def _asked(address: str) -> Asked:
    every = parse_qs(address, keep_blank_values=True)
    asked = [(name, text) for name, texts in every.items() for text in texts]
    return require_known(read_asked(MultiDict(asked), person().role))


@bp.route("/views/<int(max=999999999):view_id>/change", methods=["GET", "POST"])
@open_to(*EDITORS)
def change(view_id: int) -> ResponseReturnValue:
    """Rename a view, share it or keep it to oneself; delete it."""
    known, who = _view(view_id), person()
    renames = keep_views.may_change(known, who)
    if not renames and not keep_views.may_delete(known, who):
        abort(404)
    form = ViewForm()
    if request.method == "GET":
        form.fill_in(known)
    elif renames and form.validate_on_submit():
        try:
            keep_views.change_view(database(), known, form.plan(), by=who, now=now())
        except Refused as refused:
            show_problems(form, refused)
        else:
            flash("View saved.", "success")
            return redirect(url_for("views.index"), 303)
    page = render_template("views/line.html", form=form, known=known, renames=renames)
    return page, 400 if form.errors else 200


@bp.post("/views/<int(max=999999999):view_id>/delete")
@open_to(*EDITORS)
def delete(view_id: int) -> ResponseReturnValue:
    """Delete a view; no figure changes."""
    known = _view(view_id)
    if not keep_views.may_delete(known, person()):
        abort(404)
    keep_views.delete_view(database(), known)
    flash("View deleted. No entry and no figure has changed.", "success")
    return redirect(url_for("views.index"), 303)


def _view(view_id: int) -> View:
    return keep_views.open_view(database(), view_id, person()) or abort(404)

"""Distribution lists: who the figures go to, under one name."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from fieldlog.core.mail import says_domains
from fieldlog.core.rules import Refused
from fieldlog.core.words import Role
from fieldlog.services import edit_distribution_lists
from fieldlog.services.edit_distribution_lists import DistributionList
from fieldlog.web.access import open_to
from fieldlog.web.forms.distribution_list import DistributionListForm
from fieldlog.web.problems import show_problems
from fieldlog.web.surroundings import around, database, now, person

bp = Blueprint("distribution_lists", __name__)

EDITORS = (Role.COORDINATOR, Role.ADMINISTRATOR)


@bp.get("/distribution-lists")
@open_to(*EDITORS)
def index() -> ResponseReturnValue:
    """Every list with its addresses."""
    found = edit_distribution_lists.lists(database())
    return render_template("distribution_lists/index.html", lists=found, domains=_domains())


@bp.route("/distribution-lists/new", methods=["GET", "POST"])
@open_to(*EDITORS)
def add() -> ResponseReturnValue:
    """Add a list."""
    return _edited(DistributionListForm(), None)


@bp.route("/distribution-lists/<int(max=999999999):list_id>", methods=["GET", "POST"])
@open_to(*EDITORS)
def change(list_id: int) -> ResponseReturnValue:
    """Change the name or the addresses of a list."""
    known = edit_distribution_lists.one(database(), list_id) or abort(404)
    form = DistributionListForm()
    if request.method == "GET":
        form.fill_in(known)
    return _edited(form, known)


@bp.post("/distribution-lists/<int(max=999999999):list_id>/remove")
@open_to(*EDITORS)
def remove(list_id: int) -> ResponseReturnValue:
    """Remove a list; mails that went to it stay in the log."""
    edit_distribution_lists.remove_list(database(), list_id, by=person().officer_id, now=now())
    flash("List removed. What was sent to it stays in the log of mails.", "success")
    return redirect(url_for("distribution_lists.index"), 303)


def _edited(form: DistributionListForm, known: DistributionList | None) -> ResponseReturnValue:
    if form.validate_on_submit() and _nothing_in_between(form, known):
        try:
            _save(form, known)
        except Refused as refused:
            show_problems(form, refused)
        else:
            flash("List saved.", "success")
            return redirect(url_for("distribution_lists.index"), 303)
    page = render_template(
        "distribution_lists/line.html", form=form, known=known, domains=_domains()
    )
    return page, 400 if form.errors else 200


def _nothing_in_between(form: DistributionListForm, known: DistributionList | None) -> bool:
    """Say whether nobody else changed what was typed here; what else they changed is taken in."""
    if known is None:
        return True
    stored = DistributionListForm(formdata=None)
    stored.fill_in(known)
    return form.take_in(stored)


def _save(form: DistributionListForm, known: DistributionList | None) -> None:
    settings, by = around().config.mail, person().officer_id
    if known is None:
        edit_distribution_lists.add_list(database(), form.plan(), settings, by=by, now=now())
    else:
        edit_distribution_lists.change_list(
            database(), known.id, form.plan(), settings, by=by, now=now()
        )


def _domains() -> str:
    return says_domains(around().config.mail.domains)

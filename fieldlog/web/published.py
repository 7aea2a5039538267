"""Figures printed elsewhere: attached with their source, and reconciled with fieldlog's own."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from fieldlog.core.question import Filter
from fieldlog.core.rules import Refused
from fieldlog.services.name_period import name_period
from fieldlog.services.reconcile_published import (
    Reconciled,
    add_printed,
    list_printed,
    reconcile,
    strike_printed,
)
from fieldlog.tallies.headline import HOURS
from fieldlog.tallies.hours import Hours
from fieldlog.tallies.reconciling import Candidate, says
from fieldlog.web.access import open_to
from fieldlog.web.filters import BadAddress, given, has_empty, query_of, read_filter
from fieldlog.web.forms.filters import FilterPage, filter_form
from fieldlog.web.forms.published import PrintedForm, StrikePrintedForm
from fieldlog.web.issued import KEEPERS
from fieldlog.web.linked_figures import Shown, log_link
from fieldlog.web.log import refuse_unknown
from fieldlog.web.problems import show_problems
from fieldlog.web.surroundings import database, now, person

bp = Blueprint("published", __name__)

FILTERS = FilterPage(
    endpoint="published.new",
    selects=("operation", "deployment", "agency"),
    typed=frozenset({"from", "to"}),
)


@bp.get("/published")
@open_to(*KEEPERS)
def index() -> ResponseReturnValue:
    """Every figure that was attached, beside fieldlog's own."""
    return render_template(
        "published/index.html", found=list_printed(database()), says=says, signed=_signed
    )


@bp.route("/published/new", methods=["GET", "POST"])
@open_to(*KEEPERS)
def new() -> ResponseReturnValue:
    """Attach a figure about the entries in the address."""
    if has_empty(request.args):
        return redirect(url_for("published.new", **given(request.args)))
    try:
        wanted = read_filter(request.args)
        refuse_unknown(wanted)
    except BadAddress:
        return redirect(url_for("published.new"), 303)
    form = PrintedForm()
    form.offer()
    if form.is_submitted():
        try:
            # The date says for itself what is wrong with it; the service says all the rest.
            form.validate()
            figure_id = add_printed(
                database(), form.plan(wanted), by=person().officer_id, now=now()
            )
        except Refused as refused:
            show_problems(form, refused)
        else:
            flash("Figure attached.", "success")
            return redirect(url_for("published.show", figure_id=figure_id), 303)
    return _adding(form, wanted), 400 if form.errors else 200


def _adding(form: PrintedForm, wanted: Filter) -> str:
    return render_template(
        "published/new.html",
        form=form,
        filters=filter_form(database(), FILTERS, wanted, {}),
        title=name_period(database(), wanted).title,
        action=url_for("published.new", **query_of(wanted)),
    )


@bp.get("/published/<int(max=999999999):figure_id>")
@open_to(*KEEPERS)
def show(figure_id: int) -> ResponseReturnValue:
    """One figure: as printed, as fieldlog counts it, and what would explain the difference."""
    return _page(figure_id, StrikePrintedForm())


@bp.post("/published/<int(max=999999999):figure_id>/strike")
@open_to(*KEEPERS)
def strike(figure_id: int) -> ResponseReturnValue:
    """Strike a figure; it stays to be seen with the reason."""
    form = StrikePrintedForm()
    try:
        if reconcile(database(), figure_id) is None:
            abort(404)
        reason = form.reason.data or ""
        strike_printed(database(), figure_id, reason, by=person().officer_id, now=now())
    except Refused as refused:
        show_problems(form, refused)
        return _page(figure_id, form), 400
    flash("Figure struck. It stays here with the reason.", "success")
    return redirect(url_for("published.show", figure_id=figure_id), 303)


def _page(figure_id: int, form: StrikePrintedForm) -> str:
    found = reconcile(database(), figure_id)
    if found is None:
        abort(404)
    return render_template(
        "published/show.html",
        form=form,
        found=found,
        listed=found.listed,
        printed=found.listed.printed,
        says=says,
        signed=_signed,
        hours=_hours(found),
        fitting=found.fitting,
        others=[_row(one, found) for one in found.others],
        log_href=log_link(found.wanted),
    )


def _hours(found: Reconciled) -> str:
    if found.listed.printed.figure != HOURS:
        return ""
    sums = found.sums
    return Hours(sums.timed, sums.minutes, sums.entries - sums.timed).says()


def _row(candidate: Candidate, found: Reconciled) -> list[Shown | str]:
    off = candidate.hundredths - found.listed.printed.hundredths
    return [candidate.what, says(candidate.hundredths), _signed(off)]


def _signed(difference: int) -> str:
    """Return a difference in hundredths with its sign."""
    return f"+{says(difference)}" if difference > 0 else says(difference)

"""Tallies: any dimension by any other, in levels, each number a way to the entries behind it."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from fieldlog.core.question import ENTRIES, MINUTES, PREMISES, VISITS
from fieldlog.core.words import Role
from fieldlog.services.choose_filter import unknown
from fieldlog.services.keep_views import views_for
from fieldlog.services.read_lists import read_lists
from fieldlog.services.show_tally import ShownTally, show_tally
from fieldlog.tallies.crosstab import DoesNotAddUp
from fieldlog.tallies.spread_writing import spread_notes
from fieldlog.web.access import open_to
from fieldlog.web.asking import (
    USUAL,
    Asked,
    dimensions_for,
    own_query,
    query_for,
    read_asked,
    swapped,
)
from fieldlog.web.errors import Said, error_page
from fieldlog.web.filters import BadAddress, given, has_empty
from fieldlog.web.forms.filters import FilterPage, filter_form
from fieldlog.web.forms.layout import CHARTS, ORDERS, SHARES, layout_form
from fieldlog.web.linked_figures import Shown, bases, headline_items, hours_line, link_for
from fieldlog.web.linked_spread import drawn, linked_spread
from fieldlog.web.presets import presets_for
from fieldlog.web.surroundings import database, person

bp = Blueprint("tallies", __name__)

FILTERS = FilterPage(
    endpoint="tallies.show",
    selects=("operation", "deployment", "agency", "kind"),
    typed=frozenset({"from", "to"}),
)
MOST_CELLS = 20_000
"""A page with more cells than that would only slow the browser down; the file has them all."""
WIDE = 9
"""Columns from which on the chart stands under the table, not beside it."""

MEASURES = {
    ENTRIES: "Entries",
    VISITS: "Visits",
    PREMISES: "Premises visited, each once",
    MINUTES: "Minutes recorded",
}


@bp.get("/tallies")
@open_to(Role.COORDINATOR, Role.ADMINISTRATOR, Role.VIEWER)
def show() -> ResponseReturnValue:
    """The table that the address asks for, and the headline figures of the same entries."""
    if has_empty(request.args):
        return redirect(url_for("tallies.show", **given(request.args)))
    try:
        asked = asked_for()
    except BadAddress as bad:
        return _page(USUAL, None, bad.problems), 400
    return _page(asked, show_tally(database(), asked.breakdown, asked.showing))


@bp.app_errorhandler(DoesNotAddUp)
def refuse(error: DoesNotAddUp) -> ResponseReturnValue:
    """Show no figures at all where a total does not equal its parts."""
    tell = "Nothing is lost. Tell your administrator to look before any figure goes out."
    return error_page(500, Said("The figures do not add up", (str(error), tell)))


def asked_for() -> Asked:
    """Return what the address of this request asks for. Raises BadAddress."""
    return require_known(read_asked(request.args, person().role))


def require_known(asked: Asked) -> Asked:
    """Return ``asked`` if the lists have all that it names. Raises BadAddress."""
    problems = list(unknown(database(), asked.wanted))
    if not set(asked.breakdown.measures) <= measures().keys():
        problems.append("There is no such measure. Choose one of those shown.")
    if problems:
        raise BadAddress(problems)
    return asked


def measures() -> dict[str, str]:
    """Return code → label of everything that can be counted, retired measures too."""
    listed = read_lists(database()).measures
    return MEASURES | {code: measure.label for code, measure in listed.items()}


def _page(asked: Asked, tally: ShownTally | None, problems: tuple[str, ...] = ()) -> str:
    who = person()
    return render_template(
        "tallies/show.html",
        asked=asked,
        own=own_query(asked),
        layout_form=layout_form(
            asked, dimensions_for(who.role), measures(), tally.spread if tally else None
        ),
        orders=ORDERS,
        shares=SHARES,
        charts=CHARTS,
        filters=filter_form(database(), FILTERS, asked.wanted, own_query(asked)),
        problems=[{"text": text} for text in problems],
        has_errors=bool(problems),
        presets=_presets(asked, who.role),
        views=views_for(database(), who),
        may_save=who.role is not Role.VIEWER and not problems,
        address=request.query_string.decode("ascii", "replace"),
        swap_href=url_for("tallies.show", **query_for(swapped(asked)))
        if asked.breakdown.columns
        else "",
        csv_href=url_for("exports.tally_csv", **query_for(asked)),
        **_figures(asked, tally),
    )


def _presets(asked: Asked, role: Role) -> list[Shown]:
    """Return the usual tables over the filter that is chosen now."""
    usual = replace(USUAL, breakdown=replace(USUAL.breakdown, filter=asked.wanted))
    chosen = query_for(usual)
    return [
        {"label": label, "href": url_for("tallies.show", **(chosen | preset))}
        for label, preset in presets_for(role)
    ] + [{"label": "Hotspot compliance", "href": url_for("hotspot_return.show")}]


def _figures(asked: Asked, tally: ShownTally | None) -> dict[str, Any]:
    if tally is None:
        return {
            "entries": None,
            "headline": [],
            "bases": [],
            "table": None,
            "chart": None,
            "wide": False,
            "hours": None,
            "notes": (),
            "cells": 0,
        }
    spread, link = tally.spread, link_for(person())
    fits = tally.entries and spread.numbers <= MOST_CELLS
    return {
        "entries": tally.entries,
        "headline": headline_items(tally.headline, link),
        "bases": bases(tally.headline),
        "table": linked_spread(spread, link, asked.share) if fits else None,
        "chart": drawn(spread, asked.chart) if asked.drawn else None,
        "wide": len(spread.columns) * len(spread.measured) > WIDE,
        "hours": hours_line(spread.hours, asked.each),
        "notes": spread_notes(spread, asked.share),
        "cells": spread.numbers,
    }

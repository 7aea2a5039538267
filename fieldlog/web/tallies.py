"""Tallies: any dimension by any other, each number a way to the entries behind it."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from fieldlog.core.question import ENTRIES, MINUTES, PREMISES
from fieldlog.core.words import EntryKind, Role
from fieldlog.services.choose_filter import unknown
from fieldlog.services.read_lists import read_lists
from fieldlog.services.show_tally import ShownTally, show_tally
from fieldlog.tallies.crosstab import DoesNotAddUp
from fieldlog.tallies.writing import method
from fieldlog.web.access import open_to
from fieldlog.web.asking import (
    MOST_FIRST,
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
from fieldlog.web.linked_figures import Shown, bases, crosstab, headline_items, hours_line, link_for
from fieldlog.web.surroundings import database, person

bp = Blueprint("tallies", __name__)

FILTERS = FilterPage(
    endpoint="tallies.show",
    selects=("operation", "deployment", "agency", "kind"),
    typed=frozenset({"from", "to"}),
)
MOST_CELLS = 20_000
"""A page with more cells than that would only slow the browser down; the file has them all."""

MEASURES = {
    ENTRIES: "Entries",
    PREMISES: "Premises visited, each once",
    MINUTES: "Minutes recorded",
}
VISIT = EntryKind.PREMISES_VISIT.value
PRESETS: tuple[tuple[str, Shown], ...] = (
    ("Action × time", {"rows": "action", "columns": "time"}),
    ("Agency × action", {"rows": "agency", "columns": "action"}),
    ("Hour of night × kind", {"rows": "hour", "columns": "kind"}),
    ("Ward × action", {"rows": "ward", "columns": "action"}),
    (
        "Premises with most visits",
        {"rows": "premises", "columns": "action", "order": MOST_FIRST, "kind": VISIT},
    ),
)


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
    return _page(asked, show_tally(database(), asked.question, most_first=asked.most_first))


@bp.app_errorhandler(DoesNotAddUp)
def refuse(error: DoesNotAddUp) -> ResponseReturnValue:
    """Show no figures at all where a total does not equal its parts."""
    tell = "Nothing is lost. Tell your administrator to look before any figure goes out."
    return error_page(500, Said("The figures do not add up", (str(error), tell)))


def asked_for() -> Asked:
    """Return what the address of this request asks for. Raises BadAddress."""
    asked = read_asked(request.args, person().role)
    problems = list(unknown(database(), asked.question.filter))
    if asked.question.measure not in measures():
        problems.append("There is no such measure. Choose one of those shown.")
    if problems:
        raise BadAddress(problems)
    return asked


def measures() -> dict[str, str]:
    """Return code → label of everything that can be counted, retired measures too."""
    listed = read_lists(database()).measures
    return MEASURES | {code: measure.label for code, measure in listed.items()}


def _page(asked: Asked, tally: ShownTally | None, problems: tuple[str, ...] = ()) -> str:
    role = person().role
    return render_template(
        "tallies/show.html",
        asked=asked,
        own=own_query(asked),
        most_first_value=MOST_FIRST,
        dimensions=list(dimensions_for(role).items()),
        measures=list(measures().items()),
        filters=filter_form(database(), FILTERS, asked.question.filter, own_query(asked)),
        problems=[{"text": text} for text in problems],
        has_errors=bool(problems),
        presets=_presets(asked),
        swap_href=url_for("tallies.show", **query_for(swapped(asked))),
        csv_href=url_for("exports.tally_csv", **query_for(asked)),
        **_figures(asked, tally),
    )


def _presets(asked: Asked) -> list[Shown]:
    """Return the usual tables over the filter that is chosen now."""
    chosen = query_for(Asked(replace(USUAL.question, filter=asked.question.filter)))
    return [
        {"label": label, "href": url_for("tallies.show", **(chosen | preset))}
        for label, preset in PRESETS
    ]


def _figures(asked: Asked, tally: ShownTally | None) -> dict[str, Any]:
    if tally is None:
        return {
            "entries": None,
            "headline": [],
            "bases": [],
            "table": None,
            "hours": None,
            "notes": (),
            "cells": 0,
        }
    table = tally.table
    link = link_for(person())
    cells = len(table.rows) * len(table.columns)
    return {
        "entries": tally.entries,
        "headline": headline_items(tally.headline, link),
        "bases": bases(tally.headline),
        "table": crosstab(table, link) if tally.entries and cells <= MOST_CELLS else None,
        "hours": hours_line(table.hours, asked.each),
        "notes": method(table)[:-1],
        "cells": cells,
    }

"""Figures and tables as pages show them: each number a link to the entries behind it.

Whoever may not open entries (a viewer) gets the same numbers without links.
"""

from collections.abc import Callable
from typing import Any

from flask import url_for

from fieldlog.core.person import Person
from fieldlog.core.question import DIMENSIONS, Filter, Key
from fieldlog.core.words import Role, Unit
from fieldlog.tallies.crosstab import BLANK, Heading, Table
from fieldlog.tallies.headline import Headline
from fieldlog.tallies.hours import Hours, plain, says_each
from fieldlog.tallies.narrowing import behind
from fieldlog.tallies.writing import title
from fieldlog.web.filters import query_of
from fieldlog.web.templating import pounds

Link = Callable[[Filter], str | None]
"""The address of the entries that a filter counts, or None where there is no way to them."""

Shown = dict[str, Any]
"""What a template's macro takes."""


def link_for(who: Person) -> Link:
    """Return how figures link to the log for a person: not at all for a viewer."""
    return no_link if who.role is Role.VIEWER else log_link


def log_link(wanted: Filter) -> str | None:
    """Return the address of the log of ``wanted``; None for a filter that nothing can pass."""
    return url_for("log.show", **query_of(wanted)) if all(wanted.where.values()) else None


def no_link(wanted: Filter) -> None:
    """Return no address, for those who may see figures only."""
    del wanted


def amount(value: int, unit: Unit) -> str:
    """Return a sum as it is read: ``1,069``, ``£65.50``, ``1,200 g``; nothing at all is ``0``."""
    if unit is Unit.PENCE and value:
        return pounds(value)
    if unit is Unit.GRAMS and value:
        return f"{value:,} g"
    return f"{value:,}"


SHORT = {
    "premises": "premises",
    "visits": "visits",
    "spoken_to": "spoken to",
    "warned": "warned",
    "arrests": "arrests",
    "closures": "premises closed",
    "hours": "hours recorded",
    "patrol_hours": "patrol-hours",
    "person_hours": "person-hours on patrol",
}
"""Labels of the headline where the figure stands above them in large type."""


def headline_items(headline: Headline, link: Link) -> list[Shown]:
    """Return the headline for ``headline_figures``; a zero too leads to where it can be checked."""
    return [
        {
            "label": SHORT.get(figure.code, figure.label),
            "value": figure.text,
            "href": link(figure.behind) if figure.behind else None,
        }
        for figure in headline.figures
    ]


def bases(headline: Headline) -> list[Shown]:
    """Return what each figure of the headline counts: (name, basis) for a list under it."""
    return [{"name": figure.label, "basis": figure.basis} for figure in headline.figures]


def crosstab(table: Table, link: Link, caption: str = "") -> Shown:
    """Return a table for the macro of that name, each number linked to its entries."""
    question = table.question

    def number(value: int, row: Heading | None = None, column: Heading | None = None) -> Shown:
        href = link(behind(question, row=row, column=column)) if value else None
        return {"text": amount(value, table.measured.unit), "href": href}

    return {
        "caption": caption or title(table),
        "row_header": DIMENSIONS[question.rows],
        "column_header": column_header(question.columns),
        "columns": [_heading(question.columns, column) for column in table.columns],
        "rows": [
            {
                **_heading("", row),
                "cells": [
                    number(value, row, column)
                    for column, value in zip(table.columns, cells, strict=True)
                ],
                "total": number(total, row),
            }
            for row, cells, total in zip(table.rows, table.cells, table.row_totals, strict=True)
        ],
        "column_totals": [
            number(total, column=column)
            for column, total in zip(table.columns, table.column_totals, strict=True)
        ],
        "grand_total": number(table.grand_total),
        "total_label": "Distinct total" if question.measure == "premises" else "Total",
    }


def column_header(dimension: str) -> str:
    """Return the heading over a row of columns; times carry their unit there, not each."""
    return "Time taken, minutes" if dimension == "time" else DIMENSIONS[dimension]


def _heading(dimension: str, heading: Heading) -> Shown:
    label: Key = heading.text
    if dimension == "time" and heading.key is not None:
        label = heading.key
    return {"label": label, "blank": heading.key is None and heading.text == BLANK}


def hours_line(hours: Hours, each: int | None = None) -> Shown:
    """Return hours with their method for the macro; an estimate at ``each`` minutes stays apart."""
    shown = {
        "timed_records": f"{hours.timed_records:,}",
        "recorded_hours": f"{plain(hours.recorded_hours)} h",
        "untimed_records": f"{hours.untimed_records:,}",
    }
    if each is not None:
        estimate = hours.estimate(each)
        shown["estimate"] = (
            f"{plain(estimate.untimed_hours)} h for the untimed records at {says_each(each)}, "
            f"{plain(estimate.hours)} h with those recorded"
        )
    return shown

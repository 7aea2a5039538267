"""A table as data for programs, as rows for a spreadsheet and as aligned text for a terminal."""

import re
from typing import Any

from fieldlog.core.question import DIMENSIONS, PREMISES, Key
from fieldlog.core.words import Unit
from fieldlog.tallies.crosstab import BLANK, GRAND_TOTAL, Heading, Table

_INITIALS = re.compile(r"\(([A-Z]{2,6})\)$")
_KEPT_AS_KEYS = {"time", "night"}


def as_data(table: Table) -> dict[str, Any]:
    """Return the table as plain data for JSON.

    ``rows`` and ``columns`` are labels: times as whole minutes, nights as ISO dates, blanks as
    None. ``cells`` is a list of rows. ``recorded_hours`` is a number with two decimals at most.
    """
    question, hours = table.question, table.hours
    return {
        "measure": question.measure,
        "unit": table.measured.unit.value,
        "row_dimension": question.rows,
        "column_dimension": question.columns,
        "rows": [_label(question.rows, heading) for heading in table.rows],
        "columns": [_label(question.columns, heading) for heading in table.columns],
        "cells": [list(cells) for cells in table.cells],
        "row_totals": list(table.row_totals),
        "column_totals": list(table.column_totals),
        "grand_total": table.grand_total,
        "hours": {
            "timed_records": hours.timed_records,
            "recorded_minutes": hours.recorded_minutes,
            "recorded_hours": float(hours.recorded_hours),
            "untimed_records": hours.untimed_records,
        },
        "method": list(method(table)),
    }


def _label(dimension: str, heading: Heading) -> Key:
    return heading.key if dimension in _KEPT_AS_KEYS or heading.key is None else heading.text


def as_rows(table: Table) -> list[list[str | int]]:
    """Return a header, a row for each row and the total row, as Excel's pivot spells them."""
    header = [DIMENSIONS[table.question.rows], *(column.text for column in table.columns)]
    body: list[list[str | int]] = [
        [row.text, *cells, total]
        for row, cells, total in zip(table.rows, table.cells, table.row_totals, strict=True)
    ]
    return [
        [*header, GRAND_TOTAL],
        *body,
        [GRAND_TOTAL, *table.column_totals, table.grand_total],
    ]


def as_text(table: Table) -> str:
    """Return the table for a terminal: title, aligned columns with a rule, and the method."""
    rows = [[printable(str(value)) for value in row] for row in as_rows(table)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join(
            text.rjust(width) if place else text.ljust(width)
            for place, (text, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
    rule = "-" * (sum(widths) + 2 * (len(widths) - 1))
    body = [lines[0], rule, *lines[1:-1], rule, lines[-1]]
    return "\n".join([title(table), "", *body, "", *method(table)])


def printable(text: str) -> str:
    """Return ``text`` with spaces for control signs.

    A name must not move the cursor or colour the screen of whoever reads the table.
    """
    return "".join(sign if sign.isprintable() else " " for sign in text)


def initials(label: str) -> str:
    """Return the initials that a label ends with, ``FPN``, or the label if there are none."""
    found = _INITIALS.search(label)
    return found[1] if found else label


def title(table: Table) -> str:
    """Return what the table is: ``Entries by action taken and time taken``."""
    rows = DIMENSIONS[table.question.rows].lower()
    columns = DIMENSIONS[table.question.columns].lower()
    return f"{printable(table.measured.label)} by {rows} and {columns}{_IN[table.measured.unit]}"


_IN = {Unit.COUNT: "", Unit.PENCE: ", in pence", Unit.GRAMS: ", in grams"}


def method(table: Table) -> tuple[str, ...]:
    """Return the sentences that belong under the table: what it counts, blanks, and hours."""
    notes = []
    if table.question.measure == PREMISES:
        notes.append(
            "Each premises with a visit counts once in each cell and once in each total, "
            "so that totals are not sums of the cells."
        )
    if any(heading.key is None for heading in (*table.rows, *table.columns)):
        notes.append(f"{BLANK} means that nobody recorded it.")
    notes.append(f"Time taken: {table.hours.says()}")
    return tuple(notes)

"""A breakdown in words, as data for programs and as aligned text for a terminal."""

from collections.abc import Sequence
from typing import Any

from fieldlog.core.question import DIMENSIONS, PREMISES
from fieldlog.core.words import Unit
from fieldlog.tallies.crosstab import BLANK, GRAND_TOTAL
from fieldlog.tallies.shares import SAYS, Share, denominator, percent
from fieldlog.tallies.spread import Left, Line, Path, Spread
from fieldlog.tallies.writing import printable

SUBTOTAL = "Total"
_KEPT_AS_KEYS = {"time", "night"}
_IN = {Unit.COUNT: "", Unit.PENCE: ", in pence", Unit.GRAMS: ", in grams"}


def spread_title(spread: Spread) -> str:
    """Return what it is: ``Entries by action taken, then agency, and time taken``."""
    breakdown = spread.breakdown
    sides = [", then ".join(DIMENSIONS[one].lower() for one in breakdown.rows)]
    if breakdown.columns:
        sides.append(", then ".join(DIMENSIONS[one].lower() for one in breakdown.columns))
    between = ", and " if len(breakdown.dimensions) > 2 else " and "
    return f"{_counted(spread)} by {between.join(sides)}"


def _counted(spread: Spread) -> str:
    first, *more = [measured.label for measured in spread.measured]
    if not more:
        return first + _IN[spread.measured[0].unit]
    if len(more) > 2:
        return f"{first} and {len(more)} more counts"
    rest = [_inside(label) for label in more]
    return f"{', '.join([first, *rest[:-1]])} and {rest[-1]}"


def _inside(label: str) -> str:
    """A label inside a sentence; an abbreviation keeps its capitals."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def spread_notes(spread: Spread, share: Share | None = None) -> tuple[str, ...]:
    """Return the sentences that belong under the table, without the hours."""
    notes = []
    if share:
        notes.append(f"Percentages are {SAYS[share]}.")
    if PREMISES in spread.breakdown.measures:
        notes.append(
            "Each premises with a visit counts once in each cell and once in each total, "
            "so that totals of premises are not sums of the cells."
        )
    if spread.apart:
        notes.append("Others holds everything that has no row of its own, so that totals add up.")
    if any(line.blank for line in (*spread.rows, *spread.columns)):
        notes.append(f"{BLANK} means that nobody recorded it.")
    return tuple(notes)


def labels_of(dimensions: Sequence[str], lines: Sequence[Line], line: Line) -> list[Any]:
    """Return the words of every level of a line; times in minutes, nights as dates, blanks None."""
    words = {one.path: one.text for one in lines}
    return [
        _label(dimension, line.path[:place], words[line.path[:place]])
        for place, dimension in enumerate(dimensions[: len(line.path)], 1)
    ]


def _label(dimension: str, path: Path, text: str) -> Any:
    step = path[-1]
    if step is None or (dimension in _KEPT_AS_KEYS and not isinstance(step, Left)):
        return step
    return text


def spread_data(spread: Spread, share: Share | None = None) -> dict[str, Any]:
    """Return the breakdown as plain data for JSON.

    ``rows`` and ``columns`` are lists of labels, one for each level: fewer than there are levels
    for a subtotal, none for the total. ``cells[r][c][m]`` is a number, ``percentages`` likewise.
    """
    breakdown, hours = spread.breakdown, spread.hours
    rows = [*spread.rows, Line((), "")]
    places = range(len(breakdown.measures))
    data: dict[str, Any] = {
        "measures": list(breakdown.measures),
        "units": [measured.unit.value for measured in spread.measured],
        "row_dimensions": list(breakdown.rows),
        "column_dimensions": list(breakdown.columns),
        "rows": [labels_of(breakdown.rows, spread.rows, line) for line in rows],
        "columns": [labels_of(breakdown.columns, spread.columns, line) for line in spread.columns],
        "cells": [
            [[spread.value(row.path, column.path, m) for m in places] for column in spread.columns]
            for row in rows
        ],
        "hours": {
            "timed_records": hours.timed_records,
            "recorded_minutes": hours.recorded_minutes,
            "recorded_hours": float(hours.recorded_hours),
            "untimed_records": hours.untimed_records,
        },
        "method": [*spread_notes(spread, share), f"Time taken: {hours.says()}"],
    }
    if share:
        data["percentages_of"] = share.value
        data["percentages"] = [
            [
                [percent_of(spread, share, row.path, column.path, m) for m in places]
                for column in spread.columns
            ]
            for row in rows
        ]
    return data


def percent_of(spread: Spread, share: Share, row: Path, column: Path, measure: int) -> str:
    """Return the number where two lines meet as a percentage: ``34.3%`` or ``no base``."""
    whole = denominator(spread, share, row, column, measure)
    return percent(spread.value(row, column, measure), whole)


def spread_rows(spread: Spread, *, keys: bool = False) -> list[list[str | int]]:
    """Return a header, a row for each line and the total row, with a column for each level.

    With ``keys`` times that head rows are whole minutes and nights ISO dates.
    """
    breakdown = spread.breakdown
    header: list[str | int] = [DIMENSIONS[one] for one in breakdown.rows]
    header += [
        column_name(spread, column, place)
        for column in spread.columns
        for place in range(len(breakdown.measures))
    ]
    lines = (*spread.rows, Line((), GRAND_TOTAL))
    return [header, *(_row(spread, line, keys=keys) for line in lines)]


def column_name(spread: Spread, column: Line, measure: int) -> str:
    """Return the whole name of a column: its levels, *Total* of a group, its measure if many."""
    words = {one.path: one.text for one in spread.columns}
    levels = len(spread.breakdown.columns)
    parts = [words[column.path[:place]] for place in range(1, len(column.path) + 1)]
    if levels and not column.path:
        parts = [column.text]
    elif len(column.path) < levels:
        parts.append(SUBTOTAL)
    if len(spread.measured) > 1 or not levels:
        parts.append(spread.measured[measure].label)
    return " · ".join(parts)


def _row(spread: Spread, line: Line, *, keys: bool) -> list[str | int]:
    breakdown = spread.breakdown
    words = {one.path: one.text for one in spread.rows}
    names: list[str | int] = [line.text]
    if line.path:
        paths = [line.path[:place] for place in range(1, len(line.path) + 1)]
        names = [words[path] for path in paths]
        if keys:
            labels = labels_of(breakdown.rows, spread.rows, line)
            names = [
                name if label is None else label for name, label in zip(names, labels, strict=True)
            ]
    if len(names) < len(breakdown.rows):
        names.append(SUBTOTAL if line.path else "")
    numbers = [
        spread.value(line.path, column.path, place)
        for column in spread.columns
        for place in range(len(spread.measured))
    ]
    return [*names, *numbers]


def spread_text(spread: Spread, share: Share | None = None) -> str:
    """Return the breakdown for a terminal: title, aligned columns with a rule, and the method."""
    body = spread_rows(spread)
    rows = [[printable(str(value)) for value in row] for row in body]
    if share:
        rows = [rows[0], *_with_percentages(spread, share, rows[1:])]
    levels = len(spread.breakdown.rows)
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join(
            text.rjust(width) if place >= levels else text.ljust(width)
            for place, (text, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
    rule = "-" * (sum(widths) + 2 * (len(widths) - 1))
    method = [*spread_notes(spread, share), f"Time taken: {spread.hours.says()}"]
    title = printable(spread_title(spread))
    return "\n".join([title, "", lines[0], rule, *lines[1:-1], rule, lines[-1], "", *method])


def _with_percentages(spread: Spread, share: Share, rows: list[list[str]]) -> list[list[str]]:
    levels, places = len(spread.breakdown.rows), range(len(spread.measured))
    said = [
        [
            percent_of(spread, share, row, column.path, m)
            for column in spread.columns
            for m in places
        ]
        for row in (*(line.path for line in spread.rows), ())
    ]
    return [
        [*row[:levels], *(f"{n} {p}" for n, p in zip(row[levels:], found, strict=True))]
        for row, found in zip(rows, said, strict=True)
    ]

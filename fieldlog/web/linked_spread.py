"""A breakdown as the page of tallies shows it: heads, lines, percentages, links, its chart."""

from dataclasses import dataclass

from flask import url_for

from fieldlog.core.question import DIMENSIONS, PREMISES
from fieldlog.tallies.chart import Chart, ChartKind, draw
from fieldlog.tallies.narrowing import behind_spread
from fieldlog.tallies.shares import Share
from fieldlog.tallies.spread import TOTAL, Line, Path, Spread
from fieldlog.tallies.spread_writing import SUBTOTAL, percent_of, spread_title
from fieldlog.web.linked_figures import Link, Shown, amount, column_header, no_link


@dataclass(frozen=True)
class Numbers:
    """How the numbers of a spread are shown: where they lead and what they are percentages of."""

    spread: Spread
    link: Link
    share: Share | None = None

    def cell(self, row: Path, column: Path, measure: int) -> Shown:
        """Return the number where two lines meet, linked to its entries."""
        value = self.spread.value(row, column, measure)
        wanted = behind_spread(self.spread, row, column, measure) if value else None
        return {
            "text": amount(value, self.spread.measured[measure].unit),
            "href": self.link(wanted) if wanted else None,
            "percent": percent_of(self.spread, self.share, row, column, measure)
            if self.share
            else "",
            "total": len(column) < len(self.spread.breakdown.columns),
            "blank": None in column,
        }

    def line(self, row: Path) -> list[Shown]:
        """Return every number of a row, from left to right."""
        return [
            self.cell(row, column.path, measure)
            for column in self.spread.columns
            for measure in range(len(self.spread.measured))
        ]


def linked_spread(spread: Spread, link: Link, share: Share | None = None) -> Shown:
    """Return a spread for the macro of that name, each number linked to its entries."""
    numbers = Numbers(spread, link, share)
    return {
        "caption": spread_title(spread),
        "heads": _heads(spread),
        "groups": [
            [
                {
                    "label": line.text,
                    "href": _timeline(spread, line.path, link),
                    "blank": line.blank,
                    "level": len(line.path),
                    "cells": numbers.line(line.path),
                }
                for line in group
            ]
            for group in _groups(spread)
        ],
        "levels": len(spread.breakdown.rows),
        "totals": numbers.line(TOTAL),
        "total_label": _total_label(spread),
        "rows": len(spread.rows),
        "shares": share is not None,
    }


def _timeline(spread: Spread, path: Path, link: Link) -> str | None:
    """Return the way to the page of premises, where a line is one and entries may be opened."""
    key, dimension = path[-1], spread.breakdown.rows[len(path) - 1]
    if dimension != "premises" or not isinstance(key, int) or link is no_link:
        return None
    return url_for("premises_page.show", premises_id=key)


def _total_label(spread: Spread) -> str:
    return "Distinct total" if spread.breakdown.measures == (PREMISES,) else "Total"


def _groups(spread: Spread) -> list[list[Line]]:
    """Return the rows in bodies of the table: one for each group, or one for all of one level."""
    if len(spread.breakdown.rows) == 1:
        return [list(spread.rows)]
    groups: list[list[Line]] = []
    for line in spread.rows:
        if len(line.path) == 1:
            groups.append([])
        groups[-1].append(line)
    return groups


def _heads(spread: Spread) -> list[list[Shown]]:
    """Return the rows of the table's head, each cell with how far it spans."""
    breakdown, measures = spread.breakdown, len(spread.measured)
    levels = len(breakdown.columns)
    named = measures > 1 or not levels
    # One row says what the columns are, then one for each level, then one for the measures.
    height = (1 + levels if levels else 0) + named
    corner = ", then ".join(DIMENSIONS[one] for one in breakdown.rows)
    heads: list[list[Shown]] = [[] for _ in range(height)]
    heads[0].append(_head(corner, down=height, corner=True))
    if levels:
        inside = [line for line in spread.columns if line.path]
        leaves = [line for line in inside if len(line.path) == levels]
        across = len(leaves) + len([one for one in inside if levels > 1 and len(one.path) == 1])
        first = [
            column_header(breakdown.columns[0]),
            *(DIMENSIONS[one] for one in breakdown.columns[1:]),
        ]
        if across:
            heads[0].append(_head(", then ".join(first), across=across * measures, group=True))
        heads[0].append(
            _head(_total_label(spread), across=measures, down=height - named, total=True)
        )
        _level_heads(spread, heads, measures)
    if named:
        heads[-1] += [
            _head(measured.label, measure=True, total=len(column.path) < levels)
            for column in spread.columns
            for measured in spread.measured
        ]
    return heads


def _level_heads(spread: Spread, heads: list[list[Shown]], measures: int) -> None:
    levels = len(spread.breakdown.columns)
    for line in spread.columns:
        if levels == 1 and line.path:
            heads[1].append(_head(_text(spread, line), across=measures, blank=line.blank))
        elif len(line.path) == levels:
            heads[2].append(_head(line.text, across=measures, blank=line.blank))
        elif line.path:
            inside = [one for one in spread.columns if one.path[:1] == line.path]
            heads[1].append(_head(line.text, across=len(inside) * measures, blank=line.blank))
            heads[2].append(_head(SUBTOTAL, across=measures, total=True))


def _text(spread: Spread, line: Line) -> str:
    """Times carry their unit in the heading over them, not each."""
    timed = spread.breakdown.columns == ("time",) and line.path[0] is not None
    return str(line.path[0]) if timed else line.text


def _head(label: str, **more: int | bool) -> Shown:
    return {"label": label, "across": 1, "down": 1, **more}


def drawn(spread: Spread, asked: ChartKind | None) -> Chart | None:
    """Return the chart of a spread, its numbers as they are read on the page."""
    unit = spread.measured[0].unit
    return draw(spread, lambda value: amount(value, unit), asked)

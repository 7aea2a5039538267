"""Kept figures and what changed since, as pages show them: without links, as they were then."""

from collections.abc import Iterable
from decimal import Decimal

from fieldlog.core.issue import FigureChange
from fieldlog.tallies.hours import in_hours, plain
from fieldlog.tallies.kept_figures import (
    ENTRIES,
    IN_HUNDREDTHS,
    MINUTES,
    UNTIMED,
    KeptFigures,
    KeptTable,
    as_printed,
    says_number,
)
from fieldlog.web.linked_figures import SHORT, Shown


def kept_headline(figures: KeptFigures) -> list[Shown]:
    """Return the kept headline for the macro ``headline_figures``."""
    shown = [
        {
            "label": SHORT.get(one.code, one.label),
            "value": plain(Decimal(one.value).scaleb(-2))
            if one.label.endswith(IN_HUNDREDTHS)
            else f"{one.value:,}",
        }
        for one in figures.headline
        if one.code not in {MINUTES, UNTIMED, ENTRIES}
    ]
    hours, untimed = plain(in_hours(figures.value(MINUTES))), figures.value(UNTIMED)
    return [
        {"label": "entries", "value": f"{figures.value(ENTRIES):,}"},
        *shown,
        {
            "label": "hours recorded",
            "value": hours,
            "note": f"{untimed:,} {'entry' if untimed == 1 else 'entries'} without a time",
        },
    ]


def kept_table(table: KeptTable) -> Shown:
    """Return a kept table for the macro ``crosstab``."""
    return {
        "caption": table.title,
        "row_header": table.row_heading,
        "column_header": table.column_heading,
        "columns": [{"label": text, "blank": key is None} for key, text in table.columns],
        "rows": [
            {
                "label": text,
                "blank": key is None,
                "cells": [{"text": f"{value:,}"} for value in cells],
                "total": {"text": f"{total:,}"},
            }
            for (key, text), cells, total in zip(
                table.rows, table.cells, table.row_totals, strict=True
            )
        ],
        "column_totals": [{"text": f"{total:,}"} for total in table.column_totals],
        "grand_total": {"text": f"{table.grand_total:,}"},
    }


def change_rows(changed: Iterable[FigureChange]) -> list[list[str]]:
    """Return a row for each change: label, before, now, difference with its sign."""
    return [_row(one) for one in changed]


def _row(change: FigureChange) -> list[str]:
    label, before, now = as_printed(change)
    return [label, says_number(before), says_number(now), signed(now - before)]


def signed(difference: int | Decimal) -> str:
    """Return a difference with its sign, ``+3`` or ``−2.5``; 0 is without one."""
    size = abs(difference)
    text = plain(size) if isinstance(size, Decimal) else f"{size:,}"
    if not difference:
        return "0"
    return f"+{text}" if difference > 0 else f"−{text}"

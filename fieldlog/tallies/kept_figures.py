"""Figures as they are kept with an export: small, whole numbers only, and comparable later on."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from fieldlog.core.issue import FigureChange
from fieldlog.core.question import DIMENSIONS, Key
from fieldlog.tallies.crosstab import Table
from fieldlog.tallies.headline import HOURS, Figure, Headline
from fieldlog.tallies.hours import in_hours, plain
from fieldlog.tallies.writing import title

ENTRIES, MINUTES, UNTIMED = "entries", "minutes", "untimed"
MINUTES_RECORDED = "Minutes recorded"
IN_HUNDREDTHS = ", in hundredths"
"""How the label of a figure ends that is kept times 100, such as hours on patrol."""


@dataclass(frozen=True)
class KeptFigure:
    """One figure of a headline; hours recorded are kept as minutes, which are whole.

    Other figures that are not whole are kept in hundredths, and their label says so.
    """

    code: str
    label: str
    value: int


@dataclass(frozen=True)
class KeptTable:
    """A table: ``rows`` and ``columns`` are (key, words), ``cells`` a list for each row."""

    title: str
    row_heading: str
    column_heading: str
    rows: tuple[tuple[Key, str], ...]
    columns: tuple[tuple[Key, str], ...]
    cells: tuple[tuple[int, ...], ...]
    row_totals: tuple[int, ...]
    column_totals: tuple[int, ...]
    grand_total: int


@dataclass(frozen=True)
class KeptFigures:
    """The headline and the tables of some entries as they were counted once."""

    headline: tuple[KeptFigure, ...]
    tables: tuple[KeptTable, ...] = ()

    def value(self, code: str) -> int:
        """Return a figure of the headline; 0 where it was left out because there was none."""
        return next((one.value for one in self.headline if one.code == code), 0)

    def as_text(self) -> str:
        """Return the figures as JSON."""
        return json.dumps(
            {
                "headline": [[one.code, one.label, one.value] for one in self.headline],
                "tables": [vars(table) for table in self.tables],
            },
            ensure_ascii=False,
            separators=(",", ":"),
        )


def keep(entries: int, headline: Headline, tables: Iterable[Table] = ()) -> KeptFigures:
    """Return figures as they are kept; ``entries`` is how many were counted."""
    counted = [_whole(figure) for figure in headline.figures if figure.code != HOURS]
    hours = headline.hours
    return KeptFigures(
        (
            KeptFigure(ENTRIES, "Entries counted", entries),
            *counted,
            KeptFigure(MINUTES, MINUTES_RECORDED, hours.recorded_minutes),
            KeptFigure(UNTIMED, "Entries without a time", hours.untimed_records),
        ),
        tuple(map(_kept, tables)),
    )


def _whole(figure: Figure) -> KeptFigure:
    if isinstance(figure.value, Decimal):
        return KeptFigure(figure.code, f"{figure.label}{IN_HUNDREDTHS}", int(figure.value * 100))
    return KeptFigure(figure.code, figure.label, figure.value)


def _kept(table: Table) -> KeptTable:
    return KeptTable(
        title=title(table),
        row_heading=DIMENSIONS[table.question.rows],
        column_heading=DIMENSIONS[table.question.columns],
        rows=tuple((row.key, row.text) for row in table.rows),
        columns=tuple((column.key, column.text) for column in table.columns),
        cells=table.cells,
        row_totals=table.row_totals,
        column_totals=table.column_totals,
        grand_total=table.grand_total,
    )


def of_text(text: str) -> KeptFigures:
    """Return the figures that ``as_text`` wrote."""
    said = json.loads(text)
    return KeptFigures(
        tuple(KeptFigure(code, label, value) for code, label, value in said["headline"]),
        tuple(_table_of(one) for one in said["tables"]),
    )


def _table_of(said: dict[str, Any]) -> KeptTable:
    return KeptTable(
        title=said["title"],
        row_heading=said["row_heading"],
        column_heading=said["column_heading"],
        rows=_headings(said["rows"]),
        columns=_headings(said["columns"]),
        cells=tuple(map(tuple, said["cells"])),
        row_totals=tuple(said["row_totals"]),
        column_totals=tuple(said["column_totals"]),
        grand_total=said["grand_total"],
    )


def _headings(said: Sequence[Sequence[Any]]) -> tuple[tuple[Key, str], ...]:
    return tuple((key, text) for key, text in said)


def as_printed(change: FigureChange) -> tuple[str, int | Decimal, int | Decimal]:
    """Return the label of a change, before and now as the figures are printed: hours as hours."""
    if change.label == MINUTES_RECORDED:
        return "Hours recorded", in_hours(change.before), in_hours(change.now)
    if change.label.endswith(IN_HUNDREDTHS):
        label = change.label.removesuffix(IN_HUNDREDTHS)
        return label, Decimal(change.before).scaleb(-2), Decimal(change.now).scaleb(-2)
    return change.label, change.before, change.now


def says_change(change: FigureChange) -> str:
    """Return ``Patrol-hours: 7.17, now 7.92``."""
    label, before, now = as_printed(change)
    return f"{label}: {says_number(before)}, now {says_number(now)}"


def says_number(value: int | Decimal) -> str:
    """Return a figure as it is read: ``1,092``, and hours without trailing zeros."""
    return plain(value) if isinstance(value, Decimal) else f"{value:,}"


def changes(before: KeptFigures, now: KeptFigures) -> tuple[FigureChange, ...]:
    """Return every figure that differs: the headline first, then each table's cells."""
    return (*headline_changes(before, now), *_changed_cells(before, now))


def headline_changes(before: KeptFigures, now: KeptFigures) -> tuple[FigureChange, ...]:
    """Return the figures of the headline that differ."""
    labels = {one.code: one.label for one in (*now.headline, *before.headline)}
    return tuple(
        FigureChange(label, before.value(code), now.value(code))
        for code, label in labels.items()
        if before.value(code) != now.value(code)
    )


def _changed_cells(before: KeptFigures, now: KeptFigures) -> Iterator[FigureChange]:
    earlier = {table.title: _cells(table) for table in before.tables}
    for table in now.tables:
        if table.title not in earlier:
            continue
        was, is_now = earlier[table.title], _cells(table)
        for place in [*is_now, *(gone for gone in was if gone not in is_now)]:
            old, new = was.get(place, (0, ""))[0], is_now.get(place, (0, ""))[0]
            if old != new:
                label = (is_now.get(place) or was[place])[1]
                yield FigureChange(label, old, new)


def _cells(table: KeptTable) -> dict[tuple[Key, Key], tuple[int, str]]:
    """Return (row key, column key) → value and label of every cell that is not zero."""
    return {
        (row, column): (value, f"{table.title}: {row_text}, {column_text}")
        for (row, row_text), values in zip(table.rows, table.cells, strict=True)
        for (column, column_text), value in zip(table.columns, values, strict=True)
        if value
    }

"""Say how a register stands in its file: proposed from what it says, or as somebody knows it."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from fieldlog.core.lists import Lists
from fieldlog.services.importing.cells import BadCell
from fieldlog.services.importing.columns import letters
from fieldlog.services.importing.premises_said import as_type
from fieldlog.services.importing.register_headings import FIELDS, read_heading
from fieldlog.services.importing.register_layout import (
    Layout,
    first_below,
    layout_problems,
    propose,
    sample_rows,
    with_headings,
)
from fieldlog.store import register_imports
from fieldlog.store.connection import Database
from fieldlog.store.lists import load_lists
from fieldlog.workbook.sheet import Row, UnreadableSheet

IGNORE = "ignore"
"""What is said of a column that means nothing to fieldlog."""

_REMEMBERED = 10
"""Imports whose headings are remembered."""

_ENOUGH = 5
"""Values of which one at least has to be in the list, or the column is about something else."""

_HEADING_ROWS = re.compile(r"\s*(\d{1,7})\s*(?:-\s*(\d{1,7})\s*)?")


def lay_out(
    db: Database,
    path: Path,
    *,
    sheet: str | None = None,
    heading_rows: str = "",
    said: Mapping[str, str] | None = None,
) -> Layout:
    """Return how the file at ``path`` is to be read.

    ``heading_rows`` is the number of the row of headings, or of the first and the last like 3-4;
    without it the likeliest is taken. ``said`` maps headings or letters of columns to fields, and
    goes before what is proposed. Raises UnreadableSheet.
    """
    rows, _ = sample_rows(path, sheet)
    layout = lay_out_rows(db, rows, sheet=sheet, heading_rows=heading_rows)
    layout = layout.with_fields(_as_said(layout, said or {}))
    if "name" not in layout.fields:
        shown = ", ".join(heading or "(empty)" for heading in layout.headings[:12])
        raise UnreadableSheet(
            f"No column is headed “name” or looks like it. The headings seem to be in row "
            f"{layout.last}: {shown[:200]}. Say which row they are in with --header-row, and which "
            'column is the name with --map "Column=name".'
        )
    for problem in layout_problems(layout):
        raise UnreadableSheet(problem)
    return layout


def lay_out_rows(
    db: Database, rows: Sequence[Row], *, sheet: str | None = None, heading_rows: str = ""
) -> Layout:
    """Return the likeliest layout of a file that begins with ``rows``. Raises UnreadableSheet."""
    known = known_headings(db)
    if heading_rows:
        found = _HEADING_ROWS.fullmatch(heading_rows)
        if found is None:
            raise UnreadableSheet(f"“{heading_rows}” is no row. Give its number, like 4 or 3-4.")
        last = int(found[2] or found[1])
        layout = with_headings(rows, int(found[1]), last, known, sheet)
    else:
        layout = propose(rows, known, sheet)
    return _without_strange_types(layout, rows, load_lists(db))


def known_headings(db: Database) -> dict[str, str]:
    """Return what headings meant in the last imports, as ``Layout.known`` gives it."""
    found: dict[str, str] = {}
    for said in register_imports.layouts(db, _REMEMBERED):
        found |= {
            heading: field for heading, field in Layout.from_data(said).known.items() if field
        }
    return found


def _without_strange_types(layout: Layout, rows: Sequence[Row], lists: Lists) -> Layout:
    """Leave a column of types out if none of them is in the list: every row would be refused."""
    if "type" not in layout.fields:
        return layout
    place = layout.fields.index("type")
    choices = [(choice.code, choice.label) for choice in lists.plain["premises_type"].values()]
    values = [row[place] for _, row in first_below(rows, layout, len(rows)) if row[place]]

    def known(value: object) -> bool:
        try:
            return as_type(str(value), choices) is not None
        except BadCell:
            return False

    if len(values) < _ENOUGH or any(known(value) for value in values):
        return layout
    return layout.with_fields(
        ["" if one == place else field for one, field in enumerate(layout.fields)]
    )


def _as_said(layout: Layout, said: Mapping[str, str]) -> list[str]:
    fields = list(layout.fields)
    for column, meant in said.items():
        field = _field(meant)
        if field:
            fields = ["" if one == field else one for one in fields]
        fields[_place(layout, column)] = field
    return fields


def _field(meant: str) -> str:
    wanted = read_heading(meant)
    if wanted in {"", IGNORE}:
        return ""
    for field, label in FIELDS.items():
        if wanted in {read_heading(field), read_heading(label)}:
            return field
    raise UnreadableSheet(
        f"“{meant}” is no field of premises. Use one of: {', '.join(FIELDS)}, {IGNORE}."
    )


def _place(layout: Layout, column: str) -> int:
    wanted = read_heading(column)
    for place, heading in enumerate(layout.headings):
        if wanted and wanted == read_heading(heading):
            return place
    for place in range(len(layout.headings)):
        if column.strip().upper() == letters(place):
            return place
    shown = ", ".join(heading for heading in layout.headings if heading)[:300]
    raise UnreadableSheet(f"There is no column “{column}”. The headings are: {shown}.")

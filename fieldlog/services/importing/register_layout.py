"""How a register stands in its file: which rows hold the headings and which column is what.

Both are proposed from what the file says, and somebody who knows it better can say otherwise.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from fieldlog.services.importing.columns import ADDED, Columns, column_named, letters
from fieldlog.services.importing.register_headings import (
    FIELDS,
    SEVERAL,
    meaning,
    read_heading,
)
from fieldlog.workbook.reading import Grid, UnreadableSheet, read_grid
from fieldlog.workbook.sheet import Row, Sheet, Value, fitted, header_text

SAMPLE = 40
"""Rows at the start of a file that are looked at for its headings."""

MOST_HEADING_ROWS = 3
_LONGEST_HEADING = 80


@dataclass(frozen=True)
class Layout:
    """How a file is to be read. ``fields`` says for each column what it is, empty for nothing.

    ``first`` and ``last`` are the numbers of the rows that hold the headings; ``headings`` are the
    words of those rows, column by column.
    """

    first: int
    last: int
    headings: tuple[str, ...]
    fields: tuple[str, ...]
    sheet: str | None = None

    def as_data(self) -> dict[str, Any]:
        """Return the layout as plain data that JSON carries."""
        return asdict(self)

    @staticmethod
    def from_data(said: Mapping[str, Any]) -> "Layout":
        """Return the layout that ``as_data`` made plain."""
        headings, fields = tuple(said["headings"]), tuple(said["fields"])
        return Layout(**{**said, "headings": headings, "fields": fields})

    def with_fields(self, fields: Sequence[str]) -> "Layout":
        """Return it with other fields for its columns."""
        return replace(self, fields=tuple(fields))

    @property
    def known(self) -> dict[str, str]:
        """What its headings stand for, for the next file that has them."""
        pairs = zip(self.headings, self.fields, strict=True)
        return {read_heading(heading): field for heading, field in pairs if heading}

    def columns(self) -> Columns:
        """Return where each field is; address 2 is the second column of an address."""
        places: dict[str, int] = {}
        for place, field in enumerate(self.fields):
            if field:
                same = sum(name.split()[0] == field for name in places)
                places[f"{field} {same + 1}" if same else field] = place
        added = {
            place
            for place, heading in enumerate(self.headings)
            if read_heading(heading).replace(" ", "_") in ADDED
        }
        unused = [
            column_named(heading, place)
            for place, heading in enumerate(self.headings)
            if not self.fields[place] and place not in added
        ]
        return Columns(
            places=places,
            headings={name: self.heading(place) for name, place in places.items()},
            measures=frozenset(),
            ignored=tuple(unused),
            added=frozenset(added),
        )

    def heading(self, place: int) -> str:
        """Return the words above a column, or its letters where there are none."""
        return self.headings[place] or f"column {letters(place)}"


def layout_problems(layout: Layout) -> list[str]:
    """Return what stops a file from being read like that, in words for who said it."""
    problems = []
    if "name" not in layout.fields:
        problems.append("Say which column holds the name of the premises.")
    for field, label in FIELDS.items():
        if layout.fields.count(field) > 1 and field not in SEVERAL:
            problems.append(f"{label} is said of several columns. Choose one of them.")
    if ("easting" in layout.fields) != ("northing" in layout.fields):
        problems.append("Easting and northing belong together. Choose both columns or none.")
    return problems


def sample_rows(path: Path, sheet: str | None = None) -> tuple[list[Row], tuple[str, ...]]:
    """Return the first rows of a file and the titles of its sheets. Raises UnreadableSheet."""
    grid = read_grid(path, sheet, SAMPLE)
    return list(grid.rows), grid.titles


def propose(rows: Sequence[Row], known: Mapping[str, str] = {}, sheet: str | None = None) -> Layout:
    """Return the likeliest layout of a file that begins with ``rows``.

    ``known`` is what headings meant in earlier files.
    """
    candidates = [_proposed(rows, place, place, known, sheet) for place in range(len(rows))]
    candidates += [
        _proposed(rows, start, end, known, sheet)
        for end in range(1, len(rows))
        for start in range(max(0, end - MOST_HEADING_ROWS + 1), end)
        if any(candidates[end].fields)
        and rows[end][0] - rows[start][0] == end - start
        and _heads_groups(rows[start])
    ]
    # Of two that say as much the one with more rows tells whose name and address it is.
    best = max(
        candidates, key=lambda one: (len(set(one.fields) - {""}), one.last - one.first, -one.first)
    )
    if any(best.fields):
        return best
    fullest = max(range(len(rows)), key=lambda place: (_filled(rows[place]), -place))
    return _proposed(rows, fullest, fullest, known, sheet)


def with_headings(
    rows: Sequence[Row],
    first: int,
    last: int,
    known: Mapping[str, str] = {},
    sheet: str | None = None,
) -> Layout:
    """Return the layout with the headings in the rows numbered ``first`` to ``last``.

    Raises UnreadableSheet if there are none.
    """
    places = [place for place, (number, _) in enumerate(rows) if first <= number <= last]
    if not places or last - first >= MOST_HEADING_ROWS:
        raise UnreadableSheet(
            f"There are no headings in row {first}. Give a row at the start of the file, "
            f"or up to {MOST_HEADING_ROWS} like 3-4."
        )
    return _proposed(rows, places[0], places[-1], known, sheet)


def read_by(path: Path, layout: Layout) -> Sheet:
    """Return the rows of a file below the headings of ``layout``. Raises UnreadableSheet."""
    grid = read_grid(path, layout.sheet)
    width = len(layout.headings)
    above = 0
    first: list[Row] = []
    for row in grid.rows:
        if row[0] > layout.last:
            first.append(row)
            break
        above += 1
    rows = ((number, fitted(cells, width)) for number, cells in _chained(first, grid))
    return Sheet(grid.title, grid.suffix, list(layout.headings), grid.row_count - above, rows)


def _chained(first: list[Row], grid: Grid) -> Any:
    yield from first
    yield from grid.rows


def _proposed(
    rows: Sequence[Row], start: int, end: int, known: Mapping[str, str], sheet: str | None
) -> Layout:
    parts = _parts([cells for _, cells in rows[start : end + 1]])
    taken: set[str] = set()
    fields = []
    for one in parts:
        field = meaning(one, known)
        fields.append("" if field in taken and field not in SEVERAL else field)
        taken.add(field)
    if "easting" not in taken or "northing" not in taken:
        fields = ["" if field in {"easting", "northing"} else field for field in fields]
    headings = tuple(" ".join(part for part in one if part) for one in parts)
    return Layout(rows[start][0], rows[end][0], headings, tuple(fields), sheet)


def _parts(heads: list[list[Value]]) -> list[list[str]]:
    """Return the words above each column from the top row down, merged cells filled in."""
    width = max(len(cells) for cells in heads)
    texts = [
        [" ".join(header_text(cell).split()) for cell in fitted(cells, width)] for cells in heads
    ]
    lowest = texts[-1]
    for upper in texts[:-1]:
        group = ""
        for place in range(width):
            if upper[place]:
                # A heading with nothing below it reaches down, not to the right.
                group = upper[place] if lowest[place] else ""
            elif lowest[place]:
                upper[place] = group
    return [list(column) for column in zip(*texts, strict=True)]


def _heads_groups(upper: Row) -> bool:
    """Tell whether a row may stand above headings: a few short words, not one title alone."""
    filled = [place for place, cell in enumerate(upper[1]) if cell is not None]
    short = all(
        isinstance(upper[1][place], str) and len(str(upper[1][place])) <= _LONGEST_HEADING
        for place in filled
    )
    return short and (len(filled) > 1 or filled[:1] != [0])


def _filled(row: Row) -> int:
    return sum(isinstance(cell, str) and len(cell) <= _LONGEST_HEADING for cell in row[1])


def first_below(rows: Sequence[Row], layout: Layout, most: int) -> list[Row]:
    """Return the first rows of the table itself, each as long as there are columns."""
    width = len(layout.headings)
    below = (row for row in rows if row[0] > layout.last)
    return [(number, fitted(cells, width)[:width]) for number, cells in islice(below, most)]

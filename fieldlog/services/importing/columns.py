"""Find out what each column of a spreadsheet is for by its heading."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fieldlog.core.lists import Lists
from fieldlog.core.words import Unit
from fieldlog.services.importing.cells import loosely
from fieldlog.workbook.sheet import UnreadableSheet

REFUSED_ROW = "refused_row"
REFUSED_BECAUSE = "refused_because"
ADDED = {REFUSED_ROW, REFUSED_BECAUSE}
"""Columns of a file of refused rows, for its reader only."""

ENTRY_FIELDS = (
    "id",
    "happened_at",
    "operation",
    "night_of",
    "officer",
    "agency",
    "kind",
    "premises",
    "ward",
    "action_taken",
    "minutes",
    "notes",
    "four_e",
    "capacity",
    "marking",
)
ENTRY_SYNONYMS = {"action": "action_taken", "time taken": "minutes"}


@dataclass(frozen=True)
class Columns:
    """Where each field is: ``places`` maps field to position, ``headings`` field to its heading.

    ``measures`` are the fields that are measure codes. ``ignored`` are the columns, as text for a
    report, that mean nothing to fieldlog; ``added`` are the places of those that a file of
    refused rows was given.
    """

    places: Mapping[str, int]
    headings: Mapping[str, str]
    measures: frozenset[str]
    ignored: tuple[str, ...]
    added: frozenset[int]


def entry_columns(header: list[str], lists: Lists) -> Columns:
    """Return the columns of a file of entries. Raises UnreadableSheet."""
    known = {loosely(field): field for field in ENTRY_FIELDS}
    known |= ENTRY_SYNONYMS
    for code, measure in lists.measures.items():
        known.setdefault(loosely(code), code)
        # "Cash seized" does not say whether it is in pounds or in pence; cash_pence does.
        if measure.unit is Unit.COUNT:
            known.setdefault(loosely(measure.label), code)
    return _columns(header, known, frozenset(lists.measures), "happened_at", ENTRY_FIELDS)


def _columns(
    header: list[str],
    known: Mapping[str, str],
    measures: frozenset[str],
    needed: str,
    fields: Iterable[str],
) -> Columns:
    places: dict[str, int] = {}
    ignored: list[str] = []
    added: set[int] = set()
    for place, heading in enumerate(header):
        field = known.get(loosely(heading))
        if loosely(heading).replace(" ", "_") in ADDED:
            added.add(place)
        elif field is None:
            ignored.append(column_named(heading, place))
        elif field in places:
            raise UnreadableSheet(
                f"Columns {letters(places[field])} and {letters(place)} are both headed "
                f"“{field}”. Rename or delete one of them."
            )
        else:
            places[field] = place
    if needed not in places:
        raise UnreadableSheet(
            f"No column is headed “{needed}”. The first row must be the headings: "
            f"{', '.join(fields)}. It is: {_shortened(header)}."
        )
    return Columns(
        places=places,
        headings={field: header[place] for field, place in places.items()},
        measures=measures & places.keys(),
        ignored=tuple(ignored),
        added=frozenset(added),
    )


def column_named(heading: str, place: int) -> str:
    """Return a column as a report names it: its heading and its letters."""
    return f"{heading} (column {letters(place)})" if heading else f"column {letters(place)}"


def _shortened(header: list[str]) -> str:
    shown = ", ".join(heading or "(empty)" for heading in header[:12])
    return shown[:200] + (" …" if len(header) > 12 or len(shown) > 200 else "")


def letters(place: int) -> str:
    """Return the letters of the column at ``place``, counted from 0: A, B … Z, AA."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(ord("A") + rest) + name
    return name

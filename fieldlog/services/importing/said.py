"""What a row of entries says, before any name is looked up."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID

from fieldlog.core.folding import folded
from fieldlog.core.lists import Lists
from fieldlog.core.night import utc_text
from fieldlog.core.words import Capacity, EntryKind, FourE, Labelled, Marking
from fieldlog.services.importing import cells
from fieldlog.services.importing.cells import BadCell
from fieldlog.services.importing.columns import Columns
from fieldlog.services.importing.rows import CellReader, Problems
from fieldlog.workbook.sheet import Row, Value


@dataclass(frozen=True)
class RowSaid:
    """What one row says; empty text and ``None`` mean not recorded. ``happened_at`` is UTC."""

    happened_at: datetime
    id: UUID | None = None
    operation: str = ""
    night_of: date | None = None
    officer: str = ""
    agency: str = ""
    kind: EntryKind | None = None
    premises: str = ""
    ward: str = ""
    action_taken: str | None = None
    minutes: int | None = None
    notes: str = ""
    four_e: FourE | None = None
    capacity: Capacity | None = None
    marking: Marking | None = None
    counts: Mapping[str, int] = field(default_factory=dict)

    def content(self) -> str:
        """Return the SHA-256 (hex) of what the row says besides its id.

        What was not recorded, and what is so without being said, is left out: a column that is
        added to a file later changes nothing.
        """
        said = {
            "happened_at": utc_text(self.happened_at),
            "operation": folded(self.operation),
            "night_of": self.night_of.isoformat() if self.night_of else None,
            "officer": folded(self.officer),
            "agency": folded(self.agency),
            "kind": (self.kind or EntryKind.OTHER).value,
            "premises": folded(self.premises),
            "ward": folded(self.ward),
            "action": self.action_taken,
            "minutes": self.minutes,
            "notes": self.notes,
            "four_e": self.four_e,
            "capacity": None if self.capacity is Capacity.OWN else self.capacity,
            "marking": None if self.marking is Marking.OFFICIAL else self.marking,
            "counts": dict(self.counts),
        }
        return digest({key: value for key, value in said.items() if value not in ("", None, {})})


def digest(said: Mapping[str, object]) -> str:
    """Return the SHA-256 (hex) of a mapping of plain values."""
    text = json.dumps(said, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()


@dataclass(frozen=True)
class ReadRow:
    """A row of the file: its number and cells, and what it says or what is wrong with it."""

    number: int
    cells: list[Value]
    said: RowSaid | None
    problems: Problems = ()


class RowReader:
    """Reads the rows of one file of entries by its columns."""

    def __init__(
        self, header: list[str], columns: Columns, lists: Lists, *, day_first: bool = False
    ) -> None:
        """Read with the given ``columns``; ``day_first`` says how 05/12/2020 is meant."""
        self._measures = columns.measures
        self._heading = columns.headings["happened_at"]
        readers = dict.fromkeys(columns.measures, cells.as_count)
        self._cells = CellReader(header, columns, _readers(lists, day_first=day_first) | readers)

    def read(self, row: Row) -> ReadRow:
        """Return what ``row`` says, or everything that is wrong with it."""
        number, values = row
        said, problems = self._cells.read(values)
        if "happened_at" not in said and self._heading not in dict(problems):
            problems = ((self._heading, "It is blank. Write it like 2020-12-05 21:40."), *problems)
        if problems:
            return ReadRow(number, values, None, problems)
        counts = {name: said.pop(name) for name in sorted(self._measures & said.keys())}
        return ReadRow(number, values, RowSaid(**said, counts=counts))


def _readers(lists: Lists, *, day_first: bool) -> dict[str, Callable[[Value], Any]]:
    actions = [(action.code, action.label) for action in lists.actions.values()]
    readers: dict[str, Callable[[Value], Any]] = {
        "id": as_id,
        "happened_at": partial(cells.as_moment, day_first=day_first),
        "night_of": partial(cells.as_day, day_first=day_first),
        "kind": partial(_as_word, words=EntryKind, what="a kind of entry"),
        "action_taken": partial(cells.as_choice, choices=actions, what="an action in the list"),
        "minutes": cells.as_minutes,
        "notes": partial(cells.as_notes, field="notes"),
        "four_e": partial(_as_word, words=FourE, what="one of the four Es"),
        "capacity": partial(_as_word, words=Capacity, what="a way to take part"),
        "marking": partial(_as_word, words=Marking, what="a marking"),
    }
    names = ("operation", "officer", "agency", "premises", "ward")
    return readers | {name: partial(cells.as_name, field=name) for name in names}


def _as_word(value: Value, words: type[Labelled], what: str) -> Labelled | None:
    code = cells.as_choice(value, [(word.value, word.label) for word in words], what)
    return words(code) if code else None


def as_id(value: Value) -> UUID | None:
    """Return the id that a cell holds, None if it is blank. Raises BadCell if it is no UUID."""
    text = cells.filled(value)
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError as error:
        raise BadCell(
            f"“{text}” is not an id (a UUID). Leave the cell blank, or keep the one that the file "
            "of refused rows has in its place."
        ) from error

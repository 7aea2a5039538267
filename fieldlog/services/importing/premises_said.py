"""What a row of a premises register says."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from fieldlog.core.folding import folded
from fieldlog.core.lists import Lists
from fieldlog.core.national_grid import GridPoint, NoPlace, read_reference
from fieldlog.core.rules import text_problems
from fieldlog.services.importing import cells
from fieldlog.services.importing.cells import BadCell
from fieldlog.services.importing.columns import Columns
from fieldlog.services.importing.register_headings import read_heading
from fieldlog.services.importing.rows import CellReader, Problems
from fieldlog.store.premises import Premises, Registration
from fieldlog.workbook.sheet import Row, Value

_HALF = 5
"""Figures of each half of a grid reference that names a square metre; what goes on is cut off."""

_REFERENCE = re.compile(r"([A-Z]{2})(\d+(?:\.\d+)?)(?:[ ,]+(\d+(?:\.\d+)?))?")
_POWER = re.compile(r"(\d)(?:[.,](\d+))?E\+?(\d{1,3})", re.IGNORECASE)
_TEXTS = ("name", "address", "postcode", "licence_number", "ward")
_A_HEADING = (
    "Nothing but this is filled in, so it reads like a heading inside the table. Delete the row, "
    "or give at least the address."
)
_SPARSE = 4
"""Columns of a premises from which on a row with its name alone reads like a heading."""


@dataclass(frozen=True, slots=True)
class PremisesSaid:
    """A row: what it says, by the fields of a Registration; its ward by name; what is wrong."""

    number: int
    cells: list[Value]
    said: Mapping[str, Any]
    ward: str
    aliases: tuple[str, ...]
    problems: Problems

    @property
    def name(self) -> str:
        """The name of the premises, empty if the row has none."""
        return str(self.said.get("name", ""))

    def registration(
        self, known: Premises | None = None, ward_id: int | None = None
    ) -> Registration:
        """Return what the row says, filled up with what is ``known`` where it says nothing."""
        before = vars(as_line(known)) if known else {}
        after = dict(self.said) | ({} if ward_id is None else {"ward_id": ward_id})
        if known and known.uprn and "uprn" in after:
            # Leading noughts come and go with the program that saved the file.
            del after["uprn"]
        return Registration(**(before | after))


def as_line(known: Premises) -> Registration:
    """Return the line of the register that a premises stands for."""
    said = {name: value for name, value in vars(known).items() if name not in {"id", "registered"}}
    return Registration(**said)


def names_in(rows: Iterable[PremisesSaid]) -> Counter[str]:
    """Return how many of ``rows`` have each folded name."""
    return Counter(folded(row.name) for row in rows)


class PremisesReader:
    """Reads the rows of one register by its columns."""

    def __init__(self, header: list[str], columns: Columns, lists: Lists) -> None:
        """Read the ``columns`` of a file with that ``header``."""
        self._columns = columns
        self._header = {
            place: read_heading(heading) for place, heading in enumerate(header) if heading
        }
        types = [(choice.code, choice.label) for choice in lists.plain["premises_type"].values()]
        readers: dict[str, Callable[[Value], Any]] = {
            "uprn": as_uprn,
            "type": partial(as_type, choices=types),
            "grid_reference": as_grid_reference,
            "easting": _as_metres,
            "northing": _as_metres,
            "aliases": _as_aliases,
        }
        readers |= {name: partial(cells.as_name, field=name) for name in _TEXTS}
        by_place = {name: readers[name.split()[0]] for name in columns.places}
        self._cells = CellReader(header, columns, by_place)

    def read(self, row: Row) -> PremisesSaid:
        """Return what ``row`` says of a premises, or everything that is wrong with it."""
        number, values = row
        said, problems = self._cells.read(values)
        problems = (*self._about_name(said, problems, values), *problems)
        problems = (*problems, *self._put_together(said))
        aliases = tuple(name for part in self._taken(said, "aliases") for name in part)
        ward = str(said.pop("ward", ""))
        if "type" in said:
            said["premises_type"] = said.pop("type")
        return PremisesSaid(number, values, said, ward, aliases, problems)

    def _about_name(
        self, said: dict[str, Any], problems: Problems, values: list[Value]
    ) -> Problems:
        heading = self._columns.headings["name"]
        if "name" not in said:
            blank = ((heading, "It is blank. Every premises needs its name."),)
            return () if heading in dict(problems) else blank
        own = self._header.get(self._columns.places["name"], "")
        if read_heading(said["name"]) in own and self._repeats_headings(values):
            return ((heading, "This row repeats the headings. Delete it."),)
        if len(said) == 1 and not problems and len(self._columns.places) >= _SPARSE:
            return ((heading, _A_HEADING),)
        return ()

    def _repeats_headings(self, values: list[Value]) -> bool:
        said = {place: read_heading(str(cell)) for place, cell in enumerate(values) if cell}
        same = [words for place, words in said.items() if words in self._header.get(place, "")]
        return len(said) > 1 and len(same) == len(said)

    def _taken(self, said: dict[str, Any], field: str) -> list[Any]:
        """Take every column of ``field`` out of ``said`` and return what they say, in order."""
        names = [name for name in self._columns.places if name.split()[0] == field]
        return [said.pop(name) for name in names if name in said]

    def _put_together(self, said: dict[str, Any]) -> Problems:
        """Make one address and one grid reference of what their columns say; return problems."""
        found: list[tuple[str, str]] = []
        lines = [line.rstrip(" ,") for line in self._taken(said, "address")]
        if lines:
            said["address"] = ", ".join(lines)
        if len(lines) > 1:
            wrong = text_problems("address", said["address"])
            found += [(self._columns.headings["address"], one.message) for one in wrong]
        place = [said.pop(name, None) for name in ("easting", "northing")]
        if None not in place and "grid_reference" not in said:
            try:
                said["grid_reference"] = _reference_of(*place)
            except BadCell as bad:
                found.append((self._columns.headings["easting"], str(bad)))
        return tuple(found)


def as_type(value: Value, choices: list[tuple[str, str]]) -> str | None:
    """Return the code of a type of premises; one or many makes no difference. Raises BadCell."""
    try:
        return cells.as_choice(value, choices, "a type of premises in the list")
    except BadCell:
        wanted = cells.loosely(cells.as_text(value))
        for code, label in choices:
            if wanted in {_many(cells.loosely(label)), _many(cells.loosely(code))}:
                return code
        raise


def _many(word: str) -> str:
    return f"{word}es" if word.endswith(("s", "sh", "ch", "x")) else f"{word}s"


def as_uprn(value: Value) -> str | None:
    """Return a UPRN, 1 to 12 digits as text, None if the cell is blank. Raises BadCell.

    A number that a spreadsheet wrote with a power of ten is read where it holds every digit.
    """
    text = "".join(cells.filled(value).lstrip("'").split())
    if not text:
        return None
    power = _POWER.fullmatch(text)
    if power:
        digits, places = power[1] + (power[2] or ""), int(power[3]) + 1
        if len(digits) < places or digits[places:].strip("0"):
            raise BadCell(
                f"“{text}” has lost digits of the UPRN, which has 1 to 12 digits. Format the "
                "column as text or as a number without decimals where it came from, and save again."
            )
        text = digits[:places]
    text = re.sub(r"\.0+$", "", text)
    if re.fullmatch(r"\d{1,3}(,\d{3})+", text):
        text = text.replace(",", "")
    if not re.fullmatch(r"[0-9]{1,12}", text) or not int(text):
        raise BadCell(
            f"“{text}” is not a UPRN: it has 1 to 12 digits. Look it up, or leave the cell blank."
        )
    return text


def as_grid_reference(value: Value) -> str | None:
    """Return a grid reference like TL 9952 2525, None if the cell is blank. Raises BadCell.

    It keeps as many figures as it has, ten at most: what goes on is cut off, never rounded.
    """
    text = cells.filled(value).upper()
    if not text:
        return None
    joined = "".join(text.split())
    found = _REFERENCE.fullmatch(joined) or _REFERENCE.fullmatch(re.sub("(?<=[A-Z]) +", "", text))
    first, second = _halves(found) if found else ("", "")
    if not found or not first or len(first) != len(second):
        raise BadCell(f"“{text}” is not an OS grid reference. Write it like TL 9952 2525.")
    try:
        read_reference(found[1] + first[:_HALF] + second[:_HALF])
    except NoPlace as wrong:
        raise BadCell(str(wrong)) from wrong
    return f"{found[1]} {first[:_HALF]} {second[:_HALF]}"


def _halves(found: re.Match[str]) -> tuple[str, str]:
    if found[3]:
        return found[2].split(".")[0], found[3].split(".")[0]
    half = len(found[2]) // 2
    return found[2][:half], found[2][half:]


def _as_metres(value: Value) -> float | None:
    text = cells.filled(value).replace(",", "").replace(" ", "")
    if not text:
        return None
    if not re.fullmatch(r"\d{1,7}(\.\d+)?", text):
        raise BadCell(f"“{text}” is not a number of metres on the national grid, like 599520.")
    return float(text)


def _reference_of(easting: float, northing: float) -> str | None:
    if not easting and not northing:
        return None
    point = GridPoint(easting, northing)
    if not point.on_land:
        raise BadCell(
            f"{easting:g} east, {northing:g} north is not in Great Britain. Check both, or blank "
            "them."
        )
    return point.reference(2 * _HALF)


def _as_aliases(value: Value) -> tuple[str, ...] | None:
    text = cells.filled(value)
    names = (" ".join(part.split()) for part in re.split(r"[;|\n]", text))
    found = tuple(name for name in names if name)
    for name in found:
        for problem in text_problems("premises", name):
            raise BadCell(problem.message)
    return found or None

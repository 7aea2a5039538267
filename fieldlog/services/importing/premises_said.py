"""What a row of a premises register says."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from fieldlog.core.folding import folded
from fieldlog.core.lists import Lists
from fieldlog.services.importing import cells
from fieldlog.services.importing.cells import BadCell
from fieldlog.services.importing.columns import Columns
from fieldlog.services.importing.rows import CellReader, Problems
from fieldlog.store.premises import Premises, Registration
from fieldlog.workbook.sheet import Row, Value

_GRID_REFERENCE = re.compile(r"([A-Z]{2})((?:\d\d){1,5})")


@dataclass(frozen=True)
class PremisesSaid:
    """A row: what it says, by the fields of a Registration; its ward by name; what is wrong."""

    number: int
    cells: list[Value]
    said: Mapping[str, Any]
    ward: str
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


def premises_reader(header: list[str], columns: Columns, lists: Lists) -> CellReader:
    """Return what reads the rows of a file with that ``header``."""
    types = [(choice.code, choice.label) for choice in lists.plain["premises_type"].values()]
    names = ("name", "address", "postcode", "licence_number", "ward")
    readers: dict[str, Callable[[Value], Any]] = {
        "uprn": _as_uprn,
        "type": partial(cells.as_choice, choices=types, what="a type of premises in the list"),
        "grid_reference": _as_grid_reference,
    }
    readers |= {name: partial(cells.as_name, field=name) for name in names}
    return CellReader(header, columns, readers)


def read_premises(row: Row, reader: CellReader, columns: Columns) -> PremisesSaid:
    """Return what ``row`` says of a premises, or everything that is wrong with it."""
    number, values = row
    said, problems = reader.read(values)
    heading = columns.headings["name"]
    if "name" not in said and heading not in dict(problems):
        problems = ((heading, "It is blank. Every premises needs its name."), *problems)
    ward = str(said.pop("ward", ""))
    if "type" in said:
        said["premises_type"] = said.pop("type")
    return PremisesSaid(number, values, said, ward, problems)


def _as_uprn(value: Value) -> str | None:
    text = "".join(cells.filled(value).split())
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{1,12}", text) or not int(text):
        raise BadCell(
            f"“{text}” is not a UPRN: it has 1 to 12 digits. If the spreadsheet shows it as "
            "1.0E+11, format the column as text or as a number without decimals."
        )
    return text


def _as_grid_reference(value: Value) -> str | None:
    text = "".join(cells.filled(value).upper().split())
    if not text:
        return None
    found = _GRID_REFERENCE.fullmatch(text)
    if found is None:
        raise BadCell(f"“{text}” is not an OS grid reference. Write it like TL 9952 2525.")
    half = len(found[2]) // 2
    return f"{found[1]} {found[2][:half]} {found[2][half:]}"

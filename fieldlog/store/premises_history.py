"""What is known of premises besides their entries: names, changes in the register, lists."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from fieldlog.core.folding import folded
from fieldlog.core.night import from_utc_text
from fieldlog.store.premises import matching


@dataclass(frozen=True)
class Described:
    """A premises in the words of the screen; ``names`` are the others that it goes by."""

    id: int
    name: str
    address: str
    type: str
    ward: str
    uprn: str
    licence_number: str
    grid_reference: str
    registered: bool
    added_at: datetime
    names: tuple[str, ...]


@dataclass(frozen=True)
class RegisterChange:
    """One field that somebody, or an import of the register, changed in a premises."""

    at: datetime
    by: str
    by_import: bool
    premises: str
    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Listed:
    """A premises in a list."""

    id: int
    name: str
    address: str
    type: str
    ward: str


_WORDS = """
FROM premises
LEFT JOIN list_items AS types ON types.list = 'premises_type' AND types.code = premises_type
LEFT JOIN wards ON wards.id = ward_id
"""
_ADDRESS = (
    "premises.address || iif(premises.address <> '' AND postcode <> '', ', ', '') || postcode"
)
_TYPE = "coalesce(types.label, premises_type, '')"


def describe(db: Database, same: Sequence[int]) -> Described:
    """Return what is known of premises; ``same`` are the ids that are one, what stays first."""
    row = db.execute(
        f"SELECT premises.id, premises.name, {_ADDRESS}, {_TYPE}, coalesce(wards.name, ''), "
        "coalesce(uprn, ''), licence_number, grid_reference, registered, created_at "
        f"{_WORDS} WHERE premises.id = ?",
        [same[0]],
    ).fetchone()
    others = db.execute(
        "SELECT name, folded_name FROM premises_aliases "
        "WHERE premises_id IN (SELECT value FROM json_each(:ids)) UNION "
        "SELECT name, folded_name FROM premises WHERE id IN (SELECT value FROM json_each(:ids))",
        {"ids": json.dumps(list(same))},
    )
    own = folded(row[1])
    names = {spelled: name for name, spelled in others if spelled != own}
    return Described(
        *[
            *row[:8],
            bool(row[8]),
            from_utc_text(row[9]),
            tuple(sorted(names.values(), key=str.casefold)),
        ]
    )


def changes_of(db: Database, same: Sequence[int]) -> list[RegisterChange]:
    """Return what was changed in premises, oldest first."""
    rows = db.execute(
        "SELECT changed_at, coalesce(officers.name, ''), import_id IS NOT NULL, premises.name, "
        "field, before, after FROM premises_changes "
        "JOIN premises ON premises.id = premises_id LEFT JOIN officers ON officers.id = officer_id "
        "WHERE premises_id IN (SELECT value FROM json_each(?)) ORDER BY premises_changes.id",
        [json.dumps(list(same))],
    )
    return [
        RegisterChange(from_utc_text(at), by, bool(imported), *words)
        for at, by, imported, *words in rows
    ]


def count_listed(db: Database, letters: str) -> int:
    """Return how many premises ``find_listed`` has for the same letters."""
    where, values = _matching(letters)
    return int(db.execute(f"SELECT count(*) FROM premises WHERE {where}", values).fetchone()[0])


def find_listed(db: Database, letters: str, *, limit: int, offset: int) -> list[Listed]:
    """Return premises by name, those of ``letters`` where there are any; none that was merged."""
    where, values = _matching(letters)
    rows = db.execute(
        f"SELECT premises.id, premises.name, {_ADDRESS}, {_TYPE}, coalesce(wards.name, '') "
        f"{_WORDS} WHERE premises.id IN (SELECT id FROM premises WHERE {where} "
        "ORDER BY folded_name, id LIMIT :limit OFFSET :offset) "
        "ORDER BY premises.folded_name, premises.id",
        values | {"limit": limit, "offset": offset},
    )
    return [Listed(*row) for row in rows]


def _matching(letters: str) -> tuple[str, dict[str, object]]:
    words = folded(letters).split()
    if not words:
        return "merged_into IS NULL", {}
    where, values = matching(words)
    whole = {"number": letters.strip().casefold()}
    numbers = (
        "SELECT coalesce(merged_into, id) FROM premises "
        "WHERE uprn = :number OR lower(licence_number) = :number"
    )
    return f"({where} OR id IN ({numbers}))", values | whole

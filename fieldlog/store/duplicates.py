"""Premises that may be one and the same, and what is asked before they are merged."""

import json
from collections.abc import Collection
from dataclasses import dataclass

from sqlite_utils import Database

from fieldlog.store.filtering import VISIT


@dataclass(frozen=True)
class Likely:
    """Two premises that may be one, and what they have in common."""

    one_id: int
    one: str
    one_address: str
    other_id: int
    other: str
    other_address: str
    why: str


_SAME = (
    ("the same UPRN but for noughts in front", "ltrim({}.uprn, '0')", ""),
    ("the same licence number", "{}.licence_number", ""),
    (
        "the same name",
        "{}.folded_name",
        "AND (one.ward_id = other.ward_id OR one.ward_id IS NULL OR other.ward_id IS NULL)",
    ),
)
"""Why two may be one, and what they share. A name in two wards is two places; a ward that nobody
knows may be any: typed names seldom have one. UPRNs are unique as they are written."""


def likely(db: Database, limit: int) -> list[Likely]:
    """Return pairs of premises that share something which only one should have, by name."""
    found: dict[tuple[int, int], Likely] = {}
    for why, shared, besides in _SAME:
        rows = db.execute(
            f"WITH each AS MATERIALIZED (SELECT *, {shared.format('premises')} AS shared "
            "FROM premises WHERE merged_into IS NULL), "
            "several AS (SELECT shared FROM each WHERE shared <> '' GROUP BY shared "
            "HAVING count(*) > 1) "
            "SELECT one.id, one.name, one.address, other.id, other.name, other.address "
            "FROM each AS one JOIN each AS other ON other.shared = one.shared "
            f"AND other.id > one.id {besides} "
            "WHERE one.shared IN (SELECT shared FROM several) "
            "ORDER BY one.folded_name, one.id, other.id LIMIT ?",
            [limit],
        )
        for row in rows:
            found.setdefault((row[0], row[3]), Likely(*[*row, why]))
    return sorted(found.values(), key=lambda it: (it.one.casefold(), it.one_id, it.other_id))[
        :limit
    ]


def visits_of(db: Database, premises_ids: Collection[int]) -> dict[int, int]:
    """Return premises id → how many visits count there; those without are left out."""
    rows = db.execute(
        f"SELECT entry.premises_id, count(*) FROM entries_counted AS entry WHERE {VISIT} "
        "AND entry.premises_id IN (SELECT value FROM json_each(?)) GROUP BY entry.premises_id",
        [json.dumps(list(premises_ids))],
    )
    return dict(rows.fetchall())


def has_uprn(db: Database, uprn: str, *, besides: int | None) -> bool:
    """Say whether premises other than ``besides`` have a UPRN."""
    row = db.execute("SELECT id FROM premises WHERE uprn = ?", [uprn]).fetchone()
    return row is not None and row[0] != besides

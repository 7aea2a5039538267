"""The premises register as a whole: read to be compared with a new edition, and written at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from fieldlog.core.folding import folded
from fieldlog.core.night import utc_text
from fieldlog.store.premises import Premises, Registration, merged_away, written
from fieldlog.store.wards import Ward, every_ward, ward_named_or_new

_COLUMNS = (
    "id, name, address, postcode, uprn, licence_number, premises_type, ward_id, "
    "grid_reference, registered"
)


@dataclass(frozen=True)
class RegisterNow:
    """The register at one moment. ``aliases`` are premises → (folded → other name as written).

    ``merged`` are premises → the one that they were merged into, and ``former_uprns`` the UPRNs
    that went with them → the same.
    """

    premises: list[Premises]
    aliases: Mapping[int, Mapping[str, str]]
    wards: list[Ward]
    merged: Mapping[int, int]
    former_uprns: Mapping[int, int]


def register_now(db: Database) -> RegisterNow:
    """Return the register as it is; two that are equal are the same register."""
    aliases: dict[int, dict[str, str]] = {}
    rows = db.execute(
        "SELECT coalesce(merged_into, id), premises_aliases.folded_name, premises_aliases.name "
        "FROM premises_aliases JOIN premises ON premises.id = premises_id "
        "UNION SELECT merged_into, folded_name, name FROM premises WHERE merged_into IS NOT NULL"
    )
    for premises_id, folded_name, name in rows:
        aliases.setdefault(premises_id, {})[folded_name] = name
    merged = merged_away(db)
    rows = db.execute(
        "SELECT gone_id, json_extract(changed, '$.gone.uprn[0]') FROM premises_merges "
        "WHERE undoes IS NULL AND json_extract(changed, '$.gone.uprn[0]') IS NOT NULL ORDER BY id"
    )
    former = {int(uprn): merged[gone] for gone, uprn in rows if gone in merged}
    premises = every_premises(db, merged_too=True)
    return RegisterNow(premises, aliases, every_ward(db), merged, former)


def every_premises(db: Database, *, merged_too: bool = False) -> list[Premises]:
    """Return every premises, typed names too, oldest first; those merged into others if asked."""
    where = "" if merged_too else "WHERE merged_into IS NULL"
    rows = db.execute(f"SELECT {_COLUMNS} FROM premises {where} ORDER BY id")
    return [Premises(*[*row[:-1], bool(row[-1])]) for row in rows]


Prepared = tuple[int, tuple[object, ...], int | None]
"""A premises by its id, the values of its columns, and its ward."""


@dataclass(frozen=True)
class NewEdition:
    """What an import writes: the ids of premises and wards that are new are below nought."""

    new: list[Prepared]
    changed: list[Prepared]
    aliases: Iterable[tuple[int, str]]
    new_wards: Mapping[int, str]


def prepared(premises_id: int, line: Registration) -> Prepared:
    """Return a line of the register as it is written, to be made ready before the write lock."""
    return premises_id, written(line), line.ward_id


def write_edition(db: Database, edition: NewEdition, now: datetime) -> dict[int, int]:
    """Write a new edition of the register; return the ids that the new premises were given.

    Entries point to premises by their ids and stay as they are. Call inside a write transaction.
    Raises IntegrityError if another premises has a UPRN.
    """
    wards = {made: ward_named_or_new(db, name) for made, name in edition.new_wards.items()}
    (last,) = db.execute("SELECT coalesce(max(id), 0) FROM premises").fetchone()
    ids = {made: last + place for place, (made, *_) in enumerate(edition.new, 1)}
    at = utc_text(now)
    db.conn.executemany(
        "INSERT INTO premises (name, folded_name, address, postcode, uprn, licence_number, "
        "premises_type, grid_reference, ward_id, registered, created_at, id) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?)",
        (
            (*values, wards.get(ward, ward) if ward else None, at, ids[made])
            for made, values, ward in edition.new
        ),
    )
    db.conn.executemany(
        "UPDATE premises SET name = ?, folded_name = ?, address = ?, postcode = ?, uprn = ?, "
        "licence_number = ?, premises_type = ?, grid_reference = ?, ward_id = ?, registered = 1 "
        "WHERE id = ?",
        (
            (*values, wards.get(ward, ward) if ward else None, known)
            for known, values, ward in edition.changed
        ),
    )
    add_aliases(db, ((ids.get(premises, premises), name) for premises, name in edition.aliases))
    return ids


def add_aliases(db: Database, aliases: Iterable[tuple[int, str]]) -> None:
    """Add other names of premises (id, name); those that are there already stay as they are."""
    db.conn.executemany(
        "INSERT INTO premises_aliases (premises_id, name, folded_name) VALUES (?, ?, ?) "
        "ON CONFLICT DO NOTHING",
        ((premises_id, name, folded(name)) for premises_id, name in aliases),
    )


def commits_of_others(db: Database) -> int:
    """Return a number that changes whenever another connection has written to the database."""
    (number,) = db.execute("PRAGMA data_version").fetchone()
    return int(number)

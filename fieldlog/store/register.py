"""The premises register as a whole: read to be compared with a new edition, and written at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from fieldlog.core.folding import folded
from fieldlog.core.night import utc_text
from fieldlog.store.premises import Premises, Registration
from fieldlog.store.wards import Ward, every_ward, ward_named_or_new

_COLUMNS = (
    "id, name, address, postcode, uprn, licence_number, premises_type, ward_id, "
    "grid_reference, registered"
)


@dataclass(frozen=True)
class RegisterNow:
    """The register at one moment. ``aliases`` are premises → (folded → other name as written)."""

    premises: list[Premises]
    aliases: Mapping[int, Mapping[str, str]]
    wards: list[Ward]


def register_now(db: Database) -> RegisterNow:
    """Return the register as it is; two that are equal are the same register."""
    aliases: dict[int, dict[str, str]] = {}
    rows = db.execute("SELECT premises_id, folded_name, name FROM premises_aliases")
    for premises_id, folded_name, name in rows:
        aliases.setdefault(premises_id, {})[folded_name] = name
    return RegisterNow(every_premises(db), aliases, every_ward(db))


def every_premises(db: Database) -> list[Premises]:
    """Return every premises, typed names too, oldest first."""
    rows = db.execute(f"SELECT {_COLUMNS} FROM premises ORDER BY id")
    return [Premises(*[*row[:-1], bool(row[-1])]) for row in rows]


@dataclass(frozen=True)
class NewEdition:
    """What an import writes: the ids of premises and wards that are new are below nought."""

    new: Mapping[int, Registration]
    changed: Mapping[int, Registration]
    aliases: Iterable[tuple[int, str]]
    new_wards: Mapping[int, str]


def write_edition(db: Database, edition: NewEdition, now: datetime) -> dict[int, int]:
    """Write a new edition of the register; return the ids that the new premises were given.

    Entries point to premises by their ids and stay as they are. Call inside a write transaction.
    Raises IntegrityError if another premises has a UPRN.
    """
    wards = {made: ward_named_or_new(db, name) for made, name in edition.new_wards.items()}
    (last,) = db.execute("SELECT coalesce(max(id), 0) FROM premises").fetchone()
    ids = {made: last + place for place, made in enumerate(edition.new, 1)}
    at = utc_text(now)
    db.conn.executemany(
        "INSERT INTO premises (name, folded_name, address, postcode, uprn, licence_number, "
        "premises_type, ward_id, grid_reference, registered, created_at, id) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?)",
        ((*_values(line, wards), at, ids[made]) for made, line in edition.new.items()),
    )
    db.conn.executemany(
        "UPDATE premises SET name = ?, folded_name = ?, address = ?, postcode = ?, uprn = ?, "
        "licence_number = ?, premises_type = ?, ward_id = ?, grid_reference = ?, registered = 1 "
        "WHERE id = ?",
        ((*_values(line, wards), known) for known, line in edition.changed.items()),
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


def _values(line: Registration, wards: Mapping[int, int]) -> tuple[object, ...]:
    ward = line.ward_id
    return (
        " ".join(line.name.split()),
        folded(line.name),
        line.address,
        line.postcode,
        line.uprn,
        line.licence_number,
        line.premises_type,
        wards.get(ward, ward) if ward is not None else None,
        line.grid_reference,
    )


def commits_of_others(db: Database) -> int:
    """Return a number that changes whenever another connection has written to the database."""
    (number,) = db.execute("PRAGMA data_version").fetchone()
    return int(number)

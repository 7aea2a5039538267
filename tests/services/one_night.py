"""Entries of the cast on their night, for the tests of what people do with them."""

import sqlite3
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlite_utils import Database

from fieldlog.core.entry import Entry
from fieldlog.core.person import Person
from fieldlog.core.question import Filter
from fieldlog.core.words import EntryKind
from fieldlog.store import premises
from fieldlog.store.connection import write_transaction
from fieldlog.store.counting import sums
from fieldlog.store.log import entry_in_force
from fieldlog.store.premises import Registration
from tests.conftest import LATE_THAT_NIGHT, NIGHT, Cast

EVERYTHING = Filter()


def said(cast: Cast, who: Person | None = None, **more: Any) -> Entry:
    """An encounter of Asha's at 21:40 on Op Emblazen's night, with ``more`` said about it."""
    who = who or cast.asha
    usual = {
        "id": uuid4(),
        "kind": EntryKind.ENCOUNTER,
        "happened_at": LATE_THAT_NIGHT,
        "captured_at": LATE_THAT_NIGHT,
        "night_of": NIGHT,
        "officer_id": who.officer_id,
        "agency_id": who.agency_id,
        "deployment_id": cast.deployment,
    }
    return Entry(**(usual | more))


def register(db: Database, name: str, now: datetime, **more: Any) -> int:
    """Add a premises to the register, in a ward of its own if ``ward`` names one."""
    with write_transaction(db):
        ward = more.pop("ward", None)
        if ward:
            db.execute(
                "INSERT INTO wards (name, folded_name, valid_from) VALUES (?, ?, '2000-01-01')",
                [ward, ward.casefold()],
            )
            more["ward_id"] = db.execute("SELECT max(id) FROM wards").fetchone()[0]
        return premises.add_registered(db, Registration(name=name, **more), now)


def counts(db: Database) -> dict[str, int]:
    """What all entries in force sum to."""
    return dict(sums(db, EVERYTHING).measures)


def in_force(db: Database, entry_id: UUID) -> Entry:
    found = entry_in_force(db, entry_id)
    assert found is not None
    return found


def copy_of(db: Database) -> Database:
    """A copy in memory, for a test that needs many databases to start from."""
    memory = sqlite3.connect(":memory:", isolation_level=None)
    db.conn.backup(memory)
    memory.execute("PRAGMA foreign_keys=ON")
    return Database(memory)


def every_row(db: Database) -> list[Any]:
    """Everything about entries in the database but the store's own row numbers."""
    return [
        sorted(
            db.execute(
                "SELECT id, version, struck, night_of, kind, action, minutes, place, notes, law, "
                "capacity, happened_at, reason, content_hash, (SELECT name FROM premises WHERE "
                "premises.id = premises_id), (SELECT json_group_object(measure, value) FROM "
                "(SELECT * FROM counts WHERE counts.version_id = entries.version_id "
                "ORDER BY measure)) FROM entries"
            ).fetchall(),
            key=str,
        ),
        sorted(db.execute("SELECT * FROM notice_numbers").fetchall()),
        sorted(db.execute("SELECT name FROM premises").fetchall()),
    ]

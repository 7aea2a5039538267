"""A database of very many entries, drawn from a seed and written with bare SQL.

Three years of Friday and Saturday nights, so that a year is a third of the entries and a night one
in 313. Three entries in a hundred were amended, one in a hundred struck, a third have no action and
six in ten no time: what the marshals' spreadsheet looks like.
"""

import hashlib
import random
import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from sqlite_utils import Database

from fieldlog.store.connection import write_transaction
from fieldlog.store.migrations import prepare_database

NIGHTS = [
    day
    for day in (date(2019, 1, 1) + timedelta(days) for days in range(3 * 365 + 1))
    if day.weekday() in {4, 5}
]
YEAR = (date(2020, 1, 1), date(2020, 12, 31))
BUSY_NIGHT = date(2020, 12, 5)
MANY_PREMISES = 5_000

_NOW = "2019-01-01T00:00:00Z"
_ACTIONS = [
    *("advice_given", "no_further_action", "visit", "phone_call"),
    *("email", "letter", "formal_action"),
]
_KINDS = ["premises_visit"] * 6 + ["encounter"] * 3 + ["notice", "arrest", "patrol_note"]
_TIMES = [15, 15, 15, 30, 30, 45, 60, 75, 120, 150]
_STAGES = ["engage", "explain", "encourage", "enforce"]
_NOTE = "Spoke to the manager about the queue outside; door staff are counting in and out."
_COLUMNS = (
    "version_id, id, version, supersedes, struck, night_of, hour, kind, action, minutes, "
    "premises_id, officer_id, agency_id, deployment_id, ward_id, four_e, capacity, notes, "
    "marking, happened_at, captured_at, received_at, reason, content_hash"
)


def make_database(path: Path, entries: int, seed: int = 1) -> Database:
    """Return a prepared database with that many entries, amended versions not counted in."""
    db = prepare_database(path)
    marks = ", ".join("?" * len(_COLUMNS.split(", ")))
    with write_transaction(db):
        _fill_register(db)
        db.conn.executemany(
            f"INSERT INTO entries ({_COLUMNS}) VALUES ({marks})",
            _versions(random.Random(seed), entries),
        )
        for measure, every, most in (("spoken_to", 2, 9), ("warned", 5, 3), ("fpn", 40, 2)):
            db.conn.execute(
                "INSERT INTO counts SELECT version_id, ?, version_id * 7919 % ? FROM entries "
                "WHERE version_id % ? = 0",
                [measure, most, every],
            )
    db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return db


def _fill_register(db: Database) -> None:
    named = "INSERT INTO {} (id, name, folded_name, {}) VALUES (?, ?, ?, ?)"
    kinds = ["public_house", "bar", "restaurant", None, "takeaway"]
    db.conn.executemany(
        "INSERT INTO agencies (id, name, folded_name) VALUES (?, ?, ?)",
        [(number, f"Agency {number}", f"agency {number}") for number in range(1, 9)],
    )
    for table, column, many, value in (
        ("officers", "created_at", 200, _NOW),
        ("wards", "valid_from", 17, "2016-05-05"),
    ):
        db.conn.executemany(
            named.format(table, column),
            [(n, f"{table} {n}", f"{table} {n}", value) for n in range(1, many + 1)],
        )
    db.conn.executemany(
        "INSERT INTO premises (id, name, folded_name, premises_type, registered, created_at) "
        "VALUES (?, ?, ?, ?, 1, ?)",
        [
            (n, f"Premises {n}", f"premises {n}", kinds[n % 5], _NOW)
            for n in range(1, MANY_PREMISES + 1)
        ],
    )
    db.conn.executemany(
        "INSERT INTO operations (id, name, kind, created_at) VALUES (?, ?, 'night_of_action', ?)",
        [(n, f"Op {n}", _NOW) for n in range(1, 7)],
    )
    db.conn.executemany(
        "INSERT INTO deployments (id, operation_id, night_of, created_at) VALUES (?, ?, ?, ?)",
        [(n, n % 6 + 1, night.isoformat(), _NOW) for n, night in enumerate(NIGHTS, 1)],
    )


def _versions(draw: random.Random, entries: int) -> Iterator[tuple[object, ...]]:
    version_id = 0
    for number in range(entries):
        entry = _entry(draw, number * len(NIGHTS) // entries)
        version_id += 1
        yield version_id, entry[0], 1, None, int(draw.random() < 0.01), *entry[1:-1], "", entry[-1]
        if draw.random() < 0.03:
            version_id += 1
            yield (
                *(version_id, entry[0], 2, version_id - 1, 0),
                *(*entry[1:-1], "The time was wrong.", entry[-1]),
            )


def _entry(draw: random.Random, night: int) -> tuple[object, ...]:
    entry_id = str(uuid.UUID(int=draw.getrandbits(128), version=4))
    kind = draw.choice(_KINDS)
    day = NIGHTS[night].isoformat()
    moment = f"{day}T21:40:00Z"
    return (
        entry_id,
        day,
        draw.choice([18, 19, 20, 21, 22, 23, 0, 1, 2]),
        kind,
        draw.choice(_ACTIONS) if draw.random() < 0.67 else None,
        draw.choice(_TIMES) if draw.random() < 0.4 else None,
        draw.randint(1, MANY_PREMISES) if kind == "premises_visit" else None,
        draw.randint(1, 200),
        draw.randint(1, 8),
        night + 1 if draw.random() < 0.9 else None,
        draw.randint(1, 17) if draw.random() < 0.8 else None,
        draw.choice(_STAGES) if draw.random() < 0.5 else None,
        "own",
        _NOTE if draw.random() < 0.5 else "",
        "official",
        *(moment, moment, moment),
        hashlib.sha256(entry_id.encode()).hexdigest(),
    )

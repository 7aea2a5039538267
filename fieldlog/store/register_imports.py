"""Imports of the register: their state, what became of each row, and what changed in premises.

Until an import is done its rows are those of the dry run; from then on nothing of it changes.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from sqlite_utils import Database

from fieldlog.core.night import from_utc_text, moment_or_none, utc_text, utc_text_or_none

NEW, CHANGED, UNCHANGED, REFUSED = "new", "changed", "unchanged", "refused"
OUTCOMES = (NEW, CHANGED, UNCHANGED, REFUSED)
REPEATED, LIKELY = "repeated", "likely"
UPLOADED, CHECKING, CHECKED, IMPORTING = "uploaded", "checking", "checked", "importing"
FAILED, GIVEN_UP, DONE = "failed", "given_up", "done"
UNDER_WAY = (CHECKING, IMPORTING)
"""States in which a process works on an import, unless it was stopped."""

_COLUMNS = (
    "register_imports.id, state, officer_id, coalesce(officers.name, ''), file_name, file_hash, "
    "file_size, layout, uploaded_at, finished_at, message, rows_read, new, changed, unchanged, "
    "refused, besides"
)
_FROM = "FROM register_imports LEFT JOIN officers ON officers.id = officer_id"


class FieldChange(NamedTuple):
    """What a field of a premises was and what it became, in the words of the screen."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class RegisterImport:
    """An import. ``officer_id`` is null and ``officer`` empty if it came from the command line.

    ``layout`` says how the file is read, ``besides`` what else is to be told of it.
    """

    id: int
    state: str
    officer_id: int | None
    officer: str
    file_name: str
    file_hash: str
    file_size: int
    layout: Mapping[str, Any]
    uploaded_at: datetime
    finished_at: datetime | None
    message: str
    rows_read: int
    counts: Mapping[str, int]
    besides: Mapping[str, Any]


@dataclass(frozen=True)
class ImportedRow:
    """What became of a row. ``detail`` holds changes, problems, note and cells, if there are."""

    number: int
    outcome: str
    doubt: str
    name: str
    premises_id: int | None
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class UploadedFile:
    """A file to be imported: its name, the SHA-256 of its bytes (hex) and how many they are."""

    name: str
    hash: str
    size: int


def add(
    db: Database,
    file: UploadedFile,
    layout: Mapping[str, Any],
    *,
    by: int | None,
    at: datetime,
    state: str = UPLOADED,
) -> int:
    """Add an import of ``file`` and return its id. Call inside a write transaction."""
    cursor = db.conn.execute(
        "INSERT INTO register_imports "
        "(state, officer_id, file_name, file_hash, file_size, layout, uploaded_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        [state, by, file.name, file.hash, file.size, json.dumps(layout), utc_text(at)],
    )
    return int(cursor.lastrowid or 0)


def get(db: Database, import_id: int) -> RegisterImport | None:
    """Return one import, or None."""
    row = db.execute(
        f"SELECT {_COLUMNS} {_FROM} WHERE register_imports.id = ?", [import_id]
    ).fetchone()
    return _import(row) if row else None


def latest(db: Database, most: int) -> list[RegisterImport]:
    """Return the imports that were not given up, the latest first."""
    rows = db.execute(
        f"SELECT {_COLUMNS} {_FROM} WHERE state <> ? ORDER BY register_imports.id DESC LIMIT ?",
        [GIVEN_UP, most],
    )
    return [_import(row) for row in rows]


def unfinished(db: Database, before: datetime) -> list[RegisterImport]:
    """Return the imports uploaded before a moment that were neither done nor given up."""
    rows = db.execute(
        f"SELECT {_COLUMNS} {_FROM} WHERE state NOT IN (?, ?) AND uploaded_at < ? "
        "ORDER BY register_imports.id",
        [DONE, GIVEN_UP, utc_text(before)],
    )
    return [_import(row) for row in rows]


def layouts(db: Database, most: int) -> list[Mapping[str, Any]]:
    """Return how the files of the last imports that were done were read, the oldest first."""
    rows = db.execute(
        "SELECT layout FROM register_imports WHERE state = ? ORDER BY id DESC LIMIT ?", [DONE, most]
    )
    return [json.loads(layout) for (layout,) in rows][::-1]


def done_so_far(db: Database) -> int:
    """Return how many imports were done: another number means another register."""
    row = db.execute("SELECT count(*) FROM register_imports WHERE state = ?", [DONE]).fetchone()
    return int(row[0])


def move(db: Database, import_id: int, state: str, message: str = "") -> None:
    """Give an import that is not done another state. Call inside a write transaction."""
    db.conn.execute(
        "UPDATE register_imports SET state = ?, message = ? WHERE id = ?",
        [state, message, import_id],
    )


def begin(db: Database, import_id: int, state: str, work: str, by: int | None) -> None:
    """Note that the process ``work`` began with an import, unless it has said so itself."""
    db.conn.execute(
        "UPDATE register_imports SET state = ?, message = '', besides = ? WHERE id = ? "
        "AND state NOT IN (?, ?) AND coalesce(json_extract(besides, '$.work'), '') <> ?",
        [state, json.dumps({"work": work, "by": by}), import_id, DONE, GIVEN_UP, work],
    )


def set_layout(db: Database, import_id: int, layout: Mapping[str, Any]) -> None:
    """Say how the file is to be read: what was checked before does not hold any more."""
    db.conn.execute(
        "UPDATE register_imports SET layout = ?, state = ?, message = '' WHERE id = ?",
        [json.dumps(layout), UPLOADED, import_id],
    )


def set_outcome(
    db: Database,
    import_id: int,
    counts: Mapping[str, int],
    besides: Mapping[str, Any],
    *,
    finished_at: datetime | None = None,
) -> None:
    """Keep how many rows there are of each outcome; with ``finished_at`` the import is done."""
    db.conn.execute(
        "UPDATE register_imports SET state = ?, finished_at = ?, message = '', rows_read = ?, "
        "new = ?, changed = ?, unchanged = ?, refused = ?, besides = "
        "json_patch(?, json_object('work', json_extract(besides, '$.work'))) WHERE id = ?",
        [
            DONE if finished_at else CHECKED,
            utc_text_or_none(finished_at),
            sum(counts.values()),
            *(counts[outcome] for outcome in OUTCOMES),
            json.dumps(besides),
            import_id,
        ],
    )


def add_rows(
    db: Database,
    import_id: int,
    rows: Iterable[ImportedRow],
    ids: Mapping[int, int] | None = None,
) -> None:
    """Keep what became of rows. Call inside a write transaction.

    Premises that had no id yet have the one that ``ids`` gives them, or still none.
    """
    given = ids or {}
    db.conn.executemany(
        "INSERT INTO register_import_rows "
        "(import_id, number, outcome, doubt, name, premises_id, detail) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (
                import_id,
                row.number,
                row.outcome,
                row.doubt,
                row.name,
                row.premises_id if (row.premises_id or 0) > 0 else given.get(row.premises_id or 0),
                json.dumps(row.detail, ensure_ascii=False) if row.detail else "",
            )
            for row in rows
        ),
    )


def forget_rows(db: Database, import_id: int, most: int) -> bool:
    """Forget up to ``most`` rows of a dry run; return whether there may be more."""
    cursor = db.conn.execute(
        "DELETE FROM register_import_rows WHERE import_id = ? AND number IN "
        "(SELECT number FROM register_import_rows WHERE import_id = ? LIMIT ?)",
        [import_id, import_id, most],
    )
    db.conn.execute("DELETE FROM register_import_gone WHERE import_id = ?", [import_id])
    return cursor.rowcount == most


def add_gone(db: Database, import_id: int, premises: Iterable[int]) -> None:
    """Keep which premises of the register no row of the file names."""
    db.conn.executemany(
        "INSERT INTO register_import_gone (import_id, premises_id) VALUES (?, ?)",
        ((import_id, premises_id) for premises_id in premises),
    )


def add_changes(
    db: Database,
    changes: Iterable[tuple[int, FieldChange]],
    *,
    at: datetime,
    by: int | None,
    import_id: int | None = None,
) -> None:
    """Keep what premises said before and after, with who and when. Call inside the transaction."""
    db.conn.executemany(
        "INSERT INTO premises_changes "
        "(premises_id, changed_at, officer_id, import_id, field, before, after) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (premises_id, utc_text(at), by, import_id, change.field, change.before, change.after)
            for premises_id, change in changes
        ),
    )


def _import(row: tuple[Any, ...]) -> RegisterImport:
    layout, uploaded_at, finished_at, message, rows_read, *counts, besides = row[7:]
    said: list[Any] = [
        *(json.loads(layout), from_utc_text(uploaded_at)),
        moment_or_none(finished_at),
        *(message, rows_read, dict(zip(OUTCOMES, counts, strict=True)), json.loads(besides)),
    ]
    return RegisterImport(*row[:7], *said)

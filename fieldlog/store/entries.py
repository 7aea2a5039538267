"""New versions of entries go in here, with counts and details; nothing is changed in place."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlite_utils import Database

from fieldlog.core.entry import Entry
from fieldlog.core.night import hour_of, utc_text
from fieldlog.core.task import REVISIT, about_question
from fieldlog.core.words import Capacity


class NumberTaken(Exception):
    """The notice number belongs to another entry; numbers are never used twice."""


@dataclass(frozen=True)
class Version:
    """Who and what made a version: ``recorded_by`` (officer id), ``received_at``, ``reason``.

    ``content_hash`` is of what the sender said, before the server filled anything in.
    """

    number: int
    content_hash: str
    received_at: datetime
    recorded_by: int | None
    supersedes: int | None = None
    reason: str = ""


def first_hash(db: Database, entry_id: UUID) -> str | None:
    """Return the content hash of an entry's first version, or None if the id is unknown."""
    row = db.execute(
        "SELECT content_hash FROM entries WHERE id = ? AND version = 1", [str(entry_id)]
    ).fetchone()
    return str(row[0]) if row else None


def made_by(db: Database, entry_id: UUID, number: int) -> tuple[str, str, int | None] | None:
    """Return (content hash, reason, officer id) of a version, or None if it is not there."""
    row = db.execute(
        "SELECT content_hash, reason, recorded_by FROM entries WHERE id = ? AND version = ?",
        [str(entry_id), number],
    ).fetchone()
    return (str(row[0]), str(row[1]), row[2]) if row else None


def in_force(db: Database, entry_id: UUID) -> tuple[int, int] | None:
    """Return (version_id, version number) of the version in force, or None if unknown."""
    row = db.execute(
        "SELECT version_id, version FROM entries WHERE id = ? ORDER BY version DESC LIMIT 1",
        [str(entry_id)],
    ).fetchone()
    return (int(row[0]), int(row[1])) if row else None


def add_version(db: Database, entry: Entry, version: Version) -> int:
    """Insert one version with its counts and details; return its version_id.

    Call inside a write transaction. Raises NumberTaken if the notice number is another entry's,
    sqlite3.IntegrityError if that version of the entry is already there.
    """
    row = _columns(entry) | {
        "version": version.number,
        "supersedes": version.supersedes,
        "received_at": utc_text(version.received_at),
        "recorded_by": version.recorded_by,
        "reason": version.reason,
        "content_hash": version.content_hash,
    }
    names = ", ".join(row)
    marks = ", ".join(f":{name}" for name in row)
    cursor = db.conn.execute(f"INSERT INTO entries ({names}) VALUES ({marks})", row)
    version_id = int(cursor.lastrowid or 0)
    db.conn.executemany(
        "INSERT INTO counts (version_id, measure, value) VALUES (?, ?, ?)",
        [(version_id, measure, value) for measure, value in entry.counts.items()],
    )
    _add_details(db, entry, version_id)
    return version_id


def _columns(entry: Entry) -> dict[str, Any]:
    return {
        "id": str(entry.id),
        "struck": int(entry.struck),
        "night_of": entry.night_of.isoformat(),
        "hour": hour_of(entry.happened_at),
        "kind": entry.kind.value,
        "action": entry.action,
        "minutes": entry.minutes,
        "premises_id": entry.premises_id,
        "officer_id": entry.officer_id,
        "agency_id": entry.agency_id,
        "deployment_id": entry.deployment_id,
        "ward_id": entry.ward_id,
        "four_e": entry.four_e.value if entry.four_e else None,
        "law": entry.law,
        "capacity": entry.capacity.value,
        "place": entry.place,
        "particulars": entry.particulars,
        "notes": entry.notes,
        "marking": entry.marking.value,
        "happened_at": utc_text(entry.happened_at),
        "captured_at": utc_text(entry.captured_at),
    }


def _add_details(db: Database, entry: Entry, version_id: int) -> None:
    if entry.notice:
        # Those who saw a notice given cite its number; only the one who gave it owns it.
        if entry.notice.number and entry.capacity is Capacity.OWN:
            _claim_number(db, entry.notice.number, entry.id)
        db.table("notices").insert({"version_id": version_id, **vars(entry.notice)})
    if entry.purchase:
        db.table("purchases").insert({"version_id": version_id, **vars(entry.purchase)})
    _add_answers(db, entry, version_id)


def _add_answers(db: Database, entry: Entry, version_id: int) -> None:
    """Insert the tasks it dealt with, what was answered, and what both ask for later."""
    wanted: list[tuple[int, str, int | None]] = [
        (version_id, about_question(answer.question_id), None)
        for answer in entry.answers
        if answer.follow_up
    ]
    if entry.revisit_days:
        wanted.append((version_id, REVISIT, entry.revisit_days))
    db.conn.executemany(
        "INSERT INTO entry_tasks VALUES (?, ?)",
        [(version_id, task_id) for task_id in entry.deals_with],
    )
    db.conn.executemany(
        "INSERT INTO answers (version_id, question_id, said, note, follow_up) "
        "VALUES (?, ?, ?, ?, ?)",
        [
            (version_id, one.question_id, one.said.value, one.note, int(one.follow_up))
            for one in entry.answers
        ],
    )
    db.conn.executemany("INSERT INTO entry_follow_ups VALUES (?, ?, ?)", wanted)


def _claim_number(db: Database, number: str, entry_id: UUID) -> None:
    db.conn.execute(
        "INSERT INTO notice_numbers (number, entry_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
        [number, str(entry_id)],
    )
    owner = db.execute("SELECT entry_id FROM notice_numbers WHERE number = ?", [number]).fetchone()
    if owner[0] != str(entry_id):
        raise NumberTaken(number)

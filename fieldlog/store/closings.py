"""When nights were closed and opened again, and what came after."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from fieldlog.core.night import from_utc_text, utc_text

CLOSED, REOPENED = "closed", "reopened"


@dataclass(frozen=True)
class Closing:
    """One act of closing a night or opening it again; ``at`` is aware UTC.

    ``words`` are the statement or the reason, ``entries`` how many counted then, ``outstanding``
    what was not finished, as the page said it.
    """

    deployment_id: int
    act: str
    at: datetime
    by: int | None
    who: str
    words: str
    entries: int
    outstanding: str

    @property
    def closed(self) -> bool:
        """Whether the night was closed by it."""
        return self.act == CLOSED


@dataclass(frozen=True)
class After:
    """How many entries of a night came after it was closed, and how many earlier ones changed."""

    came: int
    changed: int


def add_closing(db: Database, closing: Closing) -> None:
    """Insert an act. Call in a write transaction."""
    db.conn.execute(
        "INSERT INTO closings (deployment_id, act, at, by, words, entries, outstanding, "
        "last_version) VALUES (?, ?, ?, ?, ?, ?, ?, "
        "(SELECT coalesce(max(version_id), 0) FROM entries))",
        [
            closing.deployment_id,
            closing.act,
            utc_text(closing.at),
            closing.by,
            closing.words,
            closing.entries,
            closing.outstanding,
        ],
    )


def closings_of(db: Database, deployment_id: int) -> list[Closing]:
    """Return every act of a deployment, the latest first."""
    rows = db.execute(
        "SELECT deployment_id, act, at, by, coalesce(officers.name, ''), words, entries, "
        "outstanding FROM closings LEFT JOIN officers ON officers.id = by "
        "WHERE deployment_id = ? ORDER BY closings.id DESC",
        [deployment_id],
    )
    return [_closing(row) for row in rows]


def _closing(row: tuple[Any, ...]) -> Closing:
    return Closing(*[*row[:2], from_utc_text(row[2]), *row[3:]])


def after_closing(db: Database, closing: Closing) -> After:
    """Return what came to a deployment, struck or not, after its latest closing."""
    came, changed = db.execute(
        "WITH closed AS (SELECT last_version AS last FROM closings WHERE id = "
        "(SELECT max(id) FROM closings WHERE deployment_id = :deployment)) "
        "SELECT count(CASE WHEN first.version_id > last THEN 1 END), "
        "count(CASE WHEN first.version_id <= last AND entry.version_id > last THEN 1 END) "
        "FROM entries_in_force AS entry JOIN closed JOIN entries AS first "
        "ON first.id = entry.id AND first.version = 1 WHERE entry.deployment_id = :deployment",
        {"deployment": closing.deployment_id},
    ).fetchone()
    return After(came, changed)


def came_after(db: Database, entry_ids: Iterable[str]) -> frozenset[str]:
    """Return which entries were first received when their night was closed already."""
    rows = db.execute(
        "SELECT first.id FROM entries AS first "
        "JOIN entries_in_force AS entry ON entry.id = first.id "
        "JOIN closings ON closings.id = "
        "(SELECT max(id) FROM closings WHERE deployment_id = entry.deployment_id) "
        "WHERE first.version = 1 AND closings.act = 'closed' "
        "AND first.version_id > closings.last_version "
        "AND first.id IN (SELECT value FROM json_each(?))",
        [json.dumps(list(entry_ids))],
    )
    return frozenset(row[0] for row in rows)

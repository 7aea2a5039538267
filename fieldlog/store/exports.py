"""Exports: what was handed out, with its hash and figures; issued files are kept byte for byte."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from fieldlog.core.issue import FigureChange, IssueMark
from fieldlog.core.night import from_utc_text, utc_text
from fieldlog.core.words import Marking

TITLED = "(title = :title OR substr(title, 1, length(:title) + 2) = :title || ' (')"
"""What is about a night or period, or about a part of it, which stands in brackets behind it."""


@dataclass(frozen=True)
class Export:
    """One file that was handed out.

    ``number`` and ``version`` are those of its issue, None for a plain download. ``filter`` is the
    text of ``core.kept_filter``; ``options`` says what else the file was made with. ``log_version``
    is the newest version of any entry when it was counted, ``figures`` the text of
    ``tallies.kept_figures``, empty where the file has none.
    """

    number: int | None
    version: int | None
    what: str
    edition: str
    format: str
    title: str
    file_name: str
    sha256: str
    size: int
    marking: Marking
    filter: str
    made_at: datetime
    made_by: int | None
    log_version: int
    figures: str = ""
    options: str = ""
    changes: tuple[FigureChange, ...] = ()

    @property
    def issued(self) -> bool:
        """Whether it was handed out as final, with a number."""
        return self.number is not None

    @property
    def reference(self) -> str:
        """What the file calls itself; empty for a plain download."""
        if self.number is None or self.version is None:
            return ""
        return IssueMark(self.number, self.version, self.made_at, "").reference


_EXPORT = (
    "number, version, what, edition, format, title, file_name, sha256, size, marking, filter, "
    "made_at, made_by, log_version, figures, options, changes"
)


def add_export(db: Database, export: Export, content: bytes | None = None) -> int:
    """Insert an export and, if it was issued, its file; return its id. In a write transaction.

    Raises sqlite3.IntegrityError for a number and version that there are already.
    """
    changes = [[one.label, one.before, one.now] for one in export.changes]
    cursor = db.conn.execute(
        f"INSERT INTO exports ({_EXPORT}) VALUES ({', '.join('?' * 17)})",
        [
            export.number,
            export.version,
            export.what,
            export.edition,
            export.format,
            export.title,
            export.file_name,
            export.sha256,
            export.size,
            export.marking.value,
            export.filter,
            utc_text(export.made_at),
            export.made_by,
            export.log_version,
            export.figures,
            export.options,
            json.dumps(changes, ensure_ascii=False),
        ],
    )
    if content is not None:
        db.conn.execute(
            "INSERT INTO export_files VALUES (?, ?) ON CONFLICT DO NOTHING",
            [export.sha256, content],
        )
    return int(cursor.lastrowid or 0)


def get(db: Database, export_id: int) -> Export | None:
    """Return one export, or None."""
    row = db.execute(f"SELECT {_EXPORT} FROM exports WHERE id = ?", [export_id]).fetchone()
    return _export(row) if row else None


def latest(
    db: Database, number: int, offset: int = 0, *, issued: bool = False
) -> list[tuple[int, Export]]:
    """Return (id, export) of the newest exports; with ``issued`` without plain downloads."""
    rows = db.execute(
        f"SELECT id, {_EXPORT} FROM exports WHERE number IS NOT NULL OR NOT ? "
        "ORDER BY id DESC LIMIT ? OFFSET ?",
        [issued, number, offset],
    )
    return [(row[0], _export(row[1:])) for row in rows]


def count(db: Database, *, issued: bool = False) -> int:
    """Return how many exports there are."""
    sql = "SELECT count(*) FROM exports WHERE number IS NOT NULL OR NOT ?"
    return int(db.execute(sql, [issued]).fetchone()[0])


def versions(db: Database, number: int) -> list[tuple[int, Export]]:
    """Return (id, export) of every version of an issue, the first first."""
    rows = db.execute(
        f"SELECT id, {_EXPORT} FROM exports WHERE number = ? ORDER BY version", [number]
    )
    return [(row[0], _export(row[1:])) for row in rows]


def last_issue(db: Database, filter_text: str, edition: str) -> tuple[int, Export] | None:
    """Return (id, export) of the newest version of what was issued of a filter, or None."""
    row = db.execute(
        f"SELECT id, {_EXPORT} FROM exports WHERE number IS NOT NULL AND filter = ? "
        "AND edition = ? ORDER BY number DESC, version DESC LIMIT 1",
        [filter_text, edition],
    ).fetchone()
    return (row[0], _export(row[1:])) if row else None


def issued_at(
    db: Database, filter_text: str, edition: str, made_at: datetime, made_by: int | None
) -> int | None:
    """Return the id of what somebody issued of a filter at a moment, to the second, or None."""
    row = db.execute(
        "SELECT max(id) FROM exports WHERE number IS NOT NULL AND filter = ? AND edition = ? "
        "AND made_at = ? AND made_by IS ?",
        [filter_text, edition, utc_text(made_at), made_by],
    ).fetchone()
    return None if row[0] is None else int(row[0])


def of_filter(db: Database, filter_text: str) -> list[tuple[int, Export]]:
    """Return (id, export) of everything that was issued of a filter, the newest first."""
    rows = db.execute(
        f"SELECT id, {_EXPORT} FROM exports WHERE number IS NOT NULL AND filter = ? "
        "ORDER BY id DESC",
        [filter_text],
    )
    return [(row[0], _export(row[1:])) for row in rows]


def titled(db: Database, title: str, edition: str) -> list[Export]:
    """Return the issues about a night or period, or a part of it, in an edition, newest first."""
    rows = db.execute(
        f"SELECT id, {_EXPORT} FROM exports WHERE {TITLED} AND edition = :edition "
        "AND number IS NOT NULL ORDER BY id DESC",
        {"title": title, "edition": edition},
    )
    return [_export(row[1:]) for row in rows]


def with_hash(db: Database, sha256: str) -> list[tuple[int, Export]]:
    """Return (id, export) of every export of that very file, issued ones first."""
    rows = db.execute(
        f"SELECT id, {_EXPORT} FROM exports WHERE sha256 = ? ORDER BY number IS NULL, id DESC",
        [sha256],
    )
    return [(row[0], _export(row[1:])) for row in rows]


def next_number(db: Database) -> int:
    """Return the number of the next issue. Call in the write transaction that uses it."""
    return int(db.execute("SELECT coalesce(max(number), 0) + 1 FROM exports").fetchone()[0])


def content(db: Database, sha256: str) -> bytes | None:
    """Return the bytes of an issued file, or None if they are not kept."""
    row = db.execute("SELECT content FROM export_files WHERE sha256 = ?", [sha256]).fetchone()
    return bytes(row[0]) if row else None


def files(db: Database) -> list[str]:
    """Return the hashes that files are kept under."""
    return [str(row[0]) for row in db.execute("SELECT sha256 FROM export_files")]


def _export(row: tuple[Any, ...]) -> Export:
    return Export(
        number=row[0],
        version=row[1],
        what=row[2],
        edition=row[3],
        format=row[4],
        title=row[5],
        file_name=row[6],
        sha256=row[7],
        size=row[8],
        marking=Marking(row[9]),
        filter=row[10],
        made_at=from_utc_text(row[11]),
        made_by=row[12],
        log_version=row[13],
        figures=row[14],
        options=row[15],
        changes=tuple(
            FigureChange(label, before, now) for label, before, now in json.loads(row[16])
        ),
    )

"""How each kind that is due under the retention rules is removed.

The register of disposals is written first, in the same transaction: without it the tables that
hold evidence let nothing go.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from fieldlog.core.night import utc_text
from fieldlog.core.retention import REMOVED, Item, Retained
from fieldlog.store.falling_due import NO_LONGER_USED, ROWS
from fieldlog.store.retention import name_disposed
from fieldlog.store.set_aside import REMOVED as NO_BODY
from fieldlog.store.wordings import REF


@dataclass(frozen=True)
class Way:
    """How one thing goes, ``:ref`` being its reference: what the register names of it, and how.

    ``naming`` gives a reference and a SHA-256 (hex, or empty) of everything that is to be named as
    a ``kind``; ``statements`` then take the bytes or the words away.
    """

    kind: str
    naming: str
    statements: tuple[str, ...]


def _said_removed(table: str, whose: str, *columns: str) -> str:
    """Return the statement that puts ``REMOVED`` where there were any words."""
    told = ", ".join(f"{column} = iif({column} = '', '', '{REMOVED}')" for column in columns)
    return f"UPDATE {table} SET {told} WHERE {whose} = :ref"


_PICTURE = Way(
    "photo",
    "SELECT id, sha256 FROM photos WHERE id = :ref",
    ("DELETE FROM photo_pictures WHERE photo_id = :ref",),
)
_VERSIONS = "WHERE version_id IN (SELECT version_id FROM entries WHERE id = :ref)"
_MAIL = "WHERE id = :ref"
_MESSAGES = "SELECT id FROM mail_recipients WHERE mail_id = :ref"
_ROWS = "WHERE import_id = :ref"
_NEVER_DONE = "WHERE id = :ref AND state <> 'done'"
_WAYS = {
    Retained.PHOTOS: _PICTURE,
    Retained.ENFORCEMENT_PHOTOS: _PICTURE,
    Retained.WORDS: Way(
        "entry",
        "SELECT CAST(version_id AS TEXT), content_hash FROM entries WHERE id = :ref",
        (
            f"UPDATE entries SET notes = '', particulars = '' {_VERSIONS}",
            f"UPDATE notices SET recipient = '' {_VERSIONS}",
            f"UPDATE purchases SET seller = '', volunteer_reference = '' {_VERSIONS}",
            f"UPDATE answers SET note = '' {_VERSIONS}",
        ),
    ),
    Retained.TASKS: Way(
        "task",
        "SELECT CAST(id AS TEXT), '' FROM task_events WHERE task_id = :ref",
        (_said_removed("task_events", "task_id", "asked", "place", "reason"),),
    ),
    Retained.BRIEFINGS: Way(
        "briefing",
        "SELECT CAST(id AS TEXT), '' FROM deployments WHERE id = :ref",
        (
            _said_removed("night_briefings", "deployment_id", "areas", "objectives"),
            _said_removed("briefing_notes", "deployment_id", "text"),
            _said_removed("planned_premises", "deployment_id", "why"),
            _said_removed("planned_premises", "premises_id IS NULL AND deployment_id", "name"),
        ),
    ),
    Retained.WORDINGS: Way(
        "wording",
        f"SELECT {REF}, '' FROM wordings WHERE {REF} = :ref",
        (f"UPDATE wordings SET wording = '', counted = '' WHERE {REF} = :ref",),
    ),
    Retained.FILES: Way(
        "file",
        "SELECT sha256, sha256 FROM export_files WHERE sha256 = :ref",
        ("DELETE FROM export_files WHERE sha256 = :ref",),
    ),
    Retained.MAILS: Way(
        "mail",
        "SELECT CAST(id AS TEXT), file_hash FROM mails WHERE id = :ref",
        (
            f"UPDATE mails SET subject = '{REMOVED}', body_text = '', body_html = '' {_MAIL}",
            f"UPDATE mail_recipients SET address = '{REMOVED} ' || id WHERE mail_id = :ref",
            f"UPDATE mail_states SET why = '' WHERE recipient_id IN ({_MESSAGES})",
            "DELETE FROM mail_files WHERE mail_id = :ref",
        ),
    ),
    Retained.IMPORTS: Way(
        "import",
        "SELECT CAST(id AS TEXT), file_hash FROM register_imports WHERE id = :ref",
        (
            f"UPDATE register_import_rows SET name = '{REMOVED}', detail = '' {_ROWS}",
            # What nobody imported in all that time is given up with its rows.
            f"UPDATE register_imports SET state = 'given_up', message = '' {_NEVER_DONE}",
        ),
    ),
    Retained.SET_ASIDE: Way(
        "set_aside",
        "SELECT CAST(id AS TEXT), record_hash FROM set_aside WHERE id = :ref",
        (f"UPDATE set_aside SET body = '{NO_BODY}', mended = '' WHERE id = :ref",),
    ),
    Retained.DEVICES: Way(
        "device",
        "SELECT id, '' FROM devices WHERE id = :ref",
        (f"UPDATE devices SET name = '{NO_LONGER_USED}' WHERE id = :ref",),
    ),
}


def remove(
    db: Database, kind: Retained, items: Sequence[Item], before: datetime, disposal_id: int
) -> None:
    """Remove what is due of a kind, under the number of its disposal. In a write transaction."""
    if kind in ROWS:
        for sql in ROWS[kind]:
            db.conn.execute(f"DELETE {sql}", [utc_text(before)])
        return
    way = _WAYS[kind]
    for item in items:
        asked = {"ref": item.ref}
        name_disposed(db, disposal_id, way.kind, db.execute(way.naming, asked).fetchall())
        for statement in way.statements:
            db.conn.execute(statement, asked)


def overwrite_what_goes(db: Database) -> None:
    """Let this connection write zeros over what it removes, not only forget where it was."""
    db.execute("PRAGMA secure_delete = ON")

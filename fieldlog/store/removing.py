"""What is due under the retention rules, and how each kind of it is removed.

The register of disposals is written first, in the same transaction: without it the tables that
hold evidence let nothing go.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from fieldlog.core.night import from_utc_text, utc_text
from fieldlog.core.retention import Item, Retained
from fieldlog.store.retention import HELD_PREMISES, name_disposed
from fieldlog.store.set_aside import REMOVED

NO_LONGER_USED = "Phone no longer used"
ENFORCEMENT = "('notice', 'arrest', 'test_purchase')"


@dataclass(frozen=True)
class Due:
    """What is due of a kind, and what would be but is held.

    ``uncounted`` is how many rows are due that are not worth naming one by one.
    """

    items: tuple[Item, ...] = ()
    held: tuple[Item, ...] = ()
    uncounted: int = 0

    @property
    def total(self) -> int:
        """How many things would be removed."""
        return len(self.items) + self.uncounted


_HELD = (
    "(EXISTS (SELECT 1 FROM holds_now WHERE what = 'entry' AND ref = entry.id) OR "
    f"coalesce(premises.merged_into, premises.id) IN ({HELD_PREMISES}))"
)
_PLACE = "coalesce(premises.name, nullif(entry.place, ''), 'no place recorded')"
_PHOTOS = f"""
SELECT photo.id, entry.happened_at, 'Photo ' || photo.position || ', ' || {_PLACE}, photo.sha256,
    entry.id, {_HELD}
FROM photo_pictures JOIN photos AS photo ON photo.id = photo_pictures.photo_id
JOIN entries_in_force AS entry ON entry.id = photo.entry_id
LEFT JOIN premises ON premises.id = entry.premises_id
WHERE entry.happened_at < ? AND entry.kind {{}} {ENFORCEMENT}
ORDER BY entry.happened_at, photo.position, photo.id
"""
_WORDS = f"""
SELECT entry.id, entry.happened_at, {_PLACE}, '', entry.id, {_HELD}
FROM entries_in_force AS entry LEFT JOIN premises ON premises.id = entry.premises_id
WHERE entry.happened_at < ? AND EXISTS (
    SELECT 1 FROM entries AS version LEFT JOIN notices USING (version_id)
    LEFT JOIN purchases USING (version_id)
    WHERE version.id = entry.id AND (version.notes <> '' OR version.particulars <> ''
    OR notices.recipient <> '' OR purchases.seller <> '' OR purchases.volunteer_reference <> ''
    OR EXISTS (SELECT 1 FROM answers
        WHERE answers.version_id = version.version_id AND answers.note <> '')))
ORDER BY entry.happened_at, entry.version_id
"""
_FILES = """
SELECT file.sha256, max(export.made_at), 'Issue ' || export.number || ', version '
    || export.version || ': ' || export.title, file.sha256, '',
    max(EXISTS (SELECT 1 FROM holds_now WHERE what = 'issue' AND ref = CAST(number AS TEXT)))
FROM export_files AS file JOIN exports AS export
    ON export.sha256 = file.sha256 AND export.number IS NOT NULL
GROUP BY file.sha256 HAVING max(export.made_at) < ? ORDER BY max(export.made_at), export.id
"""
_SET_ASIDE = f"""
SELECT CAST(id AS TEXT), decided_at, 'Record set aside, ' || decision, record_hash, '', 0
FROM set_aside WHERE decided_at < ? AND body <> '{REMOVED}' ORDER BY decided_at, id
"""
_DEVICES = f"""
SELECT device.id, min(token_expires_at, coalesce(revoked_at, token_expires_at)),
    'Phone of ' || officers.name, '', '', 0
FROM devices AS device JOIN officers ON officers.id = device.officer_id
WHERE min(token_expires_at, coalesce(revoked_at, token_expires_at)) < ?
    AND unsent = 0 AND device.name <> '{NO_LONGER_USED}'
ORDER BY 2, device.id
"""
_DUE = {
    Retained.PHOTOS: _PHOTOS.format("NOT IN"),
    Retained.ENFORCEMENT_PHOTOS: _PHOTOS.format("IN"),
    Retained.WORDS: _WORDS,
    Retained.FILES: _FILES,
    Retained.SET_ASIDE: _SET_ASIDE,
    Retained.DEVICES: _DEVICES,
}
_OLD_SESSIONS = (
    "FROM sessions WHERE last_seen_at < ? AND created_at < (SELECT max(later.created_at) "
    "FROM sessions AS later WHERE later.officer_id = sessions.officer_id)"
)
_ROWS = {
    Retained.SIGN_INS: (_OLD_SESSIONS, "FROM api_uses WHERE at < ?"),
    Retained.AUDIT: ("FROM audit WHERE at < ?",),
}
"""Kinds of which whole rows go, without a name each."""


def find_due(db: Database, kind: Retained, before: datetime) -> Due:
    """Return what is due of a kind: everything that counts from ``before`` or earlier."""
    moment = utc_text(before)
    if kind in _ROWS:
        counts = (db.execute(f"SELECT count(*) {sql}", [moment]).fetchone() for sql in _ROWS[kind])
        return Due(uncounted=sum(int(row[0]) for row in counts))
    rows = list(db.execute(_DUE[kind], [moment]))
    return Due(
        items=tuple(_item(row) for row in rows if not row[5]),
        held=tuple(_item(row) for row in rows if row[5]),
    )


def _item(row: tuple[Any, ...]) -> Item:
    return Item(row[0], from_utc_text(row[1]), row[2], row[3], row[4])


def remove(
    db: Database, kind: Retained, items: Sequence[Item], before: datetime, disposal_id: int
) -> None:
    """Remove what is due of a kind, under the number of its disposal. In a write transaction."""
    if kind in _ROWS:
        for sql in _ROWS[kind]:
            db.conn.execute(f"DELETE {sql}", [utc_text(before)])
        return
    refs = [(item.ref,) for item in items]
    if kind is Retained.WORDS:
        for (entry_id,) in refs:
            _empty_words(db, entry_id, disposal_id)
        return
    named, statement = _REMOVALS[kind]
    name_disposed(db, disposal_id, named, [(item.ref, item.sha256) for item in items])
    db.conn.executemany(statement, refs)


_PICTURES = ("photo", "DELETE FROM photo_pictures WHERE photo_id = ?")
_REMOVALS = {
    Retained.PHOTOS: _PICTURES,
    Retained.ENFORCEMENT_PHOTOS: _PICTURES,
    Retained.FILES: ("file", "DELETE FROM export_files WHERE sha256 = ?"),
    Retained.SET_ASIDE: ("set_aside", f"UPDATE set_aside SET body = '{REMOVED}' WHERE id = ?"),
    Retained.DEVICES: ("device", f"UPDATE devices SET name = '{NO_LONGER_USED}' WHERE id = ?"),
}
"""Kind → what the register calls one, and how its bytes or words go."""
_EMPTIED = (
    "UPDATE entries SET notes = '', particulars = '' WHERE version_id = ?",
    "UPDATE notices SET recipient = '' WHERE version_id = ?",
    "UPDATE purchases SET seller = '', volunteer_reference = '' WHERE version_id = ?",
    "UPDATE answers SET note = '' WHERE version_id = ?",
)


def _empty_words(db: Database, entry_id: str, disposal_id: int) -> None:
    """Empty what was written in every version of an entry; the hash of what was said stays."""
    found = db.execute("SELECT version_id, content_hash FROM entries WHERE id = ?", [entry_id])
    versions = list(found)
    named = [(str(version_id), content_hash) for version_id, content_hash in versions]
    name_disposed(db, disposal_id, "entry", named)
    for version_id, _ in versions:
        for statement in _EMPTIED:
            db.conn.execute(statement, [version_id])


def overwrite_what_goes(db: Database) -> None:
    """Let this connection write zeros over what it removes, not only forget where it was."""
    db.execute("PRAGMA secure_delete = ON")


def leave_no_copy_in_the_journal(db: Database) -> None:
    """Move the journal into the file and cut it to nothing, where nobody is reading."""
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

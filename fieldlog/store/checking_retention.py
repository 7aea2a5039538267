"""Questions to the database about what was removed: is it gone, and did nothing else go."""

from collections.abc import Iterator

from sqlite_utils import Database

from fieldlog.core.retention import REMOVED
from fieldlog.store.set_aside import REMOVED as NO_BODY
from fieldlog.store.wordings import REF

_WRITTEN = """
SELECT (SELECT count(*) FROM entries WHERE version_id = ref AND (notes <> '' OR particulars <> ''))
    + (SELECT count(*) FROM notices WHERE version_id = ref AND recipient <> '')
    + (SELECT count(*) FROM purchases WHERE version_id = ref
        AND (seller <> '' OR volunteer_reference <> ''))
    + (SELECT count(*) FROM answers WHERE version_id = ref AND note <> '')
"""
_BRIEFED = f"""
SELECT (SELECT count(*) FROM night_briefings WHERE deployment_id = ref AND changed_at < removed_at
        AND (areas NOT IN ('', '{REMOVED}') OR objectives NOT IN ('', '{REMOVED}')))
    + (SELECT count(*) FROM briefing_notes WHERE deployment_id = ref AND added_at < removed_at
        AND text <> '{REMOVED}')
    + (SELECT count(*) FROM planned_premises WHERE deployment_id = ref AND added_at < removed_at
        AND why NOT IN ('', '{REMOVED}'))
"""
"""What was written into a briefing after a removal falls due in its own time."""
_MAILED = f"""
SELECT (SELECT count(*) FROM mails WHERE id = ref AND (subject <> '{REMOVED}' OR body_text <> ''))
    + (SELECT count(*) FROM mail_recipients WHERE mail_id = ref AND address NOT LIKE '{REMOVED}%')
    + (SELECT count(*) FROM mail_states WHERE why <> ''
        AND recipient_id IN (SELECT id FROM mail_recipients WHERE mail_id = ref))
"""
_STILL_THERE = {
    "photo": "SELECT count(*) FROM photo_pictures WHERE photo_id = ref",
    "file": "SELECT count(*) FROM export_files WHERE sha256 = ref",
    "entry": _WRITTEN,
    "task": "SELECT count(*) FROM task_events WHERE id = ref "
    f"AND (asked <> '{REMOVED}' OR place NOT IN ('', '{REMOVED}') "
    f"OR reason NOT IN ('', '{REMOVED}'))",
    "briefing": _BRIEFED,
    "wording": f"SELECT count(*) FROM wordings WHERE {REF} = ref "
    "AND (wording <> '' OR counted <> '')",
    "mail": _MAILED,
    "import": "SELECT count(*) FROM register_import_rows WHERE import_id = ref "
    f"AND (name <> '{REMOVED}' OR detail <> '')",
    "set_aside": "SELECT count(*) FROM set_aside WHERE id = ref "
    f"AND (body <> '{NO_BODY}' OR mended <> '')",
}
"""What the register calls a thing → how much of its bytes or words is there, by its ``ref``."""


def removed_is_gone(db: Database) -> Iterator[str]:
    """Look for pictures, files and words that the register says were removed, and are there."""
    for kind, there in _STILL_THERE.items():
        sql = (
            "SELECT ref, disposal_id FROM disposed JOIN disposals ON disposals.id = disposal_id "
            f"WHERE disposed.kind = ? AND ({there}) > 0"
        )
        for ref, disposal_id in db.execute(sql, [kind]):
            called = kind.replace("_", " ")
            yield f"Removal {disposal_id} says that {called} {ref} is gone, and it is there."
    missing = (
        "SELECT DISTINCT number, version FROM exports WHERE number IS NOT NULL "
        "AND sha256 NOT IN (SELECT sha256 FROM export_files) "
        "AND sha256 NOT IN (SELECT ref FROM disposed WHERE kind = 'file')"
    )
    for number, version in db.execute(missing):
        yield f"The file of issue {number}, version {version} is not kept, and nobody removed it."

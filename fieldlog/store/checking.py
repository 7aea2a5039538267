"""Questions to the database about itself: is it whole, is it as declared, does it agree.

Each yields a sentence for everything that is wrong, and nothing where all is well.
"""

import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from sqlite_utils import Database

from fieldlog.core.night import from_utc_text, hour_of
from fieldlog.store import exports
from fieldlog.store.checking_hotspots import hotspots_are_whole
from fieldlog.store.checking_imports import imports_are_whole
from fieldlog.store.checking_retention import removed_is_gone
from fieldlog.store.checking_tasks import tasks_are_whole
from fieldlog.store.checklists_schema import CHECKLISTS_APPEND_ONLY
from fieldlog.store.closings_schema import CLOSINGS
from fieldlog.store.connection import StoreError, translated_errors
from fieldlog.store.counted import differences
from fieldlog.store.exports_schema import APPEND_ONLY as HANDED_OUT
from fieldlog.store.hotspots_schema import OF_HOTSPOTS
from fieldlog.store.mail_schema import APPEND_ONLY as MAILED
from fieldlog.store.migrations import migrations
from fieldlog.store.patrols import patrols_are_whole
from fieldlog.store.patrols_schema import EVIDENCE as OF_PATROLS
from fieldlog.store.phones_schema import ARRIVALS
from fieldlog.store.photos import photos_are_whole
from fieldlog.store.photos_schema import PHOTO_TABLES
from fieldlog.store.plan_checklists_schema import SPELLINGS
from fieldlog.store.premises_merges import merges_are_whole
from fieldlog.store.premises_merges_schema import MERGES
from fieldlog.store.register_schema import APPEND_ONLY as OF_REGISTER
from fieldlog.store.retention_schema import RETENTION_APPEND_ONLY
from fieldlog.store.schema import APPEND_ONLY
from fieldlog.store.tasks_schema import TASKS_APPEND_ONLY
from fieldlog.store.timed_sends import timed_sends_are_whole
from fieldlog.store.timed_sends_schema import TIMED_SENDS_APPEND_ONLY

Check = Callable[[Database], Iterator[str]]
EVIDENCE = (
    *(*APPEND_ONLY, ARRIVALS, *PHOTO_TABLES, *HANDED_OUT, *OF_PATROLS, CLOSINGS),
    *(*TIMED_SENDS_APPEND_ONLY, *MAILED),
    *(*TASKS_APPEND_ONLY, *CHECKLISTS_APPEND_ONLY, *OF_REGISTER, *OF_HOTSPOTS),
    *(*RETENTION_APPEND_ONLY, MERGES, SPELLINGS),
)
"""Tables whose rows are added to and never changed."""


def asked(db: Database, check: Check) -> list[str]:
    """Return what ``check`` finds wrong, also where the database cannot even be asked."""
    try:
        with translated_errors():
            return list(check(db))
    except (StoreError, sqlite3.Error) as error:
        return [f"It cannot be read: {error}"]


def file_is_whole(db: Database) -> Iterator[str]:
    """Read every page and index of the file (PRAGMA integrity_check)."""
    for (found,) in db.execute("PRAGMA integrity_check"):
        if found != "ok":
            yield str(found)


def references_lead_somewhere(db: Database) -> Iterator[str]:
    """Follow every foreign key."""
    for table, row, parent, _ in db.execute("PRAGMA foreign_key_check"):
        yield f"Row {row} of {table} points to a row of {parent} that is not there."


def tables_are_as_declared(db: Database) -> Iterator[str]:
    """Compare tables, columns, indexes and views with those of a new database."""
    found, declared = _objects(db), _declared()
    for name in sorted(declared.keys() - found.keys()):
        yield f"The {' '.join(name)} is missing."
    for name in sorted(found.keys() - declared.keys()):
        yield f"The {' '.join(name)} does not belong here."
    for name in sorted(found.keys() & declared.keys()):
        if found[name] != declared[name]:
            yield f"The {' '.join(name)} is not as declared."


def records_cannot_be_changed(db: Database) -> Iterator[str]:
    """Look for the triggers that refuse to change or delete what is evidence."""
    found = {name for kind, name in _objects(db) if kind == "trigger"}
    for table in EVIDENCE:
        for verb in ("update", "delete"):
            if f"{table}_refuse_{verb}" not in found:
                yield f"Nothing refuses to {verb} rows of {table}."


def _objects(db: Database) -> dict[tuple[str, str], str]:
    rows = db.execute(
        "SELECT type, name, coalesce(sql, '') FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' "
        "ESCAPE '\\'"
    )
    return {(kind, name): " ".join(sql.split()) for kind, name, sql in rows}


def _declared() -> dict[tuple[str, str], str]:
    db = Database(memory=True)
    try:
        migrations.apply(db)
        return _objects(db)
    finally:
        db.close()


def versions_are_unbroken(db: Database) -> Iterator[str]:
    """Follow every entry from its first version to the one in force."""
    gaps = "SELECT id FROM entries GROUP BY id HAVING min(version) <> 1 OR max(version) <> count(*)"
    for (entry_id,) in db.execute(gaps):
        yield f"Entry {entry_id} does not have every version from 1 on."
    broken = (
        "SELECT entry.id, entry.version FROM entries AS entry LEFT JOIN entries AS earlier "
        "ON earlier.version_id = entry.supersedes WHERE entry.version > 1 "
        "AND (earlier.id IS NOT entry.id OR earlier.version IS NOT entry.version - 1)"
    )
    for entry_id, version in db.execute(broken):
        yield f"Version {version} of entry {entry_id} does not follow the version before it."


def hours_are_right(db: Database) -> Iterator[str]:
    """Compare the hour that each entry is counted under with the UK time it happened at."""
    for version_id, happened_at, hour in db.execute(
        "SELECT version_id, happened_at, hour FROM entries"
    ):
        try:
            right = hour_of(from_utc_text(happened_at)) == hour
        except ValueError:
            right = False
        if not right:
            yield f"Version {version_id} happened at {happened_at} but counts under hour {hour}."


def nights_are_those_of_deployments(db: Database) -> Iterator[str]:
    """Compare the night of each entry in force with the night of its deployment."""
    for entry_id, night, other in db.execute(
        "SELECT entry.id, entry.night_of, deployments.night_of FROM entries_in_force AS entry "
        "JOIN deployments ON deployments.id = entry.deployment_id "
        "WHERE deployments.night_of <> entry.night_of"
    ):
        yield f"Entry {entry_id} is of the night {night}, its deployment of {other}."


_OWN = "entries_in_force AS entry WHERE entry.struck = 0 AND entry.capacity = 'own'"
_COUNTED_IN = (
    "NOT EXISTS (SELECT 1 FROM counts WHERE counts.version_id = entry.version_id "
    "AND counts.measure = {measure})"
)


def notices_and_arrests_count(db: Database) -> Iterator[str]:
    """Look for the count of every notice and arrest that is the officer's own."""
    uncounted = _COUNTED_IN.format(measure="'arrests'")
    for (entry_id,) in db.execute(
        f"SELECT entry.id FROM {_OWN} AND entry.kind = 'arrest' AND {uncounted}"
    ):
        yield f"Entry {entry_id} is an arrest and has no count of arrests."
    measure = "(SELECT measure FROM laws WHERE laws.code = entry.law)"
    uncounted = _COUNTED_IN.format(measure=measure)
    for entry_id, code in db.execute(
        f"SELECT entry.id, {measure} FROM {_OWN} AND entry.law IS NOT NULL AND {uncounted}"
    ):
        yield f"Entry {entry_id} is a notice and has no count of {code}."


def details_belong_to_entries(db: Database) -> Iterator[str]:
    """Look for counts, notices and purchases without an entry, and notices under another law."""
    for table in ("counts", "notices", "purchases"):
        (orphans,) = db.execute(
            f"SELECT count(*) FROM {table} WHERE version_id NOT IN (SELECT version_id FROM entries)"
        ).fetchone()
        if orphans:
            yield f"{orphans} rows of {table} belong to no entry."
    for (entry_id,) in db.execute(
        "SELECT entry.id FROM entries AS entry LEFT JOIN notices USING (version_id) "
        "WHERE entry.law IS NOT notices.law"
    ):
        yield f"Entry {entry_id} and its notice name different laws."


def notice_numbers_are_unique(db: Database) -> Iterator[str]:
    """Look for a notice number on two entries, or on one that does not hold it."""
    for number, entries in db.execute(
        "SELECT number, count(DISTINCT entries.id) FROM notices JOIN entries USING (version_id) "
        "WHERE capacity = 'own' GROUP BY number HAVING count(DISTINCT entries.id) > 1"
    ):
        yield f"Notice number {number} is on {entries} entries."
    for (number,) in db.execute(
        "SELECT DISTINCT notices.number FROM notices JOIN entries USING (version_id) "
        "LEFT JOIN notice_numbers ON notice_numbers.number = notices.number "
        "WHERE capacity = 'own' AND notice_numbers.entry_id IS NOT entries.id"
    ):
        yield f"Notice number {number} is not kept for the entry that has it."


def counted_entries_are_those_in_force(db: Database) -> Iterator[str]:
    """Compare what tallies read with the log."""
    found = differences(db)
    if found:
        yield f"{found} rows differ between the log and what tallies read."


def issued_files_are_as_issued(db: Database) -> Iterator[str]:
    """Compare every file that is kept with its hash, and every version with the one before."""
    for sha256, content in db.execute("SELECT sha256, content FROM export_files"):
        if hashlib.sha256(content).hexdigest() != sha256:
            names = [export.reference for _, export in exports.with_hash(db, sha256)]
            yield f"The file of {', '.join(names) or sha256[:12]} is not what was issued."
    for (number,) in db.execute(
        "SELECT number FROM exports WHERE number IS NOT NULL GROUP BY number "
        "HAVING min(version) <> 1 OR max(version) <> count(*)"
    ):
        yield f"Issue {number} does not have every version from 1 on."


CHECKS: Mapping[str, Check] = MappingProxyType(
    {
        "The file is whole": file_is_whole,
        "Every reference leads somewhere": references_lead_somewhere,
        "Tables and columns are as declared": tables_are_as_declared,
        "Records cannot be changed or deleted": records_cannot_be_changed,
        "Every entry has all its versions": versions_are_unbroken,
        "Every entry counts under its hour": hours_are_right,
        "Every entry is of its deployment’s night": nights_are_those_of_deployments,
        "Every notice and arrest is counted": notices_and_arrests_count,
        "Every count, notice and purchase has its entry": details_belong_to_entries,
        "No notice number is used twice": notice_numbers_are_unique,
        "Issued files are as they were issued": issued_files_are_as_issued,
        "Tallies read what the log holds": counted_entries_are_those_in_force,
        "Every photo is what arrived": photos_are_whole,
        "What was removed is gone, and nothing else": removed_is_gone,
        "Every task has its history and its entry": tasks_are_whole,
        "Every timed send was set up by somebody, and its mails are its own": timed_sends_are_whole,
        "Premises count as what their merges say": merges_are_whole,
        "Every row of an imported register is accounted for": imports_are_whole,
        "Every patrol has its start and its people": patrols_are_whole,
        "Every hotspot is somewhere and is asked something": hotspots_are_whole,
    }
)
"""What is checked → how."""


def is_up_to_date(db: Database) -> bool:
    """Say whether the tables are those of this version of fieldlog."""
    with translated_errors():
        return not migrations.pending(db)

"""The check finds what is wrong with a database, and nothing wrong with a sound one."""

import pytest

from fieldlog.core.entry import Entry, NoticeDetail
from fieldlog.core.task import Source, TaskPlan
from fieldlog.core.words import EntryKind
from fieldlog.services.amend_entry import amend_entry
from fieldlog.services.check_integrity import FIGURES_AGREE, check_integrity
from fieldlog.services.open_database import NotReady, initialise, open_database
from fieldlog.services.plan_tasks import add_task
from fieldlog.store.checking import CHECKS
from fieldlog.store.connection import StorageDamaged, StorageMissing, connect, database_path
from fieldlog.store.schema import APPEND_ONLY
from fieldlog.store.tasks_schema import TASKS_APPEND_ONLY


@pytest.fixture
def night(db, cast, now, record):
    """An arrest, a notice, and a visit that was amended."""
    record(EntryKind.ARREST, place="Quay Street")
    record(EntryKind.PREMISES_VISIT, place="The Mitre", revisit_days=7)
    record(EntryKind.NOTICE, notice=NoticeDetail("FPN-1", "pspo", 10_000))
    visit = record(EntryKind.PREMISES_VISIT, place="The Lamp", minutes=15, counts={"spoken_to": 3})
    changed = Entry(**(vars(visit) | {"minutes": 30}))
    amend_entry(db, changed, reason="Typing slip", seen_version=1, by=cast.ben.officer_id, now=now)
    return db


def wrong(db):
    return {checked.what: checked.problems for checked in check_integrity(db) if checked.problems}


def test_a_sound_database_has_nothing_wrong(night):
    assert wrong(night) == {}


def test_an_empty_database_has_nothing_wrong(db):
    assert wrong(db) == {}


def test_a_report_before_any_entry_is_asked_for_by_none(db, cast, now):
    report = TaskPlan(Source.POLICE, "Loud music", place="Hythe Quay")
    add_task(db, report, by=cast.cora.officer_id, now=now)
    assert wrong(db) == {}


def test_each_result_is_told_as_soon_as_it_is_known(db):
    told = []
    assert check_integrity(db, told.append) == told
    assert [one.what for one in told] == [*CHECKS, FIGURES_AGREE]


GUARDED = (*APPEND_ONLY, *TASKS_APPEND_ONLY)
UNGUARDED = [
    f"DROP TRIGGER {table}_refuse_{verb}" for table in GUARDED for verb in ("update", "delete")
]
AMENDED = "(SELECT version_id FROM entries WHERE version = 2)"
ARREST = "(SELECT version_id FROM entries WHERE kind = 'arrest')"
HARM = [
    ("Every reference leads somewhere", "UPDATE entries SET officer_id = 999 WHERE version = 2"),
    ("Tables and columns are as declared", "ALTER TABLE premises ADD COLUMN owner TEXT"),
    ("Tables and columns are as declared", "DROP INDEX entries_by_night"),
    ("Tables and columns are as declared", "CREATE TABLE notes (text TEXT)"),
    ("Every entry has all its versions", "UPDATE entries SET version = 3 WHERE version = 2"),
    (
        "Every entry has all its versions",
        f"UPDATE entries SET supersedes = {ARREST} WHERE version = 2",
    ),
    ("Every entry counts under its hour", "UPDATE entries SET hour = 3 WHERE kind = 'arrest'"),
    (
        "Every entry is of its deployment’s night",
        "UPDATE deployments SET night_of = '2020-12-04'",
    ),
    ("Every notice and arrest is counted", "DELETE FROM counts WHERE measure = 'arrests'"),
    ("Every notice and arrest is counted", "DELETE FROM counts WHERE measure = 'fpn'"),
    (
        "Every count, notice and purchase has its entry",
        "INSERT INTO counts VALUES (999, 'warned', 1)",
    ),
    (
        "Every count, notice and purchase has its entry",
        "UPDATE notices SET law = 'litter'",
    ),
    (
        "No notice number is used twice",
        f"INSERT INTO notices (version_id, number, law) VALUES ({AMENDED}, 'FPN-1', 'pspo')",
    ),
    ("No notice number is used twice", "DELETE FROM notice_numbers"),
    ("Every task has its history and its entry", "DELETE FROM tasks"),
    (
        "Every task has its history and its entry",
        "INSERT INTO tasks (source, from_entry, about) VALUES ('revisit', 'lost', 'revisit')",
    ),
    ("Tallies read what the log holds", "DELETE FROM entries_counted WHERE kind = 'arrest'"),
    (
        "Every patrol has its start and its people",
        "INSERT INTO patrols VALUES ('walk', NULL, '2020-12-05', 1, 'foot', '', 0)",
    ),
    ("Figures equal the records behind them", "DELETE FROM entries_counted"),
]


@pytest.mark.parametrize(("what", "harm"), HARM)
def test_it_finds_what_somebody_changed_behind_its_back(night, what, harm):
    night.execute("PRAGMA foreign_keys = OFF")
    for statement in [*UNGUARDED, harm]:
        night.conn.execute(statement)
    assert what in wrong(night)


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_it_finds_that_records_could_be_changed(night, table):
    night.conn.execute(f"DROP TRIGGER {table}_refuse_delete")
    assert wrong(night)["Records cannot be changed or deleted"] == (
        f"Nothing refuses to delete rows of {table}.",
    )


def test_it_says_what_is_wrong_with_a_damaged_file(night, instance):
    path = database_path(instance)
    night.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    night.execute("VACUUM")
    night.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    night.close()
    content = bytearray(path.read_bytes())
    content[4096 * 3 : 4096 * 20] = b"\xa5" * 4096 * 17
    path.write_bytes(content)
    assert "The file is whole" in wrong(connect(path))


def test_a_database_is_made_once_and_brought_up_to_date(tmp_path):
    assert initialise(tmp_path / "new" / "instance") is True
    assert initialise(tmp_path / "new" / "instance") is False
    open_database(tmp_path / "new" / "instance").close()


def test_it_says_to_run_init_where_there_is_no_database(tmp_path):
    with pytest.raises(StorageMissing, match="Run: fieldlog init"):
        open_database(tmp_path)


def test_it_says_to_run_init_where_the_tables_are_of_an_earlier_fieldlog(db, instance):
    db.execute("DELETE FROM _sqlite_migrations WHERE id = (SELECT max(id) FROM _sqlite_migrations)")
    with pytest.raises(NotReady, match="Run: fieldlog init"):
        open_database(instance)


def test_it_says_that_a_file_is_no_database(tmp_path):
    database_path(tmp_path).write_bytes(b"Dear diary, " * 500)
    with pytest.raises(StorageDamaged, match="restore the last backup"):
        open_database(tmp_path)

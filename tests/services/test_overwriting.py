"""After a removal the file is written anew; what stops that half way is said until it is done."""

import resource
import signal
import subprocess
import sys
from contextlib import contextmanager

import pytest

from fieldlog.core.retention import Retained
from fieldlog.core.words import EntryKind
from fieldlog.services import apply_retention
from fieldlog.services.apply_retention import CopiesLeft, copies_left, overwrite
from fieldlog.store.connection import StorageFull, database_path, write_anew
from fieldlog.store.facts import COPIES_LEFT, set_fact
from tests.services.retaining import SECRET, lies_in_the_file, remove, wrong

KILLED = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from fieldlog.core.retention import Retained
from fieldlog.services import apply_retention
from fieldlog.services.list_users import user_named
from fieldlog.store.connection import connect

def killed(_):
    os.kill(os.getpid(), signal.SIGKILL)

apply_retention.write_anew = killed
db = connect(Path(sys.argv[1]))
apply_retention.apply_retention(
    db,
    Retained.WORDS,
    by=user_named(db, "ada").person,
    now=datetime.fromisoformat(sys.argv[2]),
    reason="Yearly review",
)
"""


@pytest.fixture
def later(cast, record, clock):
    """Eleven years after somebody was described."""
    record(EntryKind.PREMISES_VISIT, place="The Lamp", notes=SECRET)
    clock.move_on(days=11 * 366)
    return clock.now


@pytest.fixture
def journal(instance):
    return database_path(instance).with_name("fieldlog.sqlite-wal")


@contextmanager
def no_file_longer_than(size):
    """Let no file grow past ``size`` bytes, as on a disk that has no more room."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_disk_that_fills_up_half_way_gets_its_room_back(db, instance, later, journal):
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    # The new file fits where temporary files go, and not into the journal beside the database.
    with no_file_longer_than(database_path(instance).stat().st_size), pytest.raises(StorageFull):
        write_anew(db)
    assert journal.stat().st_size == 0
    assert wrong(db) == []


def test_what_is_owed_after_a_full_disk_is_said_until_it_is_done(db, cast, instance, later):
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    with no_file_longer_than(database_path(instance).stat().st_size), pytest.raises(CopiesLeft):
        remove(db, cast, Retained.WORDS, later)
    assert "fieldlog retention overwrite" in copies_left(db)
    overwrite(db)
    assert (copies_left(db), wrong(db)) == ("", [])
    assert not lies_in_the_file(db, instance)


def test_a_process_that_is_killed_between_leaves_word_of_what_is_owed(db, instance, later):
    said = [str(database_path(instance)), later.isoformat()]
    killed = subprocess.run([sys.executable, "-c", KILLED, *said], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert "fieldlog retention overwrite" in copies_left(db)
    overwrite(db)
    assert (copies_left(db), wrong(db)) == ("", [])


def test_what_another_removal_owes_meanwhile_is_not_forgotten(db, cast, later, monkeypatch):
    def another_removes(db):
        set_fact(db, COPIES_LEFT, "2")

    monkeypatch.setattr(apply_retention, "write_anew", another_removes)
    remove(db, cast, Retained.WORDS, later)
    assert copies_left(db)

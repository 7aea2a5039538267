"""Versions are added, never changed: the tables themselves refuse it."""

import sqlite3
from dataclasses import replace
from datetime import timedelta

import pytest

from fieldlog.core.entry import NoticeDetail, content_hash
from fieldlog.core.words import Capacity, EntryKind
from fieldlog.store import entries, log
from fieldlog.store.connection import write_transaction
from fieldlog.store.entries import NumberTaken, Version, add_version
from tests.services.one_night import said


@pytest.fixture
def add(db, now):
    def one(entry, number=1, supersedes=None, reason=""):
        version = Version(number, content_hash(entry), now, entry.officer_id, supersedes, reason)
        with write_transaction(db):
            return add_version(db, entry, version)

    return one


@pytest.fixture
def entry(cast):
    return said(cast, counts={"spoken_to": 4}, notes="first")


@pytest.mark.parametrize(
    "table", ["entries", "counts", "notices", "purchases", "notice_numbers", "audit"]
)
@pytest.mark.parametrize("verb", ["UPDATE", "DELETE"])
def test_the_tables_of_the_record_refuse_every_change(db, table, verb):
    triggers = {
        name
        for (name,) in db.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", [table]
        )
    }
    assert f"{table}_refuse_{verb.lower()}" in triggers


def test_a_stored_version_cannot_be_changed_or_deleted(db, add, entry):
    add(entry)
    for statement in (
        "UPDATE entries SET notes = 'x'",
        "DELETE FROM entries",
        "UPDATE counts SET value = 9",
        "DELETE FROM counts",
    ):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            db.execute(statement)
    assert log.entry_in_force(db, entry.id) == entry


def test_the_version_in_force_is_the_one_nothing_supersedes(db, add, entry):
    first = add(entry)
    second = add(replace(entry, notes="second"), 2, first, "typo")
    assert entries.in_force(db, entry.id) == (second, 2)
    assert [line.in_force for line in log.versions(db, entry.id)] == [False, True]
    assert log.entry_version(db, entry.id, 1) == entry
    assert log.entry_version(db, entry.id, 3) is None


def test_two_versions_cannot_follow_the_same_one(add, entry):
    first = add(entry)
    add(replace(entry, notes="second"), 2, first, "typo")
    with pytest.raises(sqlite3.IntegrityError):
        add(replace(entry, notes="third"), 3, first, "typo")


def test_a_later_version_has_a_reason(add, entry):
    first = add(entry)
    with pytest.raises(sqlite3.IntegrityError):
        add(replace(entry, notes="second"), 2, first, "")


def test_the_hash_is_that_of_the_first_version(db, add, entry):
    first = add(entry)
    changed = replace(entry, notes="second")
    add(changed, 2, first, "typo")
    assert entries.first_hash(db, entry.id) == content_hash(entry)
    assert entries.made_by(db, entry.id, 2) == (content_hash(changed), "typo", entry.officer_id)
    assert entries.made_by(db, entry.id, 3) is None


def test_a_notice_number_belongs_to_who_gave_the_notice(add, cast):
    notice = said(cast, kind=EntryKind.NOTICE, notice=NoticeDetail("1", "pspo"))
    add(replace(notice, id=said(cast).id, capacity=Capacity.WITNESSED))
    add(notice)
    with pytest.raises(NumberTaken):
        add(replace(notice, id=said(cast).id))


def test_nights_are_listed_latest_first_with_struck_ones(db, add, cast, entry):
    add(entry)
    add(replace(entry, id=said(cast).id, night_of=cast.night - timedelta(days=1), struck=True))
    nights = log.nights_of(db, cast.asha.officer_id, 10)
    assert nights == [cast.night, cast.night - timedelta(days=1)]
    assert log.nights_of(db, cast.ben.officer_id, 10) == []

"""What is kept too long is removed by an administrator with a reason, and leaves its trace."""

import sqlite3

import pytest

from fieldlog.core.entry import Entry, NoticeDetail
from fieldlog.core.retention import Retained
from fieldlog.core.rules import Refused
from fieldlog.core.words import EntryKind
from fieldlog.services import apply_retention as applying
from fieldlog.services.add_photos import add_photos, opened_uploads
from fieldlog.services.amend_entry import amend_entry
from fieldlog.services.apply_retention import (
    CopiesLeft,
    Moved,
    apply_retention,
    set_period,
    standings,
)
from fieldlog.services.check_integrity import check_integrity
from fieldlog.services.hold_record import holds_on_entry, lift_hold, place_hold
from fieldlog.store import deployments, exports
from fieldlog.store.briefings import write_briefing
from fieldlog.store.connection import (
    StorageBusy,
    connect,
    database_path,
    read_snapshot,
    write_anew,
    write_transaction,
)
from fieldlog.store.log import versions
from fieldlog.store.photos import photos_of
from fieldlog.store.retention import disposal_of, holds, rules_before
from tests.pictures import a_photo
from tests.services.issuing import issue_night, quiet_night
from tests.services.retaining import SECRET, YEARLY, due, lies_in_the_file, remove, wrong


@pytest.fixture
def record(record):
    return lambda kind=EntryKind.PREMISES_VISIT, **more: record(
        kind, **{"place": "The Lamp"} | more
    )


@pytest.fixture
def photographed(db, cast, now, record):
    """An entry of the night with one photo."""
    entry = record()
    add_photos(db, entry.id, opened_uploads(entry.id, [a_photo()]), by=cast.ben.officer_id, now=now)
    return entry


@pytest.fixture
def later(clock):
    """Eleven years on, when everything of the night is due."""
    clock.move_on(days=11 * 366)
    return clock.now


def test_nothing_is_due_while_its_period_runs(db, photographed, clock):
    clock.move_on(days=6 * 365)
    assert not due(db, Retained.PHOTOS, clock.now).total
    clock.move_on(days=3)
    assert due(db, Retained.PHOTOS, clock.now).total == 1


def test_looking_changes_nothing(db, photographed, later):
    before = db.conn.total_changes
    assert next(each.due.total for each in standings(db, now=later)) == 1
    assert db.conn.total_changes == before


def test_a_picture_goes_and_its_row_and_hash_stay(db, cast, photographed, later):
    removed = remove(db, cast, Retained.PHOTOS, later)
    (photo,) = photos_of(db, photographed.id)
    assert db.execute("SELECT count(*) FROM photo_pictures").fetchone()[0] == 0
    assert disposal_of(db, "photo", str(photo.id)) == removed
    assert (removed.items, removed.reason, removed.removed_by) == (1, YEARLY, cast.ada.name)
    assert wrong(db) == []


def test_no_byte_of_a_picture_is_left_in_the_file(db, cast, instance, photographed, later):
    jpeg = bytes(db.execute("SELECT jpeg FROM photo_pictures").fetchone()[0])[-200:]
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    assert jpeg in database_path(instance).read_bytes()
    remove(db, cast, Retained.PHOTOS, later)
    assert jpeg not in database_path(instance).read_bytes()


def test_no_copy_is_left_on_pages_that_rows_have_moved_away_from(
    db, cast, instance, now, record, clock
):
    by = cast.cora.officer_id
    with write_transaction(db):
        nights = [
            deployments.add_deployment(
                db,
                operation_id=cast.operation,
                night_of=cast.night.replace(month=10, day=day),
                name="",
                starts_at=None,
                finishes_at=None,
                now=now,
            )
            for day in range(1, 31)
        ]
    for length in (1, 20, 50, 90):
        for night in nights:
            with write_transaction(db):
                write_briefing(db, night, areas="Robin " * length, objectives="", by=by, now=now)
    clock.move_on(days=7 * 366)
    remove(db, cast, Retained.BRIEFINGS, clock.now)
    assert not lies_in_the_file(db, instance, "Robin ")


def test_it_says_where_copies_may_be_left_and_the_removal_stands(
    db, cast, photographed, later, monkeypatch
):
    def busy(_):
        raise StorageBusy("busy")

    monkeypatch.setattr(applying, "write_anew", busy)
    with pytest.raises(CopiesLeft, match="fieldlog retention overwrite"):
        remove(db, cast, Retained.PHOTOS, later)
    assert db.execute("SELECT count(*) FROM photo_pictures").fetchone()[0] == 0
    assert [one for one in wrong(db) if "not written anew after removal 1" in one] == wrong(db)


def test_the_file_is_not_written_anew_while_somebody_reads_what_was_there(
    db, instance, photographed
):
    reader = connect(database_path(instance))
    db.execute("PRAGMA busy_timeout = 1")
    with read_snapshot(reader):
        reader.execute("SELECT count(*) FROM entries").fetchone()
        with pytest.raises(StorageBusy):
            write_anew(db)
    write_anew(db)
    reader.close()


def test_photos_of_notices_are_kept_longer(db, cast, now, record, clock):
    notice = record(EntryKind.NOTICE, notice=NoticeDetail("FPN-1", "pspo", 10_000))
    uploads = opened_uploads(notice.id, [a_photo()])
    add_photos(db, notice.id, uploads, by=cast.ben.officer_id, now=now)
    clock.move_on(days=7 * 366)
    assert not due(db, Retained.PHOTOS, clock.now).total
    assert not due(db, Retained.ENFORCEMENT_PHOTOS, clock.now).total
    clock.move_on(days=4 * 366)
    assert due(db, Retained.ENFORCEMENT_PHOTOS, clock.now).total == 1


def test_words_go_from_every_version_and_the_figures_stay(db, cast, now, record, later):
    notice = NoticeDetail("FPN-1", "pspo", 10_000, recipient=SECRET)
    entry = record(EntryKind.NOTICE, notice=notice, notes=SECRET, counts={"spoken_to": 3})
    changed = Entry(**(vars(entry) | {"minutes": 30}))
    amend_entry(db, changed, reason="Typing slip", seen_version=1, by=cast.ben.officer_id, now=now)
    sums = db.execute("SELECT sum(value) FROM counts").fetchone()
    removed = remove(db, cast, Retained.WORDS, later)
    lines = versions(db, entry.id)
    assert [line.notes for line in lines] == ["", ""]
    assert [line.notice.number for line in lines] == ["FPN-1", "FPN-1"]
    assert lines[0].notice.recipient == ""
    assert db.execute("SELECT sum(value) FROM counts").fetchone() == sums
    assert disposal_of(db, "entry", str(entry.id)) == removed
    assert SECRET not in " ".join(str(row) for row in db.execute("SELECT * FROM audit"))
    assert wrong(db) == []


def test_the_file_of_an_issue_goes_and_its_figures_stay(db, cast, instance, now, clock):
    quiet_night(db, cast)
    export_id = issue_night(db, cast, instance, now)
    export = exports.get(db, export_id)
    clock.move_on(days=11 * 366)
    remove(db, cast, Retained.FILES, clock.now)
    assert exports.content(db, export.sha256) is None
    assert exports.get(db, export_id) == export
    assert disposal_of(db, "file", export.sha256)
    assert wrong(db) == []


def test_old_audit_and_sign_ins_go_and_the_last_sign_in_stays(db, cast, signed_in, clock):
    for _ in range(2):
        signed_in("asha")
        clock.move_on(hours=1)
    clock.move_on(days=12 * 366)
    assert due(db, Retained.SIGN_INS, clock.now).total == 1
    remove(db, cast, Retained.SIGN_INS, clock.now)
    assert db.execute("SELECT count(*) FROM sessions").fetchone()[0] == 1
    assert remove(db, cast, Retained.AUDIT, clock.now)
    acts = [row[0] for row in db.execute("SELECT act FROM audit")]
    assert acts == ["retention applied", "retention applied"]
    assert wrong(db) == []


def test_what_is_held_stays_until_the_hold_is_lifted(db, cast, photographed, later):
    by = cast.cora.officer_id
    place_hold(db, "entry", str(photographed.id), "licence review", by=by, now=later)
    found = due(db, Retained.PHOTOS, later)
    assert (found.total, len(found.held)) == (0, 1)
    assert remove(db, cast, Retained.PHOTOS, later) is None
    (hold,) = holds(db)
    assert lift_hold(db, hold.id, "review decided", by=by, now=later) == hold
    assert due(db, Retained.PHOTOS, later).total == 1
    assert holds(db) == []
    assert lift_hold(db, hold.id, "once more", by=by, now=later) is None


def test_a_hold_on_premises_keeps_every_entry_there(db, cast, record, later):
    entry, other = record(notes=SECRET), record(place="Lamp Inn", notes=SECRET)
    record(place="The Mitre", notes=SECRET)
    kept, merged = (
        db.execute("SELECT premises_id FROM entries WHERE id = ?", [str(one.id)]).fetchone()[0]
        for one in (entry, other)
    )
    db.execute("UPDATE premises SET merged_into = ? WHERE id = ?", [kept, merged])
    place_hold(db, "premises", str(kept), "review", by=cast.cora.officer_id, now=later)
    found = due(db, Retained.WORDS, later)
    assert {item.ref for item in found.held} == {str(entry.id), str(other.id)}
    assert found.total == 1
    for one in (kept, merged):
        assert [hold.reason for hold in holds_on_entry(db, other.id, one, None)] == ["review"]


@pytest.mark.parametrize("who", ["asha", "cora", "vic"])
def test_only_an_administrator_removes_or_sets_periods(db, cast, photographed, later, who):
    with pytest.raises(Refused):
        apply_retention(db, Retained.PHOTOS, by=cast[who], now=later, reason=YEARLY)
    with pytest.raises(Refused):
        set_period(db, Retained.PHOTOS, 12, "schedule", by=cast[who], now=later)
    assert due(db, Retained.PHOTOS, later).total == 1


def test_a_removal_needs_a_reason_and_what_was_seen(db, cast, photographed, later):
    with pytest.raises(Refused, match="Say why"):
        apply_retention(db, Retained.PHOTOS, by=cast.ada, now=later, reason=" ")
    with pytest.raises(Moved):
        remove(db, cast, Retained.PHOTOS, later, seen="something else")
    assert due(db, Retained.PHOTOS, later).total == 1


def test_nothing_goes_where_as_many_other_things_are_due_than_were_seen(db, cast, record, later):
    by = cast.cora.officer_id
    held, looked_at = (str(record(notes=SECRET).id) for _ in range(2))
    place_hold(db, "entry", held, "licence review", by=by, now=later)
    seen = due(db, Retained.WORDS, later)
    assert [item.ref for item in seen.items] == [looked_at]
    lift_hold(db, 1, "review decided", by=by, now=later)
    place_hold(db, "entry", looked_at, "complaint", by=by, now=later)
    with pytest.raises(Moved):
        remove(db, cast, Retained.WORDS, later, seen=seen.seen)
    assert versions(db, held)[0].notes == SECRET


def test_a_period_is_changed_with_its_source_and_the_one_before_is_kept(db, cast, now):
    set_period(db, Retained.PHOTOS, 24, "schedule of 2026", by=cast.ada, now=now)
    assert [rule.months for rule in rules_before(db, Retained.PHOTOS)] == [24, 72]
    for months, source in ((0, "x"), (None, "x"), (1201, "x"), (12, "")):
        with pytest.raises(Refused):
            set_period(db, Retained.PHOTOS, months, source, by=cast.ada, now=now)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM photo_pictures",
        "DELETE FROM audit",
        "UPDATE entries SET notes = ''",
        "DELETE FROM disposed",
        "UPDATE disposals SET reason = 'another'",
        "DELETE FROM holds",
    ],
)
def test_nothing_goes_that_the_register_does_not_name(db, cast, photographed, now, statement):
    by = cast.cora.officer_id
    place_hold(db, "entry", str(photographed.id), "licence review", by=by, now=now)
    rule = "VALUES ('x', '2000-01-01T00:00:00Z', 1, 1, 'x', '2020-01-01T00:00:00Z', ?)"
    columns = "kind, due_before, months, items, reason, removed_at, removed_by"
    db.execute(f"INSERT INTO disposals ({columns}) {rule}", [by])
    db.execute("INSERT INTO disposed VALUES ('device', 'another', '', 1)")
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        db.execute(statement)


def test_a_version_that_is_named_can_lose_its_words_and_nothing_else(db, cast, record, later):
    record(notes=SECRET)
    remove(db, cast, Retained.WORDS, later)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        db.execute("UPDATE entries SET minutes = 60")


@pytest.mark.parametrize(
    ("table", "statement"),
    [
        ("entries", "UPDATE entries SET notes = 'Robin'"),
        ("notices", "UPDATE notices SET recipient = 'Robin'"),
    ],
)
def test_the_check_finds_words_that_are_said_to_be_gone(db, cast, record, later, table, statement):
    notice = NoticeDetail("FPN-1", "pspo", 10_000, recipient=SECRET)
    record(EntryKind.NOTICE, notice=notice, notes=SECRET)
    remove(db, cast, Retained.WORDS, later)
    db.execute(f"DROP TRIGGER {table}_refuse_update")
    db.execute(statement)
    assert "Removal 1 says that entry 1 is gone, and it is there." in wrong(db)


def test_the_check_finds_a_picture_that_went_by_itself(db, photographed):
    db.execute("DROP TRIGGER photo_pictures_refuse_delete")
    db.execute("DELETE FROM photo_pictures")
    found = {one.what for one in check_integrity(db) if one.problems}
    assert "Every photo is what arrived" in found

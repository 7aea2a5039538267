"""An entry is recorded once, whoever sends it, however often and in whatever order."""

import threading
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldlog.core.entry import NoticeDetail, PurchaseDetail
from fieldlog.core.rules import Refused
from fieldlog.core.words import Capacity, EntryKind, FourE, Marking, PurchaseResult
from fieldlog.services.amend_entry import UnknownEntry, amend_entry
from fieldlog.services.record_entry import Recorded, record_entry
from fieldlog.store.connection import StorageFull, connect, database_path
from tests.services.one_night import copy_of, counts, every_row, in_force, register, said


@pytest.fixture
def record(db, now):
    def one(entry, by=None):
        return record_entry(db, entry, by=by or entry.officer_id, now=now)

    return one


def refused(record, entry):
    with pytest.raises(Refused) as error:
        record(entry)
    return {problem.field: problem.message for problem in error.value.problems}


def test_what_was_said_is_stored(db, cast, record):
    entry = said(
        cast,
        kind=EntryKind.TEST_PURCHASE,
        place="Corner shop",
        action="advice_given",
        minutes=0,
        four_e=FourE.EXPLAIN,
        particulars="Second sale",
        notes="Line one\nLine two",
        marking=Marking.OFFICIAL_SENSITIVE,
        counts={"spoken_to": 3, "warned": 0},
        purchase=PurchaseDetail("vape", PurchaseResult.SOLD, "V7", 16, False, "tall", "EX/1"),
    )
    assert record(entry) is Recorded.STORED
    assert in_force(db, entry.id) == entry


def test_the_same_sent_again_is_already_stored(db, cast, record):
    entry = said(cast, counts={"spoken_to": 1})
    assert record(entry) is Recorded.STORED
    assert record(entry) is Recorded.ALREADY_STORED
    assert counts(db) == {"spoken_to": 1}


def test_the_moment_the_form_was_filled_does_not_make_it_another(cast, record):
    entry = said(cast)
    record(entry)
    later = replace(entry, captured_at=entry.captured_at + timedelta(minutes=4))
    assert record(later) is Recorded.ALREADY_STORED


def test_another_thing_under_the_same_id_is_a_conflict_and_the_first_stays(db, cast, record):
    entry = said(cast, notes="first")
    record(entry)
    assert record(replace(entry, notes="second")) is Recorded.CONFLICT
    assert in_force(db, entry.id).notes == "first"


def test_the_same_under_another_id_is_another_entry(db, cast, record):
    entry = said(cast, counts={"spoken_to": 1})
    record(entry)
    assert record(replace(entry, id=uuid4())) is Recorded.STORED
    assert counts(db) == {"spoken_to": 2}


def test_a_first_version_that_comes_again_after_an_amendment_is_already_stored(
    db, cast, record, now
):
    entry = said(cast, notes="first")
    record(entry)
    amend_entry(db, replace(entry, notes="mended"), reason="typo", seen_version=1, by=1, now=now)
    assert record(entry) is Recorded.ALREADY_STORED
    assert in_force(db, entry.id).notes == "mended"


def test_what_the_form_did_not_say_is_filled_in_and_still_the_same_when_sent_again(
    db, cast, record, now
):
    register(db, "The Lamp", now, ward="Castle")
    entry = said(cast, kind=EntryKind.PREMISES_VISIT, place=" the  LAMP ")
    assert record(entry) is Recorded.STORED
    assert record(entry) is Recorded.ALREADY_STORED


def test_a_typed_name_that_the_register_has_is_that_premises_in_its_ward(db, cast, record, now):
    lamp = register(db, "The Lamp", now, ward="Castle")
    entry = said(cast, kind=EntryKind.PREMISES_VISIT, place="the  lamp")
    record(entry)
    stored = in_force(db, entry.id)
    assert (stored.premises_id, stored.ward_id) == (lamp, 1)


def test_a_name_nobody_knows_becomes_one_premises_however_often_it_is_visited(db, cast, record):
    for name in ("New Place", "new place", " NEW  PLACE "):
        record(said(cast, kind=EntryKind.PREMISES_VISIT, place=name))
    assert db.execute("SELECT name, registered FROM premises").fetchall() == [("New Place", 0)]


def test_a_place_of_an_encounter_is_no_premises(db, cast, record):
    record(said(cast, place="Bus station"))
    assert db.table("premises").count == 0


def test_a_notice_counts_in_the_measure_of_its_law(db, cast, record):
    record(said(cast, cast.ben, kind=EntryKind.NOTICE, notice=NoticeDetail("1", "pspo", 10_000)))
    record(said(cast, cast.ben, kind=EntryKind.NOTICE, notice=NoticeDetail("2", "cpw")))
    record(said(cast, cast.ben, kind=EntryKind.NOTICE, notice=NoticeDetail("3", "disorder")))
    assert counts(db) == {"fpn": 1, "cpw": 1, "pnd": 1}


def test_an_arrest_counts_once(db, cast, record):
    record(said(cast, cast.ben, kind=EntryKind.ARREST))
    assert counts(db) == {"arrests": 1}


@pytest.mark.parametrize("capacity", [Capacity.WITNESSED, Capacity.REFERRED, Capacity.JOINT])
def test_a_notice_or_an_arrest_that_was_another_officers_counts_nothing(db, cast, record, capacity):
    record(said(cast, kind=EntryKind.NOTICE, notice=NoticeDetail("1", "pspo"), capacity=capacity))
    record(said(cast, kind=EntryKind.ARREST, capacity=capacity))
    assert counts(db) == {}


def test_a_marshal_is_told_how_to_record_a_notice(cast, record):
    entry = said(cast, kind=EntryKind.NOTICE, notice=NoticeDetail("1", "pspo"))
    assert "witnessed, referred or a joint visit" in refused(record, entry)["capacity"]


def test_the_powers_are_those_of_the_officer_not_of_who_sends_it(cast, record):
    entry = said(cast, kind=EntryKind.ARREST)
    with pytest.raises(Refused):
        record(entry, by=cast.ben.officer_id)
    assert record(replace(entry, officer_id=cast.ben.officer_id), by=cast.asha.officer_id)


def test_a_notice_number_is_used_once(db, cast, record):
    notice = said(cast, cast.ben, kind=EntryKind.NOTICE, notice=NoticeDetail("4471", "pspo"))
    record(notice)
    before = every_row(db)
    message = refused(record, replace(notice, id=uuid4()))["number"]
    assert message.startswith("Notice number 4471 is on another entry already.")
    assert every_row(db) == before


@pytest.mark.parametrize("first", ["given", "seen"])
def test_those_who_saw_a_notice_given_cite_its_number(db, cast, record, first):
    detail = NoticeDetail("4471", "pspo")
    given_ = said(cast, cast.ben, kind=EntryKind.NOTICE, notice=detail)
    seen = said(cast, kind=EntryKind.NOTICE, notice=detail, capacity=Capacity.WITNESSED)
    for entry in (given_, seen) if first == "given" else (seen, given_):
        assert record(entry) is Recorded.STORED
    assert counts(db) == {"fpn": 1}


def test_two_notices_that_were_seen_may_both_have_no_number(cast, record):
    for _ in range(2):
        seen = said(
            cast,
            kind=EntryKind.NOTICE,
            notice=NoticeDetail("", "pspo"),
            capacity=Capacity.WITNESSED,
        )
        assert record(seen) is Recorded.STORED


def test_a_deployment_of_another_night_is_refused(cast, record, now):
    entry = said(
        cast,
        night_of=cast.night - timedelta(days=1),
        happened_at=now - timedelta(days=1),
    )
    assert "deployment_id" in refused(record, entry)


def test_what_is_refused_leaves_nothing_behind(db, cast, record):
    before = every_row(db)
    refused(record, said(cast, kind=EntryKind.PREMISES_VISIT, place="New Place", minutes=-1))
    assert every_row(db) == before


def test_a_full_disk_leaves_nothing_behind(db, cast, record):
    before = every_row(db)
    pages = db.execute("PRAGMA page_count").fetchone()[0]
    long_one = said(cast, notes="x" * 4_000, kind=EntryKind.PREMISES_VISIT, place="New Place")
    db.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StorageFull, match="Keep what you typed"):
        record(long_one)
    assert every_row(db) == before
    db.execute("PRAGMA max_page_count = 1073741823")
    assert record(long_one) is Recorded.STORED


def test_five_phones_sending_one_record_at_once_store_it_once(instance, db, cast, now):
    entry = said(cast, counts={"spoken_to": 1})
    outcomes = []
    start = threading.Barrier(5)

    def send():
        own = connect(database_path(instance))
        start.wait()
        outcomes.append(record_entry(own, entry, by=1, now=now))
        own.close()

    threads = [threading.Thread(target=send) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [Recorded.ALREADY_STORED] * 4 + [Recorded.STORED]
    assert counts(db) == {"spoken_to": 1}


TO_SEND = [
    {"counts": {"spoken_to": 2}},
    {"kind": EntryKind.PREMISES_VISIT, "place": "New Place", "minutes": 15},
    {"kind": EntryKind.PREMISES_VISIT, "place": "New Place"},
    {"by": "ben", "kind": EntryKind.NOTICE, "notice": NoticeDetail("1", "pspo", 10_000)},
    {
        "kind": EntryKind.NOTICE,
        "notice": NoticeDetail("1", "pspo"),
        "capacity": Capacity.WITNESSED,
    },
    {"by": "ben", "kind": EntryKind.ARREST, "notes": "=1+1\n#N/A"},
]
"""What the phones have to send, two of them about the same new premises, two about one notice."""


@given(order=st.lists(st.tuples(st.integers(0, 5), st.booleans()), max_size=30))
def test_any_order_and_any_number_of_replays_give_the_same_database(db, cast, now, order):
    entries = [_one_to_send(cast, number, **more) for number, more in enumerate(TO_SEND)]
    in_order = [(number, amended) for amended in (False, True) for number in range(6)]
    expected, found = copy_of(db), copy_of(db)
    _send_all(expected, entries, in_order, now)
    _send_all(found, entries, [*order, *in_order], now)
    assert every_row(found) == every_row(expected)
    assert counts(found) == {"spoken_to": 2, "fpn": 1, "arrests": 1}


def _one_to_send(cast, number, by="asha", **more):
    return said(cast, cast[by], id=UUID(int=number + 1), **more)


def _send_all(db, entries, order, now):
    """Send first versions and amendments; one that comes too early is sent again later."""
    for number, amended in order:
        entry = entries[number]
        if amended:
            later = replace(entry, particulars="amended")
            with suppress(UnknownEntry):
                amend_entry(db, later, reason="more is known", seen_version=1, by=1, now=now)
        else:
            assert record_entry(db, entry, by=1, now=now) is not Recorded.CONFLICT

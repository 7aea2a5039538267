"""An amendment is a new version with a reason; the earlier ones stay and count no more."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from fieldlog.core.entry import NoticeDetail
from fieldlog.core.rules import Refused
from fieldlog.core.words import Capacity, EntryKind
from fieldlog.services.amend_entry import (
    UNDONE,
    AmendedMeanwhile,
    UnknownEntry,
    amend_entry,
    strike_entry,
)
from fieldlog.services.record_entry import record_entry
from fieldlog.services.undo_entry import UNDO_ALLOWED, TooLate, undo_entry
from fieldlog.store.log import versions
from tests.services.one_night import counts, every_row, in_force, register, said


@pytest.fixture
def record(db, now):
    def one(entry):
        record_entry(db, entry, by=entry.officer_id, now=now)
        return entry

    return one


@pytest.fixture
def amend(db, cast, now):
    def one(entry, reason="counted again", seen=1, by=None, at=now):
        by = by or cast.asha.officer_id
        return amend_entry(db, entry, reason=reason, seen_version=seen, by=by, now=at)

    return one


@pytest.fixture
def notice(cast, record):
    detail = NoticeDetail("4471", "pspo", 10_000)
    return record(said(cast, cast.ben, kind=EntryKind.NOTICE, notice=detail))


def test_it_makes_a_new_version_and_leaves_the_earlier_one_as_it_was(db, cast, record, amend, now):
    entry = record(said(cast, counts={"spoken_to": 4}, notes="first"))
    changed = replace(entry, counts={"spoken_to": 5}, notes="second")
    assert amend(changed, by=cast.cora.officer_id, at=now + timedelta(hours=1)) == 2
    first, second = versions(db, entry.id)
    assert (first.notes, dict(first.counts), first.in_force) == ("first", {"spoken_to": 4}, False)
    assert (second.notes, dict(second.counts), second.in_force) == (
        "second",
        {"spoken_to": 5},
        True,
    )
    assert (second.recorded_by, second.reason) == ("Cora Hale", "counted again")
    assert second.officer == "Asha Reed"
    assert second.received_at - first.received_at == timedelta(hours=1)


def test_only_the_version_in_force_counts(db, cast, record, amend):
    entry = record(said(cast, counts={"spoken_to": 4}))
    amend(replace(entry, counts={"spoken_to": 5}))
    assert counts(db) == {"spoken_to": 5}


@pytest.mark.parametrize("reason", ["", "   ", "\n"])
def test_it_asks_for_a_reason(db, cast, record, amend, reason):
    entry = record(said(cast))
    before = every_row(db)
    with pytest.raises(Refused, match="Say why"):
        amend(replace(entry, notes="x"), reason=reason)
    assert every_row(db) == before


def test_an_overlong_reason_is_refused(cast, record, amend):
    entry = record(said(cast))
    with pytest.raises(Refused, match="at most 500 characters"):
        amend(replace(entry, notes="x"), reason="x" * 501)


def test_the_rules_hold_for_amendments_too(db, cast, record, amend):
    entry = record(said(cast, counts={"spoken_to": 4}))
    with pytest.raises(Refused, match="cannot be less than 0"):
        amend(replace(entry, counts={"spoken_to": -4}))
    assert counts(db) == {"spoken_to": 4}


def test_an_entry_that_is_not_there_cannot_be_amended(cast, amend):
    with pytest.raises(UnknownEntry):
        amend(said(cast))


def test_one_who_saw_an_older_version_is_told(db, cast, record, amend):
    entry = record(said(cast, notes="first"))
    amend(replace(entry, notes="by Cora"), by=cast.cora.officer_id)
    before = every_row(db)
    with pytest.raises(AmendedMeanwhile):
        amend(replace(entry, notes="by Asha"))
    assert every_row(db) == before


def test_the_same_amendment_sent_twice_is_made_once(db, cast, record, amend):
    entry = record(said(cast, notes="first"))
    changed = replace(entry, notes="second")
    assert [amend(changed), amend(changed)] == [2, 2]
    amend(replace(entry, notes="third"), seen=2)
    assert amend(changed) == 2
    assert len(versions(db, entry.id)) == 3


def test_the_same_words_from_somebody_else_are_another_amendment(cast, record, amend):
    entry = record(said(cast, notes="first"))
    amend(replace(entry, notes="second"))
    with pytest.raises(AmendedMeanwhile):
        amend(replace(entry, notes="second"), by=cast.cora.officer_id)


def test_the_count_moves_when_the_law_changes(db, notice, amend):
    amend(replace(in_force(db, notice.id), notice=NoticeDetail("4471", "disorder", 9_000)))
    assert counts(db) == {"pnd": 1}


def test_the_count_goes_when_the_notice_was_another_officers(db, notice, amend):
    amend(replace(in_force(db, notice.id), capacity=Capacity.WITNESSED))
    assert counts(db) == {}
    amend(replace(in_force(db, notice.id), capacity=Capacity.OWN), seen=2)
    assert counts(db) == {"fpn": 1}


def test_the_count_stays_when_only_the_amount_changes(db, notice, amend):
    amend(replace(in_force(db, notice.id), notice=NoticeDetail("4471", "pspo", 7_500)))
    assert counts(db) == {"fpn": 1}


def test_a_mistyped_notice_number_can_be_put_right_and_is_still_not_used_again(
    db, cast, notice, record, amend
):
    amend(replace(in_force(db, notice.id), notice=NoticeDetail("4472", "pspo", 10_000)))
    for number in ("4471", "4472"):
        again = said(cast, cast.ben, kind=EntryKind.NOTICE, notice=NoticeDetail(number, "pspo"))
        with pytest.raises(Refused, match=f"Notice number {number} is on another entry"):
            record(again)


def test_an_amended_visit_to_a_new_name_knows_its_premises(db, cast, record, amend, now):
    lamp = register(db, "The Lamp", now, ward="Castle")
    visit = record(said(cast, kind=EntryKind.PREMISES_VISIT, place="The Limp"))
    amend(replace(visit, place="The Lamp"))
    stored = in_force(db, visit.id)
    assert (stored.premises_id, stored.ward_id) == (lamp, 1)


def test_a_struck_entry_stays_and_counts_nowhere(db, cast, record, now):
    entry = record(said(cast, counts={"spoken_to": 4}))
    strike_entry(db, entry.id, reason="logged twice", seen_version=1, by=1, now=now)
    assert counts(db) == {}
    first, second = versions(db, entry.id)
    assert (first.struck, second.struck, second.reason) == (False, True, "logged twice")
    assert dict(second.counts) == {"spoken_to": 4}


def test_striking_twice_strikes_once(db, cast, record, now):
    entry = record(said(cast))
    for _ in range(2):
        strike_entry(db, entry.id, reason="logged twice", seen_version=1, by=1, now=now)
    assert len(versions(db, entry.id)) == 2


def test_a_struck_entry_can_be_put_back(db, cast, record, amend, now):
    entry = record(said(cast, counts={"spoken_to": 4}))
    strike_entry(db, entry.id, reason="logged twice", seen_version=1, by=1, now=now)
    amend(entry, reason="it was another group", seen=2)
    assert counts(db) == {"spoken_to": 4}


def test_striking_what_is_not_there_says_so(db, now):
    with pytest.raises(UnknownEntry):
        strike_entry(db, uuid4(), reason="x", seen_version=1, by=1, now=now)


def test_what_was_just_saved_can_be_undone_in_one_tap_and_stays_to_be_read(db, cast, record, now):
    entry = record(said(cast, counts={"spoken_to": 1}))
    undo_entry(db, entry.id, officer_id=cast.asha.officer_id, now=now + timedelta(seconds=9))
    assert counts(db) == {}
    assert [line.reason for line in versions(db, entry.id)] == ["", UNDONE]


def test_undoing_twice_undoes_once(db, cast, record, now):
    entry = record(said(cast))
    for _ in range(2):
        undo_entry(db, entry.id, officer_id=cast.asha.officer_id, now=now)
    assert len(versions(db, entry.id)) == 2


def test_it_cannot_be_undone_later(db, cast, record, now):
    entry = record(said(cast))
    late = now + UNDO_ALLOWED + timedelta(seconds=1)
    with pytest.raises(TooLate):
        undo_entry(db, entry.id, officer_id=cast.asha.officer_id, now=late)


def test_nobody_undoes_what_another_officer_saved(db, cast, record, now):
    entry = record(said(cast))
    with pytest.raises(TooLate):
        undo_entry(db, entry.id, officer_id=cast.ben.officer_id, now=now)


def test_a_notice_is_not_undone_in_passing(db, cast, notice, now):
    with pytest.raises(TooLate):
        undo_entry(db, notice.id, officer_id=cast.ben.officer_id, now=now)


def test_undoing_what_is_not_there_says_so(db, cast, now):
    with pytest.raises(UnknownEntry):
        undo_entry(db, uuid4(), officer_id=cast.asha.officer_id, now=now)

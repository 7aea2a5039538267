"""Amend an entry: the same form, filled; a reason; a new version."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from fieldlog.core.entry import NoticeDetail, PurchaseDetail
from fieldlog.core.words import Capacity, EntryKind, FourE, Marking, PurchaseResult
from fieldlog.services.amend_entry import amend_entry, strike_entry
from fieldlog.services.record_entry import record_entry
from fieldlog.store.connection import StorageBusy, StorageFull
from fieldlog.store.log import versions
from tests.services.one_night import counts, in_force, register, said
from tests.web.thumb import Screen, Thumb


@pytest.fixture
def thumb(signed_in):
    return Thumb(signed_in("asha"))


@pytest.fixture
def record(db, cast, now):
    def one(who=None, **more):
        entry = said(cast, who, **more)
        record_entry(db, entry, by=entry.officer_id, now=now)
        return entry

    return one


@pytest.fixture
def full_visit(db, record, now):
    lamp = register(db, "The Lamp", now, ward="Castle")
    return record(
        kind=EntryKind.PREMISES_VISIT,
        premises_id=lamp,
        action="letter",
        minutes=75,
        four_e=FourE.EXPLAIN,
        notes="first\nsecond",
        marking=Marking.OFFICIAL_SENSITIVE,
        capacity=Capacity.JOINT,
        counts={"spoken_to": 4, "warned": 0, "cash_pence": 6_550},
        happened_at=now - timedelta(minutes=7, seconds=13),
    )


def test_the_form_is_filled_and_changes_only_what_is_changed(thumb, db, cast, full_visit):
    stored = in_force(db, full_visit.id)
    thumb.open(f"/entries/{full_visit.id}/amend")
    thumb.tap_plus("count_spoken_to")
    thumb.type(reason="counted one too few")
    answer = thumb.save()
    assert (answer.status_code, answer.location) == (303, f"/entries/{full_visit.id}")
    expected = replace(stored, counts={"spoken_to": 5, "warned": 0, "cash_pence": 6_550})
    assert in_force(db, full_visit.id) == expected
    newest = versions(db, full_visit.id)[-1]
    assert (newest.recorded_by, newest.reason) == ("Asha Reed", "counted one too few")


@pytest.mark.parametrize(
    "more",
    [
        {
            "kind": EntryKind.TEST_PURCHASE,
            "purchase": PurchaseDetail("vape", PurchaseResult.SOLD, "V7", 16, False, "x", "y"),
        },
        {
            "kind": EntryKind.NOTICE,
            "capacity": Capacity.WITNESSED,
            "notice": NoticeDetail("4471", "pspo", 6_550, "3", "A. Person"),
        },
        {"kind": EntryKind.ARREST, "capacity": Capacity.JOINT, "counts": {"arrests": 2}},
        {"kind": EntryKind.REFERRAL, "particulars": "Fire service", "place": "Quay"},
        {"minutes": None},
        {"minutes": 0},
        {"minutes": 90},
        {"night_of": date(2020, 12, 4), "deployment_id": None},
    ],
)
def test_whatever_an_entry_says_stays_when_only_its_notes_change(thumb, db, record, more):
    entry = record(**more)
    thumb.open(f"/entries/{entry.id}/amend")
    thumb.type(notes="more is known", reason="more is known")
    assert thumb.save().status_code == 303
    assert in_force(db, entry.id) == replace(entry, notes="more is known")


def test_an_action_that_is_retired_since_can_stay(thumb, db, record):
    entry = record(action="email")
    db.execute("UPDATE actions SET valid_to = '2020-01-01' WHERE code = 'email'")
    thumb.open(f"/entries/{entry.id}/amend")
    assert thumb.said["action"] == "email"


def test_half_past_one_in_the_second_hour_stays_in_it(thumb, db, cast, clock):
    clock.now = datetime(2020, 10, 25, 2, 0, tzinfo=UTC)
    second = datetime(2020, 10, 25, 1, 30, tzinfo=UTC)
    entry = said(
        cast,
        happened_at=second,
        captured_at=second,
        night_of=date(2020, 10, 24),
        deployment_id=None,
    )
    record_entry(db, entry, by=1, now=clock.now)
    thumb.browser.post("/sign-in", data={"username": "asha", "password": cast.password})
    thumb.open(f"/entries/{entry.id}/amend")
    assert thumb.said["happened_time"] == "01:30"
    thumb.type(notes="more", reason="more")
    assert thumb.save().status_code == 303
    assert in_force(db, entry.id).happened_at == second


def test_it_asks_why_and_keeps_what_was_typed(thumb, db, full_visit):
    thumb.open(f"/entries/{full_visit.id}/amend")
    thumb.type(notes="changed")
    assert thumb.save().status_code == 422
    assert "Say why, for example “wrong premises”." in thumb.screen.text
    assert thumb.said["notes"] == "changed"
    assert len(versions(db, full_visit.id)) == 1


def test_nothing_changed_is_no_amendment(thumb, db, full_visit):
    thumb.open(f"/entries/{full_visit.id}/amend")
    thumb.type(reason="no reason")
    assert thumb.save().status_code == 422
    assert "Nothing is changed yet." in thumb.screen.text


def test_sent_twice_it_is_one_version(thumb, db, full_visit):
    thumb.open(f"/entries/{full_visit.id}/amend")
    thumb.type(notes="changed", place="The Crown", premises_id="", reason="wrong premises")
    assert [thumb.save().status_code, thumb.save().status_code] == [303, 303]
    assert len(versions(db, full_visit.id)) == 2


def test_the_ward_follows_the_premises(thumb, db, full_visit, now):
    crown = register(db, "The Crown", now, ward="Harbour")
    thumb.open(f"/entries/{full_visit.id}/amend")
    thumb.choose_premises("crown")
    thumb.type(reason="wrong premises")
    thumb.save()
    assert in_force(db, full_visit.id).premises_id == crown
    assert versions(db, full_visit.id)[-1].ward == "Harbour"


def test_amended_meanwhile_both_are_shown_and_saving_again_goes_on_top(
    thumb, db, cast, full_visit, now
):
    stored = in_force(db, full_visit.id)
    thumb.open(f"/entries/{full_visit.id}/amend")
    by_cora = replace(stored, minutes=30)
    amend_entry(db, by_cora, reason="asked them", seen_version=1, by=cast.cora.officer_id, now=now)
    thumb.type(notes="changed", reason="typo")
    assert thumb.save().status_code == 409
    text = thumb.screen.text
    assert "Amended meanwhile. Cora Hale made version 2 at 21:40" in text
    assert "Reason: asked them." in text
    assert "Time taken 30 minutes 75 minutes" in text
    assert (thumb.said["notes"], thumb.said["reason"]) == ("changed", "typo")
    assert thumb.save().status_code == 303
    assert [line.version for line in versions(db, full_visit.id)] == [1, 2, 3]
    assert in_force(db, full_visit.id).notes == "changed"


def test_the_law_of_a_notice_can_be_put_right_and_its_count_moves(signed_in, db, cast, record):
    detail = NoticeDetail("4471", "pspo", 10_000)
    entry = record(cast.ben, kind=EntryKind.NOTICE, notice=detail)
    thumb = Thumb(signed_in("ben"))
    thumb.open(f"/entries/{entry.id}/amend")
    thumb.tap("law", "disorder")
    thumb.type(amount="90", reason="wrong law")
    assert thumb.save().status_code == 303
    assert counts(db) == {"pnd": 1}


def test_the_coordinator_amends_any_entry_in_the_officers_name(signed_in, db, cast, full_visit):
    thumb = Thumb(signed_in("cora"))
    thumb.open(f"/entries/{full_visit.id}/amend")
    thumb.type(notes="from the radio log", reason="radio log")
    assert thumb.save().status_code == 303
    newest = versions(db, full_visit.id)[-1]
    assert (newest.officer, newest.recorded_by) == ("Asha Reed", "Cora Hale")


@pytest.mark.parametrize("page", ["amend", "strike", "undo"])
@pytest.mark.parametrize("who", ["ben", "vic"])
def test_nobody_else_may(signed_in, db, full_visit, who, page):
    answer = signed_in(who).post(f"/entries/{full_visit.id}/{page}", data={"reason": "x"})
    assert answer.status_code == 403
    assert len(versions(db, full_visit.id)) == 1


def test_it_is_struck_out_with_a_reason_and_can_be_put_back(thumb, db, full_visit):
    strike = f"/entries/{full_visit.id}/strike"
    screen = thumb.open(f"/entries/{full_visit.id}", "reason")
    assert screen.form("reason").action == strike
    thumb.said["reason"] = "logged twice"
    assert thumb.save(strike).status_code == 303
    assert counts(db) == {}
    assert "Put this entry back" in thumb.open(f"/entries/{full_visit.id}").text
    thumb.open(f"/entries/{full_visit.id}/amend")
    assert "Saving it here puts it back" in thumb.screen.text
    thumb.type(reason="it was another visit")
    assert thumb.save().status_code == 303
    assert counts(db)["spoken_to"] == 4


def test_striking_asks_why(thumb, db, full_visit):
    answer = thumb.browser.post(f"/entries/{full_visit.id}/strike", data={"reason": " "})
    assert answer.status_code == 422
    assert "Say why" in Screen(answer.get_data(as_text=True)).text
    assert not in_force(db, full_visit.id).struck


def test_striking_what_was_amended_meanwhile_shows_it_first(thumb, db, full_visit, now):
    changed = replace(in_force(db, full_visit.id), notes="by Cora")
    amend_entry(db, changed, reason="x", seen_version=1, by=3, now=now)
    data = {"reason": "twice", "seen_version": "1"}
    answer = thumb.browser.post(f"/entries/{full_visit.id}/strike", data=data)
    assert answer.status_code == 409
    screen = Screen(answer.get_data(as_text=True))
    assert "The entry was amended meanwhile." in screen.text
    assert "by Cora" in screen.text
    form = screen.form("reason")
    assert thumb.browser.post(form.action, data=form.values()).status_code == 303
    assert in_force(db, full_visit.id).struck


def test_what_is_struck_is_struck_once(thumb, db, full_visit, now):
    strike_entry(db, full_visit.id, reason="twice", seen_version=1, by=1, now=now)
    data = {"reason": "twice", "seen_version": "1"}
    answer = thumb.browser.post(f"/entries/{full_visit.id}/strike", data=data)
    assert answer.status_code == 303
    assert len(versions(db, full_visit.id)) == 2


@pytest.mark.parametrize("reason", ["duplicate of the first", ""])
def test_what_somebody_else_struck_says_so_with_both_reasons(thumb, db, full_visit, now, reason):
    strike_entry(db, full_visit.id, reason="wrong night", seen_version=1, by=3, now=now)
    data = {"reason": reason, "seen_version": "1"}
    answer = thumb.browser.post(f"/entries/{full_visit.id}/strike", data=data)
    assert answer.status_code == 409
    screen = Screen(answer.get_data(as_text=True))
    assert "The entry is struck out already, for the reason below." in screen.text
    assert "Reason: wrong night." in screen.text
    assert ("Yours was not kept: “duplicate of the first”" in screen.text) == bool(reason)


@pytest.mark.parametrize("error", [StorageFull, StorageBusy])
def test_a_store_that_cannot_take_it_gives_the_form_back(thumb, monkeypatch, full_visit, error):
    def cannot(*args, **kwargs):
        raise error("Keep what you typed.")

    thumb.open(f"/entries/{full_visit.id}/amend")
    thumb.type(notes="changed", reason="typo")
    monkeypatch.setattr("fieldlog.web.amendments.amend_entry", cannot)
    assert thumb.save().status_code == (507 if error is StorageFull else 503)
    assert (thumb.said["notes"], thumb.said["reason"]) == ("changed", "typo")

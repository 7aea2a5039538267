"""Accepting what a phone sends: alone or all at once, and with something going wrong in between."""

import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from fieldlog.core.entry import Entry
from fieldlog.core.night import from_utc_text
from fieldlog.services import accept_sync as module
from fieldlog.services.accept_sync import accept_sync
from fieldlog.services.count_one_more import Tap, count_one_more
from fieldlog.services.delivery import Delivery, Doubt, Sender, State
from fieldlog.services.open_sealed import KEY_FILE, KeyMissing, sealing_key
from fieldlog.services.read_entries import versions_of
from fieldlog.services.record_entry import record_entry
from fieldlog.store.connection import StorageFull, connect, database_path
from fieldlog.store.lists import load_lists
from fieldlog.web.api.record_fields import RecordFields
from tests.phones import amendment, an_id, sealed, tap, undo, visit


@pytest.fixture
def forms(app):
    """What reads the fields of records, with the application around it."""
    with app.app_context():
        yield RecordFields()


@pytest.fixture
def accept(db, cast, now, instance, forms):
    """Deliver records as Asha's, or with another sender, database or clock of the phone."""

    def deliver(*records, sender=None, on=db, sent_at=now, received_at=now):
        delivery = Delivery(records, sent_at=sent_at, received_at=received_at)
        key = sealing_key(instance)
        answers = accept_sync(on, delivery, sender or Sender(cast.asha), forms=forms, key=key)
        return [answer.state for answer in answers]

    return deliver


def count(db, table):
    return db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


def test_five_parallel_posts_of_one_record_store_one(db, app, cast, instance, accept):
    record, together = visit(cast.asha.officer_id), threading.Barrier(5)

    def post(_):
        own = connect(database_path(instance))
        try:
            with app.app_context():
                together.wait()
                return accept(record, on=own)
        finally:
            own.close()

    with ThreadPoolExecutor(5) as pool:
        states = sorted(state for found in pool.map(post, range(5)) for state in found)
    assert states == [State.ALREADY_STORED] * 4 + [State.STORED]
    assert (count(db, "entries"), count(db, "arrivals"), count(db, "premises")) == (1, 1, 1)


def test_five_parallel_amendments_of_one_version_make_one_and_set_the_others_aside(
    db, app, cast, instance, accept
):
    record, together = visit(cast.asha.officer_id), threading.Barrier(5)
    accept(record)
    changes = [amendment(record, minutes=str(30 + n)) for n in range(5)]

    def post(change):
        own = connect(database_path(instance))
        try:
            with app.app_context():
                together.wait()
                return accept(change, on=own)
        finally:
            own.close()

    with ThreadPoolExecutor(5) as pool:
        states = sorted(state for found in pool.map(post, changes) for state in found)
    assert states == [State.CONFLICT] * 4 + [State.STORED]
    assert (len(versions_of(db, record["id"])), count(db, "set_aside")) == (2, 4)


def test_a_mistake_with_one_record_sets_it_aside_and_stores_the_others(
    db, cast, accept, forms, monkeypatch, caplog
):
    caplog.set_level(logging.CRITICAL)
    good, bad, late = (visit(cast.asha.officer_id, notes=text) for text in ("a", "mistake", "b"))
    read = RecordFields.new_entry

    def stumbles(self, db, blank, fields, lists):
        if fields["notes"] == "mistake":
            raise ZeroDivisionError
        return read(self, db, blank, fields, lists)

    monkeypatch.setattr(RecordFields, "new_entry", stumbles)
    assert accept(good, bad, late) == [State.STORED, State.SET_ASIDE, State.STORED]
    assert db.execute("SELECT reason FROM set_aside").fetchone() == (Doubt.MISTAKE,)


def test_a_mistake_in_storing_leaves_nothing_half_done(db, cast, accept, monkeypatch, caplog):
    caplog.set_level(logging.CRITICAL)
    good, bad = visit(cast.asha.officer_id), visit(cast.asha.officer_id, place="Somewhere new")
    add = module.arrivals.add_arrival

    def stumbles(db, arrival):
        if str(arrival.record_id) == bad["id"]:
            raise ZeroDivisionError
        add(db, arrival)

    monkeypatch.setattr(module.arrivals, "add_arrival", stumbles)
    assert accept(good, bad) == [State.STORED, State.SET_ASIDE]
    assert (count(db, "entries"), count(db, "premises")) == (1, 1)


def test_a_full_disk_stops_everything_and_the_same_again_goes_on(db, cast, accept, monkeypatch):
    records = [visit(cast.asha.officer_id) for _ in range(5)]
    add = module.arrivals.add_arrival

    def full(db, arrival):
        if str(arrival.record_id) == records[3]["id"]:
            raise StorageFull("The disk is full")
        add(db, arrival)

    monkeypatch.setattr(module, "IN_ONE_TRANSACTION", 2)
    monkeypatch.setattr(module.arrivals, "add_arrival", full)
    with pytest.raises(StorageFull):
        accept(*records)
    assert count(db, "entries") == 2
    monkeypatch.undo()
    assert accept(*records) == [State.ALREADY_STORED] * 2 + [State.STORED] * 3


def test_what_a_page_stored_under_the_same_id_is_the_same_entry(db, cast, now, forms, accept):
    asha = cast.asha
    record = visit(asha.officer_id)
    accept(record)
    (line,) = versions_of(db, record["id"])
    page_first, one_tap = visit(asha.officer_id), tap(asha.officer_id)
    opened_at = from_utc_text(record["fields"]["opened_at"])
    blank = Entry(
        id=UUID(page_first["id"]),
        kind=line.kind,
        happened_at=opened_at,
        captured_at=now,
        night_of=cast.night,
        officer_id=asha.officer_id,
        agency_id=asha.agency_id,
    )
    entry = forms.new_entry(db, blank, page_first["fields"], load_lists(db))
    record_entry(db, entry, by=asha.officer_id, now=now)
    tapped = Tap(UUID(one_tap["id"]), "spoken_to", cast.night, None)
    count_one_more(db, tapped, officer=asha, now=now)
    assert accept(page_first, one_tap) == [State.ALREADY_STORED] * 2
    changed = replace(entry, id=UUID(an_id()))
    record_entry(db, changed, by=asha.officer_id, now=now)
    other = visit(asha.officer_id, minutes="60") | {"id": str(changed.id)}
    assert accept(other) == [State.CONFLICT]


def test_an_entry_is_undone_by_the_phones_own_clock_however_late_it_arrives(db, cast, now, accept):
    record = visit(cast.asha.officer_id)
    assert accept(record) == [State.STORED]
    assert accept(undo(record), received_at=now + timedelta(hours=9)) == [State.STORED]
    late = visit(cast.asha.officer_id)
    assert accept(late, undo(late, at="2020-12-05T21:50:00Z")) == [State.STORED, State.REJECTED]


def test_a_clock_that_is_ahead_never_makes_an_entry_of_the_future(db, cast, now, accept):
    record = visit(cast.asha.officer_id) | {"captured_at": "2020-12-06T02:00:00Z"}
    record["fields"]["opened_at"] = "2020-12-06T01:59:00Z"
    assert accept(record) == [State.STORED]
    (line,) = versions_of(db, record["id"])
    assert line.happened_at == now
    assert line.captured_at > now
    assert line.night_of == cast.night


def test_the_night_is_that_of_the_deployment_also_after_midnight(db, cast, now, accept):
    after = now + timedelta(hours=4)
    deployment = str(cast.deployment)
    record = visit(cast.asha.officer_id, deployment=deployment)
    record["fields"]["opened_at"] = record["captured_at"] = "2020-12-06T01:30:00Z"
    one_tap = tap(cast.asha.officer_id, deployment=deployment, step="10")
    one_tap["captured_at"] = "2020-12-06T01:31:00Z"
    assert accept(record, one_tap, received_at=after, sent_at=after) == [State.STORED] * 2
    for one in (record, one_tap):
        (line,) = versions_of(db, one["id"])
        assert (line.night_of, line.deployment_id) == (cast.night, cast.deployment)
    assert dict(line.counts) == {"spoken_to": 10}


def test_a_tap_on_what_is_not_counted_is_for_the_coordinator_and_its_undo_with_it(cast, accept):
    officer = cast.asha.officer_id
    taps = [tap(officer, measure="arrests"), tap(officer, step="0"), tap(officer, deployment="99")]
    assert accept(*taps, tap(officer, step="many")) == [State.SET_ASIDE] * 4
    assert accept(undo(taps[0])) == [State.SET_ASIDE]
    other = tap(officer, measure="arrests")
    assert accept(undo(other), other) == [State.SET_ASIDE] * 2


def test_an_officer_changes_only_their_own_and_a_coordinator_any(db, cast, accept):
    record = visit(cast.ben.officer_id)
    accept(record, sender=Sender(cast.ben))
    hers = amendment(record, minutes="30") | {"officer_id": cast.asha.officer_id}
    assert accept(hers) == [State.REJECTED]
    coras = amendment(record, minutes="30") | {"officer_id": cast.cora.officer_id}
    assert accept(coras, sender=Sender(cast.cora)) == [State.STORED]


def test_the_key_is_made_once_and_for_its_owner_only(instance):
    key = sealing_key(instance)
    path = instance / KEY_FILE
    assert path.stat().st_mode & 0o777 == 0o600
    assert sealing_key(instance).id == key.id
    path.write_text("not a key")
    with pytest.raises(KeyMissing, match="Restore it from the backup"):
        sealing_key(instance)


def test_what_was_sealed_to_another_key_is_set_aside(cast, accept, instance, tmp_path):
    other = sealing_key(tmp_path)
    record = sealed(visit(cast.asha.officer_id), other.public)
    assert accept(record) == [State.SET_ASIDE]
    named = sealed(visit(cast.asha.officer_id), sealing_key(instance).public)
    named["sealed"]["kid"] = other.id
    assert accept(named) == [State.SET_ASIDE]
    named["sealed"]["kid"] = sealing_key(instance).id
    assert accept(named) == [State.STORED]

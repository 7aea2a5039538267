"""Which phones of a night's crews may hold entries that nobody has heard of."""

from datetime import timedelta

import pytest

from fieldlog.services.close_night import to_close
from fieldlog.services.enrol_device import enrol_device
from fieldlog.services.record_entry import record_entry
from fieldlog.services.revoke_device import revoke_device
from fieldlog.store import devices
from fieldlog.store.connection import write_transaction
from tests.services.one_night import said
from tests.web.live_night import crew_of_asha


@pytest.fixture
def crew(db, cast, now):
    return crew_of_asha(db, cast, now - timedelta(hours=6))


@pytest.fixture
def phone(db, cast, now):
    """``phone("asha", set_up=…, heard=…, unsent=…)``: how long ago, in hours; None for never."""

    def enrolled(who="asha", set_up=3.0, heard=None, unsent=0):
        at = now - timedelta(hours=set_up)
        person = cast[who]
        made = enrol_device(
            db, officer_id=person.officer_id, name=f"{person.name}’s", device_id=None, now=at
        )
        if heard is not None:
            last = now - timedelta(hours=heard)
            with write_transaction(db):
                devices.report(db, made.device_id, unsent=unsent, oldest_unsent_at=None, now=last)
        return made.device_id

    return enrolled


@pytest.fixture
def silent(db, cast):
    """The phones that are named before the night is closed, with their crews."""

    def named(now):
        seen = to_close(db, cast.deployment, now)
        assert seen is not None
        return [(one.crew, one.device.id) for one in seen.silent]

    return named


def test_one_that_sent_nothing_for_half_an_hour_is_named_with_its_crew(now, crew, phone, silent):
    quiet = phone(heard=0.51)
    assert silent(now) == [("Crew 1", quiet)]
    assert silent(now - timedelta(minutes=1)) == []


def test_one_that_never_sent_anything_is_named(now, crew, phone, silent):
    assert silent(now) == []
    never = phone(set_up=2)
    assert silent(now) == [("Crew 1", never)]


def test_one_that_says_what_it_holds_is_named_there_and_not_twice(
    db, cast, now, crew, phone, silent
):
    holding = phone(heard=1, unsent=3)
    seen = to_close(db, cast.deployment, now)
    assert [one.id for one in seen.phones] == [holding]
    assert silent(now) == []


def test_an_older_phone_of_theirs_is_left_out_where_another_was_used_that_night(
    now, crew, phone, silent
):
    phone(set_up=9_000, heard=8_000)
    used = phone(set_up=30, heard=2)
    assert silent(now) == [("Crew 1", used)]
    new = phone(set_up=1)
    assert set(silent(now)) == {("Crew 1", used), ("Crew 1", new)}


def test_where_none_was_heard_that_night_the_last_one_used_is_named(now, crew, phone, silent):
    phone(set_up=9_000, heard=8_000)
    last = phone(set_up=200, heard=100)
    assert silent(now) == [("Crew 1", last)]


def test_whoever_logged_without_being_on_the_roster_counts_too(db, cast, now, crew, phone, silent):
    bens = phone("ben", heard=1)
    assert silent(now) == []
    record_entry(db, said(cast, cast.ben), by=cast.ben.officer_id, now=now)
    assert silent(now) == [("", bens)]


def test_one_that_sent_something_after_the_night_holds_nothing_of_it(
    db, cast, now, crew, phone, silent
):
    quiet = phone(heard=1)
    morning = now + timedelta(hours=10)
    assert silent(morning) == [("Crew 1", quiet)]
    with write_transaction(db):
        devices.report(db, quiet, unsent=0, oldest_unsent_at=None, now=now + timedelta(hours=6))
    assert silent(morning) == []


def test_a_revoked_one_and_one_set_up_later_are_left_out(db, cast, now, crew, phone, silent):
    revoke_device(db, phone(heard=1), by=cast.cora.officer_id, now=now)
    phone(set_up=-24)
    assert silent(now + timedelta(days=2)) == []

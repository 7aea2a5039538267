"""A tap of the tally is one entry with one count, however often it is sent."""

from datetime import timedelta
from uuid import uuid4

import pytest

from fieldlog.core.rules import Refused
from fieldlog.core.words import EntryKind
from fieldlog.services.count_one_more import Tap, count_one_more, countable
from fieldlog.services.record_entry import Recorded
from fieldlog.store.lists import load_lists
from tests.services.one_night import counts, in_force


@pytest.fixture
def tap(db, cast, now):
    def one(measure="spoken_to", entry_id=None, at=now):
        made = Tap(entry_id or uuid4(), measure, cast.night, cast.deployment)
        return made.id, count_one_more(db, made, officer=cast.asha, now=at)

    return one


def test_a_tap_is_an_encounter_with_one_count(db, cast, tap, now):
    entry_id, outcome = tap()
    stored = in_force(db, entry_id)
    assert outcome is Recorded.STORED
    assert (stored.kind, dict(stored.counts)) == (EntryKind.ENCOUNTER, {"spoken_to": 1})
    assert (stored.officer_id, stored.deployment_id) == (cast.asha.officer_id, cast.deployment)
    assert (stored.happened_at, stored.night_of) == (now, cast.night)


def test_a_tap_adds_the_step_of_its_measure(db, tap):
    tap("masks")
    assert counts(db) == {"masks": 10}


def test_two_taps_are_two(db, tap):
    tap()
    tap()
    assert counts(db) == {"spoken_to": 2}


def test_one_tap_that_arrives_twice_minutes_apart_is_one(db, tap, now):
    entry_id, _ = tap()
    _, again = tap(entry_id=entry_id, at=now + timedelta(minutes=3))
    assert again is Recorded.ALREADY_STORED
    assert counts(db) == {"spoken_to": 1}


def test_another_measure_under_the_same_id_is_a_conflict(db, tap):
    entry_id, _ = tap()
    assert tap("warned", entry_id)[1] is Recorded.CONFLICT
    assert counts(db) == {"spoken_to": 1}


def test_notices_and_arrests_are_counted_by_their_own_entries_only(db, cast):
    codes = {measure.code for measure in countable(load_lists(db), cast.night)}
    assert codes >= {"spoken_to", "warned", "masks"}
    assert codes.isdisjoint({"arrests", "fpn", "pcn", "pnd", "cpw", "cpn"})


@pytest.mark.parametrize("measure", ["fpn", "arrests", "", "smiles"])
def test_what_is_no_tile_is_refused(tap, measure):
    with pytest.raises(Refused, match="That is not counted on that night"):
        tap(measure)

"""A form is stored once: pressed twice, sent again hours later, changed after going back."""

import pytest

from fieldlog.core.words import EntryKind
from fieldlog.services.record_entry import record_entry
from tests.services.one_night import counts, every_row, in_force, said
from tests.web.thumb import Thumb


@pytest.fixture
def thumb(signed_in):
    return Thumb(signed_in("asha"))


@pytest.fixture
def stored(db):
    """The one entry of the database, as the version in force has it."""

    def one():
        (entry_id,) = {row[0] for row in db.execute("SELECT id FROM entries")}
        return in_force(db, entry_id)

    return one


def test_sent_twice_it_is_stored_once(thumb, db):
    thumb.open("/entries/new/encounter")
    thumb.tap_plus("count_spoken_to")
    first = thumb.save()
    second = thumb.save()
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.location == second.location
    assert counts(db) == {"spoken_to": 1}


def test_sent_again_hours_later_it_is_still_the_same(thumb, clock, db):
    thumb.open("/entries/new/encounter")
    thumb.save()
    clock.move_on(hours=2)
    assert thumb.save().status_code == 303
    assert len(every_row(db)[0]) == 1


def test_changed_and_sent_again_both_are_shown_and_it_can_be_saved_as_a_new_entry(thumb, db):
    thumb.open("/entries/new/encounter")
    thumb.type(count_spoken_to="3", notes="first")
    thumb.save()
    thumb.type(count_spoken_to="4", notes="second")
    answer = thumb.save()
    assert answer.status_code == 409
    text = thumb.screen.text
    assert "Saved already, and different." in text
    assert "People spoken to 3 4" in text
    assert "Notes first second" in text
    assert thumb.said["notes"] == "second"
    assert thumb.save().status_code == 303
    assert counts(db) == {"spoken_to": 7}


def test_changed_and_sent_again_it_can_amend_what_was_saved(thumb, db, stored):
    thumb.open("/entries/new/encounter")
    thumb.type(count_spoken_to="3")
    thumb.save()
    thumb.type(count_spoken_to="4")
    thumb.save()
    amend = f"/entries/{stored().id}/amend"
    assert f'formaction="{amend}"' in thumb.browser.post(
        thumb.path, data=thumb.said | {"id": str(stored().id)}
    ).get_data(as_text=True)
    assert thumb.save(amend).status_code == 422
    assert thumb.said["count_spoken_to"] == "4"
    thumb.type(reason="one more")
    assert thumb.save().status_code == 303
    assert counts(db) == {"spoken_to": 4}


def test_an_id_of_somebody_elses_entry_shows_nothing_of_it(thumb, db, cast, now):
    other = said(cast, cast.ben, notes="for Ben only")
    record_entry(db, other, by=cast.ben.officer_id, now=now)
    thumb.open("/entries/new/encounter")
    thumb.said["id"] = str(other.id)
    thumb.type(notes="mine")
    assert thumb.save().status_code == 409
    assert "for Ben only" not in thumb.screen.text
    assert thumb.said["notes"] == "mine"
    assert thumb.save().status_code == 303


@pytest.mark.parametrize("broken", [{"id": "x"}, {"id": ""}, {"opened_at": "x"}])
def test_a_form_whose_hidden_parts_are_broken_is_stored_all_the_same(thumb, stored, broken):
    thumb.open("/entries/new/encounter")
    thumb.said |= broken
    assert thumb.save().status_code == 303
    assert stored().kind is EntryKind.ENCOUNTER

"""The search box of a form asks for premises by a few letters."""

from datetime import timedelta

import pytest

from fieldlog.core.words import EntryKind
from fieldlog.services.record_entry import record_entry
from tests.services.one_night import register, said


@pytest.fixture
def lamp(db, cast, now):
    return register(db, "The Lamp", now, address="14 High Street", postcode="CB1 1AA")


@pytest.fixture
def search(signed_in, cast):
    browser = signed_in("asha")

    def ask(letters):
        answer = browser.get("/premises/search", query_string={"q": letters})
        assert answer.status_code == 200
        return answer.json["premises"]

    return ask


def test_it_answers_with_what_a_button_shows(search, lamp):
    assert search("lam") == [
        {
            "id": lamp,
            "name": "The Lamp",
            "detail": "14 High Street, CB1 1AA",
            "type": "",
            "note": None,
            "about": "",
        }
    ]


@pytest.mark.parametrize("letters", ["", "zzz", "%", "\x00", "a" * 5_000])
def test_it_answers_with_nothing_where_there_is_nothing(search, lamp, letters):
    assert search(letters) == []


def test_it_says_that_somebody_else_was_there_tonight(db, cast, search, lamp, now):
    at = now - timedelta(minutes=85)
    visit = said(cast, cast.ben, kind=EntryKind.PREMISES_VISIT, premises_id=lamp, happened_at=at)
    record_entry(db, visit, by=1, now=now)
    (found,) = search("lam")
    assert found["note"] == "Ben Cole was here at 20:15"
    assert found["about"] == "Last visit 5 Dec 2020"


def test_ones_own_visit_is_told_without_a_warning(db, cast, search, lamp, now):
    visit = said(cast, kind=EntryKind.PREMISES_VISIT, premises_id=lamp, action="advice_given")
    record_entry(db, visit, by=1, now=now)
    (found,) = search("lam")
    assert found["note"] is None
    assert found["about"] == "You were here at 21:40 · Last visit 5 Dec 2020, Advice given"


def test_a_visit_of_another_night_is_history(search, db, cast, lamp, clock):
    visit = said(cast, cast.ben, kind=EntryKind.PREMISES_VISIT, premises_id=lamp)
    record_entry(db, visit, by=1, now=clock.now)
    clock.move_on(hours=11)
    assert search("lam")[0]["note"] is None
    assert search("lam")[0]["about"] == "Last visit 5 Dec 2020"


def test_a_few_answers_are_enough_for_a_phone(db, cast, search, now):
    for number in range(20):
        register(db, f"Lamp {number}", now)
    assert len(search("lamp")) == 8


def test_it_is_for_those_who_log(client, signed_in):
    assert signed_in("vic").get("/premises/search?q=lam").status_code == 403
    assert client.get("/premises/search?q=lam").status_code == 302

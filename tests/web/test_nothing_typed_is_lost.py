"""Whatever is wrong, the form comes back with everything in it and says what to do."""

from uuid import uuid4

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fieldlog.store import log
from fieldlog.store.connection import StorageBusy, StorageFull
from tests.services.one_night import every_row, register
from tests.web.thumb import Thumb


@pytest.fixture
def thumb(signed_in):
    return Thumb(signed_in("asha"))


@pytest.fixture
def lamp(db, cast, now):
    return register(db, "The Lamp", now, address="14 High Street", ward="Castle")


ALL_TYPED = {
    "place": "Somewhere else",
    "notes": "typed\ntext",
    "count_spoken_to": "7",
    "count_cash_pence": "1.00",
    "minutes_other": "20",
    "happened_time": "20:05",
    "happened_on": "2020-12-05",
}
GROUPS = {"action", "four_e", "marking", "deployment", "minutes"}
"""Buttons: what none of them says can only be forged."""
WRONG = [
    ({"happened_time": "23:50"}, "happened_time", "is in the future. It is 21:40"),
    ({"happened_time": "25:61"}, "happened_time", "The time must be like 21:40."),
    ({"happened_on": "soon"}, "happened_on", "The date must be like 05/12/2020."),
    ({"happened_on": "0020-12-05"}, "happened_on", "Check the year of the date: 20."),
    ({"happened_on": "2020-12-01"}, "happened_time", "does not belong to the night of 5 December"),
    ({"happened_time": ""}, "happened_time", "Give the time too, like 21:40."),
    ({"count_spoken_to": "-3"}, "count_spoken_to", "People spoken to cannot be less than 0."),
    ({"count_spoken_to": "9999999"}, "count_spoken_to", "cannot be more than 100,000"),
    ({"count_spoken_to": "4a"}, "count_spoken_to", "must be a whole number, like 4."),
    ({"count_spoken_to": "1" * 5_000}, "count_spoken_to", "must be a whole number, like 4."),
    ({"count_spoken_to": "٣"}, "count_spoken_to", "must be a whole number, like 4."),
    ({"count_cash_pence": "65.5"}, "count_cash_pence", "pounds and pence, like 100 or 65.50"),
    ({"minutes_other": "ages"}, "minutes_other", "a whole number of minutes, like 15"),
    ({"minutes_other": ""}, "minutes_other", "Type the time taken, like 20"),
    ({"minutes": "-15"}, "minutes_other", "a whole number of minutes, like 15"),
    ({"action": "dance"}, "action", "There is no such action taken in the list."),
    ({"four_e": "explode"}, "four_e", "Choose one of those shown."),
    ({"marking": "top_secret"}, "marking", "Choose one of those shown."),
    ({"deployment": "99"}, "deployment", "The operation you chose is not of that night."),
    ({"notes": "x" * 10_000}, "notes", "at most 4,000 characters; this has 10,000"),
    ({"notes": "ab\x07c"}, "notes", "number 3, code U+0007"),
    ({"place": "x" * 201}, "place", "at most 200 characters; this has 201"),
    ({"place": " "}, "place", "Choose the premises, or type its name."),
]


@pytest.mark.parametrize(("said", "name", "says"), WRONG)
def test_each_mistake_has_its_own_message_and_costs_nothing(thumb, db, said, name, says):
    thumb.open("/entries/new/premises-visit")
    thumb.tap("action", "letter")
    thumb.tap("minutes", "other")
    before = every_row(db)
    typed = {**thumb.said, **ALL_TYPED, **said}
    thumb.said = dict(typed)
    assert thumb.save().status_code == 422
    assert every_row(db) == before
    assert says in thumb.screen.text
    target = f"#{name}-0" if name in GROUPS else f"#{name}"
    assert target in thumb.screen.links.values()
    forged = GROUPS & set(said)
    kept = {key: value for key, value in typed.items() if key not in forged | {"csrf_token"}}
    assert {key: thumb.said.get(key) for key in kept} == kept


def test_everything_wrong_is_said_at_once_in_the_order_of_the_page(thumb):
    thumb.open("/entries/new/premises-visit")
    thumb.type(minutes_other="ages", count_warned="x", notes="\x00", happened_time="x")
    thumb.save()
    linked = [link for link in thumb.screen.links.values() if link.startswith("#")]
    assert linked[1:] == [
        "#place",
        "#minutes_other",
        "#count_warned",
        "#notes",
        "#happened_time",
    ]


def test_what_is_folded_away_stands_open_where_something_is_in_it(thumb):
    thumb.open("/entries/new/premises-visit")
    folded = {control.name for control in thumb.form.controls if control.folded}
    assert {"notes", "four_e", "happened_time"} <= folded
    thumb.type(notes="typed")
    thumb.save()
    folded = {control.name for control in thumb.form.controls if control.folded}
    assert "notes" not in folded
    assert "happened_time" in folded


def test_premises_that_were_chosen_are_still_chosen(thumb, lamp):
    thumb.open("/entries/new/premises-visit")
    thumb.choose_premises("lam")
    thumb.type(count_spoken_to="x")
    thumb.save()
    assert (thumb.said["place"], thumb.said["premises_id"]) == ("The Lamp", str(lamp))


def test_a_notice_without_its_law_comes_back_with_its_number(signed_in):
    thumb = Thumb(signed_in("ben"))
    thumb.open("/entries/new/notice")
    thumb.type(number="4471", amount="65.5", recipient="A. Person")
    assert thumb.save().status_code == 422
    assert "Choose the law that the notice was given under." in thumb.screen.text
    assert "The amount must be pounds and pence, like 100 or 65.50." in thumb.screen.text
    assert (thumb.said["number"], thumb.said["amount"]) == ("4471", "65.5")


def test_a_notice_number_that_is_taken_is_said_beside_the_number(signed_in, db):
    for number in (1, 2):
        thumb = Thumb(signed_in("ben"))
        thumb.open("/entries/new/notice")
        thumb.tap("law", "pspo")
        thumb.type(number="4471")
        assert thumb.save().status_code == (303 if number == 1 else 422)
    assert "Notice number 4471 is on another entry already." in thumb.screen.text
    assert "#number" in thumb.screen.links.values()


@pytest.mark.parametrize("error", [StorageFull, StorageBusy])
def test_a_store_that_cannot_take_it_gives_the_form_back_with_everything(
    thumb, monkeypatch, error, lamp
):
    def cannot(*args, **kwargs):
        raise error("Keep what you typed.")

    thumb.open("/entries/new/premises-visit")
    thumb.choose_premises("lam")
    thumb.tap("action", "letter")
    thumb.type(notes="typed\ntext", count_spoken_to="7")
    before = dict(thumb.said)
    monkeypatch.setattr("fieldlog.web.entry_form.record_with_photos", cannot)
    assert thumb.save().status_code == (507 if error is StorageFull else 503)
    assert "Keep what you typed." in thumb.screen.text
    assert thumb.said | {"csrf_token": ""} == before | {"csrf_token": ""}
    monkeypatch.undo()
    assert thumb.save().status_code == 303


def test_a_form_without_our_token_stores_nothing(thumb, db):
    thumb.open("/entries/new/encounter")
    thumb.said.pop("csrf_token")
    answer = thumb.browser.post("/entries/new/encounter", data=thumb.said, csrf=False)
    assert answer.status_code == 400
    assert every_row(db)[0] == []


TEXT = st.text(
    st.one_of(st.characters(exclude_categories=["Cc", "Cs"]), st.sampled_from("\n\t=#@'\"<&")),
    max_size=300,
).filter(lambda text: not any(ord(char) & 0xFFFE == 0xFFFE for char in text))


@given(TEXT)
@example("\n\n first line empty")
@example("=1+1\n#N/A\n+44\n@x\n-1")
@example("</textarea><script>alert(1)</script>")
@example(" \t kept \n ")
def test_text_of_any_kind_goes_from_the_form_to_the_database_unchanged(thumb, db, text):
    if not thumb.said:
        thumb.open("/entries/new/patrol-note")
    thumb.said["id"] = str(uuid4())
    thumb.type(notes=text)
    saved = thumb.save()
    entry_id = saved.location.rpartition("=")[2]
    assert log.versions(db, entry_id)[0].notes == text
    amending = Thumb(thumb.browser)
    amending.open(f"/entries/{entry_id}/amend")
    assert amending.said["notes"] == text

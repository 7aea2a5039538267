"""The lists officers choose from, as the coordinator edits them."""

import re

import pytest
from sqlite_utils import Database

from fieldlog.store.connection import write_transaction
from tests.conftest import Cast
from tests.web.browser import Browser

ACTION = {"label": "Referred to fire service", "counts_as": "neither"}
MEASURE = {
    "label": "Leaflets given out",
    "one_more": "ten more leaflets",
    "unit": "count",
    "step": "10",
}


def text(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)).split())


@pytest.fixture
def cora(signed_in) -> Browser:
    return signed_in("cora")


@pytest.fixture
def used(db: Database, cast: Cast) -> str:
    """An action that one entry holds."""
    with write_transaction(db):
        db.execute(
            "INSERT INTO entries (id, version, night_of, hour, kind, action, capacity, marking, "
            "happened_at, captured_at, received_at, content_hash) VALUES ('0', 1, '2020-12-05', "
            "21, 'encounter', 'advice_given', 'own', 'official', '2020-12-05T21:00:00Z', "
            "'2020-12-05T21:00:00Z', '2020-12-05T21:00:00Z', 'x')"
        )
    return "advice_given"


def actions(db: Database) -> list[str]:
    return [row[0] for row in db.execute("SELECT code FROM actions ORDER BY position")]


def test_it_shows_both_lists_in_order(cora):
    page = text(cora.get("/lists"))
    assert page.index("Advice given") < page.index("No further action") < page.index("Measures")
    assert "Masks given out Number, +10" in page


def test_it_adds_an_action_at_the_end(cora, db):
    cora.post("/lists/actions/new", data=ACTION)
    assert actions(db)[-1] == "referred_to_fire_service"
    row = db.execute("SELECT valid_from, counts_as FROM actions ORDER BY position DESC").fetchone()
    assert row == ("2020-12-05", "neither")


def test_it_adds_an_action_for_earlier_nights(cora, db):
    cora.post("/lists/actions/new", data=ACTION | {"valid_from": "2020-11-01"})
    row = db.execute("SELECT max(valid_from) FROM actions").fetchone()
    assert row == ("2020-11-01",)


def test_it_adds_a_measure(cora, db):
    cora.post("/lists/measures/new", data=MEASURE)
    row = db.execute("SELECT unit, step FROM measures WHERE code = 'leaflets_given_out'").fetchone()
    assert row == ("count", 10)


@pytest.mark.parametrize(
    ("path", "data", "words"),
    [
        ("actions", ACTION | {"label": ""}, "Enter the words of the line."),
        ("actions", ACTION | {"counts_as": ""}, "Choose what it counts as."),
        ("actions", ACTION | {"label": "advice  GIVEN"}, "“Advice given” is in the list already."),
        ("actions", ACTION | {"label": "(Blank)"}, "“(Blank)” means something else in every"),
        ("actions", ACTION | {"label": "Grand Total"}, "means something else in every table"),
        ("measures", MEASURE | {"label": "Visits"}, "“Visits” means something else in every"),
        ("actions", ACTION | {"valid_from": "soon"}, "The date must be like 05/12/2020."),
        ("measures", MEASURE | {"step": "many"}, "must be a whole number"),
        ("measures", MEASURE | {"step": "0"}, "What one tap adds must be a number from 1"),
        ("measures", MEASURE | {"step": ""}, "Enter what one tap adds, like 1."),
        ("measures", MEASURE | {"unit": ""}, "Choose what it is counted in."),
        ("measures", MEASURE | {"one_more": " "}, "Enter what one tap says"),
    ],
)
def test_it_says_what_is_wrong(cora, path, data, words):
    answer = cora.post(f"/lists/{path}/new", data=data)
    assert answer.status_code == 200
    assert words in text(answer)


@pytest.mark.parametrize(
    ("path", "asked"), [("actions", "what it counts as"), ("measures", "what it is counted in")]
)
def test_it_says_everything_that_is_missing_at_once(cora, path, asked):
    page = text(cora.post(f"/lists/{path}/new", data={}))
    assert f"Choose {asked}." in page
    assert "Enter the words of the line." in page


@pytest.mark.parametrize(("label", "code"), [("Minutes", "minutes"), ("Visits?", "visits")])
def test_a_measure_never_takes_a_word_of_the_import_or_of_a_tally(cora, db, label, code):
    cora.post("/lists/measures/new", data=MEASURE | {"label": label})
    codes = {row[0] for row in db.execute("SELECT code FROM measures")}
    assert code not in codes
    assert f"{code}_2" in codes


def test_the_words_of_an_unused_action_can_be_mended(cora, db):
    cora.post("/lists/actions/letter", data={"label": "Letter sent", "counts_as": "contact"})
    row = db.execute("SELECT label FROM actions WHERE code = 'letter'").fetchone()
    assert row == ("Letter sent",)


def test_the_words_of_a_used_action_stay(cora, db, used):
    answer = cora.post(f"/lists/actions/{used}", data=ACTION)
    assert "“Advice given” has been used, so its words stay." in text(answer)
    assert "readonly" in cora.get(f"/lists/actions/{used}").get_data(as_text=True)
    row = db.execute("SELECT label FROM actions WHERE code = ?", [used]).fetchone()
    assert row == ("Advice given",)


def test_what_a_used_action_counts_as_can_be_set(cora, db, used):
    cora.post(f"/lists/actions/{used}", data={"label": "Advice given", "counts_as": "contact"})
    row = db.execute("SELECT counts_as FROM actions WHERE code = ?", [used]).fetchone()
    assert row == ("contact",)


def test_the_unit_of_a_measure_that_a_law_counts_in_stays(cora):
    data = {"label": "Fixed penalty notices (FPN)", "one_more": "one more FPN", "step": "1"}
    answer = cora.post("/lists/measures/fpn", data=data | {"unit": "pence"})
    assert "so its unit stays" in text(answer)


def test_a_retired_action_is_kept_and_can_come_back(cora, db, used, clock):
    cora.post(f"/lists/actions/{used}/retire")
    row = db.execute("SELECT valid_to FROM actions WHERE code = ?", [used]).fetchone()
    assert row == ("2020-12-05",), "entries of tonight can still be amended"
    page = text(cora.get("/lists"))
    assert page.index("Retired") < page.index("Advice given 5 December 2020 Bring back")
    cora.post(f"/lists/actions/{used}/bring-back")
    assert db.execute("SELECT valid_to FROM actions WHERE code = ?", [used]).fetchone() == (None,)


def test_an_action_moves_up_past_retired_ones(cora, db):
    first, second, third = actions(db)[:3]
    cora.post(f"/lists/actions/{second}/retire")
    cora.post(f"/lists/actions/{third}/move-up")
    assert actions(db)[:3] == [third, first, second]


def test_the_first_action_stays_first(cora, db):
    before = actions(db)
    cora.post(f"/lists/actions/{before[0]}/move-up")
    assert actions(db) == before


@pytest.mark.parametrize("path", ["/lists/actions/nothing", "/lists/wards/new", "/lists/laws/pspo"])
def test_what_is_not_in_a_list_is_not_found(cora, path):
    assert cora.get(path).status_code == 404


def test_changes_are_in_the_audit(cora, db, cast):
    cora.post("/lists/actions/letter/retire")
    row = db.execute("SELECT officer_id, act, about FROM audit ORDER BY id DESC").fetchone()
    about = "actions: “Letter sent to subject premises” (letter) retired"
    assert row == (cast.cora.officer_id, "list changed", about)

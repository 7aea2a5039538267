"""Who can sign in, as the administrator sees and changes it."""

import re

import pytest
from sqlite_utils import Database

from tests.conftest import PASSWORD, Cast
from tests.web.browser import Browser

NEW = {
    "name": "Dina Marsh",
    "username": "dina",
    "role": "officer",
    "agency": "Marlbridge Borough Council",
    "collar_number": "CM12",
    "post": "marshal_or_warden",
}


def form_of(person, **changed):
    return {
        "name": person.name,
        "role": person.role.value,
        "agency": person.agency,
        "collar_number": person.collar_number,
        "post": person.post or "none",
    } | changed


def text(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)).split())


@pytest.fixture
def ada(signed_in) -> Browser:
    return signed_in("ada")


def test_it_lists_everybody_with_role_and_agency(ada):
    page = text(ada.get("/people"))
    assert "Asha Reed asha Officer Marlbridge Borough Council CM07 Marshal or warden Never" in page
    assert "Ada Finch ada Administrator Marlbridge Borough Council 21:40 on 5 December 2020" in page


def test_a_coordinator_looks_and_cannot_change(signed_in, cast):
    cora = signed_in("cora")
    page = cora.get("/people").get_data(as_text=True)
    assert "Asha Reed" in page
    assert "/people/new" not in page
    assert f"/people/{cast.asha.officer_id}" not in page
    assert cora.post(f"/people/{cast.asha.officer_id}/disable").status_code == 403


def test_a_new_person_signs_in_with_the_password_shown_once(ada, client):
    page = text(ada.post("/people/new", data=NEW))
    password = re.search(r"Temporary password ((?:[a-z]{6}-){2}[a-z]{6})", page)[1]
    assert password not in text(ada.get("/people"))
    client.post("/sign-in", data={"username": "Dina ", "password": password})
    assert client.get("/account").location == "/account/password"
    client.post(
        "/account/password",
        data={
            "current_password": password,
            "new_password": "copper kettle rain",
            "new_password_again": "copper kettle rain",
        },
    )
    assert client.get("/account").status_code == 200


def test_it_adds_an_agency_that_was_typed(ada, db):
    ada.post("/people/new", data=NEW | {"agency": "", "new_agency": "Marlbridge Street Pastors"})
    assert "Marlbridge Street Pastors" in text(ada.get("/people"))


def test_the_same_agency_in_other_letters_is_the_same(ada, db: Database):
    ada.post("/people/new", data=NEW | {"new_agency": " marlbridge  BOROUGH council"})
    assert db.execute("SELECT count(*) FROM agencies").fetchone()[0] == 2


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": " "}, "Enter the person’s name."),
        ({"username": "Dina Marsh"}, "A user name has 1 to 32 small letters and digits"),
        ({"username": "asha"}, "“asha” is taken."),
        ({"role": ""}, "Choose a role."),
        ({"role": "chief"}, "Choose a role."),
        ({"agency": ""}, "Choose the agency, or type its name."),
        ({"post": "wizard"}, "There is no post “wizard”."),
        ({"name": "Di\x00na"}, "a character that is not text"),
        ({"name": "D" * 201}, "at most 200 characters"),
    ],
)
def test_it_says_what_is_wrong_and_keeps_what_was_typed(ada, wrong, words):
    answer = ada.post("/people/new", data=NEW | wrong)
    assert words in text(answer)
    assert 'value="CM12"' in answer.get_data(as_text=True)
    assert "Error: Add a person" in answer.get_data(as_text=True)


def test_it_says_everything_that_is_wrong_at_once(ada):
    page = text(ada.post("/people/new", data={}))
    for words in ("Enter the person’s name.", "A user name has", "Choose a role.", "the agency"):
        assert words in page


def test_a_new_role_counts_on_the_next_request(ada, signed_in, cast: Cast):
    asha = signed_in("asha")
    assert asha.get("/people").status_code == 403
    ada.post(f"/people/{cast.asha.officer_id}", data=form_of(cast.asha, role="coordinator"))
    assert asha.get("/people").status_code == 200


def test_a_disabled_account_is_out_at_once_and_back_when_enabled(ada, signed_in, cast: Cast):
    asha = signed_in("asha")
    ada.post(f"/people/{cast.asha.officer_id}/disable")
    assert asha.get("/account").status_code == 302
    assert "Disabled" in text(ada.get("/people"))
    ada.post(f"/people/{cast.asha.officer_id}/enable")
    assert asha.get("/account").status_code == 302, "the ended session stays ended"
    assert signed_in("asha").get("/account").status_code == 200


def test_the_last_administrator_stays(ada, cast: Cast):
    path = f"/people/{cast.ada.officer_id}"
    assert "is the last administrator" in text(ada.post(f"{path}/disable", follow_redirects=True))
    demoted = ada.post(path, data=form_of(cast.ada, role="viewer"))
    assert "Make somebody else an administrator first." in text(demoted)
    assert ada.get("/people/new").status_code == 200


def test_an_administrator_may_go_when_another_one_stays(ada, cast: Cast):
    ada.post(f"/people/{cast.cora.officer_id}", data=form_of(cast.cora, role="administrator"))
    ada.post(f"/people/{cast.ada.officer_id}/disable")
    assert ada.get("/account").status_code == 302


def test_a_temporary_password_ends_every_session_of_its_owner(ada, signed_in, cast: Cast):
    asha = signed_in("asha")
    page = text(ada.post(f"/people/{cast.asha.officer_id}/password"))
    assert "User name asha Temporary password" in page
    assert asha.get("/account").status_code == 302
    old = asha.post("/sign-in", data={"username": "asha", "password": PASSWORD})
    assert old.status_code == 403


def test_nobody_gives_themselves_a_temporary_password(ada, cast: Cast):
    answer = ada.post(f"/people/{cast.ada.officer_id}/password")
    assert answer.location == "/account/password"


@pytest.mark.parametrize("number", ["999", "0", "9" * 30, "-1", "1.5"])
def test_an_unknown_person_is_not_found(ada, number):
    assert ada.get(f"/people/{number}").status_code == 404


def test_changes_are_in_the_audit(ada, db: Database, cast: Cast):
    ada.post(f"/people/{cast.asha.officer_id}", data=form_of(cast.asha, role="viewer"))
    row = db.execute("SELECT officer_id, act, about FROM audit ORDER BY id DESC").fetchone()
    assert row == (cast.ada.officer_id, "account changed", "asha, officer to viewer")

"""Me: who I am, my password, light or dark."""

import re

import pytest

from tests.conftest import PASSWORD
from tests.web.browser import Browser

NEW = "copper kettle rain"


def text(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)).split())


def change(browser: Browser, current=PASSWORD, new=NEW, again=None):
    data = {
        "current_password": current,
        "new_password": new,
        "new_password_again": new if again is None else again,
    }
    return browser.post("/account/password", data=data)


@pytest.fixture
def asha(signed_in) -> Browser:
    return signed_in("asha")


def test_it_says_who_is_signed_in(asha):
    page = text(asha.get("/account"))
    for known in ("Asha Reed", "Officer", "Marlbridge Borough Council", "CM07"):
        assert known in page
    assert "21:40 on 5 December 2020" in page


def test_a_changed_password_is_the_one_that_counts(asha, client):
    assert change(asha).location == "/account"
    old = client.post("/sign-in", data={"username": "asha", "password": PASSWORD})
    assert old.status_code == 403
    new = client.post("/sign-in", data={"username": "asha", "password": NEW})
    assert new.status_code == 302


def test_changing_the_password_signs_out_every_other_device(asha, signed_in):
    shared_phone = signed_in("asha")
    change(asha)
    assert shared_phone.get("/account").status_code == 302
    assert asha.get("/account").status_code == 200


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"current": "not mine"}, "This is not your password now."),
        ({"new": "short", "again": "short"}, "A password has at least 10 characters."),
        ({"new": "asha asha 1"}, "Too close"),
        ({"new": "Password123"}, "Too many people use this password."),
        ({"new": "aaaaaaaaaaaa"}, "Too many people use this password."),
        ({"new": PASSWORD}, "This is the password you have now."),
        ({"new": "x" * 201}, "A password has at most 200 characters."),
        ({"again": "copper kettle rian"}, "This is not the same as the new password."),
        ({"new": ""}, "Enter a new password."),
    ],
)
def test_it_says_what_is_wrong_and_changes_nothing(asha, client, typed, words):
    answer = change(asha, **typed)
    assert words.lower() in text(answer).lower()
    assert NEW not in answer.get_data(as_text=True)
    old = client.post("/sign-in", data={"username": "asha", "password": PASSWORD})
    assert old.status_code == 302


def test_guessing_the_password_of_somebody_signed_in_has_an_end(asha):
    for _ in range(10):
        assert "not your password now" in text(change(asha, current="a guess"))
    assert "There were too many tries. Try again at 21:55" in text(change(asha))


@pytest.mark.parametrize("theme", ["auto", "light", "dark"])
def test_light_or_dark_is_kept_in_this_browser(client, theme):
    answer = client.post("/account/theme", data={"theme": theme, "next": "/sign-in"})
    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert f'data-theme="{theme}"' in client.get("/sign-in").get_data(as_text=True)


def test_an_unknown_theme_is_refused_and_ignored(client):
    assert client.post("/account/theme", data={"theme": "pink"}).status_code == 400
    client.set_cookie("screen", '"><script>')
    assert 'data-theme="auto"' in client.get("/sign-in").get_data(as_text=True)


def test_the_theme_never_leads_to_another_site(client):
    answer = client.post("/account/theme", data={"theme": "dark", "next": "//evil.example"})
    assert answer.location == "/"

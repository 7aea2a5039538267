"""A form that comes too late is kept and offered again; nothing typed is lost."""

import re
from html import unescape

import pytest

from tests.conftest import PASSWORD
from tests.web.browser import Browser

OURS = {"Sec-Fetch-Site": "same-origin"}
TYPED = {"label": "Référé à <pompiers>", "counts_as": "neither", "valid_from": ""}
PATH = "/lists/actions/new"


def fields_of(answer) -> dict[str, str]:
    """Hidden fields of the page, as a browser would send them."""
    page = answer.get_data(as_text=True)
    inputs = [tag for tag in re.findall(r"<input[^>]+>", page) if 'type="hidden"' in tag]
    found = {}
    for tag in inputs:
        name = re.search(r'name="([^"]*)"', tag)
        value = re.search(r'value="([^"]*)"', tag)
        if name and "theme" not in name[1] and name[1] not in found:
            found[name[1]] = unescape(value[1] if value else "")
    return found


@pytest.fixture
def cora(signed_in) -> Browser:
    return signed_in("cora")


def test_a_late_form_is_offered_again_with_all_that_was_typed(cora, db):
    late = cora.post(PATH, data=TYPED | {"csrf_token": "old"}, headers=OURS)
    page = late.get_data(as_text=True)
    assert late.status_code == 400
    assert "This page was open for a long time. Nothing is lost; press Save again." in page
    assert f'action="{PATH}"' in page
    again = re.search(rf'<form method="post" action="{PATH}".*?</form>', page, re.DOTALL)[0]
    for name, value in TYPED.items():
        assert f'name="{name}" value="{value.replace("<", "&lt;").replace(">", "&gt;")}"' in again
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', again)[1]
    cora.post(PATH, data=TYPED | {"csrf_token": token}, csrf=False)
    labels = [row[0] for row in db.execute("SELECT label FROM actions")]
    assert TYPED["label"] in labels


def test_a_form_sent_while_signed_out_is_kept_until_signed_in(cora, clock):
    clock.move_on(hours=13)
    asked = cora.post(PATH, data=TYPED, headers=OURS)
    assert asked.status_code == 401
    assert "You have been signed out. Nothing is lost." in asked.get_data(as_text=True)
    fields = fields_of(asked)
    wrong = cora.post("/sign-in", data={"kept": fields["kept"], "username": "cora"})
    assert "Nothing is lost" in wrong.get_data(as_text=True)
    data = {"kept": fields["kept"], "username": "cora", "password": PASSWORD}
    back = cora.post("/sign-in", data=data)
    assert back.status_code == 200
    assert "You are signed in." in back.get_data(as_text=True)
    again = fields_of(back)
    assert again.items() >= {"label": TYPED["label"], "counts_as": "neither"}.items()
    saved = cora.post(PATH, data=again, csrf=False)
    assert saved.location == "/lists"


def test_nothing_typed_is_not_shown_as_something_typed(cora):
    late = cora.post(PATH, data={"csrf_token": "old", "label": ""}, headers=OURS)
    assert "Save again" in late.text
    assert "What you typed" not in late.text


NEW = "copper kettle rain"
CHOSEN = {"current_password": PASSWORD, "new_password": NEW, "new_password_again": NEW}


def given_a_temporary_password(db) -> None:
    db.execute("UPDATE users SET must_change_password = 1 WHERE username = 'cora'")


def saves_after_choosing_a_password(cora: Browser, asked) -> None:
    """What is kept outlasts a mistake in the passwords and is saved after them."""
    kept = fields_of(asked)["kept"]
    wrong = cora.post("/account/password", data=CHOSEN | {"kept": kept, "new_password": "short"})
    kept = fields_of(wrong)["kept"]
    back = cora.post("/account/password", data=CHOSEN | {"kept": kept})
    assert "Your password is changed. Nothing is lost; press Save again." in back.text
    again = fields_of(back)
    assert again.items() >= {"label": TYPED["label"], "counts_as": "neither"}.items()
    assert cora.post(PATH, data=again, csrf=False).location == "/lists"


def test_a_form_is_kept_also_where_the_password_was_reset_meanwhile(cora, db, clock):
    clock.move_on(hours=13)
    given_a_temporary_password(db)
    signed_out = fields_of(cora.post(PATH, data=TYPED, headers=OURS))
    data = {"kept": signed_out["kept"], "username": "cora", "password": PASSWORD}
    asked = cora.post("/sign-in", data=data)
    assert "Choose your own, then press Save again" in asked.text
    saves_after_choosing_a_password(cora, asked)


def test_a_form_of_somebody_with_a_temporary_password_is_kept(cora, db):
    given_a_temporary_password(db)
    asked = cora.post(PATH, data=TYPED, headers=OURS)
    assert asked.status_code == 403
    saves_after_choosing_a_password(cora, asked)


@pytest.mark.parametrize("headers", [{}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}])
def test_a_form_of_another_site_is_not_offered_again(cora, headers):
    late = cora.post(PATH, data=TYPED | {"csrf_token": "old"}, headers=headers)
    assert late.status_code == 400
    assert "pompiers" not in late.get_data(as_text=True)


def test_the_origin_tells_where_there_is_nothing_better(cora):
    origin = {"Origin": "http://localhost"}
    late = cora.post(PATH, data=TYPED | {"csrf_token": "old"}, headers=origin)
    assert "pompiers" in late.get_data(as_text=True)


def test_a_password_is_never_put_back_into_a_page(cora):
    data = {"csrf_token": "old", "current_password": PASSWORD, "new_password": "rain rain rain"}
    late = cora.post("/account/password", data=data, headers=OURS)
    assert late.location == "/account/password"
    page = cora.get("/account/password").get_data(as_text=True)
    assert "This page was open for a long time." in page
    assert "rain rain" not in page


def test_a_sign_in_page_that_was_open_for_days_asks_again(client):
    data = {"csrf_token": "old", "username": "asha", "password": PASSWORD}
    late = client.post("/sign-in", data=data, headers=OURS)
    assert late.location == "/sign-in"


@pytest.mark.parametrize(
    "kept",
    [
        "not json",
        "[]",
        "{}",
        '["/x", 5]',
        '["//evil.example", [["a", "b"]]]',
        '["https://evil.example", [["a", "b"]]]',
        '["/x", [["a", {"b": 1}]]]',
        "[" * 100_000,
    ],
)
def test_what_was_not_kept_by_us_is_ignored(client, kept):
    data = {"username": "cora", "password": PASSWORD, "kept": kept}
    assert client.post("/sign-in", data=data).location == "/"


def test_nothing_to_keep_leads_to_the_sign_in_page(client):
    answer = client.post("/sign-out")
    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert "You have been signed out." in client.get("/sign-in").get_data(as_text=True)

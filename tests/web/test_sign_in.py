"""Signing in and out, as a person at the page and as somebody who guesses."""

import re
from hashlib import sha256

import pytest
from sqlite_utils import Database

from fieldlog.store.connection import write_transaction
from tests.conftest import PASSWORD
from tests.web.browser import Browser


def sign_in(browser: Browser, username="asha", password=PASSWORD, **more):
    return browser.post("/sign-in", data={"username": username, "password": password}, **more)


def without_tokens(answer) -> str:
    page = answer.get_data(as_text=True)
    return re.sub(r'(name="csrf_token"[^>]*value=")[^"]+', r"\1", page)


def cookie_of(browser: Browser) -> str:
    cookie = browser.get_cookie("fieldlog")
    assert cookie is not None
    return cookie.value


@pytest.mark.parametrize("username", ["asha", " Asha ", "ASHA"])
def test_it_works(client, username):
    assert sign_in(client, username).location == "/"
    assert "Asha Reed" in client.get("/account").get_data(as_text=True)


def test_an_unknown_user_and_a_wrong_password_look_the_same(client):
    wrong = sign_in(client, "asha", "not the password")
    unknown = sign_in(client, "nobody", "not the password")
    assert wrong.status_code == unknown.status_code == 403
    assert without_tokens(wrong).replace("asha", "nobody") == without_tokens(unknown)
    assert "The user name or the password is not right." in without_tokens(unknown)


def test_the_user_name_stays_and_the_password_does_not(client):
    page = sign_in(client, "asha", "not the password").get_data(as_text=True)
    assert 'value="asha"' in page
    assert "not the password" not in page


@pytest.mark.parametrize("missing", ["username", "password"])
def test_it_asks_for_what_is_missing(client, missing):
    page = sign_in(client, **{missing: ""}).get_data(as_text=True)
    assert {"username": "Enter your user name.", "password": "Enter your password."}[
        missing
    ] in page
    assert "<title>Error: Sign in" in page


def test_a_disabled_account_is_told_so_only_with_its_password(client, db, cast):
    with write_transaction(db):
        db.execute("UPDATE users SET disabled_at = '2020-12-01T00:00:00Z' WHERE username = 'asha'")
    assert "disabled" not in sign_in(client, "asha", "wrong one").get_data(as_text=True)
    assert "This account is disabled." in sign_in(client).get_data(as_text=True)


class TestTooManyTries:
    def test_an_account_waits_after_ten_tries_whoever_tries(self, client, app, clock):
        for _ in range(10):
            assert sign_in(client, "asha", "a guess").status_code == 403
        answer = sign_in(app.test_client())
        assert answer.status_code == 429
        assert "Try again at 21:55" in answer.get_data(as_text=True)
        assert answer.headers["Retry-After"] == "900"
        assert sign_in(client, "ben").status_code == 302
        clock.move_on(minutes=15)
        assert sign_in(app.test_client()).status_code == 302

    def test_an_unknown_account_waits_too(self, client):
        for _ in range(10):
            sign_in(client, "nobody", "a guess")
        assert sign_in(client, "nobody").status_code == 429

    def test_signing_in_forgives_the_tries_before(self, client):
        for _ in range(3):
            for _ in range(8):
                sign_in(client, "asha", "a guess")
            assert sign_in(client).status_code == 302

    def test_an_address_waits_after_sixty_tries_and_others_do_not(self, client, app):
        for number in range(60):
            sign_in(client, f"guess{number}", "a guess")
        assert sign_in(client, "ben").status_code == 429
        elsewhere = {"REMOTE_ADDR": "203.0.113.9"}
        assert sign_in(app.test_client(), environ_base=elsewhere).status_code == 302

    def test_everybody_waits_after_six_hundred_tries(self, client, db, cast, clock):
        with write_transaction(db):
            db.table("sign_in_attempts").insert_all(
                {"at": "2020-12-05T21:39:00Z", "account": f"a{n}", "address": f"192.0.2.{n}"}
                for n in range(600)
            )
        assert sign_in(client).status_code == 429

    def test_a_restart_forgives_nothing(self, app, client, instance, clock, passwords):
        from fieldlog.app import create_app
        from fieldlog.config import Config

        for _ in range(10):
            sign_in(client, "asha", "a guess")
        again = create_app(Config(instance, "another key"), clock=clock, passwords=passwords)
        again.test_client_class = Browser
        assert sign_in(again.test_client()).status_code == 429


def test_a_copied_cookie_is_dead_after_signing_out(app, signed_in):
    asha = signed_in("asha")
    thief = app.test_client()
    thief.set_cookie("fieldlog", cookie_of(asha))
    assert thief.get("/account").status_code == 200
    assert asha.post("/sign-out").location == "/sign-in?left=1"
    assert thief.get("/account").location.startswith("/sign-in")


def test_signing_out_elsewhere_leaves_this_one(signed_in):
    phone, laptop = signed_in("cora"), signed_in("cora")
    laptop.post("/sign-out")
    assert phone.get("/account").status_code == 200


def test_it_lasts_while_it_is_used_and_at_most_a_shift(signed_in, clock):
    asha = signed_in("asha")
    clock.move_on(hours=11)
    assert asha.get("/account").status_code == 200
    clock.move_on(hours=4, minutes=59)
    assert asha.get("/account").status_code == 200
    clock.move_on(minutes=2)
    assert asha.get("/account").status_code == 302


def test_it_ends_when_nobody_used_it_for_twelve_hours(signed_in, clock):
    asha = signed_in("asha")
    clock.move_on(hours=12, seconds=1)
    assert asha.get("/account").status_code == 302


def test_being_seen_is_written_at_most_once_a_minute(signed_in, db: Database, clock):
    asha = signed_in("asha")

    def changes() -> int:
        before = db.execute("PRAGMA data_version").fetchone()[0]
        asha.get("/account")
        return int(db.execute("PRAGMA data_version").fetchone()[0] != before)

    assert changes() == 0
    clock.move_on(seconds=59)
    assert changes() == 0
    clock.move_on(seconds=1)
    assert [changes(), changes()] == [1, 0]


def test_the_database_does_not_hold_what_the_cookie_holds(signed_in, db: Database):
    with signed_in("asha").session_transaction() as session:
        token = session["_user_id"]
    hashes = [row[0] for row in db.execute("SELECT token_hash FROM sessions")]
    assert hashes == [sha256(token.encode()).hexdigest()]


def test_a_made_up_token_is_nobody(client):
    with client.session_transaction() as session:
        session["_user_id"] = "made-up"
    assert client.get("/account").status_code == 302


def test_nothing_from_before_signing_in_stays_in_the_cookie(client):
    before = client.csrf_token()
    sign_in(client)
    late = client.post("/account/theme", data={"csrf_token": before, "theme": "dark"})
    assert late.status_code == 400


def test_the_cookie_is_for_the_server_only_and_ends_with_the_shift(client):
    cookie = next(line for line in sign_in(client).headers.getlist("Set-Cookie"))
    assert cookie.startswith("fieldlog=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert not client.get_cookie("remember_token")


@pytest.mark.parametrize("path", ["/people", "/lists?from=x"])
def test_it_goes_where_the_person_was_going(client, path):
    data = {"username": "cora", "password": PASSWORD, "next": path}
    assert client.post("/sign-in", data=data).location == path


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "\\/evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "javascript:alert(1)",
        "evil.example",
        "/" + "x" * 3_000,
    ],
)
def test_it_never_goes_to_another_site(client, elsewhere):
    data = {"username": "cora", "password": PASSWORD, "next": elsewhere}
    assert client.post("/sign-in", data=data).location == "/"


def test_who_is_signed_in_is_not_asked_again(signed_in):
    assert signed_in("asha").get("/sign-in").location == "/"


def test_failures_are_in_the_audit_without_what_was_typed(client, db: Database, cast):
    sign_in(client, "asha", "a guess")
    sign_in(client, "my own password", "asha")
    sign_in(client)
    rows = db.execute("SELECT officer_id, act, about FROM audit ORDER BY id").fetchall()
    assert rows == [
        (cast.asha.officer_id, "failed to sign in", "from 127.0.0.1"),
        (None, "failed to sign in", "unknown user name, from 127.0.0.1"),
        (cast.asha.officer_id, "signed in", ""),
    ]


def test_the_demonstration_shows_its_sign_ins(client, db, cast):
    assert "Look around" not in client.get("/sign-in").get_data(as_text=True)
    with write_transaction(db):
        db.execute("INSERT INTO facts VALUES ('demonstration', '1')")
    page = client.get("/sign-in").get_data(as_text=True)
    assert "Look around" in page
    assert "Demonstration." in page
    assert "Cora Hale, coordinator" in page

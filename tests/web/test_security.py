"""What every answer carries, whatever it is an answer to."""

import dataclasses

import pytest

from fieldlog.app import create_app
from fieldlog.config import Config
from fieldlog.web.static_files import fingerprint
from tests.conftest import PASSWORD
from tests.web.browser import Browser

STRICT = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)


def static_path(app, filename="css/tokens.css") -> str:
    with app.test_request_context():
        return app.url_for("static", filename=filename)


@pytest.mark.parametrize("path", ["/sign-in", "/nowhere", "/health", "/account", "static"])
def test_the_headers_are_on_every_answer(app, client, path):
    answer = client.get(static_path(app) if path == "static" else path)
    assert answer.headers["Content-Security-Policy"] == STRICT
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "geolocation=(self)" in answer.headers["Permissions-Policy"]
    assert "Strict-Transport-Security" not in answer.headers


def test_pages_are_not_kept_by_the_browser(client, signed_in):
    for answer in (client.get("/sign-in"), signed_in("asha").get("/account"), client.get("/x")):
        assert answer.headers["Cache-Control"] == "no-store"


class TestHttps:
    @pytest.fixture
    def browser(self, app, instance, clock, passwords) -> Browser:
        config = Config(instance, "a key for https", https=True, trusted_proxies=1)
        secure = create_app(config, clock=clock, passwords=passwords)
        secure.testing = True
        secure.test_client_class = Browser
        browser = secure.test_client()
        browser.environ_base["HTTP_X_FORWARDED_PROTO"] = "https"
        browser.environ_base["HTTP_REFERER"] = "https://localhost/sign-in"
        return browser

    def test_the_cookie_belongs_to_this_host_and_to_https(self, browser):
        data = {"username": "asha", "password": PASSWORD}
        cookies = browser.get("/sign-in", base_url="https://localhost").headers.getlist(
            "Set-Cookie"
        )
        assert cookies[0].startswith("__Host-fieldlog=")
        assert "Secure" in cookies[0]
        assert "Path=/" in cookies[0]
        assert "Domain" not in cookies[0]
        answer = browser.post("/sign-in", data=data, base_url="https://localhost")
        assert answer.status_code == 302
        assert browser.get("/account", base_url="https://localhost").status_code == 200

    def test_browsers_are_told_to_stay_on_https(self, browser):
        assert browser.get("/health").headers["Strict-Transport-Security"].startswith("max-age=")

    def test_the_address_comes_from_the_trusted_proxy(self, browser, db):
        browser.post(
            "/sign-in",
            data={"username": "asha", "password": "a guess"},
            base_url="https://localhost",
            headers={"X-Forwarded-For": "198.51.100.1, 203.0.113.9"},
        )
        assert db.execute("SELECT address FROM sign_in_attempts").fetchall() == [("203.0.113.9",)]


def test_a_forwarded_address_is_not_believed_without_a_proxy(client, db):
    client.post(
        "/sign-in",
        data={"username": "asha", "password": "a guess"},
        headers={"X-Forwarded-For": "203.0.113.9"},
    )
    assert db.execute("SELECT address FROM sign_in_attempts").fetchall() == [("127.0.0.1",)]


@pytest.mark.parametrize("path", ["/sign-out", "/people/new", "/account/theme", "/sign-in"])
def test_no_form_is_taken_without_its_token(signed_in, path):
    answer = signed_in("ada").post(path, data={"theme": "dark"}, csrf=False)
    assert answer.status_code == 400


def test_a_token_of_somebody_else_is_not_taken(signed_in):
    token = signed_in("ben").csrf_token()
    answer = signed_in("asha").post("/account/theme", data={"csrf_token": token, "theme": "dark"})
    assert answer.status_code == 400


def test_a_token_is_good_for_the_whole_shift(signed_in, clock):
    asha = signed_in("asha")
    token = asha.csrf_token()
    clock.move_on(hours=11)
    answer = asha.post("/account/theme", data={"csrf_token": token, "theme": "dark"})
    assert answer.status_code == 303


class TestStaticFiles:
    def test_they_may_be_kept_for_ever_under_their_fingerprint(self, app, client):
        answer = client.get(static_path(app))
        assert answer.mimetype == "text/css"
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert "Set-Cookie" not in answer.headers

    def test_under_an_old_fingerprint_they_are_asked_for_again(self, client):
        answer = client.get("/static/0123456789ab/css/tokens.css")
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-cache")

    def test_what_they_import_is_under_the_same_fingerprint(self, app):
        module, imported = static_path(app, "js/main.js"), static_path(app, "js/counters.js")
        assert module.rsplit("/", 1)[0] == imported.rsplit("/", 1)[0]

    def test_they_travel_small(self, app, client):
        plain = client.get(static_path(app), headers={"Accept-Encoding": "identity"})
        small = client.get(static_path(app), headers={"Accept-Encoding": "br;q=0.5, gzip"})
        assert small.headers["Content-Encoding"] == "gzip"
        assert "Content-Encoding" not in plain.headers
        assert plain.headers["Vary"] == small.headers["Vary"] == "Accept-Encoding"
        assert len(small.data) < len(plain.data)

    @pytest.mark.parametrize(
        "name", ["css/none.css", "../pyproject.toml", "..%2fpyproject.toml", "css", ".."]
    )
    def test_nothing_else_is_served(self, client, name):
        assert client.get(f"/static/x/{name}").status_code == 404

    def test_the_fingerprint_follows_names_and_content(self, tmp_path):
        seen = {fingerprint(tmp_path)}
        (tmp_path / "a.css").write_text("p {}")
        seen.add(fingerprint(tmp_path))
        (tmp_path / "a.css").write_text("b {}")
        seen.add(fingerprint(tmp_path))
        (tmp_path / "a.css").rename(tmp_path / "b.css")
        assert len(seen | {fingerprint(tmp_path)}) == 4


def test_settings_are_a_value_that_nobody_changes(instance):
    with pytest.raises(dataclasses.FrozenInstanceError):
        Config(instance, "key").https = True

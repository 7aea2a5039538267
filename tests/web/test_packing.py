"""What travels packed, and what must not: a page with the token of a form."""

import gzip

import pytest
from flask.testing import FlaskClient

from fieldlog.store.premises import Registration, add_registered
from fieldlog.web import packing
from fieldlog.web.shells import shells

GZIP = {"Accept-Encoding": "gzip, br"}


def test_the_pages_a_phone_keeps_travel_packed(app):
    # Not the browser that reads each page: it knows no gzip.
    client = FlaskClient(app)
    with app.test_request_context():
        addresses = [*shells(), "/phone", "/sw.js", "/manifest.webmanifest"]
    for path in addresses:
        plain, small = client.get(path), client.get(path, headers=GZIP)
        assert small.headers["Content-Encoding"] == "gzip", path
        assert gzip.decompress(small.data) == plain.data, path
        assert plain.headers["Vary"] == small.headers["Vary"], path


@pytest.mark.parametrize("path", ["/tonight", "/entries/new/premises-visit", "/account"])
def test_a_page_with_a_token_does_not(signed_in, path):
    answer = signed_in("asha").get(path, headers=GZIP)
    assert "csrf_token" in answer.text
    assert "Content-Encoding" not in answer.headers


def test_whoever_cannot_read_it_gets_it_plain(client):
    for header in ("identity", "gzip;q=0", "br"):
        answer = client.get("/shell/tonight", headers={"Accept-Encoding": header})
        assert "Content-Encoding" not in answer.headers
        assert "<h1" in answer.text


@pytest.mark.parametrize("path", ["/api/briefing", "/api/premises"])
def test_what_is_one_persons_or_changes_all_the_time_is_not_remembered(db, now, signed_in, path):
    for number in range(40):
        add_registered(db, Registration(f"Premises {number}"), now)
    browser, before = signed_in("asha"), packing._once.cache_info().misses
    assert browser.get(path, headers=GZIP).headers["Content-Encoding"] == "gzip"
    assert packing._once.cache_info().misses == before


def test_what_is_short_is_left_alone(signed_in):
    assert "Content-Encoding" not in signed_in("asha").get("/api/csrf", headers=GZIP).headers

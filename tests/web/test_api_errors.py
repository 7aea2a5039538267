"""Whatever goes wrong under /api/, the answer is JSON that a program can tell apart."""

import json

import pytest

from fieldlog.core.phone_record import MOST_FIELDS
from fieldlog.store.connection import StorageBusy, StorageFull
from fieldlog.web.api import sync
from tests.phones import an_id, batch, visit


def error(answer):
    assert answer.mimetype == "application/json", answer.get_data(as_text=True)
    assert answer.json.keys() == {"error", "message"}
    assert answer.json["message"]
    return answer.status_code, answer.json["error"]


def test_without_a_session_it_is_401_and_never_a_redirect(client):
    for method, path in (
        ("GET", "/api/csrf"),
        ("GET", "/api/briefing"),
        ("GET", "/api/premises"),
        ("POST", "/api/sync"),
        ("POST", "/api/devices"),
        ("POST", "/api/devices/rotate"),
    ):
        assert error(client.open(path, method=method)) == (401, "signed-out"), path


def test_a_role_that_does_not_log_is_refused(signed_in):
    browser = signed_in("vic")
    assert error(browser.get("/api/briefing")) == (403, "not-allowed")
    assert error(browser.post("/api/sync", json=batch())) == (403, "not-allowed")


def test_a_temporary_password_is_changed_first(db, cast, signed_in):
    browser = signed_in("asha")
    db.execute("UPDATE users SET must_change_password = 1")
    assert error(browser.get("/api/csrf")) == (403, "change-password")


def test_a_missing_or_stale_csrf_token_can_be_told_apart(cast, signed_in):
    browser = signed_in("asha")
    body = batch(visit(cast.asha.officer_id))
    assert error(browser.post("/api/sync", json=body, csrf=False)) == (400, "csrf")
    stale = {"X-CSRFToken": "stale"}
    assert error(browser.post("/api/devices", json={}, headers=stale, csrf=False)) == (400, "csrf")
    fresh = {"X-CSRFToken": browser.get("/api/csrf").json["token"]}
    assert browser.post("/api/sync", json=body, headers=fresh, csrf=False).status_code == 200


def test_the_csrf_answer_says_whose_session_it_is(cast, signed_in):
    told = signed_in("ben").get("/api/csrf").json
    assert told["officer_id"] == cast.ben.officer_id
    assert told["now"] == "2020-12-05T21:40:00Z"


def test_unknown_paths_and_methods(signed_in):
    browser = signed_in("asha")
    assert error(browser.get("/api/nothing")) == (404, "not-found")
    answer = browser.get("/api/sync")
    assert error(answer) == (405, "wrong-method")
    assert set(answer.headers["Allow"].split(", ")) == {"OPTIONS", "POST"}


def test_too_much_at_once(cast, signed_in):
    browser = signed_in("asha")
    huge = batch(visit(cast.asha.officer_id, notes="x" * (5 * 1024 * 1024)))
    answer = browser.post("/api/sync", json=huge)
    assert error(answer) == (413, "too-large")
    assert "Shorten its notes" in answer.json["message"]
    assert error(browser.post("/api/devices", json={"name": "x" * 20_000})) == (413, "too-large")
    status, _ = error(browser.post("/api/sync", json=batch(*range(201))))
    assert status == 400


def test_two_hundred_records_are_not_too_many(db, cast, signed_in):
    records = [visit(cast.asha.officer_id, notes="x" * 4_000) for _ in range(200)]
    answer = signed_in("asha").post("/api/sync", json=batch(*records))
    assert {one["state"] for one in answer.json["answers"]} == {"stored"}
    assert db.execute("SELECT count(*) FROM arrivals").fetchone() == (200,)


@pytest.mark.parametrize("content_type", ["text/plain", "multipart/form-data; boundary=x", ""])
def test_anything_but_json_is_refused(signed_in, content_type):
    browser = signed_in("asha")
    answer = browser.post("/api/sync", data=b"{}", content_type=content_type)
    assert error(answer) == (415, "not-understood")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"null",
        b'{"records": {}}',
        b"[" * 100_000,
        b'{"records": [], "records": []}',
        b'{"sent_at": NaN}',
        b"\xff",
        json.dumps(batch() | {"unsent": -1}).encode(),
        json.dumps(batch() | {"unsent": True}).encode(),
        json.dumps(batch() | {"unsent": 2**60}).encode(),
        json.dumps(batch() | {"sent_at": "yesterday"}).encode(),
        json.dumps(batch() | {"sent_at": "2020-02-30T10:00:00Z"}).encode(),
        json.dumps(batch() | {"device": "mine"}).encode(),
        json.dumps(batch() | {"colour": "red"}).encode(),
    ],
)
def test_a_batch_that_cannot_be_read_says_what_is_wrong(signed_in, body):
    answer = signed_in("asha").post("/api/sync", data=body, content_type="application/json")
    assert error(answer) == (400, "not-understood")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"id": 7}, "id"),
        ({"id": "no uuid"}, "id"),
        ({"id": an_id().upper()}, "id"),
        ({"type": "poem"}, "type"),
        ({"type": ["entry"]}, "type"),
        ({"kind": "visit"}, "kind"),
        ({"kind": {}}, "kind"),
        ({"officer_id": "1"}, "officer_id"),
        ({"officer_id": True}, "officer_id"),
        ({"officer_id": 0}, "officer_id"),
        ({"captured_at": "2020-12-05"}, "captured_at"),
        ({"captured_at": 1607204400}, "captured_at"),
        ({"fields": []}, "fields"),
        ({"fields": {"notes": 7}}, "record"),
        ({"fields": {"notes": ["a"]}}, "record"),
        ({"fields": {f"f{n}": "" for n in range(MOST_FIELDS + 1)}}, "fields"),
        ({"fields": {"x" * 100: ""}}, "fields"),
        ({"fields": {"nötes": ""}}, "fields"),
        ({"photo": "…"}, "record"),
    ],
)
def test_a_record_that_cannot_be_read_is_rejected_and_blocks_no_other(
    cast, signed_in, change, field
):
    good = visit(cast.asha.officer_id)
    answer = signed_in("asha").post("/api/sync", json=batch(visit(1) | change, good))
    bad, stored = answer.json["answers"]
    assert (bad["state"], stored["state"]) == ("rejected", "stored")
    assert bad["problems"][0]["field"] in {field, "notes"}


@pytest.mark.parametrize(
    "raw", [None, 7, "record", [], {}, {"sealed": {}}, {"id": "x", "sealed": 1}]
)
def test_what_is_no_record_is_rejected(cast, signed_in, raw):
    (answer,) = signed_in("asha").post("/api/sync", json=batch(raw)).json["answers"]
    assert answer["state"] == "rejected"


@pytest.mark.parametrize("odd", ["\x00", "\ud800", "\ufffe", "\x1b[31m"])
def test_odd_characters_are_rejected_beside_their_field(db, cast, signed_in, odd):
    good = visit(cast.asha.officer_id)
    for name in ("notes", "place", "action", "minutes", "happened_time", "deployment"):
        bad = visit(cast.asha.officer_id, **{name: f"a{odd}b"})
        answer = signed_in("asha").post("/api/sync", json=batch(bad, good))
        states = [one["state"] for one in answer.json["answers"]]
        assert states[0] == "rejected", name
        assert states[1] in {"stored", "already-stored"}
    assert db.execute("SELECT count(*) FROM set_aside").fetchone() == (0,)


@pytest.mark.parametrize(
    ("raised", "status", "word"),
    [
        (StorageBusy("The database is busy."), 503, "busy"),
        (StorageFull("The disk is full."), 507, "disk-full"),
        (RuntimeError("a mistake"), 500, "mistake"),
    ],
)
def test_when_the_server_is_in_trouble(app, cast, signed_in, monkeypatch, raised, status, word):
    def fails(*_args, **_more):
        raise raised

    browser = signed_in("asha")
    monkeypatch.setattr(sync, "accept_sync", fails)
    app.testing = False
    answer = browser.post("/api/sync", json=batch(visit(cast.asha.officer_id)))
    assert error(answer) == (status, word)
    assert status != 503 or answer.headers["Retry-After"] == "5"

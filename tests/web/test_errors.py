"""What a person reads when something goes wrong, and that nothing typed is lost."""

import re
import sqlite3

import pytest

from fieldlog.store.connection import (
    StorageBusy,
    StorageDamaged,
    StorageFull,
    StorageMissing,
    database_path,
)
from fieldlog.web.access import open_to_everyone

OURS = {"Sec-Fetch-Site": "same-origin"}

# Pages that fail are added to the application.
pytestmark = pytest.mark.own_app


def text(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)).split())


@pytest.fixture
def failing(app):
    """``failing(error)`` adds a page that everyone may open and that raises ``error``."""

    def add(error: Exception) -> str:
        @open_to_everyone
        def fail():
            raise error

        app.add_url_rule("/failing", "failing", fail, methods=["GET", "POST"])
        return "/failing"

    return add


def test_an_unknown_page_is_a_readable_404(client):
    answer = client.get("/nowhere")
    assert answer.status_code == 404
    assert "Page not found" in text(answer)
    assert "Nothing you saved is lost." in text(answer)


def test_a_page_for_others_is_a_readable_403(signed_in):
    answer = signed_in("asha").get("/people")
    assert answer.status_code == 403
    assert "This page is not for your role" in text(answer)


def test_a_form_that_may_not_be_saved_any_more_is_shown_to_be_copied(signed_in, db):
    cora = signed_in("cora")
    db.execute("UPDATE users SET role = 'viewer' WHERE username = 'cora'")
    answer = cora.post("/tasks/new", data={"asked": "Ask for <the> licence"}, headers=OURS)
    assert answer.status_code == 403
    assert "What you typed was not saved. Copy what you need" in text(answer)
    assert "Asked Ask for &lt;the&gt; licence" in text(answer)
    assert "Save again" not in text(answer)


def test_a_form_for_what_is_gone_is_shown_to_be_copied(signed_in):
    answer = signed_in("cora").post("/distribution-lists/1", data={"name": "Board"}, headers=OURS)
    assert answer.status_code == 404
    assert "Name Board" in text(answer)


def test_what_a_page_sends_by_itself_is_not_called_typed(signed_in):
    sent = {"seen": "4f1c", "seen_version": "2", "send_key": "9"}
    answer = signed_in("cora").post("/distribution-lists/1", data=sent, headers=OURS)
    assert answer.status_code == 404
    assert "What you typed" not in text(answer)


def test_a_button_without_words_typed_promises_nothing_to_copy(signed_in):
    answer = signed_in("asha").post("/distribution-lists/1/remove", headers=OURS)
    assert answer.status_code == 403
    assert "What you typed" not in text(answer)


def test_the_wrong_method_is_a_readable_405(client):
    answer = client.get("/sign-out")
    assert answer.status_code == 405
    assert set(answer.headers["Allow"].split(", ")) == {"OPTIONS", "POST"}
    assert "That cannot be done here" in text(answer)


def test_a_request_that_is_too_large_is_a_readable_413(signed_in):
    answer = signed_in("ada").post("/people/new", data={"name": "x" * 3 * 1024 * 1024})
    assert answer.status_code == 413
    assert "larger than fieldlog takes in one go" in text(answer)


def test_a_mistake_of_ours_has_a_number_to_tell(app, client, failing, caplog):
    app.testing = False
    answer = client.get(failing(ZeroDivisionError("1 / 0")))
    assert answer.status_code == 500
    reference = re.search(r"this number: ([0-9a-f]{6})\.", text(answer))[1]
    assert f"Mistake {reference} in GET /failing" in caplog.text
    assert "ZeroDivisionError" not in text(answer)


def test_a_mistake_of_ours_loses_nothing_that_was_typed(app, client, failing):
    app.testing = False
    answer = client.post(
        failing(ZeroDivisionError()), data={"notes": "a torn poster"}, headers=OURS
    )
    assert answer.status_code == 500
    assert 'name="notes" value="a torn poster"' in answer.get_data(as_text=True)
    assert "Save again" in text(answer)


@pytest.mark.parametrize(
    ("error", "status", "title"),
    [
        (StorageFull("Keep what you typed."), 507, "The disk is full"),
        (StorageBusy("Save again."), 503, "The database is busy"),
        (StorageDamaged("Restore the last backup."), 503, "The database is damaged"),
        (StorageMissing("Run: fieldlog init"), 503, "There is no database yet"),
    ],
)
def test_trouble_with_the_database_is_said_and_nothing_lost(client, failing, error, status, title):
    answer = client.post(failing(error), data={"notes": "a torn poster"}, headers=OURS)
    assert answer.status_code == status
    assert title in text(answer)
    assert str(error) in text(answer)
    assert 'name="notes" value="a torn poster"' in answer.get_data(as_text=True)


def test_a_database_that_breaks_while_it_is_read_is_damaged(client, failing):
    error = sqlite3.DatabaseError("database disk image is malformed")
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    assert "The database is damaged" in text(client.get(failing(error)))


def test_without_a_database_every_page_says_so(app, client, instance, db):
    db.close()
    for path in instance.glob("fieldlog.sqlite*"):
        path.unlink()
    for path in ("/sign-in", "/account?x=1", "/accessibility"):
        answer = client.get(path)
        assert answer.status_code in {302, 503}
    assert "There is no database" in text(client.get("/sign-in"))
    assert client.get("/health").status_code == 503
    assert client.get("/health").json == {"status": "failing", "database": "StorageMissing"}


def test_a_file_that_is_no_database_is_said_to_be_damaged(app, client, instance, db):
    db.close()
    for path in instance.glob("fieldlog.sqlite-*"):
        path.unlink()
    database_path(instance).write_text("minutes of the meeting\n" * 400)
    answer = client.get("/sign-in")
    assert answer.status_code == 503
    assert "damaged" in text(answer)
    assert client.get("/health").json["database"] == "StorageDamaged"


def test_a_full_disk_does_not_stop_anybody_from_reading(signed_in, clock, monkeypatch):
    from fieldlog.services import recognise_session

    def full(*_):
        raise StorageFull("full")

    asha = signed_in("asha")
    clock.move_on(minutes=5)
    monkeypatch.setattr(recognise_session, "seen", full)
    assert asha.get("/account").status_code == 200


def test_the_api_says_it_in_json(app, client):
    @open_to_everyone
    def fail():
        raise StorageFull("The disk is full.")

    app.add_url_rule("/api/full", "api_full", fail)
    assert client.get("/api/full").json == {
        "error": "disk-full",
        "message": "The disk is full.",
    }
    assert client.get("/api/nowhere").status_code == 404
    assert client.get("/api/nowhere").is_json


def test_errors_need_neither_session_nor_database(app, client, monkeypatch):
    def broken(*_):
        raise AssertionError("an error page asked the database")

    monkeypatch.setattr("fieldlog.store.connection.Connections.get", broken)
    assert client.get("/nowhere").status_code == 404

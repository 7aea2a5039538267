"""Retention on its pages: seen before it goes, held, removed with a reason, and said afterwards."""

import re

import pytest

from fieldlog.core.retention import Retained
from fieldlog.services.apply_retention import apply_retention
from fieldlog.store.facts import COPIES_LEFT, set_fact
from fieldlog.store.photos import photos_of
from tests.pictures import a_photo
from tests.services.issuing import issue_night, quiet_night
from tests.web.test_photos import filled, sent

SECRET = "Blue jacket, answers to Robin"
GONE = 410


@pytest.fixture
def entry_id(db, cast, signed_in):
    """A visit of Asha's with a photo and words."""
    form = filled(a_photo(), notes=SECRET)
    assert sent(signed_in("asha"), form).status_code == 303
    return form["id"]


@pytest.fixture
def later(entry_id, clock):
    clock.move_on(days=11 * 366)
    return clock.now


def page(browser, path, status=200):
    answer = browser.get(path)
    assert answer.status_code == status
    return answer.get_data(as_text=True)


def remove(browser, name, reason="Yearly review", **more):
    """Press the button of the page that shows what is due of a kind."""
    (seen,) = re.findall(r'name="seen" value="(\w+)"', page(browser, f"/retention/{name}"))
    data = {"reason": reason, "seen": seen} | more
    return browser.post(f"/retention/{name}/remove", data=data)


def acts(db):
    return [tuple(row) for row in db.execute("SELECT act, about FROM audit ORDER BY id")]


def test_the_page_says_what_is_due_and_the_next_exactly_which(signed_in, later, entry_id):
    browser = signed_in("ada")
    assert "Photos of visits and advice" in page(browser, "/retention")
    shown = page(browser, "/retention/photos")
    assert "1 due" in shown
    assert f"/entries/{entry_id}" in shown
    assert "Remove 1 for good" in shown


def test_a_coordinator_looks_and_cannot_remove(signed_in, later):
    browser = signed_in("cora")
    assert "Remove 1 for good" not in page(browser, "/retention/photos")
    assert browser.post("/retention/photos/remove", data={"reason": "x"}).status_code == 403


def test_a_removed_photo_says_so_instead_of_an_error(db, signed_in, later, entry_id):
    browser = signed_in("ada")
    answer = remove(browser, "photos")
    assert answer.location == "/retention"
    assert "Yearly review" in page(browser, "/retention")
    (photo,) = photos_of(db, entry_id)
    for address in ("", "/small"):
        said = page(browser, f"/entries/{entry_id}/photos/{photo.id}{address}", GONE)
        assert "The picture was removed on" in said
        assert "under the retention rule (6 years), by Ada Finch" in said
    shown = page(signed_in("asha"), f"/entries/{entry_id}")
    assert "The picture was removed on" in shown
    assert "<img" not in shown


def test_where_nothing_is_due_any_more_no_reason_is_asked_for(signed_in, later):
    browser = signed_in("ada")
    remove(browser, "photos")
    answer = browser.post("/retention/photos/remove", data={"reason": "", "seen": "before"})
    assert answer.status_code == 422
    assert "Nothing is due" in answer.text


def test_it_is_said_where_copies_of_what_was_removed_may_be_left(db, signed_in, later):
    browser = signed_in("ada")
    assert "Copies of what was removed may be left" not in page(browser, "/retention")
    set_fact(db, COPIES_LEFT, "1")
    assert "run: fieldlog retention overwrite" in page(browser, "/retention")


@pytest.mark.parametrize(
    ("sent", "status"), [({"reason": ""}, 422), ({"seen": ""}, 409), ({"seen": "another"}, 409)]
)
def test_nothing_goes_without_a_reason_or_unseen(db, signed_in, later, sent, status):
    assert remove(signed_in("ada"), "photos", **sent).status_code == status
    assert db.execute("SELECT count(*) FROM photo_pictures").fetchone()[0] == 1


def test_removed_words_are_gone_and_the_entry_says_so(signed_in, later, entry_id):
    browser = signed_in("ada")
    remove(browser, "words")
    shown = page(browser, f"/entries/{entry_id}")
    assert SECRET not in shown
    assert "What was written here was removed on" in shown


def test_a_removed_file_says_so_instead_of_an_error(db, cast, instance, now, signed_in, clock):
    quiet_night(db, cast)
    export_id = issue_night(db, cast, instance, now)
    clock.move_on(days=11 * 366)
    apply_retention(db, Retained.FILES, by=cast.ada, now=clock.now, reason="Yearly review")
    browser = signed_in("cora")
    assert "The file was removed on" in page(browser, f"/exports/{export_id}")
    answer = browser.post(f"/exports/{export_id}/file")
    assert (answer.status_code, "The file was removed on" in answer.text) == (GONE, True)


def test_an_entry_is_held_and_the_hold_is_ended_with_a_reason(signed_in, later, entry_id):
    browser = signed_in("cora")
    data = {"what": "entry", "reason": "licence review"}
    assert browser.post(f"/entries/{entry_id}/hold", data=data).status_code == 303
    assert "is held: licence review" in page(browser, f"/entries/{entry_id}")
    assert "1 would be due, and is held" in page(browser, "/retention/photos")
    assert browser.post(f"/entries/{entry_id}/hold", data=data).status_code == 422
    assert browser.post("/retention/holds/1", data={"reason": ""}).status_code == 422
    assert browser.post("/retention/holds/1", data={"reason": "decided"}).status_code == 303
    assert "1 due" in page(browser, "/retention/photos")
    page(browser, "/retention/holds/1", 404)
    late = browser.post("/retention/holds/1", data={"reason": "over"}, follow_redirects=True)
    assert "Nothing is held there any more: somebody ended that hold." in late.text
    assert "The reason you typed was: “over”" in late.text


def test_everything_at_premises_and_an_issue_can_be_held(db, cast, instance, signed_in, later):
    browser = signed_in("cora")
    (entry_id,) = db.execute("SELECT id FROM entries").fetchone()
    data = {"what": "premises", "reason": "licence review"}
    assert browser.post(f"/entries/{entry_id}/hold", data=data).status_code == 303
    export_id = issue_night(db, cast, instance, later)
    assert (
        browser.post(f"/exports/{export_id}/hold", data={"reason": "asked for"}).status_code == 303
    )
    shown = page(browser, "/retention")
    assert "Premises: The Lamp" in shown
    (premises_id,) = db.execute("SELECT premises_id FROM entries").fetchone()
    assert "is held: licence review" in page(browser, f"/premises/{premises_id}")
    hold = f"/premises/{premises_id}/hold"
    assert "everything at The Lamp" in page(browser, hold)
    assert "a hold on everything at these premises already" in browser.post(
        hold, data={"reason": "once more"}
    ).get_data(as_text=True)
    assert "Issue 1" in shown
    page(browser, "/entries/00000000-0000-4000-8000-000000000000/hold", 404)
    assert browser.post(f"/entries/{entry_id}/hold", data={"reason": "x"}).status_code == 422


def test_an_administrator_sets_a_period_with_its_source(signed_in, later):
    browser = signed_in("ada")
    data = {"months": "24", "source": "schedule of 2026"}
    assert browser.post("/retention/photos/period", data=data).status_code == 303
    shown = page(browser, "/retention/photos")
    assert "schedule of 2026" in shown
    assert "6 years since" in shown
    page(browser, "/retention/photos/period")
    assert browser.post("/retention/photos/period", data={"months": "0"}).status_code == 422
    page(browser, "/retention/nonsense", 404)


def test_a_record_set_aside_says_that_what_it_said_was_removed(db, signed_in, cast, clock):
    db.execute(
        "INSERT INTO set_aside (record_id, record_hash, reason, received_at, body, decided_at, "
        "decision, decision_reason) VALUES ('r', 'h', 'unknown-officer', '2020-12-05T21:40:00Z', "
        "'{\"sealed\": \"x\"}', '2020-12-05T22:00:00Z', 'refused', 'no')"
    )
    clock.move_on(days=2 * 366)
    apply_retention(db, Retained.SET_ASIDE, by=cast.ada, now=clock.now, reason="Yearly review")
    assert "What the phone sent was removed on" in page(signed_in("cora"), "/set-aside/1")


def test_opening_another_officers_entry_is_noted_and_ones_own_is_not(db, signed_in, entry_id):
    page(signed_in("asha"), f"/entries/{entry_id}")
    assert ("entry opened", entry_id) not in acts(db)
    page(signed_in("cora"), f"/entries/{entry_id}")
    page(signed_in("cora"), f"/entries/{entry_id}/amend")
    assert acts(db).count(("entry opened", entry_id)) == 2

"""Photos with the form of a page, later from the entry's own page, and who may see them."""

import json
from io import BytesIO
from typing import Any

import pytest
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import encode_multipart

from fieldlog.services.open_photo import open_photo
from fieldlog.store.photos import photos_of
from tests.phones import SENT_AT, an_id, batch, visit
from tests.pictures import MAKER, a_photo, opened, photo_record

FORM = "/entries/new/premises-visit"


def filled(*photos: bytes, **more: str) -> MultiDict:
    """What a browser sends of the form of a visit with photos chosen."""
    said = {"id": an_id(), "opened_at": "2020-12-05T21:37:00Z", "place": "The Lamp"} | more
    files = [FileStorage(BytesIO(one), f"IMG_{n}.jpg") for n, one in enumerate(photos)]
    return MultiDict([*said.items(), *(("photos", file) for file in files)])


def sent(browser, form: MultiDict, path: str = FORM, **more: Any):
    # Put together here: the test client leaves open what it puts into a file of its own.
    boundary, body = encode_multipart(form)
    kind = f"multipart/form-data; boundary={boundary}"
    return browser.post(path, data=body, content_type=kind, **more)


def stored(db, entry_id):
    return photos_of(db, entry_id)


@pytest.fixture
def entry_id(db, cast, signed_in):
    """An entry of Asha's with two photos."""
    form = filled(a_photo(), a_photo(colour="navy"))
    assert sent(signed_in("asha"), form).status_code == 303
    return form["id"]


def test_photos_are_saved_with_the_form(db, entry_id, cast):
    first, second = stored(db, entry_id)
    assert [first.position, second.position] == [1, 2]
    assert first.officer_id == first.recorded_by == cast.asha.officer_id
    assert first.captured_at is None
    assert first.sha256 == open_photo(a_photo()).sha256


def test_the_same_form_twice_saves_each_photo_once(db, cast, signed_in):
    browser, entry_id = signed_in("asha"), an_id()
    for _ in range(2):
        assert sent(browser, filled(a_photo(), a_photo(), id=entry_id)).status_code == 303
    assert len(stored(db, entry_id)) == 1


@pytest.mark.parametrize(
    ("photos", "message"),
    [
        ([a_photo(), b"%PDF-1.7"], "Photo 2: This is not a photo that fieldlog can open."),
        ([a_photo()] * 5, "Choose at most 4 photos; these are 5."),
        ([a_photo() + bytes(12 * 1024 * 1024)], "Photo 1: It is larger than 12 MB."),
    ],
    ids=["not a photo", "five", "too large"],
)
def test_a_wrong_photo_brings_the_form_back_with_what_was_typed(
    db, cast, signed_in, photos, message
):
    form = filled(*photos, notes="Door propped open")
    page = sent(signed_in("asha"), form)
    assert page.status_code == 422
    text = page.get_data(as_text=True)
    assert text.count(message) == 2
    assert "Door propped open" in text
    assert db.execute("SELECT count(*) FROM entries").fetchone() == (0,)


def test_a_form_that_comes_back_asks_for_its_photos_again(db, cast, signed_in):
    page = sent(signed_in("asha"), filled(a_photo(), place="", notes="Door propped open"))
    assert page.status_code == 422
    assert "Choose the photos again" in page.get_data(as_text=True)


def test_more_than_the_server_takes_at_once_is_said(cast, signed_in):
    said = {"CONTENT_LENGTH": str(50 * 1024 * 1024)}
    page = sent(signed_in("asha"), filled(a_photo()), environ_overrides=said)
    assert page.status_code == 413
    assert "larger than fieldlog takes in one go" in page.get_data(as_text=True)


def test_signed_out_meanwhile_the_entry_is_kept_and_its_photos_asked_for(db, cast, client):
    form = filled(a_photo(), notes="Door propped open")
    page = sent(client, form, headers={"Sec-Fetch-Site": "same-origin"})
    text = page.get_data(as_text=True)
    assert page.status_code == 401
    assert "Door propped open" in text
    assert "Files left out" in text


def test_an_entry_saved_without_the_photos_it_had_leads_to_where_they_are_added(
    db, cast, signed_in
):
    browser = signed_in("asha")
    form = filled(files_left_out="2")
    answer = sent(browser, form)
    assert answer.location == f"/entries/{form['id']}"
    assert "add them below" in browser.get(answer.location).get_data(as_text=True)


def test_the_entry_shows_small_copies_that_open_the_photos(db, entry_id, signed_in):
    for username in ("asha", "cora"):
        browser = signed_in(username)
        page = browser.get(f"/entries/{entry_id}").get_data(as_text=True)
        assert 'alt="Photo 1 of 2, added 21:40 on 5 December 2020"' in page
        for photo in stored(db, entry_id):
            address = f"/entries/{entry_id}/photos/{photo.id}"
            assert f'href="{address}"' in page
            assert f'src="{address}/small"' in page


def test_a_photo_is_a_bare_jpeg_that_no_browser_keeps(db, entry_id, signed_in):
    photo = stored(db, entry_id)[1]
    answer = signed_in("asha").get(f"/entries/{entry_id}/photos/{photo.id}")
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"] == (
        'inline; filename="fieldlog-2020-12-05-photo-2.jpg"'
    )
    assert opened(answer.data).size == (64, 48)
    assert MAKER not in answer.data


def test_another_officer_sees_no_photo(db, entry_id, signed_in):
    ben = signed_in("ben")
    for photo in stored(db, entry_id):
        for address in (f"{photo.id}", f"{photo.id}/small"):
            assert ben.get(f"/entries/{entry_id}/photos/{address}").status_code == 403


def test_a_photo_is_not_found_under_another_entry(db, cast, entry_id, signed_in):
    browser, form = signed_in("asha"), filled()
    sent(browser, form)
    photo = stored(db, entry_id)[0]
    assert browser.get(f"/entries/{form['id']}/photos/{photo.id}").status_code == 404


def test_who_opens_another_officers_photo_is_noted(db, cast, entry_id, signed_in):
    photo = stored(db, entry_id)[0]
    for username in ("asha", "cora"):
        signed_in(username).get(f"/entries/{entry_id}/photos/{photo.id}")
    noted = db.execute("SELECT officer_id, about FROM audit WHERE act = 'photo opened'").fetchall()
    assert noted == [(cast.cora.officer_id, str(photo.id))]


def test_photos_can_be_added_later_up_to_four_in_all(db, entry_id, signed_in):
    browser, address = signed_in("asha"), f"/entries/{entry_id}/photos"
    colours = ("red", "green", "orange")
    form = filled(*(a_photo(colour=colour) for colour in colours))
    page = sent(browser, form, address)
    assert page.status_code == 422
    assert "An entry has at most 4 photos." in page.get_data(as_text=True)
    assert len(stored(db, entry_id)) == 2
    assert sent(browser, filled(a_photo(colour="red")), address).status_code == 303
    assert sent(browser, filled(), address).status_code == 422
    assert len(stored(db, entry_id)) == 3
    assert sent(browser, filled(a_photo(colour="green")), address).status_code == 303
    page = browser.get(f"/entries/{entry_id}").get_data(as_text=True)
    assert "Photo 4 of 4" in page
    assert "Add another photo" not in page


def test_the_log_says_how_many_photos_an_entry_has(db, entry_id, signed_in):
    assert "2 photos" in signed_in("asha").get("/entries/mine").get_data(as_text=True)
    assert "2 photos" in signed_in("cora").get("/entries").get_data(as_text=True)
    briefed = signed_in("asha").get("/api/briefing").json["entries"]
    assert [one["rows"][-1] for one in briefed] == [["Photos", "2, to be seen with signal"]]


def test_photos_of_a_struck_entry_stay(db, entry_id, signed_in):
    browser = signed_in("asha")
    browser.post(f"/entries/{entry_id}/strike", data={"seen_version": "1", "reason": "Wrong door"})
    assert "Photo 2 of 2" in browser.get(f"/entries/{entry_id}").get_data(as_text=True)


def test_a_photo_from_a_phone_says_when_it_was_taken(db, cast, signed_in):
    browser, record = signed_in("asha"), visit(cast.asha.officer_id)
    answers = browser.post("/api/sync", json=batch(record, photo_record(record))).json["answers"]
    assert [one["state"] for one in answers] == ["stored", "stored"]
    page = browser.get(f"/entries/{record['id']}").get_data(as_text=True)
    assert 'alt="Photo 1 of 1, taken 21:37"' in page
    assert "Taken 21:37" in page


def test_a_file_of_a_phone_with_many_photos_can_be_imported(db, cast, signed_in):
    entry = visit(cast.asha.officer_id)
    large = [photo_record(entry, n, a_photo() + bytes(900_000 + n)) for n in (1, 2, 3)]
    whole = {"format": "fieldlog unsent v1", "made_at": SENT_AT, "records": [entry, *large]}
    file = FileStorage(BytesIO(json.dumps(whole).encode()), "fieldlog-unsent.json")
    page = sent(signed_in("cora"), MultiDict([("file", file)]), "/unsent/import")
    assert page.status_code == 200
    assert "4 recorded" in page.get_data(as_text=True)
    assert len(stored(db, entry["id"])) == 3


def test_a_photo_that_was_set_aside_is_looked_at_before_it_is_accepted(db, cast, signed_in):
    record = visit(cast.asha.officer_id)
    signed_in("asha").post("/api/sync", json=batch(record))
    photo, cut = photo_record(record), photo_record(record, content=b"GIF89a no picture")
    signed_in("ben").post("/api/sync", json=batch(photo, cut))
    cora = signed_in("cora")
    page = cora.get("/set-aside/1").get_data(as_text=True)
    assert 'src="/set-aside/1/photo"' in page
    assert opened(cora.get("/set-aside/1/photo").data).size == (64, 48)
    assert "This is not a photo" in cora.get("/set-aside/2").get_data(as_text=True)
    assert cora.get("/set-aside/2/photo").status_code == 404
    answer = cora.post("/set-aside/1/accept", data={"reason": "Confirmed by telephone"})
    assert answer.location == f"/entries/{record['id']}"
    assert len(stored(db, record["id"])) == 1

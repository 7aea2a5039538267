"""Phones as the coordinator sees them: what they said they hold, and how one is revoked."""

import pytest

from fieldlog.services.revoke_device import list_devices
from tests.phones import batch, visit


@pytest.fixture
def device(signed_in):
    """The id of Asha's phone, which said that it holds two more."""
    browser = signed_in("asha")
    enrolled = browser.post("/api/devices", json={"name": "Asha’s phone"}).json
    body = batch(unsent=2, device=enrolled["device"], oldest_unsent_at="2020-12-05T19:30:00Z")
    assert browser.post("/api/sync", json=body).status_code == 200
    return enrolled["device"]


def test_it_lists_phones_with_what_they_said(device, signed_in):
    page = signed_in("cora").get("/devices").get_data(as_text=True)
    assert "Asha Reed, Asha’s phone" in page
    assert "2 records are still on phones" in page
    assert "21:40 on 5 December 2020" in page
    assert "19:30 on 5 December 2020" in page
    assert "May send" in page


def test_it_says_so_when_no_phone_is_set_up(signed_in):
    page = signed_in("cora").get("/devices").get_data(as_text=True)
    assert "No phone yet" in page
    assert "nothing waits for a decision" in page


def test_revoking_says_first_what_it_does_and_counts_at_once(db, device, signed_in):
    cora = signed_in("cora")
    page = cora.get(f"/devices/{device}").get_data(as_text=True)
    assert "They are set aside for you to accept or refuse." in page
    answer = cora.post(f"/devices/{device}/revoke", follow_redirects=True)
    assert "Asha’s phone of Asha Reed is revoked." in answer.get_data(as_text=True)
    (found,) = list_devices(db)
    assert found.revoked_at is not None
    assert "Revoke this phone" not in cora.get(f"/devices/{device}").get_data(as_text=True)
    act = db.execute("SELECT about FROM audit WHERE act = 'device revoked'").fetchall()
    assert act == [(f"{device} of Asha Reed",)]
    assert cora.post(f"/devices/{device}/revoke").status_code == 303
    assert db.execute("SELECT count(*) FROM audit WHERE act = 'device revoked'").fetchone() == (1,)


def test_revoking_a_phone_signs_its_officer_out_everywhere(device, signed_in):
    asha, ben = signed_in("asha"), signed_in("ben")
    signed_in("cora").post(f"/devices/{device}/revoke")
    assert asha.get("/api/briefing").json["error"] == "signed-out"
    assert ben.get("/api/briefing").status_code == 200


def test_a_token_that_ran_out_is_shown(device, clock, signed_in):
    clock.move_on(days=31)
    assert "Has to sign in again" in signed_in("cora").get("/devices").get_data(as_text=True)


def test_a_phone_that_is_not_there(signed_in):
    nowhere = "/devices/00000000-0000-4000-8000-000000000000"
    assert signed_in("cora").get(nowhere).status_code == 404
    assert signed_in("cora").post(f"{nowhere}/revoke").status_code == 404


def test_the_entry_shows_both_times_where_the_phones_clock_was_wrong(cast, signed_in):
    browser = signed_in("asha")
    record = visit(cast.asha.officer_id) | {"captured_at": "2020-12-06T00:40:03Z"}
    record["fields"]["opened_at"] = "2020-12-06T00:39:00Z"
    body = batch(record) | {"sent_at": "2020-12-06T00:42:00Z"}
    (answer,) = browser.post("/api/sync", json=body).json["answers"]
    assert answer["state"] == "stored"
    page = browser.get(f"/entries/{record['id']}").get_data(as_text=True)
    assert "clock was 3 hours 2 minutes ahead when it sent version 1." in page
    assert "It showed 00:40 on 6 December 2020 when it was saved" in page
    assert "that was 21:38 on 5 December 2020" in page
    assert "21:37 on 5 December 2020" in page


def test_a_clock_that_was_put_right_before_it_sent_is_told_where_the_time_cannot_be(
    cast, signed_in
):
    browser = signed_in("asha")
    record = visit(cast.asha.officer_id) | {"captured_at": "2020-12-08T22:40:03Z"}
    record["fields"]["opened_at"] = "2020-12-08T22:39:00Z"
    (answer,) = browser.post("/api/sync", json=batch(record)).json["answers"]
    assert answer["state"] == "stored"
    page = browser.get(f"/entries/{record['id']}").get_data(as_text=True)
    assert "clock was wrong when version 1 was saved: it showed 22:40 on 8 December" in page
    assert "but the entry arrived before that, at 21:40 on 5 December 2020." in page


def test_a_time_that_was_typed_stays_as_it_was_typed(cast, signed_in):
    browser = signed_in("asha")
    record = visit(cast.asha.officer_id, happened_time="21:05")
    record["captured_at"] = "2020-12-05T18:38:03Z"
    record["fields"]["opened_at"] = "2020-12-05T18:37:00Z"
    body = batch(record) | {"sent_at": "2020-12-05T18:40:00Z"}
    assert browser.post("/api/sync", json=body).json["answers"][0]["state"] == "stored"
    page = browser.get(f"/entries/{record['id']}").get_data(as_text=True)
    assert "21:05 on 5 December 2020" in page
    assert "clock was 3 hours behind" in page


def test_nothing_is_said_of_a_clock_that_is_nearly_right(cast, signed_in):
    browser = signed_in("asha")
    record = visit(cast.asha.officer_id)
    body = batch(record) | {"sent_at": "2020-12-05T21:44:00Z"}
    browser.post("/api/sync", json=body)
    assert "clock was" not in browser.get(f"/entries/{record['id']}").get_data(as_text=True)

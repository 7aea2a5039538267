"""A phone's own token: delivers its officer's records, fetches nothing, can be taken away."""

import pytest

from fieldlog.services.change_user import disable_user
from fieldlog.services.read_entries import versions_of
from fieldlog.services.revoke_device import list_devices, revoke_device
from tests.conftest import LATE_THAT_NIGHT
from tests.phones import an_id, batch, sealed, visit


@pytest.fixture
def phone(signed_in):
    """What Asha's phone was given when she signed in on it."""
    answer = signed_in("asha").post("/api/devices", json={"name": "Asha’s phone"})
    assert answer.status_code == 200
    return answer.json


@pytest.fixture
def post(app):
    """Post with a device's token and without any cookie."""

    def send(token, path="/api/sync", body=None):
        headers = {"Authorization": f"Bearer {token}"}
        return app.test_client().open(path, method="POST", json=body, headers=headers, csrf=False)

    return send


def state(answer):
    assert answer.status_code == 200, answer.get_data(as_text=True)
    (one,) = answer.json["answers"]
    return one["state"]


def test_the_audit_knows_a_phone_by_what_never_goes_and_not_by_its_name(db, cast, phone):
    revoke_device(db, phone["device"], by=cast.cora.officer_id, now=LATE_THAT_NIGHT)
    about = [row[0] for row in db.execute("SELECT about FROM audit WHERE act LIKE 'device %'")]
    assert about == [phone["device"], f"{phone['device']} of Asha Reed"]


def test_enrolling_gives_a_token_that_is_kept_nowhere(db, cast, phone):
    assert phone.keys() == {"device", "name", "token", "expires_at", "server_key"}
    assert phone["expires_at"] == "2021-01-04T21:40:00Z"
    assert len(phone["token"]) == 43
    assert phone["token"] not in "".join(db.conn.iterdump())


def test_it_delivers_records_without_a_session_sealed_or_plain(db, cast, phone, post):
    record = visit(cast.asha.officer_id)
    closed = sealed(record, phone["server_key"]["point"])
    answer = post(phone["token"], body=batch(closed))
    assert state(answer) == "stored"
    assert answer.json["device"] == {
        "id": phone["device"],
        "revoked": False,
        "token_expires_at": phone["expires_at"],
    }
    assert state(post(phone["token"], body=batch(record))) == "already-stored"
    assert len(versions_of(db, record["id"])) == 1


def test_it_fetches_nothing(client, phone):
    headers = {"Authorization": f"Bearer {phone['token']}"}
    for path in ("/api/briefing", "/api/premises", "/api/csrf", "/tonight", "/entries/mine"):
        assert client.get(path, headers=headers).status_code in {302, 401}, path


def test_it_delivers_no_other_officers_records(db, cast, phone, post):
    record = visit(cast.ben.officer_id)
    assert state(post(phone["token"], body=batch(record))) == "set-aside"
    assert versions_of(db, record["id"]) == []


@pytest.mark.parametrize("token", ["", "x", "é" * 43, "A" * 5000])
def test_a_token_that_nobody_was_given_is_refused(cast, post, token):
    answer = post(token, body=batch())
    assert (answer.status_code, answer.json["error"]) == (401, "unknown-token")


def test_another_kind_of_authorization_is_refused_and_no_cookie_is_looked_at(cast, signed_in):
    browser = signed_in("asha")
    headers = {"Authorization": "Basic YXNoYTp4"}
    answer = browser.post("/api/sync", json=batch(), headers=headers)
    assert (answer.status_code, answer.json["error"]) == (401, "unknown-token")


def test_a_token_lasts_thirty_days(cast, clock, phone, post):
    clock.move_on(days=30, seconds=-1)
    assert post(phone["token"], body=batch()).status_code == 200
    clock.move_on(seconds=1)
    answer = post(phone["token"], body=batch())
    assert (answer.status_code, answer.json["error"]) == (401, "token-expired")


def test_a_new_token_counts_once_it_is_used(cast, clock, phone, post):
    clock.move_on(days=20)
    lost = post(phone["token"], "/api/devices/rotate").json
    again = post(phone["token"], "/api/devices/rotate").json
    assert again["expires_at"] == "2021-01-24T21:40:00Z"
    assert post(lost["token"], body=batch()).status_code == 401
    assert post(phone["token"], body=batch()).status_code == 200
    assert post(again["token"], body=batch()).status_code == 200
    assert post(phone["token"], body=batch()).status_code == 401


def test_signing_in_again_renews_the_token_and_renames_the_phone(db, cast, phone, signed_in):
    again = signed_in("asha").post(
        "/api/devices", json={"device": phone["device"], "name": "Spare phone"}
    )
    assert again.json["device"] == phone["device"]
    assert again.json["token"] != phone["token"]
    assert [device.name for device in list_devices(db)] == ["Spare phone"]


def test_without_a_name_it_is_called_what_it_is_and_keeps_the_name_it_has(phone, signed_in):
    asha = signed_in("asha")
    iphone = {"User-Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X)"}
    android = {"User-Agent": "Mozilla/5.0 (Linux; Android 14; Pixel 8)"}
    assert asha.post("/api/devices", json={}, headers=iphone).json["name"] == "iPhone"
    assert asha.post("/api/devices", json={}, headers=android).json["name"] == "Android phone"
    again = asha.post("/api/devices", json={"device": phone["device"]}, headers=iphone)
    assert again.json["name"] == "Asha’s phone"


def test_a_shared_phone_is_enrolled_once_for_each(db, cast, phone, signed_in):
    answer = signed_in("ben").post("/api/devices", json={"device": phone["device"]})
    assert answer.json["device"] != phone["device"]
    found = {(device.officer, device.name) for device in list_devices(db)}
    assert found == {("Asha Reed", "Asha’s phone"), ("Ben Cole", "Computer")}


def test_what_a_revoked_phone_sends_is_set_aside(db, cast, now, phone, post, signed_in):
    revoke_device(db, phone["device"], by=cast.cora.officer_id, now=now)
    answer = post(phone["token"], body=batch(visit(cast.asha.officer_id)))
    assert state(answer) == "set-aside"
    assert answer.json["device"]["revoked"] is True
    assert answer.json["answers"][0]["problems"][0]["message"].startswith("This phone was revoked")
    rotated = post(phone["token"], "/api/devices/rotate")
    assert (rotated.status_code, rotated.json["error"]) == (403, "revoked")
    browser = signed_in("asha")
    again = browser.post("/api/devices", json={"device": phone["device"]})
    assert (again.status_code, again.json["error"]) == (403, "revoked")
    same_phone = batch(visit(cast.asha.officer_id), device=phone["device"])
    assert state(browser.post("/api/sync", json=same_phone)) == "set-aside"


def test_what_comes_from_a_disabled_account_is_set_aside(db, cast, now, phone, post):
    disable_user(db, cast.asha.officer_id, by=cast.ada.officer_id, now=now)
    answer = post(phone["token"], body=batch(visit(cast.asha.officer_id)))
    assert state(answer) == "set-aside"
    assert "disabled" in answer.json["answers"][0]["problems"][0]["message"]


def test_the_phone_says_how_much_it_holds(db, cast, clock, phone, post):
    records = [visit(cast.asha.officer_id), visit(cast.asha.officer_id, place="")]
    body = batch(*records, unsent=7, oldest_unsent_at="2020-12-05T20:00:00.123Z")
    post(phone["token"], body=body)
    (device,) = list_devices(db)
    assert (device.unsent, device.last_reported_at) == (6, clock.now)
    assert device.oldest_unsent_at.isoformat() == "2020-12-05T20:00:00+00:00"
    clock.move_on(minutes=5)
    post(phone["token"], body=batch(unsent=0))
    (device,) = list_devices(db)
    assert (device.unsent, device.oldest_unsent_at, device.last_reported_at) == (0, None, clock.now)


@pytest.mark.parametrize(
    "body",
    [
        {"name": 7},
        {"name": "x" * 61},
        {"name": "a\u0000b"},
        {"name": "\ud800"},
        {"device": "no uuid"},
        {"device": 7},
        {"colour": "red"},
    ],
)
def test_an_enrolment_that_cannot_be_read_is_refused(signed_in, body):
    answer = signed_in("asha").post("/api/devices", json=body)
    assert (answer.status_code, answer.json["error"]) == (400, "not-understood")


def test_a_broken_seal_is_set_aside_as_it_came(db, cast, phone, post):
    record = visit(cast.asha.officer_id)
    under_another_id = sealed(record, phone["server_key"]["point"], under=an_id())
    other = sealed(record, phone["server_key"]["point"]) | {"id": an_id()}
    cut = sealed(record, phone["server_key"]["point"])
    cut["sealed"]["ct"] = cut["sealed"]["ct"][:-4]
    for broken in (under_another_id, other, cut):
        assert state(post(phone["token"], body=batch(broken))) == "set-aside"
        assert state(post(phone["token"], body=batch(broken))) == "set-aside"
    reasons = db.execute("SELECT reason FROM set_aside").fetchall()
    assert reasons == [("broken-seal",)] * 3
    assert state(post(phone["token"], body=batch(record))) == "stored"


def test_what_was_set_aside_stays_there_however_it_comes_again(
    db, cast, now, phone, post, signed_in
):
    record = visit(cast.asha.officer_id)
    revoke_device(db, phone["device"], by=cast.cora.officer_id, now=now)
    assert state(post(phone["token"], body=batch(record))) == "set-aside"
    assert state(signed_in("asha").post("/api/sync", json=batch(record))) == "set-aside"
    assert versions_of(db, record["id"]) == []
    assert db.execute("SELECT count(*) FROM set_aside").fetchone() == (1,)

"""What a phone sealed and cannot read any more: opened for its own officer, and for nobody else."""

import pytest

from tests.phones import amendment, sealed, tap, visit


@pytest.fixture
def key(app, signed_in):
    return signed_in("asha").get("/api/briefing").json["server_key"]["point"]


def opened(browser, *records):
    answer = browser.post("/api/unsealed", json={"records": list(records)})
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.json["records"]


def test_an_officer_gets_their_own_back_word_for_word(cast, signed_in, key):
    one, two = visit(cast.asha.officer_id, notes="loud"), tap(cast.asha.officer_id)
    more = amendment(one) | {"after": one["id"]}
    found = opened(signed_in("asha"), *(sealed(record, key) for record in (one, two, more)))
    assert [each["record"] for each in found] == [one, two, more]
    assert [each["title"] for each in found] == ["The Lamp", "Entry", "The Lamp"]
    assert ["Notes", "loud"] in found[0]["rows"]


def test_nobody_gets_another_officers(db, cast, signed_in, key):
    record = sealed(visit(cast.ben.officer_id), key)
    for username in ("asha", "cora", "ada"):
        assert opened(signed_in(username), record) == []
    assert db.execute("SELECT count(*) FROM set_aside").fetchone() == (0,)


def test_what_does_not_open_is_left_out(cast, signed_in, key):
    record = sealed(visit(cast.asha.officer_id), key)
    broken = record | {"sealed": record["sealed"] | {"ct": "AAAA"}}
    assert opened(signed_in("asha"), broken, {"id": 3}, "nothing") == []


def test_it_takes_a_list_and_nothing_else(signed_in):
    asha = signed_in("asha")
    for body in ({}, {"records": 3}, {"records": [], "more": 1}):
        assert asha.post("/api/unsealed", json=body).json["error"] == "not-understood"


def test_a_devices_token_opens_nothing(client, signed_in):
    token = signed_in("asha").post("/api/devices", json={"name": "Phone"}).json["token"]
    headers = {"Authorization": f"Bearer {token}"}
    answer = client.post("/api/unsealed", json={"records": []}, headers=headers)
    assert answer.status_code in {400, 401}

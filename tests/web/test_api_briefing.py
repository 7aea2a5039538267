"""The briefing: what an officer's phone keeps of the night to work with no network."""

import gzip
from datetime import timedelta

import pytest

from fieldlog.core.night import utc_text
from fieldlog.store.connection import write_transaction
from fieldlog.store.premises import Registration, add_registered, add_typed
from tests.phones import amendment, batch, tap, visit


def fetch(browser, path="/api/briefing", **more):
    answer = browser.get(path, **more)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.json


def test_it_tells_of_the_night(cast, signed_in):
    told = fetch(signed_in("asha"))
    assert told["officer"] == {
        "id": cast.asha.officer_id,
        "name": "Asha Reed",
        "detail": "CM07 · Marlbridge Borough Council",
        "role": "officer",
        "not_own": ["notice", "arrest"],
    }
    assert (told["night"], told["made_at"]) == ("2020-12-05", "2020-12-05T21:40:00Z")
    assert told["deployments"] == [
        {
            "id": cast.deployment,
            "label": "Op Emblazen · Sat 5 Dec",
            "night_of": "2020-12-05",
            "tonight": True,
            "crew": [],
            "hotspots": [],
            "about": [
                ["Night of", "Saturday 5 December 2020"],
                ["Operation", "Op Emblazen, Night of action"],
                ["Led by", "Marlbridge Borough Council"],
                ["Start and finish", "18:00 to 03:00, 9 hours"],
            ],
        }
    ]
    assert told["tiles"][0] == {
        "code": "spoken_to",
        "label": "People spoken to",
        "unit": "count",
        "step": 1,
        "value": 0,
    }
    assert fetch(signed_in("ben"))["officer"]["not_own"] == []


def test_it_has_my_entries_with_what_their_forms_are_filled_with(cast, signed_in):
    browser = signed_in("asha")
    record = visit(cast.asha.officer_id, deployment=str(cast.deployment))
    browser.post("/api/sync", json=batch(record, tap(cast.asha.officer_id)))
    told = fetch(browser)
    entry = next(one for one in told["entries"] if one["id"] == record["id"])
    assert (entry["title"], entry["kind_code"], entry["time"]) == (
        "The Lamp",
        "premises-visit",
        "21:37",
    )
    assert entry["line"] == "Premises visit · Advice given · 15 minutes · 3 people spoken to"
    assert entry["states"] == [{"label": "Sent 21:40", "tone": "good"}]
    assert entry["href"] == f"/phone/entry/{record['id']}"
    assert told["tiles"][0]["value"] == 4
    assert list(told["visited"].values()) == ["Visited 21:37 by you"]
    ((warning, about),) = told["known"].values()
    assert warning is None
    assert about.startswith("You were here at 21:37 · Last visit 5 Dec 2020, Advice given")
    over = told["over"]
    assert (over["since"], over["night"]) == ("2020-12-06T06:00:00Z", "")
    assert [(one["id"], one["tonight"]) for one in over["deployments"]] == [
        (cast.deployment, False)
    ]
    assert {tile["value"] for tile in over["tiles"]} == {0}
    assert [tile["code"] for tile in over["tiles"]] == [tile["code"] for tile in told["tiles"]]
    assert (over["patrol"], over["visited"], over["known"]) == ([], {}, {})
    # What the form is filled with, sent back with one change, is an amendment of that one thing.
    change = amendment(record) | {"fields": entry["fields"] | {"minutes": "30", "reason": "slip"}}
    (answer,) = browser.post("/api/sync", json=batch(change)).json["answers"]
    assert answer["state"] == "stored", answer
    again = next(one for one in fetch(browser)["entries"] if one["id"] == record["id"])
    assert again["version"] == 2
    assert [state["label"] for state in again["states"]] == ["Sent 21:40", "Amended"]
    changed = {name for name in entry["fields"] if entry["fields"][name] != again["fields"][name]}
    assert changed == {"minutes", "seen_version"}


def test_a_night_that_goes_on_past_six_is_over_for_a_phone_when_it_finishes(db, signed_in):
    db.execute("UPDATE deployments SET finishes_at = '2020-12-06T09:00:00Z'")
    db.conn.commit()
    assert fetch(signed_in("asha"))["over"]["since"] == "2020-12-06T09:00:00Z"


def test_it_answers_304_until_something_changes(cast, clock, signed_in):
    browser = signed_in("asha")
    for path in ("/api/briefing", "/api/premises"):
        etag = browser.get(path).headers["ETag"]
        clock.move_on(minutes=1)
        same = browser.get(path, headers={"If-None-Match": etag})
        assert (same.status_code, same.data) == (304, b"")
    etag = browser.get("/api/briefing").headers["ETag"]
    browser.post("/api/sync", json=batch(tap(cast.asha.officer_id)))
    assert browser.get("/api/briefing", headers={"If-None-Match": etag}).status_code == 200


def test_it_has_the_register_by_name(db, cast, now, signed_in):
    with write_transaction(db):
        crown = add_registered(db, Registration("The Crown", "1 High Street", "CO1 1AA"), now)
        arms = add_typed(db, "Anchor Arms", now)
    told = fetch(signed_in("asha"), "/api/premises")
    assert told["premises"] == [
        [arms, "Anchor Arms", "", "", ""],
        [crown, "The Crown", "1 High Street, CO1 1AA", "", ""],
    ]


def test_a_phone_keeps_five_thousand_premises_registered_ones_first(db, cast, now, signed_in):
    rows = [(f"Typed {n}", f"typed {n}", 0, utc_text(now)) for n in range(3_000)]
    rows += [(f"Registered {n}", f"registered {n}", 1, utc_text(now)) for n in range(3_000)]
    with write_transaction(db):
        db.conn.executemany(
            "INSERT INTO premises (name, folded_name, registered, created_at) VALUES (?, ?, ?, ?)",
            rows,
        )
    names = [row[1] for row in fetch(signed_in("asha"), "/api/premises")["premises"]]
    assert len(names) == 5_000
    assert sum(name.startswith("Registered") for name in names) == 3_000


def test_it_tells_what_was_logged_on_the_night_before_too(cast, clock, signed_in):
    record = visit(cast.asha.officer_id)
    signed_in("asha").post("/api/sync", json=batch(record))
    clock.move_on(days=1)
    assert [one["id"] for one in fetch(signed_in("asha"))["entries"]] == [record["id"]]
    clock.now += timedelta(days=1)
    assert fetch(signed_in("asha"))["entries"] == []


@pytest.mark.parametrize("path", ["/api/briefing", "/api/premises"])
def test_it_travels_packed_to_those_who_can_read_it(db, cast, now, signed_in, path):
    with write_transaction(db):
        for number in range(30):
            add_typed(db, f"Anchor Arms {number}", now)
    browser = signed_in("asha")
    plain = browser.get(path)
    packed = browser.get(path, headers={"Accept-Encoding": "gzip"})
    assert (plain.headers["Vary"], packed.headers["Content-Encoding"]) == (
        *("Accept-Encoding, Cookie", "gzip"),
    )
    assert gzip.decompress(packed.data) == plain.data
    assert packed.headers["ETag"] == plain.headers["ETag"]

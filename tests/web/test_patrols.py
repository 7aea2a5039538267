"""Patrols on screen: from a phone, on Tonight, on their night’s page, closed with a reason."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from fieldlog.services.watch_patrols import watch_patrols
from tests.phones import SENT_AT, batch, patrol_event, patrol_start, visit

ID = "6b7c2a10-0d6e-4f5a-9d3b-2f1e0c9a8b7d"


@pytest.fixture
def walked(cast, signed_in):
    """Asha and Ben walked from 18:05 to 21:05 with ten minutes' pause."""
    crew = f"{cast.asha.officer_id} {cast.ben.officer_id}"
    start = patrol_start(cast.asha.officer_id, deployment=str(cast.deployment), members=crew)
    records = [
        start,
        patrol_event(start, "pause", "2020-12-05T19:00:00Z"),
        patrol_event(start, "resume", "2020-12-05T19:10:00Z"),
        patrol_event(start, "finish", "2020-12-05T21:05:00Z"),
    ]
    send(signed_in("asha"), *records)
    return records


def send(browser, *records, sent_at=SENT_AT):
    answer = browser.post("/api/sync", json=batch(*records, sent_at=sent_at))
    assert answer.status_code == 200, answer.json
    return [one["state"] for one in answer.json["answers"]]


def text(browser, address: str) -> str:
    page = browser.get(address)
    assert page.status_code == 200
    words = re.sub(r"<[^>]+>", " ", page.get_data(as_text=True))
    return " ".join(words.split())


def test_its_hours_are_on_the_page_of_the_nights_patrols(cast, signed_in, walked):
    page = text(signed_in("cora"), f"/nights/{cast.deployment}/patrols")
    assert "2.83 patrol-hours" in page
    assert "5.67 person-hours" in page
    assert "18:05 to 21:05 Asha Reed, Ben Cole On foot 2 h 50" in page


def test_the_same_records_again_change_nothing(db, cast, clock, signed_in, walked):
    before = watch_patrols(db, cast.deployment, clock.now)
    assert send(signed_in("asha"), *reversed(walked)) == ["already-stored"] * 4
    assert watch_patrols(db, cast.deployment, clock.now) == before


def test_what_follows_waits_for_the_start(cast, signed_in):
    start = patrol_start(cast.asha.officer_id)
    finish = patrol_event(start, "finish", "2020-12-05T21:05:00Z")
    undo = patrol_event(start, "undo", "2020-12-05T21:05:04Z", undoes=finish["id"])
    browser = signed_in("asha")
    assert send(browser, undo, finish) == ["waiting", "waiting"]
    assert send(browser, undo, finish, start) == ["stored"] * 3


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"event": "close"}, "event must be one of"),
        ({"mode": "broom"}, "Say how the patrol gets about"),
        ({"members": "999"}, "Nobody knows one of the people"),
        ({"members": "Ben"}, "whole numbers"),
        ({"others": "100"}, "At most 99"),
        ({"deployment": "999"}, "Choose one of those shown"),
        ({"area": "x" * 201}, "at most 200 characters"),
    ],
)
def test_what_makes_no_patrol_is_for_the_coordinator_with_its_reason(
    cast, signed_in, changed, words
):
    browser = signed_in("asha")
    start = patrol_start(cast.asha.officer_id, **changed)
    (found,) = browser.post("/api/sync", json=batch(start)).json["answers"]
    assert found["state"] == "set-aside"
    why, kept = [one["message"] for one in found["problems"]]
    assert words in why
    assert "kept for the coordinator" in kept
    assert send(browser, patrol_event(start, "pause", "2020-12-05T19:00:00Z")) == ["set-aside"]


def test_a_patrol_of_another_officer_is_left_alone(cast, signed_in, walked):
    start = walked[0] | {"officer_id": cast.ben.officer_id}
    event = patrol_event(start, "finish", "2020-12-05T20:00:00Z")
    assert send(signed_in("ben"), event) == ["set-aside"]
    assert "Finished 21:05" in text(signed_in("cora"), f"/patrols/{walked[0]['id']}")


def test_entries_made_meanwhile_belong_to_it_without_asking(cast, signed_in, clock, walked):
    browser = signed_in("ben")
    inside = visit(cast.ben.officer_id, deployment=str(cast.deployment))
    inside["fields"] |= {"happened_on": "2020-12-05", "happened_time": "19:05"}
    after = visit(cast.ben.officer_id, place="The Crown", deployment=str(cast.deployment))
    assert send(browser, inside, after) == ["stored", "stored"]
    page = text(signed_in("cora"), f"/patrols/{walked[0]['id']}")
    assert "Entries made meanwhile 1 Look at them" in page
    assert "Patrol 18:05 to 21:05, on foot" in text(browser, f"/entries/{inside['id']}")
    assert "Patrol 18:05" not in text(browser, f"/entries/{after['id']}")


def test_the_number_of_entries_leads_to_exactly_them(cast, signed_in, walked):
    browser, cora = signed_in("ben"), signed_in("cora")
    address = f"/patrols/{walked[0]['id']}"
    assert f"{address}/entries" not in cora.get(address).text
    assert "No entries" in text(cora, f"{address}/entries")
    night = {"deployment": str(cast.deployment)}
    made = [visit(cast.ben.officer_id, place, **night) for place in ("The Lamp", "The Mitre")]
    for record, clock_time in zip(made, ("19:05", "20:05"), strict=True):
        record["fields"] |= {"happened_on": "2020-12-05", "happened_time": clock_time}
    struck = visit(cast.ben.officer_id, "The Bell", **night)
    struck["fields"] |= {"happened_on": "2020-12-05", "happened_time": "19:30"}
    after = visit(cast.ben.officer_id, "The Crown", **night)
    strike = {"reason": "logged twice", "seen_version": "1"}
    assert send(browser, *made, struck, after) == ["stored"] * 4
    assert browser.post(f"/entries/{struck['id']}/strike", data=strike).status_code == 303
    for page in (address, f"/nights/{cast.deployment}/patrols"):
        assert f'href="{address}/entries"' in cora.get(page).text
    listed = cora.get(f"{address}/entries").text
    assert "2 entries made by whoever was out" in text(cora, f"{address}/entries")
    assert re.findall(r'href="/entries/([0-9a-f-]{36})"', listed) == [
        made[1]["id"],
        made[0]["id"],
    ]


def test_the_phone_is_told_of_its_patrol_and_its_crew(signed_in, walked):
    told = signed_in("asha").get("/api/briefing").json["patrol"]
    assert [one["event"] for one in told] == ["start", "pause", "resume", "finish"]
    assert {one.get("patrol") for one in told[1:]} == {walked[0]["id"]}
    assert signed_in("ben").get("/api/briefing").json["patrol"] == []


@pytest.mark.parametrize("name", ["00000000", "ffffffff"])
def test_the_phone_is_told_what_happened_within_one_second_in_its_order(cast, signed_in, name):
    browser = signed_in("asha")
    start = patrol_start(cast.asha.officer_id)
    pause = patrol_event(start, "pause", start["captured_at"])
    pause["id"] = name + pause["id"][8:]
    assert send(browser, start, pause) == ["stored"] * 2
    told = browser.get("/api/briefing").json["patrol"]
    assert [one["event"] for one in told] == ["start", "pause"]


def test_what_a_lost_phone_says_of_a_patrol_is_accepted_by_a_person(cast, signed_in):
    start = patrol_start(cast.asha.officer_id, deployment=str(cast.deployment))
    assert send(signed_in("ben"), start) == ["set-aside"]
    browser = signed_in("cora")
    page = text(browser, "/set-aside/1")
    assert "An event of a patrol that was set aside" in page
    assert "How On foot" in page
    answer = browser.post("/set-aside/1/accept", data={"reason": "confirmed by telephone"})
    assert answer.location == f"/patrols/{start['id']}"
    assert "Started 18:05 on 5 December 2020, by Cora Hale" in text(browser, answer.location)
    assert answer.location in browser.get("/set-aside/1").text


def test_it_is_run_from_the_servers_tonight_too(db, cast, clock, signed_in):
    browser = signed_in("asha")
    for number, said in enumerate(
        (
            {"mode": "foot", "others": "1"},
            {"event": "pause", "patrol": ID},
            {"event": "resume", "patrol": ID},
            {"event": "finish", "patrol": ID},
        )
    ):
        record_id = ID[:-1] + "d012"[number]
        answer = browser.post("/patrols", data={"id": record_id, **said})
        assert answer.status_code == 303
        clock.move_on(minutes=30)
    page = text(browser, "/tonight")
    assert "Start a patrol" in page
    (one,) = watch_patrols(db, cast.deployment, clock.now).every
    assert one.counted is not None
    assert one.counted.patrol_time == timedelta(minutes=60)
    assert one.counted.person_time == timedelta(minutes=120)


def test_tonight_says_how_long_it_has_lasted(clock, signed_in):
    browser = signed_in("asha")
    browser.post("/patrols", data={"id": ID, "mode": "foot"})
    clock.move_on(hours=2, minutes=10)
    assert "Patrol 21:40 → 2 h 10" in text(browser, "/tonight")


def test_one_that_was_left_running_is_flagged_and_closed_with_a_reason(cast, clock, signed_in):
    send(signed_in("asha"), patrol_start(cast.asha.officer_id, deployment=str(cast.deployment)))
    clock.move_on(hours=7)
    browser = signed_in("cora")
    page = text(browser, f"/nights/{cast.deployment}/patrols")
    assert "Left running: Asha Reed, since 18:05" in page
    (address,) = set(
        re.findall(
            r"/patrols/[0-9a-f-]{36}", browser.get(f"/nights/{cast.deployment}/patrols").text
        )
    )
    close = {"event_id": ID, "closed_time": "03:00", "reason": ""}
    assert "Say why" in browser.post(f"{address}/close", data=close).text
    close = {"event_id": ID, "closed_time": "17:00", "reason": "phone out of battery"}
    assert "between 18:05" in browser.post(f"{address}/close", data=close).text
    close = {"event_id": ID, "closed_time": "03:00", "reason": "phone out of battery"}
    assert browser.post(f"{address}/close", data=close).status_code == 303
    assert browser.post(f"{address}/close", data=close).status_code == 303
    page = text(browser, address)
    assert "by Cora Hale, reason: phone out of battery" in page
    assert "8 h 55" in page


def test_a_closing_time_that_clocks_show_twice_is_the_first_after_the_start(cast, clock, signed_in):
    start = patrol_start(cast.asha.officer_id, at="2020-10-25T00:30:00Z")
    clock.now = datetime(2020, 10, 25, 0, 35, tzinfo=UTC)
    send(signed_in("asha"), start, sent_at="2020-10-25T00:35:00Z")
    clock.move_on(hours=3)
    close = {"event_id": ID, "closed_time": "01:10", "reason": "phone out of battery"}
    browser = signed_in("cora")
    assert browser.post(f"/patrols/{start['id']}/close", data=close).status_code == 303
    assert "Length 0 h 40" in text(browser, f"/patrols/{start['id']}")


def test_the_officers_own_finish_beats_the_closing(cast, clock, signed_in):
    start = patrol_start(cast.asha.officer_id, deployment=str(cast.deployment))
    send(signed_in("asha"), start)
    clock.move_on(hours=7)
    browser = signed_in("cora")
    close = {"event_id": ID, "closed_time": "03:00", "reason": "no answer"}
    browser.post(f"/patrols/{start['id']}/close", data=close)
    finish = patrol_event(start, "finish", "2020-12-06T02:05:00Z")
    send(signed_in("asha"), finish, sent_at="2020-12-06T04:40:00Z")
    page = text(browser, f"/patrols/{start['id']}")
    assert "Length 8 h 00" in page
    assert "State Finished" in page


def test_one_of_no_operation_is_found_and_closed(cast, clock, signed_in):
    start = patrol_start(cast.asha.officer_id, area="Hythe Quay")
    assert send(signed_in("asha"), start) == ["stored"]
    cora = signed_in("cora")
    assert "1 patrol without an operation still runs" in text(cora, "/nights")
    assert "without an operation" not in text(signed_in("vic"), "/nights")
    clock.move_on(hours=13)
    cora = signed_in("cora")
    page = text(cora, "/patrols")
    assert "1 left running. Open one to close it" in page
    assert "since 18:05 Saturday 5 December 2020 Asha Reed On foot · Hythe Quay" in page
    closing = {"event_id": ID, "closed_time": "21:30", "reason": "phone out of battery"}
    assert cora.post(f"/patrols/{start['id']}/close", data=closing).status_code == 303
    page = text(cora, "/patrols")
    assert "Ended in the last 28 nights" in page
    assert "18:05 to 21:30" in page
    assert "Still running" not in page
    assert "1 patrol without an operation</a>" in cora.get("/nights").get_data(as_text=True)


def test_one_of_no_operation_stays_listed_for_as_long_as_it_runs(cast, clock, signed_in):
    start = patrol_start(cast.asha.officer_id)
    finished = patrol_start(cast.ben.officer_id)
    send(signed_in("asha"), start)
    send(signed_in("ben"), finished, patrol_event(finished, "finish", "2020-12-05T21:05:00Z"))
    cora = signed_in("cora")
    assert "Ben Cole" in text(cora, "/patrols")
    clock.move_on(days=40)
    page = text(signed_in("cora"), "/patrols")
    assert "Asha Reed" in page
    assert "Ben Cole" not in page

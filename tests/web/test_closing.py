"""Closing a night on screen: what stands in the way, the statement, and what comes after."""

import re

import pytest

from tests.phones import batch, patrol_start, visit
from tests.web.live_night import crew_of_asha


def text(browser, address: str) -> str:
    page = browser.get(address)
    assert page.status_code == 200
    words = re.sub(r"<[^>]+>", " ", page.get_data(as_text=True))
    return " ".join(words.split())


def send(browser, clock, *records, **more):
    sent_at = clock.now.strftime("%Y-%m-%dT%H:%M:%SZ")
    answer = browser.post("/api/sync", json=batch(*records, sent_at=sent_at, **more))
    assert answer.status_code == 200, answer.json
    return [one["state"] for one in answer.json["answers"]]


@pytest.fixture
def night(cast):
    return f"/nights/{cast.deployment}"


def of_tonight(cast, place="The Lamp", **more):
    return visit(cast.asha.officer_id, place, deployment=str(cast.deployment), **more)


def test_it_shows_what_is_not_finished(cast, clock, signed_in, night):
    untimed = of_tonight(cast, minutes="not recorded", action="")
    patrol = patrol_start(cast.asha.officer_id, deployment=str(cast.deployment))
    assert send(signed_in("asha"), clock, untimed, patrol) == ["stored", "stored"]
    page = text(signed_in("cora"), f"{night}/close")
    assert "Asha Reed, since 18:05 Running" in page
    assert "The Lamp, 21:37 Asha Reed: no time taken and no action taken" in page
    assert "1 patrol still out, 1 visit without time or action" in page
    assert "Phones Done" in page


def test_it_asks_whether_a_night_is_meant_that_has_not_begun(clock, signed_in, night):
    cora = signed_in("cora")
    assert "has not begun" not in text(cora, f"{night}/close")
    clock.move_on(hours=-5)
    asked = text(signed_in("cora"), f"{night}/close")
    assert "This night has not begun: it starts at 18:00 on 5 December 2020. Is it" in asked


def test_it_shows_which_phone_says_that_it_holds_entries(db, cast, clock, signed_in, night):
    browser = signed_in("asha")
    phone = browser.post("/api/devices", json={}).json["device"]
    send(browser, clock, of_tonight(cast), unsent=4, device=phone)
    page = text(signed_in("cora"), f"{night}/close")
    assert "3 entries unsent" in page
    assert "1 phone with 3 unsent entries" in page


def test_a_phone_whose_oldest_entry_is_of_a_later_night_is_not_in_the_way(
    cast, clock, signed_in, night
):
    clock.move_on(days=1)
    browser = signed_in("asha")
    phone = browser.post("/api/devices", json={}).json["device"]
    late = {"unsent": 2, "oldest_unsent_at": "2020-12-06T20:00:00Z", "device": phone}
    send(browser, clock, **late)
    assert "Phones Done" in text(signed_in("cora"), f"{night}/close")
    send(browser, clock, **late | {"oldest_unsent_at": "2020-12-06T02:59:00Z"})
    assert "2 entries unsent" in text(signed_in("cora"), f"{night}/close")


def test_it_names_the_phones_that_have_been_silent_and_when_they_last_sent(
    db, cast, clock, now, signed_in, night
):
    crew_of_asha(db, cast, now)
    browser = signed_in("asha")
    phone = browser.post("/api/devices", json={"name": "Work phone 4"}).json["device"]
    send(browser, clock, of_tonight(cast), device=phone)
    cora = signed_in("cora")
    assert "Work phone 4" not in text(cora, f"{night}/close")
    clock.move_on(minutes=31)
    page = text(cora, f"{night}/close")
    assert "Phones Done No phone says that it holds unsent entries." in page
    assert "One phone has sent nothing for half an hour or longer" in page
    said = "Asha Reed, Work phone 4 Crew 1, last sent at 21:40 on 5 December 2020"
    assert said in page
    assert "It is closed with this outstanding" not in page


def test_it_names_a_phone_that_never_sent_anything(db, cast, now, signed_in, night):
    crew_of_asha(db, cast, now)
    signed_in("asha").post("/api/devices", json={"name": "New phone"})
    page = text(signed_in("cora"), f"{night}/close")
    assert "New phone Crew 1, nothing sent, set up at 21:40 on 5 December 2020" in page


def test_only_what_may_be_of_this_night_waits_in_its_way(cast, clock, signed_in, night):
    cora = signed_in("cora")
    before = text(cora, f"{night}/close")
    assert "Set aside Done Nothing that may be of this night waits for a decision." in before
    assert "other nights" not in before
    assert send(signed_in("ben"), clock, of_tonight(cast)) == ["set-aside"]
    page = text(cora, f"{night}/close")
    assert "Set aside Not finished 1 to decide about" in page
    assert "outstanding, which is kept with the closing: 1 record set aside." in page


def test_what_was_set_aside_of_another_night_is_told_and_stands_in_nobodys_way(
    cast, clock, signed_in, night
):
    record = visit(cast.asha.officer_id) | {"captured_at": "2020-11-28T21:38:03Z"}
    assert send(signed_in("ben"), clock, record) == ["set-aside"]
    cora = signed_in("cora")
    page = text(cora, f"{night}/close")
    assert "Set aside Done Nothing that may be of this night waits for a decision." in page
    assert "in the way of this one. 1 to decide about Records of other nights" in page
    assert "It is closed with this outstanding" not in page
    cora.post(f"{night}/close", data={"words": ""})
    assert "outstanding" not in text(cora, f"{night}/close")


def test_it_is_closed_as_at_with_a_statement(cast, clock, signed_in, night):
    send(signed_in("asha"), clock, of_tonight(cast))
    browser = signed_in("cora")
    answer = browser.post(f"{night}/close", data={"words": "Quiet after one."})
    assert answer.location == night
    assert "Closed as at 21:40 on 5 December 2020 by Cora Hale." in text(browser, night)
    page = text(browser, f"{night}/close")
    assert "by Cora Hale, 1 entry, “Quiet after one.”" in page
    assert "Open it again" in page
    viewer = text(signed_in("vic"), night)
    assert "Closed as at 21:40 on 5 December 2020" in viewer
    assert "Cora Hale" not in viewer


def test_a_closed_night_is_nowhere_said_to_be_under_way(cast, signed_in, night):
    browser = signed_in("cora")
    assert "Under way" in text(browser, night)
    assert "Under way, 18:00 to 03:00. Watch live" in text(browser, "/nights")
    browser.post(f"{night}/close", data={})
    assert "Under way" not in text(browser, night)
    assert "Closed, 18:00 to 03:00. Map and crews" in text(browser, "/nights")
    assert f'href="{night}/close">Closed</a>' in browser.get(f"{night}/live").text


def test_late_entries_come_in_and_are_marked(cast, clock, signed_in, night):
    officer, browser = signed_in("asha"), signed_in("cora")
    early = of_tonight(cast)
    send(officer, clock, early)
    browser.post(f"{night}/close", data={})
    assert "came after" not in text(browser, night)
    # To the second: the clock of the server stands still.
    late = [of_tonight(cast, "The Crown"), of_tonight(cast, "The Mitre")]
    assert send(officer, clock, *late) == ["stored", "stored"]
    page = text(browser, night)
    assert "by Cora Hale; 2 entries came after." in page
    assert page.count(" Late ") == 2
    assert "3 visits" in page
    assert text(browser, f"/entries?deployment={cast.deployment}").count(" Late ") == 2
    assert "when its night was closed already" in text(browser, f"/entries/{late[0]['id']}")
    assert f"/exports/new?deployment={cast.deployment}" in browser.get(f"{night}/close").text


def test_what_was_changed_after_is_told_apart(cast, clock, signed_in, night):
    officer, browser = signed_in("asha"), signed_in("cora")
    early = of_tonight(cast)
    send(officer, clock, early)
    browser.post(f"{night}/close", data={})
    struck = {"reason": "logged twice", "seen_version": "1"}
    officer.post(f"/entries/{early['id']}/strike", data=struck)
    assert "1 was changed after" in text(browser, night)


def test_it_is_closed_once_and_opened_again_with_a_reason(clock, signed_in, night):
    browser = signed_in("cora")
    assert browser.post(f"{night}/reopen", data={"reason": "x"}).status_code == 409
    browser.post(f"{night}/close", data={})
    again = browser.post(f"{night}/close", data={})
    assert again.status_code == 409
    assert "closed this night already" in again.text
    assert "Say why" in browser.post(f"{night}/reopen", data={"reason": " "}).text
    assert browser.post(f"{night}/reopen", data={"reason": "a crew is out"}).status_code == 303
    assert "Closed as at" not in text(browser, night)
    page = text(browser, f"{night}/close")
    assert "by Cora Hale, 0 entries, “a crew is out”" in page
    assert "Close it as at now" in page


def test_an_officer_completes_in_one_tap(cast, clock, signed_in):
    browser = signed_in("asha")
    record = of_tonight(cast, minutes="not recorded")
    send(browser, clock, record)
    amend = f"/entries/{record['id']}/amend#minutes-0"
    for page in ("/tonight", "/entries/mine"):
        assert f'href="{amend}">Add the time' in browser.get(page).text
    (entry,) = browser.get("/api/briefing").json["entries"]
    assert entry["add"] == {
        "words": "Add the time",
        "href": f"/phone/amend/premises-visit/{record['id']}#minutes-0",
    }
    assert 'id="minutes-0"' in browser.get(amend.removesuffix("#minutes-0")).text


def test_nothing_is_asked_of_an_entry_that_is_complete(cast, clock, signed_in):
    browser = signed_in("asha")
    send(browser, clock, of_tonight(cast))
    assert "Add the" not in browser.get("/tonight").text
    assert browser.get("/api/briefing").json["entries"][0]["add"] is None

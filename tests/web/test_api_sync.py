"""Sending from a phone: every record is answered on its own, and none is lost or doubled."""

import json

from fieldlog.services.read_entries import versions_of
from tests.phones import amendment, batch, strike, tap, undo, visit


def send(browser, *records, **more):
    answer = browser.post("/api/sync", json=batch(*records, **more))
    assert answer.status_code == 200, answer.get_data(as_text=True)
    assert len(answer.json["answers"]) == len(records)
    return answer.json["answers"]


def states(answers):
    return [answer["state"] for answer in answers]


def test_it_stores_what_a_form_said(db, cast, signed_in):
    record = visit(cast.asha.officer_id)
    (answer,) = send(signed_in("asha"), record)
    assert answer == {
        "id": record["id"],
        "state": "stored",
        "problems": [],
        "received_at": "2020-12-05T21:40:00Z",
    }
    (line,) = versions_of(db, record["id"])
    assert (line.premises, line.action_code, line.minutes) == ("The Lamp", "advice_given", 15)
    assert dict(line.counts) == {"spoken_to": 3}
    assert line.happened_at.isoformat() == "2020-12-05T21:37:00+00:00"
    assert line.captured_at.isoformat() == "2020-12-05T21:38:03+00:00"
    assert line.officer == "Asha Reed"


def test_the_same_record_again_is_already_stored(db, cast, signed_in):
    record, browser = visit(cast.asha.officer_id), signed_in("asha")
    assert states(send(browser, record, record)) == ["stored", "already-stored"]
    assert states(send(browser, record)) == ["already-stored"]
    assert len(versions_of(db, record["id"])) == 1


def test_changes_go_the_same_way_in_whatever_order_they_come(db, cast, signed_in):
    one, two = visit(cast.asha.officer_id), visit(cast.asha.officer_id, place="The Crown")
    more, one_tap = amendment(one, minutes="30"), tap(cast.asha.officer_id)
    answers = send(signed_in("asha"), undo(one_tap), more, strike(two), one_tap, two, one)
    assert states(answers) == ["stored"] * 6
    assert [line.minutes for line in versions_of(db, one["id"])] == [15, 30]
    assert [line.struck for line in versions_of(db, two["id"])] == [False, True]
    assert [line.struck for line in versions_of(db, one_tap["id"])] == [False, True]


def test_a_change_waits_for_the_entry_it_changes(db, cast, signed_in):
    record = visit(cast.asha.officer_id)
    late, browser = amendment(record), signed_in("asha")
    (answer,) = send(browser, late)
    assert answer["state"] == "waiting"
    assert answer["problems"][0]["message"].startswith("What this changes has not arrived")
    assert states(send(browser, record, late)) == ["stored", "stored"]


def test_a_rejected_record_says_why_beside_its_field_and_blocks_no_other(db, cast, signed_in):
    good = visit(cast.asha.officer_id)
    bad = visit(cast.asha.officer_id, place="", minutes="other", minutes_other="soon")
    worse = visit(cast.asha.officer_id, action="dance", happened_time="23:59", count_warned="-1")
    answers = send(signed_in("asha"), bad, good, worse)
    assert states(answers) == ["rejected", "stored", "rejected"]
    problems = {one["field"]: one["message"] for one in answers[0]["problems"]}
    assert problems["place"] == "Choose the premises, or type its name."
    assert problems["minutes_other"].startswith("Time taken must be a whole number of minutes")
    assert {one["field"] for one in answers[2]["problems"]} == {"action", "count_warned"}
    mended = bad | {"fields": good["fields"]}
    assert states(send(signed_in("asha"), mended)) == ["stored"]


def test_nothing_of_one_record_is_read_into_the_next(db, cast, signed_in):
    full = visit(cast.asha.officer_id, notes="door staff", minutes="30", count_spoken_to="9")
    wrong = visit(cast.asha.officer_id, minutes="other", minutes_other="ages")
    bare = visit(cast.asha.officer_id, "The Mitre", count_spoken_to="", action="", minutes="")
    del bare["fields"]["notes"]
    assert states(send(signed_in("asha"), full, wrong, bare)) == ["stored", "rejected", "stored"]
    (line,) = versions_of(db, bare["id"])
    assert (line.premises, line.action_code, line.minutes) == ("The Mitre", None, None)
    assert (line.notes, dict(line.counts)) == ("", {})


def test_other_content_under_the_same_id_is_a_conflict_and_both_are_kept(db, cast, signed_in):
    record, browser = visit(cast.asha.officer_id), signed_in("asha")
    other = record | {"fields": record["fields"] | {"minutes": "60"}}
    assert states(send(browser, record, other, other)) == ["stored", "conflict", "conflict"]
    (line,) = versions_of(db, record["id"])
    assert line.minutes == 15
    ((reason, body),) = db.execute("SELECT reason, body FROM set_aside").fetchall()
    assert (reason, json.loads(body)) == ("conflict", other)


def test_an_amendment_of_an_older_version_is_a_conflict(db, cast, signed_in):
    record, browser = visit(cast.asha.officer_id), signed_in("asha")
    send(browser, record, amendment(record, minutes="30"))
    late = amendment(record, minutes="45")
    built_on_it = amendment(record, minutes="90") | {"after": late["id"]}
    assert states(send(browser, late, built_on_it)) == ["conflict", "conflict"]
    assert [line.minutes for line in versions_of(db, record["id"])] == [15, 30]


def test_a_change_can_name_the_unsent_one_it_was_made_on_top_of(db, cast, signed_in):
    record = visit(cast.asha.officer_id)
    first = amendment(record, minutes="30") | {"after": record["id"]}
    second = amendment(record, seen_version=7, minutes="45") | {"after": first["id"]}
    assert states(send(signed_in("asha"), second, first, record)) == ["stored"] * 3
    assert [line.minutes for line in versions_of(db, record["id"])] == [15, 30, 45]


def test_another_officers_record_is_set_aside(db, cast, signed_in):
    record = visit(cast.ben.officer_id)
    (answer,) = send(signed_in("asha"), record)
    assert answer["state"] == "set-aside"
    assert versions_of(db, record["id"]) == []
    row = db.execute("SELECT reason, officer_id, delivered_by FROM set_aside").fetchone()
    assert row == ("other-officer", cast.ben.officer_id, cast.asha.officer_id)

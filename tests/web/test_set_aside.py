"""What was set aside waits for a person: accepted with a reason, or refused with one."""

import io
import json

import pytest

from fieldlog.services.check_integrity import check_integrity
from fieldlog.services.open_sealed import sealing_key
from fieldlog.services.read_entries import versions_of
from tests.phones import amendment, an_id, batch, sealed, strike, tap, undo, visit


def send(browser, *records):
    answers = browser.post("/api/sync", json=batch(*records)).json["answers"]
    return [answer["state"] for answer in answers]


def newest(db):
    return db.execute("SELECT max(id) FROM set_aside").fetchone()[0]


@pytest.fixture
def bens(db, cast, signed_in):
    """A visit of Ben's that came under Asha's name, and its number among what is set aside."""
    record = visit(cast.ben.officer_id)
    assert send(signed_in("asha"), record) == ["set-aside"]
    return record, newest(db)


def decide(browser, number, how, reason="confirmed by telephone"):
    return browser.post(
        f"/set-aside/{number}/{how}", data={"reason": reason}, follow_redirects=True
    )


def test_the_list_says_whose_it_is_and_why_it_is_there(bens, signed_in):
    cora = signed_in("cora")
    page = cora.get("/set-aside").get_data(as_text=True)
    assert "Ben Cole" in page
    assert "Sent by another officer than the one who logged it" in page
    assert "1 record waits for your decision" in cora.get("/devices").get_data(as_text=True)
    page = cora.get(f"/set-aside/{bens[1]}").get_data(as_text=True)
    assert "The Lamp" in page
    assert "Advice given" in page


def test_accepting_records_it_as_the_officers_with_who_accepted_it_and_why(
    db, cast, bens, signed_in
):
    record, number = bens
    page = decide(signed_in("cora"), number, "accept").get_data(as_text=True)
    assert "Accepted by Cora Hale" in page
    assert "Reason: confirmed by telephone." in page
    (line,) = versions_of(db, record["id"])
    assert (line.officer, line.recorded_by, line.where) == ("Ben Cole", "Cora Hale", "The Lamp")
    assert send(signed_in("ben"), record) == ["already-stored"]
    again = decide(signed_in("cora"), number, "accept").get_data(as_text=True)
    assert "Somebody decided about it a moment ago." in again
    assert len(versions_of(db, record["id"])) == 1


def test_what_its_phone_put_after_its_arrival_happened_when_it_arrived(db, cast, clock, signed_in):
    record = visit(cast.ben.officer_id) | {"captured_at": "2020-12-08T22:40:03Z"}
    record["fields"]["opened_at"] = "2020-12-08T22:39:00Z"
    assert send(signed_in("asha"), record) == ["set-aside"]
    arrived_at = clock.now
    clock.move_on(days=5)
    decide(signed_in("cora"), newest(db), "accept")
    (line,) = versions_of(db, record["id"])
    assert line.happened_at == arrived_at


def test_refusing_records_nothing_and_keeps_it_to_be_read(db, bens, signed_in):
    record, number = bens
    page = decide(signed_in("cora"), number, "refuse", "a test").get_data(as_text=True)
    assert "Refused. It stays here to be read" in page
    assert versions_of(db, record["id"]) == []
    page = signed_in("cora").get(f"/set-aside/{number}").get_data(as_text=True)
    assert "a test" in page
    assert "The Lamp" in page
    assert send(signed_in("asha"), record) == ["set-aside"]
    assert newest(db) == number


@pytest.mark.parametrize("how", ["accept", "refuse"])
def test_a_decision_has_a_reason(db, bens, signed_in, how):
    answer = decide(signed_in("cora"), bens[1], how, "  ")
    assert answer.status_code == 422
    assert "Say why, for example “confirmed by telephone”." in answer.get_data(as_text=True)
    assert db.execute("SELECT decision FROM set_aside").fetchone() == (None,)


def test_accepting_a_conflict_makes_the_next_version(db, cast, signed_in):
    record, asha = visit(cast.asha.officer_id), signed_in("asha")
    other = record | {"fields": record["fields"] | {"minutes": "45"}}
    assert send(asha, record, other) == ["stored", "conflict"]
    page = signed_in("cora").get(f"/set-aside/{newest(db)}").get_data(as_text=True)
    assert "Stored, version 1" in page
    assert "45 minutes" in page
    decide(signed_in("cora"), newest(db), "accept", "the later one is right")
    lines = versions_of(db, record["id"])
    assert [line.minutes for line in lines] == [15, 45]
    assert (lines[1].reason, lines[1].recorded_by) == ("the later one is right", "Cora Hale")


def test_accepting_an_amendment_that_came_too_late_puts_it_on_top(db, cast, signed_in):
    record, asha = visit(cast.asha.officer_id), signed_in("asha")
    late = amendment(record, minutes="60")
    assert send(asha, record, amendment(record, minutes="30")) == ["stored", "stored"]
    assert send(asha, late) == ["conflict"]
    decide(signed_in("cora"), newest(db), "accept")
    assert [line.minutes for line in versions_of(db, record["id"])] == [15, 30, 60]
    assert send(asha, late) == ["already-stored"]


def test_every_type_of_record_can_be_accepted(db, cast, signed_in):
    entry, one_tap = visit(cast.ben.officer_id), tap(cast.ben.officer_id, measure="warned")
    struck = visit(cast.ben.officer_id, place="The Crown")
    changes = [amendment(entry, minutes="30"), strike(struck), undo(one_tap)]
    asha, cora = signed_in("asha"), signed_in("cora")
    for record in (entry, one_tap, struck, *changes):
        assert send(asha, record) == ["set-aside"]
        assert cora.get(f"/set-aside/{newest(db)}").status_code == 200
        answer = decide(cora, newest(db), "accept")
        assert "Accepted by Cora Hale" in answer.get_data(as_text=True), record["type"]
    assert [line.minutes for line in versions_of(db, entry["id"])] == [15, 30]
    assert [line.struck for line in versions_of(db, struck["id"])] == [False, True]
    assert [line.struck for line in versions_of(db, one_tap["id"])] == [False, True]
    assert [one for one in check_integrity(db) if one.problems] == []


def test_what_the_rules_refuse_cannot_be_accepted_and_says_why(db, cast, signed_in):
    bad = visit(cast.ben.officer_id, place="", action="dance")
    send(signed_in("asha"), bad)
    page = signed_in("cora").get(f"/set-aside/{newest(db)}").get_data(as_text=True)
    assert "It cannot be recorded as it is:" in page
    assert ">Accept<" not in page
    answer = decide(signed_in("cora"), newest(db), "accept")
    assert answer.status_code == 422
    assert "Choose the premises, or type its name." in answer.get_data(as_text=True)
    assert versions_of(db, bad["id"]) == []


def test_the_page_carries_the_marking_of_what_it_shows(db, cast, signed_in):
    send(signed_in("asha"), visit(cast.ben.officer_id, marking="official_sensitive"))
    page = signed_in("cora").get(f"/set-aside/{newest(db)}").get_data(as_text=True)
    assert page.count("OFFICIAL-SENSITIVE") >= 3


def test_a_change_whose_entry_never_came_cannot_be_accepted(db, cast, signed_in):
    send(signed_in("asha"), amendment(visit(cast.ben.officer_id)))
    assert signed_in("cora").get(f"/set-aside/{newest(db)}").status_code == 200
    answer = decide(signed_in("cora"), newest(db), "accept")
    assert "The entry that it changes has not arrived." in answer.get_data(as_text=True)


def test_a_broken_seal_can_only_be_refused(db, cast, instance, signed_in):
    record = visit(cast.asha.officer_id)
    broken = sealed(record, sealing_key(instance).public) | {"id": an_id()}
    assert send(signed_in("asha"), broken) == ["set-aside"]
    page = signed_in("cora").get(f"/set-aside/{newest(db)}").get_data(as_text=True)
    assert "nobody can read it here" in page
    assert ">Accept<" not in page
    assert decide(signed_in("cora"), newest(db), "accept").status_code == 422
    assert "Refused." in decide(signed_in("cora"), newest(db), "refuse").get_data(as_text=True)


def test_what_names_nobody_can_only_be_refused(db, cast, signed_in):
    assert send(signed_in("asha"), visit(4711)) == ["set-aside"]
    assert "Nobody known" in signed_in("cora").get("/set-aside").get_data(as_text=True)
    assert signed_in("cora").get(f"/set-aside/{newest(db)}").status_code == 200
    answer = decide(signed_in("cora"), newest(db), "accept")
    assert "names an officer whom nobody knows" in answer.get_data(as_text=True)


def test_what_is_not_there_is_not_found(signed_in):
    assert signed_in("cora").get("/set-aside/9").status_code == 404
    assert decide(signed_in("cora"), 9, "accept").status_code == 404


def export(*records, **more):
    whole = {"format": "fieldlog unsent v1", "made_at": "2020-12-05T22:00:00Z", **more}
    return json.dumps(whole | {"records": list(records)}).encode()


def bring(browser, content):
    data = {"file": (io.BytesIO(content), "fieldlog-unsent.json")}
    return browser.post("/unsent/import", data=data)


def test_the_file_of_a_phone_is_imported_without_doubling_anything(db, cast, instance, signed_in):
    arrived, left = visit(cast.asha.officer_id), visit(cast.asha.officer_id, place="The Crown")
    more = amendment(left, minutes="30")
    send(signed_in("asha"), arrived)
    key = sealing_key(instance).public
    content = export(*(sealed(one, key) for one in (more, arrived, left)))
    page = bring(signed_in("cora"), content).get_data(as_text=True)
    assert "3 records in the file" in page
    assert "2 recorded" in page
    assert "1 had arrived already" in page
    lines = versions_of(db, left["id"])
    assert [line.minutes for line in lines] == [15, 30]
    assert (lines[0].officer, lines[0].recorded_by) == ("Asha Reed", "Cora Hale")
    assert "3 had arrived already" in bring(signed_in("cora"), content).get_data(as_text=True)
    assert len(versions_of(db, left["id"])) == 2
    assert send(signed_in("asha"), left, more) == ["already-stored", "already-stored"]


def test_what_of_a_file_cannot_be_recorded_is_set_aside(db, cast, signed_in):
    bad, unknown = visit(cast.asha.officer_id, place=""), visit(4711)
    waiting = amendment(visit(cast.asha.officer_id))
    content = export(bad, unknown, waiting, {"id": "x"})
    page = bring(signed_in("cora"), content).get_data(as_text=True)
    assert "3 set aside for your decision" in page
    assert "Number 4 is no record:" in page
    bring(signed_in("cora"), content)
    assert db.execute("SELECT count(*) FROM set_aside").fetchone() == (3,)


@pytest.mark.parametrize(
    "content", [b"", b"hello", b"{}", b"[]", b'{"format": "fieldlog unsent v1", "records": 7}']
)
def test_another_file_is_refused_in_words(signed_in, content):
    answer = bring(signed_in("cora"), content)
    assert answer.status_code == 422
    if b"unsent v1" in content:
        assert "The file has no list of records" in answer.text
    else:
        assert "Choose the one whose name begins with fieldlog-unsent." in answer.text


def test_a_file_that_was_cut_off_is_asked_for_again(cast, signed_in):
    whole = export(visit(cast.asha.officer_id))
    answer = bring(signed_in("cora"), whole[:-20])
    assert answer.status_code == 422
    assert "export it there once more" in answer.text


def test_a_file_has_to_be_chosen(signed_in):
    answer = signed_in("cora").post("/unsent/import", data={})
    assert "Choose the file that was exported on the phone." in answer.get_data(as_text=True)

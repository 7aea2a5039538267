"""What came in a file and the rules refuse is mended by the coordinator; what was typed stays."""

import io
import json

import pytest

from fieldlog.core.retention import Retained
from fieldlog.services.check_integrity import check_integrity
from fieldlog.services.hold_record import place_hold
from fieldlog.services.read_entries import versions_of
from tests.phones import batch, tap, visit
from tests.services.retaining import due, lies_in_the_file, remove, wrong


def imported(browser, *records):
    """Import records as the file that a phone gives out."""
    whole = {"format": "fieldlog unsent v1", "records": list(records)}
    file = (io.BytesIO(json.dumps(whole).encode()), "fieldlog-unsent.json")
    answer = browser.post("/unsent/import", data={"file": file}, follow_redirects=True)
    assert answer.status_code == 200


def newest(db):
    return db.execute("SELECT max(id) FROM set_aside").fetchone()[0]


@pytest.fixture
def refused(db, cast, signed_in):
    """A visit of Asha’s with a time that cannot be read, and the address where it waits."""
    record = visit(cast.asha.officer_id, minutes="other", minutes_other="many")
    imported(signed_in("cora"), record)
    return record, f"/set-aside/{newest(db)}"


def test_its_form_says_what_was_typed_and_what_is_wrong(refused, signed_in):
    cora = signed_in("cora")
    assert f"{refused[1]}/mend" in cora.get(refused[1]).get_data(as_text=True)
    page = cora.get(f"{refused[1]}/mend").get_data(as_text=True)
    assert "This is what Asha Reed typed." in page
    assert 'value="many"' in page
    assert "whole number of minutes" in page
    assert "Why it is mended" in page


def test_it_is_recorded_as_the_officers_and_what_they_typed_stays(db, refused, signed_in):
    record, address = refused
    cora = signed_in("cora")
    mended = record["fields"] | {"minutes_other": "20", "reason": "confirmed by telephone"}
    answer = cora.post(f"{address}/mend", data=mended)
    assert answer.location == f"/entries/{record['id']}"
    (line,) = versions_of(db, record["id"])
    assert (line.officer, line.recorded_by, line.minutes) == ("Asha Reed", "Cora Hale", 20)
    said = "confirmed by telephone. Mended: Other time “many” is now “20”."
    assert said in cora.get(f"/entries/{record['id']}").get_data(as_text=True)
    page = cora.get(address).get_data(as_text=True)
    assert said in page
    assert "many" in page.replace(said, "")
    body = db.execute("SELECT body FROM set_aside").fetchone()[0]
    assert json.loads(body)["fields"]["minutes_other"] == "many"
    # The phone that comes back with it is told that it is there.
    answers = signed_in("asha").post("/api/sync", json=batch(record)).json["answers"]
    assert [one["state"] for one in answers] in (["already-stored"], ["set-aside"])
    assert len(versions_of(db, record["id"])) == 1
    assert [one for one in check_integrity(db) if one.problems] == []
    again = cora.post(f"{address}/mend", data=mended, follow_redirects=True)
    assert "Somebody decided about it a moment ago." in again.get_data(as_text=True)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"minutes_other": "20"}, "Say why, for example “confirmed by telephone”."),
        ({"reason": "by telephone"}, "whole number of minutes"),
    ],
)
def test_what_is_still_wrong_stands_beside_its_field(db, refused, signed_in, said, told):
    record, address = refused
    answer = signed_in("cora").post(f"{address}/mend", data=record["fields"] | said)
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert told in page
    assert "This is what Asha Reed typed." in page
    assert versions_of(db, record["id"]) == []


def test_what_is_no_form_cannot_be_mended(db, cast, signed_in):
    cora = signed_in("cora")
    imported(cora, tap(cast.asha.officer_id, measure="nothing"))
    assert "Mend it" not in cora.get(f"/set-aside/{newest(db)}").get_data(as_text=True)
    assert cora.get(f"/set-aside/{newest(db)}/mend").status_code == 404


def test_what_was_typed_goes_from_the_decision_too_once_it_is_removed(
    db, cast, instance, clock, refused, signed_in
):
    record, address = refused
    cora = signed_in("cora")
    said = {"minutes_other": "20", "reason": "confirmed by telephone"}
    cora.post(f"{address}/mend", data=record["fields"] | said)
    clock.move_on(days=2 * 366)
    assert lies_in_the_file(db, instance, "many")
    remove(db, cast, Retained.SET_ASIDE, clock.now)
    assert not lies_in_the_file(db, instance, "many")
    page = signed_in("cora").get(address).get_data(as_text=True)
    assert "What the phone sent was removed on" in page
    assert "confirmed by telephone" in page
    assert wrong(db) == []


@pytest.mark.parametrize("what", ["set_aside", "entry", "night"])
def test_a_hold_on_a_record_or_its_entry_keeps_what_was_typed(
    db, cast, clock, refused, signed_in, what
):
    record, address = refused
    said = {"minutes_other": "20", "reason": "by telephone", "deployment": str(cast.deployment)}
    signed_in("cora").post(f"{address}/mend", data=record["fields"] | said)
    refs = {"set_aside": newest(db), "entry": record["id"], "night": cast.deployment}
    by = cast.cora.officer_id
    place_hold(db, what, str(refs[what]), "complaint", by=by, now=clock.now)
    assert "is held: complaint" in signed_in("cora").get(address).get_data(as_text=True)
    clock.move_on(days=2 * 366)
    found = due(db, Retained.SET_ASIDE, clock.now)
    assert (found.total, len(found.held)) == (0, 1)

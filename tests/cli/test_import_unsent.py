"""`fieldlog import unsent`: the file of a phone that could not send by itself."""

import json

import pytest

from fieldlog.services.open_sealed import sealing_key
from fieldlog.services.read_entries import versions_of
from fieldlog.store.photos import photos_of
from tests.phones import sealed, visit
from tests.pictures import photo_record


@pytest.fixture
def file(tmp_path):
    """Writes records as a phone exports them."""

    def write(*records):
        path = tmp_path / "fieldlog-unsent-2020-12-05.json"
        whole = {"format": "fieldlog unsent v1", "made_at": "2020-12-05T21:40:00Z"}
        path.write_text(json.dumps(whole | {"records": records}))
        return path

    return write


def test_it_records_what_had_not_arrived_and_adds_nothing_twice(db, cast, instance, file, fieldlog):
    key = sealing_key(instance).public
    records = [visit(cast.asha.officer_id), visit(cast.ben.officer_id), visit(4711)]
    path = file(*(sealed(record, key) for record in records))
    ran = fieldlog("import", "unsent", path)
    assert ran.status == 0
    assert ran.out.splitlines() == [
        "fieldlog-unsent-2020-12-05.json: 3 records",
        "  2 recorded",
        "  1 set aside for a coordinator's decision",
    ]
    (line,) = versions_of(db, records[1]["id"])
    assert (line.officer, line.recorded_by) == ("Ben Cole", "")
    again = fieldlog("import", "unsent", path)
    assert "2 had arrived already" in again.out
    assert len(versions_of(db, records[0]["id"])) == 1


def test_it_records_photos_with_their_entries(db, cast, instance, file, fieldlog):
    key, entry = sealing_key(instance).public, visit(cast.asha.officer_id)
    photos = [photo_record(entry, place) for place in (1, 2)]
    ran = fieldlog("import", "unsent", file(*(sealed(one, key) for one in [*photos, entry])))
    assert "  3 recorded" in ran.out.splitlines()
    assert [one.position for one in photos_of(db, entry["id"])] == [1, 2]


def test_what_is_no_record_is_named_and_the_status_is_1(cast, file, fieldlog):
    ran = fieldlog("import", "unsent", file(visit(cast.asha.officer_id), {"id": "x"}))
    assert ran.status == 1
    assert "1 recorded" in ran.out
    assert "number 2 is no record" in ran.out
    assert "1 of 2 not kept. Keep the file." in ran.err


def test_another_file_is_refused_in_one_line(db, tmp_path, fieldlog):
    other = tmp_path / "other.json"
    other.write_text("{}")
    ran = fieldlog("import", "unsent", other)
    assert (ran.status, ran.out) == (1, "")
    assert "not a file that fieldlog exported on a phone" in ran.err

"""The log and the tallies as CSV: for Excel made harmless, for programs raw."""

import csv

import pytest

from fieldlog.core.question import Filter, Question
from fieldlog.services import export_csv
from fieldlog.services.count_tally import count_tally
from fieldlog.services.export_csv import export_log_csv, tally_as_csv
from fieldlog.services.record_entry import record_entry
from fieldlog.services.write_whole import ExportFailed
from tests.services.one_night import said


@pytest.fixture(autouse=True)
def night(db, cast, now):
    for number, note in enumerate(["=1+1", "Café", ""]):
        entry = said(cast, place=f"Place {number}", notes=note, minutes=15 * number or None)
        record_entry(db, entry, by=cast.asha.officer_id, now=now)


def rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_log_is_one_row_for_each_entry(db, cast, now, tmp_path):
    made = export_log_csv(db, Filter(), tmp_path / "log.csv", by=cast.cora, now=now)
    assert made.entries == 3
    assert [row["Notes"] for row in rows(made.path)] == ["'=1+1", "Café", ""]
    assert made.path.read_bytes().startswith(b"\xef\xbb\xbf")


def test_raw_is_left_as_it_is(db, cast, now, tmp_path):
    made = export_log_csv(db, Filter(), tmp_path / "log.csv", by=cast.cora, now=now, raw=True)
    assert [row["Notes"] for row in rows(made.path)] == ["=1+1", "Café", ""]
    assert made.path.read_bytes().startswith(b"Counted,")


def test_the_audit_says_who_took_it_out(db, cast, now, tmp_path):
    export_log_csv(db, Filter(), tmp_path / "log.csv", by=cast.cora, now=now)
    assert db.execute("SELECT act, officer_id, about FROM audit").fetchall() == [
        (
            "export log as CSV",
            cast.cora.officer_id,
            "All operations, all nights; OFFICIAL; 3 entries, 0 struck",
        )
    ]


def test_a_log_that_lost_an_entry_is_not_written(db, cast, now, tmp_path, monkeypatch):
    monkeypatch.setattr(export_csv.log, "find_lines", lambda *_, **__: iter(()))
    with pytest.raises(ExportFailed, match="should have 3 entries, but 0 were found"):
        export_log_csv(db, Filter(), tmp_path / "log.csv", by=cast.cora, now=now)
    assert list(tmp_path.glob("*.csv")) == []


def test_a_tally_is_the_table_on_the_screen(db):
    table = count_tally(db, Question("time", "kind"))
    lines = tally_as_csv(table).decode("utf-8-sig").splitlines()
    assert lines == [
        "Time taken,Encounter,Grand Total",
        "15,1,1",
        "30,1,1",
        "(blank),1,1",
        "Grand Total,3,3",
    ]
    assert tally_as_csv(table, raw=True).startswith(b"Time taken,")

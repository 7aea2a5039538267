"""The export commands write the same figures that the tally command prints."""

import csv
import hashlib
import json

import pytest
from openpyxl import load_workbook

from tests.spreadsheets import import_rows, row


@pytest.fixture
def night(db, tmp_path):
    import_rows(db, tmp_path, [row(), row(minutes="30"), row(notes="=2+2", minutes="")])
    return db


def test_the_workbook_of_a_night_is_written(night, fieldlog, tmp_path):
    out = tmp_path / "night.xlsx"
    ran = fieldlog("export", "night", "--night", "2020-12-05", "--out", out)
    assert (ran.status, ran.err) == (0, "")
    night_of = "All operations, night of Saturday 5 December 2020"
    assert ran.out == f"{night_of}: 3 entries, OFFICIAL, in {out}\n"
    assert "Log" in load_workbook(out).sheetnames


def test_one_entry_is_not_called_entries(db, fieldlog, tmp_path):
    import_rows(db, tmp_path, [row()])
    out = tmp_path / "night.xlsx"
    ran = fieldlog("export", "night", "--night", "2020-12-05", "--out", out)
    assert ": 1 entry, OFFICIAL, in " in ran.out


def test_the_workbook_of_one_operation_names_it(night, fieldlog, tmp_path):
    words = ("export", "night", "--night", "2020-12-05", "--operation", "op emblazen", "--out")
    ran = fieldlog(*words, tmp_path / "night.xlsx")
    assert ran.out.startswith("Op Emblazen, night of Saturday 5 December 2020: 3 entries")


def test_the_log_is_written_as_csv(night, fieldlog, tmp_path):
    out = tmp_path / "log.csv"
    ran = fieldlog("export", "log", "--operation", "Op Emblazen", "--out", out)
    assert ran.status == 0
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert sorted(each["Minutes"] for each in rows) == ["", "15", "30"]
    assert "'=2+2" in [each["Notes"] for each in rows]


def test_a_tally_is_written_as_csv(night, fieldlog, tmp_path):
    out = tmp_path / "tally.csv"
    ran = fieldlog("export", "tally", "--rows", "ward", "--columns", "kind", "--out", out)
    everything = "All operations, all nights, OFFICIAL"
    assert ran.out == f"Entries by ward and kind of entry: {everything}, in {out}\n"
    assert out.read_bytes().startswith(b"\xef\xbb\xbfWard,Premises visit,Grand Total\r\n")


def test_a_tally_is_written_as_a_workbook_and_as_json(night, fieldlog, tmp_path):
    words = ("export", "tally", "--rows", "action", "--columns", "time", "--out")
    book, data = tmp_path / "tally.xlsx", tmp_path / "tally.json"
    assert (fieldlog(*words, book).status, fieldlog(*words, data).status) == (0, 0)
    said = json.loads(data.read_text())
    cells = [
        [cell for cell in row if cell is not None] for row in load_workbook(book).active.values
    ]
    assert ["Grand Total", *said["column_totals"], said["grand_total"]] in cells
    assert said["grand_total"] == 3


def test_a_period_is_written_in_the_edition_and_format_asked_for(night, fieldlog, tmp_path):
    out = tmp_path / "december.csv"
    words = ("export", "period", "--from", "2020-12-01", "--to", "2020-12-31")
    ran = fieldlog(*words, "--edition", "committee", "--out", out)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("All operations, nights from 1 December 2020 to 31 December 2020: 3")
    assert "Headline figures,Entries,Value,3" in out.read_text(encoding="utf-8-sig")
    kept = night.execute("SELECT what, edition, format, sha256, number FROM exports").fetchone()
    sha256 = hashlib.sha256(out.read_bytes()).hexdigest()
    assert kept == ("night", "committee", "csv", sha256, None)


def test_what_is_issued_is_checked_when_it_comes_back(night, fieldlog, tmp_path):
    out = tmp_path / "committee.csv"
    words = ("issue", "make", "--night", "2020-12-05", "--out", out)
    ran = fieldlog(*words)
    assert ran.out.startswith("Fieldlog issue 1, version 1: All operations, night of Saturday")
    ran = fieldlog("export", "check", out)
    assert ran.status == 0
    assert "byte for byte what fieldlog, on the server handed out" in ran.out
    import_rows(night, tmp_path, [row(minutes="45")])
    ran = fieldlog("export", "check", out)
    assert ran.status == 1
    assert "  Entries counted: 3, now 4\n" in ran.out
    assert "  Hours recorded: 0.75, now 1.5\n" in fieldlog(*words).out
    assert fieldlog("issue", "list").out.startswith("Fieldlog issue 1, version 2  ")
    stranger = tmp_path / "stranger.csv"
    stranger.write_text("Entries,3\n")
    assert "is not one of ours" in fieldlog("export", "check", stranger).out


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        (["night", "--night", "2020-12-06", "--out", "n.xlsx"], 1, "There are: 2020-12-05."),
        (["night", "--night", "2020-12-05", "--out", "n.doc"], 2, "must end in .xlsx"),
        (["period", "--out", "n.ods", "--hide-small"], 2, "--hide-small is for"),
        (["period", "--from", "2020-12-06", "--to", "2020-12-05", "--out", "n.ods"], 2, "before"),
        (["night", "--out", "n.xlsx"], 2, "Missing option '--night'"),
        (["log", "--out", "l.xlsx"], 2, "must end in .csv"),
        (["log", "--out", "nowhere/l.csv"], 1, "There is no folder nowhere. Create it"),
        (["tally", "--out", "nowhere/l.csv"], 1, "There is no folder nowhere. Create it"),
    ],
)
def test_it_says_why_nothing_was_written(night, fieldlog, words, status, message):
    ran = fieldlog("export", *words)
    assert (ran.status, ran.out) == (status, "")
    assert message in ran.err

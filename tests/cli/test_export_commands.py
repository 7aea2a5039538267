"""The export commands write the same figures that the tally command prints."""

import csv

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
    assert ran.out == f"Entries by ward and kind of entry, in {out}\n"
    assert out.read_bytes().startswith(b"\xef\xbb\xbfWard,Premises visit,Grand Total\r\n")


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        (["night", "--night", "2020-12-06", "--out", "n.xlsx"], 1, "There are: 2020-12-05."),
        (["night", "--night", "2020-12-05", "--out", "n.csv"], 2, "must end in .xlsx"),
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

"""Rows that cannot be kept come back with row, column and reason, and spoil nothing."""

import errno
from functools import partial
from uuid import UUID

import pytest

from fieldlog.services.import_entries import ImportStopped, UnreadableSheet, import_entries
from fieldlog.services.importing import refused_file
from tests.spreadsheets import (
    NOW,
    import_rows,
    lines,
    read_csv,
    read_xlsx,
    row,
    stored,
    write_csv,
    write_xlsx,
)


@pytest.fixture
def importing(db, tmp_path):
    return partial(import_rows, db, tmp_path)


BAD = [
    ("happened_at", "", "It is blank"),
    ("happened_at", "2020-12-05", "has no time of day"),
    ("happened_at", "2020-13-05 21:40", "There is no such date"),
    ("happened_at", "2020-12-05 24:10", "There is no such date or time"),
    ("happened_at", "05/12/2020 21:40", "day first or month first"),
    ("happened_at", "yesterday", "Write it like 2020-12-05 21:40"),
    ("happened_at", "44170.9", "cannot be read"),
    ("happened_at", "0202-12-05 21:40", "cannot be the year"),
    ("happened_at", "2021-12-05 21:40", "is in the future"),
    ("night_of", "2020-12-05 18:00", "Write it like 2020-12-05"),
    ("night_of", "2020-02-30", "There is no such date"),
    ("kind", "inspection", "Use one of: Premises visit, Encounter"),
    ("action_taken", "Advise given", "“Advise given” is not an action in the list. Use one of"),
    ("minutes", "a while", "whole number of minutes"),
    ("minutes", "0.33 hrs", "whole number of minutes"),
    ("minutes", "-15", "whole number of minutes"),
    ("minutes", "1441", "whole number of minutes"),
    ("spoken_to", "several", "is not a whole number"),
    ("spoken_to", "2.5", "is not a whole number"),
    ("spoken_to", "-1", "cannot be less than 0"),
    ("spoken_to", "999999999999999", "cannot be more than 100,000"),
    ("spoken_to", "9" * 5000, "is not a whole number"),
    ("notes", "x" * 10_000, "at most 4,000 characters; this has 10,000"),
    ("notes", "bell \x07", "is not text"),
    ("premises", "x" * 201, "at most 200 characters"),
    ("premises", "#N/A", "error of the spreadsheet"),
    ("notes", "#NAME?", "error of the spreadsheet"),
    ("operation", "x" * 101, "at most 100 characters"),
    ("officer", "Asha\x1b[31m", "is not text"),
    ("four_e", "Enlist", "is not one of the four Es"),
    ("marking", "SECRET", "is not a marking"),
    ("id", "row 7", "is not an id"),
]


@pytest.mark.parametrize(("column", "text", "words"), BAD, ids=[f"{c}-{w[:9]}" for c, _, w in BAD])
def test_it_refuses_with_column_and_reason_and_makes_nothing(db, importing, column, text, words):
    report = importing([row(**{column: text})])
    (refused,) = report.refused
    assert refused.number == 2
    assert [(name, words in why) for name, why in refused.problems] == [(column, True)]
    assert (lines(db), report.created) == ([], {})
    for table in ("operations", "deployments", "agencies", "officers", "premises", "wards"):
        assert db.table(table).count == 0, table


def test_a_time_must_belong_to_its_night(importing):
    (refused,) = importing([row(night_of="2020-12-09")]).refused
    ((column, why),) = refused.problems
    assert column == "happened_at"
    assert why.startswith("21:40 on 5 December 2020 does not belong to the night of 9 December")


def test_a_premises_visit_needs_its_premises(importing):
    (refused,) = importing([row(premises="")]).refused
    assert refused.problems == (("premises", "Choose the premises, or type its name."),)


def test_everything_wrong_with_a_row_is_said_at_once(importing):
    (refused,) = importing([row(minutes="a while", kind="raid", spoken_to="many")]).refused
    assert {column for column, _ in refused.problems} == {"minutes", "kind", "spoken_to"}


def test_columns_are_named_as_they_are_headed(importing):
    (refused,) = importing([["x", "y"]], header=["Happened at", "People Spoken To"]).refused
    assert [column for column, _ in refused.problems] == ["Happened at", "People Spoken To"]


def test_good_rows_around_a_bad_one_are_kept(db, importing):
    report = importing([row(), row(kind="raid"), row(minutes="30"), row(premises=""), row()])
    assert report.counts["stored"] == 3
    assert [refused.number for refused in report.refused] == [3, 5]


def test_cells_beyond_the_headings_are_refused_not_dropped(importing):
    (refused,) = importing(
        [["2020-12-05 21:40", "Queue", " then left"]], header=["happened_at", "notes"]
    ).refused
    assert refused.problems[0][0] == "column C"
    assert "needs quotation marks" in refused.problems[0][1]


@pytest.mark.parametrize(("write", "read"), [(write_csv, read_csv), (write_xlsx, read_xlsx)])
def test_refused_rows_are_written_beside_the_file_as_they_were(importing, tmp_path, write, read):
    bad = row(minutes="a while", notes='=1+1, "twice"\nand again') | {"weather": "rain"}
    report = importing([row(), bad], write, header=list(bad))
    assert report.refused_file == tmp_path / f"night-refused{report.refused_file.suffix}"
    (written,) = read(report.refused_file)
    assert int(written.pop("refused_row")) == 3
    assert written.pop("refused_because").startswith("minutes: “a while” cannot be read.")
    assert UUID(written.pop("id"))
    assert list(written) == list(bad)
    dates = {"happened_at", "night_of"}
    assert {name: str(written[name]) for name in bad if name not in dates} == {
        name: cell for name, cell in bad.items() if name not in dates
    }
    assert all(str(written[name]).startswith(bad[name]) for name in dates)


def test_a_workbook_of_refused_rows_can_be_imported_once_mended(db, importing):
    report = importing([row(spoken_to=-3)], write_xlsx)
    (written,) = read_xlsx(report.refused_file)
    again = importing([written | {"spoken_to": 3}], write_xlsx, name="mended")
    assert (again.counts["stored"], again.ignored) == (1, ())
    assert [line.id for line in lines(db)] == [written["id"]]


def test_nothing_refused_writes_no_file(importing, tmp_path):
    assert importing([row()]).refused_file is None
    assert [path.name for path in tmp_path.glob("*.csv")] == ["night.csv"]


def test_a_file_somebody_may_be_mending_is_never_overwritten(importing, tmp_path):
    first = importing([row(kind="raid")]).refused_file
    assert importing([row(kind="raid")]).refused_file == first
    first.write_text("half mended", encoding="utf-8")
    second = importing([row(kind="raid")]).refused_file
    assert (first.read_text(encoding="utf-8"), second.name) == (
        "half mended",
        "night-refused-2.csv",
    )


def test_refused_rows_of_refused_rows_do_not_pile_up_names(importing, tmp_path):
    first = importing([row(kind="raid"), row(minutes="x")]).refused_file
    rows = [each | {"kind": "other"} for each in read_csv(first)]
    second = importing(rows, name=first.stem + "-mended").refused_file
    third = importing(read_csv(second), name="night-refused-7")
    assert third.refused_file.name == "night-refused-2.csv"


def test_without_room_for_the_refused_file_good_rows_are_kept_and_it_says_so(
    db, importing, monkeypatch
):
    def full(file, content):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(refused_file, "_write_whole", full)
    report = importing([row(), row(kind="raid")])
    assert (report.refused_file, len(lines(db))) == (None, 1)
    assert report.refused_file_problem.startswith("No space left on device")


def test_a_full_disk_keeps_whole_batches_and_a_second_run_finishes(db, importing):
    rows = [
        row(happened_at=f"2020-12-05 {n // 60:02}:{n % 60:02}", notes="n" * 900)
        for n in range(1200)
    ]
    pages = db.execute("PRAGMA page_count").fetchone()[0]
    db.execute(f"PRAGMA max_page_count = {pages + 150}")
    with pytest.raises(
        ImportStopped, match=r"the disk is full. Of 1,200 rows the first (\d+) are done"
    ):
        importing(rows)
    kept = len(stored(db))
    assert kept % 250 == 0
    assert 0 < kept < 1200
    db.execute("PRAGMA max_page_count = 1000000")
    report = importing(rows)
    assert (report.counts["stored"], report.counts["stored already"]) == (1200 - kept, kept)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "This file is empty"),
        (b"\n\n", "This file is empty"),
        (b"PK\x03\x04 not a zip after all", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"%PDF-1.7\x00\x01\x02\x03" * 50, "not text"),
        (b'happened_at,notes\n2020-12-05 21:40,"never closed\n' + b"x" * 200_000, "quotation mark"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_stores_nothing(db, tmp_path, content, words):
    path = tmp_path / "night.csv"
    path.write_bytes(content)
    with pytest.raises(UnreadableSheet, match=words):
        import_entries(db, path, now=NOW)
    assert lines(db) == []


def test_a_header_and_no_rows_is_an_import_of_nothing(importing):
    report = importing([], header=["happened_at", "kind"])
    assert (report.rows, report.counts["stored"], report.refused) == (0, 0, [])

"""The import commands: what they report, where refused rows go, how they end."""

import pytest

from tests.spreadsheets import lines, read_csv, row, write_csv, write_xlsx


@pytest.fixture
def night(tmp_path):
    """A function that saves rows as a spreadsheet and returns its path."""

    def save(*rows, write=write_csv, name="night.csv"):
        return write(tmp_path / name, list(rows))

    return save


def test_it_reports_what_was_stored_and_what_was_made(db, fieldlog, night):
    ran = fieldlog("import", "entries", night(row(), row(kind="", weather="rain") | {"notes": ""}))
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == (
        "night.csv: 2 rows\n"
        "  2 stored\n"
        "  1 row without a kind: stored as “Other”.\n"
        "New operations: 1\n"
        "  Op Emblazen\n"
        "New nights: 1\n"
        "  5 December 2020, Op Emblazen\n"
        "New agencies: 1\n"
        "  Marlbridge Borough Council\n"
        "New officers without a sign-in: 1\n"
        "  Asha Reed (Marlbridge Borough Council)\n"
        "New premises: 1\n"
        "  The Lamp\n"
        "New wards: 1\n"
        "  Castle\n"
    )


def test_importing_again_adds_nothing_and_says_so(db, fieldlog, night):
    path = night(row(), row())
    fieldlog("import", "entries", path)
    ran = fieldlog("import", "entries", path)
    assert (ran.status, ran.out) == (0, "night.csv: 2 rows\n  2 stored already\n")
    assert len(lines(db)) == 2


def test_unknown_columns_are_named_and_no_failure(db, fieldlog, night):
    ran = fieldlog("import", "entries", night(row(weather="rain")))
    assert ran.status == 0
    assert "Columns that mean nothing to fieldlog, ignored: weather (column N)\n" in ran.out


def test_refused_rows_are_told_with_row_column_and_reason(db, fieldlog, night, tmp_path):
    ran = fieldlog("import", "entries", night(row(), row(kind="raid"), row(minutes="a while")))
    assert ran.status == 1
    assert "  1 stored\n  2 refused\n" in ran.out
    assert "  row 3, kind: “raid” is not a kind of entry. Use one of: Premises visit," in ran.out
    assert "  row 4, minutes: “a while” cannot be read." in ran.out
    assert ran.err == (
        f"Error: 2 of 3 rows not kept. See {tmp_path / 'night-refused.csv'} for the reasons, "
        "mend the rows there and import that file.\n"
    )


def test_the_whole_way_round_by_mending(db, fieldlog, night, tmp_path):
    path = night(row(), row(minutes="a while"))
    assert fieldlog("import", "entries", path).status == 1
    refused_file = tmp_path / "night-refused.csv"
    rows = [each | {"minutes": "15 Mins"} for each in read_csv(refused_file)]
    ran = fieldlog("import", "entries", write_csv(refused_file, rows))
    assert (ran.status, ran.out) == (0, "night-refused.csv: 1 row\n  1 stored\n")
    ran = fieldlog("import", "entries", path)
    assert ran.status == 0
    assert ran.out == "night.csv: 2 rows\n  1 stored already\n  1 mended and stored before\n"
    assert len(lines(db)) == 2


def test_a_hundred_refused_rows_are_printed_and_all_are_in_the_file(db, fieldlog, night, tmp_path):
    ran = fieldlog("import", "entries", night(*(row(kind="raid") for _ in range(103))))
    assert ran.out.count("row ") == 100
    assert "  and 3 more rows\n" in ran.out
    assert len(read_csv(tmp_path / "night-refused.csv")) == 103


def test_the_screen_is_safe_from_what_a_file_holds(db, fieldlog, night):
    ran = fieldlog("import", "entries", night(row(kind="\x1b[2Jraid"), {"happened_at": ""}))
    assert "“�[2Jraid” is not a kind" in ran.out
    assert "\x1b" not in ran.out + ran.err


def test_a_sheet_can_be_named(db, fieldlog, night):
    path = night(row(), write=write_xlsx, name="night.xlsx")
    ran = fieldlog("import", "entries", path, "--sheet", "Sunday")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err == "Error: This workbook has no sheet “Sunday”. It has “Sheet”.\n"
    assert fieldlog("import", "entries", path, "--sheet", "sheet").status == 0


def test_a_file_that_cannot_be_read_is_one_line(db, fieldlog, tmp_path):
    path = tmp_path / "night.xlsx"
    path.write_bytes(b"PK\x03\x04 not a workbook")
    ran = fieldlog("import", "entries", path)
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.startswith("Error: This workbook is damaged and cannot be opened.")
    assert ran.err.count("\n") == 1


def test_a_file_that_is_not_there_is_a_usage_error(db, fieldlog, tmp_path):
    ran = fieldlog("import", "entries", tmp_path / "nowhere.csv")
    assert ran.status == 2
    assert "does not exist" in ran.err


def test_a_register_is_imported_and_reported(db, fieldlog, night):
    path = night({"name": "The Lamp", "uprn": "1", "ward": "Castle"}, {"name": "", "uprn": "x"})
    ran = fieldlog("import", "premises", path)
    assert ran.status == 1
    assert ran.out.startswith("night.csv: 2 rows\n  1 new\n  1 refused\nNew wards: 1\n  Castle\n")
    assert "  row 3, name: It is blank. Every premises needs its name.\n" in ran.out
    assert "  row 3, uprn: “x” is not a UPRN" in ran.out


def test_a_dry_run_says_what_would_be_done_and_writes_nothing(db, fieldlog, night, tmp_path):
    path = night({"name": "The Lamp", "uprn": "1"}, {"name": "", "uprn": "x"})
    target = tmp_path / "what.csv"
    ran = fieldlog("import", "premises", path, "--dry-run", "--report", target)
    assert ran.status == 1
    assert ran.out.startswith("night.csv: 2 rows, dry run\n  1 new\n  1 refused\n")
    assert "Nothing was written.\n" in ran.out
    assert ran.err == "Error: 1 of 2 rows would not be kept.\n"
    assert "The Lamp" in target.read_text(encoding="utf-8-sig")
    assert db.execute("SELECT count(*) FROM premises").fetchone() == (0,)


def test_columns_and_headings_of_a_register_can_be_said(db, fieldlog, tmp_path):
    path = tmp_path / "venues.csv"
    path.write_text("Register\n\nVenue title,Part\nThe Lamp,Castle\n", encoding="utf-8")
    ran = fieldlog("import", "premises", path)
    assert (ran.status, ran.out) == (1, "")
    assert "Say which row they are in with --header-row" in ran.err
    how = ("--header-row", "3", "--map", "Venue title=name", "--map", "B=ward")
    assert fieldlog("import", "premises", path, *how).out.startswith("venues.csv: 1 row\n  1 new\n")
    assert fieldlog("import", "premises", path).out == "venues.csv: 1 row\n  1 unchanged\n"
    wrong = fieldlog("import", "premises", path, "--map", "Owner=name")
    assert wrong.err == "Error: There is no column “Owner”. The headings are: Venue title, Part.\n"
    assert fieldlog("import", "premises", path, "--map", "name").status == 2


def test_the_help_teaches_the_columns_of_a_register(fieldlog):
    help_text = fieldlog("import", "premises", "--help").out
    for word in ("licence_number", "--header-row 3-4", "1.00E+11", "never rounded", "exit status"):
        assert word in help_text


def test_the_help_teaches_the_columns(fieldlog):
    help_text = fieldlog("import", "entries", "--help").out
    for word in ("happened_at", "night_of", "1.25 hrs", "spoken_to", "marshals.csv", "exit status"):
        assert word in help_text

"""The log in the workbook: a table of real dates, times and numbers that adds up to the figures."""

from datetime import UTC, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from fieldlog.core.words import Unit
from fieldlog.workbook import long_rows
from fieldlog.workbook.log_sheet import DoesNotMatch
from fieldlog.workbook.long_rows import TooManyRows
from fieldlog.workbook.night import write_night_workbook
from fieldlog.workbook.reading import read_sheet
from tests.workbook.made import FPN, MEASURES, a_line, a_measure, a_report


@pytest.fixture
def path(tmp_path):
    return tmp_path / "night.xlsx"


@pytest.fixture
def log(path):
    """Write lines and return the log's rows by heading, as openpyxl has them."""

    def write(*lines, **more):
        write_night_workbook(a_report(lines, **more), path)
        header, *body = load_workbook(path)["Log"].iter_rows(values_only=True)
        return [dict(zip(header, row, strict=True)) for row in body]

    return write


def test_dates_times_and_numbers_are_real_ones(log):
    (row,) = log(
        a_line(
            happened_at=datetime(2020, 7, 5, 23, 30, tzinfo=UTC),
            received_at=datetime(2020, 12, 5, 21, 45, 30, tzinfo=UTC),
            minutes=0,
            counts={"spoken_to": 3, "cash_pence": 12_345, "drugs_grams": 7},
            notice=FPN,
        )
    )
    assert row["Date"] == datetime.fromisoformat("2020-07-06")
    assert row["Time"] == time(0, 30)
    assert row["Night of"] == datetime.fromisoformat("2020-12-05")
    assert row["Received"] == datetime.fromisoformat("2020-12-05 21:45:30")
    assert row["Minutes"] == 0
    assert row["People spoken to"] == 3
    assert row["Cash seized (£)"] == 123.45
    assert row["Drugs seized (g)"] == 7
    assert row["Notice amount (£)"] == 100.5
    assert row["Entry"] == a_line().id


def test_nothing_recorded_is_an_empty_cell_and_not_a_nought(log):
    (row,) = log(a_line(minutes=None, action="", ward="", counts={"warned": 0}))
    assert row["Minutes"] is None
    assert row["Action taken"] is None
    assert row["Ward"] is None
    assert row["People spoken to"] is None
    assert row["People warned"] == 0


def test_the_cells_are_shown_as_dates_times_and_pounds(path):
    write_night_workbook(a_report([a_line(counts={"cash_pence": 100})]), path)
    header, row = load_workbook(path)["Log"].iter_rows()
    forms = {top.value: cell.number_format for top, cell in zip(header, row, strict=True)}
    assert forms["Date"] == "dd/mm/yyyy"
    assert forms["Time"] == "hh:mm"
    assert forms["Cash seized (£)"] == '"£"#,##0.00'


def test_a_struck_entry_is_marked_in_words_and_struck_through(path):
    write_night_workbook(a_report([a_line(1), a_line(2, struck=True)]), path)
    _, counted, struck = load_workbook(path)["Log"].iter_rows()
    assert (counted[0].value, struck[0].value) == ("Yes", "No")
    assert not counted[5].font.strike
    assert struck[5].font.strike


def test_filtering_for_counted_adds_up_to_the_headline(log, path):
    lines = [
        a_line(n, struck=n % 4 == 0, minutes=n if n % 3 else None, counts={"spoken_to": n})
        for n in range(1, 30)
    ]
    rows = [row for row in log(*lines) if row["Counted"] == "Yes"]
    headline = {
        row[0]: row[1]
        for row in load_workbook(path)["Headline figures"].iter_rows(values_only=True)
    }
    assert len(rows) == headline["Entries"]
    assert sum(row["People spoken to"] for row in rows) == headline["People spoken to"]
    minutes = sum(row["Minutes"] or 0 for row in rows)
    assert headline["Hours recorded"] == round(minutes / 60, 2)


def test_it_is_a_table_with_filters_over_all_its_rows(path):
    write_night_workbook(a_report([a_line(n) for n in range(1, 8)]), path)
    sheet = load_workbook(path)["Log"]
    (table,) = sheet.tables.values()
    assert table.ref == sheet.dimensions
    assert table.autoFilter.ref == table.ref
    assert table.ref.endswith("8")


def test_only_the_first_columns_are_printed(path):
    write_night_workbook(a_report([a_line()]), path)
    assert load_workbook(path)["Log"].print_area == "'Log'!$A$1:$L$2"


def test_there_is_a_column_for_every_measure_of_the_catalogue(log):
    more = (*MEASURES, a_measure("odd", "People\nspoken to", 9), a_measure("g", "", 10, Unit.GRAMS))
    (row,) = log(a_line(counts={"odd": 4}), measures=more)
    assert row["People spoken to"] is None
    assert row["People spoken to 2"] == 4
    assert "(g)" in row


def test_without_entries_there_is_still_a_table(log, path):
    assert log() == []
    (table,) = load_workbook(path)["Log"].tables.values()
    assert table.ref.endswith("2")


def test_a_tall_note_gets_a_tall_row(path):
    write_night_workbook(a_report([a_line(1), a_line(2, notes="word " * 60)]), path)
    heights = load_workbook(path)["Log"].row_dimensions
    assert heights[3].height >= 5 * heights[2].height / 2


def test_columns_are_as_wide_as_their_words(path):
    lines = [a_line(n, premises="The Extraordinarily Long Name") for n in range(3)]
    write_night_workbook(a_report(lines), path)
    sheet = load_workbook(path)["Log"]
    widths = {cell.value: sheet.column_dimensions[cell.column_letter].width for cell in sheet[1]}
    assert widths["Premises or place"] == 28
    assert widths["Date"] == 12
    assert widths["Notes"] < 15


@pytest.mark.parametrize("change", [{"counted": 3}, {"struck": 1}, {"counted": 1, "struck": 1}])
def test_a_log_that_is_not_what_was_counted_is_refused(path, change):
    with pytest.raises(DoesNotMatch, match="The workbook was not written"):
        write_night_workbook(a_report([a_line(1), a_line(2)], **change), path)


def test_more_entries_than_excel_holds_are_refused(path, monkeypatch):
    monkeypatch.setattr(long_rows, "MOST_ROWS", 3)
    write_night_workbook(a_report([a_line(1), a_line(2)]), path)
    with pytest.raises(TooManyRows, match="Choose a shorter period"):
        write_night_workbook(a_report([a_line(n) for n in range(3)]), path)


def test_what_had_to_be_cut_is_reported(path):
    written = write_night_workbook(a_report([a_line(1), a_line(2, notes="x" * 40_000)]), path)
    (cut,) = written.cuts
    assert cut.cell == "L3"


def test_our_own_reader_reads_it_whole(log, path):
    lines = [a_line(n, notes=f"=note {n}\x07") for n in range(1, 40)]
    log(*lines)
    sheet = read_sheet(path, "Log")
    notes = sheet.header.index("Notes")
    assert [cells[notes] for _, cells in sheet.rows] == [line.notes for line in lines]


@settings(max_examples=15)
@given(st.lists(st.text(st.characters(exclude_categories=("Cs",)), max_size=80), max_size=20))
def test_any_notes_come_through_log_and_reader_unchanged(tmp_path_factory, notes):
    path = tmp_path_factory.mktemp("log") / "night.xlsx"
    write_night_workbook(a_report([a_line(n, notes=text) for n, text in enumerate(notes)]), path)
    sheet = read_sheet(path, "Log")
    place = sheet.header.index("Notes")
    assert [cells[place] or "" for _, cells in sheet.rows] == notes

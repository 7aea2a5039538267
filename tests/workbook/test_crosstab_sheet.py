"""A two-way table in the workbook, with blanks and totals plain to see."""

from datetime import datetime

import pytest
from openpyxl import load_workbook

from fieldlog.core.question import Measured
from fieldlog.core.words import Unit
from fieldlog.workbook.night import write_night_workbook
from fieldlog.workbook.report import TableSheet
from tests.workbook.made import ACTION_BY_TIME, a_line, a_report, a_table


@pytest.fixture
def made(tmp_path):
    """Write a table and return its sheet."""

    def write(table):
        path = tmp_path / "night.xlsx"
        write_night_workbook(a_report([a_line()], tables=[TableSheet("Table", table)]), path)
        return load_workbook(path, data_only=True)["Table"]

    return write


def body(sheet):
    """Rows from the header to the grand total."""
    found = [list(row) for row in sheet.iter_rows(values_only=True)]
    start = next(n for n, row in enumerate(found) if row[-1] == "Grand Total")
    return found[start:]


def test_it_has_the_cells_totals_and_blanks_of_the_table(made):
    assert body(made(ACTION_BY_TIME)) == [
        ["Action taken", "15 min", "(blank)", "Grand Total"],
        ["Advice given", 3, 17, 20],
        ["Letter", 0, 10, 10],
        ["(blank)", 1, 0, 1],
        ["Grand Total", 4, 27, 31],
    ]


def test_it_says_what_it_counts_and_what_blank_means(made):
    sheet = made(ACTION_BY_TIME)
    assert sheet["A1"].value == "Entries by action taken and time taken"
    assert "as at 09:12 on 6 December 2020" in sheet["A2"].value
    assert sheet["A3"].value == "(blank) means that nobody recorded it."


def test_the_table_is_marked_up_and_the_total_row_stands_right_below_it(made):
    sheet = made(ACTION_BY_TIME)
    (table,) = sheet.tables.values()
    last_row = int(table.ref.rpartition("D")[2])
    assert sheet.cell(last_row, 1).value == "(blank)"
    assert sheet.cell(last_row + 1, 1).value == "Grand Total"
    assert sheet.cell(last_row + 1, 1).font.bold


def test_times_in_rows_are_numbers_of_minutes(made):
    sheet = made(a_table({(120, "x"): 1, (15, "x"): 2, (None, "x"): 3}, "time", "action"))
    header, *rows = body(sheet)
    assert header[0] == "Time taken (minutes)"
    assert [row[0] for row in rows] == [120, 15, "(blank)", "Grand Total"]


def test_nights_in_rows_are_dates(made):
    sheet = made(a_table({("2020-12-05", "x"): 1}, "night", "kind"))
    assert body(sheet)[1][0] == datetime.fromisoformat("2020-12-05")


def test_pence_are_shown_in_pounds(made):
    table = a_table({("Seized", "x"): 12_345}, "action", "kind", Measured("Cash", Unit.PENCE))
    sheet = made(table)
    assert body(sheet) == [
        ["Action taken", "x (£)", "Grand Total"],
        ["Seized", 123.45, 123.45],
        ["Grand Total", 123.45, 123.45],
    ]
    assert sheet["A1"].value == "Cash by action taken and kind of entry"


def test_names_stay_text_whatever_they_begin_with(made):
    sheet = made(a_table({("=1+1", "+2"): 1, ("#N/A", "+2"): 1, ("a\x07", "+2"): 1}))
    assert [row[0] for row in body(sheet)] == [
        "Action taken",
        "=1+1",
        "#N/A",
        "a_x0007_",
        "Grand Total",
    ]
    assert sheet["A6"].data_type == "s"


def test_an_empty_table_has_its_header_and_a_total_of_nothing(made):
    sheet = made(a_table({}))
    assert body(sheet) == [["Action taken", "Grand Total"], ["Grand Total", 0]]
    assert not sheet.tables


def test_columns_are_wide_enough_for_their_names(made):
    sheet = made(a_table({("A name that is rather long to print", "x"): 1}))
    assert sheet.column_dimensions["A"].width > 36

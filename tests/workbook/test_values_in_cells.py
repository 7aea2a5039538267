"""Moments, amounts and names as a workbook holds them."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from fieldlog.workbook.cells import MOMENT, POUNDS, pounds, put
from fieldlog.workbook.names import headings, sheet_title, table_name


@pytest.fixture
def cell():
    return Workbook().active.cell(1, 1)


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        (datetime(2020, 12, 5, 21, 40, tzinfo=UTC), "2020-12-05 21:40"),
        (datetime(2020, 7, 5, 21, 40, tzinfo=UTC), "2020-07-05 22:40"),
        (datetime(2020, 10, 25, 1, 30, tzinfo=UTC), "2020-10-25 01:30"),
        (datetime(2020, 12, 5, 21, 40, tzinfo=timezone(timedelta(hours=2))), "2020-12-05 19:40"),
    ],
)
def test_an_aware_moment_becomes_uk_local_time(cell, moment, shown):
    put(cell, moment, MOMENT)
    assert cell.value == datetime.fromisoformat(shown)
    assert cell.number_format == MOMENT
    assert cell.is_date


@pytest.mark.parametrize(
    "value", [15, 1.25, Decimal("78.75"), date(2020, 12, 5), time(21, 40), None]
)
def test_numbers_and_dates_stay_what_they_are(cell, value):
    put(cell, value)
    assert cell.value == value


def test_pence_become_pounds(cell):
    put(cell, pounds(10_050), POUNDS)
    assert cell.value == Decimal("100.50")
    assert "£" in cell.number_format
    assert pounds(None) is None


@pytest.mark.parametrize(
    ("wanted", "title"),
    [
        ("By agency", "By agency"),
        ("A/B: [what?]*\\", "A B what"),
        ("x" * 40, "x" * 31),
        ("'quoted'", "quoted"),
        ("\x00\x07", "Sheet"),
        ("History", "History of entries"),
        ("log", "log 2"),
    ],
)
def test_a_sheet_title_is_one_that_excel_takes(wanted, title):
    assert sheet_title(wanted, ["Log"]) == title


@given(st.lists(st.text(st.characters(exclude_categories=())), max_size=8))
def test_any_titles_can_stand_side_by_side(wanted):
    workbook = Workbook()
    titles: list[str] = ["Sheet"]
    for text in wanted:
        titles.append(sheet_title(text, titles))
        workbook.create_sheet(titles[-1])
    assert [sheet.title for sheet in workbook.worksheets] == titles


@given(st.lists(st.text(st.characters(exclude_categories=())), max_size=8))
def test_headings_are_one_line_each_and_no_two_the_same(wanted):
    made = headings(wanted)
    assert len({heading.casefold() for heading in made}) == len(wanted)
    assert all(heading.strip() == heading != "" and "\n" not in heading for heading in made)
    assert all(len(heading) <= 255 for heading in made)


def test_the_name_of_a_table_can_stand_in_a_formula():
    assert table_name("Action × time (2)") == "table_action_time_2"
    assert table_name("Log", ["table_log"]) == "table_log_2"

"""CSV that a spreadsheet program opens without running anything, and that programs can read."""

import csv
import io
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldlog.core.question import Measured
from fieldlog.core.words import Unit
from fieldlog.workbook.csv_rows import BYTE_ORDER_MARK, harmless, table_csv, write_log_csv
from tests.workbook.made import ACTION_BY_TIME, FPN, MEASURES, a_line, a_table


def log_rows(lines, raw=False):
    file = io.StringIO(newline="")
    assert write_log_csv(file, lines, MEASURES, raw=raw) == len(lines)
    file.seek(0)
    return list(csv.DictReader(io.StringIO(file.getvalue().lstrip(BYTE_ORDER_MARK), newline="")))


@pytest.mark.parametrize("text", ["=1+1", "+44 1206", "-5", "@SUM(A1)", "\t=1", "\r=1"])
def test_text_that_would_run_gets_an_apostrophe(text):
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["Advice given", "5 > 3", "a=b", "'quoted", "", "(blank)"])
def test_other_text_stays_as_it_is(text):
    assert harmless(text) == text


def test_a_table_is_a_header_a_row_each_and_the_totals():
    assert table_csv(ACTION_BY_TIME) == (
        f"{BYTE_ORDER_MARK}Action taken,15 min,(blank),Grand Total\r\n"
        "Advice given,3,17,20\r\n"
        "Letter,0,10,10\r\n"
        "(blank),1,0,1\r\n"
        "Grand Total,4,27,31\r\n"
    )


def test_times_are_minutes_and_nights_are_iso_dates():
    times = table_csv(a_table({(15, "x"): 1, (None, "x"): 2}, "time", "action"), raw=True)
    assert times.splitlines()[1:3] == ["15,1,1", "(blank),2,2"]
    nights = table_csv(a_table({("2020-12-05", "x"): 1}, "night", "action"), raw=True)
    assert nights.splitlines()[1] == "2020-12-05,1,1"


def test_pence_are_pounds_for_people_and_pence_for_programs():
    table = a_table({("Seized", "x"): 12_345}, measured=Measured("Cash", Unit.PENCE))
    assert "Seized,123.45,123.45" in table_csv(table)
    assert "Seized,12345,12345" in table_csv(table, raw=True)


def test_raw_has_no_mark_and_no_apostrophes():
    table = a_table({("=1+1", "+x"): 1})
    assert "'=1+1" in table_csv(table)
    assert table_csv(table, raw=True).startswith("Action taken,+x,")
    assert log_rows([a_line(notes="=1+1")])[0]["Notes"] == "'=1+1"
    assert log_rows([a_line(notes="=1+1")], raw=True)[0]["Notes"] == "=1+1"


def test_the_log_has_local_dates_and_times_and_pounds():
    (row,) = log_rows(
        [
            a_line(
                happened_at=datetime(2020, 7, 5, 23, 30, tzinfo=UTC),
                counts={"spoken_to": 3, "cash_pence": 1_250},
                notice=FPN,
                minutes=None,
                struck=True,
            )
        ]
    )
    assert (row["Date"], row["Time"], row["Night of"]) == ("2020-07-06", "00:30", "2020-12-05")
    assert row["Received"] == "2020-12-05 21:40"
    assert (row["People spoken to"], row["Cash seized (£)"]) == ("3", "12.5")
    assert row["Notice amount (£)"] == "100.5"
    assert (row["Counted"], row["Minutes"]) == ("No", "")


@given(st.text(st.characters(exclude_categories=("Cs",))))
def test_any_note_comes_out_of_the_raw_csv_unchanged(text):
    assert log_rows([a_line(notes=text)], raw=True)[0]["Notes"] == text


@given(st.text(st.characters(exclude_categories=("Cs",))))
def test_no_note_is_left_to_run(text):
    shown = log_rows([a_line(notes=text)])[0]["Notes"]
    assert not shown.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert shown in {text, f"'{text}"}

"""A table says the same as data, as rows and as text."""

import json

import pytest

from fieldlog.core.question import Answer, Group, Label, Measured, Question
from fieldlog.core.words import Unit
from fieldlog.tallies.crosstab import Table, lay_out
from fieldlog.tallies.writing import as_data, as_rows, as_text, method, title
from tests.tallies.some_groups import answered, counted


@pytest.fixture
def table() -> Table:
    groups = (counted("visit", 75, 2), counted("visit", 15, 33), counted(None, None, 5))
    return lay_out(answered(*groups))


def test_data_keeps_the_agreed_names(table: Table) -> None:
    data = as_data(table)
    agreed = {
        "rows": ["Visit", None],
        "columns": [15, 75, None],
        "cells": [[33, 2, 0], [0, 0, 5]],
        "row_totals": [35, 5],
        "column_totals": [33, 2, 5],
        "grand_total": 40,
    }
    assert {name: data[name] for name in agreed} == agreed
    assert data["hours"] == {
        "timed_records": 35,
        "recorded_minutes": 645,
        "recorded_hours": 10.75,
        "untimed_records": 5,
    }
    assert json.loads(json.dumps(data)) == data


def test_data_has_nights_as_dates_and_everything_else_as_its_label() -> None:
    answer = Answer(
        Question("night", "hour"),
        (Group("2020-12-05", 21, 1, 0, 0, 1),),
        {"2020-12-05": Label("5 December 2020")},
        {21: Label("21:00", 15)},
    )
    data = as_data(lay_out(answer))
    assert (data["rows"], data["columns"]) == (["2020-12-05"], ["21:00"])


def test_rows_are_spelled_as_excel_spells_a_pivot(table: Table) -> None:
    assert as_rows(table) == [
        ["Action taken", "15 min", "75 min", "(blank)", "Grand Total"],
        ["Visit", 33, 2, 0, 35],
        ["(blank)", 0, 0, 5, 5],
        ["Grand Total", 33, 2, 5, 40],
    ]


def test_text_is_aligned_and_ends_with_its_method(table: Table) -> None:
    assert as_text(table).splitlines() == [
        "Entries by action taken and time taken",
        "",
        "Action taken  15 min  75 min  (blank)  Grand Total",
        "--------------------------------------------------",
        "Visit             33       2        0           35",
        "(blank)            0       0        5            5",
        "--------------------------------------------------",
        "Grand Total       33       2        5           40",
        "",
        "(blank) means that nobody recorded it.",
        f"Time taken: {table.hours.says()}",
    ]


def test_an_empty_table_is_text_with_a_total_of_nought() -> None:
    assert as_text(lay_out(answered())).splitlines()[2:6] == [
        "Action taken  Grand Total",
        "-------------------------",
        "-------------------------",
        "Grand Total             0",
    ]


def test_a_name_cannot_move_the_cursor_of_the_terminal() -> None:
    names = {"x": Label("Bar\x1b[2J\nVisit\x07")}
    text = as_text(lay_out(answered(counted("x", 15, 1), rows=names)))
    assert "Bar [2J Visit  " in text
    assert not any(sign in text for sign in "\x1b\x07")


def test_it_says_when_totals_are_no_sums() -> None:
    question = Question("action", "time", "premises")
    assert "not sums of the cells" in method(lay_out(answered(question=question)))[0]


def test_the_unit_is_in_the_title_where_it_is_not_a_number() -> None:
    question = Question("agency", "night", "cash_pence")
    answer = Answer(question, (), {}, {}, Measured("Cash seized", Unit.PENCE))
    assert title(lay_out(answer)) == "Cash seized by agency and night of, in pence"

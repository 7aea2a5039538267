"""The tally command with levels, several measures, percentages and only the most."""

import csv

import pytest

from tests.spreadsheets import import_rows, row


@pytest.fixture
def night(db, tmp_path):
    """Three visits to two premises and an encounter that nobody timed."""
    rows = [
        row(minutes="75"),
        row(minutes="15", action_taken="No further action", spoken_to=""),
        row(premises="The Mitre", minutes="15", officer="", ward=""),
        row(kind="encounter", premises="", minutes="", action_taken="", spoken_to=7),
    ]
    import_rows(db, tmp_path, rows)
    return db


def test_two_levels_and_several_measures(night, tallied):
    found = tallied(
        *("--rows", "kind", "--then-rows", "action", "--columns", "time"),
        *("--also", "spoken_to", "--also", "premises"),
    )
    assert found["row_dimensions"] == ["kind", "action"]
    assert found["measures"] == ["entries", "spoken_to", "premises"]
    assert found["rows"] == [
        *(["Premises visit"], ["Premises visit", "Advice given"]),
        *(["Premises visit", "No further action"], ["Encounter"], ["Encounter", None], []),
    ]
    assert found["columns"] == [[15], [75], [None], []]
    assert found["cells"][0][-1] == [3, 6, 2]
    assert found["cells"][-1][-1] == [4, 13, 2]


def test_without_columns_and_only_the_most(night, tallied):
    words = ("--rows", "premises", "--no-columns", "--measure", "visits", "--top", "1")
    found = tallied(*words, "--order", "most")
    assert found["rows"] == [["The Lamp"], ["Others (1)"], [None], []]
    assert [cells[0] for cells in found["cells"]] == [[2], [1], [0], [3]]


def test_percentages_say_what_they_are_of(night, tallied, fieldlog):
    found = tallied("--rows", "kind", "--columns", "action", "--percent", "row")
    assert found["percentages"][0] == [["66.7%"], ["33.3%"], ["0.0%"], ["100.0%"]]
    text = fieldlog("tally", "--rows", "kind", "--columns", "action", "--percent", "row").out
    assert "2 66.7%" in text
    assert "Percentages are of the row: the number in the last column" in text


def test_without_levels_json_is_as_it_was(night, tallied):
    assert tallied("--rows", "kind", "--columns", "time")["row_dimension"] == "kind"


def test_csv_has_a_column_for_each_level(night, fieldlog):
    out = fieldlog(
        *("tally", "--rows", "kind", "--then-rows", "action", "--no-columns", "--format", "csv")
    ).out
    assert list(csv.reader(out.splitlines())) == [
        ["Kind of entry", "Action taken", "Entries"],
        ["Premises visit", "Total", "3"],
        ["Premises visit", "Advice given", "2"],
        ["Premises visit", "No further action", "1"],
        ["Encounter", "Total", "1"],
        ["Encounter", "(blank)", "1"],
        ["Grand Total", "", "4"],
    ]


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        (["--then-rows", "action"], 1, "Choose different things for each level"),
        (["--also", "biscuits"], 1, "There is no measure “biscuits”."),
        (["--then-columns", "hour", "--no-columns"], 2, "exclude each other"),
        (["--top", "0"], 2, "--top"),
        (["--percent", "half"], 2, "is not one of 'row', 'column', 'total'"),
    ],
)
def test_what_cannot_be_is_said(night, fieldlog, words, status, message):
    ran = fieldlog("tally", *words)
    assert (ran.status, ran.out) == (status, "")
    assert message in ran.err

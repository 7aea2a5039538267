"""The tally command: the contract of its JSON, and the same numbers as text and CSV."""

import csv

import pytest

from tests.spreadsheets import import_rows, row

DIMENSIONS = (
    *("action", "time", "kind", "premises", "premises_type", "ward", "officer", "agency"),
    *("deployment", "operation", "night", "hour", "four_e", "law"),
)


@pytest.fixture
def night(db, tmp_path):
    """Two visits to one premises, one to another, and an encounter nobody timed."""
    rows = [
        row(minutes="1.25 hrs"),
        row(minutes="15 Mins", action_taken="No further action", spoken_to=""),
        row(premises="The Mitre", minutes="15", officer="", ward=""),
        row(kind="encounter", premises="", minutes="", action_taken="", spoken_to=7),
        row(kind="encounter", operation="Op Dial", night_of="2020-12-06", officer="Ben Cole")
        | {"happened_at": "2020-12-06 19:00", "agency": "", "minutes": "0"},
    ]
    import_rows(db, tmp_path, rows)
    return db


def test_json_has_labels_cells_totals_and_hours_with_their_method(night, tallied):
    found = tallied("--rows", "action", "--columns", "time")
    assert found["rows"] == ["Advice given", "No further action", None]
    assert found["columns"] == [0, 15, 75, None]
    assert found["cells"] == [[1, 1, 1, 0], [0, 1, 0, 0], [0, 0, 0, 1]]
    assert found["row_totals"] == [3, 1, 1]
    assert found["column_totals"] == [1, 2, 1, 1]
    assert found["grand_total"] == 5
    hours = found["hours"]
    assert (hours["timed_records"], hours["untimed_records"]) == (4, 1)
    assert hours["recorded_hours"] == 1.75


def test_action_by_time_is_what_is_counted_unless_told_otherwise(night, tallied):
    assert tallied() == tallied("--rows", "action", "--columns", "time", "--measure", "entries")


def test_premises_are_distinct_premises_with_a_visit(night, tallied):
    found = tallied("--rows", "action", "--columns", "kind", "--measure", "premises")
    assert found["grand_total"] == 2
    assert dict(zip(found["rows"], found["row_totals"], strict=True))["Advice given"] == 2


def test_counts_and_minutes_are_summed(night, tallied):
    assert tallied("--measure", "spoken_to")["grand_total"] == 3 + 3 + 7 + 3
    assert tallied("--measure", "minutes")["grand_total"] == 105


@pytest.mark.parametrize(
    ("words", "entries"),
    [
        (["--operation", "op emblazen"], 4),
        (["--operation", "Op Emblazen", "--operation", "Op Dial"], 5),
        (["--night", "2020-12-06"], 1),
        (["--from", "2020-12-06"], 1),
        (["--to", "2020-12-05"], 4),
        (["--from", "2020-12-05", "--to", "2020-12-06"], 5),
        (["--agency", "marlbridge borough council"], 4),
        (["--agency", "(blank)"], 1),
        (["--kind", "premises visit"], 3),
        (["--kind", "Encounter", "--operation", "Op Dial"], 1),
        (["--deployment", "Op Dial · 6 December 2020"], 1),
    ],
)
def test_filters_hold_the_entries_they_name(night, tallied, words, entries):
    assert tallied(*words)["grand_total"] == entries


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_every_dimension_can_be_counted_by_every_other(night, tallied, dimension):
    assert tallied("--rows", dimension, "--columns", "kind")["grand_total"] == 5
    assert tallied("--rows", "kind", "--columns", dimension)["grand_total"] == 5


def test_csv_and_text_say_the_same(night, fieldlog):
    rows = list(csv.reader(fieldlog("tally", "--format", "csv").out.splitlines()))
    assert rows[0] == ["Action taken", "0 min", "15 min", "75 min", "(blank)", "Grand Total"]
    assert rows[-1] == ["Grand Total", "1", "2", "1", "1", "5"]
    text = fieldlog("tally").out
    assert text.startswith("Entries by action taken and time taken\n")
    for each in rows:
        assert any(line.split() == " ".join(each).split() for line in text.splitlines()), each
    assert "4 timed records, 1.75 h recorded; 1 record without a time" in text


def test_an_empty_database_has_an_empty_table(db, tallied):
    found = tallied()
    assert (found["rows"], found["columns"], found["cells"], found["grand_total"]) == (
        [],
        [],
        [],
        0,
    )


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        (["--operation", "Op Grip"], 1, "no operation “Op Grip”. There are: Op Dial, Op Emblazen."),
        (["--night", "2020-12-25"], 1, "There are: 2020-12-06, 2020-12-05."),
        (["--measure", "biscuits"], 1, "There is no measure “biscuits”. Choose one of: entries,"),
        (["--kind", "raid"], 1, "There is no kind “raid”. There are: Premises visit, Encounter,"),
        (["--night", "5/12/2020"], 2, "is not a date. Write it like 2020-12-05."),
        (["--rows", "weather"], 2, "is not one of 'action', 'time', 'kind'"),
        (["--from", "2020-12-06", "--to", "2020-12-05"], 2, "2020-12-05 is before"),
    ],
)
def test_what_there_is_not_is_said_with_what_there_is(night, fieldlog, words, status, message):
    ran = fieldlog("tally", *words)
    assert (ran.status, ran.out) == (status, "")
    assert message in ran.err

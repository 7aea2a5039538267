"""The marshals' published table comes out cell for cell, and a wrong question gets an answer."""

import csv
import threading
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from sqlite_utils import Database

from fieldlog.core.entry import Entry
from fieldlog.core.question import DIMENSIONS, Filter, Question
from fieldlog.services.count_tally import UnknownCode, count_tally, tally_in_snapshot
from fieldlog.store.connection import connect, database_path, read_snapshot, write_transaction
from fieldlog.tallies.crosstab import Table
from fieldlog.tallies.writing import as_data
from tests.store.some_entries import USUAL, add

PUBLISHED = Path(__file__).parent.parent / "facts" / "marshal_actions_by_time.csv"
ACTION_BY_TIME = Question("action", "time")


def published() -> dict[tuple[str, int | None], int]:
    """(Action, minutes) → records, as the paper has them; blanks are "(blank)" and None."""
    with PUBLISHED.open(encoding="utf-8", newline="") as file:
        return {
            (
                line["action_taken"] or "(blank)",
                int(line["minutes"]) if line["minutes"] else None,
            ): int(line["records"])
            for line in csv.DictReader(file)
        }


@pytest.fixture
def marshals(db: Database) -> Database:
    codes = {label: code for code, label in db.execute("SELECT code, label FROM actions")}
    records = [record for record, many in published().items() for _ in range(many)]
    with write_transaction(db):
        for number, (action, minutes) in enumerate(records, 1):
            usual = USUAL | {"id": UUID(int=number)}
            add(db, Entry(**usual, action=codes.get(action), minutes=minutes))
    return db


@pytest.fixture
def table(marshals: Database) -> Table:
    return count_tally(marshals, ACTION_BY_TIME)


def test_the_published_table_has_483_records_cell_by_cell(table: Table) -> None:
    cells = {
        (row.text, column.key): value
        for row, values in zip(table.rows, table.cells, strict=True)
        for column, value in zip(table.columns, values, strict=True)
        if value
    }
    assert cells == published()
    assert table.grand_total == sum(table.row_totals) == sum(table.column_totals) == 483


def test_the_published_table_has_its_rows_and_columns_in_order(table: Table) -> None:
    assert [column.key for column in table.columns] == [15, 30, 45, 60, 75, 120, 150, None]
    assert table.column_totals == (64, 40, 16, 12, 5, 5, 1, 340)
    assert {row.text: total for row, total in zip(table.rows, table.row_totals, strict=True)} == {
        "Advice given": 34,
        "No further action": 3,
        "Visit subject premises": 75,
        "Phone call to subject premises": 33,
        "Email to subject premises": 25,
        "Letter sent to subject premises": 10,
        "Formal Action": 8,
        "(blank)": 295,
    }


def test_the_published_hours_are_78_75_over_143_timed_records_and_340_untimed(
    table: Table,
) -> None:
    hours = as_data(table)["hours"]
    assert (hours["timed_records"], hours["recorded_hours"], hours["untimed_records"]) == (
        *(143, 78.75),
        340,
    )
    assert table.hours.estimate(30).says().endswith("248.75 h.")


def test_the_minutes_of_the_published_table_are_its_hours(marshals: Database) -> None:
    assert count_tally(marshals, replace(ACTION_BY_TIME, measure="minutes")).grand_total == 4_725


def test_every_dimension_can_be_counted_by_every_other(db: Database) -> None:
    with write_transaction(db):
        add(db, Entry(**USUAL))
    totals = {
        (rows, columns): count_tally(db, Question(rows, columns)).grand_total
        for rows in DIMENSIONS
        for columns in DIMENSIONS
    }
    assert totals == dict.fromkeys(totals, 1)
    assert len(DIMENSIONS) == 18


@pytest.mark.parametrize(
    ("question", "message"),
    [
        (Question("weather", "time"), "There is no dimension “weather”. Choose one of: action, t"),
        (Question("action", "weather"), "There is no dimension “weather”."),
        (
            Question("action", "time", filter=Filter(where={"weather": ("rain",)})),
            "There is no dimension “weather”.",
        ),
        (
            Question("action", "time", "smiles"),
            "There is no measure “smiles”. Choose one of: entries, premises, minutes, visits, ",
        ),
        (
            Question("action", "time", filter=Filter(holding="smiles")),
            "There is no measure “smiles”.",
        ),
    ],
)
def test_it_says_which_codes_there_are(db: Database, question: Question, message: str) -> None:
    with pytest.raises(UnknownCode) as refused:
        count_tally(db, question)
    assert str(refused.value).startswith(message)
    assert isinstance(refused.value, ValueError)


def test_two_tables_of_one_snapshot_count_the_same_entries(db: Database, instance: Path) -> None:
    def add_one() -> None:
        other = connect(database_path(instance))
        with write_transaction(other):
            add(other, Entry(**USUAL))
        other.close()

    with read_snapshot(db):
        before = tally_in_snapshot(db, ACTION_BY_TIME)
        writer = threading.Thread(target=add_one)
        writer.start()
        writer.join()
        assert tally_in_snapshot(db, ACTION_BY_TIME) == before
    assert count_tally(db, ACTION_BY_TIME).grand_total == before.grand_total + 1

"""Any set of entries, in any order, gives tables that agree with their records."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from fieldlog.core.entry import Entry
from fieldlog.core.question import DIMENSIONS, VISITS, Filter, Measured, Question
from fieldlog.core.words import EntryKind, Unit
from fieldlog.store import counted, counting
from fieldlog.store.connection import IntegrityError, write_transaction
from fieldlog.store.log import count_lines, find_lines
from fieldlog.tallies.crosstab import check, lay_out
from fieldlog.tallies.narrowing import behind
from tests.store.some_entries import (
    USUAL,
    Told,
    add,
    holds,
    key_of,
    nights,
    questions,
    value_of,
    wanted_by,
    written,
)


@given(told=nights, question=questions)
def test_a_table_agrees_with_an_independent_count(
    register: Path, told: list[Told], question: Question
) -> None:
    with written(register, told) as db:
        table = check(lay_out(counting.answer(db, question)))
    entries = wanted_by(told, question.filter)
    assert {row.key for row in table.rows} == {key_of(one, question.rows) for one in entries}
    assert {one.key for one in table.columns} == {key_of(one, question.columns) for one in entries}
    for row, cells, total in zip(table.rows, table.cells, table.row_totals, strict=True):
        of_row = [one for one in entries if key_of(one, question.rows) == row.key]
        assert total == value_of(of_row, question.measure)
        for column, cell in zip(table.columns, cells, strict=True):
            of_cell = [one for one in of_row if key_of(one, question.columns) == column.key]
            assert cell == value_of(of_cell, question.measure)
    for column, total in zip(table.columns, table.column_totals, strict=True):
        of_column = [one for one in entries if key_of(one, question.columns) == column.key]
        assert total == value_of(of_column, question.measure)
    assert table.grand_total == value_of(entries, question.measure)
    timed = [one.minutes for one in entries if one.minutes is not None]
    assert table.hours.timed_records == len(timed)
    assert table.hours.recorded_minutes == sum(timed)
    assert table.hours.untimed_records == len(entries) - len(timed)


@given(told=nights, question=questions)
def test_behind_every_cell_are_exactly_its_entries(
    register: Path, told: list[Told], question: Question
) -> None:
    with written(register, told) as db:
        table = lay_out(counting.answer(db, question))
        entries = wanted_by(told, question.filter)
        measure = question.measure
        held = question.filter.holding or measure
        for row in (None, *table.rows):
            for column in (None, *table.columns):
                expected = {
                    str(one.id)
                    for one in entries
                    if row is None or key_of(one, question.rows) == row.key
                    if column is None or key_of(one, question.columns) == column.key
                    if holds(one, held) and (measure != VISITS or holds(one, VISITS))
                }
                wanted = behind(question, row=row, column=column)
                assert {line.id for line in find_lines(db, wanted)} == expected
                assert count_lines(db, wanted) == len(expected)


@given(
    told=nights, rows=st.sampled_from(list(DIMENSIONS)), columns=st.sampled_from(["time", "law"])
)
def test_the_grand_total_is_the_number_of_entries_in_force(
    register: Path, told: list[Told], rows: str, columns: str
) -> None:
    with written(register, told) as db:
        table = check(lay_out(counting.answer(db, Question(rows, columns))))
        assert table.grand_total == count_lines(db, Filter()) == sum(one.counts for one in told)
        assert sum(table.row_totals) == sum(table.column_totals) == table.grand_total


@given(told=nights, question=questions, shuffle=st.integers(1, 1_000))
def test_the_order_in_which_entries_arrive_does_not_matter(
    register: Path, told: list[Told], question: Question, shuffle: int
) -> None:
    with written(register, told) as db:
        table = lay_out(counting.answer(db, question))
    with written(register, told, shuffle) as db:
        assert lay_out(counting.answer(db, question)) == table


@given(told=nights, question=questions)
def test_the_headline_sums_agree_with_an_independent_count(
    register: Path, told: list[Told], question: Question
) -> None:
    with written(register, told) as db:
        sums = counting.sums(db, question.filter)
    entries = wanted_by(told, question.filter)
    assert sums.entries == len(entries)
    assert sums.visits == sum(one.kind is EntryKind.PREMISES_VISIT for one in entries)
    assert sums.premises_visited == value_of(entries, "premises")
    assert sums.timed == sum(one.minutes is not None for one in entries)
    assert sums.minutes == value_of(entries, "minutes")
    recorded = {measure for one in entries for measure in one.counts}
    assert sums.measures == {measure: value_of(entries, measure) for measure in recorded}


@given(told=nights)
def test_the_narrow_copy_is_the_log_in_force_and_can_be_written_again_from_it(
    register: Path, told: list[Told]
) -> None:
    with written(register, told) as db:
        assert counted.differences(db) == 0
        many = sum(one.counts for one in told)
        with write_transaction(db):
            db.execute("DELETE FROM entries_counted")
        assert counted.differences(db) == many
        with write_transaction(db):
            counted.recount(db)
        assert counted.differences(db) == 0
        assert counting.sums(db, Filter()).entries == many


def test_a_difference_in_one_column_is_found(database: Database) -> None:
    with write_transaction(database):
        add(database, Entry(**USUAL, minutes=15))
        database.execute("UPDATE entries_counted SET minutes = 30")
    assert counted.differences(database) == 2


def test_a_database_from_before_the_copy_is_counted_when_it_is_brought_up_to_date(
    database: Database,
) -> None:
    with write_transaction(database):
        version_id = add(database, Entry(**USUAL))
        add(database, Entry(**USUAL, action="letter"), 2, version_id)
        before = database.execute("SELECT * FROM entries_counted").fetchall()
        for statement in (
            "DROP TRIGGER entries_count_new",
            "DROP TRIGGER entries_drop_superseded",
            "DROP TABLE entries_counted",
        ):
            database.execute(statement)
        counted.create_counted(database)
    assert database.execute("SELECT * FROM entries_counted").fetchall() == before
    assert len(before) == 1


def test_a_refused_entry_leaves_no_trace_in_the_copy(database: Database) -> None:
    with pytest.raises(IntegrityError), write_transaction(database):
        add(database, Entry(**USUAL, counts={"no_such_measure": 1}))
    assert counting.sums(database, Filter()).entries == 0
    assert counted.differences(database) == 0


def test_an_unknown_dimension_is_a_key_error(database: Database) -> None:
    with pytest.raises(KeyError):
        counting.answer(database, Question("action", "weather"))


def test_the_measure_comes_with_its_label_and_unit(database: Database) -> None:
    measured = {
        measure: counting.answer(database, Question("action", "time", measure)).measured
        for measure in ("entries", "cash_pence")
    }
    assert measured == {
        "entries": Measured("Entries", Unit.COUNT),
        "cash_pence": Measured("Cash seized", Unit.PENCE),
    }


def test_every_measure_of_the_list_may_be_asked_for(database: Database) -> None:
    codes = counting.measure_codes(database)
    assert codes[:5] == ("entries", "premises", "minutes", "visits", "spoken_to")
    assert "cash_pence" in codes

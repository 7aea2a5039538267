"""A table has its rows and columns in order, its blanks last, and totals that add up."""

import random
from dataclasses import replace

import pytest

from fieldlog.core.question import Group, Key, Label, Question
from fieldlog.tallies.crosstab import BLANK, DoesNotAddUp, Heading, Table, check, lay_out
from fieldlog.tallies.hours import Hours
from tests.tallies.some_groups import answered, counted

GROUPS = (
    counted("visit", 75, 2),
    counted("visit", 15, 3),
    counted(None, None, 5),
    counted("advice", None, 1),
    counted(None, 120, 4),
)
PREMISES = Question("action", "time", "premises")
VISITED = [("visit", 15, 1), ("visit", 75, 1), ("visit", 15, 2), ("advice", 15, 1)]


@pytest.fixture
def table() -> Table:
    return lay_out(answered(*GROUPS))


@pytest.fixture
def premises() -> Table:
    groups = [Group(row, column, 1, 1, 15, 0, number) for row, column, number in VISITED]
    return lay_out(answered(*groups, Group("letter", None, 7, 0, 0, 0), question=PREMISES))


def test_rows_and_columns_stand_in_the_order_of_their_dimension(table: Table) -> None:
    assert [row.text for row in table.rows] == ["Advice", "Visit", BLANK]
    assert [column.text for column in table.columns] == ["15 min", "75 min", "120 min", BLANK]


def test_cells_and_totals_are_those_of_the_groups(table: Table) -> None:
    assert table.cells == ((0, 0, 0, 1), (3, 2, 0, 0), (0, 0, 4, 5))
    assert table.row_totals == (1, 5, 9)
    assert table.column_totals == (3, 2, 4, 6)
    assert table.grand_total == 15


def test_the_hours_come_with_the_table(table: Table) -> None:
    assert table.hours == Hours(timed_records=9, recorded_minutes=675, untimed_records=6)


def test_there_is_no_blank_where_everything_was_recorded() -> None:
    table = lay_out(answered(counted("visit", 15, 1)))
    assert (table.rows, table.columns) == ((Heading("visit", "Visit"),), (Heading(15, "15 min"),))


def test_no_entries_give_an_empty_table_with_a_total_of_nought() -> None:
    table = check(lay_out(answered()))
    assert (table.rows, table.columns, table.cells, table.grand_total) == ((), (), (), 0)
    assert table.hours == Hours(0, 0, 0)


def test_names_are_in_the_order_of_the_alphabet_whatever_their_case() -> None:
    names: dict[Key, Label] = {1: Label("the Lamp"), 2: Label("Anchor"), 3: Label("Zed's")}
    groups = [counted(key, 15, 1) for key in (3, 1, 2, None)]
    table = lay_out(answered(*groups, rows=names))
    assert [row.text for row in table.rows] == ["Anchor", "the Lamp", "Zed's", BLANK]


def test_a_key_without_a_label_is_shown_and_counted() -> None:
    table = check(lay_out(answered(counted("gone", 15, 2), rows={})))
    assert (table.rows, table.grand_total) == ((Heading("gone", "gone"),), 2)


def test_the_order_of_the_groups_does_not_matter(table: Table) -> None:
    shuffled = random.Random(1).sample(GROUPS, len(GROUPS))
    assert lay_out(answered(*shuffled)) == table


def test_a_measure_is_summed_and_its_noughts_are_shown() -> None:
    groups = (counted("visit", 15, 3, value=40), counted("advice", 15, 2, value=0))
    table = lay_out(answered(*groups, question=Question("action", "time", "spoken_to")))
    assert (table.cells, table.row_totals, table.grand_total) == (((0,), (40,)), (0, 40), 40)
    assert table.hours == Hours(5, 75, 0)


def test_totals_of_premises_are_distinct_counts_and_no_sums(premises: Table) -> None:
    assert [row.text for row in premises.rows] == ["Advice", "Visit", "Letter"]
    assert premises.cells == ((1, 0, 0), (2, 1, 0), (0, 0, 0))
    assert premises.row_totals == (1, 2, 0)
    assert premises.column_totals == (2, 1, 0)
    assert premises.grand_total == 2
    assert check(premises) is premises


def test_hours_of_premises_are_those_of_all_their_entries(premises: Table) -> None:
    assert premises.hours == Hours(4, 60, 7)


@pytest.mark.parametrize(
    "wrong",
    [
        {"grand_total": 14},
        {"row_totals": (1, 6, 9)},
        {"column_totals": (3, 2, 5, 6)},
        {"cells": ((0, 0, 0, 1), (3, 2, 0, 0), (0, 0, 4, 6))},
    ],
)
def test_a_total_that_does_not_equal_its_parts_is_refused(
    table: Table, wrong: dict[str, object]
) -> None:
    assert check(table) is table
    with pytest.raises(DoesNotAddUp, match="its parts sum to"):
        check(replace(table, **wrong))


@pytest.mark.parametrize("total", [1, 4])
def test_distinct_premises_are_neither_fewer_than_a_part_nor_more_than_all(
    premises: Table, total: int
) -> None:
    with pytest.raises(DoesNotAddUp):
        check(replace(premises, grand_total=total))

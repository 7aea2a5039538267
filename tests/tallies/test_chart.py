"""The shapes of a chart say exactly the numbers of its table."""

from collections.abc import Mapping
from typing import Any

import pytest

from fieldlog.core.breakdown import Breakdown, Counted, Found
from fieldlog.core.question import ENTRIES, PREMISES, Key, Label, Measured
from fieldlog.tallies.chart import (
    LONGEST_BAR,
    MOST_BARS,
    MOST_SHADES,
    OTHER_COLUMNS,
    WIDTH,
    Chart,
    ChartKind,
    draw,
)
from fieldlog.tallies.spread import Spread, lay_out_breakdown

NIGHTS: dict[Key, Label] = {
    f"2020-12-{day:02}": Label(f"{day} December 2020", day) for day in (5, 11, 19)
}


def laid_out(numbers: dict[Any, int], rows: str = "ward", measure: str = ENTRIES) -> Spread:
    """A spread of those numbers by ward (or nights), and by kind where keys are pairs."""
    places = [set(keys) for keys in zip(*numbers, strict=True)]
    columns = ("kind",) if len(places) > 1 else ()
    groups = [
        Counted(keys, number, number, 0, 0, premises)
        for keys, number in numbers.items()
        for premises in (range(number) if measure == PREMISES else [None])
    ]
    labels: tuple[Mapping[Key, Label], ...] = tuple(
        NIGHTS if rows == "night" and place == 0 else {key: Label(f"No. {key}") for key in keys}
        for place, keys in enumerate(places)
    )
    asked = Breakdown((rows,), columns, (measure,))
    return lay_out_breakdown(Found(asked, tuple(groups), (), labels, (Measured("Entries"),)))


def drawn(spread: Spread, asked: ChartKind | None = None) -> Chart:
    chart = draw(spread, str, asked)
    assert chart is not None
    return chart


def test_each_bar_is_as_long_as_its_number_and_says_it() -> None:
    chart = drawn(laid_out({(1,): 20, (2,): 5, (None,): 10}))
    assert chart.kind is ChartKind.BARS
    assert [bar.value for bar in chart.bars] == [20, 5, 10]
    assert [bar.width for bar in chart.bars] == [LONGEST_BAR, LONGEST_BAR / 4, LONGEST_BAR / 2]
    assert [words.text for words in chart.words] == ["No. 1", "20", "No. 2", "5", "(blank)", "10"]
    assert chart.says == "No. 1 20, No. 2 5, (blank) 10. The table has every number."
    assert chart.title == "Entries by ward"


def test_stacked_bars_add_up_to_their_rows() -> None:
    numbers = {(1, "a"): 6, (1, "b"): 2, (2, "b"): 4, (2, None): 1}
    chart = drawn(laid_out(numbers))
    assert (chart.kind, chart.series) == (ChartKind.STACKED, ("No. a", "No. b", "(blank)"))
    of_rows = {bar.y: 0 for bar in chart.bars}
    for bar in chart.bars:
        of_rows[bar.y] += bar.value
    assert list(of_rows.values()) == [8, 5]
    assert [(bar.value, bar.shade) for bar in chart.bars] == [(6, 0), (2, 1), (4, 1), (1, 2)]
    first, second = chart.bars[:2]
    assert second.x == first.x + first.width


def test_more_columns_than_patterns_are_put_together() -> None:
    numbers = {(1, column): 10 + column for column in range(9)}
    chart = drawn(laid_out(numbers))
    assert len(chart.series) == MOST_SHADES
    assert chart.series[-1] == OTHER_COLUMNS
    assert sum(bar.value for bar in chart.bars) == sum(numbers.values())


def test_distinct_premises_are_never_stacked() -> None:
    spread = laid_out({(1, "a"): 6, (1, "b"): 2}, measure=PREMISES)
    assert drawn(spread, ChartKind.STACKED).kind is ChartKind.BARS
    assert [bar.value for bar in drawn(spread).bars] == [6]


def test_nights_make_a_line_over_time_with_days_as_far_apart_as_they_are() -> None:
    chart = drawn(
        laid_out({("2020-12-05",): 15, ("2020-12-11",): 19, ("2020-12-19",): 18}, "night")
    )
    assert chart.kind is ChartKind.LINE
    (line,) = chart.strokes
    assert line.values == (15, 19, 18)
    (first, _), (middle, high), (last, _) = line.points
    assert (middle - first) / (last - first) == pytest.approx(6 / 14, abs=0.01)
    assert high == min(y for _, y in line.points)
    assert chart.says.startswith("3 nights, from 15 on 5 December 2020 to 18 on 19 December 2020;")
    assert "the most, 19, on 11 December 2020" in chart.says
    assert all(0 <= x <= WIDTH for x, _ in line.points)


def test_few_columns_are_a_line_each_and_many_are_one_line() -> None:
    few = {(night, column): 3 for night in NIGHTS for column in "ab"}
    many = {(night, column): 3 for night in NIGHTS for column in "abcde"}
    assert [line.values for line in drawn(laid_out(few, "night")).strokes] == [(3, 3, 3)] * 2
    assert [line.values for line in drawn(laid_out(many, "night")).strokes] == [(15, 15, 15)]


def test_a_line_needs_nights() -> None:
    assert drawn(laid_out({(1,): 3}), ChartKind.LINE).kind is ChartKind.BARS
    assert drawn(laid_out({("2020-12-05",): 3}, "night")).kind is ChartKind.BARS


def test_rows_that_do_not_fit_are_said_to_be_in_the_table() -> None:
    chart = drawn(laid_out({(number,): 1 for number in range(MOST_BARS + 3)}))
    assert (len(chart.bars), chart.left_out) == (MOST_BARS, 3)


def test_there_is_no_chart_of_nothing() -> None:
    assert draw(laid_out({(1,): 0}), str) is None

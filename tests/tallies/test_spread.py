"""A breakdown has its lines in order, its subtotals, and others so that totals still add up."""

from dataclasses import replace

import pytest

from fieldlog.core.breakdown import Breakdown, Counted, Found, Summed
from fieldlog.core.question import ENTRIES, PREMISES, VISITS, Key, Label, Measured
from fieldlog.tallies.crosstab import BLANK, DoesNotAddUp
from fieldlog.tallies.shares import Share, percent
from fieldlog.tallies.showing import EVERYTHING, Order, Showing
from fieldlog.tallies.spread import Left, Line, Spread, check_spread, lay_out_breakdown
from fieldlog.tallies.spread_writing import (
    column_name,
    percent_of,
    spread_data,
    spread_notes,
    spread_rows,
    spread_text,
    spread_title,
)

ACTIONS: dict[Key, Label] = {
    "visit": Label("Visit", 2),
    "advice": Label("Advice", 1),
    "letter": Label("Letter", 3),
}
AGENCIES: dict[Key, Label] = {1: Label("Council"), 2: Label("Police")}
KINDS: dict[Key, Label] = {"a": Label("Kind A", 1), "b": Label("Kind B", 2)}
OUT = (Left.OUT,)


def counted(keys: tuple[Key, ...], entries: int, premises: int | None = None) -> Counted:
    return Counted(keys, entries, entries, 0, 0, premises)


def found(breakdown: Breakdown, *groups: Counted, sums: tuple[Summed, ...] = ()) -> Found:
    labels = {"action": ACTIONS, "agency": AGENCIES, "kind": KINDS}
    return Found(
        breakdown=breakdown,
        groups=groups,
        sums=sums,
        labels=tuple(labels[one] for one in breakdown.dimensions),
        measured=tuple(Measured(one.replace("_", " ").capitalize()) for one in breakdown.measures),
    )


TWO_BY_ONE = found(
    Breakdown(("action", "agency"), ("kind",), (ENTRIES, "spoken_to")),
    counted(("visit", 1, "a"), 5),
    counted(("visit", 2, "a"), 2),
    counted(("visit", 2, None), 1),
    counted(("advice", None, "b"), 4),
    counted((None, 1, "a"), 3),
    counted(("letter", 1, "a"), 6),
    sums=(Summed(("visit", 1, "a"), "spoken_to", 9), Summed((None, 1, "a"), "spoken_to", 2)),
)


@pytest.fixture
def spread() -> Spread:
    return check_spread(lay_out_breakdown(TWO_BY_ONE))


def texts(lines: tuple[Line, ...]) -> list[str]:
    return [f"{'  ' * (len(line.path) - 1)}{line.text}" for line in lines]


def test_a_group_stands_over_its_parts_and_blanks_stand_last(spread: Spread) -> None:
    assert texts(spread.rows) == [
        *("Advice", f"  {BLANK}", "Visit", "  Council", "  Police"),
        *("Letter", "  Council", BLANK, "  Council"),
    ]
    assert texts(spread.columns) == ["Kind A", "Kind B", BLANK, "Grand Total"]


def test_every_level_has_its_subtotal_of_every_measure(spread: Spread) -> None:
    assert [spread.value(("visit",), (), place) for place in (0, 1)] == [8, 9]
    assert [spread.value(("visit", 2), (column,)) for column in ("a", "b", None)] == [2, 0, 1]
    assert [spread.value((), (), place) for place in (0, 1)] == [21, 11]


def test_a_group_of_columns_stands_after_its_parts() -> None:
    turned = found(
        Breakdown(("kind",), ("action", "agency")),
        *(
            counted((kind, action, agency), n)
            for (action, agency, kind), n, *_ in ((g.keys, g.entries) for g in TWO_BY_ONE.groups)
        ),
    )
    spread = check_spread(lay_out_breakdown(turned))
    assert [column_name(spread, column, 0) for column in spread.columns] == [
        *(f"Advice · {BLANK}", "Advice · Total"),
        *("Visit · Council", "Visit · Police", "Visit · Total"),
        *("Letter · Council", "Letter · Total", f"{BLANK} · Council", f"{BLANK} · Total"),
        "Grand Total",
    ]


@pytest.mark.parametrize(
    ("order", "firsts"),
    [
        (Order.USUAL, ["Advice", "Visit", "Letter", BLANK]),
        (Order.BACK, ["Letter", "Visit", "Advice", BLANK]),
        (Order.MOST, ["Visit", "Letter", "Advice", BLANK]),
        (Order.LEAST, ["Advice", "Letter", "Visit", BLANK]),
    ],
)
def test_rows_can_be_sorted_by_name_and_by_total_either_way(
    order: Order, firsts: list[str]
) -> None:
    spread = lay_out_breakdown(TWO_BY_ONE, Showing(order))
    assert [line.text for line in spread.first_rows()] == firsts


def test_parts_of_a_group_are_sorted_too() -> None:
    most = lay_out_breakdown(TWO_BY_ONE, Showing(Order.LEAST))
    inside = [line.text for line in most.rows if line.path[:1] == ("visit",)]
    assert inside == ["Visit", "Police", "Council"]


@pytest.mark.parametrize(
    ("showing", "firsts"),
    [
        (Showing(top=1), ["Visit", "Others (2)", BLANK]),
        (Showing(top=2), ["Visit", "Letter", "Others (1)", BLANK]),
        (Showing(top=3), ["Advice", "Visit", "Letter", BLANK]),
        (Showing(only=("advice",)), ["Advice", "Others (2)", BLANK]),
        (Showing(only=("advice", "letter"), top=1), ["Letter", "Others (2)", BLANK]),
        (Showing(Order.BACK, only=("advice", "visit")), ["Visit", "Advice", "Others (1)", BLANK]),
    ],
)
def test_others_hold_what_is_not_shown_so_that_totals_add_up(
    showing: Showing, firsts: list[str]
) -> None:
    spread = check_spread(lay_out_breakdown(TWO_BY_ONE, showing))
    assert [line.text for line in spread.first_rows()] == firsts
    assert sum(spread.value(line.path, ()) for line in spread.first_rows()) == 21
    assert spread.every_first == (("advice", "Advice"), ("visit", "Visit"), ("letter", "Letter"))


def test_others_have_no_parts_of_their_own() -> None:
    spread = lay_out_breakdown(TWO_BY_ONE, Showing(top=1))
    assert [line.path for line in spread.rows if Left.OUT in line.path] == [OUT]
    assert spread.value(OUT, ("a",)) == 6


def test_distinct_premises_are_counted_anew_in_every_total() -> None:
    groups = [
        counted(("visit", 1), 1, premises=7),
        counted(("visit", 2), 1, premises=7),
        counted(("advice", 1), 1, premises=7),
        counted(("advice", 1), 1, premises=8),
        counted(("letter", 2), 3),
    ]
    asked = Breakdown(("action", "agency"), (), (PREMISES, VISITS))
    spread = check_spread(lay_out_breakdown(found(asked, *groups)))
    assert [spread.value(row, ()) for row in (("visit", 1), ("visit", 2), ("visit",))] == [1, 1, 1]
    assert [spread.value(("advice",), ()), spread.value((), ()), spread.value((), (), 1)] == [
        2,
        2,
        7,
    ]
    others = check_spread(lay_out_breakdown(found(asked, *groups), Showing(only=("letter",))))
    assert others.value(OUT, ()) == 2


def test_a_total_that_does_not_add_up_is_refused(spread: Spread) -> None:
    for line in ((), ()), (("visit",), ()), (("visit", 1), ("a",)), ((), ("b",)):
        number, *more = spread.values[line]
        wrong = replace(spread, values={**spread.values, line: (number + 1, *more)})
        with pytest.raises(DoesNotAddUp, match="but its parts sum to"):
            check_spread(wrong)


def test_nothing_found_is_an_empty_spread_with_a_total_of_nought() -> None:
    spread = check_spread(lay_out_breakdown(found(Breakdown(("action",), ("kind",)))))
    assert (spread.rows, texts(spread.columns), spread.value((), ())) == ((), ["Grand Total"], 0)


def test_percentages_name_their_base_and_say_when_there_is_none(spread: Spread) -> None:
    said = [percent_of(spread, share, ("visit",), ("a",), 0) for share in Share]
    assert said == ["87.5%", "43.8%", "33.3%"]  # 7 of 8, 7 of 16, 7 of 21
    assert percent_of(spread, Share.ROW, ("advice",), ("b",), 1) == "no base"
    assert spread_notes(spread, Share.ROW)[0] == (
        "Percentages are of the row: the number in the last column of the same row is 100%."
    )
    # As published: 3 of 23 test purchases failed, 590 talks at 1,281 doors.
    assert (percent(3, 23), percent(590, 1_281)) == ("13.0%", "46.1%")
    assert (percent(1, 8), percent(0, 3), percent(1, 0), percent(25, 2)) == (
        *("12.5%", "0.0%", "no base", "1,250.0%"),
    )


def test_it_is_said_in_words(spread: Spread) -> None:
    assert (
        spread_title(spread)
        == "Entries and spoken to by action taken, then agency, and kind of entry"
    )
    plain = lay_out_breakdown(found(Breakdown(("action",), ()), counted(("visit",), 1)))
    assert spread_title(plain) == "Entries by action taken"
    many = Breakdown(("action",), (), (ENTRIES, VISITS, "fpn", "cpw"))
    assert (
        spread_title(lay_out_breakdown(found(many))) == "Entries and 3 more counts by action taken"
    )


def test_as_rows_it_has_a_column_for_each_level_and_measure(spread: Spread) -> None:
    header, first, *_, total = spread_rows(spread)
    assert header[:4] == ["Action taken", "Agency", "Kind A · Entries", "Kind A · Spoken to"]
    assert first[:2] == ["Advice", "Total"]
    assert total == ["Grand Total", "", 16, 11, 4, 0, 1, 0, 21, 11]


def test_as_data_it_names_every_level_and_keeps_blanks_as_nothing(spread: Spread) -> None:
    data = spread_data(spread, Share.TOTAL)
    assert data["rows"][:3] == [["Advice"], ["Advice", None], ["Visit"]]
    assert data["rows"][-1] == data["columns"][-1] == []
    assert data["cells"][-1][-1] == [21, 11]
    assert data["percentages"][2][-1] == ["38.1%", "81.8%"]


def test_as_text_its_rule_is_as_wide_as_its_columns(spread: Spread) -> None:
    title, _, head, rule, *_ = spread_text(spread, Share.ROW).splitlines()
    assert title == spread_title(spread)
    assert len(rule) >= len(head) == len(head.rstrip())
    assert set(rule) == {"-"}


def test_everything_is_shown_unless_asked_otherwise() -> None:
    assert lay_out_breakdown(TWO_BY_ONE, EVERYTHING) == lay_out_breakdown(TWO_BY_ONE)

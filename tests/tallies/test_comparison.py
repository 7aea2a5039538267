"""A period against another: the difference, and per cent of what it names."""

from dataclasses import replace
from decimal import Decimal

import pytest

from fieldlog.core.question import Filter, Sums
from fieldlog.tallies.comparison import change_percent, compare, difference
from fieldlog.tallies.headline import Headline, headline
from fieldlog.tallies.paragraph import Closed, closures_said


def figures(visits: int, premises: int, minutes: int = 0, **measures: int) -> Headline:
    sums = Sums(visits, visits, premises, bool(minutes), minutes, measures)
    return headline(sums, Filter())


THIS = figures(52, 40, 90, spoken_to=246, warned=78, arrests=3)
LAST = figures(40, 40, 120, spoken_to=300, cpw=2)


def test_every_figure_has_its_difference_and_its_base() -> None:
    rows = {row.figure.code: row for row in compare(THIS, [LAST, None])}
    changes = {
        code: (
            row.figure.text,
            row.changes[0].was,
            row.changes[0].difference,
            row.changes[0].percent,
        )
        for code, row in rows.items()
        if row.changes[0]
    }
    assert changes == {
        "premises": ("40", "40", "0", "0.0% of 40 premises"),
        "visits": ("52", "40", "+12", "+30.0% of 40 visits"),
        "spoken_to": ("246", "300", "−54", "−18.0% of 300 people"),
        "warned": ("78", "0", "+78", "no base: 0 people"),
        "fpn": ("0", "0", "0", "no base: 0 notices"),
        "cpw": ("0", "2", "−2", "−100.0% of 2 notices"),
        "arrests": ("3", "0", "+3", "no base: 0 arrests"),
        "closures": ("0", "0", "0", "no base: 0 closures"),
        "hours": ("1.5", "2", "−0.5", "−25.0% of 2 hours"),
    }
    assert {row.changes[1] for row in rows.values()} == {None}


def test_hours_on_patrol_that_only_one_period_has_were_nought_in_the_other() -> None:
    only = replace(figures(1, 1).figures[0], code="patrol_hours", value=Decimal("3.00"))
    out = replace(figures(1, 1), figures=(only,))
    ((row),) = [one for one in compare(out, [LAST]) if one.figure.code == "patrol_hours"]
    assert (row.figure.text, row.changes[0] and row.changes[0].was) == ("3", "0")
    ((row),) = [one for one in compare(LAST, [out]) if one.figure.code == "patrol_hours"]
    assert (row.figure.text, row.changes[0] and row.changes[0].was) == ("0", "3")


def test_a_figure_that_only_the_other_period_has_stands_in_its_place() -> None:
    codes = [row.figure.code for row in compare(THIS, [LAST])]
    assert codes.index("fpn") + 1 == codes.index("cpw") == codes.index("arrests") - 1


def test_the_numbers_of_both_periods_lead_to_their_entries() -> None:
    other = Filter({"operation": (1,)})
    sums = Sums(1, 1, 1, 0, 0, {})
    (premises, *_) = compare(headline(sums, Filter()), [headline(sums, other)])
    assert premises.changes[0] is not None
    assert premises.changes[0].behind is not None
    assert premises.changes[0].behind.where == {"operation": (1,)}


@pytest.mark.parametrize(
    ("now", "was", "unit", "said"),
    [
        (4, 1, "visits", "+300.0% of 1 visit"),
        (2, 1, "people", "+100.0% of 1 person"),
        (0, 1, "premises", "−100.0% of 1 premises"),
        (3, 3, "visits", "0.0% of 3 visits"),
        (1, 3, "visits", "−66.7% of 3 visits"),
        (2_000, 1_500, "people", "+33.3% of 1,500 people"),
        (Decimal("1.75"), Decimal("0.25"), "hours", "+600.0% of 0.25 hours"),
        (0, 0, "arrests", "no base: 0 arrests"),
    ],
)
def test_a_percentage_names_its_base(
    now: int | Decimal, was: int | Decimal, unit: str, said: str
) -> None:
    assert change_percent(now, was, unit) == said


def test_a_difference_has_a_sign_and_nought_has_none() -> None:
    assert [difference(now, 5) for now in (5, 6, 4, 2_000)] == ["0", "+1", "−1", "+1,995"]
    assert difference(Decimal("2.75"), Decimal("0.25")) == "+2.5"


@pytest.mark.parametrize(
    ("closed", "said"),
    [
        ([], ""),
        ([Closed("", 2)], "No entry names the law of a closure."),
        ([Closed("SI 2020/1103", 1)], "Closures: 1 under SI 2020/1103."),
        (
            [Closed("SI 2020/1103", 1), Closed("", 2)],
            "Closures: 1 under SI 2020/1103 and 2 under a law that no entry names.",
        ),
    ],
)
def test_a_closure_has_its_lawful_description_where_it_is_known(
    closed: list[Closed], said: str
) -> None:
    assert closures_said(closed) == said

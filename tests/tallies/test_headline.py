"""Headline figures say their basis, keep notices apart and lead to their entries."""

from dataclasses import replace
from decimal import Decimal

import pytest

from fieldlog.core.question import Filter, Sums
from fieldlog.tallies.headline import headline
from fieldlog.tallies.hours import Hours

NIGHT = Filter(where={"deployment": (7,)})
MEASURES = {"spoken_to": 1_092, "warned": 38, "fpn": 2, "pcn": 101, "masks": 5}
SUMS = Sums(entries=23, visits=17, premises_visited=15, timed=14, minutes=440, measures=MEASURES)
NOTHING = Sums(0, 0, 0, 0, 0, {})


def test_the_figures_stand_in_the_order_they_are_read() -> None:
    figures = headline(SUMS, NIGHT).figures
    assert [(figure.code, figure.value) for figure in figures] == [
        ("premises", 15),
        ("visits", 17),
        ("spoken_to", 1_092),
        ("warned", 38),
        ("fpn", 2),
        ("pcn", 101),
        ("arrests", 0),
        ("closures", 0),
        ("hours", Decimal("7.33")),
    ]


def test_noughts_are_said_as_noughts() -> None:
    figures = headline(NOTHING, NIGHT).figures
    assert {figure.code: figure.text for figure in figures} == dict.fromkeys(
        ["premises", "visits", "spoken_to", "warned", "fpn", "arrests", "closures", "hours"], "0"
    )


@pytest.mark.parametrize("code", ["pcn", "pnd", "cpw", "cpn"])
def test_every_other_notice_stands_by_itself_where_there_are_some(code: str) -> None:
    found = headline(replace(NOTHING, measures={code: 4}), NIGHT)
    assert found[code].value == 4
    assert found["fpn"].value == 0
    with pytest.raises(KeyError):
        headline(NOTHING, NIGHT)[code]


def test_every_figure_names_its_basis_and_its_unit() -> None:
    for figure in headline(SUMS, NIGHT).figures:
        assert figure.label
        assert figure.basis
        assert figure.unit


def test_hours_come_with_their_method() -> None:
    found = headline(SUMS, NIGHT)
    assert found.hours == Hours(14, 440, 9)
    assert found["hours"].basis == found.hours.says()


def test_values_are_printed_as_people_read_them() -> None:
    found = headline(SUMS, NIGHT)
    assert (found["spoken_to"].text, found["hours"].text) == ("1,092", "7.33")


def test_every_figure_leads_to_its_entries_within_the_filter() -> None:
    behind = {figure.code: figure.behind for figure in headline(SUMS, NIGHT).figures}
    visits = behind.pop("visits")
    assert visits == Filter(where={"deployment": (7,), "kind": ("premises_visit",)})
    assert behind.pop("hours") == replace(NIGHT, holding="minutes")
    assert behind == {code: replace(NIGHT, holding=code) for code in behind}

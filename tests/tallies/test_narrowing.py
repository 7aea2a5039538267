"""The filter behind a figure narrows what was asked and never widens it."""

from fieldlog.core.question import Filter, Question
from fieldlog.tallies.crosstab import Heading
from fieldlog.tallies.narrowing import behind, narrowed

VISIT, BLANK = Heading("visit", "Visit"), Heading(None, "(blank)")
NIGHT = Filter(where={"night": ("2020-12-05",)})


def test_behind_a_cell_are_the_entries_of_its_row_and_its_column() -> None:
    question = Question("action", "time", filter=NIGHT)
    assert behind(question, row=VISIT, column=BLANK) == Filter(
        where={"night": ("2020-12-05",), "action": ("visit",), "time": (None,)}
    )


def test_behind_totals_are_the_entries_of_a_row_of_a_column_or_of_all() -> None:
    question = Question("action", "time", filter=NIGHT)
    assert behind(question, row=VISIT).where["action"] == ("visit",)
    assert "action" not in behind(question, column=BLANK).where
    assert behind(question) == NIGHT


def test_behind_a_measure_are_the_entries_that_recorded_some_of_it() -> None:
    assert behind(Question("action", "time", "warned")).holding == "warned"
    assert behind(Question("action", "time", "premises")).holding == "premises"
    assert behind(Question("action", "time", "entries")).holding is None


def test_a_dimension_asked_for_already_is_held_to_both() -> None:
    wanted = Filter(where={"action": ("visit", "letter", None)})
    assert narrowed(wanted, {"action": (None, "visit")}).where["action"] == ("visit", None)
    assert narrowed(wanted, {"action": ("email",)}).where["action"] == ()


def test_a_measure_asked_for_already_stays() -> None:
    wanted = Filter(holding="warned")
    assert narrowed(wanted, {}, "spoken_to").holding == "warned"


def test_dates_and_place_stay() -> None:
    wanted = Filter(place="lamp")
    assert narrowed(wanted, {"kind": ("arrest",)}) == Filter(
        where={"kind": ("arrest",)}, place="lamp"
    )

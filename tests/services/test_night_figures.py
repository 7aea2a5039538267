"""A night's figures come from one call, agree with the log, and are not given where they do not."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from sqlite_utils import Database

from fieldlog.core.entry import Entry
from fieldlog.core.question import Filter, Question
from fieldlog.core.words import EntryKind
from fieldlog.services.count_tally import UnknownCode, count_tally
from fieldlog.services.night_figures import NightFigures, night_figures, require_records
from fieldlog.store.connection import write_transaction
from fieldlog.store.log import count_lines
from fieldlog.tallies.crosstab import DoesNotAddUp
from fieldlog.tallies.hours import Hours
from fieldlog.tallies.narrowing import behind
from tests.services.one_night import register
from tests.store.some_entries import USUAL, add

NIGHT = Filter(date_from=date(2020, 10, 24), date_to=date(2020, 10, 24))


@pytest.fixture
def night(db: Database, cast, now) -> Database:
    lamp, crown = (register(db, name, now) for name in ("The Lamp", "The Crown"))
    visit = Entry(**USUAL, agency_id=cast.council, premises_id=lamp, action="visit", minutes=15)
    counts = {"spoken_to": 9, "warned": 4}
    entries = [
        visit,
        replace(visit, minutes=None, counts={"spoken_to": 3, "closures": 1}),
        replace(visit, premises_id=crown, action=None),
        replace(visit, kind=EntryKind.ENCOUNTER, premises_id=None, counts=counts),
        replace(visit, night_of=date(2020, 10, 25)),
        replace(visit, struck=True),
    ]
    with write_transaction(db):
        for number, entry in enumerate(entries, 1):
            add(db, replace(entry, id=UUID(int=number)))
    return db


@pytest.fixture
def figures(night: Database) -> NightFigures:
    return night_figures(night, NIGHT)


def test_it_gives_the_headline_of_the_night(figures: NightFigures) -> None:
    values = {figure.code: figure.value for figure in figures.headline.figures}
    assert values == {
        "premises": 2,
        "visits": 3,
        "spoken_to": 12,
        "warned": 4,
        "fpn": 0,
        "arrests": 0,
        "closures": 1,
        "hours": 0.75,
    }
    assert figures.headline.hours == Hours(3, 45, 1)


def test_every_headline_figure_leads_to_as_many_entries_as_there_are(
    night: Database, figures: NightFigures
) -> None:
    found = {one.code: count_lines(night, one.behind) for one in figures.headline.figures}
    assert found == {
        "premises": 3,
        "visits": 3,
        "spoken_to": 2,
        "warned": 1,
        "fpn": 0,
        "arrests": 0,
        "closures": 1,
        "hours": 3,
    }


def test_every_table_counts_every_entry(night: Database, figures: NightFigures) -> None:
    assert [(table.question.rows, table.question.columns) for table in figures.tables] == [
        ("action", "time"),
        ("agency", "kind"),
        ("premises", "action"),
        ("hour", "kind"),
    ]
    for table in figures.tables:
        assert table.grand_total == figures.sums.entries == count_lines(night, NIGHT) == 4
        assert count_lines(night, behind(table.question)) == 4


def test_its_tables_are_those_of_any_tally(night: Database, figures: NightFigures) -> None:
    tally = count_tally(night, Question("action", "time", filter=NIGHT))
    assert figures.action_by_time == tally


def test_a_night_without_entries_has_its_noughts(db: Database) -> None:
    figures = night_figures(db, NIGHT)
    assert {figure.text for figure in figures.headline.figures} == {"0"}
    assert [table.grand_total for table in figures.tables] == [0, 0, 0, 0]


@pytest.mark.parametrize(
    "harm",
    [
        "DELETE FROM entries_counted WHERE minutes IS NULL",
        "UPDATE entries_counted SET night_of = '2020-10-24'",
    ],
)
def test_figures_that_differ_from_the_log_are_not_given(night: Database, harm: str) -> None:
    with write_transaction(night):
        night.execute(harm)
    with pytest.raises(DoesNotAddUp, match="Run: fieldlog check"):
        night_figures(night, NIGHT)


def test_one_record_more_or_less_stops_the_figures(figures: NightFigures) -> None:
    require_records(figures, 4)
    for records in (3, 5):
        with pytest.raises(DoesNotAddUp, match=f"4 entries, but the log has {records}"):
            require_records(figures, records)


def test_a_table_that_counts_something_else_stops_the_figures(figures: NightFigures) -> None:
    other = replace(figures.by_hour, grand_total=3)
    with pytest.raises(DoesNotAddUp, match="A table counts 3 entries, but the log has 4"):
        require_records(replace(figures, by_hour=other), 4)


def test_hours_that_differ_between_tables_stop_the_figures(figures: NightFigures) -> None:
    other = replace(figures.by_hour, hours=Hours(2, 30, 2))
    with pytest.raises(DoesNotAddUp, match="Hours differ"):
        require_records(replace(figures, by_hour=other), 4)


def test_an_unknown_code_in_the_filter_is_named(db: Database) -> None:
    with pytest.raises(UnknownCode, match="weather"):
        night_figures(db, Filter(where={"weather": ("rain",)}))

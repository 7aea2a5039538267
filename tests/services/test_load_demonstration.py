"""The demonstration, loaded through the real services, gives the published figures."""

from datetime import UTC, date, datetime

import pytest
from sqlite_utils import Database

from fieldlog.core.question import Filter, Question
from fieldlog.demonstration.published import MARSHALS_RECORDS, NIGHTS, PublishedNight
from fieldlog.services.load_demonstration import (
    DOORSTEPS,
    MARSHALS,
    NIGHTS_OF_ACTION,
    PURCHASES,
    NotEmpty,
    load_demonstration,
    plan_tonight,
)
from fieldlog.services.passwords import Passwords
from fieldlog.store import counting, deployments, facts
from fieldlog.store.log import count_lines, find_lines

NOW = datetime(2021, 3, 5, 19, 0, tzinfo=UTC)


@pytest.fixture
def demonstration(db: Database, passwords: Passwords) -> Database:
    load_demonstration(db, now=NOW, passwords=passwords)
    return db


def of_operation(db: Database, name: str, **more: date) -> Filter:
    operation_id = deployments.operation_named(db, name)
    return Filter(where={"operation": (operation_id,)}, **more)


def test_the_marshals_table_has_its_483_records_cell_by_cell(demonstration: Database) -> None:
    question = Question("action", "time", filter=of_operation(demonstration, MARSHALS))
    groups = counting.answer(demonstration, question).groups
    cells = {(group.row, group.column): group.entries for group in groups}
    assert cells == {(action, minutes): many for action, minutes, many in MARSHALS_RECORDS}
    assert sum(cells.values()) == 483


def test_the_marshals_hours_are_143_timed_records_of_78_75_hours(demonstration: Database) -> None:
    found = counting.sums(demonstration, of_operation(demonstration, MARSHALS))
    assert (found.entries, found.timed, found.minutes / 60) == (483, 143, 78.75)
    assert found.premises_visited == 120


@pytest.mark.parametrize("published", NIGHTS, ids=lambda night: night.night_of.isoformat())
def test_each_night_has_its_published_figures(
    demonstration: Database, published: PublishedNight
) -> None:
    night = published.night_of
    wanted = of_operation(demonstration, NIGHTS_OF_ACTION, date_from=night, date_to=night)
    found = counting.sums(demonstration, wanted)
    assert found.premises_visited == published.premises_visited
    assert found.measures.get("spoken_to", 0) == (published.spoken_to or 0)
    assert found.measures.get("warned", 0) == (published.warned or 0)
    assert found.measures.get("fpn", 0) == (published.tickets or 0)
    assert found.measures.get("arrests", 0) == (published.arrests or 0)
    assert found.measures.get("closures", 0) == published.closures


def test_december_sums_to_the_published_sum(demonstration: Database) -> None:
    december = Filter(date_from=date(2020, 12, 1), date_to=date(2020, 12, 31))
    found = counting.sums(demonstration, december)
    assert found.premises_visited == 52
    sums = [found.measures[measure] for measure in ("spoken_to", "warned", "fpn", "arrests")]
    assert sums == [246, 78, 2, 3]


def test_every_line_of_the_log_is_recorded_by_its_officer(demonstration: Database) -> None:
    lines = list(find_lines(demonstration, Filter()))
    assert len(lines) == count_lines(demonstration, Filter())
    assert all(line.officer and line.recorded_by == line.officer for line in lines)


def test_it_is_marked_as_a_demonstration_and_has_a_night_for_tonight(
    demonstration: Database,
) -> None:
    assert facts.is_demonstration(demonstration)
    assert [one.operation for one in deployments.of_night(demonstration, NOW.date())] == [
        NIGHTS_OF_ACTION
    ]
    plan_tonight(demonstration, now=NOW)
    assert len(deployments.of_night(demonstration, NOW.date())) == 1


def test_it_refuses_a_database_that_anybody_has_used(
    demonstration: Database, passwords: Passwords
) -> None:
    before = count_lines(demonstration, Filter())
    with pytest.raises(NotEmpty):
        load_demonstration(demonstration, now=NOW, passwords=passwords)
    assert count_lines(demonstration, Filter()) == before


def test_days_at_the_door_have_their_published_sums(demonstration: Database) -> None:
    found = counting.sums(demonstration, of_operation(demonstration, DOORSTEPS))
    assert found.measures["doors_knocked"] == 1281
    assert found.measures["spoken_to"] == 590


def test_a_year_of_test_purchases_fails_as_often_as_was_published(
    db: Database, passwords: Passwords
) -> None:
    load_demonstration(db, now=NOW.replace(year=2024), passwords=passwords)
    question = Question("product", "result", filter=of_operation(db, PURCHASES))
    groups = counting.answer(db, question).groups
    results = [(group.column, group.entries) for group in groups]
    assert sum(many for _, many in results) == 23
    assert sum(many for result, many in results if result == "sold") == 3
    assert counting.sums(db, of_operation(db, PURCHASES)).premises_visited == 0


def test_it_plans_no_night_in_a_database_of_real_records(db: Database) -> None:
    plan_tonight(db, now=NOW)
    assert deployments.deployments(db) == []

"""Labels say what a key is, tell two of the same name apart, and know their place."""

import pytest
from sqlite_utils import Database

from fieldlog.core.question import DIMENSIONS, Key, Label
from fieldlog.store.connection import write_transaction
from fieldlog.store.labelling import labels


def in_order(db: Database, dimension: str, keys: set[Key]) -> list[str]:
    found = labels(db, dimension, keys).values()
    return [label.text for label in sorted(found, key=lambda label: label.position)]


def test_times_are_in_the_order_of_their_length(database: Database) -> None:
    times: set[Key] = {120, 75, 15, 5}
    assert in_order(database, "time", times) == ["5 min", "15 min", "75 min", "120 min"]


def test_the_hours_of_a_night_run_over_midnight_from_six(database: Database) -> None:
    assert in_order(database, "hour", {0, 5, 6, 23, 18}) == [
        "06:00",
        "18:00",
        "23:00",
        "00:00",
        "05:00",
    ]


def test_actions_are_in_the_order_of_their_list(database: Database) -> None:
    assert in_order(database, "action", {"letter", "visit", "advice_given"}) == [
        "Advice given",
        "Visit subject premises",
        "Letter sent to subject premises",
    ]


def test_nights_are_in_the_order_of_their_dates(database: Database) -> None:
    nights: set[Key] = {"2020-12-05", "2021-01-09", "2020-12-11"}
    assert in_order(database, "night", nights) == [
        "5 December 2020",
        "11 December 2020",
        "9 January 2021",
    ]


def test_a_deployment_is_its_operation_and_its_night(database: Database) -> None:
    assert in_order(database, "deployment", {2, 1}) == [
        "Op Emblazen · 24 October 2020",
        "Op Emblazen · 25 October 2020",
    ]


@pytest.mark.parametrize(
    ("dimension", "keys", "texts"),
    [
        ("premises", {1, 2, 4}, {"The Lamp (High Street)", "The Lamp (Quay Lane)", "Zed's"}),
        ("premises", {1, 4}, {"The Lamp", "Zed's"}),
        ("officer", {1, 2, 3}, {"Asha Reed (CM07)", "Asha Reed (CM09)", "Ben Cole"}),
        ("ward", {1, 2}, {"Castle (from 2002)", "Castle (from 2016)"}),
    ],
)
def test_two_of_the_same_name_are_told_apart(
    database: Database, dimension: str, keys: set[Key], texts: set[str]
) -> None:
    assert {label.text for label in labels(database, dimension, keys).values()} == texts


def test_two_of_the_same_name_and_address_are_told_apart_by_their_number(
    database: Database,
) -> None:
    with write_transaction(database):
        database.execute("UPDATE premises SET address = '' WHERE id IN (1, 2)")
    found = labels(database, "premises", {1, 2})
    assert found == {1: Label("The Lamp (no. 1)"), 2: Label("The Lamp (no. 2)")}


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_a_blank_has_no_label(database: Database, dimension: str) -> None:
    assert labels(database, dimension, {None}) == {}


def test_a_key_that_no_list_has_is_shown_as_it_is(database: Database) -> None:
    assert labels(database, "action", {"gone"}) == {"gone": Label("gone")}

"""A filter finds the same entries for a figure as for the log behind it, and finds them quickly."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from sqlite_utils import Database

from fieldlog.core.entry import Entry
from fieldlog.core.question import Filter
from fieldlog.core.words import EntryKind
from fieldlog.store import counting
from fieldlog.store.connection import write_transaction
from fieldlog.store.filtering import conditions
from fieldlog.store.log import count_lines, find_lines
from tests.store.some_entries import USUAL, add

LAMP = Entry(**USUAL, premises_id=1, minutes=0, deployment_id=1, counts={"warned": 2})
ECLAIR = replace(LAMP, id=UUID(int=2), premises_id=3, minutes=None, deployment_id=3, counts={})
ZEDS = replace(ECLAIR, id=UUID(int=3), kind=EntryKind.ENCOUNTER, premises_id=4, deployment_id=None)
KIOSK = replace(
    ZEDS, id=UUID(int=4), premises_id=None, place="Kiosk by the Lamp_post", counts={"warned": 0}
)
STRUCK = replace(LAMP, id=UUID(int=5), struck=True)
EVERYTHING = {"lamp", "éclair", "zeds", "kiosk"}
NAMES = {1: "lamp", 2: "éclair", 3: "zeds", 4: "kiosk", 5: "struck"}


@pytest.fixture
def five(database: Database) -> Database:
    with write_transaction(database):
        for entry in (LAMP, ECLAIR, ZEDS, KIOSK, STRUCK):
            add(database, entry)
    return database


def found(db: Database, wanted: Filter) -> set[str]:
    """Names of the entries found, the same whichever way they are asked for."""
    names = {NAMES[UUID(line.id).int] for line in find_lines(db, wanted)}
    assert counting.sums(db, wanted).entries == count_lines(db, wanted) == len(names)
    return names


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (Filter(), EVERYTHING),
        (Filter(where={"premises": (1, 3)}), {"lamp", "éclair"}),
        (Filter(where={"premises": (None,)}), {"kiosk"}),
        (Filter(where={"premises": (1, None)}), {"lamp", "kiosk"}),
        (Filter(where={"premises": ()}), set()),
        (Filter(where={"time": (0,)}), {"lamp"}),
        (Filter(where={"time": (None,)}), {"éclair", "zeds", "kiosk"}),
        (Filter(where={"premises_type": ("bar",)}), {"lamp"}),
        (Filter(where={"premises_type": (None,)}), {"zeds", "kiosk"}),
        (Filter(where={"premises_type": (None, "bar")}), {"lamp", "zeds", "kiosk"}),
        (Filter(where={"operation": (1,)}), {"lamp"}),
        (Filter(where={"operation": (None, 2)}), {"éclair", "zeds", "kiosk"}),
        (Filter(where={"operation": (1,), "kind": ("encounter",)}), set()),
        (Filter(where={"night": ("2020-10-24",)}), EVERYTHING),
        (Filter(date_from=date(2020, 10, 24), date_to=date(2020, 10, 24)), EVERYTHING),
        (Filter(date_from=date(2020, 10, 25)), set()),
        (Filter(date_to=date(2020, 10, 23)), set()),
        (Filter(holding="warned"), {"lamp"}),
        (Filter(holding="minutes"), {"lamp"}),
        (Filter(holding="premises"), {"lamp", "éclair"}),
        (Filter(place="LAMP"), {"lamp", "kiosk"}),
        (Filter(place="lamp street"), {"lamp"}),
        (Filter(place="100%"), {"éclair"}),
        (Filter(place="%"), {"éclair"}),
        (Filter(place="lamp_"), {"kiosk"}),
        (Filter(place="nowhere"), set()),
        (Filter(where={"kind": ("encounter",)}, place="lamp"), {"kiosk"}),
    ],
)
def test_it_finds(five: Database, wanted: Filter, names: set[str]) -> None:
    assert found(five, wanted) == names


@pytest.mark.parametrize("typed", ["café", "CAFÉ", "Café strasse", "straße"])
def test_a_place_is_found_however_its_letters_are_written(database: Database, typed: str) -> None:
    with write_transaction(database):
        for number, place in enumerate(("CAFÉ STRAßE", "Café Strasse"), 1):
            add(database, replace(KIOSK, id=UUID(int=number), place=place))
    assert count_lines(database, Filter(place=typed)) == 2


def test_struck_entries_come_only_where_they_are_asked_for(five: Database) -> None:
    assert count_lines(five, Filter(), struck=True) == len(EVERYTHING) + 1


def test_what_a_person_typed_is_a_value_and_never_sql(five: Database) -> None:
    assert found(five, Filter(where={"action": ("') OR 1 --",)})) == set()
    assert found(five, Filter(place="' OR 1 --")) == set()


def test_an_unknown_dimension_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        conditions(Filter(where={"weather": ("rain",)}))


@pytest.mark.parametrize(
    ("wanted", "plan"),
    [
        (
            Filter(date_from=date(2020, 10, 24), date_to=date(2020, 10, 24)),
            "SEARCH entry USING PRIMARY KEY (night_of>? AND night_of<?)",
        ),
        (
            Filter(where={"deployment": (1,)}),
            "SEARCH entry USING INDEX entries_counted_by_deployment (deployment_id=?)",
        ),
        (
            Filter(where={"operation": (1,)}),
            "SEARCH entry USING INDEX entries_counted_by_deployment (deployment_id=?)",
        ),
    ],
    ids=["night", "deployment", "operation"],
)
def test_a_night_is_found_without_reading_every_entry(
    database: Database, wanted: Filter, plan: str
) -> None:
    where, values = conditions(wanted, struck=True)
    sql = f"EXPLAIN QUERY PLAN SELECT sum(minutes) FROM entries_counted AS entry WHERE {where}"
    assert plan in [row[3] for row in database.execute(sql, values)]

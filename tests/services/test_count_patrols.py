"""Hours on patrol among the figures of a night: the same on screen, in the workbook and by mail."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from fieldlog.core.question import Filter
from fieldlog.services.count_patrols import patrol_time
from fieldlog.services.night_figures import night_figures
from fieldlog.services.run_patrol import Stamp, run_patrol
from fieldlog.store.connection import write_transaction


@pytest.fixture
def walked(db, cast, now):
    """Asha and Ben were out for three hours, and Asha for one more with nobody's operation."""

    def walk(number: int, deployment: str, members: str, hours: int) -> None:
        patrol = UUID(int=number)
        start = {"event": "start", "mode": "foot", "deployment": deployment, "members": members}
        finish = {"event": "finish", "patrol": str(patrol)}
        for record, said, at in (
            (patrol, start, now - timedelta(hours=hours)),
            (UUID(int=number + 100), finish, now),
        ):
            with write_transaction(db):
                stamp = Stamp(at, at, now, cast.asha.officer_id)
                run_patrol(db, record, said, officer_id=cast.asha.officer_id, stamp=stamp)()

    walk(1, str(cast.deployment), str(cast.ben.officer_id), 3)
    walk(2, "none", "", 1)


def of(cast, **more) -> Filter:
    return Filter(where={"deployment": (cast.deployment,)} | more)


def test_they_stand_in_the_headline_with_their_basis(db, cast, walked):
    figures = night_figures(db, of(cast)).headline
    assert (figures["patrol_hours"].text, figures["person_hours"].text) == ("3", "6")
    assert figures["patrol_hours"].basis == "1 finished patrol, pauses left out"
    assert figures["patrol_hours"].behind is None


def test_there_is_no_such_figure_where_nobody_was_on_patrol(db, cast):
    with pytest.raises(KeyError):
        night_figures(db, of(cast)).headline["patrol_hours"]


@pytest.mark.parametrize(
    ("wanted", "hours"),
    [
        (Filter(), 3),
        (Filter(date_from=date(2020, 12, 6)), 0),
        (Filter(where={"night": ("2020-12-05",)}), 3),
        (Filter(where={"operation": (999,)}), 0),
    ],
)
def test_they_are_those_of_the_deployments_that_are_meant(db, cast, walked, wanted, hours):
    found = patrol_time(db, wanted)
    assert found is not None
    assert found.patrol_time == timedelta(hours=hours)


@pytest.mark.parametrize(
    "wanted",
    [
        Filter(where={"action": ("advice_given",)}),
        Filter(holding="warned"),
        Filter(place="Lamp"),
        Filter(without={"night": ("2020-12-05",)}),
    ],
)
def test_there_are_none_where_the_entries_are_narrowed_to_what_no_patrol_has(
    db, cast, walked, wanted
):
    assert patrol_time(db, wanted) is None

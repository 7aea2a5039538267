"""What a hold keeps of a briefing is not written over: nothing of it is there twice."""

import pytest

from fieldlog.core.rules import Refused
from fieldlog.services.hold_record import lift_hold, place_hold
from fieldlog.services.plan_night import add_premises, withdraw_premises, write_briefing
from fieldlog.store.briefings import briefing_of
from fieldlog.store.premises import Registration, add_registered

TOLD = "Look out for Robin"


@pytest.fixture
def write(db, cast, now):
    """Write into the briefing of the night, its objectives unless another field is named."""

    def written(objectives=TOLD, areas=""):
        by = cast.cora.officer_id
        write_briefing(db, cast.deployment, areas=areas, objectives=objectives, by=by, now=now)
        return briefing_of(db, cast.deployment)

    return written


@pytest.fixture
def hold(db, cast, now):
    def placed(what, ref):
        place_hold(db, what, str(ref), "complaint", by=cast.cora.officer_id, now=now)

    return placed


def test_words_are_not_written_over_until_the_hold_is_ended(db, cast, now, write, hold):
    write()
    hold("night", cast.deployment)
    with pytest.raises(Refused, match="Add a note instead"):
        write("Quiet")
    assert briefing_of(db, cast.deployment).objectives == TOLD
    lift_hold(db, 1, "answered", by=cast.cora.officer_id, now=now)
    assert write("Quiet").objectives == "Quiet"


def test_a_hold_on_premises_keeps_a_briefing_that_asked_to_visit_them(db, cast, now, write, hold):
    write()
    lamp = add_registered(db, Registration("The Lamp"), now)
    add_premises(db, cast.deployment, name="The Lamp", why="Noise", now=now)
    withdraw_premises(db, cast.deployment, 1, now=now)
    hold("premises", lamp)
    with pytest.raises(Refused, match="Add a note instead"):
        write("Quiet")


def test_what_was_not_said_yet_is_added_to_a_held_briefing(cast, write, hold):
    write()
    hold("night", cast.deployment)
    told = write(areas="Quay")
    assert (told.areas, told.objectives) == ("Quay", TOLD)

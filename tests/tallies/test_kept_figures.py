"""Figures as they are kept: what is not whole is kept to the hundredth and shown as it was."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from fieldlog.core.patrol import Event, EventKind, Patrol, count_time
from fieldlog.core.question import Filter, Sums
from fieldlog.tallies.headline import headline
from fieldlog.tallies.kept_figures import changes, keep, of_text
from fieldlog.web.kept_figures import change_rows, kept_headline

SIX = datetime(2020, 12, 5, 18, tzinfo=UTC)


def kept(minutes: int = 0):
    """What is kept of a night with one patrol of so many minutes by two, or none."""
    ends = [(EventKind.START, SIX), (EventKind.FINISH, SIX + timedelta(minutes=minutes))]
    events = tuple(Event(uuid4(), kind, at) for kind, at in ends)
    out = [Patrol(uuid4(), 1, frozenset({1, 2}), 0, events)] if minutes else []
    figures = headline(Sums(3, 0, 0, 0, 0, {}), Filter(), count_time(out))
    return of_text(keep(3, figures).as_text())


@pytest.mark.parametrize(
    ("minutes", "patrol_hours", "person_hours"), [(475, "7.92", "15.83"), (600, "10", "20")]
)
def test_hours_on_patrol_are_shown_as_they_were(minutes, patrol_hours, person_hours):
    shown = {one["label"]: one["value"] for one in kept_headline(kept(minutes))}
    assert shown["patrol-hours"] == patrol_hours
    assert shown["person-hours on patrol"] == person_hours


def test_a_change_of_less_than_an_hour_is_one():
    assert change_rows(changes(kept(430), kept(475))) == [
        ["Patrol-hours", "7.17", "7.92", "+0.75"],
        ["Person-hours on patrol", "14.33", "15.83", "+1.5"],
    ]
    assert change_rows(changes(kept(), kept(475)))[0] == ["Patrol-hours", "0", "7.92", "+7.92"]

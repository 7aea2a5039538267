"""Done against asked: sums of whole weeks, what is missing, and nothing where nothing is asked."""

from datetime import date, timedelta

from fieldlog.core.hotspot import Asked, Done
from fieldlog.tallies.done_against_asked import Standing, out_of, together

MONDAY = date(2020, 11, 30)
OP_DIAL = Asked(
    MONDAY, patrols=3, patrol_time=timedelta(hours=9), person_time=timedelta(hours=18), crew=2
)
MARSHALS = Asked(MONDAY, person_time=timedelta(hours=66))


def done(patrols: int, hours: float, people: float) -> Done:
    return Done(patrols, timedelta(hours=hours), timedelta(hours=people), days=patrols)


def test_what_op_dial_asks_for_is_met_by_9_and_18_hours():
    found = together([(OP_DIAL, done(3, 9, 18))])
    assert found.met
    assert found.missing() == ""


def test_what_is_missing_is_said():
    assert (
        together([(OP_DIAL, done(2, 6, 12))]).missing()
        == "1 patrol, 3 patrol-hours, 6 person-hours"
    )
    assert (
        together([(OP_DIAL, done(1, 8, 17.5))]).missing()
        == "2 patrols, 1 patrol-hour, 0.5 person-hours"
    )


def test_more_than_asked_makes_up_for_nothing_else():
    found = together([(OP_DIAL, done(9, 3, 18))])
    assert not found.met
    assert found.missing() == "6 patrol-hours"


def test_only_what_is_asked_can_be_missing():
    found = together([(MARSHALS, done(6, 33, 66))])
    assert found.met
    assert (found.patrols, found.patrols_short, found.patrol_time_short) == (None, None, None)


def test_weeks_add_up_and_a_week_without_a_request_asks_nothing():
    found = together([(OP_DIAL, done(3, 9, 18)), (OP_DIAL, done(1, 3, 6)), (None, done(1, 3, 6))])
    assert (found.patrols, found.done.patrols) == (6, 5)
    assert found.patrol_time_short == timedelta(hours=6)
    assert found.done.days == 5


def test_a_week_with_more_than_asked_makes_up_for_no_other():
    weeks = [(OP_DIAL, done(6, 18, 36)), (OP_DIAL, done(0, 0, 0))]
    found = together(weeks)
    assert (found.patrols, found.done.patrols) == (6, 6)
    assert found.missing() == "3 patrols, 9 patrol-hours, 18 person-hours"
    assert not found.met
    assert found.patrols_short == sum(together([week]).patrols_short or 0 for week in weeks)


def test_where_nothing_is_asked_nothing_is_met():
    found = together([(None, Done())])
    assert found == Standing(Done())
    assert not found.met
    assert not found.asks


def test_done_stands_alone_where_no_number_is_asked():
    assert (out_of("2", "3"), out_of("2", None)) == ("2 of 3", "2")

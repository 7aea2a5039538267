"""Time taken as officers type it comes out as whole minutes, or is refused."""

import contextlib
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldlog.core.minutes import WHOLE_MINUTES, parse_minutes, says_minutes


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        (15, 15),
        (0, 0),
        (1440, 1440),
        (30.0, 30),
        (29.999999999999996, 30),
        ("15", 15),
        ("15.0", 15),
        (" 15 Mins ", 15),
        ("30 min", 30),
        ("60 Mins.", 60),
        ("1 minute", 1),
        ("45m", 45),
        ("0", 0),
        ("1.25 hrs", 75),
        ("1.1 hrs", 66),
        ("2.0 hrs", 120),
        ("2.5 hrs", 150),
        ("2 hours", 120),
        ("1 hour", 60),
        ("1 hr 15", 75),
        ("1 hr. 15 mins.", 75),
        ("1 hour and 15 minutes", 75),
        ("1 hour, 15 min", 75),
        ("1h15", 75),
        ("1h", 60),
        ("2H05M", 125),
        ("0:45", 45),
        ("00:45:00", 45),
        ("24:00", 1440),
        ("24 hrs", 1440),
        ("15\N{NO-BREAK SPACE}Mins", 15),
        ("\N{FULLWIDTH DIGIT ONE}\N{FULLWIDTH DIGIT FIVE}", 15),
    ],
)
def test_it_reads_what_officers_type(typed: str | float, minutes: int) -> None:
    assert parse_minutes(typed) == minutes


@pytest.mark.parametrize("typed", [None, "", "   ", "not recorded", "Not Recorded", "(blank)"])
def test_not_recorded_is_not_nought(typed: str | None) -> None:
    assert parse_minutes(typed) is None


@pytest.mark.parametrize(
    "typed",
    [
        -1,
        -0.5,
        1441,
        10**400,
        15.5,
        math.nan,
        math.inf,
        -math.inf,
        True,
        "-15",
        "15.5",
        "1.25",
        "1441",
        "24:01",
        "25 hrs",
        "0.33 hrs",
        "1.5 hrs 15",
        "1 hr 75",
        "1:75",
        "1:5",
        "15 hats",
        "about 15",
        "15-30",
        "1,25 hrs",
        "1½ hrs",
        "15 30",
        "min",
        "hrs",
        "1e3",
        "inf",
        "0x10",
        "١٥",
        "9" * 5_000,
        "1" + " " * 5_000 + "h" * 5_000,
    ],
)
def test_it_refuses_what_is_not_a_whole_number_of_minutes(typed: str | float) -> None:
    with pytest.raises(ValueError, match=rf"^{WHOLE_MINUTES}$"):
        parse_minutes(typed)


@given(st.integers(0, 1440))
def test_every_whole_number_of_minutes_is_read_in_every_form(minutes: int) -> None:
    hours, rest = divmod(minutes, 60)
    forms: list[str | float] = [minutes, float(minutes), str(minutes), f"{minutes} Mins"]
    forms += [f"{hours}:{rest:02}", f"{hours} hrs {rest}", f"{hours}h{rest:02}m"]
    assert {parse_minutes(form) for form in [*forms, says_minutes(minutes)]} == {minutes}


@given(st.text() | st.integers() | st.floats())
def test_anything_else_is_minutes_of_one_day_or_nothing_or_refused(typed: str | float) -> None:
    minutes = None
    with contextlib.suppress(ValueError):
        minutes = parse_minutes(typed)
    assert minutes is None or 0 <= minutes <= 1440


def test_the_refusal_says_what_to_type() -> None:
    assert WHOLE_MINUTES == "Time taken must be a whole number of minutes, like 15"


def test_headings_are_said_in_one_unit_so_that_they_compare_at_a_glance() -> None:
    assert [says_minutes(minutes) for minutes in (15, 75, 120)] == ["15 min", "75 min", "120 min"]

"""Lengths of time are said in hours and minutes."""

from datetime import timedelta

import pytest

from fieldlog.core.night import says_length


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (0, "0 minutes"),
        (1, "1 minute"),
        (60, "1 hour"),
        (600, "10 hours"),
        (510, "8 hours 30 minutes"),
        (2880, "48 hours"),
    ],
)
def test_a_length_is_said_in_hours_and_minutes(minutes, said):
    assert says_length(timedelta(minutes=minutes, seconds=59)) == said

"""The published figures that the demonstration data must reproduce.

Sources: the Covid marshals' table of action taken by time taken (483 records), and the figures of
four nights of action in August and December 2020.
"""

from dataclasses import dataclass
from datetime import date

MARSHALS_RECORDS: tuple[tuple[str | None, int | None, int], ...] = (
    ("advice_given", 75, 1),
    ("advice_given", 15, 3),
    ("advice_given", 120, 1),
    ("advice_given", 30, 9),
    ("advice_given", 45, 2),
    ("advice_given", 60, 1),
    ("advice_given", None, 17),
    ("email", 15, 6),
    ("email", 30, 5),
    ("email", 45, 2),
    ("email", None, 11),
    ("email", 150, 1),
    ("formal_action", 120, 1),
    ("formal_action", None, 7),
    ("letter", None, 10),
    ("no_further_action", 15, 1),
    ("no_further_action", None, 2),
    ("phone_call", 75, 1),
    ("phone_call", 15, 9),
    ("phone_call", 30, 10),
    ("phone_call", 45, 1),
    ("phone_call", 60, 2),
    ("phone_call", None, 10),
    ("visit", 75, 3),
    ("visit", 15, 33),
    ("visit", 30, 3),
    ("visit", 45, 7),
    ("visit", 60, 5),
    ("visit", None, 24),
    (None, 15, 12),
    (None, 120, 3),
    (None, 30, 13),
    (None, 45, 4),
    (None, 60, 4),
    (None, None, 259),
)
"""Action code (``None``: blank), minutes (``None``: not recorded), how many records."""

MARSHALS_PREMISES = 120
"""Distinct premises the marshals visited, some more than once."""


@dataclass(frozen=True)
class PublishedNight:
    """What was published of one night of action; ``None`` where nothing was."""

    night_of: date
    premises_visited: int
    spoken_to: int | None
    warned: int | None
    tickets: int | None
    arrests: int | None
    closures: int = 0
    fine_pence: int | None = None


NIGHTS = (
    PublishedNight(date(2020, 8, 7), 45, None, None, None, None),
    PublishedNight(date(2020, 12, 5), 15, 92, 38, 0, 0, 1, 1_000_000),
    PublishedNight(date(2020, 12, 11), 19, 65, 10, 0, 0),
    PublishedNight(date(2020, 12, 19), 18, 89, 30, 2, 3, 1, 1_000_000),
)

DOORS_KNOCKED, FACE_TO_FACE = 1281, 590
"""Safe, Well and Secure: two days in September 2020."""

PREMISES_TESTED, SOLD_TO_A_MINOR = 23, 3
"""Alcohol and vape test purchases from September 2022 to August 2023: 13.0 % failed."""

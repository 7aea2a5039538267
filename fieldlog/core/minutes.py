"""Time taken, read as officers type it and said as the tables show it.

Time taken is whole minutes or *not recorded*; 0 minutes and not recorded differ. The published
headings ("15 Mins", "1.25 hrs") are text and so sort wrongly: here a time is a number from the
moment it is read.
"""

import re
import unicodedata
from decimal import Decimal

MOST_MINUTES = 24 * 60
WHOLE_MINUTES = "Time taken must be a whole number of minutes, like 15"

_NOT_RECORDED = {"", "not recorded", "(blank)"}
_FLOAT_NOISE = 1e-6
_HOURS = r"(?P<hours>[0-9]{1,4}(?:\.[0-9]{1,9})?) ?(?:h|hrs?|hours?)\.?"
_MINUTES = r"(?P<minutes>[0-9]{1,5}) ?(?:m|mins?|minutes?)?\.?"
_CLOCK = re.compile(r"(?P<hours>[0-9]{1,2}):(?P<minutes>[0-5][0-9])(?::00)?")
_WRITTEN = re.compile(rf"(?:{_HOURS})?(?: ?(?:and |, ?)?{_MINUTES})?")
_BARE = re.compile(r"(?P<minutes>[0-9]{1,5})(?:\.0{1,9})? ?(?:m|mins?|minutes?)?\.?")


def parse_minutes(value: str | int | float | None) -> int | None:
    """Return whole minutes (0 to 1440), or None for blank or "not recorded".

    Reads ``15``, ``15 Mins``, ``45m``, ``1.25 hrs`` (75), ``2 hours``, ``1 hr 15``, ``1h15`` and
    ``0:45``. A number alone is minutes. Raises ValueError for anything else, for what does not
    come out as whole minutes (0.33 hrs), for negative times and for more than 24 hours: a figure
    that was rounded on the way in cannot be explained later.
    """
    if value is None:
        return None
    minutes = _read(value) if isinstance(value, str) else _whole(value)
    if minutes is not None and not 0 <= minutes <= MOST_MINUTES:
        raise ValueError(WHOLE_MINUTES)
    return minutes


def says_minutes(minutes: int) -> str:
    """Return ``75 min``: one unit for every heading, so that times compare at a glance."""
    return f"{minutes} min"


def _whole(value: float) -> int:
    # NaN and the infinities are in no range either.
    if isinstance(value, bool) or not -_FLOAT_NOISE <= value <= MOST_MINUTES + _FLOAT_NOISE:
        raise ValueError(WHOLE_MINUTES)
    if abs(value - round(value)) > _FLOAT_NOISE:
        raise ValueError(WHOLE_MINUTES)
    return round(value)


def _read(text: str) -> int | None:
    plain = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    if plain in _NOT_RECORDED:
        return None
    for pattern in (_BARE, _CLOCK, _WRITTEN):
        found = pattern.fullmatch(plain)
        if found:
            parts = found.groupdict()
            return _together(parts.get("hours"), parts.get("minutes"))
    raise ValueError(WHOLE_MINUTES)


def _together(hours: str | None, minutes: str | None) -> int:
    odd_minutes = int(minutes or 0)
    if hours is None:
        return odd_minutes
    whole = Decimal(hours) * 60
    if minutes is not None and (odd_minutes >= 60 or "." in hours):
        raise ValueError(WHOLE_MINUTES)
    if whole != whole.to_integral_value():
        raise ValueError(WHOLE_MINUTES)
    return int(whole) + odd_minutes

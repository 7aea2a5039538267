"""Read one cell of a spreadsheet as what its column asks for, or say why it cannot be.

A cell is never guessed at: 05/12/2020 is a day in May to one spreadsheet program and in December
to another, and a wrong date is worse in a record than a row that comes back.
"""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, timezone

from fieldlog.core.folding import folded
from fieldlog.core.minutes import parse_minutes
from fieldlog.core.night import from_uk
from fieldlog.core.rules import text_problems
from fieldlog.workbook.sheet import Value

EARLIEST = 2000
"""The first year a record may be of: the lists begin then, and earlier ones are slips."""

_BLANK = {"", "(blank)", "not recorded"}
_SPREADSHEET_ERROR = re.compile(r"#(N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!)")
_ISO = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)"
    r"(?:[ T]+(?P<hour>\d\d?):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d+)?)?"
    r" ?(?P<offset>Z|[+-]\d\d(?::?\d\d)?)?)?",
    re.IGNORECASE,
)
_SLASHES = re.compile(
    r"(?P<day>\d\d?)/(?P<month>\d\d?)/(?P<year>\d{4})"
    r"(?:,? +(?P<hour>\d\d?):(?P<minute>\d\d)(?::(?P<second>\d\d))?)?(?P<offset>)"
)
_CLOCK = ("hour", "minute", "second")
_WHOLE = re.compile(r"(-?(?:\d{1,15}|\d{1,3}(?:,\d{3}){1,4}))(?:\.0+)?")


class BadCell(Exception):
    """The cell cannot be read; the message tells the person who typed it what to write."""


def as_text(value: Value) -> str:
    """Return a cell as the spreadsheet shows it, without spaces around; lines end in one way."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds" if value.second else "minutes")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value).replace("\r\n", "\n").replace("\r", "\n").strip()


def filled(value: Value) -> str:
    """Return a cell as text, empty where it says that nothing was recorded.

    Raises BadCell for an error of the spreadsheet, like #N/A.
    """
    text = _sound(value)
    return "" if folded(text) in _BLANK else text


def _sound(value: Value) -> str:
    text = as_text(value)
    if _SPREADSHEET_ERROR.fullmatch(text):
        raise BadCell(f"{text} is an error of the spreadsheet. Mend the formula or type the value.")
    return text


def as_name(value: Value, field: str) -> str:
    """Return a name with single spaces, empty if not recorded. Raises BadCell."""
    if isinstance(value, date | time):
        raise BadCell("This cell is a date. Format it as text and type the name again.")
    name = " ".join(filled(value).split())
    for problem in text_problems(field, name):
        raise BadCell(problem.message)
    return name


def as_notes(value: Value, field: str) -> str:
    """Return text word for word. Raises BadCell if it is too long or holds odd characters."""
    text = _sound(value)
    for problem in text_problems(field, text):
        raise BadCell(problem.message)
    return text


def as_moment(value: Value, *, day_first: bool = False) -> datetime | None:
    """Return an aware UTC moment: UK local time unless the cell has an offset; None if blank.

    With ``day_first`` 05/12/2020 21:40 is read as 5 December. Raises BadCell.
    """
    if isinstance(value, datetime):
        _check_year(value)
        # A spreadsheet keeps times as fractions of a day: 21:40 may come as 21:39:59.9995.
        whole = value + timedelta(microseconds=500_000)
        return _from_uk(whole.date(), whole.time().replace(microsecond=0))
    text = filled(value)
    if not text:
        return None
    found = None if isinstance(value, int | float) else _parts(text, day_first=day_first)
    if found is None:
        raise BadCell(_unsure(value, text, "2020-12-05 21:40"))
    if found["hour"] is None:
        raise BadCell(f"“{text}” has no time of day. Write it like 2020-12-05 21:40.")
    try:
        day = _day(found)
        clock = time(int(found["hour"]), int(found["minute"] or 0), int(found["second"] or 0))
        zone = _zone(found["offset"])
    except ValueError as error:
        raise BadCell(f"There is no such date or time as “{text}”. Check it.") from error
    if zone is None:
        return _from_uk(day, clock)
    _check_year(day)
    return datetime.combine(day, clock, zone).astimezone(UTC)


def as_day(value: Value, *, day_first: bool = False) -> date | None:
    """Return a date, None if blank. Raises BadCell, also for a date with a time of day."""
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    if isinstance(value, date) and not isinstance(value, datetime):
        return _check_year(value)
    text = filled(value)
    if not text:
        return None
    found = None if isinstance(value, int | float) else _parts(text, day_first=day_first)
    if found is None or found["offset"] or any(int(found[part] or 0) for part in _CLOCK):
        raise BadCell(_unsure(value, text, "2020-12-05"))
    try:
        return _check_year(_day(found))
    except ValueError as error:
        raise BadCell(f"There is no such date as “{text}”. Check it.") from error


def _parts(text: str, *, day_first: bool) -> dict[str, str | None] | None:
    found = _ISO.fullmatch(text) or (_SLASHES.fullmatch(text) if day_first else None)
    return found.groupdict() if found else None


def _unsure(value: Value, text: str, example: str) -> str:
    if isinstance(value, int | float):
        return f"{text} is a number. Format the cell as a date, or write it like {example}."
    if _SLASHES.fullmatch(text):
        return (
            f"“{text}” may be day first or month first. Write it like {example}, save the "
            "spreadsheet as .xlsx so that dates stay dates, or import with --day-first."
        )
    return f"“{text}” cannot be read. Write it like {example}."


def _day(found: dict[str, str | None]) -> date:
    return date(int(found["year"] or 0), int(found["month"] or 0), int(found["day"] or 0))


def _zone(offset: str | None) -> timezone | None:
    if not offset:
        return None
    if offset in "Zz":
        return UTC
    hours, minutes = int(offset[1:3]), int(offset[3:].lstrip(":") or 0)
    length = timedelta(hours=hours, minutes=minutes)
    return timezone(-length if offset[0] == "-" else length)


def _from_uk(day: date, clock: time) -> datetime:
    return from_uk(_check_year(day), clock)


def _check_year(day: date) -> date:
    if not EARLIEST <= day.year < 9999:
        raise BadCell(f"{day.year:04} cannot be the year. Check the date.")
    return day


def as_minutes(value: Value) -> int | None:
    """Return whole minutes of time taken, None if not recorded. Raises BadCell."""
    said = as_text(value) if isinstance(value, date | time) else value
    try:
        return parse_minutes(said)
    except ValueError as error:
        raise BadCell(f"“{as_text(value)}” cannot be read. {error}.") from error


def as_count(value: Value) -> int | None:
    """Return a whole number, None if not recorded: 0 and blank differ. Raises BadCell."""
    if isinstance(value, int):
        return value
    text = filled(value)
    if not text:
        return None
    found = _WHOLE.fullmatch(text)
    if found is None:
        raise BadCell(f"“{text}” is not a whole number, like 3. Leave it blank if not recorded.")
    return int(found[1].replace(",", ""))


def as_choice(value: Value, choices: Iterable[tuple[str, str]], what: str) -> str | None:
    """Return the code of the choice that a cell names by code or label, None if not recorded.

    ``choices`` are (code, label); case, spaces, hyphens and underscores make no difference.
    Raises BadCell with what may be chosen.
    """
    text = filled(value)
    if not text:
        return None
    listed = list(choices)
    wanted = loosely(text)
    for code, label in listed:
        if wanted in {loosely(code), loosely(label)}:
            return code
    known = ", ".join(label for _, label in listed)
    raise BadCell(f"“{text}” is not {what}. Use one of: {known}.")


def loosely(text: str) -> str:
    """Return ``text`` as two spellings of one code or label or heading are compared."""
    return " ".join(re.sub(r"[\s_-]+", " ", folded(text)).split())

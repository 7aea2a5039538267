"""Which night a moment belongs to, and moments between UTC and UK local time.

A deployment belongs to the date it started on: 01:30 on Sunday belongs to Saturday's night, also
on the two nights a year when the clocks change. Without a deployment, a moment before 06:00 UK
local time belongs to the day before: crews turn in at three, the first inspections start at seven.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

UK = ZoneInfo("Europe/London")
NIGHT_ENDS = time(6, 0)


def to_uk(moment: datetime) -> datetime:
    """Return an aware moment in UK local time (GMT or BST)."""
    return moment.astimezone(UK)


def from_uk(day: date, clock: time) -> datetime:
    """Return the UTC moment at which UK clocks show ``clock`` on ``day``.

    Where clocks show a time twice (October) the first is meant, or with ``fold=1`` the second
    (PEP 495); a time that clocks skip (March) is read as if they had not gone forward yet, so
    01:30 there is 02:30 BST. The record is kept either way: a watch that was not changed is no
    reason to lose it.
    """
    return datetime.combine(day, clock, UK).astimezone(UTC)


def last_shown(clock: time, by: datetime) -> datetime:
    """Return the last UTC moment until ``by`` at which UK clocks showed ``clock``."""
    today = to_uk(by).date()
    shown = [*_shown(today - timedelta(days=1), clock), *_shown(today, clock)]
    return max(moment for moment in shown if moment <= by)


def next_shown(clock: time, since: datetime) -> datetime:
    """Return the first UTC moment from ``since`` on at which UK clocks show ``clock``."""
    today = to_uk(since).date()
    shown = [*_shown(today, clock), *_shown(today + timedelta(days=1), clock)]
    return min(moment for moment in shown if moment >= since)


def _shown(day: date, clock: time) -> list[datetime]:
    first, again = from_uk(day, clock), from_uk(day, clock.replace(fold=1))
    return [first, again] if again > first else [first]


def night_of(moment: datetime) -> date:
    """Return the date of the night that an aware ``moment`` belongs to without a deployment."""
    local = to_uk(moment)
    return local.date() - timedelta(days=1) if local.time() < NIGHT_ENDS else local.date()


def end_of_night(night: date) -> datetime:
    """Return the UTC moment at which the next night begins for what has no deployment."""
    return from_uk(night + timedelta(days=1), NIGHT_ENDS)


def hour_of(moment: datetime) -> int:
    """Return the hour (0–23) that UK clocks show at an aware ``moment``."""
    return to_uk(moment).hour


def utc_text(moment: datetime) -> str:
    """Return an aware moment as the store keeps it: ``2020-12-05T21:40:00Z``."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def from_utc_text(text: str) -> datetime:
    """Return the aware UTC datetime of ``2020-12-05T21:40:00Z``. Raises ValueError if it is not."""
    # Read three times for each line of a log: this is a fifth of the time strptime takes.
    if len(text) != 20 or (text[4], text[7], text[10], text[13], text[19]) != tuple("--T:Z"):
        raise ValueError(f"{text!r} is not a moment like 2020-12-05T21:40:00Z")
    return datetime.fromisoformat(text)


def utc_text_or_none(moment: datetime | None) -> str | None:
    """Return what ``utc_text`` does, None for a moment that nobody knows."""
    return utc_text(moment) if moment else None


def moment_or_none(text: str | None) -> datetime | None:
    """Return what ``from_utc_text`` does, None where nothing is kept."""
    return from_utc_text(text) if text else None


def says_date(day: date) -> str:
    """Return ``5 December 2020``."""
    return f"{day.day} {day:%B %Y}"


def says_day(day: date) -> str:
    """Return ``Saturday 5 December 2020``."""
    return f"{day:%A} {says_date(day)}"


def says_time(moment: datetime) -> str:
    """Return the UK clock time of an aware moment, ``21:40``."""
    return f"{to_uk(moment):%H:%M}"


def says_moment(moment: datetime) -> str:
    """Return ``21:40 on 5 December 2020`` in UK local time, naming BST where clocks repeat."""
    local = to_uk(moment)
    repeats = local.utcoffset() != local.replace(fold=1 - local.fold).utcoffset()
    zone = f" {local.tzname()}" if repeats else ""
    return f"{local:%H:%M}{zone} on {says_date(local.date())}"


def says_length(length: timedelta) -> str:
    """Return ``10 hours`` or ``8 hours 30 minutes``, whole minutes only."""
    hours, minutes = divmod(int(length.total_seconds()) // 60, 60)
    parts = [
        f"{number} {word}{'' if number == 1 else 's'}"
        for number, word in ((hours, "hour"), (minutes, "minute"))
        if number
    ]
    return " ".join(parts) or "0 minutes"

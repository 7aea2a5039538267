"""Hours with their method: what was timed, what was not, and any estimate as a line of its own.

A published table once printed 81.25 hours over records that sum to 78.75. So a number of hours
never stands alone here: it says how many records it is made of and how many had no time.
"""

from dataclasses import dataclass
from decimal import Decimal

_HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True)
class Estimate:
    """What the hours would be if each untimed record had taken ``minutes_each``. Never a record."""

    recorded_minutes: int
    untimed_records: int
    minutes_each: int

    @property
    def untimed_hours(self) -> Decimal:
        """The hours supposed for the untimed records alone."""
        return in_hours(self.untimed_records * self.minutes_each)

    @property
    def hours(self) -> Decimal:
        """Recorded hours and the hours supposed for the untimed records together."""
        return in_hours(self.recorded_minutes + self.untimed_records * self.minutes_each)

    def says(self) -> str:
        """Return the estimate as a labelled sentence."""
        return (
            f"Estimate, not a record: {_records(self.untimed_records)} without a time at "
            f"{says_each(self.minutes_each)} would be {plain(self.untimed_hours)} h; with the "
            f"{plain(in_hours(self.recorded_minutes))} h recorded, {plain(self.hours)} h."
        )


@dataclass(frozen=True)
class Hours:
    """Time taken over some records: how many had a time, their minutes, how many had none."""

    timed_records: int
    recorded_minutes: int
    untimed_records: int

    @property
    def recorded_hours(self) -> Decimal:
        """The recorded minutes in hours, to two decimals, which tell every minute apart."""
        return in_hours(self.recorded_minutes)

    def estimate(self, minutes_each: int) -> Estimate:
        """Return what it would be if each untimed record had taken ``minutes_each``."""
        return Estimate(self.recorded_minutes, self.untimed_records, minutes_each)

    def says(self) -> str:
        """Return the hours with their method: ``143 timed records, 78.75 h recorded; …``."""
        recorded = f"{_records(self.timed_records, 'timed ')}, {plain(self.recorded_hours)} h"
        if not self.untimed_records:
            return f"{recorded} recorded; every record has a time."
        return (
            f"{recorded} recorded; {_records(self.untimed_records)} without a time, "
            "not in the hours."
        )


def in_hours(minutes: int) -> Decimal:
    """Return minutes as hours to two decimals (half up): 4,725 minutes are 78.75."""
    return (Decimal(minutes) / 60).quantize(_HUNDREDTH, "ROUND_HALF_UP")


def plain(hours: Decimal) -> str:
    """Return hours without trailing zeros: ``78.75``, ``78.5``, ``9``, ``1,069.25``."""
    text = f"{hours:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def says_each(minutes: int) -> str:
    """Return ``30 minutes each``."""
    return f"{minutes:,} minute{'' if minutes == 1 else 's'} each"


def _records(many: int, sort: str = "") -> str:
    return f"{many:,} {sort}record{'' if many == 1 else 's'}"

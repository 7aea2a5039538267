"""What a moment of a phone's clock was by the server's."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from fieldlog.core.rules import CLOCK_TOLERANCE


@dataclass(frozen=True)
class PhoneClock:
    """The clock of a phone as it was when it sent, by what arrived then.

    ``ahead`` is how far it was ahead (negative: behind), None where that is not known (a file).
    ``arrived_at`` is by the server's clock.
    """

    ahead: timedelta | None
    arrived_at: datetime

    @classmethod
    def kept_as(cls, seconds: int | None, arrived_at: datetime) -> "PhoneClock":
        """Return the clock of which it was kept how many seconds it was ahead, or None."""
        return cls(None if seconds is None else timedelta(seconds=seconds), arrived_at)

    @property
    def shift(self) -> timedelta:
        """How far it was ahead, where that is more than clocks usually differ by, else nothing."""
        ahead = self.ahead or timedelta(0)
        return ahead if abs(ahead) > CLOCK_TOLERANCE else timedelta(0)

    def impossible(self, moment: datetime) -> bool:
        """Say whether a moment of the phone's was later than it arrived, put right or not.

        Then the phone showed another time when it saved than when it sent: many are put right by
        the very network that they send over.
        """
        return moment - self.arrived_at > CLOCK_TOLERANCE + self.shift

    def ours(self, moment: datetime) -> datetime:
        """Return a moment of the phone's as it was by the server's clock.

        For one that is impossible that is when it arrived, which it was before. Raises
        OverflowError at the ends of all dates.
        """
        return self.arrived_at if self.impossible(moment) else moment - self.shift

"""What came late: entries first received after their night was closed or over."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from fieldlog.core.night import NIGHT_ENDS, from_uk


@dataclass(frozen=True)
class Late:
    """How many entries came in time and how many did not; all of them are counted.

    An entry is late if its first version was received after its night was closed; where it is not
    closed, after the finish of its deployment, or after 06:00 if no finish is known. ``last_at`` is
    the aware moment the last of the late ones came. ``changed`` are the entries, late or not, that
    were amended after that.
    """

    in_time: int = 0
    late: int = 0
    last_at: datetime | None = None
    changed: int = 0


def end_of_night(night: date) -> datetime:
    """Return the moment the night of ``night`` ends where no finish is known."""
    return from_uk(night + timedelta(days=1), NIGHT_ENDS)

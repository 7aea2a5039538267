"""How often somebody may try to sign in before they have to wait."""

from datetime import datetime, timedelta
from enum import Enum

WINDOW = timedelta(minutes=15)


class Scope(Enum):
    """What tries are counted together, and how many are allowed in fifteen minutes.

    An address can be a whole police station behind one router, and everybody together a night
    shift coming on duty, so those two stop machines and not people.
    """

    ACCOUNT = 10
    ADDRESS = 60
    EVERYBODY = 600

    @property
    def allowed(self) -> int:
        """How many tries are allowed within the window."""
        return self.value


def may_try_at(
    nth_latest: dict[Scope, datetime | None], now: datetime, window: timedelta = WINDOW
) -> datetime | None:
    """Return when the next try is allowed, or None for at once.

    ``nth_latest`` gives for each scope the moment of the try that is as many tries back as the
    scope allows; ``None`` where there were fewer.
    """
    waits = [at + window for at in nth_latest.values() if at is not None and at + window > now]
    return max(waits, default=None)

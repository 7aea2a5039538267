"""Compare a period with the last one and with the same a year before."""

from dataclasses import dataclass, replace
from datetime import timedelta

from fieldlog.core.period import Period, PeriodKind, a_year_before, before
from fieldlog.core.question import Filter
from fieldlog.services.count_patrols import patrol_time
from fieldlog.store import counting, periods
from fieldlog.store.connection import Database, read_snapshot
from fieldlog.tallies.comparison import Compared, compare
from fieldlog.tallies.headline import Headline, headline
from fieldlog.tallies.paragraph import Closed, closures_said, paragraph


@dataclass(frozen=True)
class Counted:
    """The figures of one period; ``on_register`` is distinct registered premises visited in it."""

    period: Period
    wanted: Filter
    entries: int
    headline: Headline
    on_register: int


@dataclass(frozen=True)
class Comparison:
    """A period with those it is compared with, ``None`` where there is no such period.

    ``register`` is how many premises are on the register now; ``sentences`` is the paragraph.
    """

    this: Counted
    last: Counted | None
    year_before: Counted | None
    rows: tuple[Compared, ...]
    register: int
    sentences: str

    @property
    def others(self) -> tuple[Counted | None, Counted | None]:
        """What this period is compared with."""
        return self.last, self.year_before


def compare_periods(db: Database, period: Period, wanted: Filter, who: str) -> Comparison:
    """Return the figures of ``period`` within ``wanted``, and its changes, from one snapshot.

    The dates of ``wanted`` give way to the period's. A night is compared with the last night that
    has entries, whichever that is. ``who`` are the words for whose figures they are, like
    ``Op Dial``; empty for all.
    """
    with read_snapshot(db):
        this = _counted(db, period, wanted)
        earlier = _last(db, period, wanted)
        last = _counted(db, earlier, wanted) if earlier else None
        a_year = a_year_before(period)
        year_before = _counted(db, a_year, wanted) if a_year else None
        closed = [Closed(*found) for found in periods.closures_by_law(db, this.wanted)]
        register = periods.registered(db)
    others = [one.headline if one else None for one in (last, year_before)]
    about = ", ".join(filter(None, [who, period.says()]))
    said = paragraph(this.headline, about[:1].upper() + about[1:])
    return Comparison(
        this=this,
        last=last,
        year_before=year_before,
        rows=compare(this.headline, others),
        register=register,
        sentences=" ".join(filter(None, [said, closures_said(closed)])),
    )


def latest_night(db: Database, wanted: Filter) -> Period | None:
    """Return the latest night with an entry that ``wanted`` counts, whatever its dates."""
    night = periods.last_night(db, replace(wanted, date_from=None, date_to=None))
    return Period(PeriodKind.NIGHT, night, night) if night else None


def _last(db: Database, period: Period, wanted: Filter) -> Period | None:
    if period.kind is not PeriodKind.NIGHT:
        return before(period)
    until = replace(wanted, date_from=None, date_to=period.first - timedelta(days=1))
    night = periods.last_night(db, until)
    return Period(PeriodKind.NIGHT, night, night) if night else None


def _counted(db: Database, period: Period, wanted: Filter) -> Counted:
    held = replace(wanted, date_from=period.first, date_to=period.last)
    sums = counting.sums(db, held)
    return Counted(
        period=period,
        wanted=held,
        entries=sums.entries,
        headline=headline(sums, held, patrol_time(db, held)),
        on_register=periods.registered_visited(db, held),
    )

"""The return on hotspots: counted by week or month, and handed out as a file that is kept."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from fieldlog.core.editions import Edition, FileFormat
from fieldlog.core.kept_filter import filter_text
from fieldlog.core.night import night_of, says_date, says_moment
from fieldlog.core.period import Period, PeriodKind, period_of, weeks_of
from fieldlog.core.person import Person
from fieldlog.core.question import Filter
from fieldlog.core.words import Marking
from fieldlog.services.watch_hotspots import HotspotWeek, watch_hotspots
from fieldlog.store import exports
from fieldlog.store.audit import add_to_audit
from fieldlog.store.connection import Database, write_transaction
from fieldlog.store.exports import Export
from fieldlog.store.since import newest_version
from fieldlog.tallies.done_against_asked import together
from fieldlog.tallies.hotspot_return import Column, Return, ReturnLine, lay_out
from fieldlog.workbook.return_csv import return_csv

EACH = (PeriodKind.WEEK, PeriodKind.MONTH)
MOST_WEEKS = 160
"""Three years of weeks on one page."""
SORT = "return on hotspots"


class TooLong(ValueError):
    """So many weeks are no return."""


@dataclass(frozen=True)
class ReturnAsked:
    """What a return is of: weeks or months, from the one of a day to that of another.

    ``operation_id`` narrows it to the hotspots of an operation.
    """

    each: PeriodKind
    first: date
    last: date
    columns: tuple[Column, ...]
    operation_id: int | None = None

    @property
    def periods(self) -> tuple[Period, ...]:
        """The weeks or months, in their order. Raises TooLong."""
        found = [period_of(self.each, self.first)]
        while found[-1].last < self.last:
            after = date.fromordinal(found[-1].last.toordinal() + 1)
            found.append(period_of(self.each, after))
            if len(found) > MOST_WEEKS:
                raise TooLong("A return is of three years at most.")
        return tuple(found)


def count_return(db: Database, asked: ReturnAsked, now: datetime) -> Return:
    """Return done against asked of every hotspot and period that it was in force or patrolled in.

    A month is the weeks that begin in it, so that no patrol is in two. Raises TooLong.
    """
    weeks_in = {period: weeks_of(period) for period in asked.periods}
    weeks = [week for each in weeks_in.values() for week in each]
    if len(weeks) > MOST_WEEKS:
        raise TooLong("A return is of three years at most.")
    found = [
        one
        for one in watch_hotspots(db, weeks, now)
        if asked.operation_id is None or asked.operation_id in one.hotspot.operations
    ]
    at = {(one.hotspot.id, one.week): one for one in found}
    lines = []
    for hotspot_id in dict.fromkeys(one.hotspot.id for one in found):
        for period, its_weeks in weeks_in.items():
            its = [at[hotspot_id, week] for week in its_weeks if (hotspot_id, week) in at]
            if its:
                lines.append(_line(period, its, its_weeks, night_of(now)))
    return lay_out(lines, asked.columns, together((one.asked, one.done) for one in found))


def _line(
    period: Period, its: Sequence[HotspotWeek], weeks: Sequence[Period], tonight: date
) -> ReturnLine:
    return ReturnLine(
        hotspot=its[0].hotspot,
        period=period,
        first=weeks[0].first,
        last=weeks[-1].last,
        over=weeks[-1].last < tonight,
        asked=tuple(one.asked for one in its),
        standing=together((one.asked, one.done) for one in its),
    )


def notes_of(asked: ReturnAsked) -> tuple[str, ...]:
    """Return how it was counted, for its foot and for its file."""
    notes = [
        "Weeks run from Monday to Sunday; a patrol is of its night.",
        "Hours are those of patrols that qualify, inside the times asked for, pauses left out.",
    ]
    if asked.each is PeriodKind.MONTH:
        notes.append("A month is the whole weeks that begin in it, so that no patrol is in two.")
    return tuple(notes)


def title_of(asked: ReturnAsked) -> str:
    """Return what the return is called."""
    periods = asked.periods
    first, last = says_date(periods[0].first), says_date(periods[-1].last)
    return f"Hotspots by {asked.each.value}, {first} to {last}"


def export_return(
    db: Database, asked: ReturnAsked, *, by: Person, now: datetime
) -> tuple[str, bytes]:
    """Return the name and the bytes of the return as CSV; the register of exports keeps its hash.

    It holds aggregates only: no officer and no entry. Raises TooLong.
    """
    title = title_of(asked)
    notes = (f"As at {says_moment(now)}.", *notes_of(asked))
    body = return_csv(count_return(db, asked, now), notes).encode("utf-8", "replace")
    export = Export(
        number=None,
        version=None,
        what="tally",
        edition=Edition.COMMITTEE.value,
        format=FileFormat.CSV.value,
        title=title,
        file_name=f"{title}.csv",
        sha256=hashlib.sha256(body).hexdigest(),
        size=len(body),
        marking=Marking.OFFICIAL,
        filter=filter_text(
            Filter(date_from=asked.periods[0].first, date_to=asked.periods[-1].last)
        ),
        made_at=now,
        made_by=by.officer_id,
        log_version=newest_version(db),
        options=SORT,
    )
    with write_transaction(db):
        exports.add_export(db, export)
        about = f"{title}; {Marking.OFFICIAL.label}; aggregates only"
        add_to_audit(db, "export return", at=now, officer_id=by.officer_id, about=about)
    return export.file_name, body

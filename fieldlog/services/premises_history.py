"""Tell the whole history of premises, which a licence review asks for, and list premises.

Entries that were struck are in it and never counted. Entries keep the night they belong to; what
else happened (tasks, changes in the register, merges) has the night of its moment.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from fieldlog.core.log import LogLine
from fieldlog.core.night import night_of
from fieldlog.core.question import Filter, Sums
from fieldlog.core.task import Task
from fieldlog.services.tell_premises import NOTHING_KNOWN, WARNED_FOR, Standing
from fieldlog.store import (
    duplicates,
    log,
    photos,
    premises,
    premises_history,
    premises_merges,
    tasks,
)
from fieldlog.store.audit import add_to_audit
from fieldlog.store.connection import Database, read_snapshot, write_transaction
from fieldlog.store.counting import sums
from fieldlog.store.premises_history import Described, Listed, RegisterChange
from fieldlog.store.premises_merges import Merge
from fieldlog.store.premises_standing import standing_of
from fieldlog.store.task_history import open_by_premises
from fieldlog.workbook.csv_rows import rows_csv

__all__ = ["Described", "History", "ListedPage", "history_of", "list_premises", "timeline_as_csv"]

EXPORTED = "premises timeline exported as CSV"


@dataclass(frozen=True)
class History:
    """Premises with everything of a period, oldest first.

    ``sums`` count the entries of the period; ``standing`` and ``open_tasks`` are as it is now.
    ``same`` are the ids that are one with these premises, what stays first.
    """

    premises: Described
    same: Sequence[int]
    wanted: Filter
    sums: Sums
    standing: Standing
    open_tasks: int
    lines: Sequence[LogLine]
    photos: Mapping[str, int]
    tasks: Sequence[Task]
    changes: Sequence[RegisterChange]
    merges: Sequence[Merge]

    def within(self, moment: datetime) -> bool:
        """Say whether the night of a moment is in the period."""
        night, first, last = night_of(moment), self.wanted.date_from, self.wanted.date_to
        return (first is None or night >= first) and (last is None or night <= last)


@dataclass(frozen=True)
class ListedOne:
    """A premises in the list of a coordinator."""

    premises: Listed
    last_visit: date | None
    visits: int
    open_tasks: int


@dataclass(frozen=True)
class ListedPage:
    """One page of the list; ``total`` is how many all pages hold."""

    rows: Sequence[ListedOne]
    number: int
    last: int
    total: int
    first_place: int


def history_of(
    db: Database,
    premises_id: int,
    *,
    now: datetime,
    date_from: date | None = None,
    date_to: date | None = None,
) -> History | None:
    """Return the history of premises, of those merged into them too; None if the id is unknown."""
    with read_snapshot(db):
        same = premises.same_as(db, premises_id)
        if not same:
            return None
        wanted = Filter({"premises": (same[0],)}, date_from, date_to)
        lines = list(log.find_lines(db, wanted, struck=True, newest_first=False))
        night = night_of(now)
        known = standing_of(db, same[:1], until=night, warned_from=night - WARNED_FOR)
        return History(
            premises=premises_history.describe(db, same),
            same=same,
            wanted=wanted,
            sums=sums(db, wanted),
            standing=known.get(same[0], NOTHING_KNOWN),
            open_tasks=open_by_premises(db).get(same[0], 0),
            lines=lines,
            photos=photos.count_photos(db, [line.id for line in lines]),
            tasks=tasks.find(db, premises_id=same[0]),
            changes=premises_history.changes_of(db, same),
            merges=premises_merges.merges_of(db, same),
        )


def list_premises(
    db: Database, letters: str, *, night: date, page: int = 1, size: int = 50
) -> ListedPage:
    """Return a page of the premises that hold ``letters``, by name.

    A page past the end is the last. ``night`` is tonight: later ones do not count.
    """
    with read_snapshot(db):
        total = premises_history.count_listed(db, letters)
        last = max(1, -(-total // size))
        number = min(max(1, page), last)
        start = (number - 1) * size
        found = premises_history.find_listed(db, letters, limit=size, offset=start)
        ids = [one.id for one in found]
        visits = duplicates.visits_of(db, ids)
        known = standing_of(db, ids, until=night, warned_from=night)
        waiting = open_by_premises(db)
    rows = [
        ListedOne(
            one,
            known.get(one.id, NOTHING_KNOWN).last_visit,
            visits.get(one.id, 0),
            waiting.get(one.id, 0),
        )
        for one in found
    ]
    return ListedPage(rows, number, last, total, start + 1)


def note_opened(db: Database, premises_id: int, *, by: int, now: datetime) -> None:
    """Keep who read the history of premises with what officers wrote in it."""
    with write_transaction(db):
        add_to_audit(db, "premises opened", at=now, officer_id=by, about=str(premises_id))


def timeline_as_csv(
    db: Database,
    history: History,
    rows: Sequence[Sequence[str]],
    *,
    marking: str,
    by: int,
    now: datetime,
) -> bytes:
    """Return rows of a timeline, the header first, as the bytes of a CSV file that is safe to open.

    The audit keeps who took it out: of which premises, marked how, how much of it.
    """
    struck = sum(line.struck for line in history.lines)
    entries = len(history.lines) - struck
    about = f"Premises {history.same[0]}; {marking}; {entries} entries, {struck} struck"
    body = rows_csv(rows).encode("utf-8", "replace")
    with write_transaction(db):
        add_to_audit(db, EXPORTED, at=now, officer_id=by, about=about)
    return body

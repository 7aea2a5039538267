"""Find the entries behind a figure: the filtered log, a page at a time."""

from dataclasses import dataclass

from fieldlog.core.log import LogLine
from fieldlog.core.question import Filter, Sums
from fieldlog.store import log
from fieldlog.store.connection import Database, read_snapshot
from fieldlog.store.counting import sums


@dataclass(frozen=True)
class LogPage:
    """One page of the log, newest first. Struck entries are shown in it and counted apart."""

    lines: tuple[LogLine, ...]
    sums: Sums
    struck: int
    number: int
    last: int
    first_place: int

    @property
    def shown(self) -> int:
        """How many entries all pages hold, struck ones too."""
        return self.sums.entries + self.struck


def find_entries(db: Database, wanted: Filter, *, page: int = 1, size: int = 50) -> LogPage:
    """Return page number ``page`` (from 1) of the entries that ``wanted`` counts.

    A page past the end is the last one. The sums are those of the figure that led here.
    """
    with read_snapshot(db):
        figures = sums(db, wanted)
        shown = log.count_lines(db, wanted, struck=True)
        last = max(1, -(-shown // size))
        number = min(max(1, page), last)
        start = (number - 1) * size
        lines = tuple(log.find_lines(db, wanted, struck=True, limit=size, offset=start))
    return LogPage(lines, figures, shown - figures.entries, number, last, start + 1)

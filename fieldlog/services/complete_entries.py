"""Say which visits lack their time or their action, so that their officers can complete them."""

from collections.abc import Iterable
from dataclasses import dataclass

from fieldlog.core.log import LogLine
from fieldlog.core.question import Filter
from fieldlog.core.words import EntryKind
from fieldlog.store import log
from fieldlog.store.connection import Database
from fieldlog.tallies.narrowing import narrowed

TIME, ACTION = "time", "action"
VISIT = EntryKind.PREMISES_VISIT


@dataclass(frozen=True)
class Lacking:
    """A visit and what nobody recorded of it."""

    line: LogLine
    what: tuple[str, ...]


def lacks(line: LogLine) -> tuple[str, ...]:
    """Return what a line does not say and a visit should: its time, its action, or nothing."""
    if line.struck or line.kind is not VISIT:
        return ()
    asked = ((TIME, line.minutes), (ACTION, line.action_code))
    return tuple(what for what, said in asked if said is None)


def lacking(lines: Iterable[LogLine]) -> tuple[Lacking, ...]:
    """Return those of some lines that lack something, in their order."""
    found = ((line, lacks(line)) for line in lines)
    return tuple(Lacking(line, what) for line, what in found if what)


def lacking_of(db: Database, wanted: Filter) -> tuple[Lacking, ...]:
    """Return the visits that ``wanted`` counts and that lack something, by officer and time."""
    lines: dict[str, LogLine] = {}
    for what in (TIME, ACTION):
        behind = narrowed(wanted, {"kind": (VISIT.value,), what: (None,)})
        lines |= {line.id: line for line in log.find_lines(db, behind)}
    return lacking(sorted(lines.values(), key=lambda line: (line.officer, line.happened_at)))

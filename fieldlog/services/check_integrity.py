"""Check that the database is whole and that every figure equals the records behind it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from fieldlog.core.question import MINUTES, PREMISES, Filter, Question
from fieldlog.services.check_sealing_key import sealing_key_problems
from fieldlog.services.count_tally import tally_in_snapshot
from fieldlog.store import counting
from fieldlog.store.checking import CHECKS, asked
from fieldlog.store.connection import Database, read_snapshot
from fieldlog.store.log import count_lines
from fieldlog.tallies.crosstab import DoesNotAddUp

SEALS_OPEN = "What phones seal can be opened here"
FIGURES_AGREE = "Figures equal the records behind them"
EVERYTHING = Filter()


@dataclass(frozen=True)
class Checked:
    """One thing that was checked, and what is wrong with it; nothing is well."""

    what: str
    problems: tuple[str, ...]


def check_integrity(
    db: Database,
    progress: Callable[[Checked], None] = lambda _: None,
    *,
    instance: Path | None = None,
) -> list[Checked]:
    """Check everything, each thing even if another is wrong, and return what was found.

    ``progress`` is given each result as soon as it is known: a year of records takes a while. With
    the ``instance`` folder the key that phones seal to is checked too.
    """
    found = []
    checks = [*CHECKS.items(), (FIGURES_AGREE, _figures)]
    if instance:
        checks.append((SEALS_OPEN, partial(sealing_key_problems, instance=instance)))
    with read_snapshot(db):
        for what, check in checks:
            checked = Checked(what, tuple(asked(db, check)))
            found.append(checked)
            progress(checked)
    return found


def _figures(db: Database) -> Iterator[str]:
    records = count_lines(db, EVERYTHING)
    sums = counting.sums(db, EVERYTHING)
    expected = {"entries": records, PREMISES: sums.premises_visited, MINUTES: sums.minutes}
    expected |= dict(sums.measures)
    if sums.entries != records:
        yield f"The headline counts {sums.entries} entries, the log has {records}."
    for rows, columns in (("action", "time"), ("agency", "kind")):
        for measure, value in expected.items():
            try:
                total = tally_in_snapshot(db, Question(rows, columns, measure)).grand_total
            except DoesNotAddUp as wrong:
                yield str(wrong)
                continue
            if total != value:
                yield f"{measure} by {rows} and {columns} come to {total}, the records to {value}."

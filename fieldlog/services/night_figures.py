"""Everything that a night's page, workbook and e-mail show, counted once.

All of them call this, so that they cannot differ; a total that does not equal its records raises
instead of being shown.
"""

from dataclasses import dataclass

from fieldlog.core.question import Filter, Question, Sums
from fieldlog.services.count_patrols import patrol_time
from fieldlog.services.count_tally import tally_in_snapshot
from fieldlog.store import counting, log
from fieldlog.store.connection import Database, read_snapshot
from fieldlog.tallies.crosstab import DoesNotAddUp, Table
from fieldlog.tallies.headline import Headline, headline


@dataclass(frozen=True)
class NightFigures:
    """The figures of the entries that ``wanted`` counts: a night, a deployment or any period.

    ``by_agency`` is what each agency did (agency × kind of entry), ``by_premises`` what was done
    where (premises × action taken), ``by_hour`` when (hour × kind of entry).
    """

    wanted: Filter
    sums: Sums
    headline: Headline
    action_by_time: Table
    by_agency: Table
    by_premises: Table
    by_hour: Table

    @property
    def tables(self) -> tuple[Table, ...]:
        """Every table, in the order they are read. Each counts all the entries."""
        return (self.action_by_time, self.by_agency, self.by_premises, self.by_hour)


def night_figures(db: Database, wanted: Filter) -> NightFigures:
    """Return the figures of the entries that ``wanted`` counts, from one snapshot.

    Raises DoesNotAddUp where a total does not equal the records in the log, UnknownCode for a
    dimension or measure that there is none of.
    """
    with read_snapshot(db):
        return figures_in_snapshot(db, wanted)


def figures_in_snapshot(db: Database, wanted: Filter) -> NightFigures:
    """Return the same figures inside a snapshot that the caller holds, to read the log in too."""

    def counted(rows: str, columns: str) -> Table:
        return tally_in_snapshot(db, Question(rows, columns, filter=wanted))

    # The first table looks at the codes in the filter, before anything else trips over them.
    action_by_time = counted("action", "time")
    sums = counting.sums(db, wanted)
    figures = NightFigures(
        wanted=wanted,
        sums=sums,
        headline=headline(sums, wanted, patrol_time(db, wanted)),
        action_by_time=action_by_time,
        by_agency=counted("agency", "kind"),
        by_premises=counted("premises", "action"),
        by_hour=counted("hour", "kind"),
    )
    require_records(figures, log.count_lines(db, wanted))
    return figures


def require_records(figures: NightFigures, records: int) -> None:
    """Raise DoesNotAddUp unless every total and all hours are those of that many ``records``."""
    require_same("The headline", figures.sums.entries, records)
    for table in figures.tables:
        require_same("A table", table.grand_total, records)
        if table.hours != figures.headline.hours:
            raise DoesNotAddUp(
                f"Hours differ: {table.hours.says()} {figures.headline.hours.says()}"
            )


def require_same(which: str, total: int, records: int) -> None:
    """Raise DoesNotAddUp unless a ``total`` of entries is that of so many ``records``."""
    if total != records:
        raise DoesNotAddUp(
            f"{which} counts {total} entries, but the log has {records}. "
            "It was not shown or sent. Run: fieldlog check"
        )

"""Count what the committee edition prints: every table once, from the snapshot of the night."""

from dataclasses import dataclass

from fieldlog.core.lists import Lists
from fieldlog.core.question import Filter, Question
from fieldlog.core.words import Marking
from fieldlog.services.count_tally import tally_in_snapshot
from fieldlog.services.night_figures import NightFigures, figures_in_snapshot
from fieldlog.store.connection import Database, read_snapshot
from fieldlog.store.late import came_late
from fieldlog.store.lists import load_lists
from fieldlog.store.log import count_lines
from fieldlog.store.markings import highest_marking
from fieldlog.tallies.edition import Counted, Hiding, LawCount, nothing_hidden, small_hidden
from fieldlog.tallies.writing import initials


@dataclass(frozen=True)
class Brief:
    """What an export would hold: entries counted, and the highest marking of any in the log."""

    entries: int
    marking: Marking


def in_brief(db: Database, wanted: Filter) -> Brief:
    """Return what an export of the entries that ``wanted`` counts would hold."""
    with read_snapshot(db):
        return Brief(count_lines(db, wanted), highest_marking(db, wanted, struck=True))


def counted_in_snapshot(
    db: Database, wanted: Filter, figures: NightFigures | None = None
) -> Counted:
    """Return the figures of the committee edition, inside a snapshot that the caller holds.

    ``figures`` are those of the same filter if they are counted already. Raises DoesNotAddUp.
    """
    figures = figures or figures_in_snapshot(db, wanted)
    by_action = [
        (name, tally_in_snapshot(db, Question(rows, "action", filter=wanted)))
        for name, rows in (("Agency by action", "agency"), ("Ward by action", "ward"))
    ]
    return Counted(
        entries=figures.sums.entries,
        headline=figures.headline,
        tables=(
            ("Action by time", figures.action_by_time),
            *by_action,
            ("Hour of night", figures.by_hour),
        ),
        laws=_laws(db, wanted, figures, load_lists(db)),
        late=came_late(db, wanted),
    )


def hiding(counted: Counted, *, suppress: bool) -> Hiding:
    """Return what is hidden of ``counted``: small numbers if asked for, otherwise nothing."""
    return small_hidden(counted) if suppress else nothing_hidden(counted)


def hidden_in_snapshot(db: Database, wanted: Filter, figures: NightFigures) -> Hiding:
    """Return what an edition without small numbers hides, for a letter that says the same."""
    return small_hidden(counted_in_snapshot(db, wanted, figures))


def _laws(
    db: Database, wanted: Filter, figures: NightFigures, lists: Lists
) -> tuple[LawCount, ...]:
    """Return the notices of each kind by law; they add up to the headline figure of the kind."""
    found: list[LawCount] = []
    kinds = {law.measure for law in lists.laws.values()} & figures.sums.measures.keys()
    for measure in sorted(kinds, key=lambda code: lists.measures[code].position):
        table = tally_in_snapshot(db, Question("law", "kind", measure, wanted))
        for row, notices in zip(table.rows, table.row_totals, strict=True):
            if notices:
                law = lists.laws.get(str(row.key))
                found.append(
                    LawCount(
                        measure,
                        initials(lists.measures[measure].label),
                        law.label if law else "",
                        law.provision if law else "",
                        notices,
                    )
                )
    return tuple(found)

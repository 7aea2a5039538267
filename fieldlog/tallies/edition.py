"""The figures of the committee edition and what is hidden of them: nobody is named.

One set of figures, counted once. What must not be printed is decided here, for the workbook, the
CSV and the letter alike.
"""

from dataclasses import dataclass

from fieldlog.core.late import Late
from fieldlog.core.question import PREMISES, VISITS
from fieldlog.core.words import EntryKind
from fieldlog.tallies.crosstab import Table
from fieldlog.tallies.headline import HOURS, Headline
from fieldlog.tallies.small_parts import hidden_parts, is_small
from fieldlog.tallies.suppression import Grid, Mask, hide_small

HIDDEN, NOT_RECORDED, DOES_NOT_APPLY = "[c]", "[x]", "[z]"
"""Shorthand of the Government Analysis Function: confidential, not available, not applicable."""

ENTRIES = "entries"


@dataclass(frozen=True)
class LawCount:
    """Notices of one kind under one law; ``law`` and ``provision`` empty where none was noted."""

    measure: str
    kind: str
    law: str
    provision: str
    notices: int


@dataclass(frozen=True)
class Counted:
    """Everything that the committee edition prints, in numbers, from one snapshot.

    ``tables`` count the same entries: what each is called, and the table.
    """

    entries: int
    headline: Headline
    tables: tuple[tuple[str, Table], ...]
    laws: tuple[LawCount, ...]
    late: Late


@dataclass(frozen=True)
class Hiding:
    """What is hidden: a mask for each table, codes of the headline, and places among the laws."""

    tables: tuple[Mask | None, ...]
    figures: frozenset[str] = frozenset()
    laws: frozenset[int] = frozenset()
    late: bool = False
    changed: bool = False
    timed: bool = False

    @property
    def anything(self) -> bool:
        """Whether any number is hidden at all."""
        return bool(self.figures or self.laws or self.late or self.changed) or any(
            mask is not None and any(map(any, mask.cells)) for mask in self.tables
        )


def nothing_hidden(counted: Counted) -> Hiding:
    """Return the hiding of an edition that hides nothing."""
    return Hiding((None,) * len(counted.tables))


def small_hidden(counted: Counted) -> Hiding:
    """Return what has to be hidden so that no number from 1 to 4 can be worked out.

    Hours are hidden with any total of a time taken: minutes times entries add up to them. Premises
    are hidden with the visits: there are never fewer visits than premises visited.
    """
    # Timed records and those without a time are figures of the hours, each by itself.
    masks = hide_small([_grid(table) for _, table in counted.tables], halved=("time",))
    totals: dict[tuple[str, object], bool] = {}
    for (_, table), mask in zip(counted.tables, masks, strict=True):
        for dimension, headings, flags in (
            (table.question.rows, table.rows, mask.rows),
            (table.question.columns, table.columns, mask.columns),
        ):
            for heading, flag in zip(headings, flags, strict=True):
                totals[dimension, heading.key] = flag
    every = any(mask.total for mask in masks)
    laws, headline = _hidden_laws(counted)
    figures = {
        figure.code
        for figure in counted.headline.figures
        if figure.code not in {HOURS, VISITS} and is_small(int(figure.value))
    }
    if totals.get(("kind", EntryKind.PREMISES_VISIT.value)):
        figures |= {VISITS, PREMISES}
    if every or any(flag for (dimension, _), flag in totals.items() if dimension == "time"):
        figures.add(HOURS)
    if every:
        figures.add(ENTRIES)
    late = hidden_parts([counted.late.late, counted.late.in_time])
    return Hiding(
        tables=masks,
        figures=frozenset(figures | headline),
        laws=laws,
        late=every or late is None or bool(late),
        changed=is_small(counted.late.changed),
        timed=every or totals.get(("time", None), False),
    )


def _grid(table: Table) -> Grid:
    return Grid(
        table.question.rows,
        table.question.columns,
        tuple(row.key for row in table.rows),
        tuple(column.key for column in table.columns),
        table.cells,
    )


def _hidden_laws(counted: Counted) -> tuple[frozenset[int], set[str]]:
    """Return (places among the laws, codes of the headline) that are hidden, kind by kind."""
    hidden: set[int] = set()
    headline: set[str] = set()
    for measure in {law.measure for law in counted.laws}:
        places = [place for place, law in enumerate(counted.laws) if law.measure == measure]
        parts = hidden_parts([counted.laws[place].notices for place in places])
        if parts is None:
            headline.add(measure)
        chosen = range(len(places)) if parts is None else parts
        hidden.update(places[part] for part in chosen)
    return frozenset(hidden), headline

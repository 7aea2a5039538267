"""The committee edition as plain tables of words and numbers, the same in every format.

What ``Hiding`` hides of the figures is printed as ``[c]``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from fieldlog.core.issue import IssueMark
from fieldlog.core.late import Late
from fieldlog.core.night import says_moment
from fieldlog.core.question import DIMENSIONS
from fieldlog.tallies.crosstab import GRAND_TOTAL, Table
from fieldlog.tallies.edition import (
    DOES_NOT_APPLY,
    ENTRIES,
    HIDDEN,
    NOT_RECORDED,
    Counted,
    Hiding,
)
from fieldlog.tallies.headline import HOURS
from fieldlog.tallies.kept_figures import as_printed
from fieldlog.tallies.paragraph import sentences
from fieldlog.tallies.suppression import Mask
from fieldlog.tallies.writing import title

Printed = str | int | Decimal


@dataclass(frozen=True)
class PlainTable:
    """A table as it is printed, the same in every format.

    ``name`` is short, for a sheet; ``says`` is what it counts. From column ``numbers`` on (0 being
    the first) columns hold numbers. ``totals`` tells that the last row is the grand total.
    """

    name: str
    title: str
    says: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Printed, ...], ...]
    numbers: int = 1
    totals: bool = False


def headline_rows(counted: Counted, hiding: Hiding) -> list[tuple[str, str, Printed, str, str]]:
    """Return (code, label, value as printed, unit, what was counted) of each headline figure."""
    entries = "every entry in force that is not struck"
    rows: list[tuple[str, str, Printed, str, str]] = [
        (ENTRIES, "Entries", counted.entries, "entries", entries)
    ]
    for it in counted.headline.figures:
        basis = "see Hours" if it.code == HOURS else it.basis
        rows.append((it.code, it.label, it.value, it.unit, basis))
    return [
        (code, label, HIDDEN if code in hiding.figures else value, unit, basis)
        for code, label, value, unit, basis in rows
    ]


def table_rows(table: Table, mask: Mask | None) -> list[tuple[Printed, ...]]:
    """Return the rows and the row of totals of a table with what ``mask`` hides as ``[c]``."""
    height, width = len(table.rows), len(table.columns)
    mask = mask or Mask(((False,) * width,) * height, (False,) * height, (False,) * width, False)
    rows: list[tuple[Printed, ...]] = [
        (
            row.text,
            *(_shown(value, flag) for value, flag in zip(cells, flags, strict=True)),
            _shown(total, hidden),
        )
        for row, cells, flags, total, hidden in zip(
            table.rows, table.cells, mask.cells, table.row_totals, mask.rows, strict=True
        )
    ]
    totals = [
        _shown(value, flag) for value, flag in zip(table.column_totals, mask.columns, strict=True)
    ]
    return [*rows, (GRAND_TOTAL, *totals, _shown(table.grand_total, mask.total))]


def _shown(value: int, hidden: bool) -> Printed:
    return HIDDEN if hidden else value


def hours_rows(counted: Counted, hiding: Hiding) -> list[tuple[str, Printed, str, str]]:
    """Return (figure, value, unit, method) of the hours; hidden as the headline hides them."""
    hours = counted.headline.hours
    timed: Printed = HIDDEN if hiding.timed else hours.timed_records
    untimed: Printed = HIDDEN if hiding.timed else hours.untimed_records
    recorded: Printed = HIDDEN if HOURS in hiding.figures else hours.recorded_hours
    return [
        ("Timed records", timed, "entries", "entries with a time taken, 0 minutes among them"),
        ("Hours recorded", recorded, "hours", "the minutes of the timed records, divided by 60"),
        ("Records without a time", untimed, "entries", "nobody recorded a time; not in the hours"),
    ]


def paragraph_of(counted: Counted, hiding: Hiding, period: str) -> tuple[str, ...]:
    """Return the sentences of a committee paper, with ``[c]`` for what is hidden."""
    return sentences(counted.headline, period, hiding.figures, HIDDEN)


def plain_tables(
    counted: Counted, hiding: Hiding, period: str, issue: IssueMark | None
) -> tuple[PlainTable, ...]:
    """Return every table of the committee edition in the order they are read."""
    return (
        PlainTable(
            "Headline figures",
            "Headline figures",
            "Each figure with what it counts. FPNs, PCNs, PNDs, CPWs and CPNs are five different "
            "things and are never added together.",
            ("Figure", "Value", "Unit", "What it counts"),
            tuple(row[1:] for row in headline_rows(counted, hiding)),
        ),
        *(
            _crosstab(name, table, mask)
            for (name, table), mask in zip(counted.tables, hiding.tables, strict=True)
        ),
        _laws(counted, hiding),
        PlainTable(
            "Hours",
            "Recorded hours with their method",
            "Hours are what was recorded. Nothing is estimated for the records without a time.",
            ("Figure", "Value", "Unit", "Method"),
            tuple(hours_rows(counted, hiding)),
        ),
        _late(counted.late, hiding),
        PlainTable(
            "In words",
            "The figures in words",
            "The sentences that a committee paper prints, a sentence in each row.",
            ("Sentence", "Words"),
            tuple(enumerate(paragraph_of(counted, hiding, period), 1)),
            numbers=2,
        ),
        *([_changes(issue, hiding)] if issue and issue.changes else []),
    )


def _crosstab(name: str, table: Table, mask: Mask | None) -> PlainTable:
    question = table.question
    minutes = " Columns are the minutes taken." if question.columns == "time" else ""
    return PlainTable(
        name,
        title(table),
        f"Each entry counts once. Totals are sums of the cells.{minutes}",
        (DIMENSIONS[question.rows], *(column.text for column in table.columns), GRAND_TOTAL),
        tuple(table_rows(table, mask)),
        totals=True,
    )


def _laws(counted: Counted, hiding: Hiding) -> PlainTable:
    rows: Sequence[tuple[Printed, ...]] = [
        (
            law.kind,
            law.law or NOT_RECORDED,
            law.provision or NOT_RECORDED,
            _shown(law.notices, place in hiding.laws),
        )
        for place, law in enumerate(counted.laws)
    ]
    return PlainTable(
        "Notices by law",
        "Notices by kind and law",
        "Notices that officers issued themselves, under each Act and section. Kinds of notice are "
        "never added together.",
        ("Kind of notice", "Law", "Act and section", "Notices"),
        tuple(rows) or (("All kinds", DOES_NOT_APPLY, DOES_NOT_APPLY, 0),),
        numbers=3,
    )


def _late(late: Late, hiding: Hiding) -> PlainTable:
    last = f"the last of them at {says_moment(late.last_at)}" if late.last_at else "there were none"
    return PlainTable(
        "What came late",
        "What came late",
        "A phone without signal sends when it can. Entries that came late are counted like the "
        "others.",
        ("Entries", "Number", "What it counts"),
        (
            (
                "Received in time",
                _shown(late.in_time, hiding.late),
                "first received before the night was closed; if not closed, by its finish",
            ),
            ("Received late", _shown(late.late, hiding.late), f"first received after that; {last}"),
            (
                "Changed afterwards",
                _shown(late.changed, hiding.changed),
                "amended after that, whenever they were received",
            ),
        ),
    )


def _changes(issue: IssueMark, hiding: Hiding) -> PlainTable:
    """What changed since the version before; where numbers are hidden, which ones changed only.

    A number of the version before may be one that is hidden now.
    """
    tell = not hiding.anything
    return PlainTable(
        "What changed",
        f"What changed since version {issue.version - 1}",
        "Each figure that is not what it was in the version before."
        + ("" if tell else " Their numbers are left out because small numbers are hidden."),
        ("Figure", "Before", "Now"),
        tuple(
            (label, before if tell else HIDDEN, now if tell else HIDDEN)
            for label, before, now in map(as_printed, issue.changes)
        ),
    )

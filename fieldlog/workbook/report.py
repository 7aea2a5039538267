"""What goes into the workbook of a night or a period: figures, tables, log, and what they are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from fieldlog.core.issue import IssueMark
from fieldlog.core.lists import Measure
from fieldlog.core.log import LogLine
from fieldlog.core.night import says_moment
from fieldlog.core.words import Marking
from fieldlog.tallies.crosstab import Table
from fieldlog.tallies.headline import Headline
from fieldlog.tallies.plain_tables import PlainTable


@dataclass(frozen=True)
class Banner:
    """What stands at the top and the bottom of every printed page."""

    title: str
    marking: str
    demonstration: bool = False


@dataclass(frozen=True)
class TableSheet:
    """A table and the title of the sheet it gets."""

    title: str
    table: Table


@dataclass(frozen=True)
class NightReport:
    """A night or a period, counted and ready to be written.

    ``title`` is like "Op Emblazen, night of Saturday 5 December 2020". ``about`` is further lines
    of the cover, each a label and what it says. ``lines`` are the entries in force in the order
    they happened, struck ones among them; there are ``counted`` that count and ``struck`` that do
    not. ``notices`` are those of the lines that hold a notice. ``measures`` is the catalogue in
    its order. ``as_at`` is the aware moment of the snapshot that everything was read from.
    ``plain`` are tables that the committee edition prints alike: hours, what came late, and more.
    """

    title: str
    as_at: datetime
    by: str
    marking: Marking
    headline: Headline
    tables: Sequence[TableSheet]
    notices: Sequence[LogLine]
    lines: Iterable[LogLine]
    counted: int
    struck: int
    measures: Sequence[Measure]
    about: Sequence[tuple[str, str]] = field(default_factory=tuple)
    demonstration: bool = False
    issue: IssueMark | None = None
    plain: Sequence[PlainTable] = field(default_factory=tuple)

    @property
    def banner(self) -> Banner:
        """What is printed at the top and the bottom of every page."""
        return Banner(self.title, self.marking.label, self.demonstration)

    @property
    def byline(self) -> str:
        """The line under a sheet's title: which night, as at when, how it is marked."""
        return _byline(self)


@dataclass(frozen=True)
class CommitteeReport:
    """The figures of a night or a period that name nobody, ready to be written.

    ``tables`` are as they are printed, with ``[c]`` where ``suppressed`` hides a number. ``by`` is
    an agency. The other fields are those of ``NightReport``.
    """

    title: str
    as_at: datetime
    by: str
    marking: Marking
    tables: Sequence[PlainTable]
    suppressed: bool = False
    about: Sequence[tuple[str, str]] = field(default_factory=tuple)
    demonstration: bool = False
    issue: IssueMark | None = None

    @property
    def banner(self) -> Banner:
        """What is printed at the top and the bottom of every page."""
        return Banner(self.title, self.marking.label, self.demonstration)

    @property
    def byline(self) -> str:
        """The line under a sheet's title: which night, as at when, how it is marked."""
        return _byline(self)


def _byline(report: NightReport | CommitteeReport) -> str:
    parts = [report.title, f"as at {says_moment(report.as_at)}", report.marking.label]
    if report.issue:
        parts.append(f"version {report.issue.version}")
    return " · ".join(["DEMONSTRATION, not real", *parts] if report.demonstration else parts)


def counts(line: LogLine) -> bool:
    """Tell whether the figures count ``line``: it is in force and not struck."""
    return line.in_force and not line.struck

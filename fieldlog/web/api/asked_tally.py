"""Which table a program asks for: two-way, or with the levels and counts of the tallies page."""

from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict

from fieldlog.core.question import DIMENSIONS, ENTRIES, Question
from fieldlog.core.words import Role
from fieldlog.services.choose_filter import unknown
from fieldlog.services.count_breakdown import count_breakdown
from fieldlog.services.count_tally import count_tally
from fieldlog.services.export_csv import tally_as_csv
from fieldlog.services.export_spread import spread_as_csv
from fieldlog.store.connection import Database
from fieldlog.tallies.crosstab import Table
from fieldlog.tallies.shares import Share
from fieldlog.tallies.spread import Spread
from fieldlog.tallies.spread_writing import spread_data
from fieldlog.tallies.writing import as_data
from fieldlog.web.asking import NO_COLUMNS, dimensions_for, read_asked
from fieldlog.web.filters import Address, BadAddress, Query, given, read_filter, single

IN_LEVELS = frozenset({"then_rows", "then_columns", "also", "order", "top", "only", "share"})
"""What only a table with levels knows; any of it, or no columns, makes the answer one."""


@dataclass(frozen=True)
class Tallied:
    """What was counted for a program: a two-way table, or one with levels."""

    counted: Table | Spread
    raw: bool
    share: Share | None = None

    @property
    def many(self) -> int:
        """How many rows it has."""
        return len(self.counted.rows)

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data for JSON."""
        if isinstance(self.counted, Table):
            return as_data(self.counted)
        return spread_data(self.counted, self.share)

    def as_csv(self) -> bytes:
        """Return it as CSV in UTF-8."""
        if isinstance(self.counted, Table):
            return tally_as_csv(self.counted, raw=self.raw)
        return spread_as_csv(self.counted, raw=self.raw)


def read_tally(db: Database, address: Address, role: Role) -> Tallied:
    """Return the table that ``address`` asks for, as far as ``role`` may see it.

    Raises BadAddress, UnknownCode, DoesNotAddUp.
    """
    asked, problems = given(address), list[str]()
    raw = read_raw(asked, problems)
    if IN_LEVELS & asked.keys() or asked.get("columns") == [NO_COLUMNS]:
        return _in_levels(db, address, role, raw, problems)
    return Tallied(count_tally(db, _question(db, address, role, problems)), raw)


def _in_levels(
    db: Database, address: Address, role: Role, raw: bool, problems: list[str]
) -> Tallied:
    without: Address = MultiDict(
        [(name, value) for name, value in address.items(multi=True) if name != "raw"]
    )
    asked = read_asked(without, role)
    problems += unknown(db, asked.wanted)
    if problems:
        raise BadAddress(problems)
    return Tallied(count_breakdown(db, asked.breakdown, asked.showing), raw, asked.share)


def _question(db: Database, address: Address, role: Role, problems: list[str]) -> Question:
    known = dimensions_for(role)
    also = {"rows", "columns", "measure", "raw"}
    wanted = read_filter(address, also=also, hidden=DIMENSIONS.keys() - known.keys())
    asked = given(address)
    rows = single("rows", asked, problems) or "action"
    columns = single("columns", asked, problems) or "time"
    problems += [
        f"There is no “{name[:40]}” to count by. Choose from: {', '.join(known)}."
        for name in (rows, columns)
        if name not in known
    ]
    if rows == columns:
        problems.append("Choose two different things for rows and columns.")
    measure = single("measure", asked, problems) or ENTRIES
    problems += unknown(db, wanted)
    if problems:
        raise BadAddress(problems)
    return Question(rows, columns, measure, wanted)


def read_raw(asked: Query, problems: list[str]) -> bool:
    """Say whether an answer is wanted without what is there for Excel."""
    text = single("raw", asked, problems)
    if text not in {"", "0", "1"}:
        problems.append("raw is 1 or 0.")
    return text == "1"

"""Read the question of a tally from the address, and write it back."""

from dataclasses import dataclass, replace
from typing import TypeVar

from fieldlog.core.breakdown import Breakdown
from fieldlog.core.question import DIMENSIONS, ENTRIES, Filter, Key
from fieldlog.core.words import Role
from fieldlog.tallies.chart import ChartKind
from fieldlog.tallies.shares import Share
from fieldlog.tallies.showing import EVERYTHING, Order, Showing
from fieldlog.web.filters import (
    NAMES_PEOPLE,
    Address,
    BadAddress,
    Query,
    given,
    key_text,
    query_of,
    read_filter,
    read_keys,
    read_number,
    single,
)

OWN_NAMES = frozenset(
    {
        *("rows", "then_rows", "columns", "then_columns", "measure", "also"),
        *("order", "top", "only", "share", "chart", "each"),
    }
)
NO_COLUMNS = "none"
NO_CHART = "none"
LONGEST_EACH = 24 * 60
MOST_TOP = 50
MOST_ALSO = 11

Word = TypeVar("Word", Order, Share, ChartKind)


@dataclass(frozen=True)
class Asked:
    """What a tally's address asks for.

    ``share`` shows each number as a percentage too; ``chart`` is the kind of chart, None for the
    one that suits, and there is none without ``drawn``. ``each`` is how many minutes an estimate
    supposes for an untimed record, or None for no estimate.
    """

    breakdown: Breakdown
    showing: Showing = EVERYTHING
    share: Share | None = None
    chart: ChartKind | None = None
    drawn: bool = True
    each: int | None = None

    @property
    def wanted(self) -> Filter:
        """The entries that are counted."""
        return self.breakdown.filter


USUAL = Asked(Breakdown(("action",), ("time",)))


def dimensions_for(role: Role) -> dict[str, str]:
    """Return the dimensions that a role may count by: a viewer none that names a person."""
    hidden = NAMES_PEOPLE if role is Role.VIEWER else frozenset()
    return {code: heading for code, heading in DIMENSIONS.items() if code not in hidden}


def read_asked(address: Address, role: Role) -> Asked:
    """Return what the address asks for; action × time of all entries if it asks for nothing.

    Raises BadAddress, also for a dimension that the role may not count by.
    """
    hidden = DIMENSIONS.keys() - dimensions_for(role).keys()
    problems: list[str] = []
    try:
        wanted = read_filter(address, also=OWN_NAMES, hidden=hidden)
    except BadAddress as bad:
        problems += bad.problems
        wanted = USUAL.wanted
    asked = given(address)
    breakdown = _breakdown(asked, wanted, role, problems)
    showing = _showing(asked, breakdown, problems)
    share = _word("share", asked, Share, "Percentages are of row, column or total.", problems)
    chart = single("chart", asked, problems)
    kind = None
    if chart not in {"", NO_CHART}:
        kind = _word("chart", asked, ChartKind, "A chart is bars, stacked, line or none.", problems)
    each = read_each(asked, problems)
    if problems:
        raise BadAddress(problems)
    return Asked(breakdown, showing, share, kind, chart != NO_CHART, each)


def _breakdown(asked: Query, wanted: Filter, role: Role, problems: list[str]) -> Breakdown:
    rows = _levels("rows", asked, USUAL.breakdown.rows[0], role, problems)
    columns: tuple[str, ...] = ()
    if asked.get("columns") != [NO_COLUMNS]:
        columns = _levels("columns", asked, USUAL.breakdown.columns[0], role, problems)
    if len(set(rows + columns)) < len(rows + columns):
        problems.append("Choose two different things for rows and columns, and for their levels.")
    first = single("measure", asked, problems) or ENTRIES
    also = [measure for measure in dict.fromkeys(asked.get("also", [])) if measure != first]
    if len(also) > MOST_ALSO:
        problems.append(f"Count at most {MOST_ALSO + 1} measures at once.")
    return Breakdown(rows, columns, (first, *also), wanted)


def _levels(
    name: str, asked: Query, usual: str, role: Role, problems: list[str]
) -> tuple[str, ...]:
    outer = single(name, asked, problems) or usual
    inner = single(f"then_{name}", asked, problems)
    levels = (outer, inner) if inner else (outer,)
    for code in levels:
        if code not in dimensions_for(role):
            heading = DIMENSIONS.get(code, f"“{code[:40]}”")
            problems.append(f"{name.capitalize()} cannot be {heading}. Choose one of those shown.")
    return levels


def _showing(asked: Query, breakdown: Breakdown, problems: list[str]) -> Showing:
    says = "Rows stand in their usual order, the other way, or with the most or least first."
    order = _word("order", asked, Order, says, problems) or Order.USUAL
    only: tuple[Key, ...] = ()
    if "only" in asked and breakdown.rows[0] in DIMENSIONS:
        only = read_keys(breakdown.rows[0], asked["only"], problems)
    return Showing(order, _whole("top", asked, MOST_TOP, problems), only)


def _word(
    name: str, asked: Query, words: type[Word], says: str, problems: list[str]
) -> Word | None:
    text = single(name, asked, problems)
    if not text:
        return None
    try:
        return words(text)
    except ValueError:
        problems.append(says)
        return None


def read_each(asked: Query, problems: list[str]) -> int | None:
    """Return how many minutes an estimate supposes; add to ``problems`` what cannot be."""
    return _whole("each", asked, LONGEST_EACH, problems)


_EXAMPLES = {
    "each": "Minutes for each untimed record must be a whole number, like 30.",
    "top": f"Show only the first: give a whole number up to {MOST_TOP}, like 10.",
}


def _whole(name: str, asked: Query, most: int, problems: list[str]) -> int | None:
    text = single(name, asked, problems)
    if not text:
        return None
    try:
        number = read_number(text)
    except ValueError:
        number = -1
    if not 1 <= number <= most:
        problems.append(_EXAMPLES[name])
        return None
    return number


def own_query(asked: Asked) -> Query:
    """Return the parameters of ``asked`` that are not its filter."""
    breakdown, showing = asked.breakdown, asked.showing
    outer_row, *inner_row = breakdown.rows
    outer_column, *inner_column = breakdown.columns or (NO_COLUMNS,)
    first, *also = breakdown.measures
    query: Query = {
        "rows": outer_row,
        "then_rows": "".join(inner_row),
        "columns": outer_column,
        "then_columns": "".join(inner_column),
        "measure": "" if first == ENTRIES else first,
        "also": also,
        "order": "" if showing.order is Order.USUAL else showing.order.value,
        "top": str(showing.top or ""),
        "only": [key_text(key) for key in showing.only],
        "share": asked.share.value if asked.share else "",
        "chart": (asked.chart.value if asked.chart else "") if asked.drawn else NO_CHART,
        "each": str(asked.each or ""),
    }
    return {name: value for name, value in query.items() if value}


def query_for(asked: Asked) -> Query:
    """Return every parameter of ``asked``; ``read_asked`` reads them back the same."""
    return own_query(asked) | query_of(asked.wanted)


def swapped(asked: Asked) -> Asked:
    """Return ``asked`` with its rows as columns and its columns as rows."""
    breakdown = asked.breakdown
    if not breakdown.columns:
        return asked
    turned = replace(breakdown, rows=breakdown.columns, columns=breakdown.rows)
    return replace(asked, breakdown=turned, showing=EVERYTHING)

"""Percentages of a row, a column or the total, never without what they are percentages of."""

from decimal import Decimal
from enum import StrEnum

from fieldlog.tallies.spread import TOTAL, Path, Spread

NO_BASE = "no base"
_TENTH = Decimal("0.1")


class Share(StrEnum):
    """What a cell is shown as a percentage of."""

    ROW = "row"
    COLUMN = "column"
    TOTAL = "total"


SAYS = {
    Share.ROW: "of the row: the number in the last column of the same row is 100%",
    Share.COLUMN: "of the column: the number in the last row of the same column is 100%",
    Share.TOTAL: "of the grand total: the number at the bottom right is 100%",
}


def denominator(spread: Spread, share: Share, row: Path, column: Path, measure: int = 0) -> int:
    """Return the number that 100% stands for where two lines meet."""
    if share is Share.ROW:
        return spread.value(row, TOTAL, measure)
    if share is Share.COLUMN:
        return spread.value(TOTAL, column, measure)
    return spread.value(TOTAL, TOTAL, measure)


def percent(part: int, whole: int) -> str:
    """Return ``34.3%`` (half up), or ``no base`` where the whole is nought."""
    if not whole:
        return NO_BASE
    return f"{(Decimal(part) * 100 / whole).quantize(_TENTH, 'ROUND_HALF_UP'):,}%"

"""A breakdown as CSV: a column for each level of rows, one for each measure of each column."""

import csv
import io
from collections.abc import Sequence

from fieldlog.core.words import Unit
from fieldlog.tallies.spread import Spread
from fieldlog.tallies.spread_writing import spread_rows
from fieldlog.workbook.csv_rows import BYTE_ORDER_MARK, harmless

Cells = Sequence[str | int | float]


def spread_csv(spread: Spread, *, raw: bool = False) -> str:
    """Return a breakdown as CSV: a header, a row for each line with its subtotals, the total row.

    Times that head rows are whole minutes and nights ISO dates; pence become pounds. With ``raw``
    for programs: pence stay pence, text as it is, no byte order mark.
    """
    header, *body = spread_rows(spread, keys=True)
    file = io.StringIO(newline="")
    file.write("" if raw else BYTE_ORDER_MARK)
    writer = csv.writer(file)
    for row in (header, *(_in_pounds(spread, row, raw=raw) for row in body)):
        writer.writerow(
            row if raw else [harmless(cell) if isinstance(cell, str) else cell for cell in row]
        )
    return file.getvalue()


def _in_pounds(spread: Spread, row: Sequence[str | int], *, raw: bool) -> Cells:
    if raw:
        return row
    levels = len(spread.breakdown.rows)
    units = [measured.unit for measured in spread.measured] * len(spread.columns)
    numbers = [
        cell / 100 if unit is Unit.PENCE and isinstance(cell, int) else cell
        for cell, unit in zip(row[levels:], units, strict=True)
    ]
    return [*row[:levels], *numbers]

"""Tables and the log as rows of CSV, with text that a spreadsheet would run made harmless.

A spreadsheet program takes a cell of a CSV file that begins with ``=``, ``+``, ``-`` or ``@`` for a
formula, and a tab or a carriage return before one does not stop it. There is no way to say "text"
in CSV, so such text gets an apostrophe in front, which the usual advice (OWASP, "CSV injection")
asks for. Numbers are written as numbers and stay as they are. For programs there is ``raw``: no
apostrophe, no byte order mark.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import IO, Any

from fieldlog.core.lists import Measure
from fieldlog.core.log import LogLine
from fieldlog.core.night import to_uk
from fieldlog.core.question import DIMENSIONS
from fieldlog.core.words import Unit
from fieldlog.tallies.crosstab import GRAND_TOTAL, Table
from fieldlog.workbook.log_columns import log_columns

BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel reads UTF-8 as Windows-1252 and “é” as “Ã©”."""

_STARTS = ("=", "+", "-", "@", "\t", "\r")


def harmless(text: str) -> str:
    """Return ``text`` with an apostrophe in front if a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(_STARTS) else text


def table_csv(table: Table, *, raw: bool = False) -> str:
    """Return a table as CSV: a header, a row for each row, the total row.

    Times in the first column are whole minutes and nights ISO dates; pence become pounds. With
    ``raw`` for programs: pence stay pence, text as it is, no byte order mark.
    """
    file = io.StringIO(newline="")
    file.write("" if raw else BYTE_ORDER_MARK)
    writer = csv.writer(file)
    writer.writerows(_safe(row, raw=raw) for row in _table_rows(table, raw=raw))
    return file.getvalue()


def rows_csv(rows: Iterable[Sequence[Any]]) -> str:
    """Return plain rows as CSV for Excel, the header first; text is made harmless."""
    file = io.StringIO(newline="")
    file.write(BYTE_ORDER_MARK)
    csv.writer(file).writerows(_safe(row, raw=False) for row in rows)
    return file.getvalue()


def write_log_csv(
    file: IO[str], lines: Iterable[LogLine], measures: Sequence[Measure], *, raw: bool = False
) -> int:
    """Write the log to a text file opened with ``newline=""``; return how many lines there were.

    The columns are those of the workbook's log. Dates are ``2020-12-05`` and times ``21:40``, UK
    local; amounts are pounds. With ``raw`` text stays as it is and there is no byte order mark.
    """
    columns, _ = log_columns(measures)
    file.write("" if raw else BYTE_ORDER_MARK)
    writer = csv.writer(file)
    writer.writerow(_safe([column.heading for column in columns], raw=raw))
    written = 0
    for number, line in enumerate(lines, 1):
        cells = [_as_text(column.kind, column.value(line)) for column in columns]
        writer.writerow(_safe(cells, raw=raw))
        written = number
    return written


def _safe(row: Sequence[Any], *, raw: bool) -> Sequence[Any]:
    return row if raw else [harmless(cell) if isinstance(cell, str) else cell for cell in row]


def _table_rows(table: Table, *, raw: bool) -> Iterator[list[str | int | float]]:
    question = table.question
    in_pounds = table.measured.unit is Unit.PENCE and not raw

    def amounts(values: Sequence[int]) -> list[int | float]:
        return [value / 100 for value in values] if in_pounds else list(values)

    yield [DIMENSIONS[question.rows], *(column.text for column in table.columns), GRAND_TOTAL]
    for row, cells, total in zip(table.rows, table.cells, table.row_totals, strict=True):
        as_key = question.rows in {"time", "night"} and row.key is not None
        yield [row.key if as_key and row.key is not None else row.text, *amounts([*cells, total])]
    yield [GRAND_TOTAL, *amounts([*table.column_totals, table.grand_total])]


def _as_text(kind: str, value: Any) -> Any:
    if value is None or kind in {"text", "whole", "grams"}:
        return value
    if kind == "pence":
        return value / 100
    if kind == "night":
        return value.isoformat()
    return _local(kind, value)


def _local(kind: str, moment: datetime) -> str:
    local = to_uk(moment)
    forms = {"day": "%Y-%m-%d", "clock": "%H:%M"}
    return local.strftime(forms.get(kind, "%Y-%m-%d %H:%M"))

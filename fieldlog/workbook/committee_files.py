"""The committee edition beside its workbook: OpenDocument with the same sheets, and tidy CSV."""

import csv
from collections.abc import Iterator
from pathlib import Path

from fieldlog.workbook.committee import committee_sheets, committee_workbook
from fieldlog.workbook.csv_rows import BYTE_ORDER_MARK, harmless
from fieldlog.workbook.ods import save_ods
from fieldlog.workbook.report import CommitteeReport

HEADER = ("Sheet", "Row", "Column", "Value")


def write_committee_ods(report: CommitteeReport, target: Path) -> None:
    """Write the committee edition as an OpenDocument spreadsheet. Raises OSError."""
    save_ods(committee_workbook(report), target, {}, report.as_at, report.banner)


def write_committee_csv(report: CommitteeReport, target: Path) -> None:
    """Write the committee edition as one CSV file: a line for each cell of every table.

    A file of CSV holds one table. So each line says of which sheet, row and column its value is,
    which a program reads as it is and a pivot table of Excel lays out. Raises OSError.
    """
    with target.open("w", encoding="utf-8", errors="replace", newline="") as file:
        file.write(BYTE_ORDER_MARK)
        writer = csv.writer(file)
        writer.writerow(HEADER)
        writer.writerows(
            [harmless(cell) if isinstance(cell, str) else cell for cell in line]
            for line in _lines(report)
        )


def _lines(report: CommitteeReport) -> Iterator[tuple[object, ...]]:
    for table in committee_sheets(report):
        for row in table.rows:
            for head, value in zip(table.heads[1:], row[1:], strict=True):
                yield table.name, row[0], head, value

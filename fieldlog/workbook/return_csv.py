"""The return on hotspots as CSV, with text that a spreadsheet would run made harmless."""

import csv
import io
from collections.abc import Sequence

from fieldlog.tallies.hotspot_return import TOTAL, Return
from fieldlog.workbook.csv_rows import BYTE_ORDER_MARK, harmless


def return_csv(found: Return, notes: Sequence[str]) -> str:
    """Return the table with its total row, then an empty line and the ``notes``, one on a row.

    The dates are the first and the last night that a row counts.
    """
    file = io.StringIO(newline="")
    file.write(BYTE_ORDER_MARK)
    writer = csv.writer(file)
    writer.writerow(["Hotspot", "From", "To", *(column.label for column in found.columns)])
    for line, cells in zip(found.lines, found.rows, strict=True):
        dates = (line.first.isoformat(), line.last.isoformat())
        writer.writerow([harmless(cell) for cell in (line.hotspot.name, *dates, *cells)])
    writer.writerow([TOTAL, "", "", *found.total])
    writer.writerow([])
    writer.writerows([harmless(note)] for note in notes)
    return file.getvalue()

"""Save a workbook: parts are mended on their way into the zip, long sheets poured straight in.

openpyxl keeps every cell of a sheet as an object, or in write-only mode makes one for each and
throws it away. The log can have 100,000 rows of fifty columns, so its rows are handed over as
finished XML and go into the zip as they come: openpyxl writes the sheet with its header row only,
and the rows are poured in before its data ends.
"""

import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter

from fieldlog.workbook.formulas import cached, with_values
from fieldlog.workbook.mending import mended

_END_OF_ROWS = b"</sheetData>"
_DIMENSION = re.compile(rb"<dimension [^>]*/>")
_CHUNK = 500


@dataclass(frozen=True)
class Pour:
    """Rows for a sheet, as XML, and what to do when the last of them is in.

    ``area`` is the cells the sheet has with them, like ``A1:L100001``: readers that trust it find
    the rows without counting them first. ``finish`` is told how many there were, before the parts
    that depend on it are written: the sheet's table and its print area.
    """

    rows: Iterator[str]
    area: str
    finish: Callable[[int], None]


def save(
    workbook: Workbook,
    target: Path | IO[bytes],
    pours: dict[str, Pour],
    now: datetime,
    charts: Sequence[str] = (),
) -> None:
    """Write ``workbook`` to ``target`` with rows poured into the sheets named in ``pours``.

    ``charts`` is what its charts show, in their order, for readers who hear them.
    ``now`` is an aware moment: when the workbook says it was made. Raises OSError.
    """
    made = now.astimezone(UTC).replace(tzinfo=None)
    workbook.properties.created = made
    workbook.properties.modified = made
    parts = {
        f"xl/worksheets/sheet{number}.xml": sheet
        for number, sheet in enumerate(workbook.worksheets, 1)
    }
    by_part = {part: pours[sheet.title] for part, sheet in parts.items() if sheet.title in pours}
    values = {part: cached(sheet) for part, sheet in parts.items()}
    with _Package(target, by_part, values, charts) as package:
        ExcelWriter(workbook, package).save()


class _Package(zipfile.ZipFile):
    """The zip that openpyxl writes its parts to."""

    def __init__(
        self,
        target: Path | IO[bytes],
        pours: dict[str, Pour],
        values: Mapping[str, Mapping[str, int | Decimal]],
        charts: Sequence[str],
    ) -> None:
        super().__init__(target, "w", zipfile.ZIP_DEFLATED)
        self._pours = pours
        self._values = values
        self._charts = charts

    def writestr(self, zinfo_or_arcname: Any, data: Any, *more: Any, **named: Any) -> None:
        """Add a part from memory, mended."""
        content = data.encode("utf-8") if isinstance(data, str) else data
        part = mended(str(zinfo_or_arcname), content, self._charts)
        super().writestr(zinfo_or_arcname, part, *more, **named)

    def write(self, filename: Any, arcname: Any = None, *_: Any, **__: Any) -> None:
        """Add a part from a file; formulas get their values, rows that wait go in on the way."""
        pour = self._pours.get(str(arcname))
        if pour is None:
            values = self._values.get(str(arcname), {})
            super().writestr(str(arcname), with_values(Path(filename).read_bytes(), values))
            return
        # What openpyxl says of the sheet's size is without the rows.
        area = b'<dimension ref="%b"/>' % pour.area.encode("ascii")
        sheet = _DIMENSION.sub(area, Path(filename).read_bytes())
        head, end, tail = sheet.partition(_END_OF_ROWS)
        with self.open(str(arcname), "w") as part:
            part.write(head)
            count = _pour(pour.rows, part)
            part.write(end + tail)
        pour.finish(count)


def _pour(rows: Iterator[str], part: IO[bytes]) -> int:
    count = 0
    waiting: list[str] = []
    for number, row in enumerate(rows, 1):
        waiting.append(row)
        count = number
        if len(waiting) == _CHUNK:
            part.write("".join(waiting).encode("utf-8"))
            waiting.clear()
    part.write("".join(waiting).encode("utf-8"))
    return count

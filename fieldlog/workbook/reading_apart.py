"""The child process that unpacks and parses an uploaded workbook, with limits on what it may use.

Run as ``python -m fieldlog.workbook.reading_apart FILE WANTED``, where WANTED is JSON: which sheet
and how many rows at most. It writes lines of JSON: the titles, one line for each row, and at last
how many rows there were or what is wrong.
"""

import json
import os
import re
import sys
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import IO, Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse
from openpyxl.cell.text import Text
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE, is_datetime
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._reader import WorkSheetParser
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS

from fieldlog.workbook.escapes import unescaped
from fieldlog.workbook.package_checks import DAMAGED, MEGABYTE, TOO_LARGE, check_package
from fieldlog.workbook.sheet import UnreadableSheet, Value, fitted

MOST_MEMORY = 768 * MEGABYTE
MOST_SECONDS = 300
MOST_ROWS = 1_048_576
MOST_COLUMNS = 1_000

_HALF_A_CHARACTER = re.compile("[\ud800-\udfff]")
"""Stands for nothing and no database keeps it; the reader sees U+FFFD instead."""

_BROKEN = (
    ArithmeticError, AttributeError, DefusedXmlException, EOFError, InvalidFileException,
    LookupError, NotImplementedError, OSError, ParseError, RecursionError, TypeError, ValueError,
)  # fmt: skip
"""What openpyxl, zipfile and the XML parser raise on a file that is not as it should be."""


@dataclass(frozen=True)
class _Part:
    """A sheet of the workbook: its title, whether it is shown, and the part it is kept in."""

    title: str
    shown: bool
    name: str


class _Reader(ExcelReader):
    """Finds the sheets without opening them, and reads shared text as it stands.

    openpyxl would go through every sheet that does not say its size, and takes the escape of an
    underscore out of shared text by itself.
    """

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__(file, read_only=True, data_only=True, keep_links=False)
        self.parts: list[_Part] = []

    def read_strings(self) -> None:
        """Fill ``shared_strings``."""
        package: Any = self.package
        part = package.find(SHARED_STRINGS)
        if part is None:
            return
        tag = f"{{{SHEET_MAIN_NS}}}si"
        with self.archive.open(part.PartName[1:]) as source:
            for _, element in iterparse(source):
                if element.tag == tag:
                    text = Text.from_tree(element)
                    self.shared_strings.append(text.content if text else "")
                    element.clear()

    def read_worksheets(self) -> None:
        """Fill ``parts`` with the sheets that have cells, in their order."""
        parser: Any = self.parser
        self.parts = [
            _Part(sheet.name, sheet.state == "visible", relation.target)
            for sheet, relation in parser.find_sheets()
            if relation.target in self.valid_files and "chartsheet" not in relation.Type
        ]


def main(arguments: list[str]) -> int:
    """Read the file and write what it says to standard output; return the exit status."""
    limit_resources()
    warnings.simplefilter("ignore")
    try:
        said = _read(Path(arguments[0]), **json.loads(arguments[1]))
        for line in said:
            sys.stdout.write(json.dumps(line) + "\n")
    except UnreadableSheet as error:
        return _give_up(str(error))
    except MemoryError:
        return _give_up(TOO_LARGE)
    except _BROKEN:
        return _give_up(DAMAGED)
    return 0


def limit_resources() -> None:
    """Take the limits on memory and time where the system has them, and the back of the queue."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS + 5))
    os.nice(10)


def _give_up(message: str) -> int:
    sys.stdout.write("\n" + json.dumps({"error": message}) + "\n")
    return 1


def _read(path: Path, sheet: str | None, most: int | None) -> Iterator[Any]:
    check_package(path)
    with path.open("rb") as file:
        yield from _read_lines(file, sheet, most)


def _read_lines(file: IO[bytes], wanted: str | None, most: int | None) -> Iterator[Any]:
    # The open file, not its path: openpyxl would refuse a workbook for the ending of its name.
    reader = _Reader(file)
    reader.read()
    sheet = _chosen(reader.parts, wanted)
    yield {"title": sheet.title, "titles": [part.title for part in reader.parts if part.shown]}
    count = 0
    for number, cells in islice(_filled(reader, sheet), most):
        count += 1
        yield [number, [_said(cell) for cell in fitted(cells, 0)]]
    if not count:
        raise UnreadableSheet(
            f"The sheet “{sheet.title}” is empty. It needs a header row and rows below it."
        )
    yield {"rows": count}


def _chosen(sheets: list[_Part], wanted: str | None) -> _Part:
    if not sheets:
        raise UnreadableSheet("This workbook has no sheet with cells.")
    if wanted is None:
        return next((sheet for sheet in sheets if sheet.shown), sheets[0])
    for sheet in sheets:
        if sheet.title.casefold() == wanted.strip().casefold():
            return sheet
    titles = ", ".join(f"“{sheet.title}”" for sheet in sheets[:20])
    raise UnreadableSheet(f"This workbook has no sheet “{wanted[:50]}”. It has {titles}.")


def _filled(reader: _Reader, sheet: _Part) -> Iterator[tuple[int, list[Value]]]:
    """Yield the rows with anything in them; one cell far away costs a refusal, never an age."""
    workbook: Any = reader.wb
    days = _styles_of_days(workbook)
    with reader.archive.open(sheet.name) as source:
        parser: Any = WorkSheetParser(
            source,
            reader.shared_strings,
            data_only=True,
            epoch=workbook.epoch,
            date_formats=workbook._date_formats,
            timedelta_formats=workbook._timedelta_formats,
        )
        for number, row in parser.parse():
            if number > MOST_ROWS:
                raise UnreadableSheet(DAMAGED)
            cells = _cells(number, row, days)
            if cells:
                yield number, cells


def _styles_of_days(workbook: Any) -> set[int]:
    """Return the numbers of the styles that show a date without a time."""
    formats: list[str] = workbook._number_formats
    found = set()
    for number, style in enumerate(workbook._cell_styles):
        own = style.numFmtId - BUILTIN_FORMATS_MAX_SIZE
        form = formats[own] if own >= 0 else BUILTIN_FORMATS.get(style.numFmtId, "General")
        if is_datetime(form) == "date":
            found.add(number)
    return found


def _cells(number: int, row: list[dict[str, Any]], days: set[int]) -> list[Value]:
    """Return the values of a row as openpyxl parsed it, up to the last that is not empty."""
    cells: list[Value] = []
    for cell in row:
        value = _value(cell["value"], day=cell["style_id"] in days)
        if value is None:
            continue
        column = cell["column"]
        if column > MOST_COLUMNS:
            raise UnreadableSheet(
                f"Row {number:,} has something in column {get_column_letter(column)}, far to "
                "the right of the table. Delete the columns beside the table and save again."
            )
        cells.extend([None] * (column - len(cells)))
        cells[column - 1] = value
    return cells


def _value(value: Any, *, day: bool) -> Value:
    """Return what a cell holds in one of the few types that importers know."""
    if isinstance(value, str):
        return _HALF_A_CHARACTER.sub("\ufffd", unescaped(value)) or None
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, datetime):
        return value.date() if day and value.time() == time() else value
    if isinstance(value, timedelta):
        return _clock(value)
    known: Value = value
    return known


def _clock(length: timedelta) -> str:
    minutes, seconds = divmod(round(length.total_seconds()), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"


def _said(value: Value) -> Any:
    if isinstance(value, datetime | date | time):
        return [type(value).__name__, value.isoformat()]
    return value


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

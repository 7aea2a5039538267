"""Read text separated by commas, semicolons, tabs or bars as officers' programs save it."""

import codecs
import csv
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from fieldlog.workbook.sheet import Grid, Row, UnreadableSheet, Value, fitted

LONGEST_CELL = 131_072
"""Characters. Longer than any note; usually a quotation mark that was opened and never closed."""

DELIMITERS = ",;\t|"
_LINES = 30
"""Lines at the start that are asked for the separator: titles may stand above the headings."""
SAID = {"sep=;", "sep=,", "sep=\t", "sep=|"}
_SAMPLE = 65_536
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NOT_TEXT = frozenset(range(32)) - {8, 9, 10, 11, 12, 13, 26, 27}


def read_delimited(path: Path, most: int | None = None) -> Grid:
    """Return the rows of a text file: UTF-8, UTF-16 or, failing those, Windows-1252.

    The file is gone through once before the first row is handed out, so that a broken one is
    refused as a whole. Of a long file the first ``most`` rows alone can be asked for: then they are
    all that is looked at. Raises UnreadableSheet.
    """
    encoding = _encoding(path)
    delimiter = _delimiter(path, encoding)
    count = sum(1 for _ in islice(_filled(path, encoding, delimiter), most))
    if not count:
        raise UnreadableSheet("This file is empty. It needs a header row and rows below it.")
    rows = islice(_filled(path, encoding, delimiter), most)
    return Grid(path.name, ".csv", count, ((number, fitted(cells, 0)) for number, cells in rows))


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        start = file.read(_SAMPLE)
    for mark, name in _BYTE_ORDER_MARKS:
        if start.startswith(mark):
            return name
    if start[1::2].count(0) * 2 > len(start[1::2]) > start[::2].count(0) * 10:
        return "utf-16-le"
    if sum(byte in _NOT_TEXT for byte in start) * 100 > len(start):
        raise UnreadableSheet(
            "This file is not text and not an Excel workbook. "
            "Open it in the program it came from and save it as .xlsx or CSV."
        )
    # Five bytes mean nothing in Windows-1252; Latin-1 reads any byte, so that no file is refused.
    return next(name for name in ("utf-8", "cp1252", "latin-1") if _decodes(path, name))


def _decodes(path: Path, encoding: str) -> bool:
    try:
        with path.open(encoding=encoding, newline="") as file:
            while file.read(_SAMPLE):
                pass
    except UnicodeDecodeError:
        return False
    return True


def _delimiter(path: Path, encoding: str) -> str:
    """Return the separator that most of the first lines have equally often, outside quotes."""
    try:
        with path.open(encoding=encoding, newline="") as file:
            start = file.read(_SAMPLE).lstrip()
    except UnicodeError as error:
        raise UnreadableSheet(
            "The text of this file is damaged. Open it and save it again as CSV UTF-8."
        ) from error
    if start.lower().startswith("sep=") and start[4:5] in DELIMITERS:
        return start[4]
    lines = list(islice(_counted(start), _LINES))
    return max(DELIMITERS, key=lambda delimiter: _regularity(lines, delimiter))


def _counted(text: str) -> Iterator[Counter[str]]:
    """Yield how often each separator stands in each line that has any, outside quotation marks."""
    found: Counter[str] = Counter()
    quoted = False
    for character in text:
        if character == '"':
            quoted = not quoted
        elif character in "\r\n" and not quoted:
            if found:
                yield found
            found = Counter()
        elif character in DELIMITERS and not quoted:
            found[character] += 1
    if found:
        yield found


def _regularity(lines: list[Counter[str]], delimiter: str) -> tuple[float, int]:
    """Return the share of ``lines`` with ``delimiter`` equally often, and how often that is."""
    often = Counter(line[delimiter] for line in lines if line[delimiter])
    if not often:
        return 0.0, 0
    times, agreeing = max(often.items(), key=lambda item: (item[1], item[0]))
    return agreeing / len(lines), times


def _filled(path: Path, encoding: str, delimiter: str) -> Iterator[Row]:
    """Yield the rows that have anything in them, numbered as a spreadsheet would number them."""
    # The limit belongs to the csv module as a whole; it is set here so that no other part's
    # setting can let an endless cell through.
    csv.field_size_limit(LONGEST_CELL)
    done = 0
    try:
        with path.open(encoding=encoding, newline="") as file:
            for number, row in enumerate(csv.reader(file, delimiter=delimiter), 1):
                cells: list[Value] = [cell or None for cell in row]
                if any(cells) and not _is_separator_note(number, row):
                    yield number, cells
                done = number
    except csv.Error as error:
        raise UnreadableSheet(
            f"Row {done + 1} of this file cannot be read: a cell has more than "
            f"{LONGEST_CELL:,} characters. Look for a quotation mark that is opened and not closed."
        ) from error
    except UnicodeError as error:
        raise UnreadableSheet(
            f"The text of this file is damaged after row {done}. "
            "Open it and save it again as CSV UTF-8."
        ) from error


def _is_separator_note(number: int, row: list[str]) -> bool:
    """Tell whether this is the line ``sep=;`` that Excel reads and does not show."""
    return number == 1 and "".join(row).lower().strip() in {"sep=", *SAID}

"""The headline of a file that came back, as it stands there: workbook, OpenDocument or tidy CSV.

An OpenDocument file is parsed in a child process with limits, as an uploaded workbook is. Run as
``python -m fieldlog.workbook.headline_cells FILE`` for the child.
"""

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from fieldlog.workbook.package_checks import GREATEST_RATIO, LARGEST_UNPACKED, SMALL_ENOUGH
from fieldlog.workbook.reading import read_sheet
from fieldlog.workbook.reading_apart import limit_resources
from fieldlog.workbook.sheet import UnreadableSheet, Value

HEADLINE = "Headline figures"
VALUE = "Value"
LONGEST_WAIT = 120
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_MOST_ROWS = 500
_BROKEN = (
    *(DefusedXmlException, KeyError, MemoryError, NotImplementedError, OSError, ParseError),
    *(RuntimeError, ValueError, zipfile.BadZipFile),
)


def headline_cells(path: Path) -> dict[str, Value]:
    """Return label → number of the headline in the file at ``path``; text where it is hidden.

    Raises UnreadableSheet where there is none, or the file cannot be read.
    """
    if _is_open_document(path):
        return _open_document(path)
    sheet = read_sheet(path, HEADLINE)
    if sheet.suffix == ".xlsx":
        return {str(cells[0]).strip(): cells[1] for _, cells in sheet.rows if len(cells) > 1}
    return {
        str(cells[1]).strip(): _number(str(cells[3]))
        for _, cells in sheet.rows
        if len(cells) > 3 and (cells[0], cells[2]) == (HEADLINE, VALUE)
    }


def _is_open_document(path: Path) -> bool:
    with suppress(zipfile.BadZipFile, OSError), zipfile.ZipFile(path) as package:
        return "content.xml" in package.namelist()
    return False


def _open_document(path: Path) -> dict[str, Value]:
    try:
        child = subprocess.run(
            [sys.executable, "-m", "fieldlog.workbook.headline_cells", str(path.absolute())],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
            timeout=LONGEST_WAIT,
            check=False,
        )
        said: dict[str, Value] = json.loads(child.stdout)
    except (subprocess.TimeoutExpired, ValueError) as error:
        raise UnreadableSheet("The headline of this file cannot be read.") from error
    return said


def main(arguments: list[str]) -> int:
    """Write the headline of an OpenDocument file as JSON; return the exit status."""
    limit_resources()
    try:
        sys.stdout.write(json.dumps(dict(_rows(Path(arguments[0])))))
    except _BROKEN:
        return 1
    return 0


def _rows(path: Path) -> Iterator[tuple[str, Value]]:
    with zipfile.ZipFile(path) as package:
        part = package.getinfo("content.xml")
        dense = part.file_size > max(SMALL_ENOUGH, part.compress_size * GREATEST_RATIO)
        if dense or part.file_size > LARGEST_UNPACKED:
            return
        with package.open(part) as source:
            yield from _headline(source)


def _headline(source: IO[bytes]) -> Iterator[tuple[str, Value]]:
    inside, rows = False, 0
    for event, element in iterparse(source, events=("start", "end")):
        if element.tag == f"{_TABLE}table":
            if event == "end" and inside:
                return
            inside = event == "start" and element.get(f"{_TABLE}name") == HEADLINE
        elif event == "end" and element.tag == f"{_TABLE}table-row":
            rows += inside
            cells = element.findall(f"{_TABLE}table-cell")
            if inside and len(cells) > 1 and rows <= _MOST_ROWS:
                yield _text(cells[0]), _cell(cells[1])
            element.clear()


def _cell(cell: Element) -> Value:
    number = cell.get(f"{_OFFICE}value")
    return _number(number if number is not None else _text(cell))


def _text(cell: Element) -> str:
    return " ".join("".join(cell.itertext()).split())


def _number(text: str) -> Value:
    with suppress(ValueError):
        return float(text.replace(",", ""))
    return text


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

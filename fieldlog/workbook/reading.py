"""Read the rows of an uploaded workbook or text file, safely, and say plainly what is wrong.

A workbook is unpacked and parsed in a child process with little memory and time: 199 KB of zip can
ask for hundreds of megabytes. What the child read waits in a temporary file, so a workbook that is
broken in its last row is refused before its first row is used.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import IO, Any

from fieldlog.workbook.delimited import read_delimited
from fieldlog.workbook.package_checks import DAMAGED, MEGABYTE, PROTECTED, TOO_LARGE
from fieldlog.workbook.sheet import Grid, Row, Sheet, UnreadableSheet, Value

__all__ = ["Grid", "Sheet", "UnreadableSheet", "Value", "read_grid", "read_sheet"]

LARGEST_FILE = 60 * MEGABYTE
LONGEST_WAIT = 1_200
"""Seconds on the clock; the child has a limit of its own on processor time."""

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TEMPORAL: dict[str, Callable[[str], Value]] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
}


def read_sheet(path: Path, sheet: str | None = None) -> Sheet:
    """Return what ``read_grid`` reads, with the first row as the header. Raises UnreadableSheet."""
    return read_grid(path, sheet).under_first_row()


def read_grid(path: Path, sheet: str | None = None, most: int | None = None) -> Grid:
    """Return the sheet called ``sheet`` of the file at ``path``, or its first sheet that is shown.

    What the file is, is told by its content, not by its name. Cells come as text, numbers, dates
    and times without a zone; a formula as its last result, true and false as ``TRUE`` and
    ``FALSE``. From text files every cell is text. Characters may be anything but half a
    surrogate pair: control characters are for the importer to judge, row by row. There is at least
    one row; no more than the first ``most`` are read.

    Raises UnreadableSheet with a message for the person who sent the file: too large, protected
    with a password, damaged, an old format, no such sheet, empty.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(8)
    except OSError as error:
        raise UnreadableSheet(
            f"The file {path.name} cannot be opened: {error.strerror}."
        ) from error
    if size > LARGEST_FILE:
        raise UnreadableSheet(
            f"This file has {size // MEGABYTE} MB; the most is {LARGEST_FILE // MEGABYTE} MB. "
            "Split it into several files."
        )
    if start == _OLE:
        raise UnreadableSheet(_why_not_ole(path))
    if start.startswith(_ZIP):
        return _read_workbook(path, sheet, most)
    if path.suffix.lower() in {".xlsx", ".xlsm"}:
        raise UnreadableSheet(DAMAGED if size else "This file is empty.")
    return read_delimited(path, most)


def _why_not_ole(path: Path) -> str:
    """Tell apart the two things that start with the old Office signature."""
    if "EncryptedPackage".encode("utf-16-le") in path.read_bytes():
        return PROTECTED
    return "This is a workbook of the old kind (.xls). Save it as .xlsx or CSV."


def _read_workbook(path: Path, sheet: str | None, most: int | None) -> Grid:
    lines = _lines_read_apart(path, sheet, most)
    end = next(lines)
    start = next(lines)
    return Grid(start["title"], ".xlsx", end["rows"], _rows(lines), tuple(start["titles"]))


def _lines_read_apart(path: Path, sheet: str | None, most: int | None) -> Iterator[Any]:
    """Yield what the child read: first its last line, then all of them from the first on.

    The caller takes the first two lines at once, so the generator has always been started and its
    temporary file is closed with it, also when nobody reads on.
    """
    command = [sys.executable, "-m", "fieldlog.workbook.reading_apart", str(path.absolute())]
    command.append(json.dumps({"sheet": sheet, "most": most}))
    with tempfile.TemporaryFile() as spool:
        try:
            subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                stdout=spool,
                stderr=subprocess.DEVNULL,
                env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
                timeout=LONGEST_WAIT,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise UnreadableSheet(TOO_LARGE) from error
        end = _last_line(spool)
        if "error" in end:
            raise UnreadableSheet(end["error"])
        yield end
        spool.seek(0)
        for line in spool:
            yield json.loads(line)


def _last_line(spool: IO[bytes]) -> dict[str, Any]:
    """Return the child's last word; a child that was stopped half way did not have one."""
    size = spool.seek(0, 2)
    spool.seek(max(0, size - 4096))
    last = spool.read().splitlines()[-1:] or [b""]
    try:
        said = json.loads(last[0])
    except ValueError:
        said = None
    whole = isinstance(said, dict) and said.keys() & {"rows", "error"}
    return dict(said) if whole else {"error": TOO_LARGE}


def _rows(lines: Iterator[Any]) -> Iterator[Row]:
    for line in lines:
        if isinstance(line, list):
            number, cells = line
            yield number, [_value(cell) for cell in cells]


def _value(said: Any) -> Value:
    if isinstance(said, list):
        kind, text = said
        return _TEMPORAL[kind](text)
    plain: Value = said
    return plain

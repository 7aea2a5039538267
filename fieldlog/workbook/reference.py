"""Find the number of an issue inside a file that was saved again, without opening it as a workbook.

The reference is plain text in every format, so the parts that may hold it are searched as bytes:
no XML is parsed, and no more is unpacked than a cover needs.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from fieldlog.core.issue import issue_named_in
from fieldlog.workbook.package_checks import (
    GREATEST_RATIO,
    MEGABYTE,
    MOST_PARTS,
    SMALL_ENOUGH,
)

MOST_READ = 64 * MEGABYTE
"""Bytes unpacked in all: the words of a workbook of 100,000 entries stay below."""

_PARTS = re.compile(
    r"docProps/(core|app)\.xml|xl/sharedStrings\.xml|xl/worksheets/sheet\d+\.xml|content\.xml|"
    r"meta\.xml|[^/]+\.csv"
)
_OVERLAP = 200
_BEGINS = b"Fieldlog issue "
_ZIP = b"PK\x03\x04"


def reference_in(path: Path) -> tuple[int, int] | None:
    """Return (number, version) of the issue that the file at ``path`` says it is, or None.

    A file that cannot be read, or is no file of ours at all, says nothing.
    """
    try:
        with path.open("rb") as file:
            start = file.read(MEGABYTE)
        if start.startswith(_ZIP):
            return _first(_chunks(path))
    except (OSError, ValueError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError):
        return None
    return _first(iter([start]))


def _first(chunks: Iterator[bytes]) -> tuple[int, int] | None:
    for chunk in chunks:
        place = chunk.find(_BEGINS)
        while place >= 0:
            found = issue_named_in(chunk[place : place + _OVERLAP].decode("utf-8", "replace"))
            if found:
                return found
            place = chunk.find(_BEGINS, place + 1)
    return None


def _chunks(path: Path) -> Iterator[bytes]:
    """Yield the parts that may hold the reference, a megabyte at a time with some overlap."""
    left = MOST_READ
    with zipfile.ZipFile(path) as package:
        parts = package.infolist()[:MOST_PARTS]
        wanted = [part for part in parts if _PARTS.fullmatch(part.filename) and not _bomb(part)]
        for part in sorted(wanted, key=lambda one: one.file_size):
            tail = b""
            with package.open(part) as source:
                while left > 0 and (chunk := source.read(min(MEGABYTE, left))):
                    left -= len(chunk)
                    yield tail + chunk
                    tail = chunk[-_OVERLAP:]


def _bomb(part: zipfile.ZipInfo) -> bool:
    too_dense = part.file_size > part.compress_size * GREATEST_RATIO
    return part.file_size > SMALL_ENOUGH and too_dense

"""Judge a zip file by its table of contents, before anything in it is unpacked."""

import zipfile
from pathlib import Path

from fieldlog.workbook.sheet import UnreadableSheet

MEGABYTE = 1024 * 1024
MOST_PARTS = 2_000
LARGEST_UNPACKED = 400 * MEGABYTE
SMALL_ENOUGH = 20 * MEGABYTE
GREATEST_RATIO = 200
"""A workbook of ours with 100,000 entries packs about one to fifteen; a bomb one to a thousand."""

DAMAGED = (
    "This workbook is damaged and cannot be opened. "
    "Open it in Excel, save it under a new name and send that."
)
PROTECTED = "This workbook is protected with a password. Save a copy without one."
TOO_LARGE = (
    "This workbook unpacks to far more than a list of entries needs, so it was not opened. "
    "Copy the rows into a new workbook, or save the sheet as CSV."
)
_OTHER_KINDS = {
    "xl/workbook.bin": "This is a binary workbook (.xlsb). Save it as .xlsx or CSV.",
    "mimetype": "This is an OpenDocument file. Save it as .xlsx or CSV.",
    "word/document.xml": "This is a Word document. Copy its table into a workbook.",
}


def check_package(path: Path) -> None:
    """Raise UnreadableSheet unless the file at ``path`` is a workbook that is safe to unpack.

    The sizes are what the table of contents says; zipfile never unpacks more of a part than that.
    """
    try:
        with zipfile.ZipFile(path) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise UnreadableSheet(DAMAGED) from error
    names = {part.filename for part in parts}
    for name, message in _OTHER_KINDS.items():
        if name in names:
            raise UnreadableSheet(message)
    if any(part.flag_bits & 1 for part in parts):
        raise UnreadableSheet(PROTECTED)
    if "[Content_Types].xml" not in names:
        raise UnreadableSheet("This is a zip file and not a workbook. Unpack it and send the file.")
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    if (
        len(parts) > MOST_PARTS
        or unpacked > LARGEST_UNPACKED
        or (unpacked > SMALL_ENOUGH and unpacked > packed * GREATEST_RATIO)
    ):
        raise UnreadableSheet(TOO_LARGE)

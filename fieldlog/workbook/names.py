"""Names that Excel accepts: of sheets, of column headings, of tables."""

import re
from collections.abc import Iterable

from fieldlog.workbook.escapes import unescaped

LONGEST_TITLE = 31
LONGEST_HEADING = 255
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\]")
_NOT_PLAIN = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]+")
_NOT_IN_NAMES = re.compile(r"\W+")


def sheet_title(wanted: str, taken: Iterable[str] = ()) -> str:
    """Return ``wanted`` as the title of a sheet that is not ``taken`` yet, case aside."""
    plain = " ".join(_NOT_IN_TITLES.sub(" ", _plain(wanted)).split()).strip("'")
    plain = plain[:LONGEST_TITLE].strip("' ") or "Sheet"
    if plain.casefold() == "history":
        plain = "History of entries"
    return _unique(plain, {title.casefold() for title in taken}, LONGEST_TITLE)


def headings(wanted: Iterable[str]) -> list[str]:
    """Return the headings of a table: text on one line, none empty, no two the same."""
    made: list[str] = []
    seen: set[str] = set()
    for number, text in enumerate(wanted, 1):
        plain = " ".join(_plain(text).split())[:LONGEST_HEADING] or f"Column {number}"
        made.append(_unique(plain, seen, LONGEST_HEADING))
        seen.add(made[-1].casefold())
    return made


def table_name(title: str, taken: Iterable[str] = ()) -> str:
    """Return the name of the table on the sheet ``title``, as formulas refer to it."""
    plain = "table_" + _NOT_IN_NAMES.sub("_", title.casefold()).strip("_")
    return _unique(plain[:200], set(taken), 250)


def _plain(text: str) -> str:
    # Text that looks like an escape would be shown as one character in one place and as typed in
    # another; a name is not evidence, so it may lose that.
    return _NOT_PLAIN.sub(" ", unescaped(text))


def _unique(plain: str, taken: set[str], longest: int) -> str:
    name, number = plain, 2
    while name.casefold() in taken:
        ending = f" {number}" if " " in plain or not plain.startswith("table_") else f"_{number}"
        name = plain[: longest - len(ending)] + ending
        number += 1
    return name

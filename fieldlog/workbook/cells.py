"""Safe cell values: text stays text, moments become UK local time, pence become pounds."""

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from openpyxl.cell import Cell
from openpyxl.cell.cell import ERROR_CODES

from fieldlog.core.night import to_uk
from fieldlog.workbook.escapes import escaped, unescaped

LONGEST_TEXT = 32_767
"""UTF-16 units that Excel keeps in a cell; openpyxl drops the rest in silence."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet program may take for the start of a formula when somebody edits the cell."""

WHOLE = "#,##0"
HOURS = "#,##0.00"
POUNDS = '"£"#,##0.00'
GRAMS = '#,##0" g"'
DAY = "dd/mm/yyyy"
DAY_IN_WORDS = "ddd d mmm yyyy"
CLOCK = "hh:mm"
MOMENT = "dd/mm/yyyy hh:mm"

Content = str | int | float | Decimal | date | datetime | time | None


@dataclass(frozen=True)
class Cut:
    """Text that Excel has no room for: where it stands, how long it is, how much is shown."""

    cell: str
    length: int
    shown: int


def needs_quote_prefix(text: str) -> bool:
    """Tell whether ``text`` must carry Excel's mark for "this is text", or it becomes a formula."""
    return text.startswith(FORMULA_STARTS) or text in ERROR_CODES


def fitted_text(text: str) -> tuple[str, int | None]:
    """Return (text as the file holds it, how many characters of it are shown if not all).

    Text that is too long ends with words that say so, and how much is missing.
    """
    held = escaped(text)
    if len(held) * 2 <= LONGEST_TEXT or _units(held) <= LONGEST_TEXT:
        return held, None
    shown = LONGEST_TEXT - 100
    while _units(escaped(text[:shown])) > LONGEST_TEXT - 100:
        shown -= max(1, (_units(escaped(text[:shown])) - LONGEST_TEXT + 100) // 7)
    left = len(text) - shown
    note = f" … [cut: {left:,} more characters do not fit in an Excel cell; see fieldlog]"
    return escaped(text[:shown] + note), shown


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def put(cell: Cell, value: Content, number_format: str = "") -> Cut | None:
    """Set ``cell`` to ``value`` and return what was cut off, if anything had to be.

    Text is never read as a formula or an error, whatever it looks like. Aware moments become
    naive UK local time, since a spreadsheet knows no time zones.
    """
    if isinstance(value, str):
        return _put_text(cell, value)
    if isinstance(value, datetime):
        value = local(value)
    cell.value = value
    if number_format and value is not None:
        cell.number_format = number_format
    return None


def _put_text(cell: Cell, text: str) -> Cut | None:
    held, shown = fitted_text(text)
    cell.value = held
    if held:
        cell.data_type = "s"
    if needs_quote_prefix(text):
        cell.quotePrefix = True
    return Cut(cell.coordinate, len(text), shown) if shown is not None else None


def text_of(value: Any) -> Any:
    """Return a cell's value as it was before ``put``; anything but text comes back unchanged."""
    return unescaped(value) if isinstance(value, str) else value


def local(moment: datetime) -> datetime:
    """Return an aware moment as naive UK local time; a naive one is taken to be local already."""
    return to_uk(moment).replace(tzinfo=None) if moment.tzinfo else moment


def pounds(pence: int | None) -> Decimal | None:
    """Return pence as an exact number of pounds."""
    return None if pence is None else Decimal(pence) / 100

"""How the workbook looks: one typeface, one accent colour, weight and space rather than boxes."""

from dataclasses import dataclass, field, replace
from typing import Any

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

TYPEFACE = "Arial"
INK = "FF1B2733"
ACCENT = "FF1D4F76"
QUIET = "FF55606B"
"""Grey that still has a contrast of six to one on white."""
TINT = "FFE6EEF4"
RULE = "FFCBD5DD"

_RULE = Side(style="thin", color=RULE)
_HEAVY = Side(style="medium", color=ACCENT)
_FIRM = Side(style="thin", color=ACCENT)


def _font(size: float = 11, *, bold: bool = False, color: str = INK, **more: Any) -> Font:
    return Font(name=TYPEFACE, family=2, size=size, bold=bold, color=color, **more)


_TEXT = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
_NUMBER = Alignment(horizontal="right", vertical="center", indent=1)
_LINE = Alignment(horizontal="left", vertical="center", indent=1)
_TINTED = PatternFill("solid", start_color=TINT)


@dataclass(frozen=True)
class Look:
    """Everything about a cell but its value."""

    font: Font
    alignment: Alignment = field(default_factory=lambda: _LINE)
    border: Border | None = None
    fill: PatternFill | None = None
    height: float | None = None

    def on(self, cell: Cell) -> None:
        """Give ``cell`` this look; its number format stays."""
        cell.font = self.font
        cell.alignment = self.alignment
        if self.border is not None:
            cell.border = self.border
        if self.fill is not None:
            cell.fill = self.fill


NORMAL_FONT = _font()
TITLE = Look(_font(18, bold=True, color=ACCENT), height=32)
SUBTITLE = Look(_font(color=QUIET), height=18)
NOTE = Look(_font(color=QUIET), height=18)
LAST_NOTE = Look(
    _font(color=QUIET), Alignment(horizontal="left", vertical="top", indent=1), height=26
)
"""Above a table. The space is height, not an empty row: a screen reader would stop at one."""
WARNING = Look(_font(12, bold=True), fill=_TINTED, height=24)
SECTION = Look(_font(13, bold=True, color=ACCENT), _LINE, height=38)
LABEL = Look(_font(bold=True), _TEXT)
PLAIN = Look(_font(), _TEXT)

# Excel puts a filter's arrow into the lower right corner of a heading: words go to the top.
_HEADING_RULE = Border(bottom=_HEAVY)
_OVER_TEXT = Alignment(horizontal="left", vertical="top", wrap_text=True, indent=1)
_OVER_NUMBERS = Alignment(horizontal="right", vertical="top", wrap_text=True, indent=1)
HEADING = Look(_font(bold=True), _OVER_TEXT, _HEADING_RULE, _TINTED)
NUMBER_HEADING = Look(_font(bold=True), _OVER_NUMBERS, _HEADING_RULE, _TINTED)
_ROW_RULE = Border(bottom=_RULE)
BODY = Look(_font(), _TEXT, _ROW_RULE)
BODY_LABEL = Look(_font(bold=True), _TEXT, _ROW_RULE)
BODY_BLANK = Look(_font(italic=True), _TEXT, _ROW_RULE)
BODY_LINK = Look(_font(color=ACCENT, underline="single"), _TEXT, _ROW_RULE)
VALUE = Look(_font(), _NUMBER, _ROW_RULE)
BIG_VALUE = Look(_font(13, bold=True), _NUMBER, _ROW_RULE)
ROW_TOTAL = Look(_font(bold=True), _NUMBER, _ROW_RULE)
_TOTAL_RULE = Border(top=_FIRM, bottom=_FIRM)
TOTAL_LABEL = Look(_font(bold=True), _TEXT, _TOTAL_RULE, _TINTED)
TOTAL = Look(_font(bold=True), _NUMBER, _TOTAL_RULE, _TINTED)

# LibreOffice forgets the indent where words and numbers take turns in a row, as [c] and 0 do.
_FLUSH = Alignment(horizontal="right", vertical="center")
FLUSH_HEADING = replace(
    NUMBER_HEADING, alignment=Alignment(horizontal="right", vertical="top", wrap_text=True)
)
FLUSH_VALUE = replace(VALUE, alignment=_FLUSH)
FLUSH_ROW_TOTAL = replace(ROW_TOTAL, alignment=_FLUSH)
FLUSH_TOTAL = replace(TOTAL, alignment=_FLUSH)

NOUGHT_FONT = Font(color=QUIET)
"""For a nought in a table: it is said, but quietly."""

LOG_RULE = _ROW_RULE
LOG_FONT = _font(10)
LOG_STRUCK_FONT = _font(10, color=QUIET, strike=True)
LOG_TEXT = Alignment(horizontal="left", vertical="top", wrap_text=True, indent=1)
LOG_NUMBER = Alignment(horizontal="right", vertical="top", indent=1)

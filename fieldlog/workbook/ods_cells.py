"""Cells of an OpenDocument sheet: values with their type, text as it was typed, totals as formulas.

ODF 1.3, parts 3 and 4. Each cell is the same value that the Excel workbook has in its place.
"""

import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from fieldlog.workbook.escapes import unescaped

EMPTY = "<table:table-cell/>"

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SPACES = re.compile(r"^ +| +$|(?<= ) +|\t")
_LINES = re.compile(r"\r\n|\r|\n")
_REFERENCE = re.compile(r"\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?")


def cell(value: Any, style: str, link: str = "") -> str:
    """Return a cell with ``value`` in it; ``link`` is the title of the sheet that it leads to."""
    dressed = f' table:style-name="{style}"'
    if value is None or value == "":
        return f"<table:table-cell{dressed}/>"
    if isinstance(value, str):
        said = text(value) if not link else _linked(value, link)
        return f'<table:table-cell{dressed} office:value-type="string">{said}</table:table-cell>'
    return f"<table:table-cell{dressed} {typed(value)}/>"


def formula_cell(formula: str, value: int | Decimal, style: str) -> str:
    """Return a cell with a formula as Excel writes it, ``=SUM(B5:B9)``, and what it comes to."""
    said = _REFERENCE.sub(lambda found: f"[.{found[0].replace(':', ':.')}]", formula)
    return (
        f'<table:table-cell table:style-name="{style}" table:formula={quoteattr(f"of:{said}")} '
        f"{typed(value)}/>"
    )


def typed(value: Any) -> str:
    """Return the attributes of a cell that say the type and the value of what is not text."""
    if isinstance(value, datetime | date):
        said = value.isoformat()
        return f'office:value-type="date" office:date-value="{said}"'
    if isinstance(value, time):
        said = value.strftime("PT%HH%MM%SS")
        return f'office:value-type="time" office:time-value="{said}"'
    return f'office:value-type="float" office:value="{value}"'


def text(held: str) -> str:
    """Return text as paragraphs, a line each, with all its spaces.

    ``held`` is text as a workbook's cell holds it. Characters that XML cannot carry become U+FFFD.
    """
    lines = _LINES.split(plain(held))
    return "".join(f"<text:p>{_spaced(line)}</text:p>" for line in lines)


def plain(held: str) -> str:
    """Return what somebody typed, without the characters that XML cannot carry."""
    return _NOT_XML.sub("\ufffd", unescaped(held))


def _spaced(line: str) -> str:
    return _SPACES.sub(_space, escape(line))


def _space(found: re.Match[str]) -> str:
    return "<text:tab/>" if found[0] == "\t" else f'<text:s text:c="{len(found[0])}"/>'


def _linked(value: str, title: str) -> str:
    place = quoteattr("#'" + title.replace("'", "''") + "'.A1")
    return (
        f'<text:p><text:a xlink:type="simple" xlink:href={place}>{_spaced(value)}</text:a></text:p>'
    )

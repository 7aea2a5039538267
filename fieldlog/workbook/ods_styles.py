"""The styles of an OpenDocument spreadsheet, made from those that openpyxl collected."""

from collections.abc import Iterable, Iterator
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from openpyxl import Workbook

from fieldlog.workbook.cells import CLOCK, DAY, DAY_IN_WORDS, GRAMS, HOURS, MOMENT, POUNDS, WHOLE
from fieldlog.workbook.looks import INK, TYPEFACE
from fieldlog.workbook.ods_cells import plain
from fieldlog.workbook.report import Banner

NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("style", "style"),
        ("text", "text"),
        ("table", "table"),
        ("number", "datastyle"),
        ("fo", "xsl-fo-compatible"),
        ("meta", "meta"),
        ("config", "config"),
        ("svg", "svg-compatible"),
    )
)
NAMESPACES += (
    ' xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2"'
    ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' office:version="1.3"'
)

_CENTIMETRES = 0.195
"""How wide a digit of the normal font is."""

_DAY = '<number:day number:style="long"/>'
_MONTH = '<number:month number:style="long"/>'
_YEAR = '<number:year number:style="long"/>'
_SLASH = "<number:text>/</number:text>"
_DATE = f"{_DAY}{_SLASH}{_MONTH}{_SLASH}{_YEAR}"
_TIME = (
    '<number:hours number:style="long"/><number:text>:</number:text>'
    '<number:minutes number:style="long"/>'
)


def _number(places: int) -> str:
    return (
        f'<number:number number:decimal-places="{places}" number:min-decimal-places="{places}" '
        'number:min-integer-digits="1" number:grouping="true"/>'
    )


_FORMATS = {
    WHOLE: ("number-style", _number(0)),
    HOURS: ("number-style", _number(2)),
    POUNDS: ("number-style", f"<number:text>£</number:text>{_number(2)}"),
    GRAMS: ("number-style", f"{_number(0)}<number:text> g</number:text>"),
    DAY: ("date-style", _DATE),
    DAY_IN_WORDS: (
        "date-style",
        "<number:day-of-week/><number:text> </number:text><number:day/><number:text> "
        '</number:text><number:month number:textual="true"/><number:text> </number:text>' + _YEAR,
    ),
    CLOCK: ("time-style", _TIME),
    MOMENT: ("date-style", f"{_DATE}<number:text> </number:text>{_TIME}"),
}
_FORMAT_NAMES = {form: f"N{number}" for number, form in enumerate(_FORMATS, 1)}
_SIDES = {"horizontal": {"left": "start", "right": "end"}, "vertical": {"center": "middle"}}
_LINES = {"thin": "0.5pt", "medium": "1.25pt"}


def cell_style(number: int) -> str:
    """Return the name of the style that openpyxl knows by ``number``."""
    return f"ce{number}"


def column_style(width: float) -> str:
    """Return the name of the style of a column as wide as so many digits."""
    return f"co{round(width * 10)}"


def row_style(height: float) -> str:
    """Return the name of the style of a row so many points high."""
    return f"ro{round(height * 10)}"


def automatic_styles(
    workbook: Workbook, widths: Iterable[float], heights: Iterable[float]
) -> Iterator[str]:
    """Yield the styles of ``content.xml``: numbers, columns, rows, cells."""
    for form, (kind, inside) in _FORMATS.items():
        yield f'<number:{kind} style:name="{_FORMAT_NAMES[form]}">{inside}</number:{kind}>'
    for width in sorted({round(width, 1) for width in widths}):
        yield _style(
            column_style(width),
            "table-column",
            f'<style:table-column-properties style:column-width="{width * _CENTIMETRES:.2f}cm"/>',
        )
    for height in sorted({round(height, 1) for height in heights}):
        yield _style(
            row_style(height),
            "table-row",
            f'<style:table-row-properties style:row-height="{height}pt" '
            'style:use-optimal-row-height="false"/>',
        )
    yield _style(
        "ta1",
        "table",
        '<style:table-properties table:display="true"/>',
        'style:master-page-name="Default"',
    )
    styles: Any = workbook
    for number, style in enumerate(styles._cell_styles):
        yield _cell(styles, number, style)


def _style(name: str, family: str, inside: str, more: str = "") -> str:
    return f'<style:style style:name="{name}" style:family="{family}" {more}>{inside}</style:style>'


def _cell(workbook: Any, number: int, style: Any) -> str:
    font, alignment = workbook._fonts[style.fontId], workbook._alignments[style.alignmentId]
    fill, border = workbook._fills[style.fillId], workbook._borders[style.borderId]
    form = _FORMAT_NAMES.get(_format(workbook, style.numFmtId))
    cell = [f'fo:wrap-option="{"wrap" if alignment.wrap_text else "no-wrap"}"']
    if alignment.vertical:
        side = _SIDES["vertical"].get(alignment.vertical, alignment.vertical)
        cell.append(f'style:vertical-align="{side}"')
    if fill.fill_type == "solid":
        cell.append(f'fo:background-color="{_colour(fill.fgColor.rgb)}"')
    for side in ("top", "bottom"):
        line = getattr(border, side)
        if line is not None and line.style:
            said = f"{_LINES[line.style]} solid {_colour(line.color.rgb)}"
            cell.append(f'fo:border-{side}="{said}"')
    paragraph = []
    if alignment.horizontal:
        cell.append('style:text-align-source="fix"')
        side = _SIDES["horizontal"].get(alignment.horizontal, alignment.horizontal)
        paragraph.append(f'fo:text-align="{side}"')
    if alignment.indent:
        place = "left" if alignment.horizontal == "left" else "right"
        cell.append(f'fo:padding-{place}="0.2cm"')
    inside = (
        f"<style:table-cell-properties {' '.join(cell)}/>"
        f"<style:paragraph-properties {' '.join(paragraph)}/>"
        f"<style:text-properties {' '.join(_font(font))}/>"
    )
    more = 'style:parent-style-name="Default"'
    if form:
        more += f' style:data-style-name="{form}"'
    return _style(cell_style(number), "table-cell", inside, more)


def _format(workbook: Any, number: int) -> str:
    from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE

    if number < BUILTIN_FORMATS_MAX_SIZE:
        return str(BUILTIN_FORMATS.get(number, "General"))
    return str(workbook._number_formats[number - BUILTIN_FORMATS_MAX_SIZE])


def _font(font: Any) -> Iterator[str]:
    yield f'style:font-name="{TYPEFACE}" fo:font-family="{TYPEFACE}" fo:font-size="{font.size}pt"'
    yield f'fo:color="{_colour(font.color.rgb if font.color else INK)}"'
    if font.bold:
        yield 'fo:font-weight="bold"'
    if font.italic:
        yield 'fo:font-style="italic"'
    if font.underline:
        yield 'style:text-underline-style="solid"'
    if font.strike:
        yield 'style:text-line-through-style="solid"'


def _colour(rgb: Any) -> str:
    return f"#{rgb[-6:].lower()}" if isinstance(rgb, str) else "#000000"


def page_styles(banner: Banner) -> str:
    """Return ``styles.xml``: A4 landscape, as wide as the page, marked at top and bottom."""
    bold = f'<text:span text:style-name="MT1">{_said(banner.marking)}</text:span>'
    marking = f"<text:p>{bold}</text:p>"
    left = "DEMONSTRATION, not real" if banner.demonstration else "fieldlog"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-styles {NAMESPACES}>'
        f"<office:styles>{_style('Default', 'table-cell', _DEFAULT)}</office:styles>"
        "<office:automatic-styles>"
        f"{_style('MT1', 'text', _BOLD)}"
        f'<style:page-layout style:name="Mpm1">{_PAGE}</style:page-layout>'
        "</office:automatic-styles><office:master-styles>"
        '<style:master-page style:name="Default" style:page-layout-name="Mpm1">'
        f"<style:header>{_regions(_p(left), marking, '<text:p><text:sheet-name/></text:p>')}"
        "</style:header>"
        f"<style:footer>{_regions(_p(banner.title), marking, _NUMBERS)}</style:footer>"
        "</style:master-page></office:master-styles></office:document-styles>"
    )


_DEFAULT = f'<style:text-properties fo:font-family="{TYPEFACE}" fo:font-size="11pt"/>'
_BOLD = '<style:text-properties fo:font-weight="bold"/>'
_PAGE = (
    '<style:page-layout-properties fo:page-width="29.7cm" fo:page-height="21cm" '
    'style:print-orientation="landscape" fo:margin-left="1.27cm" fo:margin-right="1.27cm" '
    'fo:margin-top="1cm" fo:margin-bottom="1cm" style:scale-to-X="1" style:scale-to-Y="0"/>'
    '<style:header-style><style:header-footer-properties fo:min-height="1cm"/></style:header-style>'
    '<style:footer-style><style:header-footer-properties fo:min-height="1cm"/></style:footer-style>'
)
_NUMBERS = "<text:p>Page <text:page-number/> of <text:page-count/></text:p>"


def _regions(left: str, centre: str, right: str) -> str:
    return (
        f"<style:region-left>{left}</style:region-left>"
        f"<style:region-center>{centre}</style:region-center>"
        f"<style:region-right>{right}</style:region-right>"
    )


def _p(words: str) -> str:
    return f"<text:p>{_said(words[:80])}</text:p>"


def _said(words: str) -> str:
    return escape(plain(words))


def attribute(words: str) -> str:
    """Return words as the quoted value of an attribute."""
    return quoteattr(plain(words))

"""Save a workbook as an OpenDocument spreadsheet: the same sheets and cells, streamed.

The libraries there are for this format keep every cell as a tree of objects: a log of 100,000
entries would take gigabytes. The format is a zip of five small parts and one long one, and this
writes the long one row by row, from the workbook that openpyxl would save.
"""

import zipfile
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from fieldlog.core.night import utc_text
from fieldlog.workbook.formulas import cached
from fieldlog.workbook.long_rows import LINE, ROOM
from fieldlog.workbook.ods_cells import EMPTY, cell, formula_cell
from fieldlog.workbook.ods_styles import (
    NAMESPACES,
    attribute,
    automatic_styles,
    cell_style,
    column_style,
    page_styles,
    row_style,
)
from fieldlog.workbook.package import Pour
from fieldlog.workbook.report import Banner
from fieldlog.workbook.sheet_setup import TALLEST

MIME = "application/vnd.oasis.opendocument.spreadsheet"
_PARTS = ("content.xml", "styles.xml", "meta.xml", "settings.xml")
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_DEFAULT_WIDTH = 10.0
_MOST_LINES = 32


def save_ods(
    workbook: Workbook,
    target: Path | IO[bytes],
    pours: Mapping[str, Pour],
    now: datetime,
    banner: Banner,
) -> None:
    """Write ``workbook`` to ``target``, with rows poured into the sheets named in ``pours``.

    The rows are those of ``OdsRowWriter``. Raises OSError.
    """
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        # Programs tell the format by its first bytes: this part comes first, uncompressed.
        package.writestr("mimetype", MIME, zipfile.ZIP_STORED)
        with package.open("content.xml", "w", force_zip64=True) as part:
            for piece in _content(workbook, pours):
                part.write(piece.encode("utf-8"))
        package.writestr("styles.xml", page_styles(banner))
        package.writestr("meta.xml", _meta(workbook, now))
        package.writestr("settings.xml", _settings(workbook))
        package.writestr("META-INF/manifest.xml", _manifest())


def _content(workbook: Workbook, pours: Mapping[str, Pour]) -> Iterator[str]:
    widths = {_DEFAULT_WIDTH}
    heights = {min(lines * LINE + ROOM, TALLEST) for lines in range(1, _MOST_LINES)}
    for sheet in workbook.worksheets:
        widths |= {dimension.width for dimension in sheet.column_dimensions.values()}
        heights |= {row.height for row in sheet.row_dimensions.values() if row.height}
        # openpyxl knows a style only once a cell has asked for its number.
        _ = [one.style_id for row in sheet.iter_rows() for one in row if one.has_style]
    yield f"{_XML}<office:document-content {NAMESPACES}><office:automatic-styles>"
    yield from automatic_styles(workbook, widths, heights)
    yield "</office:automatic-styles><office:body><office:spreadsheet>"
    for sheet in workbook.worksheets:
        yield from _sheet(sheet, pours.get(sheet.title))
    yield f"<table:database-ranges>{''.join(_ranges(workbook))}</table:database-ranges>"
    yield "</office:spreadsheet></office:body></office:document-content>"


def _sheet(sheet: Worksheet, pour: Pour | None) -> Iterator[str]:
    printed = _range(sheet, sheet.print_area) if sheet.print_area else ""
    ranges = f" table:print-ranges={attribute(printed)}" if printed else ""
    yield f'<table:table table:name={attribute(sheet.title)} table:style-name="ta1"{ranges}>'
    for column in range(1, sheet.max_column + 1):
        dimension = sheet.column_dimensions.get(get_column_letter(column))
        style = column_style(dimension.width if dimension else _DEFAULT_WIDTH)
        yield f'<table:table-column table:style-name="{style}"/>'
    header = int(sheet.print_title_rows.split(":")[0].strip("$")) if sheet.print_title_rows else 0
    amounts = cached(sheet)
    for number, cells in enumerate(sheet.iter_rows(), 1):
        row = _row(sheet, number, cells, amounts)
        if number == header:
            row = f"<table:table-header-rows>{row}</table:table-header-rows>"
        yield row
    if pour:
        count = 0
        for count, row in enumerate(pour.rows, 1):  # noqa: B007 - how many there were
            yield row
        pour.finish(count)
    yield "</table:table>"


def _row(sheet: Worksheet, number: int, cells: Any, amounts: Mapping[str, Any]) -> str:
    height = sheet.row_dimensions[number].height
    style = f' table:style-name="{row_style(height)}"' if height else ""
    inside = "".join(_cell(one, amounts) for one in cells)
    return f"<table:table-row{style}>{inside}</table:table-row>"


def _cell(one: Any, amounts: Mapping[str, Any]) -> str:
    if one.value is None and not one.has_style:
        return EMPTY
    style = cell_style(one.style_id)
    if one.data_type == "f":
        return formula_cell(one.value, amounts[one.coordinate], style)
    link = one.hyperlink.location if one.hyperlink else ""
    title = link.rpartition("!")[0].strip("'").replace("''", "'")
    return cell(one.value, style, title)


def _range(sheet: Worksheet, area: str) -> str:
    """Return ``A1:L9`` of a sheet as OpenDocument writes it."""
    first, _, last = area.rpartition("!")[2].replace("$", "").partition(":")
    title = "'" + sheet.title.replace("'", "''") + "'"
    return f"{title}.{first}:{title}.{last or first}"


def _ranges(workbook: Workbook) -> Iterator[str]:
    for sheet in workbook.worksheets:
        for table in sheet.tables.values():
            buttons = "true" if table.autoFilter else "false"
            yield (
                f"<table:database-range table:name={attribute(table.displayName)} "
                f"table:target-range-address={attribute(_range(sheet, table.ref))} "
                f'table:display-filter-buttons="{buttons}"/>'
            )


def _meta(workbook: Workbook, now: datetime) -> str:
    said = workbook.properties
    return (
        f"{_XML}<office:document-meta {NAMESPACES}><office:meta>"
        "<meta:generator>fieldlog</meta:generator>"
        f"<dc:title>{attribute(said.title or '')[1:-1]}</dc:title>"
        f"<dc:description>{attribute(said.description or '')[1:-1]}</dc:description>"
        f"<dc:creator>fieldlog</dc:creator><dc:date>{utc_text(now)}</dc:date>"
        "<dc:language>en-GB</dc:language></office:meta></office:document-meta>"
    )


def _settings(workbook: Workbook) -> str:
    """Return what a program opens it with: panes frozen where the workbook freezes them."""
    views = "".join(
        f"<config:config-item-map-entry config:name={attribute(sheet.title)}>"
        f"{_frozen(sheet)}</config:config-item-map-entry>"
        for sheet in workbook.worksheets
    )
    return (
        f"{_XML}<office:document-settings {NAMESPACES}><office:settings>"
        '<config:config-item-set config:name="ooo:view-settings" '
        'xmlns:ooo="http://openoffice.org/2004/office">'
        '<config:config-item-map-indexed config:name="Views"><config:config-item-map-entry>'
        f'<config:config-item-map-named config:name="Tables">{views}'
        "</config:config-item-map-named></config:config-item-map-entry>"
        "</config:config-item-map-indexed></config:config-item-set>"
        "</office:settings></office:document-settings>"
    )


def _frozen(sheet: Worksheet) -> str:
    grid = "true" if sheet.sheet_view.showGridLines else "false"
    items = [("ShowGrid", "boolean", grid)]
    if sheet.freeze_panes:
        column, row, _, _ = range_boundaries(sheet.freeze_panes)
        right, below = (column or 1) - 1, (row or 1) - 1
        items += [
            ("HorizontalSplitMode", "short", "2" if right else "0"),
            ("VerticalSplitMode", "short", "2" if below else "0"),
            ("HorizontalSplitPosition", "int", str(right)),
            ("VerticalSplitPosition", "int", str(below)),
            ("ActiveSplitRange", "short", "3" if right and below else "2"),
            ("PositionRight", "int", str(right)),
            ("PositionBottom", "int", str(below)),
        ]
    return "".join(
        f'<config:config-item config:name="{name}" config:type="{kind}">{said}</config:config-item>'
        for name, kind, said in items
    )


def _manifest() -> str:
    version = 'manifest:version="1.3"'
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{part}" manifest:media-type="text/xml"/>'
        for part in _PARTS
    )
    return (
        f'{_XML}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:'
        f'1.0" {version}><manifest:file-entry manifest:full-path="/" {version} '
        f'manifest:media-type="{MIME}"/>{entries}</manifest:manifest>'
    )

"""The committee workbook as the accessibility guidance for spreadsheets asks for it."""

import zipfile
from xml.etree import ElementTree as ET

import pytest
from openpyxl import load_workbook

from fieldlog.core.words import Marking
from fieldlog.tallies.plain_tables import PlainTable
from fieldlog.workbook.committee import write_committee_workbook
from fieldlog.workbook.committee_files import write_committee_csv, write_committee_ods
from fieldlog.workbook.report import CommitteeReport
from tests.workbook.made import MORNING_AFTER
from tests.workbook.programs import validator_errors

TABLES = (
    PlainTable(
        "Action by time",
        "Entries by action and time",
        "Each entry counts once.",
        ("Action taken", "15 min", "(blank)", "Grand Total"),
        (("Advice given", "[c]", 17, "[c]"), ("Grand Total", 20, 17, 37)),
        totals=True,
    ),
    PlainTable(
        "=A/B: [x]?",
        "=HYPERLINK(1)",
        "\x07 odd \ufffe _x0041_",
        ("=1+1", "@x"),
        (("-1", "\x00\ud83d tab\tand  spaces\nand a line"), ("+1", "=cmd|x")),
        numbers=2,
    ),
)


def a_report(**more):
    usual = {
        "title": "Op Emblazen, night of Saturday 5 December 2020",
        "as_at": MORNING_AFTER,
        "by": "Marlbridge Borough Council",
        "marking": Marking.OFFICIAL_SENSITIVE,
        "tables": TABLES,
        "suppressed": True,
    }
    return CommitteeReport(**(usual | more))


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    path = tmp_path_factory.mktemp("committee") / "made.xlsx"
    write_committee_workbook(a_report(), path)
    return path


@pytest.fixture(scope="module")
def book(path):
    return load_workbook(path)


def test_it_begins_with_cover_contents_and_notes(book):
    assert book.sheetnames == ["Cover", "Contents", "Notes", "Action by time", "=A B x"]
    assert book.active.title == "Cover"


def test_each_sheet_has_its_heading_in_a1_and_one_table_marked_up_below_its_notes(book):
    for sheet in book:
        assert sheet["A1"].value
        (table,) = sheet.tables.values()
        header, *body = sheet[table.ref]
        first = header[0].row
        assert all(sheet.cell(row, 1).value for row in range(1, first))
        assert [cell.value for cell in header] == [column.name for column in table.tableColumns]
        assert table.autoFilter is None
        assert (body[-1][-1].row, body[-1][-1].column) == (sheet.max_row, sheet.max_column)


def test_no_cell_of_a_table_is_empty_and_nothing_is_merged_hidden_or_frozen(book):
    for sheet in book:
        (table,) = sheet.tables.values()
        assert all(cell.value not in {None, ""} for row in sheet[table.ref] for cell in row)
        assert not sheet.merged_cells.ranges
        assert sheet.freeze_panes is None
        assert sheet.sheet_state == "visible"
        assert not any(it.hidden for it in sheet.column_dimensions.values())
        assert not any(it.hidden for it in sheet.row_dimensions.values())


def test_shorthand_is_explained_where_it_is_used_and_in_the_notes(book):
    notes = [sheet_row[0].value for sheet_row in book["Action by time"].iter_rows(max_row=4)]
    assert "[c] means hidden, to protect small numbers; (blank) means nobody recorded it." in notes
    explained = {row[0] for row in book["Notes"].iter_rows(values_only=True)}
    assert {"[c]", "[x]", "[z]", "(blank)"} <= explained


def test_the_contents_lead_to_every_sheet_after_them(book):
    links = {c.value: c.hyperlink.location for c in book["Contents"]["A"] if c.hyperlink}
    assert list(links.values()) == ["'Notes'!A1", "'Action by time'!A1", "'=A B x'!A1"]


def test_every_page_is_marked_at_top_and_bottom_and_the_file_says_its_language(book):
    for sheet in book:
        assert sheet.oddHeader.center.text == sheet.oddFooter.center.text == "OFFICIAL-SENSITIVE"
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.fitToWidth == 1
    assert book.properties.language == "en-GB"
    assert book.properties.title == "Op Emblazen, night of Saturday 5 December 2020"


def test_text_stays_text_whatever_it_looks_like(book):
    sheet = book["=A B x"]
    assert {cell.data_type for row in sheet for cell in row if cell.value} == {"s"}


def test_the_validator_of_microsoft_finds_no_error_at_all(path):
    assert validator_errors(path) == []


def test_opendocument_holds_odd_characters_and_says_what_it_is_first(tmp_path):
    path = tmp_path / "made.ods"
    write_committee_ods(a_report(), path)
    with zipfile.ZipFile(path) as package:
        first = package.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        parts = {name: package.read(name) for name in package.namelist() if name.endswith(".xml")}
    trees = {name: ET.fromstring(content) for name, content in parts.items()}
    text = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
    said = [[*line.itertext()] for line in trees["content.xml"].iter(f"{text}p")]
    assert ["=cmd|x"] in said
    assert ["\ufffd odd \ufffd _x0041_"] in said
    assert any(line[0].startswith("\ufffd\ufffd tab") for line in said if line)
    assert "OFFICIAL-SENSITIVE" in "".join(trees["styles.xml"].itertext())


def test_csv_makes_text_harmless_that_a_spreadsheet_would_run(tmp_path):
    path = tmp_path / "made.csv"
    write_committee_csv(a_report(), path)
    lines = path.read_text("utf-8-sig", errors="replace")
    assert "'=A/B: [x]?,'+1,'@x,'=cmd|x" in lines
    assert "Action by time,Advice given,(blank),17" in lines

"""The workbook of a night as a reader, a printer, Excel and its validator find it."""

import io
import zipfile
from dataclasses import replace
from datetime import datetime, time
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from fieldlog.core.words import Capacity, EntryKind, Marking
from fieldlog.workbook.mending import mended
from fieldlog.workbook.night import write_night_workbook
from fieldlog.workbook.report import TableSheet
from tests.workbook.made import (
    ACTION_BY_TIME,
    FPN,
    MORNING_AFTER,
    PURCHASE,
    a_line,
    a_report,
)
from tests.workbook.programs import validator_errors

LINES = [
    a_line(1, notes="=HYPERLINK(“x”)", counts={"spoken_to": 3, "warned": 1}),
    a_line(2, minutes=None, action="", action_code=None, premises_id=2, premises="The Mitre"),
    a_line(3, kind=EntryKind.NOTICE, notice=FPN, minutes=0, counts={"fpn": 1}),
    a_line(4, struck=True, reason="Typed twice", version=2, counts={"spoken_to": 50}),
    a_line(5, kind=EntryKind.TEST_PURCHASE, purchase=PURCHASE, counts={"cash_pence": 1_250}),
]


@pytest.fixture
def made(tmp_path):
    """Write a report and open it again."""

    def write(report):
        path = tmp_path / "night.xlsx"
        write_night_workbook(report, path)
        return load_workbook(path)

    return write


def rows(sheet, first=1):
    return [list(row) for row in sheet.iter_rows(min_row=first, values_only=True)]


def texts(sheet):
    return [str(value) for row in rows(sheet) for value in row if value is not None]


@pytest.mark.parametrize(
    "report",
    [
        a_report(LINES),
        a_report([]),
        a_report(LINES, demonstration=True, marking=Marking.OFFICIAL_SENSITIVE),
        a_report(
            [a_line(1, notes="\x00\x07\uffff\ud83d _x0041_ " + "x" * 40_000)],
            title="R&D & more: <b> \x07 \ud83d 'x' " + "long " * 40,
            tables=[TableSheet("A/B: [x]?", ACTION_BY_TIME), TableSheet("log", ACTION_BY_TIME)],
        ),
    ],
    ids=["usual", "nothing", "sensitive demonstration", "odd characters"],
)
def test_the_validator_of_microsoft_finds_no_error_at_all(tmp_path, report):
    path = tmp_path / "night.xlsx"
    write_night_workbook(report, path)
    assert validator_errors(path) == []


def test_the_validator_would_find_what_openpyxl_leaves(tmp_path):
    path = tmp_path / "bare.xlsx"
    Workbook().save(path)
    assert len(validator_errors(path)) == 1


def test_only_the_order_inside_fonts_is_mended():
    wrong = b'<font><name val="A" /><color rgb="FF1" /><b val="1" /><sz val="11" /></font>'
    right = b'<font><b val="1" /><sz val="11" /><color rgb="FF1" /><name val="A" /></font>'
    assert mended("xl/styles.xml", b"<x>" + wrong + b"</x>" + wrong) == b"<x>%b</x>%b" % (
        right,
        right,
    )
    assert mended("xl/workbook.xml", wrong) == wrong


def test_the_sheets_stand_in_the_order_they_are_read(made):
    book = made(a_report(LINES))
    assert book.sheetnames == [
        "Cover",
        "Headline figures",
        "Action by time",
        "Charts",
        "Pivot action by time",
        "Notices",
        "Log",
    ]
    assert book.active.title == "Cover"


def test_the_cover_says_what_when_by_whom_and_how_it_is_marked(made):
    cover = made(a_report(LINES, marking=Marking.OFFICIAL_SENSITIVE))["Cover"]
    assert cover["A1"].value == "Op Emblazen, night of Saturday 5 December 2020"
    facts = {row[0]: row[1] for row in rows(cover)}
    assert facts["Marking"] == "OFFICIAL-SENSITIVE"
    assert facts["As at"] == "09:12 on 6 December 2020"
    assert facts["Made by"] == "Cora Hale, Marlbridge Borough Council"
    assert facts["Entries counted"] == "4"
    assert facts["Entries struck"] == "1, shown in the log and counted nowhere"
    assert facts["Hours"].startswith("3 timed records, 0.5 h recorded; 1 record without a time")


def test_the_contents_lead_to_every_sheet_with_its_base(made):
    book = made(a_report(LINES))
    links = {cell.value: cell.hyperlink.location for cell in book["Cover"]["A"] if cell.hyperlink}
    assert list(links) == book.sheetnames[1:]
    assert links["Action by time"] == "'Action by time'!A1"
    bases = {row[0]: row[2] for row in rows(book["Cover"])}
    assert bases["Action by time"] == "31 entries"
    assert bases["Log"] == "4 entries, and 1 struck"


def test_a_demonstration_says_so_on_the_cover_and_on_every_sheet(made):
    book = made(a_report(LINES, demonstration=True))
    assert "DEMONSTRATION" in book["Cover"]["A2"].value
    for sheet in book.worksheets:
        assert "DEMONSTRATION" in sheet.oddHeader.left.text


def test_every_sheet_is_marked_at_top_and_bottom_and_fits_its_paper(made):
    for sheet in made(a_report(LINES, marking=Marking.OFFICIAL_SENSITIVE)).worksheets:
        assert sheet.oddHeader.center.text == "OFFICIAL-SENSITIVE"
        assert sheet.oddFooter.center.text == "OFFICIAL-SENSITIVE"
        assert sheet.oddFooter.right.text == "Page &P of &N"
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.paperSize == 9
        assert sheet.page_setup.fitToWidth == 1
        assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_no_sheet_has_merged_cells_and_every_table_is_whole(made):
    for sheet in made(a_report(LINES)).worksheets:
        assert not sheet.merged_cells.ranges
        for table in sheet.tables.values():
            header, *body = sheet[table.ref]
            assert [cell.value for cell in header] == [c.name for c in table.tableColumns]
            assert all(isinstance(cell.value, str) for cell in header)
            assert all(any(cell.value is not None for cell in row) for row in body)


def test_headers_are_frozen_and_repeated_on_every_page(made):
    book = made(a_report(LINES))
    assert book["Log"].freeze_panes == "D2"
    assert book["Log"].print_title_rows == "$1:$1"
    for title in ("Action by time", "Notices", "Headline figures"):
        sheet = book[title]
        (table,) = sheet.tables.values()
        header_row = int(table.ref.partition(":")[0][1:])
        assert sheet.freeze_panes == f"B{header_row + 1}"
        assert sheet.print_title_rows == f"${header_row}:${header_row}"


def test_the_file_says_who_made_it_and_when(made):
    properties = made(a_report(LINES)).properties
    assert properties.creator == "fieldlog"
    assert properties.title == "Op Emblazen, night of Saturday 5 December 2020"
    assert properties.created == MORNING_AFTER.replace(tzinfo=None)
    assert properties.category == "OFFICIAL"


def test_the_headline_has_each_figure_with_what_it_counts(made):
    sheet = made(a_report(LINES))["Headline figures"]
    figures = {row[0]: row[1:] for row in rows(sheet, 5)}
    assert figures["Entries"][0] == 4
    assert figures["Premises visited"][0] == 2
    assert figures["Visits"][0] == 2
    assert figures["People spoken to"][0] == 6
    assert figures["Arrests"][0] == 0
    assert figures["Hours recorded"][0] == 0.5
    assert figures["Timed records"][0] == 3
    assert figures["Untimed records"][0] == 1
    assert all(basis for _, _, basis in figures.values())


def test_a_notice_has_its_act_and_section_its_amount_and_its_officer(made):
    sheet = made(a_report(LINES))["Notices"]
    (table,) = sheet.tables.values()
    header, notice = ([cell.value for cell in row] for row in sheet[table.ref])
    said = dict(zip(header, notice, strict=True))
    assert said["Notice number"] == "FPN-000123"
    assert said["Kind of notice"] == "FPN"
    assert said["Act and section"] == "Environmental Protection Act 1990, s.87 and s.88"
    assert said["Amount (£)"] == 100.5
    assert said["Issued on"] == datetime.fromisoformat("2020-12-05")
    assert said["Issued at"] == time(21, 40)
    assert said["Capacity"] == "My own"
    assert said["Counted"] == "Yes"
    assert "FPN: 1." in texts(sheet)


def test_notices_that_do_not_count_say_why(made):
    given = a_line(1, notice=FPN, counts={"fpn": 1})
    lines = [
        given,
        replace(given, id="2", capacity=Capacity.WITNESSED, counts={}),
        replace(given, id="3", struck=True),
    ]
    sheet = made(a_report(lines))["Notices"]
    assert [row[-1] for row in rows(sheet, 6)] == ["Yes", "No, witnessed", "No, struck"]
    assert "FPN: 1. 2 more shown and not counted: see the last column." in texts(sheet)


def test_without_notices_the_sheet_says_so(made):
    sheet = made(a_report([a_line()]))["Notices"]
    assert "No notices counted." in texts(sheet)
    assert not sheet.tables


def test_it_opens_in_libreoffice_as_pages(tmp_path, converted):
    path = tmp_path / "night.xlsx"
    write_night_workbook(a_report(LINES), path)
    assert converted(path, "pdf").read_bytes().startswith(b"%PDF")


def test_it_can_be_written_to_a_stream():
    stream = io.BytesIO()
    write_night_workbook(a_report(LINES), stream)
    with zipfile.ZipFile(stream) as package:
        assert package.testzip() is None


def test_a_full_disk_is_an_error_and_no_hang(tmp_path):
    report = a_report([a_line(n, notes="x" * 500) for n in range(500)])
    with pytest.raises(OSError, match="No space left"):
        write_night_workbook(report, Path("/dev/full"))

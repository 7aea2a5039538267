"""Reading an uploaded workbook: what is in it, or a reason that a person can act on."""

import random
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from fieldlog.workbook import package_checks, reading
from fieldlog.workbook.reading import UnreadableSheet, read_sheet
from fieldlog.workbook.writing_rows import write_rows


@pytest.fixture
def saved(tmp_path: Path) -> Callable[..., Path]:
    """Save a workbook with the given rows and return where it is."""

    def save(*rows: list[Any], change: Callable[[Any], None] = lambda _: None) -> Path:
        workbook = Workbook()
        sheet = workbook.active
        sheet.title = "Entries"
        for row in rows:
            sheet.append(row)
        change(workbook)
        path = tmp_path / "sent.xlsx"
        workbook.save(path)
        return path

    return save


def refusal(path: Path, sheet: str | None = None) -> str:
    with pytest.raises(UnreadableSheet) as caught:
        list(read_sheet(path, sheet).rows)
    return str(caught.value)


def test_it_reads_text_numbers_dates_and_times(saved):
    path = saved(
        [" kind ", "minutes", "hours", "night", "happened", "clock", "open"],
        [
            "Visit",
            15,
            1.25,
            date(2020, 12, 5),
            datetime.fromisoformat("2020-12-05 21:40"),
            time(21, 40),
            True,
        ],
    )

    sheet = read_sheet(path)

    assert sheet.title == "Entries"
    assert sheet.suffix == ".xlsx"
    assert sheet.header == ["kind", "minutes", "hours", "night", "happened", "clock", "open"]
    assert sheet.row_count == 1
    assert list(sheet.rows) == [
        (
            2,
            [
                "Visit",
                15,
                1.25,
                date(2020, 12, 5),
                datetime.fromisoformat("2020-12-05 21:40"),
                time(21, 40),
                "TRUE",
            ],
        )
    ]


def test_a_moment_at_midnight_stays_a_moment(saved):
    path = saved(["happened"], [datetime.fromisoformat("2020-12-06 00:00")])
    assert [cells for _, cells in read_sheet(path).rows] == [
        [datetime.fromisoformat("2020-12-06 00:00")]
    ]


def test_a_length_of_time_comes_as_text(saved):
    path = saved(["taken"], [timedelta(hours=26, minutes=30)])
    assert [cells for _, cells in read_sheet(path).rows] == [["26:30:00"]]


def test_it_leaves_empty_rows_out_and_keeps_the_numbers_of_the_others(saved):
    path = saved([], ["kind", "notes"], [], ["Visit"], [None, None], [None, "x", None, "beyond"])

    sheet = read_sheet(path)

    assert sheet.header == ["kind", "notes"]
    assert list(sheet.rows) == [(4, ["Visit", None]), (6, [None, "x", None, "beyond"])]


def test_it_reads_the_sheet_that_is_asked_for(saved):
    path = saved(["first"], change=lambda book: book.create_sheet("Log").append(["second"]))
    assert read_sheet(path, " log ").header == ["second"]


def test_it_says_which_sheets_there_are(saved):
    path = saved(["first"], change=lambda book: book.create_sheet("Log"))
    assert refusal(path, "Lag") == "This workbook has no sheet “Lag”. It has “Entries”, “Log”."


def test_it_skips_a_hidden_first_sheet(saved):
    def hide(book):
        book.create_sheet("Shown").append(["shown"])
        book["Entries"].sheet_state = "hidden"

    assert read_sheet(saved(["hidden"], change=hide)).header == ["shown"]


def test_it_takes_the_last_result_of_a_formula(tmp_path, converted):
    book = Workbook()
    book.active.append(["sum"])
    book.active.append(["=1+2"])
    book.save(tmp_path / "formula.xlsx")

    calculated = converted(tmp_path / "formula.xlsx", "xlsx")

    assert [cells for _, cells in read_sheet(calculated).rows] == [[3]]


def test_it_reads_the_escapes_that_office_programs_write(saved):
    path = saved(["notes"], ["bell_x0007_"], ["_x005F_x0041_"], ["half_xD83D_"])
    assert [cells for _, cells in read_sheet(path).rows] == [["bell\x07"], ["_x0041_"], ["half�"]]


def test_it_refuses_a_workbook_with_a_password(tmp_path):
    path = tmp_path / "locked.xlsx"
    signature = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    path.write_bytes(signature + bytes(504) + "EncryptedPackage".encode("utf-16-le"))
    assert refusal(path) == "This workbook is protected with a password. Save a copy without one."


def test_it_refuses_a_workbook_of_the_old_kind(saved, converted):
    old = converted(saved(["kind"], ["Visit"]), "xls")
    assert refusal(old) == "This is a workbook of the old kind (.xls). Save it as .xlsx or CSV."


def test_it_refuses_an_opendocument_spreadsheet(saved, converted):
    other = converted(saved(["kind"], ["Visit"]), "ods")
    assert refusal(other) == "This is an OpenDocument file. Save it as .xlsx or CSV."


def test_it_refuses_a_zip_file_that_is_no_workbook(tmp_path):
    path = tmp_path / "photos.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("photo.jpg", b"picture")
    assert "zip file and not a workbook" in refusal(path)


@pytest.mark.parametrize("keep", [30, 400, 3000])
def test_it_refuses_a_workbook_that_was_cut_off(saved, keep):
    path = saved(["kind"], *([f"note {n}"] for n in range(200)))
    path.write_bytes(path.read_bytes()[:keep])
    assert refusal(path) == package_checks.DAMAGED


def test_it_refuses_a_workbook_with_a_damaged_part_before_handing_out_a_row(saved, tmp_path):
    path = saved(["kind"], *([f"note {n}"] for n in range(2000)))
    broken = tmp_path / "broken.xlsx"
    with zipfile.ZipFile(path) as whole, zipfile.ZipFile(broken, "w") as package:
        for part in whole.namelist():
            content = whole.read(part)
            if part.endswith("sheet1.xml"):
                content = content[: len(content) // 2]
            package.writestr(part, content)

    with pytest.raises(UnreadableSheet) as caught:
        read_sheet(broken)

    assert str(caught.value) == package_checks.DAMAGED


@pytest.mark.parametrize("content", [b"", b"not a workbook at all", bytes(range(256)) * 10])
def test_it_refuses_anything_else_that_is_called_a_workbook(tmp_path, content):
    path = tmp_path / "named.xlsx"
    path.write_bytes(content)
    assert refusal(path) in {package_checks.DAMAGED, "This file is empty."}


def test_it_refuses_an_empty_sheet(saved):
    assert "The sheet “Entries” is empty" in refusal(saved())


def with_parts(path: Path, target: Path, parts: dict[str, bytes]) -> Path:
    """Copy the workbook at ``path`` with some of its parts replaced or added."""
    with (
        zipfile.ZipFile(path) as whole,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package,
    ):
        before = {name: whole.read(name) for name in whole.namelist()}
        for name, content in (before | parts).items():
            package.writestr(name, content)
    return target


def test_it_refuses_a_zip_bomb_by_its_table_of_contents(saved, tmp_path):
    zeros = {"xl/worksheets/sheet1.xml": bytes(30_000_000)}
    bomb = with_parts(saved(["kind"]), tmp_path / "bomb.xlsx", zeros)
    assert bomb.stat().st_size < 200_000
    assert refusal(bomb) == package_checks.TOO_LARGE


def test_it_refuses_shared_text_that_would_fill_the_memory(tmp_path):
    namespace = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    megabyte = (
        "\N{POLICE OFFICER}".encode() + random.Random(1).randbytes(5_000).hex().encode() * 100
    )
    greedy = tmp_path / "greedy.xlsx"
    write_rows(greedy, ["kind"], [["Visit"]])
    with zipfile.ZipFile(greedy) as package:
        types = package.read("[Content_Types].xml")
    shared = b'<Override PartName="/xl/sharedStrings.xml" ContentType="%s"/></Types>'
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    parts = {
        "[Content_Types].xml": types.replace(b"</Types>", shared % kind),
        "xl/sharedStrings.xml": b"<sst %s>%s</sst>"
        % (namespace, b"<si><t>%s</t></si>" % megabyte * 260),
    }
    with_parts(greedy, tmp_path / "made.xlsx", parts)

    assert refusal(tmp_path / "made.xlsx") == package_checks.TOO_LARGE
    assert greedy.stat().st_size < 5_000_000


def test_it_refuses_entities_that_multiply(saved, tmp_path):
    lots = (
        b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>'
    )
    bomb = with_parts(saved(["kind"]), tmp_path / "lol.xlsx", {"xl/worksheets/sheet1.xml": lots})
    assert refusal(bomb) == package_checks.DAMAGED


def test_one_cell_far_away_costs_a_refusal_and_not_an_age(saved):
    path = saved(["kind"], ["Visit"], change=lambda book: book.active.cell(1_048_576, 16_384, "x"))
    assert refusal(path) == (
        "Row 1,048,576 has something in column XFD, far to the right of the table. "
        "Delete the columns beside the table and save again."
    )


def test_a_sheet_that_lies_about_its_size_is_read_by_what_it_holds(saved, tmp_path):
    path = saved(["kind"], ["Visit"])
    with zipfile.ZipFile(path) as package:
        sheet = package.read("xl/worksheets/sheet1.xml")
    lie = sheet.replace(b'ref="A1:A2"', b'ref="A1:XFD1048576"')
    assert lie != sheet
    liar = with_parts(path, tmp_path / "liar.xlsx", {"xl/worksheets/sheet1.xml": lie})
    assert list(read_sheet(liar).rows) == [(2, ["Visit"])]


def test_it_refuses_a_file_that_is_too_large_unopened(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "LARGEST_FILE", 10)
    path = tmp_path / "large.xlsx"
    path.write_bytes(b"PK\x03\x04" + bytes(20))
    assert "Split it into several files" in refusal(path)


def test_it_says_when_a_file_is_not_there(tmp_path):
    assert "cannot be opened: No such file" in refusal(tmp_path / "gone.xlsx")


def test_rows_written_back_read_the_same(tmp_path):
    path = tmp_path / "bad rows.xlsx"
    header = ["kind", "=minutes"]
    rows = [
        ["=1+1", 15],
        ["#N/A", 1.5],
        ["+44", date(2020, 12, 5)],
        ["a\r\nb\x00", datetime.fromisoformat("2020-12-05 21:40")],
        ["_x0041_", time(21, 40)],
        [" spaces ", None],
    ]

    assert write_rows(path, header, rows) == 6

    sheet = read_sheet(path)
    assert sheet.header == header
    assert [cells for _, cells in sheet.rows] == rows
    assert load_workbook(path).properties.creator == "fieldlog"


def test_reading_leaves_no_process_and_no_file_behind(saved):
    sheet = read_sheet(saved(["kind"], *(["Visit"] for _ in range(50))))
    assert next(sheet.rows) == (2, ["Visit"])
    del sheet

"""Text of any kind goes into a workbook and comes out unchanged, whatever it looks like."""

import csv
import io
from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from fieldlog.workbook.cells import LONGEST_TEXT, put, text_of
from fieldlog.workbook.columns import TEXT, Column
from fieldlog.workbook.escapes import escaped, unescaped
from fieldlog.workbook.package import Pour, save
from fieldlog.workbook.poured_rows import RowWriter
from tests.workbook.made import MORNING_AFTER

ODD = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+44 1206 000000",
    "-5",
    "@SUM(A1)",
    "#N/A",
    "#REF!",
    "\t=1",
    "'quoted",
    "_x0041_",
    "_x005F_x0041_",
    "_x0041\x07_",
    "_x0041\x07",
    "__x0041__",
    "_X0041_",
    "bell \x07 nul \x00 end \x1f",
    "\ufffe and \uffff",
    "half \ud83d a character",
    "whole 👮 character",
    "line\nfeed, return\r\nand tab\t.",
    "  spaces around  ",
    '<b>&amp;</b> ]]> "quotes"',
    "Café — ‘Señor’ £5 “quoted”",
    "עברית العربية 日本語",
    "00123",
    "1E5",
    "5/12/2020",
    "TRUE",
]
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=60)
LIKE_ESCAPES = st.text("_x0041F\x01\x07aA ", max_size=20)


def whole(text: str) -> str:
    """Two halves of a character one after the other are that character."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def through_cells(texts: list[str]) -> list[str]:
    workbook = Workbook()
    for row, text in enumerate(texts, 1):
        put(workbook.active.cell(row, 1), text)
    return read_back(workbook.save, len(texts))


def through_poured_rows(texts: list[str]) -> list[str]:
    workbook = Workbook()
    sheet = workbook.active
    writer = RowWriter(sheet, [Column("Notes", TEXT, str)], [50], lambda _: False, ruled=0)
    pour = Pour(writer.rows(texts, first=1), "A1:A99", lambda _: None)
    return read_back(
        lambda file: save(workbook, file, {sheet.title: pour}, MORNING_AFTER), len(texts)
    )


def read_back(write: Callable[[io.BytesIO], object], many: int) -> list[str]:
    file = io.BytesIO()
    write(file)
    cells = [load_workbook(file).active.cell(row, 1) for row in range(1, many + 1)]
    assert all(cell.data_type == "s" for cell in cells if cell.value is not None)
    return [text_of(cell.value) or "" for cell in cells]


@given(ANY_TEXT | LIKE_ESCAPES)
@example("_x0041\x07_")
def test_an_escaped_text_reads_as_it_was(text):
    held = escaped(text)
    assert unescaped(held) == whole(text)
    held.encode("utf-8")
    assert not any(ord(sign) < 32 and sign not in "\t\n" for sign in held)


@pytest.mark.parametrize("through", [through_cells, through_poured_rows])
@settings(max_examples=25)
@given(texts=st.lists(ANY_TEXT | LIKE_ESCAPES | st.sampled_from(ODD), min_size=1, max_size=12))
@example(texts=ODD)
def test_any_text_comes_out_of_the_workbook_unchanged(through, texts):
    assert through(texts) == [whole(text) for text in texts]


@pytest.mark.parametrize("through", ["cells", "poured"])
def test_a_real_spreadsheet_program_shows_what_was_typed(tmp_path, converted, through):
    path = tmp_path / "odd.xlsx"
    workbook = Workbook()
    sheet = workbook.active
    # CSV has no way to show these, but they must not stop what comes after them.
    unseen = [text for text in ODD if set(text) & set("\x00\x07\x1f\ufffe\uffff\ud83d\r")]
    shown = [text for text in ODD if text not in unseen]
    texts = [*shown, *unseen, "the end"]
    if through == "cells":
        for row, text in enumerate(texts, 1):
            put(sheet.cell(row, 1), text)
        workbook.save(path)
    else:
        writer = RowWriter(sheet, [Column("Notes", TEXT, str)], [50], lambda _: False, ruled=0)
        pour = Pour(writer.rows(texts, first=1), "A1:A99", lambda _: None)
        save(workbook, path, {sheet.title: pour}, MORNING_AFTER)

    made = converted(path, "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,false,false")

    rows = list(csv.reader(io.StringIO(made.read_text("utf-8"), newline="")))
    assert [row[0] for row in rows[: len(shown)]] == shown
    assert rows[-1] == ["the end"]


@pytest.mark.parametrize("text", ["=1+1", "+44", "-5", "@SUM(A1)", "#N/A", "\t=1"])
def test_what_looks_like_a_formula_stays_text_when_somebody_edits_the_cell(text):
    cell = Workbook().active.cell(1, 1)
    put(cell, text)
    assert cell.data_type == "s"
    assert cell.quotePrefix


@pytest.mark.parametrize("through", [through_cells, through_poured_rows])
@pytest.mark.parametrize("text", ["x" * 40_000, "👮" * 20_000, "\x07" * 33_000, "_x0041_" * 5_000])
def test_text_too_long_for_excel_says_how_much_is_missing(through, text):
    (shown,) = through([text])

    start, cut, rest = shown.partition(" … [cut: ")
    assert cut
    assert text.startswith(start)
    missing = int(rest.split()[0].replace(",", ""))
    assert len(start) + missing == len(text)
    assert len(shown.encode("utf-16-le")) // 2 <= LONGEST_TEXT


def test_text_that_just_fits_is_whole():
    assert through_cells(["x" * LONGEST_TEXT]) == ["x" * LONGEST_TEXT]


def test_what_was_cut_is_reported():
    workbook = Workbook()
    cut = put(workbook.active.cell(7, 3), "x" * 40_000)
    assert cut is not None
    assert (cut.cell, cut.length) == ("C7", 40_000)
    assert put(workbook.active.cell(1, 1), "short") is None

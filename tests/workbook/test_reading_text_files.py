"""Reading comma, semicolon and tab separated text as it comes out of officers' programs."""

from datetime import date, datetime, time

import pytest

from fieldlog.workbook.reading import UnreadableSheet, read_grid, read_sheet
from fieldlog.workbook.writing_rows import write_rows


@pytest.fixture
def sent(tmp_path):
    def write(content: bytes, name: str = "sent.csv"):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


def cells(path):
    return [row for _, row in read_sheet(path).rows]


def refusal(path):
    with pytest.raises(UnreadableSheet) as caught:
        list(read_sheet(path).rows)
    return str(caught.value)


@pytest.mark.parametrize(
    "content",
    [
        "kind,notes\r\nVisit,Café “Señor” £5\r\n".encode(),
        "kind,notes\nVisit,Café “Señor” £5".encode("utf-8-sig"),
        "kind,notes\nVisit,Café “Señor” £5\n".encode("cp1252"),
        "kind,notes\nVisit,Café “Señor” £5\n".encode("utf-16"),
        b"\xfe\xff" + "kind,notes\nVisit,Café “Señor” £5\n".encode("utf-16-be"),
        "kind,notes\nVisit,Café “Señor” £5\n".encode("utf-16-le"),
        "kind;notes\nVisit;Café “Señor” £5\n".encode(),
        "kind\tnotes\nVisit\tCafé “Señor” £5\n".encode(),
        "sep=;\nkind;notes\nVisit;Café “Señor” £5\n".encode(),
        b'"kind","notes"\n"Visit","Caf\xc3\xa9 \xe2\x80\x9cSe\xc3\xb1or\xe2\x80\x9d \xc2\xa35"\n',
    ],
)
def test_it_finds_out_the_encoding_and_the_separator(sent, content):
    sheet = read_sheet(sent(content))

    assert sheet.suffix == ".csv"
    assert sheet.header == ["kind", "notes"]
    assert [row for _, row in sheet.rows] == [["Visit", "Café “Señor” £5"]]


def test_a_byte_that_windows_never_used_does_not_stop_it(sent):
    assert cells(sent(b"notes\nodd \x81 byte \xe9\n")) == [["odd \x81 byte é"]]


def test_it_numbers_rows_as_a_spreadsheet_does(sent):
    sheet = read_sheet(sent(b'kind,notes\n\nVisit,"two\nlines"\n,,\nArrest,x\n'))
    assert sheet.row_count == 2
    assert list(sheet.rows) == [(3, ["Visit", "two\nlines"]), (5, ["Arrest", "x"])]


def test_short_rows_are_filled_and_long_rows_keep_what_they_have(sent):
    path = sent(b"kind,minutes,notes\nVisit\nVisit,15,x,beyond\nVisit,15,x,,\n")
    assert cells(path) == [
        ["Visit", None, None],
        ["Visit", "15", "x", "beyond"],
        ["Visit", "15", "x"],
    ]


def test_commas_inside_quotation_marks_do_not_choose_the_separator(sent):
    assert cells(sent(b'"kind, of, entry";notes\nVisit;x\n')) == [["Visit", "x"]]


def test_a_nul_in_one_row_reaches_the_importer_and_stops_no_other(sent):
    path = sent(b"kind,notes\nVisit,a\x00b\n" + b"Visit,a quite ordinary note\n" * 10)
    assert cells(path)[0] == ["Visit", "a\x00b"]
    assert len(cells(path)) == 11


@pytest.mark.parametrize("content", [bytes(range(256)) * 20, b"\x89PNG\r\n\x1a\n" + bytes(500)])
def test_it_refuses_what_is_not_text(sent, content):
    assert refusal(sent(content)).startswith(("This file is not text", "The text of this file"))


def test_it_refuses_a_quotation_mark_that_never_closes_before_handing_out_a_row(sent):
    path = sent(b'kind,notes\nVisit,fine\nVisit,"never closed\n' + b"Visit,x\n" * 30_000)

    with pytest.raises(UnreadableSheet) as caught:
        read_sheet(path)

    assert str(caught.value) == (
        "Row 3 of this file cannot be read: a cell has more than 131,072 characters. "
        "Look for a quotation mark that is opened and not closed."
    )


def test_it_refuses_damaged_utf_16(sent):
    assert refusal(sent(b"\xff\xfek\x00i\x00n\x00d\x00\n\x00\x00\xd8\x0a\x00")).startswith(
        "The text of this file is damaged"
    )


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\n\n , \n"[:2]])
def test_it_refuses_an_empty_file(sent, content):
    assert refusal(sent(content)).startswith("This file is empty")


def test_a_workbook_by_another_name_is_still_a_workbook(tmp_path):
    write_rows(tmp_path / "real.xlsx", ["kind"], [["Visit"]])
    renamed = (tmp_path / "real.xlsx").rename(tmp_path / "named.csv")
    assert read_sheet(renamed).suffix == ".xlsx"
    assert cells(renamed) == [["Visit"]]


def test_rows_written_back_read_the_same(tmp_path):
    path = tmp_path / "bad rows.csv"
    rows = [
        ["=1+1", 15, date(2020, 12, 5)],
        ['say "so", twice\r\n', None, datetime.fromisoformat("2020-12-05 21:40")],
        ["é", 1.5, time(21, 40)],
    ]

    assert write_rows(path, ["kind", "n", "when"], rows) == 3

    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert cells(path) == [
        ["=1+1", "15", "2020-12-05"],
        ['say "so", twice\r\n', None, "2020-12-05 21:40"],
        ["é", "1.5", "21:40"],
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_titles_above_the_headings_do_not_hide_the_separator(sent, delimiter):
    lines = ["Register of premises, as at 1 March 2026", ""]
    lines += [
        delimiter.join(cells) for cells in (["name", "address", "ward"], *[["x", "y", "z"]] * 3)
    ]
    grid = read_grid(sent("\n".join(lines).encode()))
    title, header, first, *_ = grid.rows
    assert title[0] == 1
    assert header == (3, ["name", "address", "ward"])
    assert first == (4, ["x", "y", "z"])


@pytest.mark.parametrize("name", ["many.csv", "many.xlsx"])
def test_the_first_rows_of_a_long_file_are_read_alone(tmp_path, name):
    write_rows(tmp_path / name, ["name"], [[f"Place {number}"] for number in range(50)])
    grid = read_grid(tmp_path / name, most=3)
    assert grid.row_count == 3
    assert list(grid.rows) == [(1, ["name"]), (2, ["Place 0"]), (3, ["Place 1"])]

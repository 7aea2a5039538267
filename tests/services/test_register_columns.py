"""What a register's headings and cells mean: found below titles, merged, cut off, never guessed."""

import pytest

from fieldlog.services.importing.cells import BadCell
from fieldlog.services.importing.premises_said import as_grid_reference, as_type, as_uprn
from fieldlog.services.importing.register_layout import layout_problems, propose, with_headings
from fieldlog.workbook.sheet import UnreadableSheet

TITLES = [(1, ["Register of premises"]), (2, ["As at 1 March", None, None, "page 1"])]
TYPES = [("public_house", "Public house"), ("bar", "Bar"), ("night_club", "Night club")]


def proposed(*rows, **known):
    layout = propose([(number, list(cells)) for number, cells in enumerate(rows, 1)], known)
    return layout.first, layout.last, layout.fields


def test_headings_are_found_below_titles():
    layout = propose([*TITLES, (4, ["Trading Name", "Post code"]), (5, ["The Lamp", "ZZ1"])])
    assert (layout.first, layout.last) == (4, 4)
    assert layout.fields == ("name", "postcode")


def test_merged_headings_over_two_rows_tell_whose_name_it_is():
    layout = propose(
        [
            *TITLES,
            (4, ["Applicant", None, "Premises", None, "Licence", None, "Ward"]),
            (5, ["Name", "Address", "Name", "Address", "Number", "Holder"]),
            (6, ["A Company", "9 Far Road", "The Lamp", "1 Quay Street", "LN/1", "x", "Castle"]),
        ]
    )
    assert (layout.first, layout.last) == (4, 5)
    assert layout.headings[4:] == ("Licence Number", "Licence Holder", "Ward")
    assert layout.fields == ("", "", "name", "address", "licence_number", "", "ward")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([["name", "uprn"], ["The Lamp", "1"]], (1, 1, ("name", "uprn"))),
        ([["Premises\nname", "Ref. No."], ["x", "1"]], (1, 1, ("name", "licence_number"))),
        ([["Name", "Address 1", "Address Line 2", "Town"]], (1, 1, ("name", *["address"] * 3))),
        ([["Name", "Name"], ["The Lamp", "A Company"]], (1, 1, ("name", ""))),
        ([["Name", "Easting"], ["x", "1"]], (1, 1, ("name", ""))),
        ([["Name", "X", "Y"], ["x", "1", "2"]], (1, 1, ("name", "easting", "northing"))),
        ([["Called", "Where"], ["x", "1"]], (1, 1, ("", ""))),
    ],
)
def test_it_knows_what_registers_call_their_columns(rows, expected):
    assert proposed(*rows) == expected


def test_what_somebody_said_before_goes_before_everything_else():
    assert proposed(["Called", "Name"], called="name", name="aliases")[2] == ("name", "aliases")


@pytest.mark.parametrize(("first", "last"), [(9, 9), (1, 9), (3, 3)])
def test_headings_in_rows_that_are_not_there_are_refused(first, last):
    with pytest.raises(UnreadableSheet, match="There are no headings in row"):
        with_headings([(1, ["name"]), (2, ["x"])], first, last)


def test_a_column_is_said_once_and_the_name_always():
    layout = propose([(1, ["a", "b", "c"])])
    assert layout_problems(layout.with_fields(["address", "address", "name"])) == []
    assert layout_problems(layout.with_fields(["uprn", "uprn", "easting"])) == [
        "Say which column holds the name of the premises.",
        "UPRN is said of several columns. Choose one of them.",
        "Easting and northing belong together. Choose both columns or none.",
    ]


@pytest.mark.parametrize(
    ("cell", "uprn"),
    [
        (100090000001, "100090000001"),
        ("100090000001.0", "100090000001"),
        ("1.00090000001E+11", "100090000001"),
        ("100,090,000,001", "100090000001"),
        (" 000123 ", "000123"),
        ("'123", "123"),
        (None, None),
    ],
)
def test_a_uprn_is_read_where_every_digit_is_there(cell, uprn):
    assert as_uprn(cell) == uprn


@pytest.mark.parametrize("cell", ["1.00E+11", "1.5E+3", "12a", "1234567890123", 1.5, "0", "-1"])
def test_a_uprn_that_lost_digits_is_refused(cell):
    with pytest.raises(BadCell, match="1 to 12 digits"):
        as_uprn(cell)


@pytest.mark.parametrize(
    ("cell", "reference"),
    [
        ("tl99522525", "TL 9952 2525"),
        ("TL 99525.9 25259.9", "TL 99525 25259"),
        ("TL 995259 252599", "TL 99525 25259"),
        ("TL 9 2", "TL 9 2"),
        ("", None),
    ],
)
def test_a_grid_reference_is_cut_off_and_never_rounded(cell, reference):
    assert as_grid_reference(cell) == reference


@pytest.mark.parametrize("cell", ["TL 995 25", "XX 12 34", "TL", "599520 225250"])
def test_a_grid_reference_that_names_no_place_is_refused(cell):
    with pytest.raises(BadCell):
        as_grid_reference(cell)


@pytest.mark.parametrize(
    ("cell", "code"),
    [("PUBLIC-HOUSE", "public_house"), ("Bars", "bar"), ("Night clubs", "night_club")],
)
def test_a_type_is_known_in_any_case_and_number(cell, code):
    assert as_type(cell, TYPES) == code

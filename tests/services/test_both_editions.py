"""Two editions and three formats hold one set of figures: the published table of 483 records."""

import re
import zipfile

import pytest
from openpyxl import load_workbook

from tests.services.both_editions import AFTER, BEFORE, PIVOT, hand_over, published
from tests.workbook.programs import validator_errors


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    return tmp_path_factory.mktemp("office")


@pytest.fixture(scope="module")
def files(tmp_path_factory, prepared_file, passwords, office):
    handed_over = hand_over(tmp_path_factory.mktemp("both"), prepared_file, passwords, office)
    yield handed_over
    handed_over.close()


def test_every_file_holds_the_published_cells(files):
    for where, table in files.tables(BEFORE).items():
        assert table == published(), where
        assert sum(table.values()) == 483, where


def test_an_entry_that_is_amended_changes_all_of_them(files):
    wanted = published()
    wanted["Advice given", "15"] -= 1
    wanted["Visit subject premises", "45"] += 1
    for where, table in files.tables(AFTER).items():
        assert table == wanted, where


@pytest.mark.parametrize("name", ["working.xlsx", "committee.xlsx"])
def test_the_validator_of_microsoft_finds_no_error_at_all(files, name):
    assert validator_errors(files.path(AFTER, name)) == []


@pytest.fixture(scope="module")
def working(files):
    return load_workbook(files.path(BEFORE, "working.xlsx"))


def test_the_pivots_are_native_and_over_the_table_of_the_log(working):
    book = working
    (table,) = book["Log"].tables.values()
    for title in (PIVOT, "Pivot to rearrange"):
        (pivot,) = book[title]._pivots
        assert pivot.cache.cacheSource.worksheetSource.name == table.displayName
        assert pivot.cache.refreshOnLoad
        names = [field.name for field in pivot.cache.cacheFields]
        assert names == [column.name for column in table.tableColumns]
        assert names[pivot.dataFields[0].fld] == "Entry"
        assert names[pivot.pageFields[0].fld] == "Counted"
        header, *_, totals = book[title][pivot.location.ref]
        assert header[0].value == "Entries"
        assert (totals[0].value, totals[-1].value) == ("Grand Total", 483)


def test_the_charts_have_their_values_in_the_file_and_words_for_those_who_hear_them(files, working):
    charts = working["Charts"]._charts
    assert len(charts) == 3
    numbers = [int(point.v) for point in charts[0].series[0].val.numRef.numCache.pt]
    assert sum(numbers) == 483
    with zipfile.ZipFile(files.path(BEFORE, "working.xlsx")) as package:
        drawing = package.read("xl/drawings/drawing1.xml").decode()
    assert drawing.count('descr="Entries by ') == 3


def test_totals_are_formulas_with_their_values_beside_them(files, working):
    formulas = list(working["Action by time"].values)
    values = files.sheet(files.path(BEFORE, "working.xlsx"), "Action by time")
    assert re.fullmatch(r"=SUM\([A-Z]+\d+:[A-Z]+\d+\)", formulas[-1][-1])
    assert values[-1][-1] == 483


def test_the_log_as_opendocument_is_the_log_of_the_workbook(files):
    ours = files.sheet(files.path(AFTER, "working.xlsx"), "Log")
    assert files.sheet(files.opened(AFTER, "working.ods"), "Log") == ours
    assert len(ours) == 1 + 483


def test_opendocument_has_the_sheets_of_the_workbook_but_pivots_and_charts(files):
    ours = sheets_of(files.path(BEFORE, "working.xlsx"))
    theirs = sheets_of(files.opened(BEFORE, "working.ods"))
    assert theirs == [it for it in ours if it != "Charts" and not it.startswith("Pivot")]
    committee = sheets_of(files.path(BEFORE, "committee.xlsx"))
    assert sheets_of(files.opened(BEFORE, "committee.ods")) == committee


def sheets_of(path):
    """The titles of the sheets, as the file lists them."""
    with zipfile.ZipFile(path) as package:
        found = package.read("xl/workbook.xml").decode()
    return re.findall(r'<sheet [^>]*?name="([^"]*)"', found)


def test_the_committee_edition_names_nobody(files):
    log = files.sheet(files.path(BEFORE, "working.xlsx"), "Log")
    header = list(log[0])
    named = {"Officer", "Premises or place", "Notes", "Collar number", "Address", "Recorded by"}
    places = [header.index(name) for name in named]
    private = {str(row[place]) for row in log[1:] for place in places if row[place]}
    assert private
    book = load_workbook(files.path(BEFORE, "committee.xlsx"))
    said = {str(v) for sheet in book for row in sheet.values for v in row if v is not None}
    assert not said & private
    everything = " ".join(said)
    assert [it for it in private if len(it) > 6 and it in everything] == []

"""The committee edition: who it names, what it hides, what it says of its issue."""

import csv
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from fieldlog.core.editions import Edition, FileFormat, Output
from fieldlog.core.entry import NoticeDetail
from fieldlog.core.issue import FigureChange, IssueMark
from fieldlog.core.question import Filter
from fieldlog.core.words import EntryKind, Marking
from fieldlog.services.close_night import close_night
from fieldlog.services.export_figures import export_figures
from fieldlog.services.look_at_mail import Asked, preview
from fieldlog.services.record_entry import record_entry
from fieldlog.services.write_whole import ExportFailed
from tests.services.one_night import register, said
from tests.workbook.programs import validator_errors

HIDDEN = Output(Edition.COMMITTEE, suppress=True)


@pytest.fixture
def night(db, cast, now):
    """Twelve visits with an action, some timed; three encounters; one notice; one arrest."""
    places = [
        register(db, f"The Lamp {number}", now, ward=f"Castle {number}") for number in range(3)
    ]
    visits = [
        said(
            cast,
            kind=EntryKind.PREMISES_VISIT,
            premises_id=places[number % 3],
            action="visit" if number % 4 else "letter",
            minutes=15 if number % 2 else None,
            counts={"spoken_to": 2},
        )
        for number in range(12)
    ]
    others = [
        *(said(cast, cast.ben, place="Bus station", minutes=30) for _ in range(3)),
        said(cast, cast.ben, place="Alley", kind=EntryKind.ARREST, counts={"arrests": 1}),
        said(
            cast,
            cast.ben,
            kind=EntryKind.NOTICE,
            place="Car park",
            notice=NoticeDetail("FPN-1", "litter", 10_000),
        ),
    ]
    for entry in (*visits, *others):
        record_entry(db, entry, by=cast.asha.officer_id, now=now)
    return Filter({"deployment": (cast.deployment,)})


@pytest.fixture
def export(db, cast, night, now, tmp_path):
    def write(output=HIDDEN, wanted=night, **more):
        target = tmp_path / f"made{output.file_format.ending}"
        return export_figures(db, wanted, target, output=output, by=cast.cora, now=now, **more)

    return write


def book(made):
    """Sheet → its rows as a viewer shows them."""
    return {sheet.title: [*sheet.values] for sheet in load_workbook(made.path, data_only=True)}


def table(rows):
    """The rows of a sheet from the header of its table on."""
    start = next(at for at, row in enumerate(rows) if row[1] is not None)
    return rows[start:]


def test_without_suppression_it_says_what_there_is(export):
    sheets = book(export(Output(Edition.COMMITTEE)))
    headline = {row[0]: row[1] for row in table(sheets["Headline figures"])}
    assert (headline["Entries"], headline["Arrests"], headline["FPNs"]) == (17, 1, 1)
    assert ("FPN", "Litter", "Environmental Protection Act 1990, s.87 and s.88", 1) in sheets[
        "Notices by law"
    ]
    assert "[c]" not in {cell for rows in sheets.values() for row in rows for cell in row}


def test_no_number_from_1_to_4_is_in_the_file_when_they_are_hidden(export):
    sheets = book(export())
    numbers = [
        cell
        for title, rows in sheets.items()
        if title != "In words"
        for row in table(rows)
        for cell in row
        if isinstance(cell, int | float)
    ]
    assert numbers
    assert [number for number in numbers if 1 <= number <= 4] == []
    headline = {row[0]: row[1] for row in table(sheets["Headline figures"])}
    assert (headline["Arrests"], headline["FPNs"], headline["Premises visited"]) == ("[c]",) * 3
    assert (headline["Entries"], headline["People spoken to"]) == (17, 24)
    assert "[c] arrests were made" in " ".join(str(row) for row in sheets["In words"])
    assert "[c]" in {row[0] for row in sheets["Notes"]}


def test_hours_are_hidden_with_the_times_that_add_up_to_them(export):
    sheets = book(export())
    assert "[c]" in table(sheets["Action by time"])[-1]
    hours = {row[0]: row[1] for row in table(sheets["Hours"])}
    assert hours["Hours recorded"] == "[c]"


def test_a_few_timed_records_of_several_times_are_not_told_by_their_number(db, cast, now, export):
    for minutes in (15, 30, 30, *[None] * 20):
        entry = said(cast, place="Quay", minutes=minutes, deployment_id=None)
        record_entry(db, entry, by=cast.asha.officer_id, now=now)
    sheets = book(export(wanted=Filter({"deployment": (None,)})))
    told = [row[1] for row in table(sheets["Hours"])[1:]]
    assert told == ["[c]", "[c]", "[c]"]
    assert table(sheets["Action by time"])[-1] == ("Grand Total", "[c]", "[c]", "[c]", 23)


def test_premises_are_hidden_with_the_visits_that_cannot_be_fewer(db, cast, now, export):
    """With nine premises printed, the tenth entry is known to be one encounter."""
    visits = [
        said(cast, kind=EntryKind.PREMISES_VISIT, place=f"Bar {number}", deployment_id=None)
        for number in range(9)
    ]
    for entry in (*visits, said(cast, place="Quay", deployment_id=None)):
        record_entry(db, entry, by=cast.asha.officer_id, now=now)
    sheets = book(export(wanted=Filter({"deployment": (None,)})))
    headline = {row[0]: row[1] for row in table(sheets["Headline figures"])}
    assert (headline["Visits"], headline["Premises visited"]) == ("[c]", "[c]")
    assert headline["Entries"] == 10
    assert "[c] visits were made to [c] premises" in " ".join(map(str, sheets["In words"]))


def test_the_letter_hides_the_same_cells(db, export, night, now):
    sheets = book(export())
    text = preview(db, Asked(night, output=HIDDEN), as_at=now).text
    lines = text.splitlines()
    start = next(at for at, line in enumerate(lines) if line.startswith("Action taken "))
    for row in table(sheets["Action by time"])[1:]:
        line = next(it for it in lines[start + 1 :] if it.startswith(str(row[0])))
        assert line.removeprefix(str(row[0])).split() == [str(cell) for cell in row[1:]]
    arrests = next(line for line in lines if line.startswith("Arrests"))
    assert arrests.split()[1] == "[c]"
    assert "Numbers from 1 to 4" in text
    assert "Hours: hidden" in text


def test_the_letter_of_the_open_edition_hides_nothing(db, night, now):
    assert "[c]" not in preview(db, Asked(night, output=Output(Edition.COMMITTEE)), as_at=now).text


def test_the_cover_says_which_version_it_is_and_a_sheet_what_changed(export, now):
    changes = (FigureChange("Arrests", 0, 1), FigureChange("People spoken to", 20, 24))
    mark = IssueMark(12, 2, now, "Cora Hale", changes)
    sheets = book(export(Output(Edition.COMMITTEE), issue=mark))
    cover = {row[0]: row[1] for row in sheets["Cover"]}
    assert cover["Version"] == "Fieldlog issue 12, version 2"
    assert table(sheets["What changed"])[1:] == [("Arrests", 0, 1), ("People spoken to", 20, 24)]
    assert "Cora" not in str(sheets)


def test_what_changed_gives_no_hidden_number_away(export, now):
    mark = IssueMark(12, 2, now, "Cora Hale", (FigureChange("Arrests", 0, 1),))
    sheets = book(export(issue=mark))
    assert table(sheets["What changed"])[1:] == [("Arrests", "[c]", "[c]")]


def test_the_working_edition_carries_its_version_too(export, now):
    mark = IssueMark(3, 2, now, "Cora Hale", (FigureChange("Arrests", 0, 1),))
    sheets = book(export(Output(), issue=mark))
    cover = {row[0]: row[1] for row in sheets["Cover"]}
    assert cover["Version"] == "Fieldlog issue 3, version 2"
    assert table(sheets["What changed"])[1:] == [("Arrests", 0, 1)]


def test_it_is_about_nobody(export, cast):
    for wanted in (
        Filter({"officer": (cast.asha.officer_id,)}),
        Filter({"premises": (1,)}),
        Filter(place="lamp"),
        Filter(without={"officer": (cast.asha.officer_id,)}),
    ):
        with pytest.raises(ExportFailed, match="names nobody"):
            export(Output(Edition.COMMITTEE), wanted)


def test_its_marking_is_the_highest_of_what_it_counts(db, cast, now, export):
    entry = said(cast, place="Alley", marking=Marking.OFFICIAL_SENSITIVE)
    record_entry(db, entry, by=cast.asha.officer_id, now=now)
    made = export()
    assert made.marking is Marking.OFFICIAL_SENSITIVE
    for sheet in load_workbook(made.path):
        assert sheet.oddHeader.center.text == sheet.oddFooter.center.text == "OFFICIAL-SENSITIVE"


def test_its_csv_has_a_line_for_each_cell_of_the_workbook(export):
    sheets = book(export())
    with export(Output(Edition.COMMITTEE, FileFormat.CSV, suppress=True)).path.open(
        encoding="utf-8-sig", newline=""
    ) as file:
        lines = [(it["Sheet"], it["Row"], it["Value"]) for it in csv.DictReader(file)]
    wanted = [
        (title, str(row[0]), str(cell))
        for title, rows in sheets.items()
        for row in table(rows)[1:]
        for cell in row[1:]
    ]
    assert lines == wanted


@pytest.mark.parametrize("suppress", [False, True])
def test_the_validator_finds_no_error_on_a_night_with_anything_and_with_nothing(export, suppress):
    output = Output(Edition.COMMITTEE, suppress=suppress)
    assert validator_errors(export(output).path) == []
    assert validator_errors(export(output, Filter({"night": ("2001-01-01",)})).path) == []


def test_the_working_edition_hides_nothing():
    with pytest.raises(ValueError, match="shows every entry"):
        Output(Edition.WORKING, suppress=True)


def test_the_audit_says_which_edition_left(db, export):
    export()
    (act,) = db.execute("SELECT act FROM audit ORDER BY id DESC LIMIT 1").fetchone()
    assert act == "export committee edition, xlsx, small numbers hidden"


def test_what_came_late_is_said_and_counted_all_the_same(db, cast, now, export):
    finish = now + timedelta(hours=12)
    for place in ("Alley", "Lane"):
        entry = said(cast, place=place, captured_at=now)
        record_entry(db, entry, by=cast.asha.officer_id, now=finish)
    sheets = book(export(Output(Edition.COMMITTEE)))
    late = {row[0]: row[1] for row in table(sheets["What came late"])}
    assert late == {
        "Entries": "Number",
        "Received in time": 17,
        "Received late": 2,
        "Changed afterwards": 0,
    }
    after = finish + timedelta(hours=1)
    close_night(db, cast.deployment, statement="", by=cast.cora.officer_id, now=after)
    closed = {row[0]: row[1] for row in table(book(export())["What came late"])}
    assert (closed["Received in time"], closed["Received late"]) == (19, 0)


def test_how_few_came_late_is_hidden_too(db, cast, now, export):
    entry = said(cast, place="Lane", captured_at=now)
    record_entry(db, entry, by=cast.asha.officer_id, now=now + timedelta(hours=12))
    hidden = {row[0]: row[1] for row in table(book(export())["What came late"])}
    assert (hidden["Received in time"], hidden["Received late"]) == ("[c]", "[c]")

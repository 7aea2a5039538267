"""The coordinator takes the night out as a workbook: the same figures, whole or not at all."""

import errno
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from fieldlog.core.entry import NoticeDetail
from fieldlog.core.question import Filter
from fieldlog.core.words import EntryKind, Marking
from fieldlog.services import export_figures as exporting
from fieldlog.services.amend_entry import amend_entry
from fieldlog.services.export_figures import export_figures
from fieldlog.services.night_figures import night_figures
from fieldlog.services.record_entry import record_entry
from fieldlog.services.write_whole import ExportFailed
from fieldlog.store import log
from tests.services.one_night import register, said
from tests.workbook.programs import validator_errors


def strike(db, cast, entry, now):
    struck = replace(entry, struck=True)
    by = cast.cora.officer_id
    amend_entry(db, struck, reason="Typed twice", by=by, now=now, seen_version=1)


@pytest.fixture
def night(db, cast, now):
    """A visit, an encounter, a notice, and an entry that was struck."""
    lamp = register(db, "The Lamp", now, address="1 High Street", ward="Castle")
    entries = [
        said(cast, kind=EntryKind.PREMISES_VISIT, premises_id=lamp, minutes=15, action="visit"),
        said(cast, place="Bus station", counts={"spoken_to": 4, "warned": 1}, notes="=1+1"),
        said(
            cast,
            cast.ben,
            kind=EntryKind.NOTICE,
            place="Car park",
            notice=NoticeDetail("FPN-1", "litter", 10_000),
        ),
        said(cast, place="Typed twice", counts={"spoken_to": 50}),
    ]
    for entry in entries:
        record_entry(db, entry, by=cast.asha.officer_id, now=now)
    strike(db, cast, entries[-1], now)
    return Filter({"deployment": (cast.deployment,)})


@pytest.fixture
def export(db, cast, night, now, tmp_path):
    def write(target=tmp_path / "night.xlsx", **more):
        return export_figures(db, night, target, by=cast.cora, now=now, **more)

    return write


def audited(db):
    return db.execute("SELECT act, officer_id, about FROM audit").fetchall()


def sheet_rows(path, title):
    return [
        list(row) for row in load_workbook(path, data_only=True)[title].iter_rows(values_only=True)
    ]


def test_the_workbook_says_what_the_night_says(db, night, export):
    made = export()

    figures = night_figures(db, night)
    assert (made.entries, made.struck) == (figures.sums.entries, 1) == (3, 1)
    headline = {row[0]: row[1] for row in sheet_rows(made.path, "Headline figures")}
    for figure in figures.headline.figures:
        assert headline[figure.label] == pytest.approx(float(figure.value))
    for title, table in zip(
        ("Action by time", "By agency", "By premises", "By hour"), figures.tables, strict=True
    ):
        rows = sheet_rows(made.path, title)
        assert rows[-1] == ["Grand Total", *table.column_totals, table.grand_total]
        assert [row[1:] for row in rows[-1 - len(table.rows) : -1]] == [
            [*cells, total] for cells, total in zip(table.cells, table.row_totals, strict=True)
        ]


def test_the_log_has_every_entry_in_force_and_the_struck_one_marked(export):
    header, *rows = sheet_rows(export().path, "Log")
    places = header.index("Premises or place"), header.index("Counted")
    assert [tuple(row[place] for place in places) for row in rows] == [
        ("The Lamp", "Yes"),
        ("Bus station", "Yes"),
        ("Car park", "Yes"),
        ("Typed twice", "No"),
    ]


def test_the_title_names_the_operation_and_the_night(export):
    made = export()
    assert made.title == "Op Emblazen, night of Saturday 5 December 2020"
    cover = {row[0]: row[1] for row in sheet_rows(made.path, "Cover")}
    assert made.title in cover
    assert cover["Made by"] == "Cora Hale, Marlbridge Borough Council"


def test_it_is_valid_to_the_validator_of_microsoft(export):
    assert validator_errors(export().path) == []


def test_it_carries_the_highest_marking_inside_struck_entries_too(db, cast, now, night, export):
    assert export().marking is Marking.OFFICIAL
    entry = said(cast, place="Alley", marking=Marking.OFFICIAL_SENSITIVE)
    record_entry(db, entry, by=cast.asha.officer_id, now=now)
    strike(db, cast, entry, now)
    made = export()
    assert made.marking is Marking.OFFICIAL_SENSITIVE
    assert load_workbook(made.path)["Log"].oddHeader.center.text == "OFFICIAL-SENSITIVE"


def test_a_higher_marking_can_be_asked_for_and_a_lower_one_cannot(db, cast, now, export):
    assert export(marking=Marking.OFFICIAL_SENSITIVE).marking is Marking.OFFICIAL_SENSITIVE
    entry = said(cast, place="Alley", marking=Marking.OFFICIAL_SENSITIVE)
    record_entry(db, entry, by=cast.asha.officer_id, now=now)
    assert export(marking=Marking.OFFICIAL).marking is Marking.OFFICIAL_SENSITIVE


def test_the_audit_says_who_took_what_out(db, cast, export):
    export()
    assert audited(db) == [
        (
            "export night workbook",
            cast.cora.officer_id,
            "Op Emblazen, night of Saturday 5 December 2020; OFFICIAL; 3 entries, 1 struck",
        )
    ]


def test_the_command_line_exports_as_nobody(db, night, now, tmp_path):
    made = export_figures(db, night, tmp_path / "night.xlsx", by=None, now=now)
    assert audited(db)[0][1] is None
    cover = {row[0]: row[1] for row in sheet_rows(made.path, "Cover")}
    assert cover["Made by"] == "fieldlog, on the server"


def test_an_entry_sent_while_the_workbook_is_written_waits_for_the_next_one(
    db, cast, now, instance, export, monkeypatch
):
    from fieldlog.store.connection import connect, database_path

    other = connect(database_path(instance))
    write = exporting.write_night_workbook

    def meanwhile(report, target):
        late = said(cast, place="Meanwhile", happened_at=now - timedelta(minutes=1))
        record_entry(other, late, by=cast.asha.officer_id, now=now)
        return write(report, target)

    monkeypatch.setattr(exporting, "write_night_workbook", meanwhile)
    made = export()
    monkeypatch.undo()
    other.close()

    assert made.entries == 3
    assert len(sheet_rows(made.path, "Log")) == 1 + 3 + 1
    assert export().entries == 4


def test_a_total_that_is_not_its_records_stops_the_export(db, export, monkeypatch, tmp_path):
    def forgetful(*arguments, **named):
        lines = list(find_lines(*arguments, **named))
        return iter(lines[1:])

    find_lines = log.find_lines
    monkeypatch.setattr(log, "find_lines", forgetful)
    with pytest.raises(ExportFailed, match="Run: fieldlog check"):
        export()
    assert list(tmp_path.glob("*.xlsx")) == []
    assert audited(db) == []


def test_a_tally_that_lost_an_entry_stops_the_export(db, export, tmp_path):
    db.execute("DELETE FROM entries_counted WHERE version_id = 1")
    with pytest.raises(ExportFailed, match="fieldlog check"):
        export()
    assert list(tmp_path.glob("*.xlsx")) == []


def test_a_full_disk_leaves_the_last_workbook_alone(db, export, monkeypatch, tmp_path):
    target = tmp_path / "night.xlsx"
    target.write_bytes(b"the last one")

    def full(report, path):
        path.write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(exporting, "write_night_workbook", full)
    with pytest.raises(ExportFailed) as caught:
        export(target)
    assert str(caught.value) == (
        "The disk is full, so night.xlsx was not written. Free some space and try again."
    )
    assert target.read_bytes() == b"the last one"
    assert [path for path in tmp_path.iterdir() if path.name.startswith(".fieldlog")] == []
    assert audited(db) == []


def test_a_missing_folder_is_named(export, tmp_path):
    with pytest.raises(ExportFailed, match="There is no folder"):
        export(tmp_path / "nowhere" / "night.xlsx")


def test_a_folder_in_the_place_of_the_file_is_named(export, tmp_path):
    folder = tmp_path / "night.xlsx"
    folder.mkdir()
    with pytest.raises(ExportFailed, match="is a folder"):
        export(folder)


def test_a_file_in_the_place_of_the_folder_is_named(export, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ExportFailed, match="is not a folder"):
        export(tmp_path / "file" / "night.xlsx")


@pytest.mark.parametrize(
    ("number", "message"),
    [
        (errno.EACCES, "fieldlog may not write to"),
        (errno.EROFS, "can only be read"),
        (errno.EDQUOT, "quota is used up"),
        (errno.EIO, "night.xlsx was not written: broken."),
    ],
)
def test_a_folder_that_cannot_be_written_to_is_named(export, monkeypatch, number, message):
    def refused(*_, **__):
        raise OSError(number, "broken")

    monkeypatch.setattr("tempfile.mkdtemp", refused)
    with pytest.raises(ExportFailed, match=re.escape(message)):
        export()


def test_a_night_without_entries_is_a_workbook_too(db, cast, now, tmp_path):
    nothing = Filter({"night": ("2001-01-01",)})
    made = export_figures(db, nothing, tmp_path / "night.xlsx", by=cast.cora, now=now)
    assert (made.entries, made.struck) == (0, 0)
    assert made.title == "All operations, night of Monday 1 January 2001"

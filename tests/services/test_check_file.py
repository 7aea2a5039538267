"""A file that comes back is exact, altered, stale or a stranger, and hostile ones do no harm."""

import io
import os
import re
import zipfile

import pytest
from openpyxl import Workbook, load_workbook

from fieldlog.core.editions import Edition, FileFormat, Output
from fieldlog.services.check_file import Verdict, check_file
from fieldlog.services.export_figures import export_figures
from fieldlog.services.issue_export import Issuing
from fieldlog.services.keep_export import HandedOut, keep_download
from fieldlog.services.list_nights import of_deployment
from fieldlog.store import exports
from fieldlog.store.connection import connect
from tests.services.issuing import a_late_entry, issue_night, quiet_night
from tests.web.busy_nights import record


def in_this_process(job):
    """Write the real file without a process of its own."""
    db = connect(job.database)
    try:
        return export_figures(
            db,
            job.wanted,
            job.target,
            output=job.output,
            by=job.by,
            now=job.now,
            marking=job.marking,
            issue=job.issue,
        )
    finally:
        db.close()


@pytest.fixture
def issued(db, cast, instance, now, tmp_path):
    """Issues the night in an edition and format and returns the file's path."""
    quiet_night(db, cast)

    def issue(edition=Edition.COMMITTEE, file_format=FileFormat.XLSX):
        asked = Issuing(of_deployment(cast.deployment), Output(edition, file_format))
        export_id = issue_night(db, cast, instance, now, asked=asked, make=in_this_process)
        export = exports.get(db, export_id)
        path = tmp_path / export.file_name
        path.write_bytes(exports.content(db, export.sha256))
        return path

    return issue


@pytest.fixture
def checked(db, cast, now):
    return lambda path: check_file(db, path, by=cast.cora, now=now)


def saved_again(path, **cells):
    """Open a workbook, change figures of its headline, and save it as Excel would."""
    workbook = load_workbook(path)
    for row in workbook["Headline figures"].iter_rows():
        if row[0].value in cells:
            row[1].value = cells[row[0].value]
    workbook.save(path)


def test_the_very_file_is_ours_and_holds(db, issued, checked):
    found = checked(issued())
    assert (found.verdict, found.holds) == (Verdict.EXACT, True)
    assert (found.of.export.number, found.of.export.version) == (1, 1)
    (audited,) = db.execute("SELECT about FROM audit WHERE act = 'file checked'")
    assert "exact; Fieldlog issue 1, version 1" in audited[0]


def test_the_very_file_is_stale_when_the_log_has_moved_on(db, cast, issued, checked):
    path = issued()
    record(db, a_late_entry(cast))
    found = checked(path)
    assert (found.verdict, found.holds) == (Verdict.EXACT, False)
    changed = {one.label: (one.before, one.now) for one in found.standing.changed}
    assert changed["People warned"] == (1, 3)
    assert changed["Entries counted"] == (3, 4)
    assert len(found.standing.since.late) == 1


def test_an_older_version_leads_to_the_latest(db, cast, issued, checked):
    path = issued()
    record(db, a_late_entry(cast))
    issued()
    found = checked(path)
    assert (found.of.export.version, found.latest.export.version) == (1, 2)


@pytest.mark.parametrize("edition", list(Edition))
def test_a_file_that_was_saved_again_is_ours_and_altered(issued, checked, edition):
    path = issued(edition)
    saved_again(path)
    found = checked(path)
    assert (found.verdict, found.altered, found.holds) == (Verdict.ALTERED, (), False)
    assert found.of.export.reference == "Fieldlog issue 1, version 1"
    saved_again(path, **{"People warned": 7, "Hours recorded": 81.25})
    found = checked(path)
    said = {(one.label, one.before, one.now) for one in found.altered}
    assert said == {("People warned", 1, 7), ("Hours recorded, in hundredths", 125, 8125)}
    assert found.standing.changed == ()


def test_an_open_document_that_was_changed_is_told_by_its_number(issued, checked):
    path = issued(file_format=FileFormat.ODS)
    assert checked(path).verdict is Verdict.EXACT
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("note.txt", "touched")
    found = checked(path)
    assert (found.verdict, found.altered) == (Verdict.ALTERED, ())


@pytest.mark.parametrize("edition", list(Edition))
def test_an_open_document_that_was_saved_again_is_compared(issued, checked, edition):
    path = issued(edition, file_format=FileFormat.ODS)
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    warned = re.compile(
        rb"(People warned</text:p></table:table-cell><table:table-cell [^>]*)=\"1\""
    )
    parts["content.xml"], changed = warned.subn(rb'\1="7"', parts["content.xml"], count=1)
    assert changed == 1
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    found = checked(path)
    said = {(one.label, one.before, one.now) for one in found.altered}
    assert (found.verdict, said) == (Verdict.ALTERED, {("People warned", 1, 7)})


def test_a_csv_that_was_saved_again_is_compared(issued, checked):
    path = issued(file_format=FileFormat.CSV)
    text = path.read_text(encoding="utf-8-sig")
    path.write_text(text.replace("\r\n", "\n"), encoding="utf-8")
    assert checked(path).altered == ()
    changed = "Headline figures,People warned,Value,"
    path.write_text(text.replace(f"{changed}1", f"{changed}7"), encoding="utf-8")
    said = {(one.label, one.before, one.now) for one in checked(path).altered}
    assert said == {("People warned", 1, 7)}


def test_a_plain_download_is_known_by_its_hash_alone(db, cast, issued, checked, now, tmp_path):
    issued()
    wanted, path = of_deployment(cast.deployment), tmp_path / "night.csv"
    output = Output(Edition.COMMITTEE, FileFormat.CSV)
    made = export_figures(db, wanted, path, output=output, by=cast.cora, now=now)
    keep_download(db, HandedOut("night", wanted, path.name, output), made, path, by=None, now=now)
    found = checked(path)
    assert (found.verdict, found.of.export.issued, found.holds) == (Verdict.EXACT, False, True)
    path.write_bytes(path.read_bytes() + b"\r\n")
    assert checked(path).verdict is Verdict.STRANGER


def test_a_number_that_was_never_given_out_makes_no_file_ours(issued, checked, tmp_path):
    issued()
    path = tmp_path / "forged.csv"
    path.write_text("Fieldlog issue 1, version 9\n")
    assert checked(path).verdict is Verdict.STRANGER
    path.write_text("Fieldlog issue 1, version 1\nVisits,99\n")
    assert checked(path).verdict is Verdict.ALTERED


def bomb():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        with package.open("xl/sharedStrings.xml", "w") as part:
            for _ in range(80):
                part.write(b" " * 1024 * 1024)
    return packed.getvalue()


def foreign():
    saved = io.BytesIO()
    Workbook().save(saved)
    return saved.getvalue()


@pytest.mark.parametrize(
    "content",
    [b"", os.urandom(5_000), b"PK\x03\x04 not a zip", b"\xff\xfe" * 50, bomb(), foreign()],
    ids=["empty", "noise", "broken-zip", "half-characters", "bomb", "another-workbook"],
)
def test_what_is_not_ours_is_a_stranger_whatever_it_is(checked, tmp_path, content):
    path = tmp_path / "file.xlsx"
    path.write_bytes(content)
    found = checked(path)
    assert (found.verdict, found.of, found.holds) == (Verdict.STRANGER, None, False)

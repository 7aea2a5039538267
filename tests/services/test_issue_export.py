"""What is issued has a number, a version and a hash; the next version says what changed."""

import hashlib
from datetime import timedelta

import pytest

from fieldlog.core.editions import Edition, FileFormat, Output
from fieldlog.core.issue import IssueMark, issue_named_in
from fieldlog.core.kept_filter import filter_of_text, filter_text
from fieldlog.core.question import Filter
from fieldlog.services.amend_entry import strike_entry
from fieldlog.services.check_integrity import check_integrity
from fieldlog.services.fetch_export import fetch_export
from fieldlog.services.issue_export import FiguresMoved, Issuing, plan_issue
from fieldlog.services.list_nights import of_deployment
from fieldlog.services.read_exports import read_export, read_exports
from fieldlog.services.write_whole import ExportFailed
from fieldlog.store import exports
from fieldlog.store.connection import IntegrityError
from tests.services.issuing import (
    a_late_entry,
    committee,
    issue_night,
    quiet_night,
    value,
    writes,
)
from tests.web.busy_nights import record


@pytest.fixture
def night(db, cast):
    return quiet_night(db, cast)


def test_the_first_issue_is_number_one_version_one_with_its_hash(db, cast, night, instance, now):
    export = exports.get(db, issue_night(db, cast, instance, now))
    body = exports.content(db, export.sha256)
    assert (export.number, export.version, export.changes) == (1, 1, ())
    assert export.sha256 == hashlib.sha256(body).hexdigest()
    assert export.size == len(body)
    assert issue_named_in(body.decode()) == (1, 1)
    (audited,) = db.execute("SELECT officer_id, about FROM audit WHERE act = 'export issued'")
    assert audited[0] == cast.cora.officer_id
    assert export.sha256[:12] in audited[1]


def test_a_late_entry_makes_the_next_version_say_what_changed(db, cast, night, instance, now):
    first = exports.get(db, issue_night(db, cast, instance, now))
    record(db, a_late_entry(cast), now=now + timedelta(hours=9))
    wanted = of_deployment(cast.deployment)
    planned = plan_issue(db, committee(wanted))
    assert (planned.number, planned.version) == (1, 2)
    assert len(planned.since.late) == 1
    second = exports.get(db, issue_night(db, cast, instance, now + timedelta(days=1)))
    assert (second.number, second.version) == (1, 2)
    changed = {one.label: (one.before, one.now) for one in second.changes}
    entries = value(first, "entries")
    assert changed["Entries counted"] == (entries, entries + 1)
    warned = value(first, "warned")
    assert changed["People warned"] == (warned, warned + 2)
    assert "Visits" not in changed
    assert any(label.startswith("Entries by hour and kind") for label in changed)
    assert value(second, "entries") == entries + 1


def test_an_entry_struck_since_is_told_from_one_that_came_late(db, cast, night, instance, now):
    known = a_late_entry(cast)
    record(db, known)
    issue_night(db, cast, instance, now)
    strike_entry(db, known.id, seen_version=1, reason="twice", by=cast.cora.officer_id, now=now)
    planned = plan_issue(db, committee(of_deployment(cast.deployment)))
    assert planned.since.struck == (str(known.id),)
    assert planned.since.late == planned.since.amended == ()
    assert ("People warned", -2) in {(one.label, one.difference) for one in planned.changes}


def test_another_edition_or_other_entries_are_another_issue(db, cast, night, instance, now):
    issue_night(db, cast, instance, now)
    working = Issuing(of_deployment(cast.deployment), Output(Edition.WORKING))
    issue_night(db, cast, instance, now, asked=working)
    issue_night(db, cast, instance, now, asked=committee(Filter()))
    ods = Output(Edition.COMMITTEE, FileFormat.ODS)
    issue_night(db, cast, instance, now, asked=Issuing(of_deployment(cast.deployment), ods))
    found = [(one.export.number, one.export.version) for one in read_exports(db).exports]
    assert found == [(1, 2), (3, 1), (2, 1), (1, 1)]


def test_what_was_looked_at_is_what_is_issued(db, cast, night, instance, now):
    seen = plan_issue(db, committee(of_deployment(cast.deployment))).seen
    record(db, a_late_entry(cast))
    with pytest.raises(FiguresMoved):
        issue_night(db, cast, instance, now, seen=seen)
    assert exports.count(db) == 0


def test_a_second_press_issues_nothing_more(db, cast, night, instance, now):
    seen = plan_issue(db, committee(of_deployment(cast.deployment))).seen
    issue_night(db, cast, instance, now, seen=seen)
    with pytest.raises(FiguresMoved):
        issue_night(db, cast, instance, now, seen=seen)
    assert exports.count(db) == 1


def test_an_entry_that_comes_in_while_the_file_is_written_is_in_it(db, cast, night, instance, now):
    waiting = [a_late_entry(cast)]

    def meanwhile():
        record(db, *[waiting.pop() for _ in waiting[:1]])

    before = plan_issue(db, committee(of_deployment(cast.deployment))).counted.figures
    export = exports.get(db, issue_night(db, cast, instance, now, make=writes(meanwhile=meanwhile)))
    assert value(export, "entries") == before.value("entries") + 1
    assert exports.count(db) == 1


def test_a_log_that_never_rests_is_not_issued(db, cast, night, instance, now):
    make = writes(meanwhile=lambda: record(db, a_late_entry(cast)))
    with pytest.raises(ExportFailed, match="nothing was issued"):
        issue_night(db, cast, instance, now, make=make)
    assert exports.count(db) == 0


def test_the_file_comes_back_byte_for_byte_and_the_audit_knows(db, cast, night, instance, now):
    export_id = issue_night(db, cast, instance, now)
    issued = exports.get(db, export_id)
    record(db, a_late_entry(cast))
    export, body = fetch_export(db, export_id, by=cast.ada, now=now)
    assert hashlib.sha256(body).hexdigest() == issued.sha256 == export.sha256
    (audited,) = db.execute("SELECT officer_id FROM audit WHERE act = 'export fetched again'")
    assert audited[0] == cast.ada.officer_id


def test_an_old_version_stands_against_the_log_as_it_is_now(db, cast, night, instance, now):
    export_id = issue_night(db, cast, instance, now)
    assert read_export(db, export_id).standing.changed == ()
    record(db, a_late_entry(cast))
    found = read_export(db, export_id)
    assert ("People warned", 2) in {(one.label, one.difference) for one in found.standing.changed}
    assert len(found.standing.since.late) == 1
    assert found.latest


def test_what_was_handed_out_is_never_changed(db, cast, night, instance, now):
    issue_night(db, cast, instance, now)
    for change in ("UPDATE exports SET number = 7", "DELETE FROM exports"):
        with pytest.raises(IntegrityError, match="append-only"):
            db.execute(change)
    with pytest.raises(IntegrityError, match="append-only"):
        db.execute("UPDATE export_files SET content = x'00'")


def test_the_check_finds_a_file_that_is_not_what_was_issued(db, cast, night, instance, now):
    issue_night(db, cast, instance, now)
    assert [found.problems for found in check_integrity(db) if found.problems] == []
    db.execute("DROP TRIGGER export_files_refuse_update")
    db.execute("UPDATE export_files SET content = x'00'")
    problems = {found.what: found.problems for found in check_integrity(db)}
    (said,) = problems["Issued files are as they were issued"]
    assert "Fieldlog issue 1, version 1" in said


def test_the_same_filter_is_the_same_text_whatever_its_order():
    one = Filter({"kind": ("notice", "arrest"), "action": (None, "visit")}, place="Lamp")
    other = Filter({"action": ("visit", None), "kind": ("arrest", "notice")}, place="Lamp")
    assert filter_text(one) == filter_text(other)
    assert filter_text(filter_of_text(filter_text(one))) == filter_text(one)


def test_a_reference_is_found_in_the_words_around_it(now):
    mark = IssueMark(12, 3, now, "Cora")
    assert issue_named_in(f"x {mark.reference}. Issued by Cora") == (12, 3)
    assert issue_named_in("Fieldlog issue twelve, version 3") is None

"""An export in a process of its own: the same file, the same messages, nobody waits."""

import csv
import subprocess
from datetime import date

import pytest
from openpyxl import load_workbook

from fieldlog.core.question import Filter
from fieldlog.core.words import Marking
from fieldlog.services import run_apart as running
from fieldlog.services.record_entry import record_entry
from fieldlog.services.run_apart import LOG, NIGHT, Job, as_data, from_data, run_apart
from fieldlog.services.write_whole import ExportFailed
from fieldlog.store.connection import database_path
from tests.services.one_night import said


@pytest.fixture
def job(db, cast, now, instance, tmp_path):
    """Make a job over a night of one entry."""
    record_entry(db, said(cast, place="Bus station"), by=cast.asha.officer_id, now=now)

    def make(what=NIGHT, name="made.xlsx", **more):
        usual = {"wanted": Filter({"deployment": (cast.deployment,)}), "by": cast.cora, "now": now}
        return Job(what, database_path(instance), target=tmp_path / name, **(usual | more))

    return make


def test_the_workbook_is_there_when_the_child_is_done(db, cast, job):
    made = run_apart(job())
    assert (made.entries, made.marking) == (1, Marking.OFFICIAL)
    assert load_workbook(made.path).sheetnames[0] == "Cover"
    assert db.execute("SELECT officer_id FROM audit").fetchall() == [(cast.cora.officer_id,)]


def test_the_log_as_csv_too(job):
    made = run_apart(job(LOG, "made.csv", raw=True, by=None))
    with made.path.open(encoding="utf-8", newline="") as file:
        assert [row["Premises or place"] for row in csv.DictReader(file)] == ["Bus station"]


def test_what_stopped_the_child_is_said_in_its_words(job):
    with pytest.raises(ExportFailed, match="There is no folder"):
        run_apart(job(name="nowhere/made.xlsx"))
    with pytest.raises(ExportFailed, match="There is no dimension"):
        run_apart(job(wanted=Filter({"colour": ("red",)})))


def test_a_missing_database_is_said_so(job, tmp_path):
    with pytest.raises(ExportFailed, match="Run: fieldlog init"):
        run_apart(Job(**(vars(job()) | {"database": tmp_path / "none.sqlite"})))


def test_a_child_that_dies_is_a_failure_and_not_a_riddle(job, monkeypatch, caplog):
    monkeypatch.setattr(running.sys, "executable", "/bin/false")
    with pytest.raises(ExportFailed, match="stopped before it was finished"):
        run_apart(job())
    assert "An export ended with status 1" in caplog.text


def test_a_child_that_takes_too_long_is_stopped(job, monkeypatch):
    def late(*_, **__):
        raise subprocess.TimeoutExpired("fieldlog", 1)

    monkeypatch.setattr(running.subprocess, "run", late)
    with pytest.raises(ExportFailed, match="took too long"):
        run_apart(job())


def test_a_job_arrives_as_it_was_sent(job, cast):
    sent = job(
        wanted=Filter(
            {"agency": (None, 1), "kind": ("notice",)},
            date_from=date(2020, 12, 1),
            date_to=None,
            holding="fpn",
            place="Lamp",
            without={"ward": (None, 2)},
        ),
        marking=Marking.OFFICIAL_SENSITIVE,
        raw=True,
    )
    assert from_data(as_data(sent)) == sent
    assert from_data(as_data(job(by=None))).by is None

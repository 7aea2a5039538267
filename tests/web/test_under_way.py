"""Long exports: started, followed, left and come back to, and the file that was asked for."""

import hashlib
import io

import pytest
from openpyxl import load_workbook

from fieldlog.services import export_apart, work_apart
from fieldlog.services.work_apart import Progress, doing
from tests.web.busy_nights import busy_nights
from tests.web.figures_on_pages import words

LAUNCH = work_apart.launch


class NeverDone:
    def wait(self):
        return 0


def to_the_end(module, folder):
    """Wait for the process of the work, so that a test need not ask again and again."""
    child = LAUNCH(module, folder)
    assert child.wait() == 0
    return child


@pytest.fixture
def cora(signed_in, db, cast, monkeypatch):
    busy_nights(db, cast)
    monkeypatch.setattr(export_apart, "LONG", 1)
    monkeypatch.setattr(export_apart, "LONG_COUNT", 1)
    monkeypatch.setattr(work_apart, "launch", to_the_end)
    return signed_in("cora")


def test_a_long_workbook_is_fetched_when_it_is_there(db, cast, cora):
    started = cora.post(f"/nights/{cast.deployment}/workbook")
    assert started.status_code == 303
    page = words(cora.get(started.location).get_data(as_text=True))
    assert "Ready: Op Emblazen 2020-12-05.xlsx" in page
    assert "Op Emblazen 2020-12-05.xlsx</a>, done" in cora.get("/reports").get_data(as_text=True)
    answer = cora.post(f"{started.location}/file")
    assert load_workbook(io.BytesIO(answer.get_data())).sheetnames[0] == "Cover"
    kept = db.execute("SELECT sha256, file_name FROM exports").fetchall()
    sha256 = hashlib.sha256(answer.get_data()).hexdigest()
    assert kept == [(sha256, "Op Emblazen 2020-12-05.xlsx")]


def test_a_long_issue_leads_to_what_was_issued(cast, cora):
    seen = cora.get(f"/exports/new?deployment={cast.deployment}").get_data(as_text=True)
    seen = seen.partition('name="seen" value="')[2].partition('"')[0]
    started = cora.post(f"/exports/new?deployment={cast.deployment}", data={"seen": seen})
    issued = cora.get(started.location)
    assert issued.status_code == 303
    assert "Issue 1, version 1" in words(cora.get(issued.location).get_data(as_text=True))
    again = cora.post(f"/exports/new?deployment={cast.deployment}", data={"seen": seen})
    page = words(cora.get(again.location).get_data(as_text=True))
    assert "The figures have changed since you looked" in page


def test_its_page_says_how_far_it_is_and_only_to_whoever_started_it(
    cast, cora, instance, monkeypatch, signed_in
):
    monkeypatch.setattr(work_apart, "launch", lambda *_: NeverDone())
    address = cora.post(f"/nights/{cast.deployment}/workbook").location
    key = address.rpartition("/")[2]
    with doing(instance / "work" / key) as work:
        work.tell(Progress("Writing rows", 42_000, 100_000))
        page = cora.get(address).get_data(as_text=True)
        assert "Writing rows" in page
        assert "42,000 of 100,000" in page
        assert f'href="{address}">Look again' in page
        assert "under way" in words(cora.get("/exports/under-way").get_data(as_text=True))
    assert signed_in("ada").get(address).status_code == 404
    assert "It was stopped before it was finished" in cora.get(address).get_data(as_text=True)
    assert cora.post(f"{address}/file").status_code == 404


def test_nobody_waits_for_few_entries(cast, cora, monkeypatch):
    monkeypatch.setattr(export_apart, "LONG", 1_000)
    assert cora.post(f"/nights/{cast.deployment}/workbook").status_code == 200

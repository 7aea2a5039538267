"""A coordinator issues, fetches, checks and reconciles figures, and each page says what happens."""

import io
import re
from functools import partial
from html import unescape

import pytest

from fieldlog.services.issue_export import issue_export
from fieldlog.services.write_whole import Exported, ExportFailed
from fieldlog.store import exports, mails
from tests.services.issuing import a_late_entry, quiet_night, writes
from tests.web.busy_nights import a_visit, record
from tests.web.figures_on_pages import words

SEEN = re.compile(r'name="seen" value="([0-9a-f]{64}\.\d+\.\d+)"')


@pytest.fixture
def cora(signed_in):
    return signed_in("cora")


@pytest.fixture
def night(db, cast, monkeypatch):
    """A quiet night whose files are written without a process of their own."""
    quiet_night(db, cast)
    monkeypatch.setattr("fieldlog.web.issued.issue_export", partial(issue_export, make=writes()))
    return f"/exports/new?deployment={cast.deployment}&edition=committee"


def page(browser, address):
    answer = browser.get(address)
    assert answer.status_code == 200
    return unescape(answer.get_data(as_text=True))


def issued(browser, night):
    """Look, issue what was looked at, and return the address of its page."""
    (seen,) = SEEN.findall(page(browser, night))
    answer = browser.post(night, data={"seen": seen})
    assert answer.status_code == 303, words(answer.get_data(as_text=True))
    return answer.location


def test_tonight_stands_first_among_the_nights_to_report(db, cast, cora):
    assert "Tonight" not in page(cora, "/reports")
    record(db, a_visit(cast))
    first = page(cora, "/reports").split("Latest nights</h2>")[1].split("</li>")[0]
    assert "Tonight, Op Emblazen, 5 December 2020" in first
    assert f"/nights/{cast.deployment}/send" in first


def test_the_night_and_the_reports_lead_to_issuing_it(cast, night, cora, signed_in):
    here = f"/nights/{cast.deployment}"
    assert f"/exports/new?deployment={cast.deployment}" in page(cora, here)
    assert "/exports" not in page(signed_in("vic"), here)
    assert "Issue a period" in page(cora, "/reports")
    assert 'href="/reports"' in page(cora, "/nights")
    assert 'href="/reports"' not in page(signed_in("vic"), "/nights")


def test_it_says_exactly_what_will_happen_before_it_does(db, night, cora):
    said = words(page(cora, night))
    assert "Issue 1, version 1, the first" in said
    assert "Op Emblazen 2020-12-05 committee v1.xlsx" in said
    assert "it names no officer and nobody else" in said
    assert "3 entries" in said
    assert exports.count(db) == 0


def test_two_versions_with_a_late_entry_between_say_what_changed(db, cast, night, cora, clock):
    first = issued(cora, night)
    record(db, a_late_entry(cast))
    said = words(page(cora, first))
    assert "Its figures do not hold any more" in said
    assert "People warned 1 3 +2" in said
    assert "1 entry came late" in said
    clock.move_on(hours=1)
    second = issued(cora, night)
    said = words(page(cora, second))
    assert "Issue 1, version 2" in said
    assert "Every figure in it is still what the log says" in said
    assert "People warned 1 3 +2" in said
    assert "There is a later version" in words(page(cora, first))
    listed = words(page(cora, "/exports"))
    assert listed.index("Issue 1, version 2") < listed.index("Issue 1, version 1")


def test_figures_that_moved_since_the_look_are_looked_at_again(db, cast, night, cora):
    (seen,) = SEEN.findall(page(cora, night))
    record(db, a_late_entry(cast))
    answer = cora.post(night, data={"seen": seen})
    assert answer.status_code == 409
    assert "have changed since you looked" in answer.get_data(as_text=True)
    assert exports.count(db) == 0
    assert cora.post(night, data={"seen": "x"}).status_code == 409


def test_the_file_is_fetched_again_by_post_only(db, night, cora):
    here = issued(cora, night)
    answer = cora.post(f"{here}/file")
    export = exports.get(db, 1)
    assert answer.get_data() == exports.content(db, export.sha256)
    assert "committee v1.xlsx" in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert cora.get(f"{here}/file").status_code == 405
    assert cora.post("/exports/99/file").status_code == 404


def test_what_cannot_be_written_is_not_issued(db, night, cora, monkeypatch):
    def fails(*_args, **_named):
        raise ExportFailed("The disk is full.")

    monkeypatch.setattr("fieldlog.web.issued.issue_export", fails)
    answer = cora.post(night, data={"seen": ""})
    assert answer.status_code == 500
    assert "No number was used" in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    "query", ["edition=secret", "format=exe", "edition=working&hide=small", "officer=99", "x=1"]
)
def test_an_address_that_asks_for_no_file_says_so(night, cora, query):
    assert cora.get(f"/exports/new?{query}").status_code == 400


def test_a_plain_download_is_in_the_register_with_its_hash(db, cast, night, cora, monkeypatch):
    def written(job):
        job.target.write_bytes(b"rows")
        return Exported(job.target, "Op Emblazen", job.marking, 3, 0)

    monkeypatch.setattr("fieldlog.web.exports.run_apart", written)
    for address in (
        f"/nights/{cast.deployment}/workbook",
        "/entries.csv",
        "/exports/download?edition=committee&format=ods",
    ):
        assert cora.post(address).get_data() == b"rows"
    found = [export for _, export in exports.latest(db, 9)]
    assert [(one.what, one.edition, one.format) for one in found] == [
        ("night", "committee", "ods"),
        ("log", "working", "csv"),
        ("night", "working", "xlsx"),
    ]
    assert not any(one.issued for one in found)
    assert "Download" in page(cora, "/exports/1")
    assert "Nothing handed out yet" in words(page(cora, "/exports?only=issued"))


def test_a_file_that_comes_back_is_told_apart(db, cast, night, cora):
    here = issued(cora, night)
    body = cora.post(f"{here}/file").get_data()

    def checked(content):
        data = {"file": (io.BytesIO(content), "../../back.csv")}
        answer = cora.post("/exports/check", data=data, content_type="multipart/form-data")
        assert answer.status_code == 200
        return words(unescape(answer.get_data(as_text=True)))

    assert "One of ours, and it holds" in checked(body)
    assert "One of ours, changed since it was issued" in checked(body + b"\n")
    assert "This is not one of ours" in checked(b"Visits,99\n")
    record(db, a_late_entry(cast))
    assert "One of ours, and out of date" in checked(body)
    assert cora.post("/exports/check", data={}).status_code == 422


TYPED = {
    "figure": "hours",
    "value": "81.25",
    "source": "Licensing Committee",
    "printed_on": "2020-12-05",
    "page": "12",
    "words": "81.25 hours, 30 mins est",
}


class TestPrinted:
    def test_a_figure_is_attached_and_reconciled(self, cast, night, cora):
        address = f"/published/new?deployment={cast.deployment}"
        page(cora, address)
        answer = cora.post(address, data=TYPED)
        assert answer.status_code == 303
        said = words(page(cora, answer.location))
        assert "81.25 printed 1.25 fieldlog counts now +80 difference" in said
        assert "With the entry without a time estimated at 30 minutes each 1.75" in said
        assert "Differs" in words(page(cora, "/published"))

    def test_it_is_struck_with_a_reason_and_stays(self, night, cora):
        here = cora.post("/published/new", data=TYPED).location
        assert cora.post(f"{here}/strike", data={"reason": ""}).status_code == 400
        assert cora.post(f"{here}/strike", data={"reason": "page 13"}).status_code == 303
        assert "Struck by Cora Hale" in words(page(cora, here))

    def test_what_is_wrong_is_said_and_nothing_typed_is_lost(self, night, cora):
        data = TYPED | {"value": "many", "printed_on": "yesterday"}
        answer = cora.post("/published/new", data=data)
        html = unescape(answer.get_data(as_text=True))
        assert answer.status_code == 400
        assert "Give the figure as a number" in html
        assert "The date must be like" in html
        assert 'value="many"' in html


class TestMail:
    HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')

    def sent(self, browser, address, now_address):
        data = {
            "list_id": "none",
            "addresses": "a@marlbridge.gov.uk",
            "subject": "x",
            "what": "figures",
        }
        html = browser.post(address, data=data).get_data(as_text=True)
        fields = {name: unescape(value) for name, value in self.HIDDEN.findall(html)}
        del fields["csrf_token"]
        answer = browser.post(now_address, data=fields)
        assert answer.status_code == 303, words(answer.get_data(as_text=True))
        return answer.location

    def test_a_period_is_sent_and_cancelled_while_it_waits(self, db, night, cora):
        period = "from=2020-12-01&to=2020-12-31"
        assert "nights from 1 December 2020" in page(cora, f"/send?{period}")
        here = self.sent(cora, f"/send?{period}", f"/send/now?{period}")
        assert mails.get(db, 1).title.endswith("to 31 December 2020")
        assert "1 message has not left yet" in words(page(cora, here))
        assert cora.post(f"{here}/cancel").location == here
        said = words(page(cora, here))
        assert "Cancelled before it left" in said
        assert "has not left yet" not in said
        assert cora.post(f"{here}/cancel").location == here
        assert "Nothing of this mail waits any more" in words(page(cora, here))
        assert cora.post("/mails/99/cancel").status_code == 404

    def test_a_period_that_cannot_be_read_is_asked_anew(self, night, cora):
        assert cora.get("/send?from=soon").location == "/send"
        assert cora.post("/send/now?from=soon").location == "/send"

"""A mail with a long file: started, followed, left and met again; only what was looked at goes."""

from dataclasses import replace

import pytest

from fieldlog.core.words import Marking
from fieldlog.services import export_apart, work_apart
from fieldlog.services.work_apart import Progress, doing
from fieldlog.store import mails
from tests.web.busy_nights import a_visit, busy_nights, record
from tests.web.figures_on_pages import words
from tests.web.test_send import HIDDEN, look, nothing_sent, refused
from tests.web.test_under_way import NeverDone, to_the_end


@pytest.fixture
def night(db, cast, monkeypatch):
    busy_nights(db, cast)
    monkeypatch.setattr(export_apart, "LONG", 1)
    return f"/nights/{cast.deployment}/send"


@pytest.fixture
def launched(monkeypatch):
    """What was started so far; nothing of it is run before ``run`` is called."""
    started = []

    def kept(module, folder):
        started.append((module, folder))
        return NeverDone()

    monkeypatch.setattr(work_apart, "launch", kept)
    return started


def run(launched):
    for module, folder in launched:
        to_the_end(module, folder)


@pytest.fixture
def cora(signed_in):
    return signed_in("cora")


def pressed(browser, night, fields):
    """The address of the page that follows the mail."""
    answer = browser.post(f"{night}/now", data=fields)
    assert answer.status_code == 303, words(answer.get_data(as_text=True))
    assert answer.location.startswith("/exports/under-way/")
    return answer.location


def shown(browser, address):
    return words(browser.get(address).get_data(as_text=True))


def test_its_page_says_how_far_it_is_and_ends_on_the_mail(
    db, night, cora, signed_in, instance, launched
):
    _, fields = look(cora, night, what="working")
    address = pressed(cora, night, fields)
    with doing(instance / "work" / address.rpartition("/")[2]) as work:
        work.tell(Progress("Writing rows", 42_000, 100_000))
        page = shown(cora, address)
        assert "Under way: Mail about Op Emblazen, night of Saturday 5 December 2020" in page
        assert "42,000 of 100,000" in page
        assert "You can leave this page" in page
        assert "Mail about Op Emblazen" in shown(cora, "/reports")
        assert signed_in("ada").get(address).status_code == 404
    assert nothing_sent(db)
    run(launched)
    assert cora.get(address).location == "/mails/1"
    mail = mails.get(db, 1)
    assert (mail.subject, mail.send_key) == ("The night", fields["send_key"])
    assert shown(cora, "/mails/1").count(mail.attachment.sha256) == 1
    assert "December 2020, done" in shown(cora, "/exports/under-way").replace(" , ", ", ")


def test_pressed_twice_it_is_started_once(db, night, cora, launched):
    _, fields = look(cora, night, what="working")
    address = pressed(cora, night, fields)
    assert pressed(cora, night, fields) == address
    assert len(launched) == 1
    run(launched)
    again = cora.post(f"{night}/now", data=fields)
    assert again.location == "/mails/1"
    assert mails.count(db) == 1


def test_a_second_tab_does_not_send_the_same_again(db, night, cora, launched):
    first, second = (pressed(cora, night, look(cora, night, what="working")[1]) for _ in range(2))
    run(launched)
    assert cora.get(first).location == "/mails/1"
    assert "Nothing was sent" in shown(cora, second)
    assert mails.count(db) == 1


def test_figures_that_change_while_it_is_written_are_looked_at_once_more(
    db, cast, night, cora, launched
):
    _, fields = look(
        cora, night, what="working", addresses="a@marlbridge.gov.uk\nb@marlbridge.gov.uk"
    )
    address = pressed(cora, night, fields)
    record(db, a_visit(cast, minutes=30))
    run(launched)
    html = cora.get(address).get_data(as_text=True)
    assert "Not sent: Mail about Op Emblazen" in words(html)
    assert "The figures have changed" in html
    assert nothing_sent(db)
    typed = dict(HIDDEN.findall(html))
    del typed["csrf_token"]
    assert "not done" in shown(cora, "/reports")
    again = words(cora.post(night, data=typed).get_data(as_text=True))
    assert "Send this to 2 addresses?" in again
    assert "a@marlbridge.gov.uk, b@marlbridge.gov.uk" in again


def test_a_file_that_is_too_large_is_said_on_its_page(db, app, night, cora, launched):
    around = app.extensions["fieldlog"]
    mail = replace(around.config.mail, largest_file=1)
    app.extensions["fieldlog"] = replace(around, config=replace(around.config, mail=mail))
    _, fields = look(cora, night, what="working")
    address = pressed(cora, night, fields)
    run(launched)
    assert "the limit" in shown(cora, address)
    assert nothing_sent(db)


def test_what_can_be_refused_at_once_is_not_started(db, cast, night, cora, launched):
    _, fields = look(cora, night, what="working")
    record(db, a_visit(cast, marking=Marking.OFFICIAL_SENSITIVE))
    assert "The figures have changed" in refused(cora, night, fields)
    _, fields = look(cora, night, what="working")
    assert "Tick that everybody it goes to may have it" in refused(cora, night, fields)
    assert launched == []


def test_a_version_that_holds_goes_at_once(db, night, cora, launched, monkeypatch):
    _, fields = look(cora, night, what="working")
    pressed(cora, night, fields)
    run(launched)
    _, fields = look(cora, night, what="working", addresses="b@marlbridge.gov.uk")
    assert cora.post(f"{night}/now", data=fields).location == "/mails/2"
    assert mails.get(db, 2).attachment == mails.get(db, 1).attachment


def test_figures_without_a_file_go_at_once(night, cora, launched):
    _, fields = look(cora, night)
    assert cora.post(f"{night}/now", data=fields).location == "/mails/1"

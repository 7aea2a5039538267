"""A coordinator sends a night: shown first, looked at again, and only that goes, once."""

import re
from html import unescape

import pytest

from fieldlog.core.words import Marking
from fieldlog.services.edit_distribution_lists import ListPlan, change_list
from fieldlog.services.list_nights import of_deployment
from fieldlog.services.night_figures import night_figures
from fieldlog.services.write_whole import ExportFailed
from fieldlog.store import mails
from fieldlog.tallies.crosstab import DoesNotAddUp
from tests.web.busy_nights import a_visit, busy_nights, record
from tests.web.figures_on_pages import words

HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')


@pytest.fixture
def cora(signed_in):
    return signed_in("cora")


@pytest.fixture
def night(db, cast):
    busy_nights(db, cast)
    return f"/nights/{cast.deployment}/send"


def typed(**more):
    usual = {"list_id": "none", "addresses": "a@marlbridge.gov.uk", "subject": "The night"}
    return usual | {"what": "figures"} | more


def look(browser, night, **more):
    """The second look, and what its form would post."""
    answer = browser.post(night, data=typed(**more))
    html = answer.get_data(as_text=True)
    assert answer.status_code == 200, words(html)
    fields = {name: unescape(value) for name, value in HIDDEN.findall(html)}
    del fields["csrf_token"]
    return html, fields


def sent(browser, night, fields):
    answer = browser.post(f"{night}/now", data=fields)
    assert answer.status_code == 303, words(answer.get_data(as_text=True))
    return int(answer.location.rsplit("/", 1)[1])


def nothing_sent(db):
    return mails.count(db) == 0


def test_a_night_leads_to_sending_it(cast, night, cora, signed_in):
    page = f"/nights/{cast.deployment}"
    assert f'href="{night}"' in cora.get(page).get_data(as_text=True)
    assert night not in signed_in("vic").get(page).get_data(as_text=True)


def test_what_is_shown_is_what_night_figures_says(db, cast, night, cora):
    figures = night_figures(db, of_deployment(cast.deployment))
    said = words(cora.get(night).get_data(as_text=True))
    assert figures.headline.hours.says() in said
    for figure in figures.headline.figures[:-1]:
        assert f"{figure.label} {figure.text} {figure.basis}" in said
    totals = [*figures.action_by_time.column_totals, figures.action_by_time.grand_total]
    assert f"Grand Total {' '.join(map(str, totals))}" in said


def test_the_committee_edition_goes_along_unless_asked_otherwise(night, cora):
    html = cora.get(night).get_data(as_text=True)
    assert re.search(r'<input [^>]* value="committee" checked>', html)
    assert "The working edition names officers, premises and people" in words(html)


def test_the_second_look_says_to_whom_what_and_with_which_marking(db, night, cora, committee):
    html, _ = look(
        cora, night, list_id=str(committee), addresses="C@marlbridge.gov.uk\na@marlbridge.gov.uk"
    )
    said = words(html)
    assert "Committee: a@marlbridge.gov.uk, b@marlshire.police.uk, c@marlbridge.gov.uk" in said
    assert "Marking OFFICIAL" in said
    assert "Attached Nothing" in said
    assert "21:40 on 5 December 2020" in said
    assert "No mail server is set up" in said
    assert nothing_sent(db)


def test_a_mail_about_one_agency_does_not_read_as_one_about_everybody(cast, night, cora):
    address = f"/send?night={cast.night}&agency={cast.council}"
    html, _ = look(cora, address)
    title = "All operations, night of Saturday 5 December 2020 (agency Marlbridge Borough Council)"
    assert f"{title}. As at" in words(html)
    assert re.search(rf"{re.escape(title)}: \d+ visits were made", words(html))
    assert f'name="subject" type="text" value="{title}"' in cora.get(address).text


def test_it_goes_into_the_queue_as_it_was_looked_at(db, cast, night, cora, committee):
    html, fields = look(cora, night, list_id=str(committee), addresses="")
    mail_id = sent(cora, night, fields)
    mail = mails.get(db, mail_id)
    assert (mail.subject, mail.list_name, mail.attachment) == ("The night", "Committee", None)
    assert mail.created_by == cast.cora.officer_id
    assert words(mail.body_html) in words(html)
    assert [one.address for one in mails.recipients(db, mail_id)] == [
        "a@marlbridge.gov.uk",
        "b@marlshire.police.uk",
    ]
    (audited,) = db.execute("SELECT officer_id, about FROM audit WHERE act = 'mail sent'")
    assert audited[0] == cast.cora.officer_id
    assert "figures only; 2 recipients" in audited[1]


def test_a_second_press_sends_nothing_more(db, night, cora):
    _, fields = look(cora, night)
    assert sent(cora, night, fields) == sent(cora, night, fields)
    assert mails.count(db) == 1


def test_what_is_attached_is_issued_and_goes_again_as_it_is(db, night, cora):
    html, fields = look(cora, night, what="committee")
    assert "the committee edition, issue 1, version 1, issued when you send" in words(html)
    page = cora.get(f"/mails/{sent(cora, night, fields)}").get_data(as_text=True)
    kept = mails.get(db, 1).attachment
    assert kept.sha256 in page
    assert f"{kept.size:,} bytes" in page
    assert "Issue 1, version 1, Committee edition" in words(page)
    html, fields = look(cora, night, what="committee", addresses="b@marlbridge.gov.uk")
    assert "issue 1, version 1, as it was issued at 21:40" in words(html)
    assert mails.get(db, sent(cora, night, fields)).attachment == kept
    export = cora.get("/exports/1").get_data(as_text=True)
    assert {"a@marlbridge.gov.uk", "b@marlbridge.gov.uk"} <= set(
        words(export).replace(",", "").split()
    )


def test_figures_that_changed_since_are_looked_at_once_more(db, cast, night, cora):
    _, fields = look(cora, night)
    record(db, a_visit(cast, minutes=30))
    answer = cora.post(f"{night}/now", data=fields)
    html = answer.get_data(as_text=True)
    assert answer.status_code == 400
    assert "The figures have changed" in html
    assert nothing_sent(db)
    again = {name: unescape(value) for name, value in HIDDEN.findall(html)}
    del again["csrf_token"]
    sent(cora, night, again)


def refused(browser, night, fields):
    """Press the button of a look that does not hold any more; returns the new look's words."""
    answer = browser.post(f"{night}/now", data=fields)
    assert answer.status_code == 400
    return words(answer.get_data(as_text=True))


def test_a_look_in_a_second_tab_does_not_send_the_same_again(db, night, cora):
    looks = [look(cora, night)[1] for _ in range(2)]
    sent(cora, night, looks[0])
    assert "The same figures went to the same addresses at 21:40" in refused(cora, night, looks[1])
    assert mails.count(db) == 1
    html, again = look(cora, night)
    assert "The same figures went to the same addresses at 21:40" in words(html)
    sent(cora, night, again)
    assert mails.count(db) == 2


def test_a_mail_that_was_cancelled_is_not_said_to_have_gone(night, cora):
    _, fields = look(cora, night)
    cora.post(f"/mails/{sent(cora, night, fields)}/cancel")
    html, _ = look(cora, night)
    assert "The same figures went" not in words(html)


def test_a_list_that_changed_since_is_looked_at_once_more(
    db, cast, settings, now, night, cora, committee
):
    _, fields = look(cora, night, list_id=str(committee), addresses="")
    plan = ListPlan("Committee", "c@marlbridge.gov.uk")
    change_list(db, committee, plan, settings, by=cast.cora.officer_id, now=now)
    assert "Committee: c@marlbridge.gov.uk" in refused(cora, night, fields)
    assert nothing_sent(db)


@pytest.mark.parametrize(
    "wrong",
    [{"as_at": "2020-12-05T23:40:00Z"}, {"as_at": "soon"}, {"send_key": "x"}, {"seen": ""}],
)
def test_a_look_that_cannot_be_believed_is_taken_again(db, night, cora, wrong):
    _, fields = look(cora, night)
    answer = cora.post(f"{night}/now", data=fields | wrong)
    assert answer.status_code == 400
    assert nothing_sent(db)


def test_an_old_look_is_taken_again(db, night, cora, clock):
    _, fields = look(cora, night)
    clock.move_on(hours=2)
    assert cora.post(f"{night}/now", data=fields).status_code == 400
    assert nothing_sent(db)


class TestSensitive:
    @pytest.fixture
    def night(self, db, cast, night):
        record(db, a_visit(cast, marking=Marking.OFFICIAL_SENSITIVE))
        return night

    def test_it_needs_a_tick_and_says_so_in_the_subject(self, db, night, cora):
        html, fields = look(cora, night)
        assert "Subject [OFFICIAL-SENSITIVE] The night" in words(html)
        answer = cora.post(f"{night}/now", data=fields)
        assert answer.status_code == 400
        assert "Tick that everybody it goes to may have it" in answer.get_data(as_text=True)
        assert nothing_sent(db)

    def test_with_the_tick_it_goes(self, db, night, cora):
        _, fields = look(cora, night)
        mail = mails.get(db, sent(cora, night, fields | {"sensitive": "y"}))
        assert mail.marking is Marking.OFFICIAL_SENSITIVE
        assert mail.body_text.startswith("OFFICIAL-SENSITIVE\n")


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"addresses": ""}, "Say who it goes to"),
        ({"addresses": "a@evilgov.uk"}, "“a@evilgov.uk” is not in an allowed domain"),
        ({"addresses": "a@x.gov.uk b@x.gov.uk"}, "is not one e-mail address"),
        ({"addresses": "a@cоlne.gov.uk"}, "not in plain e-mail addresses"),
        ({"subject": "x\r\nBcc: a@evil.com"}, "must be one line of plain text"),
        ({"subject": ""}, "Give the mail a subject"),
        ({"list_id": "99"}, "There is no such list any more"),
        ({"list_id": "x"}, "There is no such list any more"),
    ],
)
def test_it_says_what_is_wrong_and_keeps_what_was_typed(db, night, cora, more, message):
    for address in (night, f"{night}/now"):
        answer = cora.post(address, data=typed(**more))
        html = unescape(answer.get_data(as_text=True))
        assert answer.status_code == 400
        if address == night:
            assert message in html
            assert more.get("addresses", "a@marlbridge.gov.uk") in html
    assert nothing_sent(db)


def test_a_person_can_go_back_and_change_it(night, cora):
    _, fields = look(cora, night)
    answer = cora.post(night, data=fields | {"change": "1"})
    assert answer.status_code == 200
    assert "Nothing goes yet" in answer.get_data(as_text=True)
    assert re.search(r">\s*a@marlbridge.gov.uk</textarea>", answer.get_data(as_text=True))


def test_a_workbook_that_is_too_large_is_refused(db, night, cora, monkeypatch):
    _, fields = look(cora, night, what="working")
    monkeypatch.setattr("fieldlog.services.send_report.file_problem", lambda *_: "Too large.")
    answer = cora.post(f"{night}/now", data=fields)
    assert answer.status_code == 400
    assert "Too large." in answer.get_data(as_text=True)
    assert nothing_sent(db)


@pytest.mark.parametrize(
    ("where", "error"),
    [
        ("fieldlog.services.look_at_mail.figures_in_snapshot", DoesNotAddUp("60 is not 61.")),
        ("fieldlog.services.send_apart.send_report", ExportFailed("The disk is full.")),
    ],
)
def test_what_does_not_add_up_or_cannot_be_written_is_not_sent(
    db, night, cora, monkeypatch, where, error
):
    _, fields = look(cora, night)

    def fails(*_args, **_named):
        raise error

    monkeypatch.setattr(where, fails)
    answer = cora.post(f"{night}/now", data=fields)
    assert answer.status_code == 500
    assert str(error) in answer.get_data(as_text=True)
    assert nothing_sent(db)


def test_a_night_that_is_not_there_cannot_be_sent(cora):
    assert cora.get("/nights/99/send").status_code == 404
    assert cora.post("/nights/99/send/now").status_code == 404

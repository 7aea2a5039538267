"""The log of mails and the distribution lists: who got what, and who is to get it."""

import pytest

from fieldlog.core.mail import MailSettings, MailState
from fieldlog.services.list_nights import of_deployment
from fieldlog.services.look_at_mail import Asked
from fieldlog.services.send_report import Press, send_report
from fieldlog.store import mails
from fieldlog.store.connection import database_path, write_transaction
from fieldlog.store.mails import Told
from tests.web.busy_nights import busy_nights
from tests.web.figures_on_pages import words


@pytest.fixture
def cora(signed_in):
    return signed_in("cora")


@pytest.fixture
def unclear(db, cast, instance, now):
    """A mail to one address of which nobody knows whether it left; the id of its message."""
    busy_nights(db, cast)
    asked = Asked(
        of_deployment(cast.deployment), cast.deployment, addresses=("a@marlbridge.gov.uk",)
    )
    mail_id = send_report(
        db,
        asked,
        MailSettings(),
        Press("k", now),
        database=database_path(instance),
        by=cast.cora,
        now=now,
    )
    (message,) = mails.recipients(db, mail_id)
    with write_transaction(db):
        mails.tell(db, message.id, Told(MailState.UNCLEAR, now, "The line went dead."))
    return message.id


def test_an_empty_log_says_where_to_begin(cora):
    assert "Nothing sent yet" in cora.get("/mails").get_data(as_text=True)


def test_the_log_says_who_got_what(unclear, cora):
    said = words(cora.get("/mails").get_data(as_text=True))
    assert "Op Emblazen, night of Saturday 5 December 2020" in said
    assert "Cora Hale Single addresses 1 unclear None OFFICIAL" in said


def test_an_unclear_message_asks_a_person(unclear, cora):
    said = words(cora.get("/mails/1").get_data(as_text=True))
    assert "a@marlbridge.gov.uk Unclear" in said
    assert "The line went dead. Ask them whether they have it." in said


@pytest.mark.parametrize(("verb", "state"), [("arrived", "arrived"), ("again", "queued")])
def test_a_person_settles_it_once(db, cast, unclear, cora, verb, state):
    assert cora.post(f"/mails/messages/{unclear}/{verb}").location == "/mails/1"
    last = mails.recipient(db, unclear).last
    assert (last.state, last.officer_id) == (MailState(state), cast.cora.officer_id)
    cora.post(f"/mails/messages/{unclear}/{verb}")
    assert len(mails.history(db, unclear)) == 3
    assert "settled this message already" in cora.get("/mails/1").get_data(as_text=True)


def test_what_is_not_there_is_not_found(cora):
    assert cora.get("/mails/9").status_code == 404
    assert cora.post("/mails/messages/9/arrived").status_code == 404
    assert cora.get("/mails?page=x").location == "/mails"


class TestDistributionLists:
    def save(self, browser, where="new", **said):
        typed = {
            "name": "Committee",
            "addresses": "B@marlbridge.gov.uk\na@marlbridge.gov.uk",
        } | said
        return browser.post(f"/distribution-lists/{where}", data=typed)

    def test_a_list_is_added_and_read_back(self, cora):
        assert self.save(cora).status_code == 303
        said = words(cora.get("/distribution-lists").get_data(as_text=True))
        assert "Committee 2 a@marlbridge.gov.uk, b@marlbridge.gov.uk" in said

    def test_a_list_is_changed_and_the_audit_says_so(self, db, cast, cora):
        self.save(cora)
        self.save(cora, "1", name="The committee", addresses="c@marlbridge.gov.uk")
        page = cora.get("/distribution-lists/1").get_data(as_text=True)
        assert "The committee" in page
        assert "c@marlbridge.gov.uk" in page
        acts = db.execute("SELECT officer_id, about FROM audit WHERE act LIKE 'distribution%'")
        assert [tuple(row) for row in acts] == [
            (cast.cora.officer_id, "“Committee” added, 2 addresses"),
            (cast.cora.officer_id, "“The committee” changed, 1 addresses"),
        ]

    def test_a_list_is_removed(self, cora):
        self.save(cora)
        cora.post("/distribution-lists/1/remove")
        cora.post("/distribution-lists/1/remove")
        assert "No lists yet" in cora.get("/distribution-lists").get_data(as_text=True)
        assert cora.get("/distribution-lists/1").status_code == 404

    @pytest.mark.parametrize(
        ("said", "message"),
        [
            ({"name": " "}, "Give the list a name"),
            ({"name": "x" * 81}, "at most 80 characters"),
            ({"name": "COMMITTEE "}, "There is a list called COMMITTEE already"),
            ({"name": "B", "addresses": ""}, "Type at least one address"),
            ({"name": "B", "addresses": "a@evilgov.uk"}, "is not in an allowed domain"),
        ],
    )
    def test_it_says_what_is_wrong_with_a_list(self, cora, said, message):
        self.save(cora)
        answer = self.save(cora, **said)
        assert answer.status_code == 400
        assert message in answer.get_data(as_text=True)

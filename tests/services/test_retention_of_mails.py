"""Text and recipients of a mail are removed; that it went, when, its hash and marking stay."""

import pytest

from fieldlog.core.editions import Output
from fieldlog.core.mail import MailSettings
from fieldlog.core.retention import REMOVED, Retained
from fieldlog.services.check_file import Verdict, check_file
from fieldlog.services.hold_record import holds_on_mail, place_hold
from fieldlog.services.read_mails import read_mail
from fieldlog.store import exports, mails
from fieldlog.store.connection import write_transaction
from fieldlog.store.retention import disposal_of
from tests.services.issuing import issue_night, quiet_night
from tests.services.one_timed_send import MORNING
from tests.services.retaining import due, lies_in_the_file, remove, wrong

NO_SERVER = MailSettings(sender="fieldlog@marlbridge.gov.uk")


@pytest.fixture
def by(cast):
    return cast.cora.officer_id


def test_text_and_recipients_of_a_mail_go_and_that_it_went_stays(
    db, cast, instance, queued, deliver, later
):
    mail_id = queued(to=("robin@marlbridge.gov.uk",), subject="For Robin")
    deliver(NO_SERVER)
    before = mails.get(db, mail_id)
    removed = remove(db, cast, Retained.MAILS, later())
    sent, (message,) = read_mail(db, mail_id)
    gone = {"subject": REMOVED, "body_text": "", "body_html": ""}
    assert vars(sent.mail) == vars(before) | gone
    assert message.recipient.address == f"{REMOVED} {message.recipient.id}"
    assert [told.state.value for told in message.history] == ["queued", "sending", "put_out"]
    assert disposal_of(db, "mail", str(mail_id)) == removed
    for words in ("robin@marlbridge.gov.uk", "For Robin", before.body_text[:200]):
        assert not lies_in_the_file(db, instance, words)
    assert wrong(db) == []


def test_what_a_mail_server_answered_goes_too(db, cast, instance, queued, deliver, later):
    mail_id = queued(to=("robin@marlbridge.gov.uk",))
    with write_transaction(db):
        (whom,) = mails.recipients(db, mail_id)
        answer = mails.Told(mails.MailState.FAILED, whom.last.at, "550 robin@marlbridge is unknown")
        mails.tell(db, whom.id, answer)
    remove(db, cast, Retained.MAILS, later())
    assert not lies_in_the_file(db, instance, "is unknown")


def test_a_mail_that_somebody_called_removed_goes_like_any_other(db, cast, queued, deliver, later):
    mail_id = queued(to=("robin@marlbridge.gov.uk",), subject=REMOVED)
    assert mails.get(db, mail_id).subject == REMOVED
    deliver(NO_SERVER)
    moment = later()
    assert remove(db, cast, Retained.MAILS, moment).items == 1
    assert not due(db, Retained.MAILS, moment).total
    assert "robin" not in str(mails.recipients(db, mail_id))


def test_a_mail_that_still_waits_is_not_due(db, queued, later):
    queued()
    assert not due(db, Retained.MAILS, later()).total


@pytest.mark.parametrize("what", ["mail", "night", "issue"])
def test_a_hold_on_a_mail_its_night_or_its_issue_keeps_it(
    db, cast, by, now, queued, deliver, later, what
):
    refs = {"mail": queued(output=Output()), "night": cast.deployment, "issue": 1}
    deliver(NO_SERVER)
    place_hold(db, what, str(refs[what]), "asked for", by=by, now=now)
    assert len(due(db, Retained.MAILS, later()).held) == 1


@pytest.mark.parametrize("which", ["its operation", "all operations", "another night"])
def test_a_hold_on_a_night_keeps_the_mail_that_a_timed_send_sent_of_it(
    db, cast, by, now, set_up, run, deliver, later, which
):
    quiet_night(db, cast)
    set_up(**({"operations": ()} if which == "all operations" else {}))
    run(MORNING)
    deliver(NO_SERVER)
    held = cast.deployment + 1 if which == "another night" else cast.deployment
    place_hold(db, "night", str(held), "complaint", by=by, now=now)
    kept = [] if which == "another night" else ["night"]
    assert [one.what for one in holds_on_mail(db, 1, mails.get(db, 1), None)] == kept
    assert len(due(db, Retained.MAILS, later()).held) == len(kept)


def test_an_issued_file_is_still_known_when_the_mail_about_it_was_removed(
    db, cast, instance, now, tmp_path, queued, deliver, later
):
    queued()
    export_id = issue_night(db, cast, instance, now)
    export = exports.get(db, export_id)
    path = tmp_path / "back.xlsx"
    path.write_bytes(exports.content(db, export.sha256))
    deliver(NO_SERVER)
    moment = later()
    for kind in (Retained.MAILS, Retained.FILES):
        remove(db, cast, kind, moment)
    found = check_file(db, path, by=cast.cora, now=moment)
    assert (found.verdict, found.of.export.reference) == (Verdict.EXACT, export.reference)
    assert wrong(db) == []

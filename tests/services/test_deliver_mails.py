"""Mail goes to a real server with TLS, or into the outbox folder; what goes wrong is said."""

import hashlib
import io
from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from openpyxl import load_workbook

from fieldlog.core.editions import Output
from fieldlog.core.mail import MailSettings, MailState
from fieldlog.services.list_nights import of_deployment
from fieldlog.services.night_figures import night_figures
from fieldlog.store import mails
from fieldlog.tallies.crosstab import GRAND_TOTAL
from tests.services.mail_server import receiving
from tests.services.queued_mail import TO, parts, states, why


@pytest.mark.parametrize("security", ["starttls", "tls", "plain"])
def test_each_recipient_gets_one_message_of_their_own(
    db, queued, deliver, handler, certificate, security
):
    mail_id = queued()
    with receiving(handler, certificate, security) as settings:
        assert deliver(settings) == {MailState.SENT: 2}
        assert deliver(settings) == {}
    assert [to for _, to, _ in handler.received] == [[TO[0]], [TO[1]]]
    assert [message["To"] for message in handler.messages()] == list(TO)
    assert len({message["Message-ID"] for message in handler.messages()}) == 2
    assert {message["From"] for message in handler.messages()} == {
        "fieldlog <fieldlog@marlbridge.gov.uk>"
    }
    assert states(db, mail_id) == dict.fromkeys(TO, MailState.SENT)


def test_both_texts_and_the_workbook_say_what_night_figures_says(
    db, cast, queued, deliver, handler, certificate
):
    queued(output=Output())
    with receiving(handler, certificate) as settings:
        deliver(settings)
    figures = night_figures(db, of_deployment(cast.deployment))
    table = figures.action_by_time
    message = handler.messages()[0]
    text, html = parts(message)
    for row, cells, total in zip(table.rows, table.cells, table.row_totals, strict=True):
        numbers = [*map(str, cells), str(total)]
        assert [
            line.split()[-len(numbers) :] for line in text.split("\n") if line.startswith(row.text)
        ]
        assert f"{row.text} {' '.join(numbers)}" in _one_spaced(text)
        in_html = "".join(f"<td>{number}</td>" for number in numbers)
        assert f'<th scope="row">{row.text}</th>{in_html}' in html
    for figure in figures.headline.figures[:-1]:
        assert f"{figure.label} {figure.text} ({figure.basis})" in _one_spaced(text)
        assert f'<th scope="row">{figure.label}</th><td>{figure.text}</td>' in html
    assert figures.headline.hours.says() in text
    assert figures.headline.hours.says() in html
    (file,) = message.iter_attachments()
    assert file.get_filename() == "Op Emblazen 2020-12-05 working v1.xlsx"
    sheet = load_workbook(io.BytesIO(file.get_content()), data_only=True)["Action by time"]
    rows = [[cell for cell in row if cell is not None] for row in sheet.values]
    (total,) = [row for row in rows if row[:1] == [GRAND_TOTAL]]
    assert total[1:] == [*table.column_totals, table.grand_total]


def _one_spaced(text):
    return " ".join(text.split())


def test_the_log_keeps_the_hash_of_the_file_that_went_and_lets_the_file_go(
    db, queued, deliver, handler, certificate
):
    mail_id = queued(output=Output())
    with receiving(handler, certificate) as settings:
        deliver(settings)
    (file,) = handler.messages()[1].iter_attachments()
    kept = mails.get(db, mail_id).attachment
    assert kept.sha256 == hashlib.sha256(file.get_content()).hexdigest()
    assert kept.size == len(file.get_content())
    assert mails.content(db, mail_id) is None


def test_a_dead_server_is_tried_again_with_growing_pauses_then_given_up(db, queued, deliver, clock):
    mail_id = queued()
    dead = MailSettings(host="127.0.0.1", port=1, security="plain", sender="a@marlbridge.gov.uk")
    assert deliver(dead) == {MailState.WAITING: 2}
    assert why(db, mail_id) == {"The mail server cannot be reached: Connection refused"}
    assert deliver(dead) == {}
    pauses = []
    while mails.recipients(db, mail_id)[0].last.state is MailState.WAITING:
        next_try = mails.recipients(db, mail_id)[0].last.next_try_at
        pauses.append(next_try - clock.now)
        clock.now = next_try
        deliver(dead)
    assert pauses == sorted(pauses)
    assert sum(pauses, timedelta()) > timedelta(hours=40)
    assert set(states(db, mail_id).values()) == {MailState.GIVEN_UP}


def test_a_server_that_comes_back_gets_the_message_once(
    db, queued, deliver, handler, certificate, clock
):
    mail_id = queued(to=TO[:1])
    with receiving(handler, certificate) as settings:
        pass
    assert deliver(settings) == {MailState.WAITING: 1}
    clock.move_on(minutes=1)
    with receiving(handler, certificate) as settings:
        assert deliver(settings) == {MailState.SENT: 1}
    assert len(handler.received) == 1
    assert [
        told.state.value for told in mails.history(db, mails.recipients(db, mail_id)[0].id)
    ] == [
        "queued",
        "waiting",
        "sending",
        "sent",
    ]


@pytest.mark.parametrize(
    ("answer", "state"),
    [("451 4.3.0 Try later", MailState.WAITING), ("554 5.7.1 Spam", MailState.FAILED)],
)
def test_what_the_server_says_decides(db, queued, deliver, handler, certificate, answer, state):
    handler.answers = [answer]
    mail_id = queued()
    with receiving(handler, certificate) as settings:
        deliver(settings)
    assert states(db, mail_id) == {TO[0]: MailState.SENT, TO[1]: state} or states(db, mail_id) == {
        TO[0]: state,
        TO[1]: MailState.SENT,
    }
    assert f"The mail server said: {answer}" in why(db, mail_id)


def test_one_bad_mailbox_does_not_keep_the_others_waiting(
    db, queued, deliver, handler, certificate
):
    handler.refuse_recipient = TO[0]
    mail_id = queued()
    with receiving(handler, certificate) as settings:
        deliver(settings)
    assert states(db, mail_id) == {TO[0]: MailState.FAILED, TO[1]: MailState.SENT}


def test_a_certificate_nobody_vouches_for_gets_nothing(db, queued, deliver, handler, certificate):
    mail_id = queued()
    with receiving(handler, certificate) as settings:
        deliver(MailSettings(**(vars(settings) | {"authorities": ""})))
    assert handler.received == []
    assert set(states(db, mail_id).values()) == {MailState.WAITING}
    assert all("certificate" in reason for reason in why(db, mail_id))


def test_a_server_without_starttls_gets_nothing(db, queued, deliver, handler, certificate):
    mail_id = queued()
    with receiving(handler, certificate, "plain") as settings:
        deliver(MailSettings(**(vars(settings) | {"security": "starttls"})))
    assert handler.received == []
    assert all("offers no STARTTLS" in reason for reason in why(db, mail_id))


def test_a_wrong_password_is_said(db, queued, deliver, handler, certificate):
    mail_id = queued()
    with receiving(handler, certificate) as settings:
        deliver(MailSettings(**(vars(settings) | {"password": "not this one"})))
    assert handler.received == []
    assert all("FIELDLOG_SMTP_PASSWORD" in reason for reason in why(db, mail_id))


def test_a_list_of_allowed_domains_that_was_cut_counts_at_once(db, queued, deliver):
    mail_id = queued()
    deliver(MailSettings(domains=("nhs.net",)))
    assert set(states(db, mail_id).values()) == {MailState.FAILED}


def test_without_a_server_messages_are_drafts_in_the_outbox_folder(db, queued, deliver, instance):
    mail_id = queued(output=Output())
    assert deliver(MailSettings()) == {MailState.PUT_OUT: 2}
    files = sorted((instance / "outbox").iterdir())
    assert [file.name for file in files] == [
        f"{mail_id:05}-Op-Emblazen-night-of-Saturday-5-December-2020-{to}.eml" for to in sorted(TO)
    ]
    message = message_from_bytes(files[0].read_bytes(), policy=default)
    assert (message["X-Unsent"], message["From"], message["To"]) == ("1", None, min(TO))
    assert [part.get_filename() for part in message.iter_attachments()] == [
        "Op Emblazen 2020-12-05 working v1.xlsx"
    ]
    assert deliver(MailSettings()) == {}

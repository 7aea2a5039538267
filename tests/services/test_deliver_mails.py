"""Mail goes out once: to a real server with TLS, past refusals, hang-ups and a killed process."""

import hashlib
import io
import signal
import subprocess
import sys
from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from openpyxl import load_workbook

from fieldlog.core.mail import MailSettings, MailState
from fieldlog.core.rules import Refused
from fieldlog.services.deliver_mails import deliver_mails
from fieldlog.services.list_nights import of_deployment
from fieldlog.services.night_figures import night_figures
from fieldlog.services.send_report import Asked, Press, send_report
from fieldlog.services.settle_unclear import it_arrived, send_again
from fieldlog.store import mails
from fieldlog.store.connection import database_path
from fieldlog.store.turn_taking import turn
from fieldlog.tallies.crosstab import GRAND_TOTAL
from tests.services.mail_server import Handler, make_certificate, receiving
from tests.web.busy_nights import busy_nights

TO = ("committee@colne.gov.uk", "chief@colne.police.uk")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    return make_certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def handler():
    return Handler()


@pytest.fixture
def queued(db, cast, instance, now):
    """``queued()`` puts a mail about the cast's night into the queue and returns its id."""
    busy_nights(db, cast)

    def put(key="k1", to=TO, **more):
        asked = Asked(of_deployment(cast.deployment), cast.deployment, addresses=to, **more)
        return send_report(
            db,
            asked,
            MailSettings(sender="fieldlog@colne.gov.uk"),
            Press(key, now),
            database=database_path(instance),
            by=cast.cora,
            now=now,
        )

    return put


@pytest.fixture
def deliver(db, instance, clock):
    def run(settings):
        return deliver_mails(db, settings, instance, clock=clock, timeout=5)

    return run


def states(db, mail_id):
    return {each.address: each.last.state for each in mails.recipients(db, mail_id)}


def why(db, mail_id):
    return {each.last.why for each in mails.recipients(db, mail_id)}


def parts(message):
    return message.get_body(("plain",)).get_content(), message.get_body(("html",)).get_content()


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
        "fieldlog <fieldlog@colne.gov.uk>"
    }
    assert states(db, mail_id) == dict.fromkeys(TO, MailState.SENT)


def test_both_texts_and_the_workbook_say_what_night_figures_says(
    db, cast, queued, deliver, handler, certificate
):
    queued(with_workbook=True)
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
    assert file.get_filename() == "Op Emblazen 2020-12-05.xlsx"
    sheet = load_workbook(io.BytesIO(file.get_content()))["Action by time"]
    rows = [[cell for cell in row if cell is not None] for row in sheet.values]
    (total,) = [row for row in rows if row[:1] == [GRAND_TOTAL]]
    assert total[1:] == [*table.column_totals, table.grand_total]


def _one_spaced(text):
    return " ".join(text.split())


def test_the_log_keeps_the_hash_of_the_file_that_went_and_lets_the_file_go(
    db, queued, deliver, handler, certificate
):
    mail_id = queued(with_workbook=True)
    with receiving(handler, certificate) as settings:
        deliver(settings)
    (file,) = handler.messages()[1].iter_attachments()
    kept = mails.get(db, mail_id).attachment
    assert kept.sha256 == hashlib.sha256(file.get_content()).hexdigest()
    assert kept.size == len(file.get_content())
    assert mails.content(db, mail_id) is None


def test_a_dead_server_is_tried_again_with_growing_pauses_then_given_up(db, queued, deliver, clock):
    mail_id = queued()
    dead = MailSettings(host="127.0.0.1", port=1, security="plain", sender="a@colne.gov.uk")
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


class TestUnclear:
    """The server hung up after it had the whole message: nobody can know whether it took it."""

    @pytest.fixture
    def mail_id(self, queued, deliver, handler, certificate):
        handler.answers = [None]
        mail_id = queued(to=TO[:1])
        with receiving(handler, certificate) as settings:
            assert deliver(settings) == {MailState.UNCLEAR: 1}
            assert deliver(settings) == {}
        return mail_id

    def test_it_is_not_sent_again_by_itself(self, db, mail_id, handler, clock, deliver):
        clock.move_on(days=3)
        assert deliver(MailSettings(host="127.0.0.1", port=1)) == {}
        assert len(handler.received) == 1

    def test_somebody_says_that_it_arrived(self, db, cast, mail_id, now):
        (message,) = mails.recipients(db, mail_id)
        it_arrived(db, message.id, by=cast.cora.officer_id, now=now)
        assert states(db, mail_id) == {TO[0]: MailState.ARRIVED}
        with pytest.raises(Refused, match="settled this message already"):
            send_again(db, message.id, by=cast.cora.officer_id, now=now)

    def test_somebody_has_it_sent_again_under_the_same_id(
        self, db, cast, mail_id, now, handler, certificate, deliver
    ):
        (message,) = mails.recipients(db, mail_id)
        send_again(db, message.id, by=cast.cora.officer_id, now=now)
        with receiving(handler, certificate) as settings:
            assert deliver(settings) == {MailState.SENT: 1}
        first, second = handler.messages()
        assert first["Message-ID"] == second["Message-ID"]


KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from fieldlog.core.mail import MailSettings
from fieldlog.services import smtp
from fieldlog.services.deliver_mails import deliver_mails
from fieldlog.store.connection import connect, database_path

port, certificate, instance, moment = sys.argv[1:]
real = smtp.SmtpServer._pour

def killed_after_pouring(self, server, message):
    if moment == "after":
        real(self, server, message)
    os.kill(os.getpid(), signal.SIGKILL)

if moment == "before":
    def killed_before(self, server, envelope):
        os.kill(os.getpid(), signal.SIGKILL)
    smtp.SmtpServer._agree = killed_before
smtp.SmtpServer._pour = killed_after_pouring
settings = MailSettings(
    host="127.0.0.1", port=int(port), security="starttls", sender="fieldlog@colne.gov.uk",
    authorities=certificate, user="fieldlog", password="a password for the post",
)
db = connect(database_path(Path(instance)))
deliver_mails(db, settings, Path(instance), clock=lambda: datetime(2020, 12, 5, 21, 40, tzinfo=UTC))
"""


@pytest.mark.parametrize(
    ("moment", "arrived", "then"),
    [
        ("before", 0, MailState.SENT),
        ("at", 0, MailState.UNCLEAR),
        ("after", 1, MailState.UNCLEAR),
    ],
)
def test_a_process_killed_mid_send_never_makes_it_two(
    db, queued, deliver, handler, certificate, instance, moment, arrived, then
):
    mail_id = queued(to=TO[:1])
    with receiving(handler, certificate) as settings:
        words = [str(settings.port), str(certificate.chain), str(instance), moment]
        child = subprocess.run([sys.executable, "-c", KILLED, *words], check=False)
        assert child.returncode == -signal.SIGKILL
        assert len(handler.received) == arrived
        deliver(settings)
        deliver(settings)
    assert states(db, mail_id) == {TO[0]: then}
    assert len(handler.received) == (1 if then is MailState.SENT else arrived)


def test_two_deliverers_do_not_meet(queued, deliver, handler, certificate, instance):
    queued()
    with receiving(handler, certificate) as settings, turn(database_path(instance), "mail") as mine:
        assert mine
        assert deliver(settings) is None
    assert handler.received == []


def test_a_list_of_allowed_domains_that_was_cut_counts_at_once(db, queued, deliver):
    mail_id = queued()
    deliver(MailSettings(domains=("nhs.net",)))
    assert set(states(db, mail_id).values()) == {MailState.FAILED}


def test_without_a_server_messages_are_drafts_in_the_outbox_folder(db, queued, deliver, instance):
    mail_id = queued(with_workbook=True)
    assert deliver(MailSettings()) == {MailState.PUT_OUT: 2}
    files = sorted((instance / "outbox").iterdir())
    assert [file.name for file in files] == [
        f"{mail_id:05}-Op-Emblazen-night-of-Saturday-5-December-2020-{to}.eml" for to in sorted(TO)
    ]
    message = message_from_bytes(files[0].read_bytes(), policy=default)
    assert (message["X-Unsent"], message["From"], message["To"]) == ("1", None, min(TO))
    assert [part.get_filename() for part in message.iter_attachments()] == [
        "Op Emblazen 2020-12-05.xlsx"
    ]
    assert deliver(MailSettings()) == {}

"""Mail goes out once: past hang-ups and a killed process, nothing is sent twice by itself."""

import signal
import subprocess
import sys

import pytest

from fieldlog.core.editions import Output
from fieldlog.core.mail import MailSettings, MailState
from fieldlog.core.rules import Refused
from fieldlog.services import send_report
from fieldlog.services.look_at_mail import make_ready
from fieldlog.services.send_report import FiguresChanged
from fieldlog.services.settle_unclear import it_arrived, send_again
from fieldlog.store import mails
from fieldlog.store.connection import database_path
from fieldlog.store.turn_taking import turn
from tests.services.mail_server import receiving
from tests.services.queued_mail import TO, states


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


@pytest.mark.parametrize("output", [None, Output()], ids=["figures only", "with a file"])
def test_what_goes_out_after_the_last_look_leads_to_another_look(db, queued, monkeypatch, output):
    looks = []

    def meanwhile(*asked, **more):
        ready = make_ready(*asked, **more)
        looks.append(ready)
        if len(looks) == (2 if output else 1):
            # Somebody else sends at this moment what hides small numbers, or shows them.
            monkeypatch.setattr(send_report, "make_ready", make_ready)
            queued("theirs", to=("other@marlbridge.gov.uk",))
        return ready

    monkeypatch.setattr(send_report, "make_ready", meanwhile)
    with pytest.raises(FiguresChanged):
        queued("ours", output=output)
    assert (mails.id_of(db, "theirs"), mails.id_of(db, "ours")) == (1, None)


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
    host="127.0.0.1", port=int(port), security="starttls", sender="fieldlog@marlbridge.gov.uk",
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

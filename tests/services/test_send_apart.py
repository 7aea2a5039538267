"""A mail whose file is written apart arrives once, whenever the process that makes it is killed."""

import signal
import subprocess
import sys
from pathlib import Path
from threading import Barrier, Thread

import pytest

from fieldlog.core.editions import Output
from fieldlog.core.mail import MailSettings
from fieldlog.core.rules import Refused
from fieldlog.services import export_apart, work_apart
from fieldlog.services.change_user import disable_user
from fieldlog.services.export_apart import export_work, sent_by
from fieldlog.services.list_nights import of_deployment
from fieldlog.services.look_at_mail import Asked, make_ready
from fieldlog.services.run_apart import run_apart
from fieldlog.services.send_apart import Going, LookAgain, Sending, send_or_start
from fieldlog.services.send_report import Press, send_report
from fieldlog.services.work_apart import STOPPED_HALFWAY, WorkState
from fieldlog.store import exports, mails
from fieldlog.store.connection import connect, database_path
from tests.services.mail_server import receiving
from tests.services.queued_mail import TO
from tests.web.busy_nights import busy_nights

KEYS = [f"00000000-0000-4000-8000-00000000000{number}" for number in range(3)]
KILLED = """
import os, signal, sys
from fieldlog.services import exporting_apart, issue_export, send_report
from fieldlog.store import mails

module, moment = {
    "while the file is written": (issue_export, "_kept"),
    "when the file is issued": (send_report, "_queued"),
    "while it is queued": (mails, "tell"),
    "when it is queued": (exporting_apart.Doing, "finish"),
}[sys.argv.pop()]

def killed(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

setattr(module, moment, killed)
exporting_apart.main()
"""


@pytest.fixture
def looked_at(db, cast, now, monkeypatch):
    """``looked_at(key)`` is what Cora looked at and presses the button for."""
    busy_nights(db, cast)
    monkeypatch.setattr(export_apart, "LONG", 1)
    asked = Asked(of_deployment(cast.deployment), cast.deployment, addresses=TO, output=Output())
    settings = MailSettings(sender="fieldlog@marlbridge.gov.uk")

    def look(key=KEYS[0]):
        seen = make_ready(db, asked, settings, as_at=now).seen
        return Sending(asked, settings, Press(key, now, seen), LookAgain("/send", {}))

    return look


@pytest.fixture
def press(db, instance, cast, now):
    return lambda sending: send_or_start(db, instance, sending, by=cast.cora, now=now)


@pytest.fixture
def stands(db, instance, cast, now):
    return lambda key: export_work(db, instance, key, by=cast.cora, now=now)


def run(folder, *more):
    how = ["-c", KILLED] if more else ["-m", export_apart.MODULE]
    return subprocess.run([sys.executable, *how, str(folder), *more], check=False).returncode


class Launched:
    """Stands in for the process that is started; a test runs it when it wants to."""

    def __init__(self, monkeypatch):
        self.folders: list[Path] = []
        monkeypatch.setattr(work_apart, "launch", self)

    def __call__(self, _module, folder):
        self.folders.append(folder)
        return self

    def wait(self):
        return 0


@pytest.fixture
def launched(monkeypatch):
    return Launched(monkeypatch)


@pytest.mark.parametrize(
    ("moment", "issued", "queued"),
    [
        ("while the file is written", 0, 0),
        ("when the file is issued", 1, 0),
        ("while it is queued", 1, 0),
        ("when it is queued", 1, 1),
    ],
)
def test_a_process_that_is_killed_leaves_a_whole_mail_or_none(
    db,
    instance,
    looked_at,
    press,
    stands,
    launched,
    deliver,
    handler,
    certificate,
    moment,
    issued,
    queued,
):
    press(looked_at())
    assert run(launched.folders[0], moment) == -signal.SIGKILL
    work = stands(KEYS[0])
    # Swept after a day, unlike the folder for temporary files of the machine.
    assert bool(list((instance / "scratch").iterdir())) == (moment == "while the file is written")
    assert mails.count(db) == queued
    assert len(exports.latest(db, 9, issued=True)) == issued
    if queued:
        assert (work.state, sent_by(db, work)) == (WorkState.DONE, 1)
        assert press(looked_at()) == Going(mail_id=1)
    else:
        assert (work.state, work.problem) == (WorkState.FAILED, STOPPED_HALFWAY)
        going = press(looked_at(KEYS[1]))
        assert run(launched.folders[1]) == 0 if going.work else going.mail_id == 1
    with receiving(handler, certificate) as settings:
        deliver(settings)
        deliver(settings)
    assert sorted(to for _, (to,), _ in handler.received) == sorted(TO)
    assert len(exports.latest(db, 9, issued=True)) == 1


def test_two_presses_at_once_start_one_process(db, instance, cast, now, looked_at, launched):
    sending, together, went = looked_at(), Barrier(4), []

    def a_press():
        own = connect(database_path(instance))
        together.wait()
        went.append(send_or_start(own, instance, sending, by=cast.cora, now=now))
        own.close()

    threads = [Thread(target=a_press) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert went == [Going(work=KEYS[0])] * 4
    assert len(launched.folders) == 1


def test_two_looks_at_the_same_send_one_mail(db, looked_at, press, launched):
    looks = [looked_at(key) for key in KEYS[:2]]
    for one in looks:
        press(one)
    assert [run(folder) for folder in launched.folders] == [0, 0]
    assert mails.count(db) == 1


@pytest.mark.parametrize("when", ["before the file is written", "while the file is written"])
def test_nothing_goes_in_the_name_of_somebody_who_may_not_send_any_more(
    db, instance, cast, now, looked_at, when
):
    sending = looked_at()

    def disabled():
        disable_user(db, cast.cora.officer_id, by=cast.ada.officer_id, now=now)

    def make(job):
        disabled()
        return run_apart(job)

    if when.startswith("before"):
        disabled()
    with pytest.raises(Refused, match="Cora Hale cannot send figures any more"):
        send_report(
            db,
            sending.asked,
            sending.settings,
            sending.press,
            database=database_path(instance),
            by=cast.cora,
            now=now,
            make=make,
        )
    assert mails.count(db) == 0


def test_the_page_of_the_work_says_that_its_sender_may_not_send_any_more(
    db, cast, now, looked_at, press, stands, launched
):
    press(looked_at())
    disable_user(db, cast.cora.officer_id, by=cast.ada.officer_id, now=now)
    assert run(launched.folders[0]) == 0
    assert "cannot send figures any more" in stands(KEYS[0]).problem
    assert (mails.count(db), exports.latest(db, 9, issued=True)) == (0, [])


def test_the_password_of_the_mail_server_is_not_written_down(instance, looked_at, press, launched):
    sending = looked_at()
    settings = MailSettings(
        "mail.marlbridge.gov.uk", user="fieldlog", password="a word for the post"
    )
    press(Sending(sending.asked, settings, sending.press, sending.again))
    (folder,) = launched.folders
    written = [path.read_text() for path in folder.iterdir()]
    assert any("committee@marlbridge.gov.uk" in text for text in written)
    assert not any("a word for the post" in text for text in written)

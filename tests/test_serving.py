"""The production server: it says where it is, answers, and stops when it is told to."""

import signal
import socket
import subprocess
import sys
import threading
import urllib.request
from dataclasses import replace

import pytest

from fieldlog.services.deliver_mails import deliver_mails
from fieldlog.services.run_timed_sends import run_timed_sends
from fieldlog.services.tidy_up import tidy_up
from fieldlog.serving import MAIL, TIDYING, TIMED_SENDS, CannotServe, Round, again_and_again, serve

PROGRAM = """
import sys
from pathlib import Path
from fieldlog.app import create_app
from fieldlog.config import Config
from fieldlog.serving import serve

serve(create_app(Config(Path(sys.argv[1]), "a key for tests")), "127.0.0.1", 0, print)
"""


@pytest.fixture
def server(instance, cast):
    process = subprocess.Popen(
        [sys.executable, "-u", "-c", PROGRAM, str(instance)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    yield process
    process.kill()
    process.communicate()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_says_where_it_is_and_stops_cleanly(server, number):
    said = server.stdout.readline()
    address = said.split()[3]
    with urllib.request.urlopen(f"{address}/health", timeout=20) as answer:
        assert answer.status == 200
        assert "Server" not in answer.headers
    server.send_signal(number)
    rest, _ = server.communicate(timeout=20)
    assert server.returncode == 0
    assert rest == "fieldlog has stopped.\n"


def test_a_port_that_is_taken_is_said_with_another_to_try(app):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(CannotServe, match=f"Port {port} is in use .* --port {port + 1}"):
            serve(app, "127.0.0.1", port, lambda _: None)


@pytest.mark.parametrize(
    ("host", "port"), [("203.0.113.9", 5209), ("no such host", 5209), ("127.0.0.1", 99_999)]
)
def test_an_address_that_is_not_ours_is_said(app, host, port):
    with pytest.raises(CannotServe, match="Check the host and the port"):
        serve(app, host, port, lambda _: None)


class TestRounds:
    """What is done again and again beside the pages: mail goes out, timed sends run."""

    @pytest.fixture
    def around(self, app):
        return app.extensions["fieldlog"]

    @pytest.mark.parametrize("one", [MAIL, TIMED_SENDS, TIDYING], ids=lambda one: one.name)
    def test_it_is_done_while_the_server_serves(self, around, one):
        done = threading.Event()
        given = []

        def noted(db, settings, instance, *, clock, stop):
            given.append((db.execute("SELECT 1").fetchone(), settings, instance, clock(), stop()))
            done.set()

        with again_and_again(replace(one, do=noted, seconds=0.01), around):
            assert done.wait(20)
        config = around.config
        assert given[0] == ((1,), config.mail, config.instance, around.clock(), False)
        assert one.name not in {thread.name for thread in threading.enumerate()}

    def test_it_is_told_to_stop(self, around):
        begun, told = threading.Event(), []

        def until_told(*_args, stop, **_named):
            begun.set()
            while not stop():
                pass
            told.append(stop())

        with again_and_again(Round("mail", until_told, 0.01), around):
            assert begun.wait(20)
        assert told == [True]

    def test_a_mistake_does_not_end_it(self, around, caplog):
        tried = threading.Semaphore(0)

        def fails(*_args, **_named):
            tried.release()
            raise OSError("no room")

        with again_and_again(replace(MAIL, do=fails, seconds=0.01), around):
            assert tried.acquire(timeout=20)
            assert tried.acquire(timeout=20)
        assert "The round of mail met an error" in caplog.text

    def test_mail_timed_sends_and_tidying_are_what_is_done(self):
        done = [one.do for one in (MAIL, TIMED_SENDS, TIDYING)]
        assert done == [deliver_mails, run_timed_sends, tidy_up]

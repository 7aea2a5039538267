"""The production server: it says where it is, answers, and stops when it is told to."""

import signal
import socket
import subprocess
import sys
import threading
import urllib.request

import pytest

from fieldlog.serving import CannotServe, delivering_mail, sending_on_time, serve

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


class TestMail:
    def test_what_waits_goes_out_while_it_serves(self, app, monkeypatch):
        gone = threading.Event()
        settled = []

        def delivered(db, settings, instance, *, clock, stop):
            settled.append((settings, instance, clock(), stop()))
            gone.set()

        monkeypatch.setattr("fieldlog.serving.SECONDS_BETWEEN_DELIVERIES", 0.01)
        monkeypatch.setattr("fieldlog.serving.deliver_mails", delivered)
        around = app.extensions["fieldlog"]
        with delivering_mail(around):
            assert gone.wait(20)
        config = around.config
        assert settled[0] == (config.mail, config.instance, around.clock(), False)
        assert "mail" not in {thread.name for thread in threading.enumerate()}

    def test_a_mistake_does_not_end_it(self, app, monkeypatch, caplog):
        tried = threading.Semaphore(0)

        def fails(*_args, **_named):
            tried.release()
            raise OSError("no room")

        monkeypatch.setattr("fieldlog.serving.SECONDS_BETWEEN_DELIVERIES", 0.01)
        monkeypatch.setattr("fieldlog.serving.deliver_mails", fails)
        with delivering_mail(app.extensions["fieldlog"]):
            assert tried.acquire(timeout=20)
            assert tried.acquire(timeout=20)
        assert "Mail could not be delivered" in caplog.text


def test_what_is_due_goes_out_while_it_serves(app, monkeypatch):
    run = threading.Event()

    def ran(_db, settings, instance, *, clock, stop):
        assert (settings, instance) == (around.config.mail, around.config.instance)
        assert not stop()
        run.set()

    around = app.extensions["fieldlog"]
    monkeypatch.setattr("fieldlog.serving.SECONDS_BETWEEN_TIMED_SENDS", 0.01)
    monkeypatch.setattr("fieldlog.serving.run_timed_sends", ran)
    with sending_on_time(around):
        assert run.wait(20)
    assert "timed sends" not in {thread.name for thread in threading.enumerate()}

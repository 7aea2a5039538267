"""Serve the application with waitress until somebody stops it."""

import errno
import logging
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

from flask import Flask
from waitress.server import create_server

from fieldlog.services.deliver_mails import deliver_mails
from fieldlog.services.describe_database import demonstration_sign_ins
from fieldlog.services.run_timed_sends import run_timed_sends
from fieldlog.services.smtp import TIMEOUT
from fieldlog.services.tidy_up import tidy_up
from fieldlog.store.connection import StoreError
from fieldlog.web.surroundings import Surroundings

THREADS = 8
MOST_CONNECTIONS = 2_000
LARGEST_BODY = 64 * 1024 * 1024

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Round:
    """What is done again and again beside the pages, with so many ``seconds`` between.

    ``do`` is a service that takes the database, the settings of mail and the instance folder, and
    by name ``clock`` and ``stop``.
    """

    name: str
    do: Callable[..., object]
    seconds: float


# A thread each: mail must not wait while a timed send writes its file.
MAIL = Round("mail", deliver_mails, 10)
TIMED_SENDS = Round("timed sends", run_timed_sends, 20)
TIDYING = Round("tidying", tidy_up, 600)


class CannotServe(Exception):
    """The address cannot be listened on; the message says what to do."""


def serve(app: Flask, host: str, port: int, say: Callable[[str], None]) -> None:
    """Answer requests on ``host`` and ``port`` until Ctrl-C or SIGTERM, then end cleanly.

    ``say`` is told the address and, of a demonstration, the sign-ins, once requests are answered.
    ``port`` 0 takes a free one. Raises CannotServe.
    """
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    for chatty in ("waitress", "waitress.queue", "werkzeug"):
        logging.getLogger(chatty).setLevel(logging.ERROR)
    listening = _listening(host, port)
    server = create_server(
        app,
        sockets=[listening],
        threads=THREADS,
        # Many slow phones must not keep the others out.
        connection_limit=MOST_CONNECTIONS,
        max_request_body_size=LARGEST_BODY,
        # Forwarded addresses are believed only where the settings say who forwards.
        clear_untrusted_proxy_headers=not _surroundings(app).config.trusted_proxies,
        ident=None,
    )
    around = _surroundings(app)
    with (
        _stopped_by_sigterm(),
        again_and_again(MAIL, around),
        again_and_again(TIMED_SENDS, around),
        again_and_again(TIDYING, around),
    ):
        _announce(app, host, listening.getsockname()[1], say)
        server.run()
    server.close()
    say("fieldlog has stopped.")


def _listening(host: str, port: int) -> socket.socket:
    # getaddrinfo takes 99999 modulo 65536.
    if port not in range(65_536):
        raise CannotServe(_advice(ValueError("there is no such port"), host, port))
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, _, _, _, address = found[0]
        return socket.create_server(address[:2], family=family)
    except OSError as error:
        raise CannotServe(_advice(error, host, port)) from error


def _announce(app: Flask, host: str, port: int, say: Callable[[str], None]) -> None:
    shown = f"[{host}]" if ":" in host else host
    say(f"fieldlog is at http://{shown}:{port} (Ctrl-C stops it)")
    try:
        sign_ins = demonstration_sign_ins(_surroundings(app).connections.get())
    except StoreError as error:
        say(str(error))
        return
    if sign_ins:
        say("This is a demonstration. Sign in with")
        for each in sign_ins:
            who = f"{each.name}, {each.role.lower()}"
            say(f"  {each.username:<6} password {each.password}   ({who})")


def _surroundings(app: Flask) -> Surroundings:
    surroundings: Surroundings = app.extensions["fieldlog"]
    return surroundings


@contextmanager
def again_and_again(one: Round, around: Surroundings) -> Iterator[None]:
    """Do a round every few seconds for the length of the block, in one thread of its own."""
    stop = threading.Event()

    def until_stopped() -> None:
        config = around.config
        while not stop.wait(one.seconds):
            try:
                db = around.connections.get()
                one.do(db, config.mail, config.instance, clock=around.clock, stop=stop.is_set)
            except Exception:
                # The next round may fare better; the pages must go on being served either way.
                log.exception("The round of %s met an error", one.name)

    thread = threading.Thread(target=until_stopped, name=one.name, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        # A message that is leaving is let go, so that nobody has to ask whether it arrived.
        thread.join(TIMEOUT)


def _advice(error: Exception, host: str, port: int) -> str:
    number = error.errno if isinstance(error, OSError) else None
    if number == errno.EADDRINUSE:
        return (
            f"Port {port} is in use by another program. Stop that one, or choose another port: "
            f"fieldlog serve --port {port + 1}"
        )
    if number == errno.EACCES:
        return f"Port {port} is reserved for the system. Choose one above 1024."
    return f"fieldlog cannot listen on {host}, port {port}: {error}. Check the host and the port."


@contextmanager
def _stopped_by_sigterm() -> Iterator[None]:
    """Let SIGTERM end the server as Ctrl-C does: requests under way are answered first."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise SystemExit(0)

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)

"""A real fieldlog server on a demonstration, and real browsers to use it with."""

import atexit
import json
import os
import shutil
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from secrets import randbelow
from tempfile import mkdtemp
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect

from tests.browser.meddling import Relay

REPOSITORY = Path(__file__).resolve().parents[2]
AXE = REPOSITORY / "tests" / "setup" / "node_modules" / "axe-core" / "axe.min.js"
PHONE = {"width": 360, "height": 740}
LAPTOP = {"width": 1280, "height": 800}

SOON = 30_000
"""Milliseconds: long enough for a slow machine, and never waited for in full when all is well."""

expect.set_options(timeout=SOON)


@dataclass(frozen=True)
class Server:
    """A running fieldlog: where its files are and where it answers."""

    instance: Path
    address: str

    def command(self, *arguments: str, typed: str = "") -> str:
        """Run ``fieldlog`` on the same instance folder and return what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", "fieldlog", *arguments],
            env=environment(self.instance),
            input=typed,
            check=True,
            capture_output=True,
            text=True,
            timeout=120,
        )
        return done.stdout

    def tally(self, *arguments: str) -> dict[str, Any]:
        """Return the JSON of ``fieldlog tally``."""
        found: dict[str, Any] = json.loads(self.command("tally", *arguments, "--format", "json"))
        return found


def environment(instance: Path) -> dict[str, str]:
    return {**os.environ, "FIELDLOG_INSTANCE": str(instance)}


def free_port() -> int:
    """Return a port that stays free while its server is stopped.

    It lies below those that the system gives to outgoing connections.
    """
    while True:
        port = 20_000 + randbelow(12_000)
        with socket.socket() as found, suppress(OSError):
            found.bind(("127.0.0.1", port))
            return port


@cache
def demonstration() -> Path:
    """An instance folder with the demonstration, made once by ``fieldlog`` and only ever copied."""
    folder = Path(mkdtemp(prefix="fieldlog-demonstration-"))
    atexit.register(shutil.rmtree, folder)
    made = Server(folder, "")
    made.command("init")
    made.command("demo", "--if-empty")
    return folder


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """``fieldlog serve`` on a fresh demonstration, the way ``make run`` starts it.

    One for each file: what one file logs tonight would be counted by another.
    """
    instance = tmp_path_factory.mktemp("instance")
    port = free_port()
    running = Server(instance, f"http://127.0.0.1:{port}")
    shutil.copytree(demonstration(), instance, dirs_exist_ok=True)
    with subprocess.Popen(
        [sys.executable, "-m", "fieldlog", "serve", "--port", str(port)],
        env=environment(instance),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        assert process.stdout is not None
        if not any(running.address in line for line in iter(process.stdout.readline, "")):
            raise RuntimeError("fieldlog serve stopped before it said its address")
        urllib.request.urlopen(f"{running.address}/health", timeout=30).close()
        yield running
        process.terminate()
        process.communicate(timeout=30)


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """Debian's Chromium, without a screen."""
    browser = playwright.chromium.launch(
        executable_path="/usr/bin/chromium",
        args=["--no-sandbox", "--disable-background-networking", "--no-first-run"],
    )
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def line(server: Server) -> Iterator[Relay]:
    """What lies between the phones of a module and the server."""
    one = Relay(server.address)
    yield one
    one.close()


@pytest.fixture
def relay(line: Relay) -> Iterator[Relay]:
    """What a phone speaks through; honest again after each test."""
    yield line
    line.meddle = None


OpenWindow = Callable[..., Page]


@pytest.fixture
def open_window(chromium: Browser, server: Server) -> Iterator[OpenWindow]:
    """``open_window(size, scheme)`` is a page in a browser of its own that knows nobody."""
    contexts: list[BrowserContext] = []

    def open_one(size: dict[str, int], scheme: str = "light", **more: Any) -> Page:
        context = chromium.new_context(
            base_url=server.address,
            viewport=size,
            color_scheme=scheme,
            locale="en-GB",
            timezone_id="Europe/London",
            **more,
        )
        context.set_default_timeout(SOON)
        contexts.append(context)
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()


def sign_in(page: Page, username: str) -> None:
    """Sign in as somebody of the demonstration."""
    page.goto("/sign-in")
    page.get_by_label("User name").fill(username)
    page.get_by_label("Password", exact=True).fill("demonstration")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda address: "/sign-in" not in address)


def findings(page: Page, only: list[str] | None = None) -> list[str]:
    """Return what axe finds on the page as it is now, by all its rules or ``only`` some."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    rules = {"runOnly": only} if only else {}
    report = page.evaluate(
        "how => axe.run(document, how)", {"resultTypes": ["violations"], **rules}
    )
    return [
        f"{found['id']}: {found['help']} at {[node['target'] for node in found['nodes']]}"
        for found in report["violations"]
    ]


def scrolls_sideways(page: Page) -> bool:
    """Say whether the page itself is wider than its window."""
    width = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    return bool(width[0] > width[1])

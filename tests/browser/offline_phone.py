"""A phone in a browser, and a server that a test can stop and start again on the same port."""

import re
import shutil
import sqlite3
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from fieldlog.store.connection import database_path
from tests.browser.conftest import SOON, Server, demonstration, environment, free_port, sign_in
from tests.browser.meddling import Reply

IN_STORE = """async ([table, change, key]) => {
  const open = indexedDB.open("fieldlog");
  const db = await new Promise((done) => { open.onsuccess = () => done(open.result); });
  const rows = db.transaction(table, change ? "readwrite" : "readonly").objectStore(table);
  const asked = change ? rows.put(change, key) : rows.getAll();
  const found = await new Promise((done) => { asked.onsuccess = () => done(asked.result); });
  db.close();
  return table === "keys" ? found.length : found;
}"""


class Stoppable:
    """``fieldlog serve`` on one instance folder and one port, running or not."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.server = Server(folder, f"http://127.0.0.1:{self.port}")
        shutil.copytree(demonstration(), folder, dirs_exist_ok=True)
        self.process: subprocess.Popen[str] | None = None

    def command(self) -> list[str]:
        return [sys.executable, "-m", "fieldlog", "serve", "--port", str(self.port)]

    def start(self) -> None:
        """Start it and return when it answers."""
        self.process = subprocess.Popen(
            self.command(),
            env=environment(self.server.instance),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert self.process.stdout is not None
        said = []
        for line in self.process.stdout:
            said.append(line)
            if self.server.address in line:
                break
        else:
            raise RuntimeError(f"fieldlog serve stopped before it answered: {''.join(said)}")
        urllib.request.urlopen(f"{self.server.address}/health", timeout=30).close()

    def stop(self) -> None:
        """Stop it; nothing answers on its port then."""
        if self.process:
            self.process.terminate()
            self.process.communicate(timeout=30)
            self.process = None


def stored(server: Server, like: str) -> list[str]:
    """Return the notes of the entries in force that begin with ``like``, sorted."""
    db = sqlite3.connect(f"file:{database_path(server.instance)}?mode=ro", uri=True)
    query = "SELECT notes FROM entries_in_force WHERE notes LIKE ? AND NOT struck ORDER BY notes"
    found = [notes for (notes,) in db.execute(query, [f"{like}%"])]
    db.close()
    return found


def arrived(server: Server) -> int:
    """Return how many entries in force came from phones."""
    db = sqlite3.connect(f"file:{database_path(server.instance)}?mode=ro", uri=True)
    query = "SELECT count(*) FROM entries_in_force WHERE id IN (SELECT entry_id FROM arrivals)"
    (found,) = db.execute(query).fetchone()
    db.close()
    return int(found)


def make_ready(page: Page, username: str) -> None:
    """Sign in and wait until fieldlog opens from the phone itself."""
    sign_in(page, username)
    page.wait_for_selector("html[data-phone-ready=yes]", timeout=SOON)


def log_note(page: Page, notes: str) -> None:
    """Log a patrol note and wait until the phone says that it has it."""
    page.goto("/entries/new/patrol-note")
    page.get_by_label("Notes").fill(notes)
    page.get_by_role("button", name="Save").click()
    expect(page.locator("[data-phone=saved]")).to_contain_text(
        re.compile("Saved on this phone|Sent")
    )


def send(page: Page) -> None:
    """Do what the return of the network does."""
    page.evaluate("dispatchEvent(new Event('online'))")


def unsent(page: Page) -> Locator:
    """What the header says is not sent."""
    return page.locator("[data-unsent]")


def expect_all_sent(page: Page) -> None:
    expect(unsent(page)).to_contain_text("All sent")


def no_sync(path: str, headers: dict[str, str], pass_on: Callable[[], Reply]) -> Reply | None:
    """A server that takes nothing in, but what a test posts by hand."""
    return None if path == "/api/sync" and headers.get("By") != "hand" else pass_on()


def nothing(_path: str, _headers: dict[str, str], _pass_on: Callable[[], Reply]) -> None:
    """No network at all."""


def in_store(page: Page, table: str, change: object = None, key: object = None) -> list[dict]:
    found: list[dict] = page.evaluate(IN_STORE, [table, change, key])
    return found

"""The real pages that tests of modules open: ``python -m tests.js.pages FOLDER`` writes them.

They are the demonstration's at 21:40 on Saturday 5 December 2020, each in a file named by its
address, beside what the server answers there to a phone.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from argon2 import PasswordHasher
from flask import Flask
from werkzeug.test import TestResponse

from fieldlog.app import create_app
from fieldlog.demonstration.names import PASSWORD
from fieldlog.services import export_apart, work_apart
from fieldlog.services.load_demonstration import load_demonstration
from fieldlog.services.open_database import initialise
from fieldlog.services.passwords import Passwords
from fieldlog.services.work_apart import Progress, doing
from fieldlog.store.connection import connect, database_path
from fieldlog.web.shells import shells
from tests.conftest import LATE_THAT_NIGHT, tests_config
from tests.web.browser import Browser
from tests.web.thumb import Thumb

NOW = LATE_THAT_NIGHT + timedelta(seconds=3)
ASHA = (
    *("/tonight", "/tasks", "/plus-one", "/account", "/entries/new/premises-visit"),
    *("/api/briefing", "/api/premises"),
)
BEN = ("/entries/new/notice",)
CORA = ("/tallies", "/periods?period=night&from=2020-12-05")


class NeverDone:
    """A process that goes on for as long as anybody looks."""

    def wait(self) -> int:
        return 0


class Pages:
    """The pages of one application, written into ``folder``."""

    def __init__(self, app: Flask, folder: Path) -> None:
        self.app = app
        self.folder = folder

    def signed_in(self, username: str | None = None) -> Browser:
        browser = self.app.test_client()
        assert isinstance(browser, Browser)
        if username:
            said = {"username": username, "password": PASSWORD}
            assert browser.post("/sign-in", data=said).status_code == 302
        return browser

    def keep(self, browser: Browser, *addresses: str, name: str = "") -> None:
        """Keep what stands at each address, or at the one address under another name."""
        for address in addresses:
            answer = browser.get(address)
            assert answer.status_code == 200, f"{address}: {answer.status}"
            self.write(name or address, answer)

    def write(self, name: str, answer: TestResponse) -> None:
        (self.folder / quote(name, safe="")).write_bytes(answer.data)


@contextmanager
def demonstration() -> Iterator[Flask]:
    """The application over a demonstration of its own."""
    cheap = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    with TemporaryDirectory() as instance:
        initialise(Path(instance))
        db = connect(database_path(Path(instance)))
        load_demonstration(db, now=NOW, passwords=cheap)
        db.close()
        app = create_app(tests_config(Path(instance)), clock=lambda: NOW, passwords=cheap)
        app.test_client_class = Browser
        yield app


def keep_under_way(pages: Pages, cora: Browser, instance: Path) -> None:
    """An export that is half written, further on, and over."""
    export_apart.LONG = 1
    work_apart.SECONDS_BETWEEN_WORDS = 0
    work_apart.launch = lambda *_: NeverDone()  # type: ignore[assignment]
    address = cora.post("/nights/2/workbook").location
    assert address
    with doing(instance / "work" / address.rpartition("/")[2]) as work:
        for done in (42_000, 84_000):
            work.tell(Progress("Writing rows", done, 100_000))
            pages.keep(cora, address, name=f"/exports/under-way/{done}")
    pages.keep(cora, address, name="/exports/under-way/over")


def keep_live(pages: Pages, cora: Browser, asha: Browser) -> None:
    """A night that is watched, what its page is told after one more entry, and its undo."""
    pages.keep(cora, "/nights/2/live")
    thumb = Thumb(asha)
    thumb.open("/entries/new/premises-visit")
    thumb.type(place="The Watched Corner")
    saved = thumb.save().location
    assert saved
    pages.keep(cora, "/api/live?deployment=2")
    pages.keep(asha, saved, name="/tonight/saved")


def main(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    with demonstration() as app:
        pages = Pages(app, folder)
        with app.test_request_context():
            kept = shells()
        nobody, asha, ben, cora = map(pages.signed_in, (None, "asha", "ben", "cora"))
        pages.keep(nobody, *kept, "/sw.js", "/phone", "/sign-in")
        pages.write("/sign-in/refused", nobody.post("/sign-in", data={"username": "asha"}))
        pages.keep(asha, *ASHA)
        pages.keep(ben, *BEN)
        pages.keep(cora, *CORA)
        keep_under_way(pages, cora, Path(app.instance_path))
        keep_live(pages, cora, asha)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

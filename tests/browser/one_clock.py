"""A server and browsers that go by one clock, which stands still until a test sets it.

So a night that a test plays is the same night whenever the test runs.
"""

import sys
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext

from fieldlog.app import create_app
from fieldlog.config import from_environment
from fieldlog.core.night import from_uk, from_utc_text, utc_text
from fieldlog.serving import serve
from tests.browser.offline_phone import Stoppable

PATIENCE = 90_000
"""Milliseconds: four browsers and a workbook at once take their time on a busy machine."""

MORNING = time(12)
"""What UK clocks show before it belongs to the day after the night began."""


class ServerOnTheClock(Stoppable):
    """``fieldlog serve`` with the clock of a night, and the browsers that go by it."""

    def __init__(self, folder: Path, night: date) -> None:
        super().__init__(folder)
        self.night = night
        self.clock = folder / "clock"
        self.contexts: list[BrowserContext] = []

    def command(self) -> list[str]:
        return [sys.executable, "-m", "tests.browser.one_clock", str(self.port), str(self.clock)]

    def open(self, chromium: Browser, **how: object) -> BrowserContext:
        """Return a new context that goes by the clock."""
        context = chromium.new_context(locale="en-GB", timezone_id="Europe/London", **how)
        context.set_default_timeout(PATIENCE)
        self.contexts.append(context)
        context.clock.set_fixed_time(self.now())
        return context

    def now(self) -> datetime:
        return told(self.clock)

    def at(self, clock: str) -> None:
        """Set every clock to ``21:40`` of the night, ``02:00`` of the morning after."""
        shown = time.fromisoformat(clock)
        moment = from_uk(self.night + timedelta(days=shown < MORNING), shown)
        # Whole or not at all: the server may look at this very moment.
        written = self.clock.with_suffix(".new")
        written.write_text(utc_text(moment), encoding="ascii")
        written.rename(self.clock)
        for context in self.contexts:
            context.clock.set_fixed_time(moment)

    def close(self) -> None:
        for context in self.contexts:
            context.close()
        self.stop()


def told(clock: Path) -> datetime:
    return from_utc_text(clock.read_text(encoding="ascii"))


def main(port: str, clock: str) -> None:
    app = create_app(from_environment(), lambda: told(Path(clock)))
    serve(app, "127.0.0.1", int(port), partial(print, flush=True))


if __name__ == "__main__":
    main(*sys.argv[1:])

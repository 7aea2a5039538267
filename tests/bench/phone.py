"""The phone's own times, in Chromium with the real service worker, and what Lighthouse says.

*Tap to kept* is from the tap on Save until the record is in IndexedDB for good, with the processor
slowed to a quarter as well. *Cold start* opens a closed browser with the server stopped, until the
officer's name is on the screen. *First load* is what a phone without anything kept fetches to show
the page after signing in.
"""

import json
import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import BrowserContext, Page, Playwright, expect, sync_playwright

from tests.bench.measuring import Figure
from tests.browser.conftest import PHONE, sign_in
from tests.browser.offline_phone import Stoppable, make_ready

HERE = Path(__file__).parent / "lighthouse"
CHROMIUM = "/usr/bin/chromium"
SAVES, STARTS = 15, 5

TIMED = """() => {
  const root = document.documentElement;
  const button = document.querySelector("[data-sending]");
  let tapped;
  button.addEventListener("click", () => { tapped = performance.now(); }, { capture: true });
  new MutationObserver(() => {
    if (root.dataset.saved) sessionStorage.took = performance.now() - tapped;
  }).observe(root, { attributes: true });
}"""


def run() -> list[Figure]:
    """Measure loads, taps and starts, then let Lighthouse look at the first and the main page."""
    found: list[Figure] = []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        stoppable = Stoppable(Path(folder) / "instance")
        stoppable.start()
        address = stoppable.server.address
        try:
            found.append(_first_load(playwright, Path(folder) / "new", address))
            with _handset(playwright, Path(folder) / "phone", address) as context:
                make_ready(context.pages[0], "asha")
                found += _taps(context)
                cookie = context.cookies()[0]
            found += _lighthouse(address, f"{cookie['name']}={cookie['value']}")
            stoppable.stop()
            found.append(_cold_starts(playwright, Path(folder) / "phone", address))
        finally:
            stoppable.stop()
    return found


@contextmanager
def _handset(playwright: Playwright, folder: Path, address: str) -> Iterator[BrowserContext]:
    context = playwright.chromium.launch_persistent_context(
        str(folder),
        executable_path=CHROMIUM,
        args=["--no-sandbox"],
        base_url=address,
        viewport={"width": PHONE["width"], "height": PHONE["height"]},
    )
    yield context
    context.close()


def _first_load(playwright: Playwright, folder: Path, address: str) -> Figure:
    """Bytes on the wire for the page after signing in, nothing kept and no worker at work."""
    with _handset(playwright, folder, address) as context:
        page = context.pages[0]
        sign_in(page, "asha")
        line = context.new_cdp_session(page)
        sizes: list[float] = []
        line.send("Network.enable")
        line.send("Network.setCacheDisabled", {"cacheDisabled": True})
        line.send("Network.setBypassServiceWorker", {"bypass": True})
        line.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
        page.goto("/tonight", wait_until="networkidle")
        return Figure("first load of Tonight on the wire", sum(sizes) / 1024, "KB", 60)


def _taps(context: BrowserContext) -> list[Figure]:
    found = []
    page = context.pages[0]
    line = context.new_cdp_session(page)
    for slower, words in ((1, ""), (4, ", processor four times slower")):
        line.send("Emulation.setCPUThrottlingRate", {"rate": slower})
        times = [_tap(page) for _ in range(SAVES)]
        found.append(Figure(f"tap to kept{words}", median(times), "ms", 100))
    line.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    return found


def _tap(page: Page) -> float:
    page.goto("/entries/new/encounter")
    page.get_by_label("People spoken to").fill("3")
    page.wait_for_selector("[data-sending]:enabled")
    page.evaluate(TIMED)
    page.get_by_role("button", name="Save").click()
    # The page goes on to Tonight by itself as soon as the record is kept.
    page.wait_for_selector("[data-phone=saved]:visible")
    return float(page.evaluate("sessionStorage.took"))


def _cold_starts(playwright: Playwright, folder: Path, address: str) -> Figure:
    times = []
    for _ in range(STARTS):
        with _handset(playwright, folder, address) as context:
            page = context.pages[0]
            page.goto("/tonight", wait_until="commit")
            expect(page.locator("[data-phone=who]")).to_contain_text("Asha Reed")
            times.append(float(page.evaluate("performance.now()")))
    return Figure("cold start without a server", median(times) / 1_000, "s", 2)


def _lighthouse(address: str, cookie: str) -> list[Figure]:
    """The three mobile scores of the first page and of Tonight."""
    goals = {"performance": 95, "accessibility": 100, "best-practices": 100}
    found = []
    for path, headers in (("/sign-in", {}), ("/tonight", {"Cookie": cookie})):
        report = _report(address + path, headers)
        for name, goal in goals.items():
            score = report["categories"][name]["score"] * 100
            found.append(Figure(f"Lighthouse {name} of {path}", score, "of 100", goal))
    return found


def _report(url: str, headers: dict[str, str]) -> dict[str, Any]:
    done = subprocess.run(
        [
            *(str(HERE / "node_modules" / ".bin" / "lighthouse"), url),
            *("--quiet", "--output=json", f"--extra-headers={json.dumps(headers)}"),
            "--only-categories=performance,accessibility,best-practices",
            "--chrome-flags=--headless=new --no-sandbox",
        ],
        env={**os.environ, "CHROME_PATH": CHROMIUM},
        check=True,
        capture_output=True,
        text=True,
        timeout=300,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found

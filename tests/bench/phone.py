"""The phone's own times, in Chromium with the real service worker, and what Lighthouse says.

*Tap to kept* is from the tap on Save until the button says that the record is kept for good, with
the processor slowed to a quarter as well. *Cold start* opens a closed browser with the server
stopped, until the officer's name is on the screen. *First load* is what a phone without anything
kept fetches to show the page after signing in; *all that is kept* is what makes it work without a
network from then on.
"""

import json
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page, Playwright, expect, sync_playwright

from tests.bench.measuring import Figure
from tests.browser.conftest import PHONE, free_port, sign_in
from tests.browser.offline_phone import Stoppable, make_ready

HERE = Path(__file__).parent / "lighthouse"
CHROMIUM = "/usr/bin/chromium"
SAVES, STARTS = 15, 5

TIMED = """() => {
  const button = document.querySelector("[data-sending]");
  let tapped;
  button.addEventListener("click", () => { tapped = performance.now(); }, { capture: true });
  new MutationObserver(() => {
    if (button.textContent.startsWith("Saved")) sessionStorage.took = performance.now() - tapped;
  }).observe(button, { childList: true });
}"""


FETCHED = "path => fetch(path, { cache: 'no-store' }).then((answer) => answer.text())"
KEPT = """async () => {
  const [name] = (await caches.keys()).filter((one) => one !== "fieldlog-ready");
  const asked = await (await caches.open(name)).keys();
  return asked.map(({ url }) => url.slice(location.origin.length));
}"""


def run() -> list[Figure]:
    """Measure loads, taps and starts, then let Lighthouse look at the first and the main page."""
    found: list[Figure] = []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        stoppable = Stoppable(Path(folder) / "instance")
        stoppable.start()
        address = stoppable.server.address
        try:
            found += _loads(playwright, Path(folder) / "new", address)
            with _handset(playwright, Path(folder) / "phone", address) as context:
                make_ready(context.pages[0], "asha")
                found += _taps(context)
            found += _lighthouse(playwright, Path(folder) / "looked-at", address)
            stoppable.stop()
            found.append(_cold_starts(playwright, Path(folder) / "phone", address))
        finally:
            stoppable.stop()
    return found


@contextmanager
def _handset(
    playwright: Playwright, folder: Path, address: str, *flags: str
) -> Iterator[BrowserContext]:
    context = playwright.chromium.launch_persistent_context(
        str(folder),
        executable_path=CHROMIUM,
        args=["--no-sandbox", *flags],
        base_url=address,
        viewport={"width": PHONE["width"], "height": PHONE["height"]},
    )
    yield context
    context.close()


def _loads(playwright: Playwright, folder: Path, address: str) -> list[Figure]:
    """Bytes on the wire, heads of answers and all, with nothing kept and no worker at work."""
    with _handset(playwright, folder, address) as context:
        page = context.pages[0]
        sign_in(page, "asha")
        page.wait_for_selector("html[data-phone-ready=yes]")
        kept = page.evaluate(KEPT)
        line = context.new_cdp_session(page)
        paths: dict[str, str] = {}
        sizes: dict[str, float] = {}
        line.send("Network.enable")
        line.send("Network.setCacheDisabled", {"cacheDisabled": True})
        line.send("Network.setBypassServiceWorker", {"bypass": True})
        line.on("Network.requestWillBeSent", lambda one: paths.update(_asked(one)))
        line.on(
            "Network.loadingFinished",
            lambda one: sizes.update({paths[one["requestId"]]: one["encodedDataLength"]}),
        )
        page.goto("/tonight", wait_until="networkidle")
        first = [size for path, size in sizes.items() if not path.startswith("/api/")]
        for path in (*kept, "/sw.js", "/api/briefing", "/api/premises"):
            page.evaluate(FETCHED, path)
        page.wait_for_load_state("networkidle")
        return [
            Figure("first load of Tonight on the wire", sum(first) / 1024, "KB", 60),
            Figure("all that is kept, on the wire", sum(sizes.values()) / 1024, "KB", 250),
        ]


def _asked(request: dict[str, Any]) -> dict[str, str]:
    url = urlsplit(request["request"]["url"])
    return {request["requestId"]: f"{url.path}?{url.query}"}


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


def _lighthouse(playwright: Playwright, folder: Path, address: str) -> list[Figure]:
    """The three mobile scores of the first page, and of Tonight once somebody has signed in.

    The sign-in is the browser's own: a cookie that is only handed to Lighthouse is not sent
    any more as soon as the page sets one of its own.
    """
    port = free_port()
    with _handset(playwright, folder, address, f"--remote-debugging-port={port}") as context:
        found = _scores(address, "/sign-in", port)
        page = context.pages[0]
        sign_in(page, "asha")
        page.goto("about:blank")
        return found + _scores(address, "/tonight", port)


def _scores(address: str, path: str, port: int) -> list[Figure]:
    goals = {"performance": 95, "accessibility": 100, "best-practices": 100}
    scores = {name: found["score"] for name, found in _report(address + path, port).items()}
    return [
        Figure(f"Lighthouse {name} of {path}", scores[name] * 100, "of 100", goal)
        for name, goal in goals.items()
    ]


def _report(url: str, port: int) -> dict[str, Any]:
    """Lighthouse's categories of a page in the browser that listens on ``port``.

    Lighthouse empties what workers and caches hold before it looks; cookies stay.
    """
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        subprocess.run(
            [
                *(str(HERE / "node_modules" / ".bin" / "lighthouse"), url),
                *("--quiet", "--output=json", f"--output-path={file.name}", f"--port={port}"),
                "--only-categories=performance,accessibility,best-practices",
            ],
            check=True,
            capture_output=True,
            timeout=300,
        )
        found: dict[str, Any] = json.load(file)["categories"]
    return found

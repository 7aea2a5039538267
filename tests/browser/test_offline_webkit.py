"""The night without a server in a third engine: WebKit, the family of the iPhone's browser."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException, TimeoutException
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from tests.browser.offline_phone import Stoppable, stored

PATIENCE = 60

# Selenium warns about the way its own driver for WebKitGTK connects.
pytestmark = pytest.mark.filterwarnings("ignore:setting remote_server_addr:DeprecationWarning")


@pytest.fixture
def stoppable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stoppable]:
    one = Stoppable(tmp_path_factory.mktemp("webkit"))
    yield one
    one.stop()


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A screen that nobody sees: this browser does not start without one."""
    reading, writing = os.pipe()
    xvfb = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "800x900x24", "-nolisten", "tcp"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading, encoding="ascii") as said:
        monkeypatch.setenv("DISPLAY", f":{said.readline().strip()}")
    yield
    xvfb.terminate()
    xvfb.wait(timeout=30)


class WebKit:
    """WebKitGTK's own small browser, driven."""

    def __init__(self, address: str) -> None:
        self.address = address
        options = webdriver.WebKitGTKOptions()
        browsers = Path("/usr/lib").glob("*/webkit2gtk-*/MiniBrowser")
        options.binary_location = str(next(browsers))
        options.add_argument("--automation")
        service = webdriver.WebKitGTKService("/usr/bin/WebKitWebDriver")
        self.driver = webdriver.WebKitGTK(options=options, service=service)

    def open(self, path: str) -> None:
        self.driver.get(self.address + path)

    def find(self, selector: str) -> list[webdriver.remote.webelement.WebElement]:
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def wait(self, selector: str, text: str = "") -> None:
        """Wait until something is there and says ``text``."""
        waiting = WebDriverWait(
            self.driver, PATIENCE, ignored_exceptions=[StaleElementReferenceException]
        )
        try:
            waiting.until(lambda _driver: any(text in one.text for one in self.find(selector)))
        except TimeoutException as late:
            page = self.driver.page_source
            raise AssertionError(
                f"no {selector} with {text!r} at {self.driver.current_url}\n{page}"
            ) from late

    def type(self, selector: str, text: str) -> None:
        self.find(selector)[0].send_keys(text)

    def press(self, selector: str) -> None:
        self.find(selector)[0].click()


@pytest.fixture
def webkit(screen: None, stoppable: Stoppable) -> Iterator[WebKit]:
    stoppable.start()
    one = WebKit(stoppable.server.address)
    yield one
    one.driver.quit()


def log_note(webkit: WebKit, notes: str) -> None:
    webkit.open("/entries/new/patrol-note")
    webkit.wait("[data-sending]:enabled")
    webkit.type("#notes", notes)
    webkit.press("[data-sending]")
    webkit.wait("[data-phone=saved]", "Saved on this phone")


def test_eleven_entries_arrive_once_from_webkit(webkit: WebKit, stoppable: Stoppable):
    webkit.open("/sign-in")
    webkit.type("#username", "asha")
    webkit.type("#password", "demonstration")
    webkit.press("main form button")
    webkit.wait("html[data-phone-ready=yes]")
    stoppable.stop()
    webkit.open("/tonight")
    webkit.wait("[data-phone=who]", "Asha Reed")
    for number in range(10):
        log_note(webkit, f"webkit {number:02}")
    webkit.driver.refresh()
    log_note(webkit, "webkit 10")
    webkit.wait("[data-unsent]", "11")
    stoppable.start()
    webkit.driver.refresh()
    webkit.wait("[data-unsent]", "All sent")
    assert stored(stoppable.server, "webkit") == [f"webkit {number:02}" for number in range(11)]

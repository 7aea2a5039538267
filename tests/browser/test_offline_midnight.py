"""Forty entries on both sides of midnight, logged alone: tally, workbook and list agree."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from fieldlog.core.night import night_of
from tests.browser.conftest import PHONE
from tests.browser.offline_phone import (
    Stoppable,
    expect_all_sent,
    log_note,
    make_ready,
    stored,
    unsent,
)

ENTRIES = 40
NOTES = 6
LONDON = ZoneInfo("Europe/London")


@pytest.fixture
def stoppable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stoppable]:
    one = Stoppable(tmp_path_factory.mktemp("midnight"))
    yield one
    one.stop()


@pytest.fixture
def page(chromium: Browser, stoppable: Stoppable) -> Iterator[Page]:
    context = chromium.new_context(
        base_url=stoppable.server.address, viewport=PHONE, timezone_id="Europe/London"
    )
    yield context.new_page()
    context.close()


def last_midnight() -> datetime:
    """The midnight of the night before last, by the clocks of the United Kingdom."""
    today = datetime.now(LONDON).date()
    return datetime.combine(today - timedelta(days=1), time(), LONDON)


def test_both_sides_of_midnight_are_one_night(page: Page, stoppable: Stoppable, tmp_path: Path):
    stoppable.start()
    make_ready(page, "asha")
    page.goto("/tonight?choose=1")
    page.get_by_role("button", name="None of these").click()
    page.wait_for_url("**/tonight")
    stoppable.stop()
    midnight = last_midnight()
    night = night_of(midnight.astimezone(UTC)).isoformat()
    minutes = iter(midnight + timedelta(minutes=one - ENTRIES // 2) for one in range(ENTRIES))
    for number in range(NOTES // 2):
        page.clock.set_fixed_time(next(minutes))
        log_note(page, f"midnight {number}")
    page.goto("/plus-one")
    tile = page.get_by_role("button", name="People spoken to")
    for number in range(1, ENTRIES - NOTES + 1):
        page.clock.set_fixed_time(next(minutes))
        tile.click()
        expect(tile.locator(".tally__value")).to_have_text(str(number))
    for number in range(NOTES // 2, NOTES):
        page.clock.set_fixed_time(next(minutes))
        log_note(page, f"midnight {number}")
    expect(unsent(page)).to_contain_text(str(ENTRIES))
    page.clock.set_fixed_time(datetime.now(UTC))

    stoppable.start()
    page.goto("/tonight")
    expect_all_sent(page)
    assert stored(stoppable.server, "midnight") == [f"midnight {one}" for one in range(NOTES)]
    assert tallied(stoppable, night) == ENTRIES
    assert in_workbook(stoppable, night, tmp_path / "night.xlsx") == ENTRIES
    page.goto(f"/entries/mine?night={night}")
    expect(page.locator(".feed__row")).to_have_count(ENTRIES)


def tallied(stoppable: Stoppable, night: str) -> int:
    """Every entry of a night, as the command line counts it."""
    told = stoppable.server.tally("--rows", "kind", "--columns", "officer", "--night", night)
    return int(told["grand_total"])


def in_workbook(stoppable: Stoppable, night: str, file: Path) -> int:
    """How many lines the log of the night's workbook has."""
    stoppable.server.command("export", "night", "--night", night, "--out", str(file))
    workbook = openpyxl.load_workbook(file, read_only=True)
    log = [list(map(str, row)) for row in workbook["Log"].values]
    return sum("Patrol note" in row or "Encounter" in row for row in log)

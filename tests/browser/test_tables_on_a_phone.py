"""On a phone a row of many cells reads as a block; a screen reader hears the same table as ever."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import (
    LAPTOP,
    PHONE,
    OpenWindow,
    findings,
    scrolls_sideways,
    sign_in,
)

LISTS = [
    "/nights",
    "/nights/2",
    "/patrols",
    "/hotspots",
    "/hotspots/2",
    "/hotspots/return",
    "/lists",
    "/lists/checklists",
    "/operations",
    "/operations/1",
    "/people",
    "/retention",
    "/periods?period=month&from=2020-12-05",
    "/premises",
    "/tasks",
]


def too_wide(page: Page) -> list[str]:
    """The tables, two-way ones apart, of which a part lies outside their box."""
    return page.eval_on_selector_all(
        ".scroll:has(> .data)",
        "boxes => boxes.filter(box => box.scrollWidth > box.clientWidth).map(box => box.ariaLabel)",
    )


def test_no_list_scrolls_sideways_inside_its_box(open_window: OpenWindow) -> None:
    page = open_window(PHONE, service_workers="block")
    sign_in(page, "cora")
    wrong = []
    for path in LISTS:
        page.goto(path)
        wrong += [f"{path}: {table}" for table in too_wide(page)]
    assert wrong == []


def test_the_briefing_with_its_crews_fits_a_narrow_phone(open_window: OpenWindow) -> None:
    page = open_window({"width": 320, "height": 740}, service_workers="block")
    sign_in(page, "cora")
    page.goto("/nights/2/plan")
    page.get_by_label("Name", exact=True).fill("Crew 1")
    page.get_by_label("Area (optional)").fill("High Street, Quayside and the car parks")
    page.get_by_role("button", name="Add crew").click()
    page.goto("/nights/2/briefing")
    expect(page.get_by_role("rowheader", name="Crew 1")).to_be_visible()
    assert not scrolls_sideways(page)
    assert findings(page) == []


def test_each_cell_shows_its_heading_and_is_announced_with_it_once(
    open_window: OpenWindow,
) -> None:
    page = open_window(PHONE, service_workers="block")
    sign_in(page, "cora")
    page.goto("/patrols")
    table = page.get_by_role("table", name="Ended in the last 28 nights")
    for heading in ("Patrol", "Night of", "Who", "How and where", "Person-hours", "State"):
        expect(table.get_by_role("columnheader", name=heading, exact=True)).to_have_count(1)
    row = table.get_by_role("row").filter(has=page.get_by_role("rowheader")).first
    who = row.get_by_role("cell").nth(1)
    expect(who).to_have_accessible_name("Gwen Tarn, Hari Stone")
    shown = who.evaluate("cell => getComputedStyle(cell, '::before').content")
    assert shown.startswith('"Who"')
    assert findings(page) == []


def test_on_a_laptop_it_is_a_table_with_its_headings_on_top(open_window: OpenWindow) -> None:
    page = open_window(LAPTOP, service_workers="block")
    sign_in(page, "cora")
    page.goto("/patrols")
    heading = page.get_by_role("columnheader", name="Who", exact=True).bounding_box()
    cell = page.get_by_role("cell", name="Gwen Tarn, Hari Stone").first.bounding_box()
    assert heading
    assert cell
    assert heading["x"] == cell["x"]
    assert heading["y"] < cell["y"]


def test_a_name_without_a_space_breaks_on_a_narrow_phone(open_window: OpenWindow) -> None:
    page = open_window({"width": 320, "height": 740}, service_workers="block")
    sign_in(page, "cora")
    page.goto("/operations/new")
    page.get_by_label("Name").fill("Op " + "Emblazen" * 9)
    page.get_by_label("Night of action").check()
    page.get_by_role("button", name="Add operation").click()
    page.wait_for_url(re.compile(r"/operations/\d+$"))
    operation = page.url
    page.goto(f"{operation}/deployments/new")
    page.locator("[name=starts_on]").fill("2020-12-24")
    page.locator("[name=starts_time]").fill("18:00")
    page.locator("[name=finishes_time]").fill("23:00")
    page.get_by_role("button", name="Plan it").click()
    page.wait_for_url(re.compile(r"/plan$"))
    night = page.url.removesuffix("/plan")
    wide = []
    for address in (
        *(f"{operation}{more}" for more in ("", "/change", "/deployments/new")),
        *(f"{night}{more}" for more in ("", "/plan", "/live", "/briefing", "/send", "/close")),
        *("/nights", "/tonight", "/timed-sends/new", "/hotspots/new"),
    ):
        page.goto(address)
        wide += [address] * scrolls_sideways(page)
    assert wide == []

"""The paragraph of a period is edited and copied in a browser, with JavaScript and without."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import LAPTOP, OpenWindow, Server, sign_in

MONTH = "/periods?period=month&from=2020-12-05"


def test_the_paragraph_is_edited_and_copied(server: Server, open_window: OpenWindow) -> None:
    page = open_window(
        LAPTOP, service_workers="block", permissions=["clipboard-read", "clipboard-write"]
    )
    sign_in(page, "cora")
    page.goto(MONTH)
    area = page.get_by_label(re.compile("For the paper"))
    expect(area).to_have_value(re.compile("246 people were spoken to and 78 people warned"))
    area.fill("In December, 246 people were spoken to.")
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_text("Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == "In December, 246 people were spoken to."


def test_without_javascript_it_is_there_to_select_and_to_keep(
    server: Server, open_window: OpenWindow
) -> None:
    page = open_window(LAPTOP, service_workers="block", java_script_enabled=False)
    sign_in(page, "cora")
    page.goto(MONTH)
    expect(page.get_by_role("button", name="Copy")).to_be_hidden()
    area = page.get_by_label(re.compile("For the paper"))
    area.fill("Kept without a script.")
    page.get_by_role("button", name="Keep this wording").click()
    expect(page.get_by_text("Wording kept.")).to_be_visible()
    expect(area).to_have_value("Kept without a script.")
    page.get_by_role("button", name="Take the figures’ own words").click()
    expect(area).to_have_value(re.compile("^December 2020: "))

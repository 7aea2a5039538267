"""Every page and state is accessible, in light and dark, and fits the narrowest phone."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenWindow, findings, scrolls_sideways, sign_in

PAGES = [
    ("nobody", "/sign-in"),
    ("asha", "/tonight"),
    ("asha", "/entries/new/premises-visit"),
    ("asha", "/entries/new/premises-visit?task=1"),
    ("asha", "/entries/new/encounter"),
    ("asha", "/tasks"),
    ("asha", "/tasks/1"),
    ("asha", "/entries/new/arrest"),
    ("asha", "/entries/new/test-purchase"),
    ("ben", "/entries/new/notice"),
    ("asha", "/entries/mine"),
    ("asha", "/entries/mine?night=2021-02-25"),
    ("asha", "/plus-one"),
    ("asha", "/account"),
    ("asha", "/account/password"),
    ("asha", "/phone"),
    ("asha", "/briefing"),
    ("cora", "/nights"),
    ("cora", "/nights/2"),
    ("cora", "/nights/2/live"),
    ("cora", "/nights/2/plan"),
    ("cora", "/nights/2/briefing"),
    ("cora", "/nights/2/close"),
    ("cora", "/patrols"),
    ("cora", "/operations/1/change"),
    ("cora", "/hotspots"),
    ("cora", "/hotspots/2"),
    ("cora", "/hotspots/1/premises"),
    ("cora", "/hotspots/new"),
    ("cora", "/hotspots/1/change"),
    ("cora", "/hotspots/1/asked"),
    ("cora", "/hotspots/return"),
    ("cora", "/operations"),
    ("cora", "/operations/new"),
    ("cora", "/operations/1"),
    ("cora", "/operations/1/deployments/new"),
    ("cora", "/nights/2/send"),
    ("cora", "/nights/2/export"),
    ("cora", "/mails"),
    ("cora", "/reports"),
    ("cora", "/send"),
    ("cora", "/exports"),
    ("cora", "/exports/new?deployment=2"),
    ("cora", "/exports/check"),
    ("cora", "/exports/under-way"),
    ("cora", "/timed-sends"),
    ("cora", "/timed-sends/new"),
    ("cora", "/published"),
    ("cora", "/published/new"),
    ("cora", "/account/tokens"),
    ("cora", "/distribution-lists"),
    ("cora", "/distribution-lists/new"),
    ("cora", "/tallies?rows=action&then_rows=agency&columns=kind&also=visits&share=row"),
    ("cora", "/tallies?rows=night&columns=none&measure=premises&also=visits"),
    ("cora", "/periods?period=month&from=2020-12-05"),
    ("cora", "/views"),
    ("ada", "/retention"),
    ("ada", "/retention/audit"),
    ("ada", "/retention/photos/period"),
    ("cora", "/devices"),
    ("cora", "/set-aside"),
    ("cora", "/unsent/import"),
    ("cora", "/entries"),
    ("cora", "/entries?from=2030-01-01"),
    ("cora", "/tallies"),
    ("cora", "/tallies?rows=ward&columns=hour&measure=premises"),
    ("cora", "/premises"),
    ("asha", "/premises/46"),
    ("cora", "/premises/46"),
    ("cora", "/premises/46/merge"),
    ("cora", "/premises/46/merge/80"),
    ("cora", "/premises/duplicates"),
    ("cora", "/tallies?rows=nonsense"),
    ("cora", "/tasks"),
    ("cora", "/tasks?state=closed"),
    ("cora", "/tasks/new"),
    ("cora", "/tasks/1"),
    ("cora", "/tasks/1/change"),
    ("cora", "/lists/checklists"),
    ("cora", "/lists/checklists/2"),
    ("cora", "/lists"),
    ("cora", "/premises/imports"),
    ("cora", "/lists/actions/new"),
    ("cora", "/lists/actions/visit"),
    ("cora", "/lists/measures/masks"),
    ("ada", "/people"),
    ("ada", "/people/new"),
    ("ada", "/people/tokens"),
    ("ada", "/people/1"),
    ("vic", "/nights/2"),
    ("vic", "/tallies"),
    ("vic", "/entries"),
    ("nobody", "/accessibility"),
    ("nobody", "/no-such-page"),
]


COLOURS = ["color-contrast", "link-in-text-block"]
"""What dark differs from light in."""


@pytest.mark.parametrize("username", ["nobody", "asha", "ben", "cora", "ada", "vic"])
def test_every_page_is_accessible_and_fits_a_narrow_phone(
    open_window: OpenWindow, username: str
) -> None:
    page = open_window({"width": 320, "height": 740}, service_workers="block")
    if username != "nobody":
        sign_in(page, username)
    wrong = []
    for who, path in PAGES:
        if who == username:
            page.goto(path)
            wrong += [f"{path}: {found}" for found in findings(page)]
            wrong += [f"{path}: scrolls sideways"] * scrolls_sideways(page)
            page.emulate_media(color_scheme="dark")
            wrong += [f"{path}, dark: {found}" for found in findings(page, COLOURS)]
            page.emulate_media(color_scheme="light")
    assert wrong == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_form_that_comes_back_is_accessible_and_keeps_what_was_typed(
    open_window: OpenWindow, scheme: str
) -> None:
    page = open_window({"width": 320, "height": 740}, scheme, service_workers="block")
    sign_in(page, "asha")
    page.goto("/entries/new/premises-visit")
    page.locator("summary", has_text="Notes").first.click()
    page.get_by_label(re.compile("Notes")).fill("=1+1 \N{FIRE} " + "long " * 1000)
    page.get_by_label("People spoken to").fill("-3")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert").first).to_contain_text("4,000 characters")
    expect(page.get_by_label(re.compile("Notes"))).to_have_value(re.compile("^=1\\+1"))
    expect(page.get_by_label("People spoken to")).to_have_value("-3")
    assert findings(page) == []
    assert not scrolls_sideways(page)

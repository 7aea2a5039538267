"""Two people change the same thing in two windows: neither writes over the other unseen."""

from dataclasses import dataclass
from typing import Any

import pytest

from fieldlog.core.task import Priority, Source, TaskPlan
from fieldlog.services.plan_tasks import add_task
from tests.web.test_hotspots import lanes
from tests.web.thumb import Thumb


@dataclass
class Page:
    """A page with a form to change something: two fields of it, and how they are typed and said."""

    path: str
    first: str
    second: str


@pytest.fixture
def pages(db, cast, now, committee, signed_in) -> dict[str, Page]:
    added = signed_in("cora").post("/hotspots/new", data=lanes(cast))
    plan = TaskPlan(Source.POLICE, "Ask for the licence", None, "Mill Road", None, Priority.NORMAL)
    task = add_task(db, plan, by=cast.cora.officer_id, now=now)
    return {
        "list": Page(f"/distribution-lists/{committee}", "name", "addresses"),
        "task": Page(f"/tasks/{task}/change", "asked", "place"),
        "operation": Page(f"/operations/{cast.operation}/change", "purpose", "aliases"),
        "hotspot": Page(f"{added.location}/change", "last", "name"),
        "person": Page(f"/people/{cast.asha.officer_id}", "name", "collar_number"),
    }


TYPED: dict[str, Any] = {
    "name": ("Ann Reed", "Ann Read"),
    "addresses": ("a@marlbridge.gov.uk", "b@marlshire.police.uk"),
    "asked": ("Ask for the plan", "Ask for the till"),
    "place": ("Hill Road", "Bay Road"),
    "purpose": ("Fewer fights", "Fewer thefts"),
    "aliases": ("Op Emblazon", "Op Emblasen"),
    "last": ("2021-01-01", "2021-02-01"),
    "collar_number": ("CM08", "CM09"),
}
CHANGED = ["list", "task", "operation", "hotspot", "person"]


@pytest.fixture
def windows(signed_in, pages):
    """``windows("list")`` are two people's windows with that form open, and its page."""

    def opened(what: str) -> tuple[Thumb, Thumb, Page]:
        page = pages[what]
        one, other = Thumb(signed_in("ada")), Thumb(signed_in("ada"))
        for window in (one, other):
            window.open(page.path, "seen")
        return one, other, page

    return opened


def saved(window: Thumb) -> bool:
    answer = window.browser.post(window.path, data=window.said)
    if answer.status_code in {302, 303}:
        return True
    window._look(answer, "seen")
    return False


def held(window: Thumb, page: Page) -> tuple[str, str]:
    """What both fields hold when the page is opened anew."""
    window.open(page.path, "seen")
    return window.said[page.first], window.said[page.second]


@pytest.mark.parametrize("what", CHANGED)
def test_two_fields_changed_in_two_windows_are_both_changed(windows, what):
    one, other, page = windows(what)
    one.said[page.first] = TYPED[page.first][0]
    other.said[page.second] = TYPED[page.second][1]
    assert saved(one)
    assert saved(other)
    assert held(one, page) == (TYPED[page.first][0], TYPED[page.second][1])


@pytest.mark.parametrize("what", CHANGED)
def test_one_field_changed_in_both_shows_theirs_and_keeps_what_was_typed(windows, what):
    one, other, page = windows(what)
    theirs, mine = TYPED[page.second]
    one.said[page.second], other.said[page.second] = theirs, mine
    assert saved(one)
    assert not saved(other)
    assert f"Somebody changed this meanwhile. It now says “{theirs}”." in other.screen.text
    assert "Save again to put yours in its place." in other.screen.text
    assert other.said[page.second] == mine
    assert saved(other)
    assert held(one, page)[1] == mine


@pytest.mark.parametrize("what", CHANGED)
def test_the_same_change_in_both_is_no_trouble(windows, what):
    one, other, page = windows(what)
    for window in (one, other):
        window.said[page.first] = TYPED[page.first][0]
        assert saved(window)
    assert held(one, page)[0] == TYPED[page.first][0]


def test_a_role_taken_away_meanwhile_stays_away(windows):
    one, other, page = windows("person")
    one.said["role"], other.said["collar_number"] = "viewer", "CM09"
    assert saved(one)
    assert saved(other)
    other.open(page.path, "seen")
    assert (other.said["role"], other.said["collar_number"]) == ("viewer", "CM09")


def test_a_choice_is_said_in_its_own_words(windows):
    one, other, _page = windows("task")
    one.said["priority"], other.said["priority"] = "urgent", "low"
    assert saved(one)
    assert not saved(other)
    assert "It now says “Urgent”." in other.screen.text


def test_ticks_are_said_by_their_labels(windows, cast):
    one, other, _page = windows("operation")
    one.said["partners"] = str(cast.constabulary)
    other.said["partners"] = str(cast.council)
    one.said["standing"] = "y"
    assert saved(one)
    assert not saved(other)
    assert "It now says “Marlshire Police”." in other.screen.text


@pytest.mark.parametrize("seen", ["", "[1]", "{", "[" * 100_000])
def test_marks_that_are_not_ours_stand_in_nobodys_way(windows, seen):
    one, _other, page = windows("list")
    one.said |= {"seen": seen, "name": "Board"}
    assert saved(one)
    assert held(one, page)[0] == "Board"


def test_what_is_typed_wrongly_comes_back_with_their_change_in_it(windows):
    one, other, page = windows("list")
    one.said["name"], other.said["addresses"] = "Board", "nobody"
    assert saved(one)
    assert not saved(other)
    assert (other.said["name"], other.said["addresses"]) == ("Board", "nobody")
    other.said["addresses"] = "b@marlshire.police.uk"
    assert saved(other)
    assert held(one, page) == ("Board", "b@marlshire.police.uk")

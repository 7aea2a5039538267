"""Every form that asks for a reason gives it back, and all that was typed beside it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import pytest
from sqlite_utils import Database

from tests.conftest import Cast
from tests.phones import Record, batch, patrol_start, visit
from tests.services.one_night import register
from tests.web.browser import Browser
from tests.web.live_night import send
from tests.web.thumb import Form, Screen

BELL = "said on the radio\x07"
"""A reason that is refused for one character that nobody sees."""


@dataclass(frozen=True)
class Night:
    """A night with whatever a coordinator gives a reason for."""

    db: Database
    cast: Cast
    now: datetime
    browsers: Callable[[str], Browser]

    def cora(self, path: str, **said: object) -> None:
        answer = self.browsers("cora").post(path, data=said)
        assert answer.status_code == 303, answer.text

    def sent(self, record: Record, who: str = "asha") -> str:
        send(self.browsers(who), record)
        return str(record["id"])

    def visit(self) -> str:
        return self.sent(visit(self.cast.asha.officer_id))

    def patrol(self) -> str:
        return self.sent(patrol_start(self.cast.asha.officer_id))


@pytest.fixture
def night(db, cast, now, signed_in):
    return Night(db, cast, now, signed_in)


def to_merge(night: Night) -> str:
    lamp = register(night.db, "The Lamp", night.now, address="14 High Street")
    twin = register(night.db, "Lamp", night.now, address="16 High Street")
    return f"/premises/{lamp}/merge/{twin}"


def merged(night: Night) -> str:
    page = to_merge(night)
    night.cora(page, stays=page.split("/")[2], reason="one door")
    return page.rpartition("/")[0]


def premises(night: Night) -> str:
    return f"/premises/{register(night.db, 'The Lamp', night.now)}/hold"


def held(night: Night) -> str:
    night.cora(premises(night), reason="licence review")
    return "/retention/holds/1"


def closed(night: Night) -> str:
    page = f"/nights/{night.cast.deployment}/close"
    night.cora(page, words="")
    return page


def set_aside(night: Night) -> str:
    lost = batch(visit(night.cast.ben.officer_id))
    answer = night.browsers("asha").post("/api/sync", json=lost)
    assert answer.json["answers"][0]["state"] == "set-aside"
    return "/set-aside/1"


def placed(night: Night) -> str:
    hotspot = {
        "name": "The Lanes",
        "operations": str(night.cast.operation),
        "reference": "TM 9725 3075",
        "first": "2020-11-30",
        "patrols": "3",
        "crew": "1",
        "least_minutes": "15",
        "days": ["1", "6"],
    }
    night.cora("/hotspots/new", **hotspot)
    return f"/patrols/{night.patrol()}"


def task(night: Night) -> str:
    asked = {"source": "police", "priority": "normal", "deployment": "none", "officer": "none"}
    night.cora("/tasks/new", asked="Loud music", place="The Lamp", **asked)
    return "/tasks/1"


def closed_task(night: Night) -> str:
    night.cora(f"{task(night)}/close", reason="nobody there")
    return "/tasks/1"


def printed(night: Night) -> str:
    said = {"value": "94", "source": "Committee", "printed_on": "2020-11-30", "words": "seen"}
    night.cora("/published/new", figure="spoken_to", **said)
    return "/published/1"


ASKED = {
    "merging premises": (to_merge, "cora", {"reason": BELL}),
    "undoing a merge": (merged, "cora", {"reason": BELL}),
    "holding an entry": (
        lambda night: f"/entries/{night.visit()}/hold",
        "cora",
        {"reason": BELL, "what": "entry"},
    ),
    "holding premises": (premises, "cora", {"reason": BELL}),
    "ending a hold": (held, "cora", {"reason": BELL}),
    "setting a period": (
        lambda _: "/retention/photos/period",
        "ada",
        {"months": "seventy", "source": "council’s schedule, line 14"},
    ),
    "closing a night": (
        lambda night: f"/nights/{night.cast.deployment}/close",
        "cora",
        {"words": BELL},
    ),
    "opening it again": (closed, "cora", {"reason": BELL}),
    "deciding what was set aside": (set_aside, "cora", {"reason": BELL}),
    "closing a patrol": (
        lambda night: f"/patrols/{night.patrol()}",
        "cora",
        {"closed_time": "25:61", "reason": "phone out of battery"},
    ),
    "placing a patrol": (placed, "cora", {"hotspot": "1", "placing_reason": BELL}),
    "striking an entry": (
        lambda night: f"/entries/{night.visit()}",
        "asha",
        {"seen_version": "1", "reason": BELL},
    ),
    "amending an entry": (
        lambda night: f"/entries/{night.visit()}/amend",
        "asha",
        {"reason": BELL, "notes": "two doors", "count_spoken_to": "9"},
    ),
    "closing a task": (task, "cora", {"reason": BELL}),
    "opening a task again": (closed_task, "cora", {"reason": BELL}),
    "giving a task away": (task, "cora", {"crew": BELL, "officer": "none"}),
    "striking a printed figure": (printed, "cora", {"reason": BELL}),
}


def form_to(action: str, screen: Screen) -> Form:
    return next(form for form in screen.forms if form.action == action)


@pytest.mark.parametrize("what", ASKED)
def test_what_was_typed_comes_back_with_what_is_wrong(night, signed_in, what):
    made, who, typed = ASKED[what]
    page = made(night)
    browser = signed_in(who)
    form = Screen(browser.get(page).text).form(*typed)
    answer = browser.post(form.action or page, data=form.values() | typed)
    assert 400 <= answer.status_code < 500
    screen = Screen(answer.text)
    assert "There is a problem" in screen.text
    back = form_to(form.action, screen).values()
    assert {name: back.get(name) for name in typed} == typed


def test_a_form_beside_the_refused_one_is_as_it_was(night, signed_in):
    page = task(night)
    before = form_to(f"{page}/assign", Screen(signed_in("cora").get(page).text)).values()
    answer = signed_in("cora").post(f"{page}/close", data={"reason": ""})
    after = form_to(f"{page}/assign", Screen(answer.text)).values()
    assert before["officer"] == "none"
    assert after["officer"] == "none"


def test_a_statement_comes_back_where_somebody_closed_the_night_meanwhile(night, signed_in):
    page = closed(night)
    answer = signed_in("cora").post(page, data={"words": "Quiet after one."})
    assert answer.status_code == 409
    screen = Screen(answer.text)
    assert "Somebody has closed this night already." in screen.text
    assert "Quiet after one." in screen.text
    assert form_to(page.replace("close", "reopen"), screen)


def test_a_reason_comes_back_where_somebody_opened_the_night_meanwhile(night, signed_in):
    page = f"/nights/{night.cast.deployment}/close"
    answer = signed_in("cora").post(page.replace("close", "reopen"), data={"reason": "one more"})
    assert answer.status_code == 409
    screen = Screen(answer.text)
    assert "Somebody has opened this night again already." in screen.text
    assert "one more" in screen.text

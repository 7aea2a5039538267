"""A night to be watched live: a crew on its roster, and what a page asks for again and again."""

from datetime import datetime
from typing import Any

from sqlite_utils import Database
from werkzeug.test import TestResponse

from fieldlog.services.roster_crews import NewCrew, NewMember, add_crew, add_member
from tests.conftest import Cast
from tests.phones import SENT_AT, Record, batch
from tests.web.browser import Browser


def crew_of_asha(db: Database, cast: Cast, now: datetime) -> int:
    """Crew 1 on the High Street with Asha in it."""
    new = NewCrew("Crew 1", cast.council, "High Street", partner=False)
    number = add_crew(db, cast.deployment, new, now=now)
    add_member(db, cast.deployment, number, NewMember(cast.asha.officer_id), now=now)
    return number


def parts(browser: Browser, address: str, **headers: str) -> TestResponse:
    """The parts of a live page, asked for as its module does."""
    return browser.get(address, headers=headers)


def send(browser: Browser, *records: Record, **more: Any) -> None:
    """Send records from a phone; all of them must be stored."""
    answer = browser.post("/api/sync", json=batch(*records, sent_at=SENT_AT, **more))
    assert answer.json is not None
    assert all(one["state"] == "stored" for one in answer.json["answers"])

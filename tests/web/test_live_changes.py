"""A live page is another one as soon as anything that it shows is stored, and only then."""

from dataclasses import replace

import pytest

from fieldlog.core.task import Source, TaskPlan
from fieldlog.services.amend_entry import amend_entry, strike_entry
from fieldlog.services.close_night import close_night
from fieldlog.services.list_nights import of_deployment
from fieldlog.services.plan_tasks import add_task
from fieldlog.services.roster_crews import NewMember, add_member
from fieldlog.store.counting import sums
from tests.conftest import LATE_THAT_NIGHT
from tests.phones import patrol_event, patrol_start
from tests.web.busy_nights import a_visit, record
from tests.web.live_night import crew_of_asha, parts, send


@pytest.fixture
def crew(db, cast, now):
    return crew_of_asha(db, cast, now)


@pytest.fixture
def changed(cast, signed_in, crew):
    """Say whether the answer is another one than at the last call."""
    cora, asked = signed_in("cora"), f"/api/live?deployment={cast.deployment}"
    etags = [parts(cora, asked).headers["ETag"]]

    def look():
        answer = parts(cora, asked, **{"If-None-Match": etags[-1]})
        etags.append(answer.headers["ETag"])
        return answer.status_code == 200

    return look


def test_an_entry_its_amendment_and_its_striking(db, cast, now, changed):
    entry = a_visit(cast)
    record(db, entry)
    assert changed()
    said = {"by": cast.cora.officer_id, "now": now, "reason": "Typed wrongly"}
    amend_entry(db, replace(entry, place="The Mitre"), seen_version=1, **said)
    assert changed()
    strike_entry(db, entry.id, seen_version=2, **said)
    assert changed()
    assert not changed()


def test_an_entry_that_was_amended_onto_another_night(db, cast, now, changed):
    entry = a_visit(cast)
    record(db, entry)
    assert changed()
    moved = replace(entry, deployment_id=None)
    who = cast.cora.officer_id
    amend_entry(db, moved, seen_version=1, by=who, now=now, reason="Another night")
    assert sums(db, of_deployment(cast.deployment)).entries == 0
    assert changed()


def test_a_task(db, cast, now, changed):
    plan = TaskPlan(Source.POLICE, "Queue outside", place="Bus station")
    add_task(db, plan, by=cast.cora.officer_id, now=now)
    assert changed()


def test_the_roster(db, cast, now, crew, changed):
    add_member(db, cast.deployment, crew, NewMember(cast.ben.officer_id), now=now)
    assert changed()


def test_a_patrol_that_starts_and_pauses(cast, signed_in, changed):
    asha = signed_in("asha")
    start = patrol_start(cast.asha.officer_id, deployment=str(cast.deployment))
    send(asha, start)
    assert changed()
    send(asha, patrol_event(start, "pause", "2020-12-05T20:00:00Z"))
    assert changed()


def test_what_a_phone_says_it_holds(signed_in, changed):
    asha = signed_in("asha")
    phone = asha.post("/api/devices", json={}).json["device"]
    changed()
    send(asha, unsent=2, device=phone)
    assert changed()


def test_the_closing_and_an_entry_after_it(db, cast, changed):
    close_night(db, cast.deployment, statement="", by=cast.cora.officer_id, now=LATE_THAT_NIGHT)
    assert changed()
    record(db, a_visit(cast))
    assert changed()


def test_an_entry_of_another_night_does_not(db, cast, changed):
    record(db, a_visit(cast, deployment_id=None))
    assert not changed()

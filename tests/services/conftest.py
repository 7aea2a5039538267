"""Entries on the cast's night, mail about it by hand and on time, and a server to take it."""

from dataclasses import replace
from datetime import time
from uuid import uuid4

import pytest

from fieldlog.core.editions import Edition, Output
from fieldlog.core.entry import Entry
from fieldlog.core.mail import MailSettings
from fieldlog.core.timed_send import TimedSend, WhenEmpty, WhenOpen
from fieldlog.core.words import Marking
from fieldlog.services.deliver_mails import deliver_mails
from fieldlog.services.edit_distribution_lists import ListPlan, add_list
from fieldlog.services.list_nights import of_deployment
from fieldlog.services.look_at_mail import Asked
from fieldlog.services.plan_timed_send import look_at_timed_send, set_up_timed_send
from fieldlog.services.record_entry import record_entry
from fieldlog.services.run_timed_sends import run_timed_sends
from fieldlog.services.send_report import Press, send_report
from fieldlog.store.connection import database_path
from tests.services.issuing import writes
from tests.services.mail_server import Handler, make_certificate
from tests.services.one_timed_send import SETTINGS
from tests.services.queued_mail import TO
from tests.web.busy_nights import busy_nights


@pytest.fixture(scope="session")
def certificate(tmp_path_factory):
    return make_certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def handler():
    return Handler()


@pytest.fixture
def record(db, cast, now):
    """``record(kind, **more)`` records an entry of Ben's on the cast's night and returns it."""

    def recorded(kind, **more):
        entry = Entry(
            id=uuid4(),
            kind=kind,
            happened_at=now,
            captured_at=now,
            night_of=cast.night,
            officer_id=cast.ben.officer_id,
            agency_id=cast.constabulary,
            deployment_id=cast.deployment,
            **more,
        )
        record_entry(db, entry, by=cast.ben.officer_id, now=now)
        return entry

    return recorded


@pytest.fixture
def queued(db, cast, instance, now):
    """``queued()`` puts a mail about the cast's night into the queue and returns its id."""
    busy_nights(db, cast)

    def put(key="k1", to=TO, **more):
        asked = Asked(of_deployment(cast.deployment), cast.deployment, addresses=to, **more)
        return send_report(
            db,
            asked,
            MailSettings(sender="fieldlog@marlbridge.gov.uk"),
            Press(key, now),
            database=database_path(instance),
            by=cast.cora,
            now=now,
        )

    return put


@pytest.fixture
def deliver(db, instance, clock):
    def run(settings):
        return deliver_mails(db, settings, instance, clock=clock, timeout=5)

    return run


@pytest.fixture
def timed(db, cast, now):
    """What Cora sets up: Op Emblazen to the committee, every morning at eight."""
    plan = ListPlan("Committee", "a@marlbridge.gov.uk\nb@marlshire.police.uk")
    return TimedSend(
        list_id=add_list(db, plan, SETTINGS, by=cast.cora.officer_id, now=now),
        list_name="Committee",
        operations=(cast.operation,),
        days=tuple(range(7)),
        clock=time(8, 0),
        output=Output(Edition.COMMITTEE),
        marking=Marking.OFFICIAL,
        when_open=WhenOpen.SEND,
        when_empty=WhenEmpty.TELL,
    )


@pytest.fixture
def set_up(db, cast, timed, now):
    def made(**changes):
        one = replace(timed, **changes)
        seen = look_at_timed_send(db, one, SETTINGS, now=now).seen
        return set_up_timed_send(db, one, SETTINGS, seen=seen, by=cast.cora, now=now)

    return made


@pytest.fixture
def run(db, instance, clock):
    """``run(at)`` is a round at that moment; returns [(night, outcome)]."""

    def at(moment, settings=SETTINGS, **more):
        clock.now = moment
        how = {"clock": clock, "make": writes()} | more
        became = run_timed_sends(db, settings, instance, **how)
        return [(one.due.night, one.outcome) for one in became]

    return at


@pytest.fixture
def later(clock):
    """Call it eleven years on, when everything is due."""

    def move_on():
        clock.move_on(days=11 * 366)
        return clock.now

    return move_on

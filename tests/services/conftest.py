"""Entries on the cast's night, a queue with a mail about it, and a mail server to take it."""

from uuid import uuid4

import pytest

from fieldlog.core.entry import Entry
from fieldlog.core.mail import MailSettings
from fieldlog.services.deliver_mails import deliver_mails
from fieldlog.services.list_nights import of_deployment
from fieldlog.services.look_at_mail import Asked
from fieldlog.services.record_entry import record_entry
from fieldlog.services.send_report import Press, send_report
from fieldlog.store.connection import database_path
from tests.services.mail_server import Handler, make_certificate
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
            MailSettings(sender="fieldlog@colne.gov.uk"),
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

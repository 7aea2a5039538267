"""A queue with a mail about the cast's night in it, and a mail server to take it."""

import pytest

from fieldlog.core.mail import MailSettings
from fieldlog.services.deliver_mails import deliver_mails
from fieldlog.services.list_nights import of_deployment
from fieldlog.services.send_report import Asked, Press, send_report
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

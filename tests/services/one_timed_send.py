"""The morning on which the cast's night goes out by itself, and what was sent by then."""

from datetime import UTC, datetime

from fieldlog.core.mail import MailSettings
from fieldlog.store import mails

SETTINGS = MailSettings(sender="fieldlog@marlbridge.gov.uk")
MORNING = datetime(2020, 12, 6, 8, 0, tzinfo=UTC)


def sent(db):
    return [mail for _, mail in reversed(mails.latest(db, 50))]

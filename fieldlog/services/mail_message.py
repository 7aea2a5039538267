"""One message of a mail as it travels: plain text and HTML of the same letter, and the file."""

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from fieldlog.store.mails import Mail, Recipient
from fieldlog.tallies.letter import as_document

_XLSX = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")


def message_of(
    mail: Mail, recipient: Recipient, content: bytes | None, *, sender: str, draft: bool = False
) -> bytes:
    """Return the message for one recipient as it goes over the wire.

    A ``draft`` opens in Outlook as a message that can still be sent (``X-Unsent: 1``); without a
    ``sender`` Outlook puts in who opened it.
    """
    message = EmailMessage(policy=SMTP)
    message["Subject"] = mail.subject
    if sender:
        message["From"] = Address("fieldlog", addr_spec=sender)
    message["To"] = Address(addr_spec=recipient.address)
    message["Date"] = format_datetime(mail.created_at)
    message["Message-ID"] = recipient.message_id
    if draft:
        message["X-Unsent"] = "1"
    else:
        # Out-of-office replies would go to an address that nobody reads.
        message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.body_text, cte="quoted-printable")
    document = as_document(mail.subject, mail.body_html)
    message.add_alternative(document, subtype="html", cte="quoted-printable")
    if content is not None and mail.attachment is not None:
        maintype, subtype = _XLSX
        message.add_attachment(
            content, maintype=maintype, subtype=subtype, filename=mail.attachment.name
        )
    return message.as_bytes()

"""Who the mails of the tests go to, and how they stand."""

from fieldlog.store import mails

TO = ("committee@marlbridge.gov.uk", "chief@marlshire.police.uk")


def states(db, mail_id):
    return {each.address: each.last.state for each in mails.recipients(db, mail_id)}


def why(db, mail_id):
    return {each.last.why for each in mails.recipients(db, mail_id)}


def parts(message):
    return message.get_body(("plain",)).get_content(), message.get_body(("html",)).get_content()

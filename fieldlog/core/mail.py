"""Who mail may go to and what may stand in its headers: one address each, allowed domains only.

An address book that takes ``a@b, c@d`` as one address sends to two people; a subject with a line
break in it writes headers of its own. Both are refused here, in words, before anything is stored.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from fieldlog.core.rules import Problem
from fieldlog.core.words import Labelled, Marking

ALLOWED_DOMAINS = ("gov.uk", "police.uk", "nhs.net")
"""Where figures may go unless the settings say otherwise, sub-domains included."""

LARGEST_FILE = 10 * 1024 * 1024
MOST_RECIPIENTS = 100
LONGEST_SUBJECT = 150
LONGEST_ADDRESS = 254
"""RFC 5321, 4.5.3.1.3: a path has 256 characters, two of them angle brackets."""

SECURITIES = ("starttls", "tls", "plain")

_MINUTES_UNTIL_NEXT_TRY = (1, 5, 15, 60, 180, 360, 720, 1440)
_LOCAL_PART = re.compile(r"[a-z0-9_+&'-]+(?:\.[a-z0-9_+&'-]+)*", re.ASCII | re.IGNORECASE)
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}", re.ASCII)


class MailState(Labelled):
    """How one message to one recipient fares; ``label`` is what the log of mails says."""

    QUEUED = "queued", "Queued"
    SENDING = "sending", "Being sent"
    SENT = "sent", "Sent"
    PUT_OUT = "put_out", "In the outbox folder"
    WAITING = "waiting", "Waiting for another try"
    FAILED = "failed", "Refused"
    GIVEN_UP = "given_up", "Given up"
    UNCLEAR = "unclear", "Unclear"
    ARRIVED = "arrived", "Arrived, as somebody found out"


TO_BE_TRIED = frozenset({MailState.QUEUED, MailState.WAITING})
OVER = frozenset(set(MailState) - TO_BE_TRIED - {MailState.SENDING, MailState.UNCLEAR})
"""States after which nothing more happens; an unclear message waits for a person to decide."""
NEVER_LEFT = frozenset({MailState.FAILED, MailState.GIVEN_UP})
"""States in which nobody has the message: refused, cancelled, or tried in vain for two days."""


@dataclass(frozen=True)
class MailSettings:
    """What the environment says of mail.

    Without a ``host`` messages are put into the outbox folder instead. ``security`` is one of
    ``SECURITIES``; ``authorities`` is the path of a file of certificates to trust besides those
    of the system. ``largest_file`` is in bytes.
    """

    host: str = ""
    port: int = 587
    user: str = ""
    password: str = ""
    security: str = "starttls"
    sender: str = ""
    authorities: str = ""
    domains: tuple[str, ...] = ALLOWED_DOMAINS
    largest_file: int = LARGEST_FILE

    def __repr__(self) -> str:
        """Say everything but the password, which has no place in a log."""
        return f"MailSettings(host={self.host!r}, port={self.port}, sender={self.sender!r})"


def pause_after(tries: int) -> timedelta | None:
    """Return how long to wait after that many tries in vain; None: give up, two days on."""
    if tries > len(_MINUTES_UNTIL_NEXT_TRY):
        return None
    return timedelta(minutes=_MINUTES_UNTIL_NEXT_TRY[tries - 1])


def split_addresses(text: str) -> list[str]:
    """Return what was typed one below the other, or between commas or semicolons."""
    return [part.strip() for part in re.split(r"[\r\n,;]", text) if part.strip()]


def tidy_address(address: str) -> str:
    """Return an address as it is kept: capitals mean nothing in one."""
    return address.strip().lower()


def address_problem(address: str, domains: Iterable[str]) -> str | None:
    """Return why nothing may be sent to ``address``, in words, or None if it may.

    An address is one plain ``name@domain`` in ASCII: no display name, quotes, comments, spaces,
    line breaks or letters of other alphabets, which can look like ours and are not. Its domain is
    one of ``domains`` or ends in a dot and one of them.
    """
    said = _visible(address)
    if not address.isascii():
        return f"“{said}” has letters or signs that are not in plain e-mail addresses."
    local, at, domain = tidy_address(address).rpartition("@")
    plain = (
        at
        and address.isprintable()
        and len(address) <= LONGEST_ADDRESS
        and len(local) <= 64
        and _LOCAL_PART.fullmatch(local)
        and _DOMAIN.fullmatch(domain)
    )
    if not plain:
        return f"“{said}” is not one e-mail address like name@council.gov.uk."
    if any(label.startswith("xn--") for label in domain.split(".")):
        return f"“{said}” has a domain in another alphabet, which is not allowed."
    if not is_allowed(domain, domains):
        return f"“{said}” is not in an allowed domain. Allowed are: {says_domains(domains)}."
    return None


def is_allowed(domain: str, domains: Iterable[str]) -> bool:
    """Say whether ``domain`` is one of ``domains`` or below one: never only ends like one."""
    return any(domain == allowed or domain.endswith(f".{allowed}") for allowed in domains)


def says_domains(domains: Iterable[str]) -> str:
    """Return domains as people write them: ``.gov.uk, .police.uk``."""
    return ", ".join(f".{domain}" for domain in domains)


def recipients_problems(
    field: str, addresses: list[str], domains: Iterable[str]
) -> Iterator[Problem]:
    """Yield what stops ``addresses`` from being the recipients of one mail, about ``field``."""
    allowed = tuple(domains)
    if not addresses:
        yield Problem(field, "Say who it goes to: choose a list or type an address.")
    if len(addresses) > MOST_RECIPIENTS:
        yield Problem(field, f"One mail can go to at most {MOST_RECIPIENTS} addresses.")
    for address in addresses[:MOST_RECIPIENTS]:
        problem = address_problem(address, allowed)
        if problem:
            yield Problem(field, problem)


def subject_problems(subject: str) -> Iterator[Problem]:
    """Yield what stops ``subject`` from standing in a header."""
    if not subject.strip():
        yield Problem("subject", "Give the mail a subject.")
    elif len(subject) > LONGEST_SUBJECT:
        yield Problem("subject", f"A subject has at most {LONGEST_SUBJECT} characters.")
    elif any(unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for sign in subject):
        yield Problem("subject", "The subject must be one line of plain text.")


def cut_subject(subject: str) -> str:
    """Return a subject that nobody typed, cut where names in it would make it too long."""
    if len(subject) <= LONGEST_SUBJECT:
        return subject
    return f"{subject[: LONGEST_SUBJECT - 1].rstrip()}…"


def marked_subject(subject: str, marking: Marking) -> str:
    """Return ``subject`` with a marking above OFFICIAL in front, which readers see first."""
    tidy = " ".join(subject.split())
    if marking is Marking.OFFICIAL or marking.label in tidy:
        return tidy
    return f"[{marking.label}] {tidy}"


def file_problem(size: int, largest: int) -> str | None:
    """Return why a file of ``size`` bytes cannot be attached, or None if it can."""
    if size <= largest:
        return None
    return (
        f"The workbook has {_megabytes(size)} MB and the limit is {_megabytes(largest)} MB. "
        "Nothing was sent. Send the figures without it, or hand the file over another way."
    )


def message_id(key: str, number: int, sender: str) -> str:
    """Return the Message-ID of recipient ``number`` of the mail ``key``: every try has the same."""
    return f"<{key}.{number}@{sender.rpartition('@')[2] or 'fieldlog.invalid'}>"


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.1f}"


def _visible(text: str) -> str:
    shown = "".join(sign if sign.isprintable() else "�" for sign in text)
    return shown if len(shown) <= 80 else f"{shown[:79]}…"

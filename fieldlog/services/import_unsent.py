"""Import the file that a phone gives out when it cannot send: nothing of it is stored twice."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from fieldlog.core.rules import Problem
from fieldlog.core.strict_json import Json, NotAccepted, read_json
from fieldlog.services.accept_sync import accept_sync, keep_aside
from fieldlog.services.delivery import Answer, Delivery, Doubt, Sender, State
from fieldlog.services.open_sealed import SealingKey
from fieldlog.services.phone_writer import ReadsForms
from fieldlog.services.unwrap_record import Unreadable, Unwrapped, unwrap
from fieldlog.store.connection import Database, write_transaction
from fieldlog.store.users import account_of

FORMAT = "fieldlog unsent v1"
OTHER_FILE = (
    "This is not a file that fieldlog exported on a phone. Choose the one whose name begins with "
    "fieldlog-unsent."
)
CUT_OFF = (
    "This file is damaged or was cut off on its way. What is in it stays on the phone until it is "
    "sent: export it there once more and choose the new file."
)
LARGEST_FILE = 100 * 1024 * 1024
"""Bytes: a night of a whole crew with some 500 photos."""

MOST_RECORDS = 20_000


class NotAnExport(Exception):
    """The file is not one that a phone gives out; the message says why."""


@dataclass(frozen=True)
class UnsentReport:
    """What became of the records of a file; ``unreadable`` (place, problems) were no records."""

    records: int
    states: Mapping[State, int]
    unreadable: tuple[tuple[int, tuple[Problem, ...]], ...] = ()


def import_unsent(
    db: Database,
    content: bytes,
    *,
    by: int | None,
    now: datetime,
    forms: ReadsForms,
    key: SealingKey,
) -> UnsentReport:
    """Record what the file holds as its officers'; return what became of it.

    ``by`` is the officer who imports it and answers for it, None for the command line. What has
    arrived in the meantime is not stored again. What the rules refuse, what waits for an entry
    that is not here, and what cannot be opened is set aside. Raises NotAnExport.
    """
    wrapped: dict[int | None, list[tuple[Unwrapped, Json]]] = {}
    unreadable = []
    found = _records(content)
    for place, raw in enumerate(found, 1):
        try:
            one = unwrap(raw, key)
        except Unreadable as error:
            unreadable.append((place, error.problems))
        else:
            claimed = one.record.officer_id if one.record else None
            wrapped.setdefault(claimed, []).append((one, raw))
    states: Counter[State] = Counter()
    for claimed, records in wrapped.items():
        delivery = Delivery([raw for _, raw in records], sent_at=None, received_at=now)
        sender = _sender(db, claimed, by)
        answers = accept_sync(db, delivery, sender, forms=forms, key=key)
        ones = [one for one, _ in records]
        states.update(_kept(db, ones, answers, delivery, sender))
    return UnsentReport(len(found), states, tuple(unreadable))


def _records(content: bytes) -> list[Json]:
    if len(content) > LARGEST_FILE:
        raise NotAnExport(
            f"The file is larger than {LARGEST_FILE // (1024 * 1024)} MB, which is more than a "
            "phone gives out."
        )
    try:
        whole = read_json(content)
    except NotAccepted as error:
        # A phone writes the format first, so a file that stops later still begins with it.
        raise NotAnExport(CUT_OFF if FORMAT.encode() in content[:200] else OTHER_FILE) from error
    if not isinstance(whole, dict) or whole.get("format") != FORMAT:
        raise NotAnExport(OTHER_FILE)
    records = whole.get("records")
    if not isinstance(records, list) or len(records) > MOST_RECORDS:
        raise NotAnExport("The file has no list of records that could be read.")
    return records


def _sender(db: Database, claimed: int | None, by: int | None) -> Sender:
    account = account_of(db, claimed) if claimed is not None else None
    return Sender(account.person if account else None, vouched=True, voucher=by)


def _kept(
    db: Database,
    ones: list[Unwrapped],
    answers: list[Answer],
    delivery: Delivery,
    sender: Sender,
) -> list[State]:
    """Set aside what would have stayed on the phone: nobody can mend a file there."""
    left = [
        one
        for one, answer in zip(ones, answers, strict=True)
        if answer.state in {State.REJECTED, State.WAITING}
    ]
    if left:
        with write_transaction(db):
            for one in left:
                keep_aside(db, one, Doubt.REFUSED, delivery, sender)
    return [
        State.SET_ASIDE if answer.state in {State.REJECTED, State.WAITING} else answer.state
        for answer in answers
    ]

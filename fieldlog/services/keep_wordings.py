"""Keep what somebody made of a period's paragraph, with who and when, beside what was counted."""

from datetime import datetime

from fieldlog.core.person import Person
from fieldlog.core.rules import Problem, Refused, text_problems
from fieldlog.services.hold_record import PERIOD, holds_keeping
from fieldlog.store import wordings
from fieldlog.store.audit import add_to_audit
from fieldlog.store.connection import Database, write_transaction
from fieldlog.store.wordings import Wording

__all__ = ["Wording", "forget_wording", "keep_wording", "kept_wording"]


def kept_wording(db: Database, period: str) -> Wording | None:
    """Return the last wording kept for a period, or None; ``period`` is its address."""
    return wordings.latest(db, period)


def keep_wording(
    db: Database, period: str, text: str, counted: str, *, by: Person, now: datetime
) -> None:
    """Keep ``text`` for a period; ``counted`` is what the figures say now. Raises Refused."""
    wording = text.replace("\r\n", "\n").strip()
    if not wording:
        raise Refused((Problem("wording", "Write at least a sentence, or take the figures’ own."),))
    problems = tuple(text_problems("wording", wording))
    if problems:
        raise Refused(problems)
    with write_transaction(db):
        wordings.keep(
            db, period=period, wording=wording, counted=counted, by=by.officer_id, now=now
        )
        add_to_audit(db, "wording kept", at=now, officer_id=by.officer_id, about=period)


def forget_wording(db: Database, period: str, *, by: Person, now: datetime) -> None:
    """Go back to what the figures say by themselves. Raises Refused while the wordings are held."""
    with write_transaction(db):
        if holds_keeping(db, (PERIOD, period)):
            held = "What was kept here is held. End the hold first, under More, Retention."
            raise Refused((Problem("wording", held),))
        wordings.forget(db, period)
        add_to_audit(db, "wording forgotten", at=now, officer_id=by.officer_id, about=period)

"""Ask for the mail of one night of a timed send: which entries, under which subject, with what."""

from fieldlog.core.mail import cut_subject
from fieldlog.core.question import Filter
from fieldlog.core.timed_send import Due, TimedSend, filter_of
from fieldlog.core.words import Marking
from fieldlog.services.look_at_mail import Asked
from fieldlog.services.name_period import name_period
from fieldlog.store import timed_sends
from fieldlog.store.connection import Database
from fieldlog.store.log import count_lines


def ask_for_night(db: Database, timed: TimedSend, due: Due) -> Asked:
    """Return what ``timed`` asks to be mailed of one night; no file where nothing was logged."""
    wanted = filter_of(timed, due)
    empty = nothing_logged(db, wanted)
    return Asked(
        wanted=wanted,
        subject=_subject(db, timed, due, wanted, empty=empty),
        list_id=timed.list_id,
        output=None if empty else timed.output,
        sensitive_allowed=timed.marking is not Marking.OFFICIAL,
    )


def nothing_logged(db: Database, wanted: Filter) -> bool:
    """Say whether there is nothing to send of a night."""
    return count_lines(db, wanted) == 0


def _subject(db: Database, timed: TimedSend, due: Due, wanted: Filter, *, empty: bool) -> str:
    title = name_period(db, wanted).subject
    if empty:
        return cut_subject(f"Nothing was logged: {title}")
    if timed_sends.unclosed(db, due.night, timed.operations):
        return cut_subject(f"{title} (as it stands: not closed yet)")
    return title

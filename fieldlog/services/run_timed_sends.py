"""Run the timed sends that are due: each night of each goes once, or says why it did not.

A night is claimed in a transaction before anything is written for it, and its mail has a key of its
own: two processes, a restart half way and a clock that changes all find that it is taken. Whoever
runs has the turn, so a claim without an outcome was interrupted and is carried on; the key sees to
it that a mail which is in the queue already is not put there again.

Nobody looks before it goes. So a night that would give small numbers away beside what went out
before is held, whichever of the two hides them: a mail that waits costs a morning, one that is out
cannot be called back. A person is shown both and may let it go anyway: see ``let_night_go``.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from fieldlog.core.mail import MailSettings
from fieldlog.core.night import says_moment
from fieldlog.core.person import Person
from fieldlog.core.rules import Refused
from fieldlog.core.timed_send import (
    CATCH_UP,
    GOING,
    Due,
    Outcome,
    TimedSend,
    WhenEmpty,
    WhenOpen,
    fell_due,
)
from fieldlog.services.ask_for_night import ask_for_night, nothing_logged
from fieldlog.services.attach_issue import Make
from fieldlog.services.look_at_mail import make_ready
from fieldlog.services.may_send import sender
from fieldlog.services.run_apart import run_apart
from fieldlog.services.send_report import FiguresChanged, Press, send_report
from fieldlog.services.warn_of_subtraction import Earlier
from fieldlog.services.write_whole import ExportFailed
from fieldlog.store import mails, timed_sends
from fieldlog.store.connection import Database, database_path, write_transaction
from fieldlog.store.timed_sends import Run
from fieldlog.store.turn_taking import turn
from fieldlog.tallies.crosstab import DoesNotAddUp

TURN = "timed"
_TRIES = 3
_TOO_LATE = (
    "fieldlog was not running when it was due, nor in the twelve hours after. Send it by hand."
)
_NOT_CLOSED = "The night was not closed within twelve hours. Send it by hand once it is: {open}."
_LIST_GONE = "The list “{name}” was removed. End this timed send and set up another one."
_NOBODY = "{who} set this up and cannot send figures any more. Somebody who can has to set it up."
_MOVING = "Entries kept coming in while the file was written. Send it by hand when it is quieter."
_ADDRESS = (
    "Mail may not go to every address on the list “{name}” any more. Save the list again to be "
    "told which, then send the night by hand."
)
"""Without the address: what became of a night is kept for good."""
_TOO_SENSITIVE = (
    "The night is {marking}, and this timed send may carry OFFICIAL at most. Send it by hand if "
    "everybody on the list may have it."
)

_GIVES_AWAY = (
    "Small numbers could be worked out: this {now} numbers from 1 to 4, and {what} {then} them. "
    "Whoever has both knows what is hidden. Look at it, and let it go only if nobody gets both."
)

Clock = Callable[[], datetime]
Result = tuple[Outcome, str, int | None]
"""What a night came to, why, and its mail."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Became:
    """What became of one night: which timed send, which night, and how."""

    timed: TimedSend
    due: Due
    outcome: Outcome
    why: str = ""
    mail_id: int | None = None


def run_timed_sends(
    db: Database,
    settings: MailSettings,
    instance: Path,
    *,
    clock: Clock,
    stop: Callable[[], bool] = lambda: False,
    make: Make = run_apart,
) -> list[Became] | None:
    """Send every night that is due, and return what became of each; mails go into the queue.

    None if another process or thread is at it now. ``stop`` is asked between nights. One that is
    due for longer than ``CATCH_UP`` is missed. A night that meets an error which nobody foresaw, or
    what the database refuses at the moment, is tried again in the next round: the others go first,
    then the first such error is raised.
    """
    with turn(database_path(instance), TURN) as mine:
        if not mine:
            return None
        runner = _Runner(db, settings, database_path(instance), clock, make)
        became, unforeseen = [], []
        for timed_id, timed, due in _fell_due(db, clock()):
            if stop():
                break
            try:
                one = runner.run(timed_id, timed, due)
            except Exception as error:
                log.exception("Timed send %s, night of %s", timed_id, due.night)
                unforeseen.append(error)
                continue
            if one is not None:
                became.append(one)
        if unforeseen:
            raise unforeseen[0]
        return became


def _fell_due(db: Database, now: datetime) -> list[tuple[int, TimedSend, Due]]:
    found = []
    for timed_id, timed in timed_sends.every(db):
        last = timed_sends.acts(db, timed_id)[0]
        if last.act in GOING:
            found += [(timed_id, timed, due) for due in fell_due(timed, last.at, now)]
    return sorted(found, key=lambda each: each[2].at)


@dataclass(frozen=True)
class _Runner:
    db: Database
    settings: MailSettings
    database: Path
    clock: Clock
    make: Make

    def run(self, timed_id: int, timed: TimedSend, due: Due) -> Became | None:
        """Send one night if it is not settled; return what became of it, None if it waits."""
        run = timed_sends.run_of(self.db, timed_id, due.night)
        if run is not None and run.outcome is not None:
            return None
        if run is None:
            if self._waits(timed, due):
                return None
            with write_transaction(self.db):
                mine = timed_sends.claim(self.db, timed_id, due, str(uuid4()), self.clock())
            run = timed_sends.run_of(self.db, timed_id, due.night) if mine else None
            if run is None:
                return None
        became = self._sent(timed_id, timed, run)
        with write_transaction(self.db):
            timed_sends.settle(
                self.db, run.id, became.outcome, became.why, became.mail_id, self.clock()
            )
        return became

    def _late(self, due: Due) -> bool:
        return self.clock() - due.at > CATCH_UP

    def _waits(self, timed: TimedSend, due: Due) -> bool:
        return bool(self._held_open(timed, due)) and not self._late(due)

    def _held_open(self, timed: TimedSend, due: Due) -> list[str]:
        if timed.when_open is not WhenOpen.HOLD:
            return []
        return timed_sends.unclosed(self.db, due.night, timed.operations)

    def _sent(self, timed_id: int, timed: TimedSend, run: Run) -> Became:
        by = self._answers(timed_id)
        result = self._settled(timed, run, by)
        for _ in range(_TRIES):
            if result is not None or isinstance(by, str):
                break
            try:
                result = self._try(timed, run, by)
            except FiguresChanged:
                continue
            except Refused as refused:
                result = Outcome.FAILED, _quoting_nobody(timed, refused), None
            except (DoesNotAddUp, ExportFailed) as failed:
                result = Outcome.FAILED, str(failed), None
        return Became(timed, run.due, *(result or (Outcome.FAILED, _MOVING, None)))

    def _settled(self, timed: TimedSend, run: Run, by: Person | str) -> Result | None:
        """Return what a night comes to without being sent, None if it is to be sent."""
        queued = mails.id_of(self.db, run.send_key)
        if queued is not None:
            return Outcome.SENT, "", queued
        if self._late(run.due):
            waiting = ", ".join(self._held_open(timed, run.due))
            if waiting:
                return Outcome.HELD, _NOT_CLOSED.format(open=waiting), None
            return Outcome.MISSED, _TOO_LATE, None
        if isinstance(by, str):
            return Outcome.FAILED, _NOBODY.format(who=by), None
        if timed.list_id is None:
            return Outcome.FAILED, _LIST_GONE.format(name=timed.list_name), None
        return None

    def _answers(self, timed_id: int) -> Person | str:
        """Return who set it up, or their name if they may not send any more."""
        last = timed_sends.acts(self.db, timed_id)[-1]
        return sender(self.db, last.by) or last.who

    def _try(self, timed: TimedSend, run: Run, by: Person) -> Result:
        now = self.clock()
        asked = ask_for_night(self.db, timed, run.due)
        empty = nothing_logged(self.db, asked.wanted)
        if empty and timed.when_empty is WhenEmpty.SKIP:
            return Outcome.NOTHING, "", None
        ready = make_ready(self.db, asked, self.settings, as_at=now)
        if ready.sensitive and not asked.sensitive_allowed:
            return Outcome.HELD, _TOO_SENSITIVE.format(marking=ready.marking.label), None
        if ready.before is not None:
            return Outcome.ALREADY, "", ready.before.mail_id
        if ready.earlier:
            return Outcome.HELD, _gives_away(ready.earlier[0]), None
        press = Press(run.send_key, now, ready.seen)
        mail_id = send_report(
            self.db,
            asked,
            self.settings,
            press,
            database=self.database,
            by=by,
            now=now,
            make=self.make,
        )
        return (Outcome.TOLD if empty else Outcome.SENT), "", mail_id


def _quoting_nobody(timed: TimedSend, refused: Refused) -> str:
    if any(problem.field == "addresses" for problem in refused.problems):
        return _ADDRESS.format(name=timed.list_name)
    return str(refused)


def _gives_away(earlier: Earlier) -> str:
    # Without the addresses: what became of a night is kept for good.
    return _GIVES_AWAY.format(
        now="shows" if earlier.hides else "hides",
        what=f"{earlier.what} of {says_moment(earlier.at)}",
        then="hides" if earlier.hides else "shows",
    )

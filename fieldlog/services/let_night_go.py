"""Let a night of a timed send go that was held: somebody looks at it as it is now, and sends it.

That it was held stays written down. The mail goes under the key of the night, so that it goes once
whoever lets it, and carries the name of whoever did.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from fieldlog.core.mail import MailSettings
from fieldlog.core.person import Person
from fieldlog.core.timed_send import TimedSend
from fieldlog.services.ask_for_night import ask_for_night
from fieldlog.services.look_at_mail import Asked, Ready, make_ready
from fieldlog.services.send_apart import Going, Sending, send_or_start
from fieldlog.store import timed_sends
from fieldlog.store.connection import Database
from fieldlog.store.timed_sends import Run


@dataclass(frozen=True)
class HeldNight:
    """A night that is held: what its timed send asks for."""

    timed: TimedSend
    run: Run
    asked: Asked


def held_night(db: Database, timed_id: int, run_id: int) -> HeldNight | None:
    """Return a night of a timed send that is held, None if there is none of that number.

    None too once it was let go, and where its list was removed.
    """
    timed, run = timed_sends.get(db, timed_id), timed_sends.run(db, run_id)
    if timed is None or run is None or run.timed_send_id != timed_id:
        return None
    if not run.held or timed.list_id is None:
        return None
    return HeldNight(timed, run, ask_for_night(db, timed, run.due))


def look_at_held_night(
    db: Database, held: HeldNight, settings: MailSettings, *, as_at: datetime
) -> Ready:
    """Return what would go now. Raises Refused where it may not, DoesNotAddUp."""
    return make_ready(db, held.asked, settings, as_at=as_at)


def let_night_go(
    db: Database, instance: Path, held: HeldNight, sending: Sending, *, by: Person, now: datetime
) -> Going:
    """Send what was looked at; the errors are those of ``send_or_start``."""
    press = replace(sending.press, send_key=held.run.send_key)
    once = replace(sending, press=press, work_key=sending.key)
    return send_or_start(db, instance, once, by=by, now=now)

"""Plan a timed send: set it up after a second look, pause it, resume it, end it.

Whoever sets one up answers for everything it sends: the mails carry their name, and it stops with
their account. A timed send is never changed: end it and set up another one.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from fieldlog.core.mail import MailSettings, recipients_problems
from fieldlog.core.person import Person
from fieldlog.core.rules import Problem, Refused
from fieldlog.core.timed_send import (
    GOING,
    MAY_FOLLOW,
    Act,
    Due,
    TimedSend,
    filter_of,
    next_due,
    too_early,
)
from fieldlog.services.choose_filter import choices
from fieldlog.services.warn_of_subtraction import Earlier, hides, names_people, subtractable
from fieldlog.store import distribution_lists, timed_sends
from fieldlog.store.audit import add_to_audit
from fieldlog.store.connection import Database, read_snapshot, write_transaction
from fieldlog.store.timed_sends import Done, Run

MOST_RUNS = 60
HELD_SHOWN = timedelta(days=7)
"""How long a held night waits in sight: what goes after it does not settle it."""


@dataclass(frozen=True)
class Looked:
    """A timed send as it would be set up, for the second look.

    ``seen`` tells whether the list is still the one that was looked at. ``earlier`` went out before
    and gives away small numbers of the first night; the timed sends ``beside`` it would.
    """

    timed: TimedSend
    recipients: tuple[str, ...]
    operations: tuple[str, ...]
    next: Due | None
    seen: str
    earlier: tuple[Earlier, ...]
    beside: tuple[TimedSend, ...]

    @property
    def names_people(self) -> bool:
        """Whether what goes is for those who may read the log."""
        return names_people(self.timed.output)


@dataclass(frozen=True)
class Listed:
    """A timed send as it stands, with what was done with it, the latest first, and its runs."""

    id: int
    timed: TimedSend
    operations: tuple[str, ...]
    acts: tuple[Done, ...]
    runs: tuple[Run, ...]
    next: Due | None

    @property
    def state(self) -> Act:
        """What was done with it last."""
        return self.acts[0].act

    @property
    def going(self) -> bool:
        """Whether it sends."""
        return self.state in GOING

    @property
    def set_up(self) -> Done:
        """Who set it up, and when."""
        return self.acts[-1]

    @property
    def latest(self) -> Run | None:
        """The run of its latest night, or None."""
        return self.runs[0] if self.runs else None


def look_at_timed_send(
    db: Database, timed: TimedSend, settings: MailSettings, *, now: datetime
) -> Looked:
    """Return what would be set up. Raises Refused with everything that is wrong with it."""
    found = distribution_lists.get(db, timed.list_id) if timed.list_id is not None else None
    names = _operations(db)
    problems = list(_problems(timed, names))
    if found is None:
        problems.append(Problem("list_id", "Choose the distribution list it goes to."))
    else:
        problems += recipients_problems("list_id", list(found.addresses), settings.domains)
    if problems or found is None:
        raise Refused(tuple(problems))
    first = next_due(timed, now)
    return Looked(
        timed=timed,
        recipients=found.addresses,
        operations=tuple(names[one] for one in timed.operations),
        next=first,
        seen=hashlib.sha256("\n".join([found.name, *found.addresses]).encode()).hexdigest(),
        earlier=subtractable(db, filter_of(timed, first), timed.output) if first else (),
        beside=_beside(db, timed),
    )


def _beside(db: Database, timed: TimedSend) -> tuple[TimedSend, ...]:
    """Return the timed sends that show of the same nights what this one hides, or hide it."""
    if names_people(timed.output):
        return ()
    return tuple(
        other
        for timed_id, other in timed_sends.every(db)
        if timed_sends.acts(db, timed_id)[0].act in GOING
        and not names_people(other.output)
        and hides(other.output) != hides(timed.output)
        and set(other.days) & set(timed.days)
        and (other.operations == timed.operations or not (other.operations and timed.operations))
    )


def _problems(timed: TimedSend, names: dict[int, str]) -> list[Problem]:
    problems = []
    if not timed.days:
        problems.append(Problem("days", "Choose at least one day on which it goes."))
    if too_early(timed.clock):
        problems.append(
            Problem("clock", "A night is over at 06:00. Choose a time from then on, like 08:00.")
        )
    if set(timed.operations) - names.keys():
        problems.append(Problem("operations", "There is no such operation. Choose from these."))
    return problems


def set_up_timed_send(
    db: Database,
    timed: TimedSend,
    settings: MailSettings,
    *,
    seen: str,
    by: Person,
    now: datetime,
) -> int | None:
    """Set up what was looked at, and return its id; None if the list is not the same any more.

    Raises Refused.
    """
    looked = look_at_timed_send(db, timed, settings, now=now)
    if looked.seen != seen:
        return None
    with write_transaction(db):
        timed_id = timed_sends.add(db, timed)
        timed_sends.add_act(db, timed_id, Act.SET_UP, by=by.officer_id, now=now)
        edition = timed.output.edition.label.lower() if timed.output else "figures only"
        about = f"“{timed.list_name}”, {timed.says_when}, {edition}, {timed.marking.label} at most"
        add_to_audit(db, "timed send set up", at=now, officer_id=by.officer_id, about=about)
    return timed_id


def change_timed_send(db: Database, timed_id: int, act: Act, *, by: Person, now: datetime) -> None:
    """Pause, resume or end a timed send; what is so already stays. Raises Refused."""
    with write_transaction(db):
        done = timed_sends.acts(db, timed_id)
        if not done or done[0].act is act:
            return
        if act not in MAY_FOLLOW[done[0].act]:
            state = done[0].act.label.lower()
            raise Refused((Problem("act", f"It is {state} by {done[0].who} meanwhile."),))
        timed_sends.add_act(db, timed_id, act, by=by.officer_id, now=now)
        about = f"timed send {timed_id}"
        what = f"timed send {act.value}"
        add_to_audit(db, what, at=now, officer_id=by.officer_id, about=about)


def timed_send(db: Database, timed_id: int, *, now: datetime) -> Listed | None:
    """Return one timed send with its runs, or None."""
    with read_snapshot(db):
        found = timed_sends.get(db, timed_id)
        return _listed(db, timed_id, found, _operations(db), now) if found else None


def every_timed_send(db: Database, *, now: datetime, ended: bool = True) -> list[Listed]:
    """Return the timed sends, the newest first; without ``ended`` only those that may still go."""
    with read_snapshot(db):
        names = _operations(db)
        found = [_listed(db, timed_id, one, names, now) for timed_id, one in timed_sends.every(db)]
    return [one for one in found if ended or one.state is not Act.ENDED]


def needs_somebody(
    found: list[Listed], *, now: datetime, most: int = 5
) -> list[tuple[Listed, Run]]:
    """Return the latest nights that did not go, and those held this week, the newest first."""
    stopped = [
        (one, run)
        for one in found
        for run in one.runs
        if run.needs_somebody
        and (run == one.latest or (run.held and now - run.due.at <= HELD_SHOWN))
    ]
    return sorted(stopped, key=lambda pair: pair[1].due.at, reverse=True)[:most]


def operations_to_choose(db: Database) -> list[tuple[int, str]]:
    """Return (id, name) of every operation, by name."""
    return list(_operations(db).items())


def _listed(
    db: Database, timed_id: int, timed: TimedSend, names: dict[int, str], now: datetime
) -> Listed:
    acts = tuple(timed_sends.acts(db, timed_id))
    return Listed(
        id=timed_id,
        timed=timed,
        operations=tuple(names[one] for one in timed.operations),
        acts=acts,
        runs=tuple(timed_sends.runs(db, timed_id, MOST_RUNS)),
        next=next_due(timed, now) if acts and acts[0].act in GOING else None,
    )


def _operations(db: Database) -> dict[int, str]:
    return {int(key): name for key, name in choices(db, ["operation"])["operation"] if key}

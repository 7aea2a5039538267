"""Timed sends: what goes out by itself, who let it, and what became of each night."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlite_utils import Database

from fieldlog.core.editions import Edition, FileFormat, Output
from fieldlog.core.night import from_utc_text, moment_or_none, utc_text
from fieldlog.core.timed_send import Act, Due, Outcome, TimedSend, WhenEmpty, WhenOpen
from fieldlog.core.words import Marking


@dataclass(frozen=True)
class Done:
    """Something that somebody did with a timed send."""

    act: Act
    at: datetime
    by: int
    who: str


@dataclass(frozen=True)
class LetGo:
    """Who sent a night that had not gone by itself, and when."""

    who: str
    at: datetime


@dataclass(frozen=True)
class Run:
    """One night of a timed send; without an ``outcome`` it is under way, or was interrupted.

    ``mail_id`` is the mail it came to, also where somebody ``let_go`` of it later.
    """

    id: int
    timed_send_id: int
    due: Due
    send_key: str
    outcome: Outcome | None
    at: datetime | None
    why: str
    mail_id: int | None
    let_go: LetGo | None = None

    @property
    def says(self) -> str:
        """What became of it, in words."""
        if self.outcome is None:
            return "Under way"
        return f"{self.outcome.label}, then let go" if self.let_go else self.outcome.label

    @property
    def needs_somebody(self) -> bool:
        """Whether a person has to look at it."""
        return self.outcome is not None and self.outcome.needs_somebody and self.mail_id is None

    @property
    def held(self) -> bool:
        """Whether it could go, and waits for a person to let it."""
        return self.outcome is Outcome.HELD and self.mail_id is None


_TIMED = """
SELECT timed_sends.id, list_id, list_name, days, clock, edition, format, suppress, marking,
    when_open, when_empty,
    (SELECT group_concat(operation_id) FROM timed_send_operations AS chosen
     WHERE chosen.timed_send_id = timed_sends.id)
FROM timed_sends LEFT JOIN timed_send_lists ON timed_send_id = timed_sends.id
"""
_RUNS = """
SELECT timed_send_runs.id, timed_send_id, night_of, due_at, timed_send_runs.send_key, outcome, at,
    why, coalesce(mail_id, mails.id),
    CASE WHEN outcome IS NOT NULL AND mail_id IS NULL THEN mails.created_at END, officers.name
FROM timed_send_runs LEFT JOIN timed_send_outcomes ON run_id = timed_send_runs.id
LEFT JOIN mails ON mails.send_key = timed_send_runs.send_key
LEFT JOIN officers ON officers.id = mails.created_by
"""


def add(db: Database, timed: TimedSend) -> int:
    """Insert a timed send; return its id. Call in a write transaction."""
    output = timed.output
    cursor = db.conn.execute(
        "INSERT INTO timed_sends (list_name, days, clock, edition, format, suppress, marking, "
        "when_open, when_empty) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            timed.list_name,
            "".join(map(str, timed.days)),
            f"{timed.clock:%H:%M}",
            output.edition.value if output else "",
            output.file_format.value if output else "",
            int(output.suppress) if output else 0,
            timed.marking.value,
            timed.when_open.value,
            timed.when_empty.value,
        ],
    )
    timed_id = int(cursor.lastrowid or 0)
    db.conn.execute("INSERT INTO timed_send_lists VALUES (?, ?)", [timed_id, timed.list_id])
    db.conn.executemany(
        "INSERT INTO timed_send_operations VALUES (?, ?)",
        [(timed_id, operation) for operation in timed.operations],
    )
    return timed_id


def add_act(db: Database, timed_id: int, act: Act, *, by: int, now: datetime) -> None:
    """Insert what somebody did with a timed send. Call in a write transaction."""
    db.conn.execute(
        "INSERT INTO timed_send_acts (timed_send_id, act, at, by) VALUES (?, ?, ?, ?)",
        [timed_id, act.value, utc_text(now), by],
    )


def every(db: Database) -> list[tuple[int, TimedSend]]:
    """Return (id, timed send) of each, ended ones too, the newest first."""
    return [_timed(row) for row in db.execute(f"{_TIMED} ORDER BY timed_sends.id DESC")]


def get(db: Database, timed_id: int) -> TimedSend | None:
    """Return one timed send, or None."""
    row = db.execute(f"{_TIMED} WHERE timed_sends.id = ?", [timed_id]).fetchone()
    return _timed(row)[1] if row else None


def acts(db: Database, timed_id: int) -> list[Done]:
    """Return what was done with a timed send, the latest first."""
    rows = db.execute(
        "SELECT act, at, by, officers.name FROM timed_send_acts JOIN officers ON officers.id = by "
        "WHERE timed_send_id = ? ORDER BY timed_send_acts.id DESC",
        [timed_id],
    )
    return [Done(Act(row[0]), from_utc_text(row[1]), row[2], row[3]) for row in rows]


def claim(db: Database, timed_id: int, due: Due, send_key: str, now: datetime) -> bool:
    """Take a night of a timed send for oneself; False if somebody has. Call in a write transaction.

    Whoever claims it sends it: the row is there once, whatever processes and clocks do.
    """
    cursor = db.conn.execute(
        "INSERT INTO timed_send_runs (timed_send_id, night_of, due_at, claimed_at, send_key) "
        "VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        [timed_id, due.night.isoformat(), utc_text(due.at), utc_text(now), send_key],
    )
    return cursor.rowcount == 1


def settle(
    db: Database, run_id: int, outcome: Outcome, why: str, mail_id: int | None, now: datetime
) -> None:
    """Insert what became of a night. Call in a write transaction."""
    db.conn.execute(
        "INSERT INTO timed_send_outcomes VALUES (?, ?, ?, ?, ?)",
        [run_id, utc_text(now), outcome.value, why, mail_id],
    )


def run_of(db: Database, timed_id: int, night: date) -> Run | None:
    """Return the run of one night, or None."""
    row = db.execute(
        f"{_RUNS} WHERE timed_send_id = ? AND night_of = ?", [timed_id, night.isoformat()]
    ).fetchone()
    return _run(row) if row else None


def run(db: Database, run_id: int) -> Run | None:
    """Return one run, or None."""
    row = db.execute(f"{_RUNS} WHERE timed_send_runs.id = ?", [run_id]).fetchone()
    return _run(row) if row else None


def runs(db: Database, timed_id: int, most: int) -> list[Run]:
    """Return the runs of a timed send, the latest first."""
    rows = db.execute(
        f"{_RUNS} WHERE timed_send_id = ? ORDER BY night_of DESC LIMIT ?", [timed_id, most]
    )
    return [_run(row) for row in rows]


def unclosed(db: Database, night: date, operations: tuple[int, ...]) -> list[str]:
    """Return which deployments of a night are not closed, by operation; all without any named."""
    rows = db.execute(
        "SELECT deployments.operation_id, operations.name FROM deployments "
        "JOIN operations ON operations.id = operation_id WHERE night_of = ? "
        "AND 'closed' IS NOT (SELECT act FROM closings WHERE deployment_id = deployments.id "
        "ORDER BY id DESC LIMIT 1) ORDER BY operations.name",
        [night.isoformat()],
    )
    return [name for operation, name in rows if not operations or operation in operations]


DEPLOYMENTS_MAILED = """
SELECT night.id FROM timed_send_runs AS run
JOIN deployments AS night ON night.night_of = run.night_of
WHERE run.send_key = {send_key} AND (
    night.operation_id IN (SELECT operation_id FROM timed_send_operations AS chosen
        WHERE chosen.timed_send_id = run.timed_send_id)
    OR NOT EXISTS (SELECT 1 FROM timed_send_operations AS chosen
        WHERE chosen.timed_send_id = run.timed_send_id))
"""
"""Which deployments the mail with a send key is about, if it went by itself."""


def deployments_mailed(db: Database, send_key: str) -> list[int]:
    """Return which deployments a mail is about that went by itself; none for any other mail."""
    sql = DEPLOYMENTS_MAILED.format(send_key="?")
    return [row[0] for row in db.execute(f"{sql} ORDER BY night.id", [send_key])]


def timed_sends_are_whole(db: Database) -> Iterator[str]:
    """Look for timed sends that nobody set up, and for runs whose mail is not theirs."""
    for (timed_id,) in db.execute(
        "SELECT id FROM timed_sends WHERE 'set_up' IS NOT (SELECT act FROM timed_send_acts "
        "WHERE timed_send_id = timed_sends.id ORDER BY id LIMIT 1)"
    ):
        yield f"Nobody set up timed send {timed_id}."
    for run_id, mail_id in db.execute(
        "SELECT run_id, mail_id FROM timed_send_outcomes JOIN timed_send_runs ON id = run_id "
        "WHERE outcome IN ('sent', 'told') AND NOT EXISTS (SELECT 1 FROM mails "
        "WHERE mails.id = mail_id AND mails.send_key = timed_send_runs.send_key)"
    ):
        yield f"Mail {mail_id} is not the one that run {run_id} of a timed send sent."


def _timed(row: tuple[Any, ...]) -> tuple[int, TimedSend]:
    output = Output(Edition(row[5]), FileFormat(row[6]), bool(row[7])) if row[5] else None
    return row[0], TimedSend(
        list_id=row[1],
        list_name=row[2],
        operations=tuple(sorted(map(int, row[11].split(",")))) if row[11] else (),
        days=tuple(map(int, row[3])),
        clock=time.fromisoformat(row[4]),
        output=output,
        marking=Marking(row[8]),
        when_open=WhenOpen(row[9]),
        when_empty=WhenEmpty(row[10]),
    )


def _run(row: tuple[Any, ...]) -> Run:
    return Run(
        id=row[0],
        timed_send_id=row[1],
        due=Due(date.fromisoformat(row[2]), from_utc_text(row[3])),
        send_key=row[4],
        outcome=Outcome(row[5]) if row[5] else None,
        at=moment_or_none(row[6]),
        why=row[7] or "",
        mail_id=row[8],
        let_go=LetGo(row[10] or "", from_utc_text(row[9])) if row[9] else None,
    )

"""Run an export in a process of its own, at the back of the queue, so that nobody else waits.

Writing a workbook keeps the interpreter busy for seconds. In a thread of the server that made one
save in a hundred take over five seconds; in a child process that is nice about it, none.
"""

import json
import logging
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from fieldlog.core.editions import Edition, FileFormat, Output
from fieldlog.core.issue import FigureChange, IssueMark
from fieldlog.core.person import Person
from fieldlog.core.question import Filter
from fieldlog.core.words import Marking, Role
from fieldlog.resources import PACKAGE
from fieldlog.services.write_whole import Exported, ExportFailed

NIGHT, LOG = "night", "log"
LONGEST_WAIT = 900
"""Seconds. A workbook of a million entries takes two minutes on two cores."""

_STOPPED = "The export stopped before it was finished. Try again, or choose a shorter period."
_TOO_LONG = "The export took too long and was stopped. Choose a shorter period."

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    """An export to run apart: ``what`` is ``NIGHT`` (figures) or ``LOG`` (CSV of the log).

    The other fields are the arguments of ``export_figures`` and ``export_log_csv``.
    """

    what: str
    database: Path
    wanted: Filter
    target: Path
    by: Person | None
    now: datetime
    marking: Marking = Marking.OFFICIAL
    raw: bool = False
    output: Output = field(default_factory=Output)
    issue: IssueMark | None = None


def run_apart(job: Job) -> Exported:
    """Run ``job`` in a child process, wait for it and return what was written.

    The file is at ``job.target``, whole, or there is none. Raises ExportFailed with the message
    for the person who asked.
    """
    command = [sys.executable, "-m", "fieldlog.services.running_apart"]
    try:
        child = subprocess.run(
            command,
            input=json.dumps(as_data(job)),
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            env=os.environ | {"PYTHONPATH": str(PACKAGE.parent), "PYTHONIOENCODING": "utf-8"},
            timeout=LONGEST_WAIT,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise ExportFailed(_TOO_LONG) from error
    try:
        said = json.loads(child.stdout)
    except ValueError as error:
        log.error("An export ended with status %s: %s", child.returncode, child.stderr)
        raise ExportFailed(_STOPPED) from error
    if "failed" in said:
        raise ExportFailed(said["failed"])
    return Exported(**(said | {"path": job.target, "marking": Marking(said["marking"])}))


def as_data(job: Job) -> dict[str, Any]:
    """Return a job as plain data that JSON carries."""
    wanted, by = job.wanted, job.by
    return {
        "what": job.what,
        "database": str(job.database),
        "target": str(job.target),
        "now": job.now.isoformat(),
        "marking": job.marking.value,
        "raw": job.raw,
        "output": vars(job.output),
        "issue": _issue_data(job.issue) if job.issue else None,
        "by": vars(by) | {"role": by.role.value} if by else None,
        "wanted": {
            "where": {name: list(keys) for name, keys in wanted.where.items()},
            "without": {name: list(keys) for name, keys in wanted.without.items()},
            "date_from": wanted.date_from.isoformat() if wanted.date_from else None,
            "date_to": wanted.date_to.isoformat() if wanted.date_to else None,
            "holding": wanted.holding,
            "place": wanted.place,
        },
    }


def from_data(said: Mapping[str, Any]) -> Job:
    """Return the job that ``as_data`` made plain."""
    wanted, by = said["wanted"], said["by"]
    return Job(
        what=said["what"],
        database=Path(said["database"]),
        target=Path(said["target"]),
        now=datetime.fromisoformat(said["now"]),
        marking=Marking(said["marking"]),
        raw=said["raw"],
        output=_output(said["output"]),
        issue=_issue(said["issue"]) if said["issue"] else None,
        by=Person(**(by | {"role": Role(by["role"])})) if by else None,
        wanted=Filter(
            where={name: tuple(keys) for name, keys in wanted["where"].items()},
            without={name: tuple(keys) for name, keys in wanted["without"].items()},
            date_from=_date(wanted["date_from"]),
            date_to=_date(wanted["date_to"]),
            holding=wanted["holding"],
            place=wanted["place"],
        ),
    )


def _output(said: Mapping[str, Any]) -> Output:
    edition, file_format = Edition(said["edition"]), FileFormat(said["file_format"])
    return Output(edition, file_format, said["suppress"])


def _issue_data(issue: IssueMark) -> dict[str, Any]:
    changes = [vars(change) for change in issue.changes]
    return {**vars(issue), "issued_at": issue.issued_at.isoformat(), "changes": changes}


def _issue(said: Mapping[str, Any]) -> IssueMark:
    changes = tuple(FigureChange(**change) for change in said["changes"])
    issued_at = datetime.fromisoformat(said["issued_at"])
    return IssueMark(**{**said, "issued_at": issued_at, "changes": changes})


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None

"""Run an import of the register apart: its dry run, then the import itself, and how it stands."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from fieldlog.core.night import utc_text
from fieldlog.services.take_register_in import file_of
from fieldlog.services.work_apart import STOPPED_HALFWAY, Progress, Task, look, start_work
from fieldlog.store import register_imports
from fieldlog.store.connection import Database, write_transaction
from fieldlog.store.register_imports import (
    CHECKED,
    CHECKING,
    DONE,
    FAILED,
    GIVEN_UP,
    IMPORTING,
    UNDER_WAY,
    UPLOADED,
    RegisterImport,
)

__all__ = [
    "CHECKED",
    "CHECKING",
    "DONE",
    "FAILED",
    "IMPORTING",
    "UPLOADED",
    "RegisterImport",
    "Standing",
    "how_it_stands",
    "start",
]

MODULE = "fieldlog.services.importing_apart"
_LATEST = 50
_FROM = {CHECKING: "checked", IMPORTING: "imported"}


@dataclass(frozen=True)
class Standing:
    """How an import stands: ``progress`` while it is under way, ``problem`` where it failed."""

    found: RegisterImport
    progress: Progress | None = None
    problem: str = ""

    @property
    def state(self) -> str:
        """The state it is in; what was stopped half way has failed."""
        return FAILED if self.problem else self.found.state


def start(
    db: Database, instance: Path, found: RegisterImport, what: str, *, by: int, now: datetime
) -> str:
    """Start ``what``, CHECKING or IMPORTING, unless something of it is under way or it is over.

    Returns what was started, empty for nothing: where another import was done since the dry run,
    CHECKING instead of IMPORTING, so that nothing is written that nobody saw.
    """
    standing = how_it_stands(db, instance, found, now=now)
    over = standing.progress is not None or found.state in {DONE, GIVEN_UP}
    if over or (what == IMPORTING and found.state not in {CHECKED, IMPORTING}):
        return ""
    if what == IMPORTING and _overtaken(db, found):
        what = CHECKING
    said = {"import": found.id, "what": what, "instance": str(instance), "now": utc_text(now)}
    title = f"{found.file_name} is being {_FROM[what]}"
    key = start_work(instance, Task(MODULE, title, said), by=by, now=now)
    with write_transaction(db):
        # A short file may be done by now, and has said so itself.
        register_imports.begin(db, found.id, what, key, by)
    return what


def _overtaken(db: Database, found: RegisterImport) -> bool:
    seen = found.besides.get("done_before")
    return seen is not None and seen != register_imports.done_so_far(db)


def how_it_stands(
    db: Database, instance: Path, found: RegisterImport, *, now: datetime
) -> Standing:
    """Return how an import stands, also if the process that worked on it was stopped."""
    if found.state not in UNDER_WAY:
        return Standing(found)
    work = look(instance, found.besides.get("work", ""), by=found.besides.get("by"), now=now)
    if work is not None and not work.over:
        return Standing(found, work.progress)
    again = register_imports.get(db, found.id) or found
    if again.state not in UNDER_WAY:
        return Standing(again)
    return Standing(again, problem=(work.problem if work else "") or STOPPED_HALFWAY)


def one(db: Database, import_id: int) -> RegisterImport | None:
    """Return one import that was not given up, or None."""
    found = register_imports.get(db, import_id)
    return found if found and found.state != GIVEN_UP else None


def latest(db: Database) -> list[RegisterImport]:
    """Return the last imports, the latest first."""
    return register_imports.latest(db, _LATEST)


def is_kept(instance: Path, found: RegisterImport) -> bool:
    """Say whether the file of an import is still there."""
    return file_of(instance, found.id).is_file()

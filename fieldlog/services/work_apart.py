"""Work apart: start something long in a process of its own, follow its progress, come back to it.

Each piece of work has a folder below ``work`` in the instance folder: what is asked, how far it is,
what came of it, and files it made. Whichever server process a page asks reads the same there, and
the work goes on when its page is left or the server is started again. What is over is kept for a
day. For work of your own:

1. Write a module that is run with the folder as its only argument and does it::

       def main() -> int:
           with doing(Path(sys.argv[1])) as work:
               work.tell(Progress("Reading the rows", 0, 9000))
               work.finish({"added": 12})
           return 0

2. Start it from the service that a page calls: ``key = start_work(instance, Task(...), ...)``.
3. The page asks ``look(instance, key)`` and is loaded again every few seconds until ``over``.

``finish`` and the exceptions that are given to ``doing`` end the work; a process that dies is seen
to be gone by its lock.
"""

import json
import logging
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from fieldlog.core.night import from_utc_text, utc_text
from fieldlog.core.words import Labelled
from fieldlog.resources import PACKAGE
from fieldlog.services.scratch import sweep_old
from fieldlog.store.turn_taking import turn

KEPT = timedelta(days=1)
NICENESS = 10
SECONDS_BETWEEN_WORDS = 0.25
LONGEST_START = timedelta(minutes=2)
STOPPED_HALFWAY = "It was stopped before it was finished. Nothing of it is in use. Start it again."

_FOLDER, _ALIVE = "work", "alive"
_TASK, _PROGRESS, _RESULT, _PROBLEMS = "task.json", "progress.json", "result.json", "problems.txt"
KEY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Progress:
    """How far it is: what is being done, how much ``of`` how much; 0 where nobody knows."""

    step: str
    done: int = 0
    of: int = 0


Tell = Callable[[Progress], None]


def tell_nobody(_: Progress) -> None:
    """Hear how far something is and do nothing about it."""


class WorkState(Labelled):
    """How a piece of work stands."""

    RUNNING = "running", "Under way"
    DONE = "done", "Done"
    FAILED = "failed", "Not done"


@dataclass(frozen=True)
class Task:
    """What to do apart: ``module`` is run, ``said`` is what it is told: anything JSON carries."""

    module: str
    title: str
    said: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Work:
    """A piece of work as it stands. ``result`` is what ``finish`` was given, ``problem`` why not.

    ``officer_id`` is who started it; only they are shown it.
    """

    key: str
    folder: Path
    task: Task
    officer_id: int | None
    started_at: datetime
    state: WorkState
    progress: Progress
    result: Mapping[str, Any]
    problem: str = ""

    @property
    def over(self) -> bool:
        """Whether nothing more happens."""
        return self.state is not WorkState.RUNNING


def start_work(instance: Path, task: Task, *, by: int | None, now: datetime, key: str = "") -> str:
    """Start ``task`` in a process of its own and return the key it is found by.

    With a ``key`` of the caller's, one that matches ``KEY``, it is started once: whoever asks for
    it again starts nothing more.
    """
    sweep(instance, now)
    key = key or str(uuid4())
    folder = instance / _FOLDER / key
    folder.parent.mkdir(mode=0o700, exist_ok=True)
    new = folder.with_name(f"{uuid4()}.new")
    new.mkdir(mode=0o700)
    _write(new / _TASK, {**vars(task), "by": by, "at": utc_text(now)})
    try:
        # Renamed when it is whole: of two who ask at once the second finds a folder in the way.
        new.rename(folder)
    except OSError:
        shutil.rmtree(new)
        if not folder.is_dir():
            raise
        return key
    child = launch(task.module, folder)
    threading.Thread(target=child.wait, name="work", daemon=True).start()
    return key


def launch(module: str, folder: Path) -> "subprocess.Popen[bytes]":
    """Run ``module`` with ``folder`` as its argument, in a nice process of its own."""
    with (folder / _PROBLEMS).open("wb") as problems:
        child = subprocess.Popen(
            [sys.executable, "-m", module, str(folder)],
            stdin=subprocess.DEVNULL,
            stdout=problems,
            stderr=problems,
            env=os.environ | {"PYTHONPATH": str(PACKAGE.parent), "PYTHONIOENCODING": "utf-8"},
            # What stops the server at a terminal does not stop the work.
            start_new_session=True,
        )
    if hasattr(os, "setpriority"):
        with suppress(ProcessLookupError):
            os.setpriority(os.PRIO_PROCESS, child.pid, NICENESS)
    return child


def look(instance: Path, key: str, *, by: int | None, now: datetime) -> Work | None:
    """Return how a piece of work of ``by`` stands, or None if there is none of theirs."""
    if not KEY.fullmatch(key):
        return None
    work = _look(instance / _FOLDER / key, now)
    return work if work and work.officer_id == by else None


def works_of(instance: Path, *, by: int | None, now: datetime) -> list[Work]:
    """Return what ``by`` started within a day, the newest first."""
    found = [_look(folder, now) for folder in _folders(instance)]
    mine = [work for work in found if work and work.officer_id == by]
    return sorted(mine, key=lambda work: work.started_at, reverse=True)


def sweep(instance: Path, now: datetime) -> None:
    """Remove what was started more than a day ago, files and all, and what never was."""
    for folder in _folders(instance):
        work = _look(folder, now)
        if work is not None and work.over and now - work.started_at > KEPT:
            shutil.rmtree(folder, ignore_errors=True)
    sweep_old((instance / _FOLDER).glob("*.new"), now)


def _folders(instance: Path) -> list[Path]:
    above = instance / _FOLDER
    return [each for each in above.iterdir() if KEY.fullmatch(each.name)] if above.is_dir() else []


def _look(folder: Path, now: datetime) -> Work | None:
    about = _read(folder / _TASK)
    if about is None:
        return None
    started_at = from_utc_text(about["at"])
    told = _read(folder / _PROGRESS)
    # The lock is asked first: work that ends in between has left its result by then.
    running = _running(folder, told, now - started_at)
    said = _read(folder / _RESULT)
    if said is None:
        said = {} if running else {"problem": STOPPED_HALFWAY}
        state = WorkState.RUNNING if running else WorkState.FAILED
    else:
        state = WorkState.FAILED if said.get("problem") else WorkState.DONE
    return Work(
        key=folder.name,
        folder=folder,
        task=Task(about["module"], about["title"], about["said"]),
        officer_id=about["by"],
        started_at=started_at,
        state=state,
        progress=Progress(**told) if told else Progress("Starting"),
        result=said.get("result", {}),
        problem=said.get("problem", ""),
    )


def _running(folder: Path, told: Mapping[str, Any] | None, age: timedelta) -> bool:
    # Whoever has told something has taken the lock before: until then nobody may touch it.
    if told is None:
        return age < LONGEST_START
    with turn(folder / _TASK, _ALIVE) as free:
        return not free


class Doing:
    """Work from the inside: what was asked, and where to say how far it is."""

    def __init__(self, folder: Path) -> None:
        """Read what was asked of the work in ``folder``."""
        about = _read(folder / _TASK) or {}
        self.folder = folder
        self.said: Mapping[str, Any] = about["said"]
        self.by: int | None = about["by"]
        self._told_at = 0.0
        self._step = ""

    def tell(self, progress: Progress) -> None:
        """Say how far it is; said more often than four times a second, it is kept for itself."""
        at = time.monotonic()
        if progress.step != self._step or at - self._told_at >= SECONDS_BETWEEN_WORDS:
            self._told_at, self._step = at, progress.step
            _write(self.folder / _PROGRESS, vars(progress))

    def finish(self, result: Mapping[str, Any]) -> None:
        """End the work well; pages are told ``result``."""
        _write(self.folder / _RESULT, {"result": dict(result)})

    def fail(self, problem: str) -> None:
        """End the work with the message for the person who asked."""
        _write(self.folder / _RESULT, {"problem": problem})


@contextmanager
def doing(folder: Path, *mistakes: type[Exception]) -> Iterator[Doing]:
    """Do the work of ``folder`` in the block; one of ``mistakes`` ends it with its message.

    Anything else ends it with a general message, and stands in the folder's ``problems.txt``.
    """
    with turn(folder / _TASK, _ALIVE):
        work = Doing(folder)
        work.tell(Progress("Starting"))
        try:
            yield work
        except mistakes as mistake:
            work.fail(str(mistake))
        except Exception:
            work.fail(STOPPED_HALFWAY)
            raise


def _write(path: Path, content: Mapping[str, Any]) -> None:
    whole = path.with_suffix(".new")
    whole.write_text(json.dumps(content), encoding="utf-8")
    whole.replace(path)


def _read(path: Path) -> dict[str, Any] | None:
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found

"""Scratch: a folder for a file on its way; what a process leaves that is killed goes after a day.

The folder for temporary files of the machine is nobody's to sweep: a workbook with names in it
would stay there until somebody starts the machine again, or for ever.
"""

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

LEFT_FOR = timedelta(days=1)
_FOLDER = "scratch"


@contextmanager
def scratch(instance: Path) -> Iterator[Path]:
    """Give a folder below the instance folder for the length of the block."""
    above = instance / _FOLDER
    above.mkdir(mode=0o700, exist_ok=True)
    with TemporaryDirectory(dir=above) as folder:
        yield Path(folder)


def sweep_scratch(instance: Path, now: datetime) -> None:
    """Remove what killed processes left, here and beside the drafts in the folder ``outbox``."""
    sweep_old((instance / _FOLDER).glob("*"), now)
    sweep_old((instance / "outbox").glob(".fieldlog-*"), now)


def sweep_old(folders: Iterable[Path], now: datetime) -> None:
    """Remove those of ``folders`` in which nothing was begun for a day."""
    for folder in folders:
        if older_than(folder, LEFT_FOR, now):
            shutil.rmtree(folder, ignore_errors=True)


def older_than(path: Path, age: timedelta, now: datetime) -> bool:
    """Say whether nothing was written at ``path`` for so long; False where it is gone."""
    try:
        return now - datetime.fromtimestamp(path.stat().st_mtime, UTC) > age
    except OSError:
        return False

"""Tidy up: drop what work that is over, or was killed, left, and what nobody imported.

Both hold personal data that is needed for a day. An import that is under way or held stays, and
what was imported keeps its report until its period has run.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from fieldlog.core.mail import MailSettings
from fieldlog.core.rules import Refused
from fieldlog.services.run_import import how_it_stands
from fieldlog.services.scratch import sweep_scratch
from fieldlog.services.take_register_in import KEPT, drop_files, give_up
from fieldlog.services.work_apart import sweep
from fieldlog.store import register_imports
from fieldlog.store.connection import Database


def tidy_up(
    db: Database,
    _settings: MailSettings,
    instance: Path,
    *,
    clock: Callable[[], datetime],
    stop: Callable[[], bool] = lambda: False,
) -> None:
    """Drop what is a day old and over. ``stop`` is asked between imports."""
    now = clock()
    sweep(instance, now)
    sweep_scratch(instance, now)
    for found in register_imports.unfinished(db, now - KEPT):
        if stop():
            return
        if how_it_stands(db, instance, found, now=now).progress is None:
            with suppress(Refused):
                give_up(db, instance, found, by=None, now=now)
    drop_files(db, instance, now)

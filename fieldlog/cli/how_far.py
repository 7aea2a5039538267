"""How far a long export is, drawn on standard error while somebody watches."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

import click

from fieldlog.services.work_apart import Progress, Tell, tell_nobody

if TYPE_CHECKING:
    from fieldlog.services.run_apart import Job
    from fieldlog.services.write_whole import Exported

WIDE = 30


@contextmanager
def progress_bar() -> Iterator[Tell]:
    """Give what is told how far it is: a line on a terminal, nothing where there is none."""
    if not sys.stderr.isatty():
        yield tell_nobody
        return
    try:
        yield lambda progress: click.echo(f"\r{bar(progress)}\x1b[K", err=True, nl=False)
    finally:
        # What is said next starts on a clean line, also after a mistake.
        click.echo("\r\x1b[K", err=True, nl=False)


@contextmanager
def writing_here() -> Iterator["Callable[[Job], Exported]"]:
    """Give what writes a file in this process, which nobody else waits for, and draws how far."""
    from fieldlog.services.running_apart import done

    with progress_bar() as tell:
        yield partial(done, tell=tell)


def bar(progress: Progress) -> str:
    """Return ``Writing rows  ####------  40,000 of 100,000``, or the step where nobody counts."""
    if not progress.of:
        return f"{progress.step}…"
    full = WIDE * progress.done // progress.of
    drawn = "#" * full + "-" * (WIDE - full)
    return f"{progress.step}  {drawn}  {progress.done:,} of {progress.of:,}"

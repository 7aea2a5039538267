"""The child process of ``export_apart``: write a file to download, issue one, or send one.

Run as ``python -m fieldlog.services.exporting_apart FOLDER``.
"""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from fieldlog.core.rules import Refused
from fieldlog.services.count_tally import UnknownCode
from fieldlog.services.issue_export import FiguresMoved, Issuing, issue_export
from fieldlog.services.keep_export import HandedOut, keep_download
from fieldlog.services.run_apart import Job, from_data
from fieldlog.services.running_apart import done
from fieldlog.services.send_apart import mail_from_data
from fieldlog.services.send_report import FiguresChanged, send_report
from fieldlog.services.work_apart import Doing, Progress, doing
from fieldlog.services.write_whole import ExportFailed
from fieldlog.store.connection import StoreError, connect
from fieldlog.store.turn_taking import turn
from fieldlog.tallies.crosstab import DoesNotAddUp

TURN = "export"
SECONDS_BETWEEN_ASKING = 0.5
MOVED = "The figures have changed since you looked, or somebody has issued them. Look again."
_MISTAKES = (ExportFailed, StoreError, UnknownCode, DoesNotAddUp, FiguresChanged, Refused)


def main() -> int:
    """Do the work whose folder is given."""
    with doing(Path(sys.argv[1]), *_MISTAKES) as work:
        job = replace(from_data(work.said["job"]), target=work.folder / "export")
        with _in_turn(job, work):
            _do(job, work)
    return 0


@contextmanager
def _in_turn(job: Job, work: Doing) -> Iterator[None]:
    while True:
        with turn(job.database, TURN) as mine:
            if mine:
                yield
                return
        work.tell(Progress("Waiting for another export to end"))
        time.sleep(SECONDS_BETWEEN_ASKING)


def _do(job: Job, work: Doing) -> None:
    if "mail" in work.said:
        _send(job, work)
    elif "seen" in work.said:
        _issue(job, work)
    else:
        _download(job, work)


def _issue(job: Job, work: Doing) -> None:
    db = connect(job.database)
    try:
        issued = issue_export(
            db,
            Issuing(job.wanted, job.output),
            database=job.database,
            by=job.by,
            now=job.now,
            seen=work.said["seen"],
            make=partial(done, tell=work.tell),
        )
    except FiguresMoved:
        work.fail(MOVED)
    else:
        work.finish({"issued": issued})
    finally:
        db.close()


def _send(job: Job, work: Doing) -> None:
    asked, settings, press = mail_from_data(job, work.said["mail"])
    db = connect(job.database)
    try:
        mail_id = send_report(
            db,
            asked,
            settings,
            press,
            database=job.database,
            by=job.by,
            now=job.now,
            make=partial(done, tell=work.tell),
        )
        work.finish({"mail": mail_id})
    finally:
        db.close()


def _download(job: Job, work: Doing) -> None:
    made = done(job, work.tell)
    name = work.said["name"]
    db = connect(job.database)
    try:
        out = HandedOut(job.what, job.wanted, name, job.output)
        kept = keep_download(db, out, made, job.target, by=job.by, now=job.now)
    finally:
        db.close()
    file_format = job.output.file_format.value
    work.finish({"name": name, "file": job.target.name, "format": file_format, "kept": kept})


if __name__ == "__main__":
    sys.exit(main())

"""The child process of ``run_apart``: read a job from standard input, do it, say what came of it.

Run as ``python -m fieldlog.services.running_apart``.
"""

import json
import os
import sys
from typing import Any

from fieldlog.services.count_tally import UnknownCode
from fieldlog.services.export_csv import export_log_csv
from fieldlog.services.export_figures import Order, write_order
from fieldlog.services.run_apart import LOG, Job, from_data
from fieldlog.services.work_apart import Tell, tell_nobody
from fieldlog.services.write_whole import Exported, ExportFailed
from fieldlog.store.connection import StoreError, connect

NICENESS = 10


def main() -> int:
    """Do the job and return the exit status; the answer is JSON on standard output."""
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    job = from_data(json.load(sys.stdin))
    try:
        said = _said(done(job))
    except (ExportFailed, StoreError, UnknownCode) as error:
        said = {"failed": str(error)}
    json.dump(said, sys.stdout)
    return int("failed" in said)


def done(job: Job, tell: Tell = tell_nobody) -> Exported:
    """Do ``job`` in this process. Raises ExportFailed, StoreError, UnknownCode."""
    db = connect(job.database)
    try:
        if job.what == LOG:
            return export_log_csv(
                db, job.wanted, job.target, by=job.by, now=job.now, raw=job.raw, tell=tell
            )
        order = Order(job.wanted, job.target, job.by, job.now, job.output, job.marking, job.issue)
        return write_order(db, order, tell)
    finally:
        db.close()


def _said(exported: Exported) -> dict[str, Any]:
    return vars(exported) | {"path": str(exported.path), "marking": exported.marking.value}


if __name__ == "__main__":
    sys.exit(main())

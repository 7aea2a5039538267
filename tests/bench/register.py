"""A register of 50,000 premises with every trouble at once, imported as the command does it.

The time is that of the whole import by the clock, the memory the highest of its process. How long
others had to wait for the write lock is measured from a thread that commits a row all the time.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from fieldlog.store.connection import connect, database_path, write_transaction
from fieldlog.store.migrations import prepare_database
from tests.bench.measuring import Figure
from tests.registers import write_troubled_register

ROWS = 50_000
_MEASURED = (
    "import resource, sys; from fieldlog.cli import main; sys.argv[0] = 'fieldlog'\n"
    "try: main()\n"
    "finally: print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)"
)


def run() -> list[Figure]:
    """Import into an empty register, then the same file again."""
    with tempfile.TemporaryDirectory(prefix="fieldlog-bench-") as folder:
        instance = Path(folder)
        prepare_database(database_path(instance)).close()
        made = write_troubled_register(instance / "register.csv", ROWS)
        return [
            figure
            for what in ("first edition", "same again")
            for figure in _figures(what, instance, made.path)
        ]


def _figures(what: str, instance: Path, path: Path) -> list[Figure]:
    begin = time.perf_counter()
    command = [sys.executable, "-c", _MEASURED, "import", "premises", str(path)]
    environment = os.environ | {"FIELDLOG_INSTANCE": str(instance)}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as child:
        longest = _longest_wait(child, instance)
        said = child.stderr.read() if child.stderr else ""
    elapsed = time.perf_counter() - begin
    return [
        Figure(f"{ROWS:,} premises, {what}", elapsed, "s", 60),
        Figure("  memory at most", int(said.split()[-1]) / 1024, "MB", 512),
        Figure("  longest wait of another writer", longest, "s", 3),
    ]


def _longest_wait(child: "subprocess.Popen[str]", instance: Path) -> float:
    """Commit small transactions until ``child`` ends; return the longest that one took, in s."""
    db, longest = connect(database_path(instance)), 0.0
    while child.poll() is None:
        begin = time.perf_counter()
        with write_transaction(db):
            db.conn.execute("INSERT OR REPLACE INTO facts VALUES ('bench', ?)", [str(begin)])
        longest = max(longest, time.perf_counter() - begin)
    db.close()
    return longest

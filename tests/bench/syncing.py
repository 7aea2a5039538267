"""What a phone sends, over real connections: ours against a bare Flask route and raw SQLite.

One record and batches of 200, at 1, 8 and 50 connections, from the first byte sent to the last
byte of the answer. Ours opens each record's seal, reads it with the form's own rules, stores it
with its counts, its arrival and its place in the tallies, and answers it by name.
"""

import http.client
import json
import os
import re
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from fieldlog.core.night import utc_text
from fieldlog.services.enrol_device import enrol_device
from fieldlog.services.open_sealed import sealing_key
from fieldlog.store.connection import connect, database_path
from tests.bench import bare_server
from tests.bench.measuring import Result
from tests.phones import batch, sealed, visit

CONNECTIONS = (1, 8, 50)
SIZES = {1: 400, 200: 50}
"""Records in a batch → batches that are sent in all."""

Send = Callable[[], Callable[[bytes], None]]
"""Open a connection; what comes back sends one body and returns when it is answered."""


def run() -> list[Result]:
    """Measure each size of batch at each number of connections, against each of the bare two."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        instance, bare, raw = (Path(folder) / name for name in ("instance", "bare", "raw"))
        with _fieldlog(instance) as (port, record, headers), _bare(bare) as bare_port:
            bare_server.make_tables(raw)
            ours = _over_http(port, headers)
            ways = {
                "a bare Flask route": (_over_http(bare_port, {}), _plain),
                "raw SQLite": (_straight(raw), _plain),
            }
            for size, batches in SIZES.items():
                for connections in CONNECTIONS:
                    mine = _percentiles(ours, [record(size) for _ in range(batches)], connections)
                    for name, (send, make) in ways.items():
                        bodies = [make(size) for _ in range(batches)]
                        theirs = _percentiles(send, bodies, connections)
                        found.append(_result(size, connections, name, mine, theirs))
    return found


def _result(
    size: int, connections: int, name: str, mine: list[float], theirs: list[float]
) -> Result:
    what = f"{size} record{'s' * (size > 1)}, {connections} connection{'s' * (connections > 1)}"
    tails = [
        f"p{at} {one:,.1f} / {other:,.1f} ms"
        for at, one, other in zip((95, 99), mine[1:], theirs[1:], strict=True)
    ]
    return Result(f"{what}, against {name}", mine[0], theirs[0], ", ".join(tails))


def _percentiles(send: Send, bodies: list[bytes], connections: int) -> list[float]:
    """Milliseconds at p50, p95 and p99 of one answer, all connections at work at once."""
    lock, begin = threading.Lock(), threading.Barrier(connections)
    waiting = iter(bodies)

    def work() -> list[float]:
        post, times = send(), []
        begin.wait()
        while True:
            with lock:
                body = next(waiting, None)
            if body is None:
                return times
            started = time.perf_counter()
            post(body)
            times.append((time.perf_counter() - started) * 1_000)

    with ThreadPoolExecutor(connections) as pool:
        working = [pool.submit(work) for _ in range(connections)]
        times = [one for each in working for one in each.result()]
    marks = statistics.quantiles(times, n=100, method="inclusive")
    return [marks[49], marks[94], marks[98]]


def _over_http(port: int, headers: dict[str, str]) -> Send:
    def open_one() -> Callable[[bytes], None]:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

        def post(body: bytes) -> None:
            line.request("POST", "/api/sync", body, {"Content-Type": "application/json"} | headers)
            reply = line.getresponse()
            answers = json.loads(reply.read())["answers"]
            assert all(one["state"] == "stored" for one in answers), answers[:1]

        return post

    return open_one


def _straight(path: Path) -> Send:
    def open_one() -> Callable[[bytes], None]:
        conn: sqlite3.Connection = bare_server.connect(path)
        return lambda body: bare_server.insert(conn, json.loads(body)["records"])

    return open_one


def _visit(officer_id: int) -> dict[str, Any]:
    now = utc_text(datetime.now(UTC))
    return visit(officer_id, opened_at=now) | {"captured_at": now}


def _plain(size: int) -> bytes:
    return json.dumps(batch(*(_visit(1) for _ in range(size)))).encode()


@contextmanager
def _fieldlog(
    instance: Path,
) -> Iterator[tuple[int, Callable[[int], bytes], dict[str, str]]]:
    """Serve the demonstration; give its port, a maker of sealed batches, and a phone's header."""
    environment = {**os.environ, "FIELDLOG_INSTANCE": str(instance)}
    command = [sys.executable, "-m", "fieldlog"]
    for words in (["init"], ["demo", "--if-empty"]):
        subprocess.run([*command, *words], env=environment, check=True, capture_output=True)
    db = connect(database_path(instance))
    ((officer_id,),) = db.execute("SELECT officer_id FROM users WHERE username = 'asha'").fetchall()
    now = datetime.now(UTC).replace(microsecond=0)
    phone = enrol_device(db, officer_id=officer_id, name="Phone", device_id=None, now=now)
    point = sealing_key(instance).public

    def sealed_batch(size: int) -> bytes:
        records = [sealed(_visit(officer_id), point) for _ in range(size)]
        sent = {"sent_at": utc_text(datetime.now(UTC)), "device": phone.device_id}
        return json.dumps(batch(*records) | sent).encode()

    with serving([*command, "serve", "--port", "0"], environment) as port:
        yield port, sealed_batch, {"Authorization": f"Bearer {phone.token}"}


@contextmanager
def _bare(path: Path) -> Iterator[int]:
    with serving([sys.executable, "-m", "tests.bench.bare_server", str(path)], None) as port:
        yield port


@contextmanager
def serving(command: list[str], environment: dict[str, str] | None) -> Iterator[int]:
    """Run a server until it is left; give the port that it says."""
    with subprocess.Popen(
        command,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as server:
        assert server.stdout is not None
        said = (re.search(r"(?:127\.0\.0\.1:|^)(\d{4,5})\b", line) for line in server.stdout)
        try:
            yield int(next(found for found in said if found)[1])
        finally:
            server.terminate()

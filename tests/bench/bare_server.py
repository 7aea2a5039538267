"""What a phone's batch and a poll cost at least: bare Flask routes, raw SQLite, as durable as ours.

``python -m tests.bench.bare_server FILE`` serves the route with waitress, as fieldlog is served,
and prints its port. Rows go into two tables with the primary keys and the one index that a list of
a night needs; the write-ahead log waits for the disk at every commit, one for each batch.
"""

import json
import sqlite3
import sys
import threading
from pathlib import Path
from typing import Any

from flask import Flask, Response, jsonify, request
from waitress.server import create_server

from fieldlog.serving import THREADS

Record = dict[str, Any]

FILLER = "x" * 6_000
"""As many bytes as the parts of a live page have on the wire."""

TABLES = """
PRAGMA journal_mode=wal;
CREATE TABLE IF NOT EXISTS entries (
  id TEXT PRIMARY KEY, officer_id INTEGER, captured_at TEXT, kind TEXT, place TEXT,
  action TEXT, minutes INTEGER
) STRICT;
CREATE TABLE IF NOT EXISTS counts (
  entry_id TEXT REFERENCES entries, measure TEXT, value INTEGER, PRIMARY KEY (entry_id, measure)
) STRICT;
CREATE INDEX IF NOT EXISTS entries_of_a_night ON entries (officer_id, captured_at);
"""


def connect(path: Path) -> sqlite3.Connection:
    conn = sqlite3.connect(path, isolation_level=None, timeout=30)
    conn.execute("PRAGMA synchronous=FULL")
    conn.execute("PRAGMA foreign_keys=ON")
    return conn


def make_tables(path: Path) -> None:
    conn = sqlite3.connect(path)
    conn.executescript(TABLES)
    conn.close()


def insert(conn: sqlite3.Connection, records: list[Record]) -> None:
    """Insert a batch in one durable transaction."""
    entries, counts = [], []
    for one in records:
        said = one["fields"]
        kind, at = one["kind"], one["captured_at"]
        did = said["place"], said["action"], int(said["minutes"])
        entries.append((one["id"], one["officer_id"], at, kind, *did))
        counts.append((one["id"], "spoken_to", int(said["count_spoken_to"])))
    conn.execute("BEGIN IMMEDIATE")
    conn.executemany("INSERT OR IGNORE INTO entries VALUES (?, ?, ?, ?, ?, ?, ?)", entries)
    conn.executemany("INSERT OR IGNORE INTO counts VALUES (?, ?, ?)", counts)
    conn.execute("COMMIT")


def bare_app(path: Path) -> Flask:
    app = Flask("bare")
    mine = threading.local()

    def conn() -> sqlite3.Connection:
        if not hasattr(mine, "conn"):
            mine.conn = connect(path)
        found: sqlite3.Connection = mine.conn
        return found

    @app.get("/api/live")
    def live() -> Any:
        (received,) = conn().execute("SELECT count(*) FROM entries").fetchone()
        answer = Response(json.dumps({"received": received, "html": FILLER}))
        answer.set_etag(str(received))
        return answer.make_conditional(request)

    @app.post("/api/sync")
    def sync() -> Any:
        records = request.get_json()["records"]
        insert(conn(), records)
        return jsonify(answers=[{"id": one["id"], "state": "stored"} for one in records])

    return app


if __name__ == "__main__":
    make_tables(Path(sys.argv[1]))
    server = create_server(
        bare_app(Path(sys.argv[1])),
        host="127.0.0.1",
        port=0,
        threads=THREADS,
        connection_limit=2_000,
    )
    print(server.effective_port, flush=True)
    server.run()

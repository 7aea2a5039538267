"""Saving an entry through the whole application against a bare Flask route that inserts one row.

Both are asked in this process by Flask's own test client and wait for the disk just the same
(write-ahead log, ``synchronous=FULL``). Ours reads the form, checks session, token, every rule and
list, stores the entry with its counts and answers with where to go next.
"""

import sqlite3
import tempfile
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from argon2 import PasswordHasher
from flask import Flask, request

from fieldlog.app import create_app
from fieldlog.config import Config
from fieldlog.core.night import utc_text
from fieldlog.demonstration.names import PASSWORD
from fieldlog.services.load_demonstration import load_demonstration
from fieldlog.services.passwords import Passwords
from fieldlog.store.connection import database_path
from fieldlog.store.migrations import prepare_database
from tests.bench.measuring import Result, compare
from tests.web.browser import Browser

SAVES = 50


def run() -> list[Result]:
    """Measure fifty saves of a premises visit a time, ours and bare in turn."""
    with tempfile.TemporaryDirectory() as folder:
        ours = _ours(Path(folder) / "instance")
        bare = _bare(Path(folder) / "bare.sqlite")
        return [compare(f"{SAVES} visits saved through the form", ours, bare)]


def _ours(instance: Path) -> Callable[[], object]:
    cheap = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    db = prepare_database(database_path(instance))
    now = datetime.now(UTC).replace(microsecond=0)
    load_demonstration(db, now=now, passwords=cheap)
    (premises_id, name) = db.execute("SELECT id, name FROM premises LIMIT 1").fetchone()
    app = create_app(Config(instance=instance, secret_key="a key for measuring"), passwords=cheap)
    app.test_client_class = Browser
    client = app.test_client()
    assert isinstance(client, Browser)
    client.post("/sign-in", data={"username": "asha", "password": PASSWORD})
    token = client.csrf_token()

    def save() -> None:
        for _ in range(SAVES):
            answer = client.post(
                "/entries/new/premises-visit",
                csrf=False,
                data={
                    "csrf_token": token,
                    "id": str(uuid.uuid4()),
                    "opened_at": utc_text(now),
                    "place": name,
                    "premises_id": str(premises_id),
                    "action": "advice_given",
                    "minutes": "15",
                    "count_spoken_to": "3",
                    "marking": "official",
                },
            )
            assert answer.status_code == 303, answer.get_data(as_text=True)

    return save


def _bare(path: Path) -> Callable[[], object]:
    conn = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    conn.execute("PRAGMA journal_mode=wal")
    conn.execute("PRAGMA synchronous=FULL")
    conn.execute(
        "CREATE TABLE entries (id TEXT PRIMARY KEY, premises TEXT, action TEXT, minutes INTEGER)"
    )
    app = Flask("bare")

    @app.post("/entries")
    def insert() -> tuple[str, int]:
        form = request.form
        row = (form["id"], form["premises"], form["action"], int(form["minutes"]))
        conn.execute("INSERT INTO entries VALUES (?, ?, ?, ?)", row)
        return "", 303

    client = app.test_client()

    def save() -> None:
        for _ in range(SAVES):
            client.post(
                "/entries",
                data={
                    "id": str(uuid.uuid4()),
                    "premises": "The Velvet Anchor",
                    "action": "advice_given",
                    "minutes": "15",
                },
            )

    return save

"""Two hundred live viewers and sixty phones at once: how soon a record is on every page.

The server is a process of its own, served as ``make run`` serves it, on a night with twenty crews.
Each viewer has a session, polls with the version it has, and waits as the page does; each phone
delivers a sealed record every half minute. What is measured is the time from a record's answer to
each viewer's update that holds it, so most of it is the wait for the next poll; beside it a bare
Flask route that counts a table and sends as many bytes, with the same pollers and phones.
"""

import asyncio
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database

from fieldlog.app import create_app
from fieldlog.config import from_environment
from fieldlog.core.night import night_of, utc_text
from fieldlog.core.words import Role
from fieldlog.services.enrol_device import enrol_device
from fieldlog.services.open_sealed import sealing_key
from fieldlog.services.roster_crews import NewCrew, NewMember, add_crew, add_member
from fieldlog.services.sign_in import token_hash
from fieldlog.store import deployments, officers, sessions, users
from fieldlog.store.connection import connect, database_path, write_transaction
from tests.bench.live_client import Seen, watch_and_deliver
from tests.bench.measuring import Figure, Result
from tests.bench.syncing import serving
from tests.phones import batch, sealed, visit

VIEWERS, PHONES, CREWS = 200, 60, 20
EVERY, ROUNDS = 30.0, 2
GOAL = 5.0

Headers = dict[str, str]
Phone = tuple[Headers, Callable[[], bytes]]


def run() -> list[Result | Figure]:
    """Measure the real server and the bare one with the same viewers and phones."""
    with tempfile.TemporaryDirectory() as folder:
        with _night(Path(folder) / "instance") as (port, path, viewers, phones):
            ours = _measured(port, path, viewers, phones)
        with _bare(Path(folder) / "bare") as port:
            bare = _measured(port, "/api/live", [{}] * VIEWERS, [({}, _plain)] * PHONES)
    return [
        _result("record to page", ours.delays(), bare.delays()),
        _result("one poll", ours.polls, bare.polls),
        Figure(f"record to page, the last of {VIEWERS} viewers", max(ours.delays()), "s", GOAL),
    ]


def _measured(port: int, path: str, viewers: Sequence[Headers], phones: Sequence[Phone]) -> Seen:
    return asyncio.run(watch_and_deliver(port, path, viewers, phones, every=EVERY, rounds=ROUNDS))


def _result(what: str, ours: list[float], bare: list[float]) -> Result:
    tails = ", ".join(
        f"{name} {mine * 1000:,.0f} / {theirs * 1000:,.0f} ms"
        for name, mine, theirs in (
            ("p95", _at(ours, 95), _at(bare, 95)),
            ("max", max(ours), max(bare)),
        )
    )
    words = f"{what}, {VIEWERS} viewers and {PHONES} phones"
    return Result(words, statistics.median(ours) * 1000, statistics.median(bare) * 1000, tails)


def _at(times: list[float], percent: int) -> float:
    return statistics.quantiles(times, n=100, method="inclusive")[percent - 1]


def _plain() -> bytes:
    return json.dumps(batch(_visit(1))).encode()


def _visit(officer_id: int, **more: str) -> dict[str, object]:
    now = utc_text(datetime.now(UTC))
    return visit(officer_id, opened_at=now, **more) | {"captured_at": now}


@contextmanager
def _bare(path: Path) -> Iterator[int]:
    with serving([sys.executable, "-m", "tests.bench.bare_server", str(path)], None) as port:
        yield port


@contextmanager
def _night(instance: Path) -> Iterator[tuple[int, str, list[Headers], list[Phone]]]:
    """Serve a demonstration with tonight's roster; give port, path, viewers' cookies and phones."""
    environment = {**os.environ, "FIELDLOG_INSTANCE": str(instance)}
    command = [sys.executable, "-m", "fieldlog"]
    for words in (["init"], ["demo", "--if-empty"]):
        subprocess.run([*command, *words], env=environment, check=True, capture_output=True)
    db = connect(database_path(instance))
    now = datetime.now(UTC).replace(microsecond=0)
    (tonight,) = deployments.of_night(db, night_of(now))
    cookies = _sessions(db, environment, now)
    phones = _phones(db, instance, tonight.id, now)
    with serving([*command, "serve", "--port", "0"], environment) as port:
        yield port, f"/api/live?deployment={tonight.id}", cookies, phones


def _sessions(db: Database, environment: dict[str, str], now: datetime) -> list[Headers]:
    """A session for each viewer, without hashing a password two hundred times."""
    app = create_app(from_environment(environment))
    signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    ((cora,),) = db.execute("SELECT officer_id FROM users WHERE username = 'cora'").fetchall()
    tokens = [f"viewer {number}" for number in range(VIEWERS)]
    with write_transaction(db):
        for token in tokens:
            sessions.start_session(db, token_hash(token), cora, now)
    name = app.config["SESSION_COOKIE_NAME"]
    return [
        {"Cookie": f"{name}={signer.dumps({'_user_id': token, '_fresh': True})}"}
        for token in tokens
    ]


def _phones(db: Database, instance: Path, deployment_id: int, now: datetime) -> list[Phone]:
    """Sixty officers in twenty crews, each with a phone that visits premises of the register."""
    point = sealing_key(instance).public
    names = [name for (name,) in db.execute("SELECT name FROM premises ORDER BY id")]
    dice = random.Random(5)
    ((agency,),) = db.execute("SELECT min(id) FROM agencies").fetchall()
    crews = [
        add_crew(db, deployment_id, NewCrew(f"Crew {n + 1}", agency, "", partner=False), now=now)
        for n in range(CREWS)
    ]
    found: list[Phone] = []
    for number in range(PHONES):
        with write_transaction(db):
            officer = officers.add_officer(db, name=f"Bench {number}", now=now, agency_id=agency)
            users.add_user(
                db,
                officer_id=officer,
                username=f"bench{number}",
                password_hash="",
                role=Role.OFFICER,
                must_change_password=False,
                now=now,
            )
        member = NewMember(officer)
        add_member(db, deployment_id, crews[number % CREWS], member, now=now)
        phone = enrol_device(db, officer_id=officer, name="Phone", device_id=None, now=now)

        def make(officer: int = officer, device: object = phone.device_id) -> bytes:
            place = dice.choice(names)
            record = _visit(officer, deployment=str(deployment_id), place=place)
            sent = {"sent_at": utc_text(datetime.now(UTC)), "device": device}
            return json.dumps(batch(sealed(record, point)) | sent).encode()

        found.append(({"Authorization": f"Bearer {phone.token}"}, make))
    return found

"""The real server, killed at random moments while phones send: nothing acknowledged is lost."""

import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from fieldlog.core.night import utc_text
from fieldlog.services.check_integrity import check_integrity
from fieldlog.services.enrol_device import enrol_device
from tests.phones import batch, tap, visit

SENDS = 200
PHONES = 4
KILLS = 4
LAST_WORDS = ("stored", "already-stored")


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class RealServer:
    """`fieldlog serve` in a process group of its own, killed and started again at will."""

    def __init__(self, instance, port):
        self.port = port
        self.environ = os.environ | {"FIELDLOG_INSTANCE": str(instance)}
        self.kills = 0
        self.start()

    def start(self):
        command = [sys.executable, "-m", "fieldlog", "serve", "--port", str(self.port)]
        self.process = subprocess.Popen(
            command, env=self.environ, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        assert "fieldlog is at" in self.process.stdout.readline()

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.process.stdout.close()
        self.kills += 1

    def stop(self):
        self.process.terminate()
        self.process.wait(10)
        self.process.stdout.close()


@pytest.fixture
def server(instance, cast):
    running = RealServer(instance, free_port())
    yield running
    running.stop()


class Phone:
    """Sends each record until an answer names it, whatever happens to the server meanwhile."""

    def __init__(self, server, token, moments):
        self.server, self.token = server, token
        self.killer = moments
        self.acknowledged = []
        self.tries = 0

    def send(self, record):
        while True:
            self.tries += 1
            state = self.post(record)
            if state in LAST_WORDS:
                self.acknowledged.append((record["id"], state))
                return
            assert state is None, state

    def post(self, record):
        """The state that a reply names, or None where there was no whole reply."""
        now = utc_text(datetime.now(UTC))
        body = json.dumps(batch(record) | {"sent_at": now})
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self.token}"}
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=5)
        try:
            connection.request("POST", "/api/sync", body, headers)
            self.killer.sent()
            reply = json.loads(connection.getresponse().read())
            return next(one["state"] for one in reply["answers"] if one["id"] == record["id"])
        except (OSError, http.client.HTTPException, ValueError):
            self.killer.wait_for_server()
            return None
        finally:
            connection.close()


class Killer:
    """Kills the server at random moments of random sends, while a reply may be on its way."""

    def __init__(self, server, numbers):
        self.server, self.numbers = server, numbers
        self.counted = 0
        self.at = set(numbers.sample(range(5, SENDS), KILLS))
        self.lock = threading.Lock()
        self.up = threading.Event()
        self.up.set()

    def sent(self):
        with self.lock:
            self.counted += 1
            strike = self.counted in self.at
            delay = self.numbers.uniform(0, 0.02)
        if strike:
            self.up.clear()
            timer = threading.Timer(delay, self.strike)
            timer.start()

    def strike(self):
        with self.lock:
            self.server.kill()
            self.server.start()
        self.up.set()

    def wait_for_server(self):
        assert self.up.wait(20)


def test_every_acknowledged_record_is_there_once_after_the_server_was_killed(db, cast, server):
    now = datetime.now(UTC).replace(microsecond=0)
    token = enrol_device(
        db, officer_id=cast.asha.officer_id, name="Phone", device_id=None, now=now
    ).token
    killer = Killer(server, random.Random(20201205))
    said_at = {"opened_at": utc_text(now - timedelta(minutes=2))}
    records = []
    for number in range(SENDS):
        make = tap if number % 2 else visit
        record = make(cast.asha.officer_id)
        record["captured_at"] = utc_text(now - timedelta(minutes=1))
        record["fields"] |= said_at if make is visit else {}
        records.append(record)
    phones = [Phone(server, token, killer) for _ in range(PHONES)]

    def work(phone, mine):
        for record in mine:
            phone.send(record)

    with ThreadPoolExecutor(PHONES) as pool:
        shares = [records[start::PHONES] for start in range(PHONES)]
        for done in [pool.submit(work, *each) for each in zip(phones, shares, strict=True)]:
            done.result()

    acknowledged = [record_id for phone in phones for record_id, _ in phone.acknowledged]
    assert sorted(acknowledged) == sorted(record["id"] for record in records)
    stored = db.execute("SELECT id, count(*) FROM entries GROUP BY id").fetchall()
    assert dict(stored) == dict.fromkeys(acknowledged, 1)
    assert db.execute("SELECT count(*) FROM arrivals").fetchone() == (SENDS,)
    assert db.execute("SELECT count(*) FROM set_aside").fetchone() == (0,)
    assert server.kills == KILLS
    assert sum(phone.tries for phone in phones) > SENDS
    assert [one for one in check_integrity(db) if one.problems] == []

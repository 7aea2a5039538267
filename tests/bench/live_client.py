"""Two hundred live pages and sixty phones from one process: what a browser does, without a browser.

Viewers name the version they have and wait as long between two polls as the
page's own module does. Phones deliver one record at a time.
"""

import asyncio
import gzip
import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from time import perf_counter

from fieldlog.web.live import EVERY_MS


@dataclass
class Seen:
    """What happened: when the n-th record was answered, and when each viewer first had it."""

    stored: list[float] = field(default_factory=list)
    updates: list[list[tuple[float, int]]] = field(default_factory=list)
    polls: list[float] = field(default_factory=list)
    unchanged: int = 0
    received_before: int = 0

    def delays(self) -> list[float]:
        """Seconds from each record's answer to each viewer's first update that holds it."""
        found = []
        stored = sorted(self.stored)
        for viewer in self.updates:
            known = 0
            for at, received in viewer:
                now = min(received - self.received_before, len(stored))
                found += [max(0.0, at - stored[number]) for number in range(known, now)]
                known = max(known, now)
            assert known == len(stored), f"a viewer has {known} of {len(stored)} records"
        return found


class Line:
    """A connection that asks and reads one answer at a time, and is kept while the server keeps it.

    Waitress closes it after an answer without a length, which every 304 is.
    """

    def __init__(self, port: int, headers: dict[str, str]) -> None:
        self._port = port
        self._headers = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(
        self, method: str, path: str, body: bytes = b"", **more: str
    ) -> tuple[int, dict[str, str], bytes]:
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._streams
        added = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in more.items())
        head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\n"
        head += f"Content-Length: {len(body)}\r\n" if body else ""
        writer.write(f"{head}{self._headers}{added}\r\n".encode() + body)
        await writer.drain()
        status = int((await reader.readline()).split()[1])
        headers = {}
        while (line := (await reader.readline()).decode().strip()) != "":
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        answer = await reader.readexactly(int(headers.get("content-length", 0)))
        if headers.get("connection") == "close":
            self.close()
        return status, headers, answer

    def close(self) -> None:
        if self._streams:
            self._streams[1].close()
        self._streams = None


async def watch_and_deliver(
    port: int,
    path: str,
    viewers: Sequence[dict[str, str]],
    phones: Sequence[tuple[dict[str, str], Callable[[], bytes]]],
    *,
    every: float,
    rounds: int,
) -> Seen:
    """Let all viewers poll while each phone delivers ``rounds`` records, one ``every`` seconds."""
    dice = random.Random(7)
    seen = Seen()
    first = Line(port, viewers[0])
    _, _, body = await first.ask("GET", path)
    first.close()
    seen.received_before = json.loads(body)["received"]
    expected = seen.received_before + rounds * len(phones)
    pages = [_view(port, path, one, seen, dice, expected) for one in viewers]
    senders = [_deliver(port, *one, seen, dice, every, rounds) for one in phones]
    await asyncio.gather(*pages, *senders)
    return seen


async def _view(
    port: int, path: str, headers: dict[str, str], seen: Seen, dice: random.Random, expected: int
) -> None:
    updates: list[tuple[float, int]] = []
    seen.updates.append(updates)
    line, etag, received = Line(port, headers), '""', 0
    while received < expected:
        await _pause(EVERY_MS / 1000 * (0.5 + dice.random()))
        begin = perf_counter()
        status, found, body = await line.ask(
            "GET", path, If_None_Match=etag, Accept_Encoding="gzip"
        )
        end = perf_counter()
        seen.polls.append(end - begin)
        if status == 304:
            seen.unchanged += 1
            continue
        assert status == 200, (status, body[:200])
        etag = found["etag"]
        plain = gzip.decompress(body) if found.get("content-encoding") == "gzip" else body
        received = json.loads(plain)["received"]
        updates.append((end, received))
    line.close()


async def _deliver(
    port: int,
    headers: dict[str, str],
    make: Callable[[], bytes],
    seen: Seen,
    dice: random.Random,
    every: float,
    rounds: int,
) -> None:
    line = Line(port, headers | {"Content-Type": "application/json"})
    await _pause(every * dice.random())
    for _ in range(rounds):
        status, _, body = await line.ask("POST", "/api/sync", make())
        seen.stored.append(perf_counter())
        answers = json.loads(body)["answers"]
        assert status == 200, answers
        assert [one["state"] for one in answers] == ["stored"], answers
        await _pause(every)
    line.close()


async def _pause(seconds: float) -> None:
    """Let a timer run, as the page and the phone do."""
    over: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().call_later(seconds, over.set_result, None)
    await over

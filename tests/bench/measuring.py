"""How two ways of doing the same are timed: in turns, on the same machine, with medians."""

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """One comparison. Times are medians in milliseconds of one run of each way."""

    what: str
    ours_ms: float
    bare_ms: float
    note: str = ""

    @property
    def ratio(self) -> float:
        return self.ours_ms / self.bare_ms


@dataclass(frozen=True)
class Figure:
    """Something measured that has no bare counterpart: its value, and the goal it is held to."""

    what: str
    value: float
    unit: str
    goal: float


def compare(
    what: str,
    ours: Callable[[], object],
    bare: Callable[[], object],
    *,
    rounds: int = 9,
    note: str = "",
) -> Result:
    """Time both in turns, after one run of each that warms what can be warm.

    A round repeats what is over in a moment often enough to be seen on the clock. The order
    changes from round to round, so that neither always finds the other's caches.
    """
    repeats = max(1, min(200, int(0.02 / max(_timed(bare, 1), 1e-6))))
    _timed(ours, 1)
    times: dict[str, list[float]] = {"ours": [], "bare": []}
    for number in range(rounds):
        turns = [("ours", ours), ("bare", bare)]
        for name, way in turns if number % 2 else reversed(turns):
            times[name].append(_timed(way, repeats) * 1_000)
    return Result(what, statistics.median(times["ours"]), statistics.median(times["bare"]), note)


def _timed(way: Callable[[], object], repeats: int) -> float:
    gc.collect()
    gc.disable()
    try:
        begin = time.perf_counter()
        for _ in range(repeats):
            way()
        return (time.perf_counter() - begin) / repeats
    finally:
        gc.enable()


def as_lines(results: Sequence[Result | Figure]) -> list[str]:
    """The results as an aligned table."""
    rows = [("", "ours", "bare", "ratio", "")] + [_cells(one) for one in results]
    widths = [max(len(row[place]) for row in rows) for place in range(5)]
    return [
        "  ".join(
            text.rjust(width) if 0 < place < 4 else text.ljust(width)
            for place, (text, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def _cells(one: Result | Figure) -> tuple[str, str, str, str, str]:
    if isinstance(one, Figure):
        return one.what, f"{one.value:,.1f} {one.unit}", "", "", f"goal {one.goal:g} {one.unit}"
    return one.what, _ms(one.ours_ms), _ms(one.bare_ms), f"{one.ratio:.2f}", one.note


def _ms(value: float) -> str:
    return f"{value:,.3f} ms" if value < 10 else f"{value:,.1f} ms"

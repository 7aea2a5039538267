"""One rendering for all who look at the same: made once for each state of it, then handed out.

Two hundred people who watch one night cost one rendering for each change, not two hundred. Who may
see it is asked before, on every request; what is shared here holds nothing of the person who asks,
so no token of a form either.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

MOST_KEPT = 32


@dataclass(frozen=True)
class Rendering:
    """What was rendered: the parts of a page, the whole answer, and its version for the ETag."""

    mark: Hashable
    html: str
    said: Mapping[str, Any]
    body: bytes
    version: str


@dataclass(frozen=True)
class Made:
    """What a maker hands over: parts of a page, what is said of them, the answer with both."""

    html: str
    said: Mapping[str, Any]
    body: bytes


@dataclass
class _Place:
    lock: threading.Lock = field(default_factory=threading.Lock)
    rendering: Rendering | None = None


class SharedRenderings:
    """The latest rendering of each thing that somebody watches; the least asked for go first."""

    def __init__(self) -> None:
        self._places: OrderedDict[Hashable, _Place] = OrderedDict()
        self._lock = threading.Lock()

    def get(
        self, key: Hashable, mark: Callable[[], Hashable], make: Callable[[], Made]
    ) -> Rendering:
        """Return the rendering of ``key``, made anew where ``mark`` is not that of the last one.

        Those who ask meanwhile wait for the one who makes it. The mark is read first: what is made
        may be newer than it says, never older.
        """
        place = self._place(key)
        with place.lock:
            now = mark()
            if place.rendering is None or place.rendering.mark != now:
                place.rendering = _rendered(now, make())
            return place.rendering

    def _place(self, key: Hashable) -> _Place:
        with self._lock:
            place = self._places.setdefault(key, _Place())
            self._places.move_to_end(key)
            while len(self._places) > MOST_KEPT:
                self._places.popitem(last=False)
            return place


def _rendered(mark: Hashable, made: Made) -> Rendering:
    version = sha256(made.body).hexdigest()[:16]
    return Rendering(mark, made.html, made.said, made.body, version)

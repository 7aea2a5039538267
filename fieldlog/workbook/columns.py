"""What a column of a long sheet or of a CSV file shows of a line."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

TEXT = "text"
KINDS = (TEXT, "whole", "pence", "grams", "day", "night", "clock", "moment")
NUMBERS = frozenset({"whole", "pence", "grams"})

Line = TypeVar("Line")


@dataclass(frozen=True)
class Column(Generic[Line]):
    """A column of a long sheet: its heading, what it shows of a line, and what kind of thing.

    ``kind`` is one of ``KINDS``. ``value`` gives text for ``text``, whole numbers for ``whole``,
    ``grams`` and ``pence``, a date for ``night`` and an aware moment for ``day``, ``clock`` and
    ``moment``, which show its UK local date, time, or both; ``None`` where there is nothing.
    ``widest`` is the most characters it is made wide for.
    """

    heading: str
    kind: str
    value: Callable[[Line], Any]
    widest: int = 30

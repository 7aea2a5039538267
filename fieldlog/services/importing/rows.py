"""Read the cells of a row by their columns, and gather everything that is wrong with it."""

from collections.abc import Callable, Mapping
from typing import Any

from fieldlog.services.importing.cells import BadCell
from fieldlog.services.importing.columns import Columns, letters
from fieldlog.workbook.sheet import Value

Problems = tuple[tuple[str, str], ...]
"""(column heading, what is wrong and what to do) for each thing wrong with a row."""

Readers = Mapping[str, Callable[[Value], Any]]
"""Field → what reads a cell of it, raising BadCell; None or empty text means not recorded."""

_REMEMBERED = 10_000
_BEYOND = (
    "The row goes on beyond the last heading. A comma inside text needs quotation marks "
    "around the text."
)


class CellReader:
    """Reads the rows of one file. The same few words come again and again, and are read once."""

    def __init__(self, header: list[str], columns: Columns, readers: Readers) -> None:
        """Read the ``columns`` that ``header`` has, each with its reader."""
        self._width = len(header)
        self._columns = columns
        self._readers = readers
        self._memory: dict[str, dict[Value, Any]] = {name: {} for name in columns.places}

    def read(self, values: list[Value]) -> tuple[dict[str, Any], Problems]:
        """Return what was recorded (field → value), and what is wrong."""
        said: dict[str, Any] = {}
        problems: list[tuple[str, str]] = []
        for name, place in self._columns.places.items():
            found = self._found(name, values[place])
            if isinstance(found, BadCell):
                problems.append((self._columns.headings[name], str(found)))
            elif found is not None and found != "":
                said[name] = found
        if len(values) > self._width:
            problems.append((f"column {letters(self._width)}", _BEYOND))
        return said, tuple(problems)

    def _found(self, name: str, value: Value) -> Any:
        """Return what a cell says, or the BadCell that it is."""
        memory = self._memory[name]
        # 1 and 1.0 are one key and one meaning; text, dates and moments are never equal.
        if value in memory:
            return memory[value]
        try:
            found = self._readers[name](value)
        except BadCell as bad:
            found = bad
        if len(memory) < _REMEMBERED:
            memory[value] = found
        return found

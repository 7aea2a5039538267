"""What became of an import: how many rows were kept, what was made, and which rows came back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from fieldlog.services.importing.rows import Problems
from fieldlog.workbook.sheet import Value

Progress = Callable[[int, int], None]
"""Called with how many rows are done and how many there are."""


class ImportStopped(Exception):
    """The import ended before its last row; what was kept stays, and the file may be run again."""


@dataclass(frozen=True)
class RefusedRow:
    """A row that was not kept. ``id`` is its id as text; ``cells`` are as they were read."""

    number: int
    id: str
    problems: Problems
    cells: Sequence[Value]


@dataclass
class ImportReport:
    """What became of the rows of a file; ``counts`` maps an outcome to a number of rows.

    ``created`` maps what was made (operations, nights, …) to names. ``ignored`` are columns that
    mean nothing to fieldlog. ``refused_file`` is where the refused rows were written, or None with
    ``refused_file_problem`` saying why they could not be.
    """

    rows: int
    counts: Mapping[str, int]
    created: Mapping[str, Sequence[str]] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    refused: Sequence[RefusedRow] = ()
    refused_file: Path | None = None
    refused_file_problem: str = ""

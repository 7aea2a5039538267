"""The id of each row of a file that has none of its own.

It is made from what the row says, so that the same file imported again adds nothing, whatever
program saved it and in whatever order its rows and columns are. Rows that say the same are told
apart by counting them: two identical rows in one file are two entries.
"""

from collections import Counter
from uuid import UUID, uuid5

from fieldlog.services.importing.cells import BadCell, as_text
from fieldlog.services.importing.columns import Columns
from fieldlog.services.importing.said import ReadRow, RowSaid, as_id, digest

ROWS = UUID("0a1d5c2e-6f0b-5c1e-9a57-3d1c2b7e4f60")
"""The namespace of ids made from what a good row says."""

REFUSED_ROWS = UUID("5b7e9a34-18c2-5d4f-8e06-71a9c0d2b3e5")
"""The namespace of ids made from the cells of a refused row.

A row that is mended into the same words as a good row of its file is still another entry."""


class Ids:
    """Gives each row of one file its id."""

    def __init__(self, columns: Columns) -> None:
        """Start counting for a file with ``columns``."""
        self._columns = columns
        self._good: Counter[str] = Counter()
        self._refused: Counter[str] = Counter()

    def of_good(self, said: RowSaid, content: str) -> UUID:
        """Return the id that the row has, or the one that follows from its ``content``."""
        if said.id is not None:
            return said.id
        self._good[content] += 1
        return uuid5(ROWS, f"{content} {self._good[content]}")

    def of_refused(self, row: ReadRow) -> tuple[UUID, bool]:
        """Return the id that the row has or that follows from its cells, and whether it was new.

        Where the row stands in its file makes no difference: a file that is added to every week
        brings the same refused rows with the same ids.
        """
        own = self._own(row)
        if own is not None:
            return own, False
        said = {name: as_text(row.cells[place]) for name, place in self._columns.places.items()}
        content = digest({name: text for name, text in said.items() if text})
        self._refused[content] += 1
        return uuid5(REFUSED_ROWS, f"{content} {self._refused[content]}"), True

    def _own(self, row: ReadRow) -> UUID | None:
        place = self._columns.places.get("id")
        try:
            return as_id(row.cells[place]) if place is not None else None
        except BadCell:
            return None

"""Figures as they were printed elsewhere, with their source; struck with a reason, never edited."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlite_utils import Database

from fieldlog.core.night import from_utc_text, utc_text


@dataclass(frozen=True)
class Printed:
    """One figure as it was printed: ``source`` is the paper, ``words`` what it says there.

    ``figure`` is the code of the headline figure that it is, ``hundredths`` its value times 100,
    ``filter`` the text of ``core.kept_filter``.
    """

    source: str
    printed_on: date
    page: str
    words: str
    figure: str
    hundredths: int
    filter: str
    added_at: datetime
    added_by: int


@dataclass(frozen=True)
class Struck:
    """Why a printed figure does not count any more, and who said so."""

    reason: str
    struck_at: datetime
    struck_by: int


_PRINTED = "source, printed_on, page, words, figure, hundredths, filter, added_at, added_by"
_ROWS = (
    f"SELECT id, {_PRINTED}, reason, struck_at, struck_by FROM published_figures "
    "LEFT JOIN published_figures_struck ON figure_id = id"
)


def add(db: Database, printed: Printed) -> int:
    """Insert a figure and return its id. Call in a write transaction."""
    cursor = db.conn.execute(
        f"INSERT INTO published_figures ({_PRINTED}) VALUES ({', '.join('?' * 9)})",
        [
            printed.source,
            printed.printed_on.isoformat(),
            printed.page,
            printed.words,
            printed.figure,
            printed.hundredths,
            printed.filter,
            utc_text(printed.added_at),
            printed.added_by,
        ],
    )
    return int(cursor.lastrowid or 0)


def strike(db: Database, figure_id: int, struck: Struck) -> None:
    """Strike a figure. Call in a write transaction. Raises sqlite3.IntegrityError if it was."""
    db.conn.execute(
        "INSERT INTO published_figures_struck VALUES (?, ?, ?, ?)",
        [figure_id, struck.reason, utc_text(struck.struck_at), struck.struck_by],
    )


def get(db: Database, figure_id: int) -> tuple[Printed, Struck | None] | None:
    """Return one figure and whether it was struck, or None."""
    row = db.execute(f"{_ROWS} WHERE id = ?", [figure_id]).fetchone()
    return (_printed(row), _struck(row)) if row else None


def every(db: Database) -> list[tuple[int, Printed, Struck | None]]:
    """Return (id, figure, struck) of all of them, the latest print first, struck ones last."""
    rows = db.execute(f"{_ROWS} ORDER BY struck_at IS NOT NULL, printed_on DESC, id DESC")
    return [(row[0], _printed(row), _struck(row)) for row in rows]


def _printed(row: tuple[Any, ...]) -> Printed:
    return Printed(
        source=row[1],
        printed_on=date.fromisoformat(row[2]),
        page=row[3],
        words=row[4],
        figure=row[5],
        hundredths=row[6],
        filter=row[7],
        added_at=from_utc_text(row[8]),
        added_by=row[9],
    )


def _struck(row: tuple[Any, ...]) -> Struck | None:
    return Struck(row[10], from_utc_text(row[11]), row[12]) if row[10] is not None else None

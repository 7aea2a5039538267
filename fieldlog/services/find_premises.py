"""Find premises by a few letters, and say who has visited them on the night."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from fieldlog.core.folding import folded
from fieldlog.core.log import LogLine
from fieldlog.core.question import Filter
from fieldlog.core.words import EntryKind
from fieldlog.store import log, premises
from fieldlog.store.connection import Database
from fieldlog.store.premises import Premises

__all__ = [
    "Premises",
    "Visit",
    "find_premises",
    "premises_called",
    "premises_known",
    "visits_of_night",
]


@dataclass(frozen=True)
class Visit:
    """A visit that was made: where, by whom, out with which deployment, and when (aware UTC)."""

    premises_id: int
    premises: str
    at: datetime
    officer_id: int | None
    officer: str
    deployment_id: int | None
    entry_id: str


def find_premises(db: Database, letters: str) -> list[Premises]:
    """Return the premises that ``letters`` may mean, the likeliest first; at most eight."""
    # SQLite reads a pattern up to its first NUL, which would match everything.
    return premises.search(db, letters.replace("\0", "\ufffd"))


def premises_called(db: Database, premises_id: int | None, name: str) -> Premises | None:
    """Return the premises of that id if it goes by ``name``, else None.

    A name that was typed over what had been chosen is what the person means.
    """
    found = premises.get(db, premises_id) if premises_id else None
    return found if found and folded(found.name) == folded(name) else None


def premises_known(db: Database, premises_id: int | None) -> Premises | None:
    """Return the premises of that id, or None."""
    return premises.get(db, premises_id) if premises_id else None


def visits_of_night(
    db: Database, premises_ids: Iterable[int] | None, night: date
) -> dict[int, list[Visit]]:
    """Return premises id → its visits on the night of ``night``, the latest first.

    Those of premises that were merged come under the id of the one that stays. Without
    ``premises_ids`` (None) come those of all premises.
    """
    where: dict[str, tuple[str | int | None, ...]] = {
        "night": (night.isoformat(),),
        "kind": (EntryKind.PREMISES_VISIT.value,),
    }
    if premises_ids is not None:
        where["premises"] = tuple(premises_ids)
    visits: dict[int, list[Visit]] = {}
    merged = premises.merged_away(db)
    for line in log.find_lines(db, Filter(where=where)):
        if line.premises_id is not None:
            visited = merged.get(line.premises_id, line.premises_id)
            visits.setdefault(visited, []).append(_visit(line, visited))
    return visits


def _visit(line: LogLine, premises_id: int) -> Visit:
    return Visit(
        premises_id=premises_id,
        premises=line.premises,
        at=line.happened_at,
        officer_id=line.officer_id,
        officer=line.officer,
        deployment_id=line.deployment_id,
        entry_id=line.id,
    )

"""Check a file: whether it is one of ours, unaltered, and whether its figures still hold.

By its hash it is exactly what was handed out. Otherwise the number and version that an issued file
carries inside tell which one it was before somebody saved it again; then its headline is compared
with the one in the register.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from fieldlog.core.issue import FigureChange
from fieldlog.core.person import Person
from fieldlog.services.keep_export import hash_of
from fieldlog.services.read_exports import Listed, Standing, listed, standing_of
from fieldlog.store import exports
from fieldlog.store.audit import add_to_audit
from fieldlog.store.connection import Database, write_transaction
from fieldlog.store.exports import Export
from fieldlog.tallies.hours import in_hours
from fieldlog.tallies.kept_figures import (
    IN_HUNDREDTHS,
    MINUTES,
    UNTIMED,
    KeptFigures,
    of_text,
)
from fieldlog.workbook.headline_cells import headline_cells
from fieldlog.workbook.reference import reference_in
from fieldlog.workbook.sheet import UnreadableSheet, Value

HIDDEN = "[c]"
"""What stands in a committee edition for a small number; it was not altered."""


class Verdict(StrEnum):
    """What a file is to the register."""

    EXACT = "exact"
    ALTERED = "altered"
    STRANGER = "stranger"


@dataclass(frozen=True)
class CheckedFile:
    """What was found about a file.

    ``of`` is the export that it is, or was; ``latest`` the newest version of that issue.
    ``altered`` are the figures of its headline that are not those that were issued (before: issued,
    now: in the file), None where they could not be read. ``standing`` tells whether the figures
    that were issued hold against the log now, None where none were kept.
    """

    verdict: Verdict
    sha256: str
    of: Listed | None = None
    latest: Listed | None = None
    altered: tuple[FigureChange, ...] | None = None
    standing: Standing | None = None

    @property
    def holds(self) -> bool:
        """Whether it is exactly ours and every figure in it is still what the log says."""
        stands = self.standing is not None and not self.standing.changed
        return self.verdict is Verdict.EXACT and stands


def check_file(db: Database, path: Path, *, by: Person | None, now: datetime) -> CheckedFile:
    """Return what the file at ``path`` is. It is never run, kept or believed.

    The audit says that somebody checked it. Raises OSError where the file cannot be read.
    """
    sha256 = hash_of(path)
    exact = exports.with_hash(db, sha256)
    found = _about(db, Verdict.EXACT, sha256, exact[0]) if exact else _saved_again(db, path, sha256)
    which = found.of.export.reference or found.of.export.title if found.of else "unknown"
    with write_transaction(db):
        add_to_audit(
            db,
            "file checked",
            at=now,
            officer_id=by.officer_id if by else None,
            about=f"{found.verdict}; {which}; {sha256[:12]}",
        )
    return found


def _saved_again(db: Database, path: Path, sha256: str) -> CheckedFile:
    named = reference_in(path)
    known = exports.versions(db, named[0]) if named else []
    was = [one for one in known if named and one[1].version == named[1]]
    if not was:
        return CheckedFile(Verdict.STRANGER, sha256)
    return _about(db, Verdict.ALTERED, sha256, was[0], _altered(path, of_text(was[0][1].figures)))


def _about(
    db: Database,
    verdict: Verdict,
    sha256: str,
    found: tuple[int, Export],
    altered: tuple[FigureChange, ...] | None = None,
) -> CheckedFile:
    export = found[1]
    versions = exports.versions(db, export.number) if export.number is not None else [found]
    return CheckedFile(
        verdict=verdict,
        sha256=sha256,
        of=listed(db, *found),
        latest=listed(db, *versions[-1]),
        altered=altered,
        standing=standing_of(db, export) if export.figures else None,
    )


def _altered(path: Path, figures: KeptFigures) -> tuple[FigureChange, ...] | None:
    """Return the figures of the headline in the file that are not the issued ones; None: unread."""
    try:
        said = headline_cells(path)
    except UnreadableSheet:
        return None
    found = [
        FigureChange(label, issued, _whole(label, said[in_file]))
        for label, issued in _labelled(figures).items()
        if (in_file := label.removesuffix(IN_HUNDREDTHS)) in said and said[in_file] != HIDDEN
    ]
    if not found:
        return None
    return tuple(one for one in found if one.before != one.now)


def _labelled(figures: KeptFigures) -> dict[str, int]:
    """Return the label of each figure in a workbook, and its value; hours in hundredths."""
    labels = {one.label: one.value for one in figures.headline if one.code != MINUTES}
    labels["Entries"] = figures.value("entries")
    labels["Untimed records"] = figures.value(UNTIMED)
    labels[f"Hours recorded{IN_HUNDREDTHS}"] = _hundredths(in_hours(figures.value(MINUTES)))
    return labels


def _whole(label: str, value: Value) -> int:
    """Return a cell as a whole number; what is no number at all is not any figure of ours."""
    if not isinstance(value, int | float):
        return -1
    in_hundredths = label.endswith(IN_HUNDREDTHS)
    return _hundredths(Decimal(str(value))) if in_hundredths else round(value)


def _hundredths(hours: Decimal) -> int:
    return int((hours * 100).to_integral_value())

"""The number that a file carries when it is issued, and what changed since the version before."""

import re
from dataclasses import dataclass
from datetime import datetime

_REFERENCE = re.compile(r"\bFieldlog issue (\d{1,9}), version (\d{1,9})\b")


@dataclass(frozen=True)
class FigureChange:
    """One figure that is not what it was: ``before`` in the version before, ``now`` in this one.

    ``label`` says which, in words: "People spoken to" or "Action by time: Advice given, 15". A
    figure of hours is in minutes or in hundredths, and its label says so.
    """

    label: str
    before: int
    now: int

    @property
    def difference(self) -> int:
        """How much more there is now; negative where there is less."""
        return self.now - self.before


@dataclass(frozen=True)
class IssueMark:
    """What the cover of an issued file says: issue ``number``, ``version``, when and by whom.

    ``issued_at`` is an aware UTC moment. ``changes`` are the figures that differ from the version
    before; a first version has none.
    """

    number: int
    version: int
    issued_at: datetime
    issued_by: str
    changes: tuple[FigureChange, ...] = ()

    @property
    def reference(self) -> str:
        """The words that stand in the file, by which ``issue_named_in`` knows it again."""
        return f"Fieldlog issue {self.number}, version {self.version}"


def issue_named_in(text: str) -> tuple[int, int] | None:
    """Return (number, version) of the reference that stands in ``text``, or None."""
    found = _REFERENCE.search(text)
    return (int(found[1]), int(found[2])) if found else None

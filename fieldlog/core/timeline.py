"""The timeline of premises: what a line of it is and which kinds there are."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import date, datetime

from fieldlog.core.words import Labelled, Marking


class LineKind(Labelled):
    """What a line of a timeline tells of; an entry may be of several kinds."""

    VISIT = "visit", "Visits"
    WARNING = "warning", "Warnings"
    NOTICE = "notice", "Notices"
    ARREST = "arrest", "Arrests"
    CLOSURE = "closure", "Closures"
    PURCHASE = "purchase", "Test purchases"
    CHECKLIST_NO = "no", "Checklist answers that are no"
    OTHER = "other", "Other entries"
    TASK = "task", "Tasks"
    REGISTER = "register", "Register and merges"


@dataclass(frozen=True)
class TimelineLine:
    """One thing that happened at premises or to them; ``at`` is an aware moment.

    ``did`` says what was done in the words of lists and numbers; ``wrote`` is what somebody wrote
    about it, empty where the reader may not see that. ``entry_id`` or ``task_id`` lead to more.
    """

    at: datetime
    night: date
    kinds: Set[LineKind]
    what: str
    did: str = ""
    wrote: str = ""
    by: str = ""
    marking: Marking = Marking.OFFICIAL
    struck: bool = False
    entry_id: str | None = None
    task_id: int | None = None

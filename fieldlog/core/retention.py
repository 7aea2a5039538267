"""What is kept for how long: the kinds of data with personal detail, and when they fall due.

Personal data is kept no longer than it is needed for (UK GDPR, art. 5(1)(e); Data Protection Act
2018, s.39 where Part 3 applies), and the need is looked at again at set times. Entries are never
deleted: what falls due is the picture, the file or the words, while the row, its hash and every
figure stay.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import datetime

from fieldlog.core.words import Labelled

MOST_MONTHS = 1200


class Retained(Labelled):
    """A kind of data that has a period, in the order in which the page shows it."""

    PHOTOS = "photos", "Photos of visits and advice"
    ENFORCEMENT_PHOTOS = "enforcement_photos", "Photos of notices, arrests and test purchases"
    WORDS = "words", "What was written in entries"
    FILES = "files", "Files of issued figures"
    SET_ASIDE = "set_aside", "Records from phones that were set aside"
    DEVICES = "devices", "Names of phones no longer used"
    SIGN_INS = "sign_ins", "Ended sign-ins and uses of tokens"
    AUDIT = "audit", "Audit: who did and opened what"


FROM: dict[Retained, str] = {
    Retained.PHOTOS: "when the entry happened",
    Retained.ENFORCEMENT_PHOTOS: "when the entry happened",
    Retained.WORDS: "when the entry happened",
    Retained.FILES: "when it was issued",
    Retained.SET_ASIDE: "the decision about it",
    Retained.DEVICES: "when it could last send",
    Retained.SIGN_INS: "when it was last used",
    Retained.AUDIT: "when it was done",
}
"""From when the period of each kind runs."""

GOES: dict[Retained, tuple[str, str]] = {
    Retained.PHOTOS: ("The pictures", "When, by whom and for which entry, size and SHA-256"),
    Retained.ENFORCEMENT_PHOTOS: (
        "The pictures",
        "When, by whom, for which entry, size and SHA-256",
    ),
    Retained.WORDS: (
        "Notes and particulars, recipient of a notice, seller and volunteer, notes to answers",
        "The entry with its times, place, action, counts, notice number and every version",
    ),
    Retained.FILES: (
        "The files",
        "Number, version, figures, SHA-256, who issued it and who got it",
    ),
    Retained.SET_ASIDE: ("What the phone sent", "Whose it was, the decision and its reason"),
    Retained.DEVICES: (
        "The names officers gave them",
        "Whose it was, when, and what arrived from it",
    ),
    Retained.SIGN_INS: ("The rows", "The last sign-in of each person"),
    Retained.AUDIT: ("The rows", "How many there were, and up to when"),
}
"""What goes when it is removed, and what stays."""


@dataclass(frozen=True)
class Rule:
    """How long a kind is kept: whole ``months``, where that comes from, who set it and when."""

    kind: Retained
    months: int
    source: str
    set_at: datetime
    set_by: str | None


@dataclass(frozen=True)
class Item:
    """One thing that is due: its reference, its SHA-256 where it has one, since when it counts."""

    ref: str
    since: datetime
    words: str
    sha256: str = ""
    entry_id: str = ""


def months_before(moment: datetime, months: int) -> datetime:
    """Return the same day and time ``months`` earlier, on the last day of a shorter month."""
    year, month = divmod(moment.year * 12 + moment.month - 1 - months, 12)
    day = min(moment.day, monthrange(max(1, year), month + 1)[1])
    return moment.replace(year=max(1, year), month=month + 1, day=day)


def says_months(months: int) -> str:
    """Return a period as people say it: ``6 years``, ``18 months``."""
    if months % 12 == 0:
        return f"{months // 12} year{'' if months == 12 else 's'}"
    return f"{months} month{'' if months == 1 else 's'}"

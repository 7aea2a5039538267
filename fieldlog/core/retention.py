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
REMOVED = "(removed)"
"""What stands where words were that a person is told to be gone, wherever they are shown."""


class Retained(Labelled):
    """A kind of data that has a period, in the order in which the page shows it."""

    PHOTOS = "photos", "Photos of visits and advice"
    ENFORCEMENT_PHOTOS = "enforcement_photos", "Photos of notices, arrests and test purchases"
    WORDS = "words", "What was written in entries"
    TASKS = "tasks", "What was asked in tasks"
    BRIEFINGS = "briefings", "What crews were told in briefings"
    WORDINGS = "wordings", "Wordings kept of periods"
    FILES = "files", "Files of issued figures"
    MAILS = "mails", "Texts and recipients of mails"
    IMPORTS = "imports", "Rows of register imports"
    SET_ASIDE = "set_aside", "Records from phones that were set aside"
    DEVICES = "devices", "Names of phones no longer used"
    SIGN_INS = "sign_ins", "Ended sign-ins and uses of tokens"
    AUDIT = "audit", "Audit: who did and opened what"


FROM: dict[Retained, str] = {
    Retained.PHOTOS: "when the entry happened",
    Retained.ENFORCEMENT_PHOTOS: "when the entry happened",
    Retained.WORDS: "when the entry happened",
    Retained.TASKS: "when it was closed; what is open is still needed",
    Retained.BRIEFINGS: "the end of its night",
    Retained.WORDINGS: "when it was kept",
    Retained.FILES: "when it was issued",
    Retained.MAILS: "when it was sent; what still waits, or is unclear, is not due",
    Retained.IMPORTS: "when it was imported, or uploaded where it never was",
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
    Retained.TASKS: (
        "What is asked, a place that is not of the register, reasons why it was closed or reopened",
        "Number, where it comes from, premises, whose it was, every time, and the entries about it",
    ),
    Retained.BRIEFINGS: (
        "Areas, objectives, intelligence notes, names not of the register, why to visit premises",
        "Roster, checklists, premises of the register, the marking of each note, by whom and when",
    ),
    Retained.WORDINGS: (
        "The wording, and the paragraph that it was made from",
        "Of which period, who kept it and when. The figures are counted anew",
    ),
    Retained.FILES: (
        "The files",
        "Number, version, figures, SHA-256, who issued it and who got it",
    ),
    Retained.MAILS: (
        "Subject, text, addresses, and what mail servers answered",
        "Whose figures, when, by whom, to which list, marking, how each message fared, SHA-256",
    ),
    Retained.IMPORTS: (
        "Names, addresses and cells of the rows, and what was noted about them",
        "The file’s name and SHA-256, what became of each row, and the history of the premises",
    ),
    Retained.SET_ASIDE: (
        "What the phone sent, and what of it was mended",
        "Whose it was, the decision and its reason",
    ),
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
    """One thing that is due: its reference, and since when it counts.

    ``shown_at`` is what its page is called by: an entry's id for a photo, the address of a period
    for a wording; empty where it has none.
    """

    ref: str
    since: datetime
    words: str
    shown_at: str = ""


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

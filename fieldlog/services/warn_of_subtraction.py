"""Warn of subtraction: one file without small numbers and one with them give the small ones away.

What is hidden in one edition of a night stands in another that hides nothing, and whoever has both
needs no arithmetic at all. So before one of them goes out, the others are named.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from fieldlog.core.editions import Edition, Output
from fieldlog.core.question import Filter, Question
from fieldlog.services.edition_figures import counted_in_snapshot, hiding
from fieldlog.services.keep_export import SUPPRESSED
from fieldlog.services.name_period import name_period
from fieldlog.store import exports, mails
from fieldlog.store.connection import Database, read_snapshot
from fieldlog.store.counting import answer

HIDDEN_IN_LETTERS = "[c]"


@dataclass(frozen=True)
class Earlier:
    """Something that went out before: what it was, when, whether it hides, and who has it."""

    what: str
    at: datetime
    hides: bool
    went_to: tuple[str, ...]

    @property
    def says(self) -> str:
        """Return what it shows, for the sentence that names it."""
        return "hides small numbers" if self.hides else "shows small numbers"


def hides(output: Output | None) -> bool:
    """Say whether what goes, a file or the figures in a mail alone, hides small numbers."""
    return output is not None and output.suppress


def names_people(output: Output | None) -> bool:
    """Say whether it is the edition for those who may read the log, which hides nothing."""
    return output is not None and output.edition is Edition.WORKING


def subtractable(db: Database, wanted: Filter, output: Output | None) -> tuple[Earlier, ...]:
    """Return what went out before that gives away what is hidden, now or then; latest first.

    ``output`` is what goes now, None for the figures in a mail alone. The working edition is for
    those who may read the log: it is warned of by itself. Nothing is returned where there is no
    small number to hide. Raises DoesNotAddUp.
    """
    if names_people(output):
        return ()
    with read_snapshot(db):
        went_out = [
            one
            for title in _titles(db, wanted)
            for one in (*_files(db, title), *_letters(db, title))
        ]
        found = [one for one in went_out if one.hides != hides(output)]
        if not found or not hiding(counted_in_snapshot(db, wanted), suppress=True).anything:
            return ()
    return tuple(sorted(found, key=lambda one: one.at, reverse=True))


def _titles(db: Database, wanted: Filter) -> tuple[str, ...]:
    """Return what these entries are called; where one operation alone was out, by both its names.

    A night of it and the same night of all operations are the same figures then. A part of a
    night goes by the name of the whole: the tables of the one give away what the other hides.
    """
    period = name_period(db, wanted)
    nights = {"night": tuple(night.isoformat() for night in period.nights)} if period.nights else {}
    of_all = Filter(nights, date_from=period.first, date_to=period.last)
    out = answer(db, Question("operation", "night", filter=of_all))
    names = {out.row_labels[group.row].text if group.row else "" for group in out.groups}
    only = tuple(names) if len(names) == 1 and "" not in names else ()
    if not only or period.operations not in {(), only}:
        return (period.whole,)
    return replace(period, operations=()).whole, replace(period, operations=only).whole


def _files(db: Database, title: str) -> list[Earlier]:
    found = []
    for export in exports.titled(db, title, Edition.COMMITTEE.value):
        went_to = {
            address
            for mail_id, _ in mails.with_file(db, export.sha256)
            for address in mails.went_to(db, mail_id)
        }
        what = f"issue {export.number}, version {export.version},"
        hidden = SUPPRESSED in export.options
        found.append(Earlier(what, export.made_at, hidden, tuple(sorted(went_to))))
    return found


def _letters(db: Database, title: str) -> list[Earlier]:
    """Return the mails with the figures in them and no file; the others go with their file.

    One that was cancelled, or refused by everybody's server, gives nothing away; of one whose text
    is removed nobody knows any more what it showed.
    """
    found = []
    for mail_id, mail in mails.titled(db, title):
        went_to = tuple(sorted(mails.went_to(db, mail_id)))
        if mail.attachment is None and went_to and mail.body_text:
            hidden = HIDDEN_IN_LETTERS in mail.body_text
            found.append(Earlier("the mail", mail.created_at, hidden, went_to))
    return found

"""Warn of subtraction: one file without small numbers and one with them give the small ones away.

What is hidden in one edition of a night stands in another that hides nothing, and whoever has both
needs no arithmetic at all. So before one of them goes out, the others are named.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from fieldlog.core.editions import Edition, Output
from fieldlog.core.period import PeriodKind, period_of
from fieldlog.core.question import Filter, Question
from fieldlog.services.edition_figures import counted_in_snapshot, hiding
from fieldlog.services.keep_export import SUPPRESSED
from fieldlog.services.name_period import Period as Named
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
    """Return everything that these entries are called, since whoever has one has the other.

    A night of one operation that was out alone is that night of all operations too, and a week or
    month in which nothing else was logged is that night. A part of a night goes by the name of the
    whole: the tables of the one give away what the other hides.
    """
    period = name_period(db, wanted)
    alike = [period, *_with_the_same_nights(db, period)]
    return tuple(dict.fromkeys(title for one in alike for title in _by_both_names(db, one)))


def _with_the_same_nights(db: Database, period: Named) -> Iterator[Named]:
    """Yield the night, week, month and year around it in which nothing was logged but in it."""
    logged = _logged(db, period)
    first = min((night for _, night in logged), default=None)
    if first is None:
        return
    for kind in (PeriodKind.NIGHT, PeriodKind.WEEK, PeriodKind.MONTH, PeriodKind.YEAR):
        around = period_of(kind, date.fromisoformat(first))
        one = replace(period, nights=(), first=around.first, last=around.last)
        if _logged(db, one) == logged:
            yield one
        elif kind is PeriodKind.MONTH:
            # Its year has more too, and may take as long to count as a million entries do.
            return


def _by_both_names(db: Database, period: Named) -> tuple[str, ...]:
    names = {operation for operation, _ in _logged(db, replace(period, operations=()))}
    only = tuple(names) if len(names) == 1 and "" not in names else ()
    if not only or period.operations not in {(), only}:
        return (period.whole,)
    return replace(period, operations=()).whole, replace(period, operations=only).whole


def _logged(db: Database, period: Named) -> set[tuple[str, str]]:
    """Return the (operation, night) pairs of a period that have entries; no operation is empty."""
    nights = {"night": tuple(night.isoformat() for night in period.nights)} if period.nights else {}
    wanted = Filter(nights, date_from=period.first, date_to=period.last)
    out = answer(db, Question("operation", "night", filter=wanted))
    pairs = {
        (out.row_labels[group.row].text if group.row else "", str(group.column))
        for group in out.groups
    }
    return {pair for pair in pairs if not period.operations or pair[0] in period.operations}


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

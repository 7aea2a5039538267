"""Say what looks odd about an entry that was saved: it stands, and somebody should look again."""

from collections.abc import Iterator, Mapping, Sequence

from fieldlog.core.lists import Lists
from fieldlog.core.log import LogLine
from fieldlog.core.money import plain_pounds
from fieldlog.core.night import says_time
from fieldlog.core.words import EntryKind
from fieldlog.services.find_premises import Visit, visits_of_night
from fieldlog.store.connection import Database


def doubts_about(
    db: Database, line: LogLine, lists: Lists, *, visits: bool = True
) -> tuple[str, ...]:
    """Return a sentence for each doubt: an amount above the law's highest, a visit made twice.

    Without ``visits`` nothing is said of visits, where the officer was told before saving.
    """
    visit = line.kind is EntryKind.PREMISES_VISIT and line.premises_id is not None
    made = visits_of_night(db, [line.premises_id or 0], line.night_of) if visits and visit else {}
    return doubts_beside(line, lists, made)


def doubts_beside(
    line: LogLine, lists: Lists, visits: Mapping[int, Sequence[Visit]]
) -> tuple[str, ...]:
    """Return the same, where the ``visits`` of the entry's night to its premises are known."""
    return (*_amount(line, lists), *_visited_by_others(line, visits))


def _amount(line: LogLine, lists: Lists) -> Iterator[str]:
    notice = line.notice
    law = lists.laws.get(notice.law_code) if notice else None
    if notice is None or law is None or law.highest_pence is None:
        return
    amount = notice.amount_pence or 0
    if amount > law.highest_pence:
        yield (
            f"£{plain_pounds(amount)} is above the highest amount for {law.label}, "
            f"£{plain_pounds(law.highest_pence)}. Amend the entry if that was a slip."
        )


def _visited_by_others(line: LogLine, visits: Mapping[int, Sequence[Visit]]) -> Iterator[str]:
    if line.kind is not EntryKind.PREMISES_VISIT or line.premises_id is None:
        return
    # Visits of premises that were merged stand under those that stayed.
    together = (some for some in visits.values() if line.id in {one.entry_id for one in some})
    made = visits.get(line.premises_id) or next(together, ())
    others = [visit for visit in made if visit.officer_id != line.officer_id]
    if others:
        when, who = says_time(others[0].at), others[0].officer or "another crew"
        yield f"{who} visited {line.premises} at {when} on the same night."

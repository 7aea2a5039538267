"""Say what looks odd about an entry that was saved: it stands, and somebody should look again."""

from collections.abc import Iterator

from fieldlog.core.lists import Lists
from fieldlog.core.log import LogLine
from fieldlog.core.money import plain_pounds
from fieldlog.core.night import says_time
from fieldlog.core.words import EntryKind
from fieldlog.services.find_premises import visits_of_night
from fieldlog.store.connection import Database


def doubts_about(
    db: Database, line: LogLine, lists: Lists, *, visits: bool = True
) -> tuple[str, ...]:
    """Return a sentence for each doubt: an amount above the law's highest, a visit made twice.

    Without ``visits`` nothing is said of visits, where the officer was told before saving.
    """
    return (*_amount(line, lists), *(_visited_by_others(db, line) if visits else ()))


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


def _visited_by_others(db: Database, line: LogLine) -> Iterator[str]:
    if line.kind is not EntryKind.PREMISES_VISIT or line.premises_id is None:
        return
    visits = visits_of_night(db, [line.premises_id], line.night_of).get(line.premises_id, [])
    others = [visit for visit in visits if visit.officer_id != line.officer_id]
    if others:
        when, who = says_time(others[0].at), others[0].officer or "another crew"
        yield f"{who} visited {line.premises} at {when} on the same night."

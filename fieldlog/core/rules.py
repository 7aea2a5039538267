"""What an entry must satisfy to be recorded, each failure in words a tired person can act on.

The rules stand on the server only; limits and lists reach a phone as data.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from fieldlog.core.entry import Entry
from fieldlog.core.lists import Choice, Lists
from fieldlog.core.minutes import MOST_MINUTES, WHOLE_MINUTES
from fieldlog.core.night import says_date, says_moment, to_uk
from fieldlog.core.words import Capacity, EntryKind, FourE, Unit

CLOCK_TOLERANCE = timedelta(minutes=5)
EARLIEST_YEAR = 2000
"""The first year a record may be of: the lists begin then, and earlier ones are slips."""
LONGEST_DEPLOYMENT = timedelta(days=2)
HIGHEST_COUNT = {Unit.COUNT: 100_000, Unit.GRAMS: 10_000_000, Unit.PENCE: 100_000_000_00}
LONGEST_TEXT = {
    "notes": 4_000,
    "particulars": 300,
    "place": 200,
    "reason": 500,
    "number": 40,
    "prohibition": 100,
    "recipient": 200,
    "volunteer_reference": 40,
    "seller": 300,
    "exhibit": 100,
    "wording": 10_000,
}
"""Field → most characters it may have."""

OWN_POWERS = {EntryKind.NOTICE: "issue a notice", EntryKind.ARREST: "make an arrest"}


@dataclass(frozen=True)
class Problem:
    """What is wrong with one field and what to do about it."""

    field: str
    message: str


class Refused(Exception):
    """The entry cannot be recorded as it is; nothing was stored."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        """Keep the ``problems``; the exception's text is their messages."""
        super().__init__(" ".join(problem.message for problem in problems))
        self.problems = problems


def problems_of(entry: Entry, lists: Lists, post: str | None, now: datetime) -> tuple[Problem, ...]:
    """Return everything that stops ``entry`` from being recorded at ``now``, or an empty tuple.

    ``post`` is the officer's post, which says what powers they hold; ``None`` is not known and
    restricts nothing (records typed up from a spreadsheet).
    """
    return (
        *_time_problems(entry, now),
        *_choice_problems(entry, lists),
        *_number_problems(entry, lists),
        *_text_problems(entry),
        *_place_problems(entry),
        *_notice_problems(entry),
        *_power_problems(entry, lists, post),
    )


def _time_problems(entry: Entry, now: datetime) -> Iterator[Problem]:
    if entry.happened_at.year < EARLIEST_YEAR:
        yield Problem("happened_at", f"Check the year of the date: {entry.happened_at.year}.")
        return
    if entry.happened_at > now + CLOCK_TOLERANCE:
        yield Problem(
            "happened_at",
            f"{says_moment(entry.happened_at)} is in the future. It is {says_moment(now)} now; "
            "check the date and the time.",
        )
        return
    days = to_uk(entry.happened_at).date() - entry.night_of
    if not timedelta(0) <= days <= LONGEST_DEPLOYMENT:
        yield Problem(
            "happened_at",
            f"{says_moment(entry.happened_at)} does not belong to the night of "
            f"{says_date(entry.night_of)}. Check the date, or choose the other night.",
        )


def _choice_problems(entry: Entry, lists: Lists) -> Iterator[Problem]:
    if entry.action is not None:
        yield from _unusable(entry, "action", "action taken", lists.actions.get(entry.action))
    for measure in entry.counts:
        yield from _unusable(entry, measure, "count", lists.measures.get(measure))
    if entry.notice:
        yield from _unusable(entry, "law", "law", lists.laws.get(entry.notice.law))
    if entry.purchase:
        products = lists.plain.get("product", {})
        yield from _unusable(entry, "product", "product", products.get(entry.purchase.product))


def _unusable(entry: Entry, field: str, what: str, choice: Choice | None) -> Iterator[Problem]:
    if choice is None:
        yield Problem(field, f"There is no such {what} in the list. Choose one of those shown.")
    elif not choice.valid_on(entry.night_of):
        yield Problem(
            field,
            f"“{choice.label}” could not be used on {says_date(entry.night_of)}. "
            "Choose one of those shown.",
        )


def _number_problems(entry: Entry, lists: Lists) -> Iterator[Problem]:
    if entry.minutes is not None and not 0 <= entry.minutes <= MOST_MINUTES:
        yield Problem("minutes", f"{WHOLE_MINUTES}, and at most {MOST_MINUTES} (one day).")
    for code, value in entry.counts.items():
        measure = lists.measures.get(code)
        highest = HIGHEST_COUNT[measure.unit if measure else Unit.COUNT]
        name = measure.label if measure else code
        if value < 0:
            yield Problem(code, f"{name} cannot be less than 0.")
        elif value > highest:
            yield Problem(code, f"{name} cannot be more than {highest:,}. Check the number.")
    amount = entry.notice.amount_pence if entry.notice else None
    if amount is not None and not 0 <= amount <= HIGHEST_COUNT[Unit.PENCE]:
        yield Problem("amount", "The amount must be pounds and pence, like 100 or 65.50.")
    age = entry.purchase.volunteer_age if entry.purchase else None
    if age is not None and not 10 <= age <= 99:
        yield Problem("volunteer_age", "The volunteer’s age must be a number from 10 to 99.")


def _text_problems(entry: Entry) -> Iterator[Problem]:
    for field, text in _texts(entry).items():
        yield from text_problems(field, text)


def _texts(entry: Entry) -> dict[str, str]:
    texts = {"notes": entry.notes, "particulars": entry.particulars, "place": entry.place}
    if entry.notice:
        notice = entry.notice
        texts |= {"number": notice.number, "prohibition": notice.prohibition}
        texts |= {"recipient": notice.recipient}
    if entry.purchase:
        purchase = entry.purchase
        texts |= {"volunteer_reference": purchase.volunteer_reference}
        texts |= {"seller": purchase.seller, "exhibit": purchase.exhibit}
    return texts


def text_problems(field: str, text: str) -> Iterator[Problem]:
    """Yield what stops ``text`` from being stored: too long, or characters that are not text."""
    name = field.replace("_", " ").capitalize()
    longest = LONGEST_TEXT.get(field, 200)
    if len(text) > longest:
        yield Problem(
            field,
            f"{name} can be at most {longest:,} characters; this has {len(text):,}. "
            "Nothing was lost: shorten it and save again.",
        )
    # Nearly every text is printable through and through, and asking that is a hundred times faster.
    odd = None if text.isprintable() else next(_odd_places(text), None)
    if odd:
        yield Problem(
            field,
            f"{name} holds a character that is not text (number {odd}, "
            f"code U+{ord(text[odd - 1]):04X}). Delete it and save again.",
        )


def reason_given(text: str, wanted: str, field: str = "reason") -> str:
    """Return a reason on one line. Raises Refused: ``wanted`` without one, or where it is no text.

    ``wanted`` says what to write, with an example.
    """
    problems = tuple(reason_problems(text, wanted, field))
    if problems:
        raise Refused(problems)
    return " ".join(text.split())


def reason_problems(text: str, wanted: str, field: str = "reason") -> Iterator[Problem]:
    """Yield why a reason is refused: ``wanted`` where there is none, else that it is no text."""
    reason = " ".join(text.split())
    yield from text_problems(field, reason)
    if not reason:
        yield Problem(field, wanted)


def _odd_places(text: str) -> Iterator[int]:
    return (place for place, char in enumerate(text, 1) if _unprintable(char))


def _unprintable(char: str) -> bool:
    if char in "\n\t":
        return False
    return unicodedata.category(char) in {"Cc", "Cs"} or ord(char) & 0xFFFE == 0xFFFE


def _place_problems(entry: Entry) -> Iterator[Problem]:
    if entry.kind is EntryKind.PREMISES_VISIT and not entry.premises_id and not entry.place.strip():
        yield Problem("place", "Choose the premises, or type its name.")


def _notice_problems(entry: Entry) -> Iterator[Problem]:
    """A notice given has its number; of one that was only seen, the number may not be known."""
    if entry.notice and entry.capacity is Capacity.OWN and not entry.notice.number.strip():
        yield Problem("number", "Give the number printed on the notice.")


def _power_problems(entry: Entry, lists: Lists, post: str | None) -> Iterator[Problem]:
    if post is None or entry.capacity is not Capacity.OWN:
        return
    held = lists.powers.get(post, frozenset())
    posts = lists.plain.get("post", {})
    name = posts[post].label if post in posts else post
    if entry.kind in OWN_POWERS and entry.kind.value not in held:
        yield Problem(
            "capacity",
            f"{name}: no power to {OWN_POWERS[entry.kind]}. "
            "Record it as witnessed, referred or a joint visit.",
        )
    if entry.four_e is FourE.ENFORCE and "enforce" not in held:
        yield Problem(
            "four_e",
            f"{name}: engage, explain or encourage. Enforcing is for those who hold the power; "
            "record it as witnessed, referred or a joint visit.",
        )

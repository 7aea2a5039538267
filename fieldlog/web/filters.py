"""Filters live in the address: what it asks for, and the address that asks for it.

One parameter for each dimension, named by its code and given once for each wanted value
(``action=visit&action=letter``), or ``not_action`` for each that is not wanted; ``(blank)`` is
where nothing was recorded, which no code, number or date can be. ``from`` and ``to`` are dates of
the night, ``holding`` a measure, ``place`` words.
A parameter without a value asks for nothing, since a form sends those too.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from typing import Any, Final

from werkzeug.datastructures import MultiDict

from fieldlog.core.question import DIMENSIONS, Filter, Key
from fieldlog.core.words import EntryKind, FourE, PurchaseResult
from fieldlog.tallies.crosstab import BLANK

MOST_VALUES = 50
LONGEST_PLACE = 100
NAMES_PEOPLE: Final = frozenset({"officer", "prohibition"})
"""Dimensions that name a person, or that officers type and so might: not for viewers."""

Address = MultiDict[str, str]
Query = dict[str, Any]

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_NUMBER = re.compile(r"\d{1,15}", re.ASCII)
_CODE = re.compile(r"\w{1,80}")


class BadAddress(Exception):
    """The address asks for something that cannot be; ``problems`` say what, and what to do."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(self.problems))


def read_day(text: str) -> date:
    """Return the date of ``2020-12-05``. Raises ValueError."""
    if not _DAY.fullmatch(text):
        raise ValueError(text)
    return date.fromisoformat(text)


def read_number(text: str) -> int:
    """Return a whole number of at most 15 digits. Raises ValueError."""
    if not _NUMBER.fullmatch(text):
        raise ValueError(text)
    return int(text)


def number_or(text: str | None, otherwise: int) -> int:
    """Return the number that a choice of a form carries, or ``otherwise`` where it carries none."""
    try:
        return read_number(text or "")
    except ValueError:
        return otherwise


def _hour(text: str) -> int:
    hour = read_number(text)
    if hour > 23:
        raise ValueError(text)
    return hour


def _code(text: str) -> str:
    if not _CODE.fullmatch(text):
        raise ValueError(text)
    return text


_READ: Mapping[str, Callable[[str], Key]] = {
    "action": _code,
    "time": read_number,
    "kind": lambda text: EntryKind(text).value,
    "premises": read_number,
    "premises_type": _code,
    "ward": read_number,
    "officer": read_number,
    "agency": read_number,
    "deployment": read_number,
    "operation": read_number,
    "night": lambda text: read_day(text).isoformat(),
    "hour": _hour,
    "four_e": lambda text: FourE(text).value,
    "law": _code,
    "prohibition": lambda text: text[:LONGEST_PLACE],
    "product": _code,
    "result": lambda text: PurchaseResult(text).value,
    "operation_kind": _code,
}

WITHOUT: Final = {f"not_{name}": name for name in DIMENSIONS}
FILTER_NAMES = frozenset({*DIMENSIONS, *WITHOUT, "from", "to", "holding", "place"})


def given(address: Address) -> Query:
    """Return the parameters that have a value, spaces around it taken off, in their order."""
    every = {name: [text.strip() for text in address.getlist(name)] for name in address}
    return {name: [text for text in texts if text] for name, texts in every.items() if any(texts)}


def has_empty(address: Address) -> bool:
    """Say whether a form sent parameters without a value, which only make the address long."""
    return any(not text.strip() for name in address for text in address.getlist(name))


def read_filter(
    address: Address, *, also: Collection[str] = (), hidden: Collection[str] = ()
) -> Filter:
    """Return the filter that the address asks for.

    ``also`` are the page's own parameters, ``hidden`` the dimensions that the person may not use.
    Raises BadAddress for a value that cannot be read, and for a parameter that is not known: a
    mistyped one must not show figures of everything.
    """
    asked = given(address)
    problems = [
        f"The address asks for “{name[:40]}”, which fieldlog does not know. Choose below instead."
        for name in asked
        if name not in FILTER_NAMES and name not in also
    ]
    problems += [
        f"{DIMENSIONS[name]} is not shown to viewers. Choose below instead."
        for name in sorted({WITHOUT.get(name, name) for name in asked} & set(hidden))
    ]
    found = Filter(
        where={
            name: read_keys(name, asked[name], problems) for name in DIMENSIONS if name in asked
        },
        without={
            name: read_keys(name, asked[given_as], problems)
            for given_as, name in WITHOUT.items()
            if given_as in asked
        },
        date_from=_day("from", asked, problems),
        date_to=_day("to", asked, problems),
        holding=_holding(asked, problems),
        place=_place(asked, problems),
    )
    if found.date_from and found.date_to and found.date_from > found.date_to:
        problems.append("The first date is after the last. Swap the two dates.")
    if problems:
        raise BadAddress(problems)
    return found


def read_keys(name: str, texts: list[str], problems: list[str]) -> tuple[Key, ...]:
    """Return the keys of a dimension that the texts of an address name; add to ``problems``."""
    if len(texts) > MOST_VALUES:
        problems.append(f"{DIMENSIONS[name]}: choose at most {MOST_VALUES} at once.")
        return ()
    keys: dict[Key, None] = {}
    for text in texts:
        try:
            keys[None if text == BLANK else _READ[name](text)] = None
        except ValueError:
            problems.append(
                f"{DIMENSIONS[name]} cannot be “{text[:40]}”. Choose one of those shown."
            )
    return tuple(keys)


def single(name: str, asked: Query, problems: list[str]) -> str:
    """Return the one value of a parameter, or empty; several are a problem."""
    texts = asked.get(name, [])
    if len(texts) > 1:
        problems.append(f"The address gives “{name}” {len(texts)} times. Give it once.")
    return texts[0] if texts else ""


def _day(name: str, asked: Query, problems: list[str]) -> date | None:
    text = single(name, asked, problems)
    try:
        return read_day(text) if text else None
    except ValueError:
        problems.append(f"“{text[:40]}” is not a date. Give it like 2020-12-05.")
        return None


def _holding(asked: Query, problems: list[str]) -> str | None:
    text = single("holding", asked, problems)
    if text and not _CODE.fullmatch(text):
        problems.append(f"There is no count called “{text[:40]}”. Choose one of those shown.")
        return None
    return text or None


def _place(asked: Query, problems: list[str]) -> str:
    text = " ".join(single("place", asked, problems).split())
    if len(text) > LONGEST_PLACE:
        problems.append(f"Premises or place: give at most {LONGEST_PLACE} characters.")
        return ""
    return text


def key_text(key: Key) -> str:
    """Return a key as the address has it."""
    return BLANK if key is None else str(key)


def query_of(wanted: Filter) -> Query:
    """Return the parameters that ask for ``wanted``; ``read_filter`` reads them back the same.

    Raises ValueError for a filter that holds a dimension to no key at all: no address says that.
    """
    if not all(wanted.where.values()):
        raise ValueError("a filter that nothing can pass has no address")
    query = {
        name: [key_text(key) for key in wanted.where[name]]
        for name in DIMENSIONS
        if name in wanted.where
    }
    query |= {
        given_as: [key_text(key) for key in wanted.without[name]]
        for given_as, name in WITHOUT.items()
        if wanted.without.get(name)
    }
    if wanted.date_from:
        query["from"] = [wanted.date_from.isoformat()]
    if wanted.date_to:
        query["to"] = [wanted.date_to.isoformat()]
    if wanted.holding:
        query["holding"] = [wanted.holding]
    if wanted.place:
        query["place"] = [wanted.place]
    return query

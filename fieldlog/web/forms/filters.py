"""The form that narrows a page: what it offers, what is chosen, and what it keeps untouched."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import url_for

from fieldlog.core.question import DIMENSIONS, Filter, Key
from fieldlog.services.choose_filter import choices, in_words, shown
from fieldlog.store.connection import Database
from fieldlog.tallies.crosstab import BLANK
from fieldlog.web.filters import Query, key_text, query_of

SHORTER = {"deployment": "Deployment", "premises_type": "Type of premises"}
NEVER_BLANK = frozenset({"kind", "hour", "night"})


@dataclass(frozen=True)
class Select:
    """One drop-down: its parameter, its label, (value, label) choices and the chosen value."""

    name: str
    label: str
    choices: list[tuple[str, str]]
    chosen: str


@dataclass(frozen=True)
class Chip:
    """One part of the filter in words, and the address of the same page without it."""

    heading: str
    text: str
    without: str


@dataclass(frozen=True)
class FilterForm:
    """Everything that the filters of a page need.

    ``kept`` are (name, value) pairs that the form sends along unseen: what a drop-down cannot
    show, because the page has none for it or because several values are wanted.
    """

    selects: list[Select]
    more: list[Select]
    date_from: str
    date_to: str
    place: str
    kept: list[tuple[str, str]]
    chips: list[Chip]

    @property
    def more_open(self) -> bool:
        """Whether one of the drop-downs that are folded away has something chosen."""
        return any(select.chosen for select in self.more)


@dataclass(frozen=True)
class FilterPage:
    """Which page is filtered: its endpoint, its drop-downs, and its own parameters to keep.

    ``typed`` are the parameters of dates and words that the form shows as boxes. Without
    ``blanks`` nobody can ask for what was not recorded.
    """

    endpoint: str
    selects: tuple[str, ...]
    more: tuple[str, ...] = ()
    typed: frozenset[str] = frozenset({"from", "to", "place"})
    blanks: bool = True


def filter_form(db: Database, page: FilterPage, wanted: Filter, own: Query) -> FilterForm:
    """Return the form of ``page`` with ``wanted`` chosen in it; ``own`` are the page's values."""
    offered = choices(db, (*page.selects, *page.more))
    query = query_of(wanted)
    boxes = {name for name in (*page.selects, *page.more) if len(query.get(name, [])) <= 1}
    boxes |= page.typed

    def held(name: str) -> tuple[Key, ...]:
        return wanted.where.get(name, ()) if name in boxes else ()

    kept = [
        (name, value) for name, values in query.items() if name not in boxes for value in values
    ]
    return FilterForm(
        selects=[_select(page, name, offered[name], held(name)) for name in page.selects],
        more=[_select(page, name, offered[name], held(name)) for name in page.more],
        date_from=query.get("from", [""])[0],
        date_to=query.get("to", [""])[0],
        place=wanted.place,
        kept=kept,
        chips=list(_chips(db, page.endpoint, wanted, own)),
    )


def _select(
    page: FilterPage, name: str, offered: Iterable[tuple[Key, str]], held: tuple[Key, ...]
) -> Select:
    found = [(key_text(key), label) for key, label in offered]
    for key in held:
        if key is not None and key_text(key) not in dict(found):
            found.append((key_text(key), shown(name, key, str(key))))
    if page.blanks and name not in NEVER_BLANK:
        found.append((BLANK, BLANK))
    label = SHORTER.get(name, DIMENSIONS[name])
    return Select(name, label, found, key_text(held[0]) if held else "")


def _chips(db: Database, endpoint: str, wanted: Filter, own: Query) -> Iterable[Chip]:
    query = query_of(wanted)
    for part in in_words(db, wanted):
        rest = {name: values for name, values in query.items() if name != part.name}
        yield Chip(part.heading, part.text, url_for(endpoint, **rest, **own))

"""Say what a filter can choose from, and what one that was chosen asks for in words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fieldlog.core.night import says_date
from fieldlog.core.question import DIMENSIONS, MINUTES, PREMISES, VISITS, Filter, Key
from fieldlog.store import premises
from fieldlog.store.choices import LISTED, every_label
from fieldlog.store.connection import Database
from fieldlog.store.counting import labels
from fieldlog.store.lists import load_lists
from fieldlog.tallies.crosstab import BLANK

USUAL_MINUTES = (0, 15, 30, 45, 60, 75, 90, 120, 150, 180)


@dataclass(frozen=True)
class Part:
    """One part of a filter in words; ``name`` is the dimension, or from, to, holding or place."""

    name: str
    heading: str
    text: str

    @property
    def says(self) -> str:
        """The part as a sentence has it: ``agency not Marlshire Police``."""
        return f"{_inside(self.heading)} {self.text}"


def choices(db: Database, dimensions: Iterable[str]) -> dict[str, list[tuple[Key, str]]]:
    """Return dimension → (key, label) of everything it can be held to, in the list's order.

    Deployments come newest first. Raises KeyError for premises and night, which have no list.
    """
    return {dimension: _choices(db, dimension) for dimension in dimensions}


def _choices(db: Database, dimension: str) -> list[tuple[Key, str]]:
    if dimension == "time":
        found = labels(db, dimension, set(USUAL_MINUTES))
    else:
        found = every_label(db, dimension)
    ordered = sorted(found.items(), key=lambda pair: (pair[1].position, pair[1].text.casefold()))
    if dimension == "deployment":
        ordered.reverse()
    return [(key, label.text) for key, label in ordered]


def in_words(db: Database, wanted: Filter) -> tuple[Part, ...]:
    """Return what ``wanted`` asks for, a part for each thing it holds to; empty for everything."""
    parts = [
        Part(name, heading, _one_of(db, name, wanted.where[name]))
        for name, heading in DIMENSIONS.items()
        if name in wanted.where
    ]
    parts += [
        Part(f"not_{name}", f"{heading} not", _one_of(db, name, wanted.without[name]))
        for name, heading in DIMENSIONS.items()
        if name in wanted.without
    ]
    if wanted.date_from:
        parts.append(Part("from", "Nights from", says_date(wanted.date_from)))
    if wanted.date_to:
        parts.append(Part("to", "Nights to", says_date(wanted.date_to)))
    if wanted.holding:
        parts.append(Part("holding", "Only entries with", _held(db, wanted.holding)))
    if wanted.place:
        parts.append(Part("place", "Premises or place", f"“{wanted.place}”"))
    return tuple(parts)


def _one_of(db: Database, name: str, keys: tuple[Key, ...]) -> str:
    known = labels(db, name, set(keys))
    return " or ".join(BLANK if key is None else shown(name, key, known[key].text) for key in keys)


def shown(dimension: str, key: Key, text: str) -> str:
    """Return the label of a key as a sentence has it: times with their unit in full."""
    if dimension == "time":
        return f"{key} minute" if key == 1 else f"{key} minutes"
    return text


def _held(db: Database, measure: str) -> str:
    if measure == PREMISES:
        return "a premises visited"
    if measure == MINUTES:
        return "a time taken"
    if measure == VISITS:
        return "a premises visit"
    found = load_lists(db).measures.get(measure)
    return _inside(found.label) if found else measure


def _inside(label: str) -> str:
    """A label inside a sentence; abbreviations in it keep their capitals."""
    return label[:1].lower() + label[1:]


def unknown(db: Database, wanted: Filter) -> Iterator[str]:
    """Yield a message for each key and measure of ``wanted`` that no list has."""
    for name, keys in (*wanted.where.items(), *wanted.without.items()):
        for key in keys:
            if key is not None and not _known(db, name, key):
                yield f"{DIMENSIONS[name]}: there is no “{key}”. Choose one of those shown."
    held = wanted.holding
    if held not in {None, PREMISES, MINUTES, VISITS} and held not in load_lists(db).measures:
        yield f"There is no count called “{held}”. Choose one of those shown."


def _known(db: Database, name: str, key: Key) -> bool:
    if name == "premises":
        return premises.get(db, int(key or 0)) is not None
    return name not in LISTED or key in every_label(db, name)

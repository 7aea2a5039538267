"""Find the premises that a line of a register is about, and those that it looks like.

A wrong match changes another premises in silence: a line is matched by its UPRN, else by its
licence number, else by its name with postcode or address, and where that leaves several it comes
back.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache

from fieldlog.core import folding
from fieldlog.services.importing.cells import BadCell
from fieldlog.store.premises import Premises, Registration
from fieldlog.store.register import RegisterNow

_SAYS_NOTHING = re.compile(r"\b(the|ltd|limited|plc|llp|inn|ph|pub|bar|public house)\b")

folded = lru_cache(maxsize=20_000)(folding.folded)
"""A row's name is asked for a dozen times before the next row's."""


class Register:
    """The premises known so far, by everything that a line can be matched by.

    Premises of lines that are not written yet have minus the number of their row for an id. One
    that was merged into another is known by what it says, and found as the one it counts as.
    """

    def __init__(self, known: RegisterNow, names_in_file: Mapping[str, int]) -> None:
        """Hold what is ``known``; ``names_in_file`` counts the lines of each folded name."""
        self._merged = known.merged
        self._former_uprns = known.former_uprns
        self._names_in_file = names_in_file
        self._by_id: dict[int, Premises] = {}
        self._by_uprn: dict[int, int] = {}
        self._by_licence: defaultdict[str, set[int]] = defaultdict(set)
        self._by_name: defaultdict[str, set[int]] = defaultdict(set)
        self._by_likeness: defaultdict[tuple[str, ...], set[int]] = defaultdict(set)
        self._aliases: dict[int, dict[str, str]] = {}
        for premises in known.premises:
            self.hold(premises, known.aliases.get(premises.id, {}))

    def hold(self, premises: Premises, aliases: Mapping[str, str] | None = None) -> None:
        """Remember a premises as it now is, with its other names."""
        self._by_id[premises.id] = premises
        self._by_name[folded(premises.name)].add(premises.id)
        if premises.uprn:
            self._by_uprn[int(premises.uprn)] = premises.id
        if premises.licence_number:
            self._by_licence[folded(premises.licence_number)].add(premises.id)
        for key in _likeness(premises, typed=not premises.registered):
            self._by_likeness[key].add(premises.id)
        if aliases:
            self._aliases[premises.id] = dict(aliases)
            for name in aliases:
                self._by_name[name].add(premises.id)

    def aliases_of(self, premises_id: int) -> Mapping[str, str]:
        """Return the other names of a premises: folded → as written."""
        return self._aliases.get(premises_id, {})

    def find(self, line: Registration) -> Premises | None:
        """Return the premises that ``line`` is about, None if it is a new one.

        Raises BadCell if it could be several.
        """
        number = int(line.uprn) if line.uprn else 0
        owner = self._by_uprn.get(number) or self._former_uprns.get(number)
        if owner:
            found = self._by_id[owner]
            self._refuse_two_meanings(found, line)
            return self._as_counted(found)
        licensed = self._licensed(line)
        if licensed:
            same_name = [p for p in licensed if folded(p.name) == folded(line.name)]
            return self._only(same_name or licensed, f"have the licence {line.licence_number}")
        return self._named(line)

    def _as_counted(self, premises: Premises) -> Premises:
        return self._by_id[self._merged.get(premises.id, premises.id)]

    def _only(self, found: list[Premises], what: str) -> Premises:
        one, *others = {p.id: p for p in map(self._as_counted, found)}.values()
        if others:
            raise BadCell(
                f"{1 + len(others)} premises {what}. Give the UPRN to say which is meant."
            )
        return one

    def _refuse_two_meanings(self, found: Premises, line: Registration) -> None:
        """Refuse a line with the UPRN of one premises and the licence and name of another."""
        licence, name = folded(line.licence_number), folded(line.name)
        if not licence or folded(found.licence_number) == licence or folded(found.name) == name:
            return
        for other in self._of_licence(licence):
            if self._as_counted(other) != found and folded(other.name) == name:
                raise BadCell(
                    f"The UPRN {line.uprn} is that of {found.name}, but the licence "
                    f"{line.licence_number} and the name are those of another premises. Check both."
                )

    def _of_licence(self, licence: str) -> list[Premises]:
        found = [self._by_id[number] for number in sorted(self._by_licence.get(licence, ()))]
        return [p for p in found if folded(p.licence_number) == licence]

    def _licensed(self, line: Registration) -> list[Premises]:
        licence = folded(line.licence_number)
        return _not_told_apart(self._of_licence(licence), line) if licence else []

    def _called(self, name: str) -> list[Premises]:
        found = [self._by_id[number] for number in sorted(self._by_name.get(name, ()))]
        return [p for p in found if folded(p.name) == name or name in self.aliases_of(p.id)]

    def _named(self, line: Registration) -> Premises | None:
        name = folded(line.name)
        found = _not_told_apart(self._called(name), line)
        registered = [p for p in found if p.registered]
        there = [p for p in registered if _same_place(p, line)]
        if there:
            own = [p for p in there if folded(p.name) == name]
            return self._only(own or there, f"are called {line.name} there")
        may_be_there = [p for p in registered if folded(p.name) == name and not _elsewhere(p, line)]
        if may_be_there:
            return self._only(may_be_there, f"are called {line.name}")
        typed = [p for p in found if not p.registered]
        alone = not registered and self._names_in_file.get(name, 0) < 2
        return self._as_counted(typed[0]) if typed and alone else None

    def like(self, line: Registration) -> Premises | None:
        """Return a premises that a new ``line`` looks like though it was not matched, or None."""
        for key in _likeness(line):
            for number in sorted(self._by_likeness.get(key, ()), key=abs):
                other = self._by_id[number]
                apart = key[0] == "place" and line.uprn and other.uprn
                if not apart and key in _likeness(other, typed=not other.registered):
                    return self._as_counted(other)
        return None


def _likeness(said: Premises | Registration, *, typed: bool = False) -> Iterator[tuple[str, ...]]:
    """Yield what two premises that may be one have in common."""
    name, (postcode, address) = _gist(said.name), _place(said)
    if typed:
        yield "typed", name
        return
    if postcode:
        yield "name", name, postcode
    if address:
        yield "name", name, address
    if postcode and any(character.isdigit() for character in address):
        yield "place", address, postcode
    if isinstance(said, Registration):
        yield "typed", name


@lru_cache(maxsize=20_000)
def _gist(name: str) -> str:
    """Return what is left of a name without the words that are added and left out at will."""
    plain = re.sub(r"[\W_]+", " ", folded(name).replace("&", " and ").replace("'", "")).strip()
    return " ".join(_SAYS_NOTHING.sub(" ", plain).split()) or plain


def _not_told_apart(found: list[Premises], line: Registration) -> list[Premises]:
    """Return the premises that no UPRN tells apart from ``line``."""
    return [p for p in found if not (line.uprn and p.uprn)]


def _same_place(premises: Premises, line: Registration) -> bool:
    ours, theirs = _place(premises), _place(line)
    return any(a and a == b for a, b in zip(ours, theirs, strict=True))


def _elsewhere(premises: Premises, line: Registration) -> bool:
    ours, theirs = _place(premises), _place(line)
    return any(a and b and a != b for a, b in zip(ours, theirs, strict=True))


def _place(said: Premises | Registration) -> tuple[str, str]:
    return folded(said.postcode).replace(" ", ""), _plain(said.address)


@lru_cache(maxsize=20_000)
def _plain(address: str) -> str:
    return re.sub(r"[\W_]+", " ", folded(address)).strip()

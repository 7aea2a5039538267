"""Find the premises of the register that a line of a new edition is about.

The UPRN decides, then the licence number, then the name with postcode or address. Two premises may
share a name, so a line that could mean several is refused rather than given to one of them.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from fieldlog.core.folding import folded
from fieldlog.services.importing.cells import BadCell
from fieldlog.store.premises import Premises, Registration


class Register:
    """The premises known so far, by everything that a line can be matched by."""

    def __init__(self, known: Iterable[Premises], names_in_file: Mapping[str, int]) -> None:
        """Hold what is ``known``; ``names_in_file`` counts the lines of each folded name."""
        self._names_in_file = names_in_file
        self._by_id: dict[int, Premises] = {}
        self._by_uprn: dict[int, int] = {}
        self._by_licence: defaultdict[str, set[int]] = defaultdict(set)
        self._by_name: defaultdict[str, set[int]] = defaultdict(set)
        for premises in known:
            self.hold(premises)

    def hold(self, premises: Premises) -> None:
        """Remember a premises as it now is."""
        self._by_id[premises.id] = premises
        self._by_name[folded(premises.name)].add(premises.id)
        if premises.uprn:
            self._by_uprn[int(premises.uprn)] = premises.id
        if premises.licence_number:
            self._by_licence[folded(premises.licence_number)].add(premises.id)

    def find(self, line: Registration) -> Premises | None:
        """Return the premises that ``line`` is about, None if it is a new one.

        Raises BadCell if it could be several.
        """
        if line.uprn and int(line.uprn) in self._by_uprn:
            return self._by_id[self._by_uprn[int(line.uprn)]]
        licensed = self._licensed(line)
        if licensed:
            same_name = [p for p in licensed if folded(p.name) == folded(line.name)]
            return _only(same_name or licensed, f"have the licence {line.licence_number}")
        return self._named(line)

    def _licensed(self, line: Registration) -> list[Premises]:
        licence = folded(line.licence_number)
        found = self._among(self._by_licence[licence], line) if licence else []
        return [p for p in found if folded(p.licence_number) == licence]

    def _among(self, ids: Iterable[int], line: Registration) -> list[Premises]:
        """Return the premises that no UPRN tells apart from ``line``."""
        found = [self._by_id[number] for number in sorted(ids)]
        return [p for p in found if not (line.uprn and p.uprn)]

    def _named(self, line: Registration) -> Premises | None:
        name = folded(line.name)
        found = [p for p in self._among(self._by_name[name], line) if folded(p.name) == name]
        registered = [p for p in found if p.registered]
        there = [p for p in registered if _same_place(p, line)]
        if there:
            return _only(there, f"are called {line.name} there")
        may_be_there = [p for p in registered if not _elsewhere(p, line)]
        if may_be_there:
            return _only(may_be_there, f"are called {line.name}")
        typed = [p for p in found if not p.registered]
        alone = not registered and self._names_in_file.get(name, 0) < 2
        return typed[0] if typed and alone else None


def _same_place(premises: Premises, line: Registration) -> bool:
    ours, theirs = _place(premises), _place(line)
    return any(a and a == b for a, b in zip(ours, theirs, strict=True))


def _elsewhere(premises: Premises, line: Registration) -> bool:
    ours, theirs = _place(premises), _place(line)
    return any(a and b and a != b for a, b in zip(ours, theirs, strict=True))


def _place(said: Premises | Registration) -> tuple[str, str]:
    plain = re.sub(r"[\W_]+", " ", folded(said.address)).strip()
    return folded(said.postcode).replace(" ", ""), plain


def _only(found: list[Premises], what: str) -> Premises:
    if len(found) > 1:
        raise BadCell(f"{len(found)} premises {what}. Give the UPRN to say which is meant.")
    return found[0]

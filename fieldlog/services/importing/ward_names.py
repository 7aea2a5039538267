"""Find the ward that a register names, today's first, and note those that do not exist yet."""

from collections.abc import Iterable
from datetime import date

from fieldlog.core.folding import folded
from fieldlog.services.importing.cells import BadCell
from fieldlog.store.wards import Ward


class WardNames:
    """The wards by name on one day. Wards that are not written yet have ids below nought."""

    def __init__(self, wards: Iterable[Ward], today: date) -> None:
        """Know ``wards``, of which those valid ``today`` may be named."""
        self.names: dict[int, str] = {}
        self.new: dict[int, str] = {}
        self._today: dict[str, int] = {}
        self._other: set[str] = set()
        for ward in wards:
            self.names[ward.id] = ward.name
            if ward.valid_on(today):
                self._today[folded(ward.name)] = ward.id
            else:
                self._other.add(folded(ward.name))

    def find(self, name: str) -> int | None:
        """Return the ward called ``name``, with or without the word ward; a new one is noted.

        None for an empty name. Raises BadCell for the name of another time.
        """
        if not name:
            return None
        wanted = folded(name)
        plain = wanted.removesuffix(" ward").removeprefix("ward of ")
        found = next((self._today[one] for one in (wanted, plain) if one in self._today), None)
        if found is not None:
            return found
        if {wanted, plain} & self._other:
            raise BadCell(f"“{name}” is no ward today. Check the ward.")
        made = -1 - len(self.new)
        self.new[made] = self.names[made] = name
        self._today[wanted] = self._today[plain] = made
        return made

"""The editable lists as rules and forms read them: what may be chosen, and since when."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from fieldlog.core.checklist import Checklist
from fieldlog.core.words import CountsAs, Unit


@dataclass(frozen=True)
class Choice:
    """A line of a list: valid from and to are dates of the night, both included."""

    code: str
    label: str
    position: int
    valid_from: date
    valid_to: date | None

    def valid_on(self, day: date) -> bool:
        """Say whether the choice may be used for the night of ``day``."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


AnyChoice = TypeVar("AnyChoice", bound=Choice)


@dataclass(frozen=True)
class Action(Choice):
    """An action taken; ``counts_as`` says what it tells about the contact with the premises.

    ``revisit_days`` is within how many days it proposes to visit again, None if it does not.
    """

    counts_as: CountsAs
    revisit_days: int | None = None


@dataclass(frozen=True)
class Measure(Choice):
    """Something that is counted on entries; ``step`` is what one tap of the +1 tally adds."""

    one_more: str
    unit: Unit
    step: int


@dataclass(frozen=True)
class Law(Choice):
    """What a notice can be given under; ``measure`` is where it counts. Amounts in pence."""

    provision: str
    measure: str
    usual_pence: int | None
    highest_pence: int | None


@dataclass(frozen=True)
class Lists:
    """All lists of one moment, each in its order; ``powers`` maps a post to what it may do.

    ``checklists`` are every version that there ever was.
    """

    actions: Mapping[str, Action]
    measures: Mapping[str, Measure]
    laws: Mapping[str, Law]
    plain: Mapping[str, Mapping[str, Choice]] = field(default_factory=dict)
    powers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    checklists: tuple[Checklist, ...] = ()


def usable(choices: Mapping[str, AnyChoice], day: date) -> list[AnyChoice]:
    """Return the choices valid for the night of ``day``, in the list's order."""
    return sorted((c for c in choices.values() if c.valid_on(day)), key=lambda c: c.position)

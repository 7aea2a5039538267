"""The headline figures of a night or a period, each with its basis and the way to its entries."""

from dataclasses import dataclass
from decimal import Decimal

from fieldlog.core.question import MINUTES, PREMISES, VISITS, Filter, Sums
from fieldlog.core.words import EntryKind
from fieldlog.tallies.hours import Hours, plain
from fieldlog.tallies.narrowing import narrowed

HOURS = "hours"


@dataclass(frozen=True)
class Figure:
    """One headline figure; zero is a figure too.

    ``value`` is a whole number, or the recorded hours. ``basis`` says what was counted, and
    ``behind`` holds the entries that it was counted from.
    """

    code: str
    label: str
    value: int | Decimal
    unit: str
    basis: str
    behind: Filter

    @property
    def text(self) -> str:
        """The value as it is printed: ``1,069``, ``78.75``."""
        return plain(self.value) if isinstance(self.value, Decimal) else f"{self.value:,}"


@dataclass(frozen=True)
class Headline:
    """The figures in the order they are read, and the hours with their method."""

    figures: tuple[Figure, ...]
    hours: Hours

    def __getitem__(self, code: str) -> Figure:
        """Return the figure of that code. Raises KeyError if it is not among them."""
        for figure in self.figures:
            if figure.code == code:
                return figure
        raise KeyError(code)


_COUNTED = (
    ("spoken_to", "People spoken to", "people", "a person met twice counts twice"),
    ("warned", "People warned", "people", "a person met twice counts twice"),
    ("fpn", "FPNs", "notices", "fixed penalty notices only"),
    ("pcn", "PCNs", "notices", "penalty charge notices, for parking and bus lanes"),
    ("pnd", "PNDs", "notices", "penalty notices for disorder, by the police"),
    ("cpw", "CPWs", "notices", "community protection warnings, in writing"),
    ("cpn", "CPNs", "notices", "community protection notices"),
    ("arrests", "Arrests", "arrests", "as counted on the entries"),
    ("closures", "Premises closed", "closures", "as counted on the entries"),
)
_ONLY_WHERE_THERE_ARE_SOME = {"pcn", "pnd", "cpw", "cpn"}


def headline(sums: Sums, wanted: Filter) -> Headline:
    """Return the headline figures of ``sums``, which were counted over ``wanted``.

    An FPN, a PCN, a PND, a CPW and a CPN are five things: each stands by itself and they are
    never added together. All but FPNs are left out where there were none.
    """
    hours = Hours(sums.timed, sums.minutes, sums.entries - sums.timed)
    counted = tuple(
        Figure(code, label, sums.measures.get(code, 0), unit, basis, narrowed(wanted, {}, code))
        for code, label, unit, basis in _COUNTED
        if sums.measures.get(code, 0) or code not in _ONLY_WHERE_THERE_ARE_SOME
    )
    return Headline((*_visits(sums, wanted), *counted, _hours(hours, wanted)), hours)


def _visits(sums: Sums, wanted: Filter) -> tuple[Figure, Figure]:
    return (
        Figure(
            PREMISES,
            "Premises visited",
            sums.premises_visited,
            "premises",
            "each premises once, however often it was visited",
            narrowed(wanted, {}, PREMISES),
        ),
        Figure(
            VISITS,
            "Visits",
            sums.visits,
            "visits",
            "every premises visit, repeated ones too",
            narrowed(wanted, {"kind": (EntryKind.PREMISES_VISIT.value,)}),
        ),
    )


def _hours(hours: Hours, wanted: Filter) -> Figure:
    return Figure(
        HOURS,
        "Hours recorded",
        hours.recorded_hours,
        "hours",
        hours.says(),
        narrowed(wanted, {}, MINUTES),
    )

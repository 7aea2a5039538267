"""The headline figures of a night or a period, each with its basis and the way to its entries."""

from dataclasses import dataclass
from decimal import Decimal

from fieldlog.core.night import says_length
from fieldlog.core.patrol import PatrolTime
from fieldlog.core.patrol import hours as hours_of
from fieldlog.core.question import MINUTES, PREMISES, VISITS, Filter, Sums
from fieldlog.core.words import EntryKind
from fieldlog.tallies.hours import Hours, plain
from fieldlog.tallies.narrowing import narrowed

HOURS = "hours"
PATROL_HOURS = "patrol_hours"
PERSON_HOURS = "person_hours"


@dataclass(frozen=True)
class Figure:
    """One headline figure; zero is a figure too.

    ``value`` is a whole number, or hours. ``basis`` says what was counted, and ``behind`` holds the
    entries that it was counted from; None for hours on patrol, which no entry is behind.
    """

    code: str
    label: str
    value: int | Decimal
    unit: str
    basis: str
    behind: Filter | None

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


def headline(sums: Sums, wanted: Filter, patrols: PatrolTime | None = None) -> Headline:
    """Return the headline figures of ``sums``, which were counted over ``wanted``.

    An FPN, a PCN, a PND, a CPW and a CPN are five things: each stands by itself and they are
    never added together. All but FPNs are left out where there were none, hours on patrol too.
    """
    hours = Hours(sums.timed, sums.minutes, sums.entries - sums.timed)
    counted = tuple(
        Figure(code, label, sums.measures.get(code, 0), unit, basis, narrowed(wanted, {}, code))
        for code, label, unit, basis in _COUNTED
        if sums.measures.get(code, 0) or code not in _ONLY_WHERE_THERE_ARE_SOME
    )
    out = _patrols(patrols) if patrols and patrols.counted else ()
    return Headline((*_visits(sums, wanted), *counted, _hours(hours, wanted), *out), hours)


def _patrols(time: PatrolTime) -> tuple[Figure, Figure]:
    basis = patrol_basis(time)
    return (
        Figure(PATROL_HOURS, "Patrol-hours", hours_of(time.patrol_time), "hours", basis, None),
        Figure(
            PERSON_HOURS,
            "Person-hours on patrol",
            hours_of(time.person_time),
            "hours",
            "each person’s time on those patrols, once",
            None,
        ),
    )


def patrol_basis(time: PatrolTime) -> str:
    """Return what hours on patrol are made of."""
    ended = len(time.counted)
    said = f"{ended} finished patrol{'' if ended == 1 else 's'}, pauses left out"
    if time.overlap:
        said += f"; {says_length(time.overlap)} that two patrols claim is counted once"
    if time.going:
        said += f"; {time.going} still out {'is' if time.going == 1 else 'are'} not in it"
    return said


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

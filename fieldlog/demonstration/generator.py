"""Make the demonstration entries: a pure function of the seed, the register and the cast.

Each night's visits and encounters sum to its published figures exactly, and the marshals' records
repeat their published table cell by cell.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from fieldlog.core.night import from_uk
from fieldlog.core.words import Capacity, EntryKind, FourE, PurchaseResult
from fieldlog.demonstration.names import ENCOUNTER_PLACES, VISIT_NOTES
from fieldlog.demonstration.published import (
    MARSHALS_PREMISES,
    MARSHALS_RECORDS,
    PublishedNight,
)

SEED = 20201205
NIGHT_STARTS = time(18, 0)
NIGHT_LENGTH = timedelta(hours=9)
FIRST_DAY = date(2021, 1, 4)
LAST_DAY = date(2021, 2, 27)

AT_PREMISES = {"advice_given", "formal_action", "no_further_action", "visit"}
"""Actions of the marshals' table that are taken standing in the premises."""


@dataclass(frozen=True)
class Scene:
    """One demonstration entry in words: ``premises`` is a place in the register, or None.

    ``officer`` is a name of the cast; ``notice`` is (law, pence), ``purchase`` (product, result),
    or None.
    """

    happened_at: datetime
    night_of: date
    officer: str
    kind: EntryKind
    premises: int | None = None
    place: str = ""
    action: str | None = None
    minutes: int | None = None
    four_e: FourE | None = None
    capacity: Capacity = Capacity.OWN
    counts: tuple[tuple[str, int], ...] = ()
    notice: tuple[str, int] | None = None
    purchase: tuple[str, PurchaseResult] | None = None
    particulars: str = ""
    notes: str = ""


class _InTurn:
    """Every premises once before any is visited again."""

    def __init__(self, places: int, dice: random.Random) -> None:
        self._order = list(range(places))
        dice.shuffle(self._order)
        self._turn = 0

    def __call__(self) -> int:
        place = self._order[self._turn % len(self._order)]
        self._turn += 1
        return place


class _Clock:
    """Moments of one night, each once, spread over it in no order."""

    def __init__(self, night: date, dice: random.Random) -> None:
        whole = int(NIGHT_LENGTH.total_seconds()) // 60
        self._starts = from_uk(night, NIGHT_STARTS)
        self._minutes = dice.sample(range(5, whole - 5), k=whole - 10)

    def __call__(self) -> datetime:
        return self._starts + timedelta(minutes=self._minutes.pop())


def night_scenes(
    published: PublishedNight, premises: Sequence[int], dice: random.Random
) -> list[Scene]:
    """Return one night in order: a visit to each of ``premises``, two again, encounters, the rest.

    The sums of people spoken to and warned, tickets, arrests and closures are the published ones.
    """
    clock = _Clock(published.night_of, dice)
    scenes = [
        *_visits_and_encounters(published, premises, clock, dice),
        *_enforcement(published, premises, clock),
    ]
    return sorted(scenes, key=lambda scene: scene.happened_at)


def _visits_and_encounters(
    published: PublishedNight, premises: Sequence[int], clock: _Clock, dice: random.Random
) -> Iterator[Scene]:
    visits = [*premises, *premises[:2]]
    encounters = [] if published.spoken_to is None else list(range(len(premises) // 3))
    spoken = _shares(published.spoken_to, len(visits) + len(encounters), dice)
    warned = _shares(published.warned, len(visits) + len(encounters), dice, spoken)
    for turn, place in enumerate(visits):
        counts = _counts(spoken[turn], warned[turn])
        closed = turn < published.closures
        yield Scene(
            happened_at=clock(),
            night_of=published.night_of,
            officer=dice.choice(("Asha Reed", "Dev Marsh", "Elin Frost", "Ben Cole")),
            kind=EntryKind.PREMISES_VISIT,
            premises=place,
            action="formal_action" if closed else dice.choice(_NIGHT_ACTIONS),
            minutes=dice.choice((15, 15, 15, 30, 30, 45, None)),
            four_e=dice.choice((FourE.ENGAGE, FourE.EXPLAIN, FourE.ENCOURAGE)),
            counts=(*counts, ("closures", 1)) if closed else counts,
            notes="Closed for the night." if closed else dice.choice(VISIT_NOTES),
        )
    for turn in encounters:
        yield Scene(
            happened_at=clock(),
            night_of=published.night_of,
            officer=dice.choice(("Asha Reed", "Dev Marsh", "Gwen Tarn", "Hari Stone")),
            kind=EntryKind.ENCOUNTER,
            place=dice.choice(ENCOUNTER_PLACES),
            four_e=dice.choice((FourE.ENGAGE, FourE.EXPLAIN, FourE.ENCOURAGE)),
            counts=_counts(spoken[len(visits) + turn], warned[len(visits) + turn]),
        )


_NIGHT_ACTIONS = ("advice_given", "advice_given", "no_further_action", "visit", None)


def _enforcement(
    published: PublishedNight, premises: Sequence[int], clock: _Clock
) -> Iterator[Scene]:
    for _ in range(published.tickets or 0):
        yield Scene(
            happened_at=clock(),
            night_of=published.night_of,
            officer="Ben Cole",
            kind=EntryKind.NOTICE,
            place="Quay Street",
            four_e=FourE.ENFORCE,
            notice=("covid_individual", 20_000),
        )
    for _ in range(published.arrests or 0):
        yield Scene(
            happened_at=clock(),
            night_of=published.night_of,
            officer="Hari Stone",
            kind=EntryKind.ARREST,
            place="High Street",
            four_e=FourE.ENFORCE,
            particulars="Drunk and disorderly",
        )
    if published.fine_pence:
        # The tickets published do not include the venue's fine: it is another agency's notice,
        # so it is on the record as referred and counts nowhere twice.
        yield Scene(
            happened_at=clock(),
            night_of=published.night_of,
            officer="Elin Frost",
            kind=EntryKind.NOTICE,
            premises=premises[0],
            capacity=Capacity.REFERRED,
            notice=("covid_business", published.fine_pence),
            notes="Sources disagree who issued it and on what scale; recorded as referred.",
        )


def marshals_scenes(places: int, dice: random.Random) -> Iterator[Scene]:
    """Yield the marshals' 483 records over eight weeks, at ``places`` premises of the register."""
    records = [(action, minutes) for action, minutes, many in MARSHALS_RECORDS for _ in range(many)]
    dice.shuffle(records)
    days = [
        day
        for day in (FIRST_DAY + timedelta(days=n) for n in range((LAST_DAY - FIRST_DAY).days + 1))
        if day.isoweekday() <= 6
    ]
    visited = _InTurn(min(places, MARSHALS_PREMISES), dice)
    contacted = _InTurn(min(places, MARSHALS_PREMISES), dice)
    for number, (action, minutes) in enumerate(records):
        day = days[number * len(days) // len(records)]
        kind = _marshals_kind(action, minutes, dice)
        next_one = {EntryKind.PREMISES_VISIT: visited, EntryKind.OTHER: contacted}.get(kind)
        yield Scene(
            happened_at=from_uk(day, time(12 + dice.randrange(8), dice.randrange(60))),
            night_of=day,
            officer=("Asha Reed", "Dev Marsh")[number % 2],
            kind=kind,
            premises=next_one() if next_one else None,
            place="" if next_one else dice.choice(ENCOUNTER_PLACES),
            action=action,
            minutes=minutes,
        )


def _marshals_kind(action: str | None, minutes: int | None, dice: random.Random) -> EntryKind:
    if action in AT_PREMISES or (action is None and minutes is not None):
        return EntryKind.PREMISES_VISIT
    if action is not None:
        return EntryKind.OTHER
    return dice.choice((EntryKind.ENCOUNTER, EntryKind.PATROL_NOTE))


def _shares(
    total: int | None, among: int, dice: random.Random, at_most: list[int] | None = None
) -> list[int]:
    """Return ``among`` numbers that sum to ``total``, none above its fellow in ``at_most``."""
    shares = [0] * among
    for _ in range(total or 0):
        open_places = [
            place for place in range(among) if at_most is None or shares[place] < at_most[place]
        ]
        shares[dice.choice(open_places)] += 1
    return shares


def _counts(spoken_to: int, warned: int) -> tuple[tuple[str, int], ...]:
    counts = (("spoken_to", spoken_to), ("warned", warned))
    return tuple((measure, value) for measure, value in counts if value)

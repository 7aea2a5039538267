"""What is done by day in the demonstration: doorstep events and test purchases, as published."""

import random
from collections.abc import Iterator
from datetime import date, time, timedelta

from fieldlog.core.night import from_uk
from fieldlog.core.words import EntryKind, FourE, PurchaseResult
from fieldlog.demonstration.generator import Scene
from fieldlog.demonstration.names import STREETS
from fieldlog.demonstration.published import (
    DOORS_KNOCKED,
    FACE_TO_FACE,
    PREMISES_TESTED,
    SOLD_TO_A_MINOR,
)

DOORSTEP_DAYS = (date(2020, 9, 18), date(2020, 9, 19))
"""Two days of that September; which ones was not published."""
PURCHASE_DAYS = (date(2022, 10, 26), date(2023, 2, 15), date(2023, 4, 5), date(2023, 8, 2))
"""Days of that year; which ones was not published."""
_ROUNDS = 10


def doorstep_scenes(dice: random.Random) -> Iterator[Scene]:
    """Yield rounds of both days whose doors and face-to-face engagements sum to the published."""
    rounds = len(DOORSTEP_DAYS) * _ROUNDS
    for number in range(rounds):
        day = DOORSTEP_DAYS[number // _ROUNDS]
        doors = DOORS_KNOCKED * (number + 1) // rounds - DOORS_KNOCKED * number // rounds
        met = FACE_TO_FACE * (number + 1) // rounds - FACE_TO_FACE * number // rounds
        start = time(10 + number % _ROUNDS * 3 // 4, dice.randrange(60))
        yield Scene(
            happened_at=from_uk(day, start),
            night_of=day,
            officer=("Asha Reed", "Dev Marsh", "Gwen Tarn")[number % 3],
            kind=EntryKind.ENCOUNTER,
            place=STREETS[number % len(STREETS)],
            four_e=FourE.ENGAGE,
            counts=(("doors_knocked", doors), ("spoken_to", met)),
        )


def purchase_scenes(places: int, dice: random.Random) -> Iterator[Scene]:
    """Yield the test purchases of a year at as many premises, alcohol and vapes in turn."""
    tested = dice.sample(range(places), k=min(places, PREMISES_TESTED))
    sold = set(dice.sample(range(len(tested)), k=SOLD_TO_A_MINOR))
    for number, place in enumerate(tested):
        day = PURCHASE_DAYS[number * len(PURCHASE_DAYS) // len(tested)]
        result = PurchaseResult.SOLD if number in sold else PurchaseResult.REFUSED
        yield Scene(
            happened_at=from_uk(day, time(13)) + timedelta(minutes=20 * (number % 6)),
            night_of=day,
            officer="Elin Frost",
            kind=EntryKind.TEST_PURCHASE,
            premises=place,
            purchase=(("alcohol", "vape")[number % 2], result),
        )

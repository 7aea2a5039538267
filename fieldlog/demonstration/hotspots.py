"""Fictional hotspots of the demonstration, and the patrols that were there last week."""

from dataclasses import dataclass
from datetime import time

from fieldlog.core.national_grid import GridPoint
from fieldlog.core.outline import Outline
from fieldlog.core.patrol import Mode
from fieldlog.demonstration.names import CORNER


@dataclass(frozen=True)
class Walk:
    """A patrol: ``day`` is 0 for last week's Monday; the first of ``officers`` leads it.

    ``pause`` is (after how many minutes, for how many), None without one.
    """

    day: int
    starts: time
    minutes: int
    officers: tuple[str, ...]
    mode: Mode = Mode.FOOT
    pause: tuple[int, int] | None = None


@dataclass(frozen=True)
class Spot:
    """A hotspot: a square by a place in it, or an outline; hours are as they are typed."""

    name: str
    place: GridPoint | Outline
    patrols: int
    walks: tuple[Walk, ...]
    patrol_hours: str = ""
    person_hours: str = ""
    crew: int = 1
    least_minutes: int = 0
    modes: tuple[Mode, ...] = ()
    bands: tuple[tuple[time, time], ...] = ()


def _at(east: float, north: float) -> GridPoint:
    return GridPoint(CORNER.easting + east, CORNER.northing + north)


GWEN_AND_HARI = ("Gwen Tarn", "Hari Stone")
QUAY = ((150, 60), (720, 90), (1290, 150), (1290, 240), (720, 190), (150, 160))

SPOTS = (
    Spot(
        "Lantern Row and car park",
        _at(480, 900),
        3,
        (
            Walk(0, time(19), 180, GWEN_AND_HARI),
            Walk(2, time(20), 190, GWEN_AND_HARI, pause=(90, 10)),
            Walk(5, time(22), 180, GWEN_AND_HARI),
        ),
        patrol_hours="9",
        person_hours="18",
        crew=2,
        least_minutes=60,
        bands=((time(18), time(3)),),
    ),
    Spot(
        "Quayside walk",
        Outline(((tuple(_at(east, north) for east, north in QUAY),),)),
        7,
        (
            Walk(0, time(10), 25, ("Dev Marsh",)),
            Walk(1, time(16), 20, ("Dev Marsh", "Elin Frost")),
            Walk(2, time(10, 30), 14, ("Dev Marsh",)),
            Walk(3, time(15), 40, ("Dev Marsh",), pause=(15, 10)),
            Walk(4, time(11), 30, ("Elin Frost",), Mode.VEHICLE),
            Walk(5, time(9, 30), 18, ("Dev Marsh",)),
        ),
        least_minutes=15,
        modes=(Mode.FOOT,),
    ),
)
"""Three patrols of three hours by two people a week, and a foot patrol every day."""

"""The map of a night, laid out: squares of 250 m by their entries, and premises as points.

It needs no map of streets and no server of tiles: the national grid is its paper. A grid reference
names a south-west corner; one too coarse to lie in one square is told apart, never guessed.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from fieldlog.core.national_grid import GridPoint, GridReference, NoPlace, read_reference

SQUARE = 250
"""Metres along the side of a square."""
SHADES = 5


@dataclass(frozen=True)
class AtPremises:
    """How many entries are about a premises, and its grid reference as the register has it."""

    premises_id: int
    name: str
    grid_reference: str
    entries: int


@dataclass(frozen=True)
class MapSquare:
    """A square by its south-west corner, how many entries lie in it, and of which premises.

    ``shade`` is 1 for the fewest entries to ``SHADES`` for the most.
    """

    corner: GridPoint
    entries: int
    premises: tuple[AtPremises, ...]
    shade: int


@dataclass(frozen=True)
class MapPoint:
    """A premises on the map; ``place`` is the middle of what its grid reference names."""

    premises: AtPremises
    place: GridPoint


@dataclass(frozen=True)
class NightMap:
    """Squares with the most entries first, points by name, and how much has no place on them.

    ``south_west`` and ``north_east`` are corners of squares that hold everything with a square's
    width around it.
    """

    squares: tuple[MapSquare, ...]
    points: tuple[MapPoint, ...]
    unplaced: int
    south_west: GridPoint
    north_east: GridPoint

    @property
    def placed(self) -> int:
        """How many entries lie in the squares."""
        return sum(square.entries for square in self.squares)


def night_map(
    at_premises: Iterable[AtPremises], entries: int, outlined: Iterable[GridPoint] = ()
) -> NightMap | None:
    """Return the map of a night with so many ``entries`` in all; None where it would be empty.

    ``outlined`` are more points that have to be on it, such as the corners of hotspots.
    """
    found = [(one, reference) for one in at_premises if (reference := _reference(one))]
    inside: dict[GridPoint, list[AtPremises]] = {}
    for one, reference in found:
        if (corner := reference.square(SQUARE)) is not None:
            inside.setdefault(corner, []).append(one)
    around = [*inside, *(point.square(SQUARE) for point in outlined)]
    if not around:
        return None
    sums = {corner: sum(one.entries for one in those) for corner, those in inside.items()}
    most = max(sums.values(), default=1)
    squares = [
        MapSquare(corner, sums[corner], tuple(those), -(-SHADES * sums[corner] // most))
        for corner, those in inside.items()
    ]
    return NightMap(
        squares=tuple(sorted(squares, key=lambda one: (-one.entries, one.corner))),
        points=tuple(
            MapPoint(one, _middle(reference))
            for one, reference in found
            if reference.square(SQUARE) is not None
        ),
        unplaced=entries - sum(sums.values()),
        south_west=GridPoint(
            min(one.easting for one in around) - SQUARE,
            min(one.northing for one in around) - SQUARE,
        ),
        north_east=GridPoint(
            max(one.easting for one in around) + 2 * SQUARE,
            max(one.northing for one in around) + 2 * SQUARE,
        ),
    )


def _reference(one: AtPremises) -> GridReference | None:
    try:
        return read_reference(one.grid_reference)
    except NoPlace:
        return None


def _middle(reference: GridReference) -> GridPoint:
    half = reference.width / 2
    return GridPoint(reference.corner.easting + half, reference.corner.northing + half)

"""Outlines of places: squares of the national grid, and polygons read from GeoJSON with care.

GeoJSON (RFC 7946) gives longitude before latitude in WGS84. An outline is kept in metres of the
national grid, to a tenth of a metre. What makes no area is refused with words that say why.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from fieldlog.core.national_grid import GridPoint, NoPlace, from_wgs84
from fieldlog.core.strict_json import Json, NotAccepted, read_json

LARGEST_FILE = 512 * 1024
MOST_POINTS = 1_000
MOST_RINGS = 50
WIDEST = 20_000
"""Metres from one end of a hotspot to the other: more is no hotspot but a slip."""
DEEPEST = 12

Ring = tuple[GridPoint, ...]
Polygon = tuple[Ring, ...]
_NO_AREA = "The outline has no area. Draw it around a place."
_CROSSES = "The outline crosses or touches itself near {place}. Draw it without crossing lines."


class NoOutline(ValueError):
    """The file holds no outline that can be used; the message says what to do."""


class _Written(str):
    """A number with a point as JSON writes it, which no text in quotation marks is."""

    __slots__ = ()


@dataclass(frozen=True)
class Outline:
    """One or more polygons; the first ring of each is its edge, further ones are holes in it.

    A ring does not repeat its first point at its end.
    """

    polygons: tuple[Polygon, ...]

    def holds(self, point: GridPoint) -> bool:
        """Say whether a point lies inside; a square holds its south and west edges."""
        return any(sum(_within(ring, point) for ring in one) % 2 for one in self.polygons)

    @cached_property
    def corners(self) -> tuple[GridPoint, GridPoint]:
        """The south-west and the north-east corner of what it stretches over."""
        points = [point for one in self.polygons for point in one[0]]
        east, north = [one.easting for one in points], [one.northing for one in points]
        return GridPoint(min(east), min(north)), GridPoint(max(east), max(north))

    @property
    def middle(self) -> GridPoint:
        """The middle of what it stretches over."""
        low, high = self.corners
        return GridPoint((low.easting + high.easting) / 2, (low.northing + high.northing) / 2)

    @property
    def points(self) -> int:
        """How many points it is drawn with."""
        return sum(len(ring) for one in self.polygons for ring in one)

    @property
    def area(self) -> float:
        """Square metres inside."""
        return sum(
            _area(ring) * (-1 if place else 1)
            for one in self.polygons
            for place, ring in enumerate(one)
        )

    def plain(self) -> list[list[list[list[float]]]]:
        """Return polygons of rings of [easting, northing], to be kept as JSON."""
        return [
            [[[point.easting, point.northing] for point in ring] for ring in one]
            for one in self.polygons
        ]


def square_outline(corner: GridPoint, metres: int) -> Outline:
    """Return the outline of a square by its south-west corner."""
    east, north = corner.easting + metres, corner.northing + metres
    ring = (
        corner,
        GridPoint(east, corner.northing),
        GridPoint(east, north),
        GridPoint(corner.easting, north),
    )
    return Outline(((ring,),))


def outline_of(plain: Sequence[Sequence[Sequence[Sequence[float]]]]) -> Outline:
    """Return what ``Outline.plain`` gave, unchecked. Raises NoOutline for what it never gives."""
    try:
        return Outline(
            tuple(
                tuple(tuple(GridPoint(float(x), float(y)) for x, y in ring) for ring in one)
                for one in plain
            )
        )
    except (TypeError, ValueError, OverflowError):
        raise NoOutline("This is no outline.") from None


def read_kept(text: str) -> Outline:
    """Return the outline that a page kept as JSON of ``Outline.plain``. Raises NoOutline."""
    try:
        return checked(outline_of(json.loads(text)))
    except NoOutline:
        raise
    except (ValueError, RecursionError):
        raise NoOutline("Choose the file of the outline again.") from None


def read_outline(data: bytes) -> Outline:
    """Read the one Polygon or MultiPolygon of a GeoJSON file. Raises NoOutline."""
    if len(data) > LARGEST_FILE:
        kilobytes = LARGEST_FILE // 1024
        raise NoOutline(f"The file is larger than {kilobytes} KB. Export the outline by itself.")
    try:
        found = read_json(data.removeprefix(b"\xef\xbb\xbf"), deepest=DEEPEST, fraction=_Written)
    except NotAccepted as wrong:
        raise NoOutline(f"This is no GeoJSON file. {wrong}") from None
    geometries = list(_geometries(found))
    if not geometries:
        raise NoOutline("There is no Polygon or MultiPolygon in the file.")
    if len(geometries) > 1:
        raise NoOutline(
            f"The file holds {len(geometries)} outlines. Export the one of this hotspot by itself."
        )
    kind, coordinates = geometries[0]
    polygons = _list(coordinates) if kind == "MultiPolygon" else [coordinates]
    rings = [_list(one) for one in polygons]
    if sum(map(len, rings)) > MOST_RINGS:
        raise NoOutline(f"An outline has at most {MOST_RINGS} rings.")
    if sum(len(_list(ring)) for one in rings for ring in one) > MOST_POINTS + MOST_RINGS:
        raise NoOutline(
            f"An outline has at most {MOST_POINTS:,} points. Simplify it and try again."
        )
    return checked(Outline(tuple(tuple(_ring(ring) for ring in one) for one in rings)))


def _geometries(found: Json) -> Iterator[tuple[str, Json]]:
    if not isinstance(found, dict):
        return
    kind = found.get("type")
    if kind == "FeatureCollection":
        for one in _list(found.get("features")):
            yield from _geometries(one)
    elif kind == "Feature":
        yield from _geometries(found.get("geometry"))
    elif kind in {"Polygon", "MultiPolygon"}:
        yield str(kind), found.get("coordinates")
    elif kind in {"LineString", "MultiLineString"}:
        raise NoOutline("The file holds a line. Close it into a Polygon and export it again.")


def _list(found: Json) -> list[Json]:
    if not isinstance(found, list):
        raise NoOutline("The coordinates are not lists of numbers, as GeoJSON has them.")
    return found


def _ring(found: Json) -> Ring:
    positions = [_position(one) for one in _list(found)]
    if len(positions) < 4:
        raise NoOutline("A ring needs at least four positions, the last the same as the first.")
    if positions[0] != positions[-1]:
        raise NoOutline(
            "The outline is not closed: its last position must be the same as its first."
        )
    points = [_on_grid(*one) for one in positions[:-1]]
    return tuple(
        point for place, point in enumerate(points) if place == 0 or point != points[place - 1]
    )


def _position(found: Json) -> tuple[float, float]:
    numbers = _list(found)
    if not 2 <= len(numbers) <= 4:
        raise NoOutline("A position is longitude and latitude, like [0.9012, 51.8891].")
    longitude, latitude = (_number(one) for one in numbers[:2])
    if abs(longitude) > 180 or abs(latitude) > 180:
        raise NoOutline(
            "These are not degrees: they look like metres of a grid. "
            "Export the outline as WGS84 (EPSG:4326)."
        )
    return longitude, latitude


def _number(found: Json) -> float:
    if isinstance(found, bool) or not isinstance(found, int | _Written):
        raise NoOutline("A position is longitude and latitude, like [0.9012, 51.8891].")
    return float(found)


def _on_grid(longitude: float, latitude: float) -> GridPoint:
    try:
        point = from_wgs84(latitude, longitude)
    except NoPlace as wrong:
        swapped = " GeoJSON has longitude first." if "wrong way" in str(wrong) else ""
        raise NoOutline(f"{longitude}, {latitude}: {wrong}{swapped}") from None
    return GridPoint(round(point.easting, 1), round(point.northing, 1))


def checked(outline: Outline) -> Outline:
    """Return ``outline`` if it encloses a place of a hotspot's size. Raises NoOutline."""
    if not outline.polygons or not all(outline.polygons):
        raise NoOutline(_NO_AREA)
    if outline.points > MOST_POINTS:
        raise NoOutline(f"An outline has at most {MOST_POINTS:,} points. Simplify it first.")
    for one in outline.polygons:
        if any(len(ring) < 3 for ring in one):
            raise NoOutline(_NO_AREA)
    if not all(point.on_land for one in outline.polygons for ring in one for point in ring):
        raise NoOutline("This place is outside Great Britain.")
    low, high = outline.corners
    if max(high.easting - low.easting, high.northing - low.northing) > WIDEST:
        raise NoOutline(f"This is more than {WIDEST // 1000} km across. Check the outline.")
    for one in outline.polygons:
        _refuse_crossings(one)
        if not all(_within(one[0], hole[0]) for hole in one[1:]):
            raise NoOutline("A hole lies outside the edge it belongs to. Check the outline.")
    if outline.area < 1:
        raise NoOutline(_NO_AREA)
    return outline


def _refuse_crossings(polygon: Polygon) -> None:
    """Compare only lines that share some easting: most pairs do not."""
    lines = sorted(
        (min(a.easting, b.easting), max(a.easting, b.easting), number, place, len(ring), a, b)
        for number, ring in enumerate(polygon)
        for place, (a, b) in enumerate(pairwise((*ring, ring[0])))
    )
    for place, (_, east, ring, line, many, a, b) in enumerate(lines):
        for west, _, other_ring, other, _, c, d in lines[place + 1 :]:
            if west > east:
                break
            if ring == other_ring and (other - line) % many in {1, many - 1}:
                continue
            if _meet(a, b, c, d):
                raise NoOutline(_CROSSES.format(place=a.reference()))


def _meet(a: GridPoint, b: GridPoint, c: GridPoint, d: GridPoint) -> bool:
    if max(a.northing, b.northing) < min(c.northing, d.northing):
        return False
    if max(c.northing, d.northing) < min(a.northing, b.northing):
        return False
    one, two = _side(a, b, c), _side(a, b, d)
    three, four = _side(c, d, a), _side(c, d, b)
    return one * two <= 0 and three * four <= 0


def _side(a: GridPoint, b: GridPoint, c: GridPoint) -> int:
    """Return on which side of the line from ``a`` to ``b`` a point lies: 1, -1, or 0 on it."""
    cross = (b.easting - a.easting) * (c.northing - a.northing) - (b.northing - a.northing) * (
        c.easting - a.easting
    )
    return (cross > 0) - (cross < 0)


def _within(ring: Ring, point: GridPoint) -> bool:
    inside = False
    for a, b in pairwise((*ring, ring[0])):
        if (a.northing > point.northing) != (b.northing > point.northing):
            share = (point.northing - a.northing) / (b.northing - a.northing)
            inside ^= point.easting < a.easting + share * (b.easting - a.easting)
    return inside


def _area(ring: Ring) -> float:
    sums = (a.easting * b.northing - b.easting * a.northing for a, b in pairwise((*ring, ring[0])))
    return abs(sum(sums)) / 2

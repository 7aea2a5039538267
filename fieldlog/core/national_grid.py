"""Places on the British National Grid: metres, grid references, and WGS84 as phones give it.

The conversion is a seven-parameter Helmert transformation from WGS84 to OSGB36 and the transverse
Mercator projection of the Airy 1830 ellipsoid, as Ordnance Survey's guide to coordinate systems in
Great Britain gives them. It is within a few metres of the OSTN15 grid, where a phone is within 5 to
20. References and squares are truncated, never rounded: they name the south-west corner.
"""

import re
from dataclasses import dataclass
from math import atan2, cos, hypot, isfinite, radians, sin, sqrt, tan

LETTERS = "ABCDEFGHJKLMNOPQRSTUVWXYZ"
_LAND = {
    "H": "PTUWXYZ",
    "N": "ABCDFGHJKLMNORSTUWXYZ",
    "O": "V",
    "S": "CDEHJKMNOPRSTUVWXYZ",
    "T": "AFGLMQRV",
}
WITH_LAND = frozenset(first + second for first, those in _LAND.items() for second in those)
"""The squares of 100 km in which there is land of Great Britain."""
REFERENCE = re.compile(r"([A-HJ-Z]{2})((?:[0-9]{2}){1,5})")

# Half axes in metres; shifts in metres, turns in seconds of arc, scale in parts per million.
_WGS84, _AIRY = (6_378_137.0, 6_356_752.3142), (6_377_563.396, 6_356_256.909)
_SHIFT, _TURN, _SCALE = (-446.448, 125.157, -542.06), (-0.1502, -0.247, -0.8421), 20.4894
_LATITUDE_0, _LONGITUDE_0 = radians(49), radians(-2)
_EASTING_0, _NORTHING_0, _SCALE_0 = 400_000, -100_000, 0.9996012717
_METRES_A_DEGREE = 111_000


class NoPlace(ValueError):
    """Nobody can find a place by this; the message says what to type."""


@dataclass(frozen=True, order=True)
class GridPoint:
    """A place on the national grid, in metres east and north of its false origin."""

    easting: float
    northing: float

    @property
    def on_land(self) -> bool:
        """Whether it is in a 100 km square with land of Great Britain in it."""
        return _letters(self) in WITH_LAND

    def reference(self, figures: int = 8) -> str:
        """Return ``TL 9952 2525``, truncated. Raises NoPlace where the grid has no letters."""
        letters = _letters(self)
        if not letters:
            raise NoPlace("This place is outside Great Britain.")
        half = figures // 2
        east, north = (
            f"{int(metres) % 100_000:05}"[:half] for metres in (self.easting, self.northing)
        )
        return f"{letters} {east} {north}"

    def square(self, metres: int) -> "GridPoint":
        """Return the south-west corner of the square of that size that it lies in."""
        return GridPoint(self.easting // metres * metres, self.northing // metres * metres)


@dataclass(frozen=True)
class GridReference:
    """What a grid reference names: a south-west corner and how wide its square is, in metres."""

    corner: GridPoint
    width: int

    def square(self, metres: int) -> GridPoint | None:
        """Return the corner of the one square of that size it lies in, None if it lies across."""
        last = self.width - 1
        far = GridPoint(self.corner.easting + last, self.corner.northing + last)
        found = self.corner.square(metres)
        return found if far.square(metres) == found else None


def read_reference(text: str) -> GridReference:
    """Read ``TL 9952 2525``, with or without spaces, in small letters too. Raises NoPlace."""
    found = REFERENCE.fullmatch("".join(text.split()).upper())
    if not found:
        raise NoPlace("Write it like TL 9952 2525: two letters, then an even number of figures.")
    letters, digits = found.groups()
    if letters not in WITH_LAND:
        raise NoPlace(f"There is no land of Great Britain in {letters}. Check the two letters.")
    half = len(digits) // 2
    width: int = 10 ** (5 - half)
    first, second = (LETTERS.index(letter) for letter in letters)
    east = (first % 5 - 2) * 500_000 + second % 5 * 100_000
    north = (3 - first // 5) * 500_000 + (4 - second // 5) * 100_000
    corner = GridPoint(east + int(digits[:half]) * width, north + int(digits[half:]) * width)
    return GridReference(corner, width)


def _letters(point: GridPoint) -> str:
    if not (isfinite(point.easting) and isfinite(point.northing)):
        return ""
    east, north = int(point.easting // 100_000) + 10, int(point.northing // 100_000) + 5
    if not (0 <= east < 25 and 0 <= north < 25):
        return ""
    first = (4 - north // 5) * 5 + east // 5
    return LETTERS[first] + LETTERS[(4 - north % 5) * 5 + east % 5]


def from_wgs84(latitude: float, longitude: float) -> GridPoint:
    """Return the place that degrees of WGS84 name, at sea level; phones and GeoJSON give these.

    Raises NoPlace outside Great Britain, and says so where the two may have been swapped.
    """
    if 49 <= longitude <= 61.5 and -9 <= latitude <= 2.5:
        raise NoPlace("Latitude and longitude are the wrong way round.")
    if not (49 <= latitude <= 61.5 and -9 <= longitude <= 2.5):
        raise NoPlace("This place is outside Great Britain.")
    point = _projected(*_airy(radians(latitude), radians(longitude)))
    if not point.on_land:
        raise NoPlace("This place is outside Great Britain.")
    return point


def to_wgs84(point: GridPoint) -> tuple[float, float]:
    """Return latitude and longitude in degrees of WGS84, to about a millimetre."""
    latitude, longitude = 54.0, -2.0
    # Each turn leaves a fiftieth of the difference or less, so a dozen leave nothing.
    for _ in range(12):
        there = _projected(*_airy(radians(latitude), radians(longitude)))
        latitude += (point.northing - there.northing) / _METRES_A_DEGREE
        metres = _METRES_A_DEGREE * cos(radians(latitude))
        longitude += (point.easting - there.easting) / metres
    return latitude, longitude


def _airy(latitude: float, longitude: float) -> tuple[float, float]:
    """Return radians of WGS84 as radians of OSGB36, by way of metres from the earth's middle."""
    half, short = _WGS84
    flat = 1 - short**2 / half**2
    out = half / sqrt(1 - flat * sin(latitude) ** 2)
    x = out * cos(latitude) * cos(longitude)
    y = out * cos(latitude) * sin(longitude)
    z = out * (1 - flat) * sin(latitude)
    (east, north, up), scale = _SHIFT, 1 + _SCALE / 1_000_000
    rx, ry, rz = (radians(turn / 3600) for turn in _TURN)
    x, y, z = (
        east + scale * x - rz * y + ry * z,
        north + rz * x + scale * y - rx * z,
        up - ry * x + rx * y + scale * z,
    )
    return _from_middle(x, y, z)


def _from_middle(x: float, y: float, z: float) -> tuple[float, float]:
    half, short = _AIRY
    flat = 1 - short**2 / half**2
    across = hypot(x, y)
    latitude = atan2(z, across * (1 - flat))
    for _ in range(6):
        out = half / sqrt(1 - flat * sin(latitude) ** 2)
        latitude = atan2(z + flat * out * sin(latitude), across)
    return latitude, atan2(y, x)


def _projected(latitude: float, longitude: float) -> GridPoint:
    """Project radians of OSGB36, by the series of Ordnance Survey's guide (annexe C)."""
    half, short = (axis * _SCALE_0 for axis in _AIRY)
    flat = 1 - short**2 / half**2
    bend = 1 - flat * sin(latitude) ** 2
    out = half / sqrt(bend)
    along = half * (1 - flat) / bend**1.5
    eta, t2, c, s = out / along - 1, tan(latitude) ** 2, cos(latitude), sin(latitude)
    first = _meridian(latitude) + _NORTHING_0
    second = out / 2 * s * c
    third = out / 24 * s * c**3 * (5 - t2 + 9 * eta)
    third_more = out / 720 * s * c**5 * (61 - 58 * t2 + t2**2)
    fourth = out * c
    fifth = out / 6 * c**3 * (out / along - t2)
    sixth = out / 120 * c**5 * (5 - 18 * t2 + t2**2 + 14 * eta - 58 * t2 * eta)
    west = longitude - _LONGITUDE_0
    return GridPoint(
        _EASTING_0 + fourth * west + fifth * west**3 + sixth * west**5,
        first + second * west**2 + third * west**4 + third_more * west**6,
    )


def _meridian(latitude: float) -> float:
    """Return the length of the meridian from the grid's true origin, in metres."""
    half, short = _AIRY
    n = (half - short) / (half + short)
    less, more = latitude - _LATITUDE_0, latitude + _LATITUDE_0
    return (
        short
        * _SCALE_0
        * (
            (1 + n + 5 / 4 * n**2 + 5 / 4 * n**3) * less
            - (3 * n + 3 * n**2 + 21 / 8 * n**3) * sin(less) * cos(more)
            + (15 / 8 * n**2 + 15 / 8 * n**3) * sin(2 * less) * cos(2 * more)
            - 35 / 24 * n**3 * sin(3 * less) * cos(3 * more)
        )
    )

"""The map of a night as shapes for an SVG, and the table that says the same.

Metres on the ground are units of the drawing, north is up. Nothing is asked of a server of tiles.
"""

from collections.abc import Iterable
from typing import Any

from fieldlog.core.national_grid import GridPoint
from fieldlog.core.question import Filter
from fieldlog.services.watch_live import HotspotWeek
from fieldlog.tallies.night_map import SQUARE, AtPremises, MapPoint, MapSquare, NightMap
from fieldlog.web.filters import MOST_VALUES
from fieldlog.web.linked_figures import Link

Shown = dict[str, Any]

FIGURES = 8
"""Figures of a reference that names the corner of a square of 250 m."""
MOST_LINES = 60
"""With more lines of the grid than this across the map, only those of whole kilometres stand."""


def map_shown(
    found: NightMap, wanted: Filter, hotspots: Iterable[HotspotWeek], link: Link
) -> Shown:
    """Return a map for the template: its size, shapes, the rows of its table and its words."""
    base = link(wanted)
    width = int(found.north_east.easting - found.south_west.easting)
    height = int(found.north_east.northing - found.south_west.northing)
    return {
        "width": width,
        "height": height,
        "grid": _grid(found, width, height),
        "squares": [_square(one, found, base) for one in found.squares],
        "points": [_point(one, found, base) for one in found.points],
        "outlines": [_outlined(one, found) for one in hotspots],
        "title": "Map of the night",
        "desc": _described(found),
        "unplaced": found.unplaced,
    }


def entries_said(entries: int) -> str:
    """Return ``1 entry``, ``7 entries``."""
    return f"{entries:,} {'entry' if entries == 1 else 'entries'}"


def _described(found: NightMap) -> str:
    squares = f"{len(found.squares)} square{'' if len(found.squares) == 1 else 's'}"
    said = f"{entries_said(found.placed)} in {squares} of {SQUARE} metres, north is up."
    if found.squares:
        busiest = found.squares[0]
        where = busiest.corner.reference(FIGURES)
        said += f" The busiest is {where} with {entries_said(busiest.entries)}."
    return f"{said} The table says the same and links to the entries."


def _square(one: MapSquare, found: NightMap, base: str | None) -> Shown:
    east, south = _at(one.corner, found)
    return {
        "x": east,
        "y": south - SQUARE,
        "side": SQUARE,
        "shade": one.shade,
        "entries": one.entries,
        "label": one.corner.reference(FIGURES),
        "said": f"{one.corner.reference(FIGURES)}: {entries_said(one.entries)}",
        "href": _behind(base, one.premises),
        "premises": [
            {"name": at.name, "entries": at.entries, "href": _behind(base, (at,))}
            for at in one.premises
        ],
    }


def _point(one: MapPoint, found: NightMap, base: str | None) -> Shown:
    east, south = _at(one.place, found)
    return {
        "x": east,
        "y": south,
        "said": f"{one.premises.name}: {entries_said(one.premises.entries)}",
        "href": _behind(base, (one.premises,)),
    }


def _outlined(one: HotspotWeek, found: NightMap) -> Shown:
    """Return the outline of a hotspot as a path, and where its name stands."""
    rings = [ring for polygon in one.hotspot.outline.polygons for ring in polygon]
    drawn = [" ".join("{} {}".format(*_at(point, found)) for point in ring) for ring in rings]
    south_west, north_east = one.hotspot.outline.corners
    east, north = _at(GridPoint(south_west.easting, north_east.northing), found)
    return {
        "d": "".join(f"M{points}Z" for points in drawn),
        "x": east,
        "y": north - 16,
        "name": one.hotspot.name,
        "said": f"Hotspot {one.hotspot.name}",
    }


def _behind(base: str | None, premises: tuple[AtPremises, ...]) -> str | None:
    """Return the address of the entries at some premises; an address holds only so many.

    ``base`` is that of the whole night. Asking for each by itself took half of the time of a page.
    """
    if base is None or len(premises) > MOST_VALUES:
        return None
    return base + "".join(f"&premises={one.premises_id}" for one in premises)


def _at(point: GridPoint, found: NightMap) -> tuple[int, int]:
    east = point.easting - found.south_west.easting
    return round(east), round(found.north_east.northing - point.northing)


def _grid(found: NightMap, width: int, height: int) -> str:
    """Return the lines of the grid as one path."""
    step = SQUARE if max(width, height) <= MOST_LINES * SQUARE else 4 * SQUARE
    east_off = -int(found.south_west.easting) % step
    north_off = -int(found.south_west.northing) % step
    across = [f"M{east} 0V{height}" for east in range(east_off, width + 1, step)]
    up = [f"M0 {height - north}H{width}" for north in range(north_off, height + 1, step)]
    return "".join(across + up)

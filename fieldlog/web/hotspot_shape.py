"""The shape of a hotspot as a small drawing: its outline over lines of the national grid."""

from typing import Any

from fieldlog.core.hotspot import Hotspot
from fieldlog.core.outline import Outline

STEPS = ((2_000, 250), (8_000, 1_000))
WIDEST_STEP = 5_000
SIZE = 240


def shape_of(hotspot: Hotspot) -> dict[str, Any]:
    """Return a hotspot's shape as an SVG draws it: grid lines, and a path of its outline."""
    low, high = hotspot.outline.corners
    span = max(high.easting - low.easting, high.northing - low.northing)
    step = next((step for most, step in STEPS if span <= most), WIDEST_STEP)
    corner, far = low.square(step), high.square(step)
    # The line before the north-east corner is counted for an outline, which seldom ends on one.
    more = 0 if hotspot.is_square else step
    wide, tall = far.easting - corner.easting + more, far.northing - corner.northing + more
    across = max(wide, tall) + 2 * step
    west = corner.easting - (across - wide) // 2 // step * step
    south = corner.northing - (across - tall) // 2 // step * step
    scale = SIZE / across
    lines = [round(number * step * scale, 1) for number in range(round(across / step) + 1)]
    return {
        "size": SIZE,
        "lines": lines,
        "path": _path(hotspot.outline, west, south, scale),
        "title": f"Shape of {hotspot.name}",
        "desc": f"{_shape_words(hotspot)} Grid lines are {step:,} m apart; north is at the top.",
    }


def _shape_words(hotspot: Hotspot) -> str:
    low, high = hotspot.outline.corners
    if hotspot.is_square:
        return f"A square of 250 m; its south-west corner is {low.reference()}."
    east, north = (round(high.easting - low.easting), round(high.northing - low.northing))
    return (
        f"An outline of {hotspot.outline.points} points, {east:,} m from west to east and "
        f"{north:,} m from south to north, around {hotspot.outline.middle.reference()}."
    )


def _path(outline: Outline, west: float, south: float, scale: float) -> str:
    rings = [ring for one in outline.polygons for ring in one]
    return "".join(
        "M"
        + "L".join(
            f"{(point.easting - west) * scale:.1f} {SIZE - (point.northing - south) * scale:.1f}"
            for point in ring
        )
        + "Z"
        for ring in rings
    )

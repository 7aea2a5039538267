"""Outlines from GeoJSON: what encloses a place is taken, whatever else arrives is refused."""

import json
from math import cos, pi, sin

import pytest

from fieldlog.core.national_grid import GridPoint, from_wgs84
from fieldlog.core.outline import (
    LARGEST_FILE,
    MOST_POINTS,
    NoOutline,
    checked,
    outline_of,
    read_outline,
    square_outline,
)

# Somewhere in the sea off Essex, about 700 m by 1,100 m.
EDGE = [[1.70, 51.90], [1.71, 51.90], [1.71, 51.91], [1.70, 51.91], [1.70, 51.90]]
HOLE = [[1.703, 51.903], [1.707, 51.903], [1.707, 51.907], [1.703, 51.907], [1.703, 51.903]]


def polygon(*rings) -> bytes:
    return json.dumps({"type": "Polygon", "coordinates": rings}).encode()


def place(longitude: float, latitude: float) -> GridPoint:
    return from_wgs84(latitude, longitude)


def test_a_polygon_holds_what_is_inside_it():
    outline = read_outline(polygon(EDGE))
    assert outline.holds(place(1.705, 51.905))
    assert not outline.holds(place(1.72, 51.905))
    assert not outline.holds(place(1.705, 51.92))
    assert outline.points == 4
    assert outline.area == pytest.approx(686 * 1113, rel=0.02)


def test_what_is_in_a_hole_is_outside():
    outline = read_outline(polygon(EDGE, HOLE))
    assert not outline.holds(place(1.705, 51.905))
    assert outline.holds(place(1.701, 51.901))


def test_each_part_of_a_multipolygon_counts():
    away = [[longitude + 0.05, latitude] for longitude, latitude in EDGE]
    data = json.dumps({"type": "MultiPolygon", "coordinates": [[EDGE, HOLE], [away]]}).encode()
    outline = read_outline(data)
    assert outline.holds(place(1.755, 51.905))
    assert outline.holds(place(1.701, 51.901))
    assert not outline.holds(place(1.73, 51.905))


def test_a_feature_may_carry_heights_properties_and_a_byte_order_mark():
    high = [[*position, 12.5] for position in EDGE]
    feature = {
        "type": "Feature",
        "properties": {"name": "=1+1"},
        "geometry": {"type": "Polygon", "coordinates": [high]},
    }
    data = json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()
    assert read_outline(b"\xef\xbb\xbf" + data).points == 4


def test_what_is_kept_reads_back_as_it_was():
    outline = read_outline(polygon(EDGE, HOLE))
    assert outline_of(json.loads(json.dumps(outline.plain()))) == outline


def test_a_square_holds_its_south_west_corner_and_not_its_north_east():
    corner = GridPoint(697_000, 230_500)
    square = checked(square_outline(corner, 250))
    assert square.holds(corner)
    assert square.holds(GridPoint(697_249.9, 230_749.9))
    assert not square.holds(GridPoint(697_250, 230_600))
    assert not square.holds(GridPoint(697_100, 230_750))
    assert square.area == 62_500
    assert square.middle == GridPoint(697_125, 230_625)


def ring(points: int) -> list[list[float]]:
    around = [2 * pi * number / points for number in range(points)]
    edge = [[1.7 + 0.01 * cos(one), 51.9 + 0.01 * sin(one)] for one in around]
    return [*edge, edge[0]]


def test_as_many_points_as_there_may_be_are_read_at_once():
    assert read_outline(polygon(ring(MOST_POINTS))).points == MOST_POINTS


SWAPPED = [[latitude, longitude] for longitude, latitude in EDGE]
BOW_TIE = [EDGE[0], EDGE[2], EDGE[1], EDGE[3], EDGE[0]]
METRES = [[697000, 230500], [697250, 230500], [697250, 230750], [697000, 230500]]
FRANCE = [[2.30, 48.85], [2.31, 48.85], [2.31, 48.86], [2.30, 48.85]]
WIDE = [[0.5, 51.9], [1.0, 51.9], [1.0, 52.2], [0.5, 51.9]]
THIN = [EDGE[0], EDGE[1], EDGE[0], EDGE[0]]
ELSEWHERE = [[longitude + 0.05, latitude] for longitude, latitude in HOLE]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "no GeoJSON file"),
        (b"PK\x03\x04", "no GeoJSON file"),
        (b"\xff\xfe{", "not UTF-8"),
        (b"[" * 100_000, "no GeoJSON file"),
        (b'{"type": "Polygon", "coordinates": [[[NaN, 51.9]]]}', "no GeoJSON file"),
        (b'{"type": "Polygon", "coordinates": [[[1e400, 51.9]]]}', "not degrees"),
        (b'{"type": "Polygon", "type": "Polygon", "coordinates": []}', "stands twice"),
        (b"x" * (LARGEST_FILE + 1), "larger than 512 KB"),
        (b"[]", "no Polygon"),
        (b'{"type": "Point", "coordinates": [1.7, 51.9]}', "no Polygon"),
        (b'{"type": "LineString", "coordinates": []}', "holds a line"),
        (b'{"type": "Polygon"}', "not lists of numbers"),
        (b'{"type": "Polygon", "coordinates": []}', "no area"),
        (b'{"type": "MultiPolygon", "coordinates": [[]]}', "no area"),
        (b'{"type": "Polygon", "coordinates": [[["1.7", "51.9"]]]}', "longitude and latitude"),
        (b'{"type": "Polygon", "coordinates": [[[true, false]]]}', "longitude and latitude"),
        (b'{"type": "Polygon", "coordinates": [[[1.7]]]}', "longitude and latitude"),
        (polygon(EDGE[:3]), "at least four positions"),
        (polygon(EDGE[:4]), "not closed"),
        (polygon(SWAPPED), "longitude first"),
        (polygon(METRES), "EPSG:4326"),
        (polygon(FRANCE), "outside Great Britain"),
        (polygon(WIDE), "more than 20 km across"),
        (polygon(BOW_TIE), r"crosses or touches itself near T"),
        (polygon(THIN), "no area"),
        (polygon(EDGE, ELSEWHERE), "outside the edge"),
        (polygon(EDGE, [EDGE[0], HOLE[1], HOLE[2], EDGE[0]]), "touches itself"),
        (polygon(ring(MOST_POINTS + 60)), "at most 1,000 points"),
        (polygon(*[EDGE] * 60), "at most 50 rings"),
        (
            b'{"type": "FeatureCollection", "features": [%s, %s]}' % (polygon(EDGE), polygon(HOLE)),
            "holds 2 outlines",
        ),
    ],
)
def test_what_is_no_outline_is_refused_with_words_that_say_why(data, words):
    with pytest.raises(NoOutline, match=words):
        read_outline(data)


@pytest.mark.parametrize("plain", [None, 5, [[[["x", 1]]]], [[[[1]]]], {"a": 1}])
def test_what_was_never_kept_is_refused(plain):
    with pytest.raises(NoOutline):
        checked(outline_of(plain))

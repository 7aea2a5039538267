"""The map of a night: squares of 250 m by their entries, points, and what has no place."""

from fieldlog.core.national_grid import GridPoint
from fieldlog.tallies.night_map import SHADES, AtPremises, night_map


def at(reference: str, entries: int = 1, name: str = "The Lamp") -> AtPremises:
    return AtPremises(len(name), name, reference, entries)


def test_entries_are_summed_in_the_square_their_corner_lies_in():
    found = night_map([at("TL 99500 25250", 2), at("TL 99749 25499", 3), at("TL 99750 25250")], 6)
    assert [(one.corner, one.entries) for one in found.squares] == [
        (GridPoint(599_500, 225_250), 5),
        (GridPoint(599_750, 225_250), 1),
    ]
    assert found.placed == 6
    assert found.unplaced == 0


def test_the_busiest_square_has_the_darkest_shade_and_none_has_no_shade():
    found = night_map([at("TL 9952 2525", 50), at("TL 9902 2525", 1), at("TL 9852 2525", 25)], 76)
    assert [(one.entries, one.shade) for one in found.squares] == [(50, SHADES), (25, 3), (1, 1)]


def test_what_is_too_coarse_wrong_or_not_there_has_no_place_and_is_counted():
    found = night_map(
        [at("TL 9952 2525"), at("TL 99 25", 2), at("somewhere", 3), at("", 4), at("XX 12 34", 5)],
        20,
    )
    assert [one.premises.entries for one in found.points] == [1]
    assert (found.placed, found.unplaced) == (1, 19)


def test_a_point_stands_in_the_middle_of_what_its_reference_names():
    (point,) = night_map([at("TL 9952 2525")], 1).points
    assert point.place == GridPoint(599_525, 225_255)


def test_it_holds_everything_with_a_square_around_it_also_what_is_only_outlined():
    found = night_map([at("TL 9952 2525")], 1, [GridPoint(600_100, 226_010)])
    assert (found.south_west, found.north_east) == (
        GridPoint(599_250, 225_000),
        GridPoint(600_500, 226_500),
    )


def test_without_a_place_there_is_no_map():
    assert night_map([at("")], 1) is None
    assert night_map([], 0, [GridPoint(600_100, 226_010)]).squares == ()

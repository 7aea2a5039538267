"""Places on the national grid: references truncated, WGS84 within a few metres, hostile numbers."""

from math import hypot, inf, nan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldlog.core.national_grid import (
    WITH_LAND,
    GridPoint,
    NoPlace,
    from_wgs84,
    read_reference,
    to_wgs84,
)

CAISTER = GridPoint(651_409.804, 313_177.450)
"""The water tower of Ordnance Survey's worked example, by its exact transformation."""


def test_the_worked_example_of_ordnance_survey_is_within_5_metres():
    found = from_wgs84(52.658007833, 1.716073973)
    assert hypot(found.easting - CAISTER.easting, found.northing - CAISTER.northing) < 5


@pytest.mark.parametrize(
    ("latitude", "longitude", "easting", "northing"),
    [
        (51.89, 0.9, 599_656.599, 225_246.189),
        (50.06, -5.7, 135_282.588, 24_324.590),
        (57.5, -4.1, 274_252.483, 847_478.152),
        (60.4, -1.3, 438_673.085, 1_168_660.352),
    ],
)
def test_it_converts_as_the_proj_library_does_without_its_grid(
    latitude, longitude, easting, northing
):
    found = from_wgs84(latitude, longitude)
    assert found.easting == pytest.approx(easting, abs=0.01)
    assert found.northing == pytest.approx(northing, abs=0.01)


@settings(max_examples=50)
@given(st.floats(50.2, 55), st.floats(-2.5, 0))
def test_there_and_back_is_the_same_place(latitude, longitude):
    assert to_wgs84(from_wgs84(latitude, longitude)) == pytest.approx(
        (latitude, longitude), abs=1e-7
    )


def test_a_reference_is_truncated_and_never_rounded():
    place = GridPoint(599_529.99, 225_259.99)
    assert place.reference() == "TL 9952 2525"
    assert place.reference(10) == "TL 99529 25259"
    assert place.square(250) == GridPoint(599_500, 225_250)
    assert GridPoint(599_499.99, 225_250).square(250) == GridPoint(599_250, 225_250)


@pytest.mark.parametrize("typed", ["TL 9952 2525", "tl99522525", " TL  9952 2525 ", "T L 99522525"])
def test_a_reference_is_read_however_it_is_spaced(typed):
    found = read_reference(typed)
    assert (found.corner, found.width) == (GridPoint(599_520, 225_250), 10)


def test_a_short_reference_may_lie_across_two_squares_of_250_metres():
    assert read_reference("TL 991 251").square(250) == GridPoint(599_000, 225_000)
    assert read_reference("TL 992 251").square(250) is None
    assert read_reference("TL 9924 2510").square(250) == GridPoint(599_000, 225_000)
    assert read_reference("TL 9925 2510").square(250) == GridPoint(599_250, 225_000)


@pytest.mark.parametrize("letters", sorted(WITH_LAND))
def test_every_square_with_land_reads_back(letters):
    written = f"{letters} 00000 99999"
    assert read_reference(written).corner.reference(10) == written


@pytest.mark.parametrize(
    "typed",
    ["", "TL", "TL 123", "TL 9952 252", "99522525", "TL 995200 252500", "=TL 12", "TÉ 12"],
)
def test_what_is_no_reference_is_refused_with_an_example(typed):
    with pytest.raises(NoPlace, match="TL 9952 2525"):
        read_reference(typed)


def test_letters_in_the_sea_are_refused():
    with pytest.raises(NoPlace, match="no land of Great Britain in AA"):
        read_reference("AA 1234 1234")


@pytest.mark.parametrize("pair", [(48.85, 2.35), (40.7, -74.0), (nan, 0), (0, 0), (inf, inf)])
def test_places_abroad_are_refused(pair):
    with pytest.raises(NoPlace, match="outside Great Britain"):
        from_wgs84(*pair)


def test_it_says_when_latitude_and_longitude_were_swapped():
    with pytest.raises(NoPlace, match="wrong way round"):
        from_wgs84(0.9, 51.89)


def test_a_place_off_the_grid_has_no_reference():
    assert not GridPoint(nan, 0).on_land
    with pytest.raises(NoPlace, match="outside"):
        GridPoint(-5e6, 0).reference()

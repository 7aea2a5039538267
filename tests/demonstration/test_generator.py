"""The demonstration entries add up to the published figures before any database sees them."""

import random
from collections import Counter
from datetime import timedelta

import pytest

from fieldlog.core.national_grid import read_reference
from fieldlog.core.night import to_uk
from fieldlog.core.words import Capacity, EntryKind
from fieldlog.demonstration.generator import SEED, Scene, marshals_scenes, night_scenes
from fieldlog.demonstration.names import CAST, register
from fieldlog.demonstration.published import MARSHALS_RECORDS, NIGHTS, PublishedNight


def scenes_of(published: PublishedNight) -> list[Scene]:
    places = range(published.premises_visited)
    return night_scenes(published, places, random.Random(SEED))


def counted(scenes: list[Scene], measure: str) -> int:
    return sum(value for scene in scenes for code, value in scene.counts if code == measure)


@pytest.mark.parametrize("published", NIGHTS, ids=lambda night: night.night_of.isoformat())
def test_a_night_sums_to_its_published_figures(published: PublishedNight) -> None:
    scenes = scenes_of(published)
    visited = {scene.premises for scene in scenes if scene.kind is EntryKind.PREMISES_VISIT}
    assert len(visited) == published.premises_visited
    assert counted(scenes, "spoken_to") == (published.spoken_to or 0)
    assert counted(scenes, "warned") == (published.warned or 0)
    assert counted(scenes, "closures") == published.closures
    own = [scene for scene in scenes if scene.capacity is Capacity.OWN]
    assert sum(scene.kind is EntryKind.NOTICE for scene in own) == (published.tickets or 0)
    assert sum(scene.kind is EntryKind.ARREST for scene in own) == (published.arrests or 0)


@pytest.mark.parametrize("published", NIGHTS, ids=lambda night: night.night_of.isoformat())
def test_a_night_keeps_to_its_own_hours_and_goes_past_midnight(published: PublishedNight) -> None:
    moments = [scene.happened_at for scene in scenes_of(published)]
    assert moments == sorted(moments)
    assert (moments[-1] - moments[0]).total_seconds() < 9 * 3600
    assert {scene.night_of for scene in scenes_of(published)} == {published.night_of}
    assert {to_uk(moment).date() - published.night_of for moment in moments} == {
        timedelta(0),
        timedelta(days=1),
    }


def test_nobody_is_warned_who_was_not_spoken_to() -> None:
    for published in NIGHTS:
        for scene in scenes_of(published):
            counts = dict(scene.counts)
            assert counts.get("warned", 0) <= counts.get("spoken_to", 0)


def test_the_marshals_records_repeat_their_table_cell_by_cell() -> None:
    scenes = list(marshals_scenes(140, random.Random(SEED)))
    cells = Counter((scene.action, scene.minutes) for scene in scenes)
    assert cells == {(action, minutes): many for action, minutes, many in MARSHALS_RECORDS}
    assert len(scenes) == 483


def test_the_marshals_visit_120_premises_some_more_than_once() -> None:
    scenes = list(marshals_scenes(140, random.Random(SEED)))
    visits = [scene.premises for scene in scenes if scene.kind is EntryKind.PREMISES_VISIT]
    assert len(set(visits)) == 120 < len(visits)


def test_the_same_seed_makes_the_same_entries() -> None:
    assert scenes_of(NIGHTS[1]) == scenes_of(NIGHTS[1])
    again = [list(marshals_scenes(140, random.Random(SEED))) for _ in range(2)]
    assert again[0] == again[1]


def test_everybody_in_the_scenes_is_in_the_cast() -> None:
    names = {character.name for character in CAST}
    for published in NIGHTS:
        assert {scene.officer for scene in scenes_of(published)} <= names


def test_the_register_names_140_different_premises() -> None:
    premises = register()
    assert len({place.name for place in premises}) == len({place.uprn for place in premises}) == 140


def test_every_premises_has_a_place_of_its_own_out_at_sea() -> None:
    references = [premises.grid_reference for premises in register()]
    squares = Counter(read_reference(one).square(250) for one in references)
    assert len(set(references)) == len(references)
    assert None not in squares
    assert 15 < len(squares) < 30
    assert min(square.easting for square in squares if square) > 690_000

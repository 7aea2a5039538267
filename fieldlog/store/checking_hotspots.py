"""Questions to the database about its hotspots: are they somewhere, is something asked of them."""

from collections.abc import Iterable, Iterator
from datetime import date

from sqlite_utils import Database

from fieldlog.core.hotspot import SQUARE
from fieldlog.core.outline import NoOutline, read_kept, square_outline


def hotspots_are_whole(db: Database) -> Iterator[str]:
    """Look for hotspots without place or request, broken outlines, and weeks that are none."""
    for (hotspot_id,) in db.execute(
        "SELECT hotspots.id FROM hotspots LEFT JOIN hotspot_versions ON hotspot_id = hotspots.id "
        "GROUP BY hotspots.id HAVING coalesce(min(number), 0) <> 1 OR max(number) <> count(*)"
    ):
        yield f"Hotspot {hotspot_id} does not have every version from 1 on."
    for (hotspot_id,) in db.execute(
        "SELECT id FROM hotspots WHERE id NOT IN (SELECT hotspot_id FROM hotspot_asks)"
    ):
        yield f"Nothing was ever asked of hotspot {hotspot_id}."
    for hotspot_id, from_week in db.execute("SELECT hotspot_id, from_week FROM hotspot_asks"):
        if date.fromisoformat(from_week).weekday():
            yield f"Hotspot {hotspot_id} is asked something from {from_week}, which is no Monday."
    rows = db.execute("SELECT hotspot_id, number, shape, outline FROM hotspot_versions")
    for hotspot_id, number, shape, text in rows:
        try:
            outline = read_kept(text)
        except NoOutline:
            yield f"Version {number} of hotspot {hotspot_id} has no outline."
            continue
        corner = outline.corners[0]
        if shape == "square" and outline != square_outline(corner.square(SQUARE), SQUARE):
            yield f"Version {number} of hotspot {hotspot_id} is no square of {SQUARE} metres."
    yield from _given_twice(db)


def _given_twice(db: Database) -> Iterable[str]:
    rows = db.execute(
        "SELECT patrol_id FROM patrol_hotspots WHERE at_start = 1 GROUP BY patrol_id "
        "HAVING count(*) > 1 OR min(id) <> (SELECT min(id) FROM patrol_hotspots AS one "
        "WHERE one.patrol_id = patrol_hotspots.patrol_id)"
    )
    return (f"Patrol {patrol_id} was given two hotspots at its start." for (patrol_id,) in rows)

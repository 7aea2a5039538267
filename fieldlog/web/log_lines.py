"""Lines of the log for the coordinator: under their night, with who wrote them."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from types import MappingProxyType

from flask import url_for

from fieldlog.core.lists import Lists
from fieldlog.core.log import LogLine
from fieldlog.core.night import says_day
from fieldlog.core.words import Capacity, Marking
from fieldlog.web.entry_words import Row, feed_item

NO_PHOTOS: Mapping[str, int] = MappingProxyType({})


def by_night(
    lines: Iterable[LogLine],
    lists: Lists,
    late: frozenset[str] = frozenset(),
    photos: Mapping[str, int] = NO_PHOTOS,
) -> Iterator[tuple[str, list[Row]]]:
    """Yield each night in words with its lines, which must come in the order of nights."""
    for night, some in groupby(lines, key=lambda line: line.night_of):
        yield f"Night of {says_day(night)}", [shown(line, lists, late, photos) for line in some]


def shown(
    line: LogLine,
    lists: Lists,
    late: frozenset[str] = frozenset(),
    photos: Mapping[str, int] = NO_PHOTOS,
) -> Row:
    """Return a line for ``entry_list``; every one was received, so its state is what is unusual.

    ``late`` are the ids of entries that came when their night was closed already, ``photos`` says
    how many photos entries have, by their ids.
    """
    officer = " ".join(filter(None, [line.officer, line.collar_number]))
    return {
        **feed_item(line, lists),
        "officer": officer or line.agency,
        "state": _state(line),
        "late": line.id in late,
        "photos": photos.get(line.id, 0),
        "to_add": "",
        "premises_href": _timeline(line),
    }


def _timeline(line: LogLine) -> str | None:
    if line.premises_id is None:
        return None
    return url_for("premises_page.show", premises_id=line.premises_id)


def _state(line: LogLine) -> Row | None:
    if line.marking is Marking.OFFICIAL_SENSITIVE:
        return {"label": line.marking.label, "tone": "warn"}
    if line.capacity is not Capacity.OWN:
        return {"label": line.capacity.label, "tone": "plain"}
    return None

"""Lines of the log for the coordinator: under their night, with who wrote them."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from fieldlog.core.lists import Lists
from fieldlog.core.log import LogLine
from fieldlog.core.night import says_day
from fieldlog.core.words import Capacity, Marking
from fieldlog.web.entry_words import Row, feed_item


def by_night(
    lines: Iterable[LogLine], lists: Lists, late: frozenset[str] = frozenset()
) -> Iterator[tuple[str, list[Row]]]:
    """Yield each night in words with its lines, which must come in the order of nights."""
    for night, some in groupby(lines, key=lambda line: line.night_of):
        yield f"Night of {says_day(night)}", [shown(line, lists, late) for line in some]


def shown(line: LogLine, lists: Lists, late: frozenset[str] = frozenset()) -> Row:
    """Return a line for ``entry_list``; every one was received, so its state is what is unusual.

    ``late`` are the ids of entries that came when their night was closed already.
    """
    officer = " ".join(filter(None, [line.officer, line.collar_number]))
    return {
        **feed_item(line, lists),
        "officer": officer or line.agency,
        "state": _state(line),
        "late": line.id in late,
        "to_add": "",
    }


def _state(line: LogLine) -> Row | None:
    if line.marking is Marking.OFFICIAL_SENSITIVE:
        return {"label": line.marking.label, "tone": "warn"}
    if line.capacity is not Capacity.OWN:
        return {"label": line.capacity.label, "tone": "plain"}
    return None

"""What a new deployment can start from: the last one of its operation, or a template."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from fieldlog.core.night import says_day, to_uk
from fieldlog.services import list_operations
from fieldlog.services.plan_night import copy_plan, every_template, use_template
from fieldlog.web.surroundings import database, now, person

BLANK = "blank"


@dataclass(frozen=True)
class Way:
    """One thing to start from: its usual times on UK clocks, and what is taken over."""

    code: str
    label: str
    starts: time | None
    finishes: time | None
    takes_over: str
    source: int


def ways_to_start(operation_id: int) -> list[Way]:
    """Return what a new deployment of an operation can start from, the last one first."""
    ways = []
    earlier = list_operations.of_operation(database(), operation_id)
    if earlier:
        last = earlier[0]
        ways.append(
            Way(
                code="last",
                label=f"The last one, {says_day(last.night_of)}",
                starts=to_uk(last.starts_at).time() if last.starts_at else None,
                finishes=to_uk(last.finishes_at).time() if last.finishes_at else None,
                takes_over="Its times, crews with their people, areas, objectives and "
                "checklists are taken over. Notes and premises to visit are not.",
                source=last.id,
            )
        )
    for one in every_template(database()):
        crews = ", ".join(crew.name for crew in one.crews)
        ways.append(
            Way(
                code=f"template-{one.id}",
                label=f"{one.name}, {one.starts:%H:%M} to {one.finishes:%H:%M}",
                starts=one.starts,
                finishes=one.finishes,
                takes_over=f"Its crews are taken over: {crews}." if crews else "",
                source=one.id,
            )
        )
    return ways


def chosen_way(ways: Sequence[Way], code: str) -> Way | None:
    """Return the way of that code; the first where none was asked for, None for blank."""
    if not code:
        return ways[0] if ways and ways[0].code == "last" else None
    return next((way for way in ways if way.code == code), None)


def take_over(way: Way | None, deployment_id: int) -> None:
    """Give a new deployment what its way takes over."""
    if way is None:
        return
    use = copy_plan if way.code == "last" else use_template
    use(database(), way.source, deployment_id, by=person().officer_id, now=now())

"""Plan hotspots: what they are called, where they are, when they are in force; retire them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from fieldlog.core.hotspot import SQUARE, Hotspot
from fieldlog.core.national_grid import GridPoint, NoPlace, from_wgs84, read_reference
from fieldlog.core.night import night_of, says_date
from fieldlog.core.outline import NoOutline, Outline, read_outline, square_outline
from fieldlog.core.person import name_problems
from fieldlog.core.rules import Problem, Refused
from fieldlog.services.ask_of_hotspot import AskPlan, ask_problems, asked_of, monday_of
from fieldlog.store import deployments, hotspots
from fieldlog.store.connection import Database, write_transaction
from fieldlog.store.hotspots import Place


@dataclass(frozen=True)
class WherePlan:
    """Where somebody says a hotspot is, by one of three: the others are empty.

    ``file`` is the outline's GeoJSON.
    """

    reference: str = ""
    latitude: str = ""
    longitude: str = ""
    file: bytes = b""

    @property
    def ways(self) -> int:
        """In how many ways it is said."""
        return bool(self.reference) + bool(self.latitude or self.longitude) + bool(self.file)


@dataclass(frozen=True)
class Where:
    """The outline of a hotspot, and whether it is a square."""

    outline: Outline
    is_square: bool


@dataclass(frozen=True)
class HotspotPlan:
    """What is said of a hotspot; ``operations`` are ids, dates are nights, the last included."""

    name: str
    where: Where | None
    first: date | None
    last: date | None
    operations: Sequence[int]


def read_where(plan: WherePlan) -> Where | None:
    """Return where it is; None where nothing is said. Raises Refused.

    A square is the one of 250 m that the place lies in: it is truncated, never rounded.
    """
    if plan.ways > 1:
        message = "Give one of these: a grid reference, latitude and longitude, or an outline."
        raise Refused((Problem("reference", message),))
    if plan.file:
        try:
            return Where(read_outline(plan.file), is_square=False)
        except NoOutline as wrong:
            raise Refused((Problem("outline", str(wrong)),)) from None
    if not plan.ways:
        return None
    corner = _of_reference(plan.reference) if plan.reference else _of_degrees(plan)
    return Where(square_outline(corner, SQUARE), is_square=True)


def _of_reference(text: str) -> GridPoint:
    try:
        found = read_reference(text).square(SQUARE)
    except NoPlace as wrong:
        raise Refused((Problem("reference", str(wrong)),)) from None
    if found is None:
        message = (
            f"“{' '.join(text.split())}” lies across several squares of {SQUARE} m. "
            "Give eight figures, like TL 9952 2525."
        )
        raise Refused((Problem("reference", message),))
    return found


def _of_degrees(plan: WherePlan) -> GridPoint:
    problems, found = [], {}
    for field, example in (("latitude", "51.8891"), ("longitude", "0.9012")):
        try:
            found[field] = float(getattr(plan, field))
        except ValueError:
            message = f"{field.capitalize()} must be degrees, like {example}."
            problems.append(Problem(field, message))
    if problems:
        raise Refused(tuple(problems))
    try:
        return from_wgs84(found["latitude"], found["longitude"]).square(SQUARE)
    except NoPlace as wrong:
        raise Refused((Problem("latitude", str(wrong)),)) from None


def add_hotspot(db: Database, plan: HotspotPlan, asked: AskPlan, *, by: int, now: datetime) -> int:
    """Add a hotspot with what is asked there from its first week on; return its id.

    Raises Refused with everything that is wrong of both.
    """
    with write_transaction(db):
        problems = [*_place_problems(db, plan, None, night_of(now)), *ask_problems(asked)]
        place = _place(plan)
        if problems or place is None:
            raise Refused(tuple(problems))
        added = hotspots.add_hotspot(db, now=now)
        hotspots.add_version(db, added, place, by=by, now=now)
        hotspots.ask(db, added, asked_of(replace(asked, week=place.first)), by=by, now=now)
    return added


def change_hotspot(
    db: Database, hotspot: Hotspot, plan: HotspotPlan, *, by: int, now: datetime
) -> bool:
    """Let a version take the place of the newest; without ``where`` it stays where it is.

    Return False where nothing is different. What was asked from its first week on is asked from
    an earlier one too, if it is to begin earlier. Raises Refused.
    """
    plan = replace(plan, where=plan.where or Where(hotspot.outline, hotspot.is_square))
    with write_transaction(db):
        problems = tuple(_place_problems(db, plan, hotspot.id, night_of(now)))
        place = _place(plan)
        if problems or place is None:
            raise Refused(problems)
        if place == _as_it_is(hotspot):
            return False
        hotspots.add_version(db, hotspot.id, place, by=by, now=now)
        first, begins = hotspot.asked[-1], monday_of(place.first)
        if begins < first.from_week:
            hotspots.ask(db, hotspot.id, replace(first, from_week=begins), by=by, now=now)
    return True


def retire_hotspot(db: Database, hotspot: Hotspot, *, by: int, now: datetime) -> None:
    """Let tonight be the last night a hotspot is in force. Raises Refused."""
    tonight = night_of(now)
    if hotspot.retired(tonight):
        raise Refused((Problem("", "It is retired already."),))
    if hotspot.first > tonight:
        message = f"It begins on {says_date(hotspot.first)}. Change its dates instead."
        raise Refused((Problem("", message),))
    with write_transaction(db):
        place = replace(_as_it_is(hotspot), last=tonight)
        hotspots.add_version(db, hotspot.id, place, by=by, now=now)


def _place_problems(
    db: Database, plan: HotspotPlan, hotspot_id: int | None, tonight: date
) -> Iterator[Problem]:
    name = " ".join(plan.name.split())
    yield from name_problems("name", name, "Give the hotspot a name.")
    if hotspots.name_taken(db, name, but=hotspot_id, on=tonight):
        yield Problem("name", f"There is a hotspot called “{name}” already. Name this another way.")
    if plan.where is None:
        yield Problem("reference", "Say where it is: a grid reference, degrees, or an outline.")
    if plan.first is None:
        yield Problem("first", "Give the first night it is in force.")
    elif plan.last and plan.last < plan.first:
        yield Problem("last", "The last night cannot be before the first.")
    known = {one.id for one in deployments.operations(db)}
    if not plan.operations or set(plan.operations) - known:
        yield Problem("operations", "Choose the operation it belongs to, or several.")


def _place(plan: HotspotPlan) -> Place | None:
    if plan.where is None or plan.first is None:
        return None
    return Place(
        name=" ".join(plan.name.split()),
        outline=plan.where.outline,
        is_square=plan.where.is_square,
        first=plan.first,
        last=plan.last,
        operations=frozenset(plan.operations),
    )


def _as_it_is(hotspot: Hotspot) -> Place:
    return Place(
        hotspot.name,
        hotspot.outline,
        hotspot.is_square,
        hotspot.first,
        hotspot.last,
        frozenset(hotspot.operations),
    )

"""List the deployments with their headline figures, and those of tonight and still to come."""

from dataclasses import dataclass
from datetime import date, datetime

from fieldlog.core.night import night_of
from fieldlog.core.question import Filter, Sums
from fieldlog.services.plan_deployment import tonight
from fieldlog.store import deployments
from fieldlog.store.connection import Database, read_snapshot
from fieldlog.store.deployments import Deployment
from fieldlog.store.log import count_lines
from fieldlog.store.nightly import sums_by_deployment
from fieldlog.tallies.headline import Headline, headline

LOOSE = Filter(where={"deployment": (None,)})
NOTHING = Sums(0, 0, 0, 0, 0, {})


@dataclass(frozen=True)
class ListedNight:
    """A deployment with the headline of its entries."""

    deployment: Deployment
    entries: int
    headline: Headline


@dataclass(frozen=True)
class Nights:
    """A page of nights, newest first. ``tonight`` and ``to_come`` stand on the first page only.

    ``every`` is how many nights all pages hold, ``total`` how many of them are past; ``loose`` is
    how many entries belong to no deployment at all.
    """

    tonight: tuple[ListedNight, ...]
    to_come: tuple[Deployment, ...]
    past: tuple[ListedNight, ...]
    number: int
    last: int
    total: int
    every: int
    first_place: int
    loose: int


def list_nights(
    db: Database,
    *,
    now: datetime,
    operation_id: int | None = None,
    date_from: date | None = None,
    date_to: date | None = None,
    page: int = 1,
    size: int = 25,
) -> Nights:
    """Return the nights of an operation (or of all) between two dates, both included.

    A page past the end is the last one.
    """
    with read_snapshot(db):
        every = [
            found
            for found in deployments.deployments(db, operation_id)
            if (date_from is None or found.night_of >= date_from)
            and (date_to is None or found.night_of <= date_to)
        ]
        tonights = [found for found in tonight(db, now) if found in every]
        to_come = [
            found for found in every if found.night_of > night_of(now) and found not in tonights
        ]
        past = [found for found in every if found not in tonights and found not in to_come]
        last = max(1, -(-len(past) // size))
        number = min(max(1, page), last)
        start = (number - 1) * size
        shown = past[start : start + size]
        loose = count_lines(db, LOOSE)
        sums = sums_by_deployment(db, [found.id for found in (*tonights, *shown)])
    return Nights(
        tonight=tuple(_listed(found, sums) for found in tonights) if number == 1 else (),
        to_come=tuple(sorted(to_come, key=_in_time)) if number == 1 else (),
        past=tuple(_listed(found, sums) for found in shown),
        number=number,
        last=last,
        total=len(past),
        every=len(past) + len(tonights),
        first_place=start + 1,
        loose=loose,
    )


def _in_time(found: Deployment) -> tuple[date, str, str]:
    return found.night_of, found.operation, found.name


def _listed(found: Deployment, every: dict[int, Sums]) -> ListedNight:
    sums = every.get(found.id, NOTHING)
    return ListedNight(found, sums.entries, headline(sums, of_deployment(found.id)))


def of_deployment(deployment_id: int) -> Filter:
    """Return the filter of one deployment's entries."""
    return Filter(where={"deployment": (deployment_id,)})

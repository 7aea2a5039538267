"""Watch a night: its figures, who logged last, the latest entries, and what is worth a look."""

from dataclasses import dataclass

from fieldlog.core.log import LogLine
from fieldlog.core.question import Filter
from fieldlog.core.words import CountsAs, EntryKind, Marking
from fieldlog.services.list_nights import of_deployment
from fieldlog.services.night_figures import NightFigures, figures_in_snapshot
from fieldlog.store import deployments, log
from fieldlog.store.connection import Database, read_snapshot
from fieldlog.store.deployments import Deployment
from fieldlog.store.lists import load_lists
from fieldlog.store.markings import highest_marking
from fieldlog.store.nightly import Seen, last_entries
from fieldlog.tallies.narrowing import narrowed

__all__ = ["Deployment", "Seen", "Watch", "WorthALook", "watch_night"]

LATEST = 10
VISIT = EntryKind.PREMISES_VISIT.value


@dataclass(frozen=True)
class WorthALook:
    """How many entries may want completing, what about them, and the filter that holds them."""

    entries: int
    what: str
    behind: Filter


@dataclass(frozen=True)
class Watch:
    """Everything on a night's page. ``struck`` entries are shown in the log and not counted."""

    deployment: Deployment
    figures: NightFigures
    seen: tuple[Seen, ...]
    latest: tuple[LogLine, ...]
    worth_a_look: tuple[WorthALook, ...]
    struck: int
    marking: Marking


def watch_night(db: Database, deployment_id: int) -> Watch | None:
    """Return what there is to see of a deployment's night from one snapshot, or None.

    Raises DoesNotAddUp where a total does not equal the records in the log.
    """
    wanted = of_deployment(deployment_id)
    with read_snapshot(db):
        deployment = deployments.get(db, deployment_id)
        if deployment is None:
            return None
        figures = figures_in_snapshot(db, wanted)
        return Watch(
            deployment=deployment,
            figures=figures,
            seen=tuple(last_entries(db, deployment_id)),
            latest=tuple(log.find_lines(db, wanted, struck=True, limit=LATEST)),
            worth_a_look=_worth_a_look(db, wanted),
            struck=log.count_lines(db, wanted, struck=True) - figures.sums.entries,
            marking=highest_marking(db, wanted, struck=True),
        )


def _worth_a_look(db: Database, wanted: Filter) -> tuple[WorthALook, ...]:
    contacts = tuple(
        action.code
        for action in load_lists(db).actions.values()
        if action.counts_as is CountsAs.CONTACT
    )
    asked = (
        ("no time taken", {"time": (None,)}),
        ("no action taken", {"action": (None,)}),
        (
            "an action that is a contact, not a visit: a phone call, letter or e-mail",
            {"action": contacts},
        ),
    )
    found = []
    for what, where in asked:
        behind = narrowed(wanted, {"kind": (VISIT,), **where})
        entries = log.count_lines(db, behind)
        if entries:
            found.append(WorthALook(entries, what, behind))
    return tuple(found)

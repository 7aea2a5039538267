"""Edit the distribution lists: add one, change it, remove it; the audit says who did."""

from dataclasses import dataclass
from datetime import datetime

from fieldlog.core.folding import folded
from fieldlog.core.mail import MailSettings, recipients_problems, split_addresses, tidy_address
from fieldlog.core.person import name_problems
from fieldlog.core.rules import Problem, Refused
from fieldlog.store import distribution_lists
from fieldlog.store.audit import add_to_audit
from fieldlog.store.connection import Database, write_transaction
from fieldlog.store.distribution_lists import DistributionList

__all__ = [
    "DistributionList",
    "ListPlan",
    "add_list",
    "addresses_of",
    "change_list",
    "list_named",
    "lists",
    "one",
    "remove_list",
]

LONGEST_NAME = 80


@dataclass(frozen=True)
class ListPlan:
    """What is said of a list: its name, and its addresses as they were typed."""

    name: str
    addresses: str


def lists(db: Database) -> list[DistributionList]:
    """Return every list, by name."""
    return distribution_lists.distribution_lists(db)


def one(db: Database, list_id: int) -> DistributionList | None:
    """Return one list, or None."""
    return distribution_lists.get(db, list_id)


def list_named(db: Database, name: str) -> DistributionList | None:
    """Return the list of that name, or None."""
    return distribution_lists.named(db, name)


def addresses_of(db: Database, name: str) -> tuple[str, ...]:
    """Return the addresses of the list of that name, or ``name`` itself if it is an address.

    Raises Refused with the lists there are if it is neither.
    """
    found = distribution_lists.named(db, name)
    if found is not None:
        return found.addresses
    if "@" in name:
        return (name,)
    known = ", ".join(one.name for one in lists(db)) or "none yet"
    raise Refused((Problem("to", f"There is no list “{name}”. There are: {known}."),))


def add_list(
    db: Database, plan: ListPlan, settings: MailSettings, *, by: int, now: datetime
) -> int:
    """Add a list; return its id. Raises Refused with everything that is wrong with it."""
    with write_transaction(db):
        name, addresses = _checked(db, plan, settings, None)
        list_id = distribution_lists.add(db, name, now)
        distribution_lists.fill(db, list_id, name, addresses)
        _keep(db, "added", name, len(addresses), by, now)
    return list_id


def change_list(
    db: Database, list_id: int, plan: ListPlan, settings: MailSettings, *, by: int, now: datetime
) -> None:
    """Let a list have this name and these addresses. Raises Refused."""
    with write_transaction(db):
        name, addresses = _checked(db, plan, settings, list_id)
        distribution_lists.fill(db, list_id, name, addresses)
        _keep(db, "changed", name, len(addresses), by, now)


def remove_list(db: Database, list_id: int, *, by: int, now: datetime) -> None:
    """Remove a list if it is still there; what went to it stays in the log of mails."""
    with write_transaction(db):
        found = distribution_lists.get(db, list_id)
        if found is not None:
            distribution_lists.remove(db, list_id)
            _keep(db, "removed", found.name, len(found.addresses), by, now)


def _checked(
    db: Database, plan: ListPlan, settings: MailSettings, list_id: int | None
) -> tuple[str, list[str]]:
    name = " ".join(plan.name.split())
    addresses = list(dict.fromkeys(map(tidy_address, split_addresses(plan.addresses))))
    problems = list(name_problems("name", name, "Give the list a name, like Committee."))
    if len(name) > LONGEST_NAME:
        problems.append(Problem("name", f"A name has at most {LONGEST_NAME} characters."))
    others = [found for found in distribution_lists.distribution_lists(db) if found.id != list_id]
    if any(folded(found.name) == folded(name) for found in others):
        problems.append(Problem("name", f"There is a list called {name} already."))
    if not addresses:
        problems.append(Problem("addresses", "Type at least one address."))
    else:
        problems += recipients_problems("addresses", addresses, settings.domains)
    if problems:
        raise Refused(tuple(problems))
    return name, addresses


def _keep(db: Database, what: str, name: str, many: int, by: int, now: datetime) -> None:
    about = f"“{name}” {what}, {many} addresses"
    add_to_audit(db, "distribution list changed", at=now, officer_id=by, about=about)

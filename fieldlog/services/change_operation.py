"""Change what an operation is for, who leads it, who takes part and which priorities it serves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from fieldlog.core.rules import Problem, Refused, text_problems
from fieldlog.store import agencies, deployments
from fieldlog.store.connection import Database, write_transaction
from fieldlog.store.operation_details import OperationDetails, change_details

LONGEST_PURPOSE = 1_000
LONGEST_NAME = 100
MOST_PRIORITIES = 20


@dataclass(frozen=True)
class OperationChange:
    """What is said of an operation; ``new_agencies`` take part and are added where unknown."""

    purpose: str
    standing: bool
    lead_agency_id: int | None
    partner_ids: Sequence[int]
    new_agencies: Sequence[str] = ()
    priorities: Sequence[str] = ()
    aliases: Sequence[str] = ()


def change_operation(
    db: Database, operation_id: int, change: OperationChange, *, by: int | None, now: datetime
) -> None:
    """Write what is said of an operation; which spellings it had is kept.

    Raises Refused, LookupError for an unknown one.
    """
    purpose = change.purpose.replace("\r\n", "\n").strip()
    names = [" ".join(name.split()) for name in change.new_agencies if name.strip()]
    labels = [" ".join(label.split()) for label in change.priorities if label.strip()]
    problems = [*_long("purpose", purpose, LONGEST_PURPOSE)]
    aliases = [" ".join(alias.split()) for alias in change.aliases if alias.strip()]
    lines = (("new_agencies", names), ("priorities", labels), ("aliases", aliases))
    for field, texts in lines:
        for text in texts:
            problems += _long(field, text, LONGEST_NAME)
    if len(labels) > MOST_PRIORITIES:
        problems.append(Problem("priorities", f"At most {MOST_PRIORITIES} priorities."))
    with write_transaction(db):
        known = agencies.every_agency(db)
        chosen = {*change.partner_ids, *({change.lead_agency_id} - {None})}
        if chosen - known.keys():
            problems.append(Problem("partners", "Choose agencies from the list, or add them."))
        found = {one.id: one for one in deployments.operations(db)}
        if operation_id not in found:
            raise LookupError(f"There is no operation {operation_id}")
        for alias in aliases:
            if deployments.operation_named(db, alias) not in {None, operation_id}:
                problems.append(Problem("aliases", f"Another operation goes by {alias}."))
        if problems:
            raise Refused(tuple(problems))
        added = {agencies.agency_named_or_new(db, name): name for name in names}
        partners = {one: known[one] for one in change.partner_ids} | added
        partners.pop(change.lead_agency_id or 0, None)
        details = OperationDetails(purpose, change.standing, partners, tuple(labels))
        change_details(db, operation_id, details, change.lead_agency_id)
        deployments.change_aliases(db, found[operation_id], aliases, by=by, now=now)


def _long(field: str, text: str, most: int) -> list[Problem]:
    if len(text) > most:
        return [Problem(field, f"This can be at most {most:,} characters; this has {len(text):,}.")]
    return [Problem(field, one.message) for one in text_problems("notes", text)]

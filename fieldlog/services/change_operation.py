"""Change what an operation is for, who leads it, who takes part and which priorities it serves."""

from collections.abc import Sequence
from dataclasses import dataclass

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


def change_operation(db: Database, operation_id: int, change: OperationChange) -> None:
    """Write what is said of an operation. Raises Refused, LookupError for an unknown one."""
    purpose = change.purpose.replace("\r\n", "\n").strip()
    names = [" ".join(name.split()) for name in change.new_agencies if name.strip()]
    labels = [" ".join(label.split()) for label in change.priorities if label.strip()]
    problems = [*_long("purpose", purpose, LONGEST_PURPOSE)]
    for field, texts in (("new_agencies", names), ("priorities", labels)):
        for text in texts:
            problems += _long(field, text, LONGEST_NAME)
    if len(labels) > MOST_PRIORITIES:
        problems.append(Problem("priorities", f"At most {MOST_PRIORITIES} priorities."))
    with write_transaction(db):
        known = agencies.every_agency(db)
        chosen = {*change.partner_ids, *({change.lead_agency_id} - {None})}
        if chosen - known.keys():
            problems.append(Problem("partners", "Choose agencies from the list, or add them."))
        if problems:
            raise Refused(tuple(problems))
        if not any(one.id == operation_id for one in deployments.operations(db)):
            raise LookupError(f"There is no operation {operation_id}")
        added = {agencies.agency_named_or_new(db, name): name for name in names}
        partners = {one: known[one] for one in change.partner_ids} | added
        partners.pop(change.lead_agency_id or 0, None)
        details = OperationDetails(purpose, change.standing, partners, tuple(labels))
        change_details(db, operation_id, details, change.lead_agency_id)


def _long(field: str, text: str, most: int) -> list[Problem]:
    if len(text) > most:
        return [Problem(field, f"This can be at most {most:,} characters; this has {len(text):,}.")]
    return [Problem(field, one.message) for one in text_problems("notes", text)]

"""A line of the log: one version of an entry with every code turned into words a reader knows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from fieldlog.core.checklist import AnswerWord
from fieldlog.core.words import Capacity, EntryKind, FourE, Marking, PurchaseResult


@dataclass(frozen=True)
class NoticeLine:
    """A notice as the log shows it; ``law`` in words, ``provision`` with Act and section."""

    number: str
    law_code: str
    law: str
    provision: str
    measure: str
    amount_pence: int | None
    prohibition: str
    recipient: str


@dataclass(frozen=True)
class PurchaseLine:
    """A test purchase as the log shows it."""

    product: str
    result: PurchaseResult
    volunteer_reference: str
    volunteer_age: int | None
    id_asked: bool | None
    seller: str
    exhibit: str


@dataclass(frozen=True)
class AnswerLine:
    """The answer to a question of a checklist, in the words of the version it was given under."""

    question_id: int
    checklist: str
    question: str
    said: AnswerWord
    note: str
    follow_up: bool


@dataclass(frozen=True)
class LogLine:
    """One version of an entry. Empty text means not recorded; ``None`` for numbers and codes too.

    ``counts`` maps measure codes to values. Moments are aware UTC. ``id`` is the entry's UUID as
    text; ``version_id`` is the store's own number for this version. ``in_force`` is false for a
    version that a later one supersedes; a struck version in force is shown and not counted.
    ``deals_with`` are (id, what is asked) of the tasks that it says it dealt with.
    """

    id: str
    version_id: int
    version: int
    in_force: bool
    struck: bool
    night_of: date
    happened_at: datetime
    captured_at: datetime
    received_at: datetime
    kind: EntryKind
    capacity: Capacity
    operation: str
    deployment_id: int | None
    officer_id: int | None
    officer: str
    collar_number: str
    agency_id: int | None
    agency: str
    premises_id: int | None
    premises: str
    premises_address: str
    premises_type: str
    place: str
    ward_id: int | None
    ward: str
    action_code: str | None
    action: str
    minutes: int | None
    four_e: FourE | None
    particulars: str
    notes: str
    marking: Marking
    counts: Mapping[str, int]
    notice: NoticeLine | None
    purchase: PurchaseLine | None
    recorded_by: str
    reason: str
    deals_with: tuple[tuple[int, str], ...] = ()
    revisit_days: int | None = None
    answers: tuple[AnswerLine, ...] = ()

    @property
    def where(self) -> str:
        """Premises by name if there is one, else the place as it was typed."""
        return self.premises or self.place

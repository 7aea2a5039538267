"""Plan an import of the register: what would become of each row, before anything is written.

Premises and wards that are not written yet have ids below nought: minus the number of their row,
and of their turn.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from fieldlog.core.folding import folded
from fieldlog.services.importing.cells import BadCell
from fieldlog.services.importing.columns import Columns
from fieldlog.services.importing.premises_said import PremisesSaid, as_line, names_in
from fieldlog.services.importing.register import Register
from fieldlog.services.importing.report import Progress
from fieldlog.services.importing.rows import Problems
from fieldlog.services.importing.ward_names import WardNames
from fieldlog.store.premises import Premises, Registration
from fieldlog.store.register import RegisterNow
from fieldlog.store.register_imports import (
    CHANGED,
    LIKELY,
    NEW,
    OUTCOMES,
    REFUSED,
    REPEATED,
    UNCHANGED,
    FieldChange,
)
from fieldlog.workbook.sheet import Value

TYPED_NOW_REGISTERED = "names typed on the night, now registered"
ALIASES, IN_REGISTER = "aliases", "registered"
_SHOWN = (
    "name",
    "address",
    "postcode",
    "uprn",
    "licence_number",
    "premises_type",
    "ward_id",
    "grid_reference",
)


@dataclass(slots=True)
class PlannedRow:
    """What becomes of a row; ``note`` explains a ``doubt``, ``cells`` are kept if it is refused."""

    number: int
    outcome: str
    name: str
    premises_id: int | None = None
    doubt: str = ""
    note: str = ""
    changes: tuple[FieldChange, ...] = ()
    problems: Problems = ()
    cells: list[Value] | None = None


@dataclass
class RegisterPlan:
    """Everything that an import would do. ``gone`` are the registered premises of no row.

    ``partly`` says that the file names less than half of the register: then none is gone.
    """

    rows: list[PlannedRow]
    new: dict[int, Registration] = field(default_factory=dict)
    changed: dict[int, tuple[Premises, Registration]] = field(default_factory=dict)
    aliases: list[tuple[int, str]] = field(default_factory=list)
    new_wards: Mapping[int, str] = field(default_factory=dict)
    now_registered: list[str] = field(default_factory=list)
    gone: list[Premises] = field(default_factory=list)
    partly: bool = False

    def counts(self) -> dict[str, int]:
        """Return how many rows there are of each outcome."""
        found = Counter(row.outcome for row in self.rows)
        return {outcome: found[outcome] for outcome in OUTCOMES}

    def doubts(self) -> dict[str, int]:
        """Return how many rows there are of each doubt."""
        found = Counter(row.doubt for row in self.rows)
        return {doubt: found[doubt] for doubt in (REPEATED, LIKELY)}


def plan_import(
    rows: list[PremisesSaid],
    columns: Columns,
    now_in: RegisterNow,
    *,
    types: Mapping[str, str],
    today: date,
    progress: Progress,
) -> RegisterPlan:
    """Return what importing ``rows`` would do to the register as it is ``now_in``.

    ``types`` are the labels of the types of premises by code.
    """
    work = _Planning(columns, now_in, names_in(rows), types, today)
    for done, row in enumerate(rows, 1):
        work.take(row)
        progress(done, len(rows))
    return work.finished()


class _Planning:
    """One plan under way."""

    def __init__(
        self,
        columns: Columns,
        now_in: RegisterNow,
        names: Mapping[str, int],
        types: Mapping[str, str],
        today: date,
    ) -> None:
        self.columns = columns
        self.now_in = now_in
        self.register = Register(now_in, names)
        self.wards = WardNames(now_in.wards, today)
        self.types = types
        self.plan = RegisterPlan([])
        self.row_of: dict[int, int] = {}
        self.seen: set[int] = set()

    def finished(self) -> RegisterPlan:
        plan = self.plan
        lines = [*plan.new.values(), *(line for _, line in plan.changed.values())]
        used = {line.ward_id for line in lines}
        plan.new_wards = {made: name for made, name in self.wards.new.items() if made in used}
        merged = self.now_in.merged
        registered = [
            premises
            for premises in self.now_in.premises
            if premises.registered and premises.id not in merged
        ]
        gone = [premises for premises in registered if premises.id not in self.seen]
        plan.partly = len(gone) * 2 > len(registered)
        plan.gone = [] if plan.partly else gone
        return plan

    def take(self, row: PremisesSaid) -> None:
        """Plan what becomes of one row."""
        planned = PlannedRow(row.number, REFUSED, row.name)
        if row.problems:
            planned.problems, planned.cells = row.problems, row.cells
            self._see(row)
        else:
            try:
                self._plan(row, planned)
            except BadCell as bad:
                heading = self.columns.headings["name"]
                planned.outcome, planned.changes = REFUSED, ()
                planned.problems, planned.cells = ((heading, str(bad)),), row.cells
        self.plan.rows.append(planned)

    def _see(self, row: PremisesSaid) -> None:
        """Note whom a refused row is about: a premises whose line is broken is not gone."""
        try:
            found = self.register.find(Registration(**({"name": ""} | dict(row.said))))
        except BadCell:
            return
        if found is not None:
            self.seen.add(found.id)

    def _plan(self, row: PremisesSaid, planned: PlannedRow) -> None:
        said = row.registration()
        known = self.register.find(said)
        if known is not None:
            self.seen.add(known.id)
        line = row.registration(known, self.wards.find(row.ward))
        if known is None:
            self._plan_new(row, line, planned)
            return
        others = self._new_aliases(known, line, row.aliases)
        same = known.registered and line == as_line(known) and not others
        before = self.row_of.get(known.id)
        planned.premises_id = known.id
        if before is not None:
            planned.doubt, planned.note = REPEATED, f"The same premises as row {before}."
            if not same:
                raise BadCell(
                    f"This is the same premises as row {before}, which says something else of "
                    "it. Keep one of the two."
                )
        planned.outcome = UNCHANGED if same else CHANGED
        if not same:
            self._plan_change(known, line, others, planned)
        self.row_of[known.id] = row.number

    def _plan_new(self, row: PremisesSaid, line: Registration, planned: PlannedRow) -> None:
        made = Premises(id=-row.number, **vars(line), registered=True)
        planned.outcome, planned.premises_id = NEW, made.id
        other = self.register.like(line)
        if other is not None:
            planned.doubt, planned.note = LIKELY, _looks_like(other)
        self.plan.new[made.id] = line
        others = {folded(name): name for name in row.aliases if folded(name) != folded(line.name)}
        self.plan.aliases += [(made.id, name) for name in others.values()]
        self.register.hold(made, others)
        self.row_of[made.id] = row.number

    def _plan_change(
        self, known: Premises, line: Registration, others: dict[str, str], planned: PlannedRow
    ) -> None:
        planned.changes = tuple(self._changes(known, line, others))
        if not known.registered:
            self.plan.now_registered.append(line.name)
        self.plan.changed[known.id] = (known, line)
        self.plan.aliases += [(known.id, name) for name in others.values()]
        every = {**self.register.aliases_of(known.id), **others}
        self.register.hold(Premises(id=known.id, **vars(line), registered=True), every)

    def _new_aliases(
        self, known: Premises, line: Registration, said: Iterable[str]
    ) -> dict[str, str]:
        """Return the names to be added: a renamed premises is still looked for by its old name."""
        names = {folded(name): name for name in said}
        if known.registered:
            names[folded(known.name)] = known.name
        held = self.register.aliases_of(known.id)
        own = folded(line.name)
        return {one: name for one, name in names.items() if one != own and one not in held}

    def _changes(
        self, known: Premises, line: Registration, others: Mapping[str, str]
    ) -> Iterable[FieldChange]:
        before, after = vars(known), vars(line)
        for name in _SHOWN:
            if before[name] != after[name]:
                shown = self._shown(name)
                yield FieldChange(_CALLED.get(name, name), shown(before[name]), shown(after[name]))
        if others:
            held = self.register.aliases_of(known.id)
            every = "; ".join({**held, **others}.values())
            yield FieldChange(ALIASES, "; ".join(held.values()), every)
        if not known.registered:
            yield FieldChange(IN_REGISTER, "typed on the night", "in the register")

    def _shown(self, name: str) -> Callable[[str | int | None], str]:
        def shown(value: str | int | None) -> str:
            if value is None:
                return ""
            if name == "ward_id":
                return self.wards.names.get(int(value), "")
            return self.types.get(str(value), str(value)) if name == "premises_type" else str(value)

        return shown


_CALLED = {"premises_type": "type", "ward_id": "ward"}


def _looks_like(other: Premises) -> str:
    where = ", ".join(part for part in (other.name, other.address, other.postcode) if part)
    if not other.registered:
        return f"Looks like “{other.name}”, a name that a crew typed on the night."
    if other.id < 0:
        return f"Looks like row {-other.id}: {where}."
    known = f" (UPRN {other.uprn})" if other.uprn else ""
    return f"Looks like {where}{known}, which is in the register."

"""Edit the lists of actions taken and of measures: add, change, retire, bring back, order.

The lists are data with dates. What was used once keeps its words for ever, since entries and
published figures carry them; it can be retired, and another line added beside it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from fieldlog.core.folding import folded
from fieldlog.core.lists import Action, Choice, Measure
from fieldlog.core.night import night_of
from fieldlog.core.person import name_problems
from fieldlog.core.rules import Problem, Refused
from fieldlog.core.words import CountsAs, Unit
from fieldlog.services.follow_up import MOST_DAYS
from fieldlog.store import list_editing
from fieldlog.store.audit import add_to_audit
from fieldlog.store.connection import Database, write_transaction
from fieldlog.store.counting import MEASURED
from fieldlog.store.lists import load_lists
from fieldlog.tallies.crosstab import BLANK, GRAND_TOTAL

ACTIONS = "actions"
MEASURES = "measures"
HIGHEST_STEP = 100_000
WORDS_MISSING = "Enter the words of the line."
NOT_A_CODE = {
    *("id", "happened_at", "operation", "night_of", "officer", "agency", "kind", "premises"),
    *("ward", "action_taken", "minutes", "notes", "entries", "visits", "blank", "total", "new"),
}
"""Words that mean something else in an imported file or in a tally."""
_IN_TABLES = (BLANK, GRAND_TOTAL, *(counted.label for counted in MEASURED.values()))
SAID_BY_TABLES = frozenset(map(folded, _IN_TABLES))
"""Words that tables have for themselves: two columns of the same name cannot be told apart."""


@dataclass(frozen=True)
class ActionLine:
    """What is said of an action taken; ``valid_from`` is the first night, None for tonight.

    ``revisit_days`` is within how many days it proposes to visit again, None if it does not.
    """

    label: str
    counts_as: CountsAs
    valid_from: date | None = None
    revisit_days: int | None = None


@dataclass(frozen=True)
class MeasureLine:
    """What is said of a measure; ``step`` is what one tap adds, in its unit."""

    label: str
    one_more: str
    unit: Unit
    step: int
    valid_from: date | None = None


def lines_of(db: Database, table: str) -> list[Choice]:
    """Return every line of a list in order, retired ones included. Raises KeyError."""
    lists = load_lists(db)
    found: dict[str, list[Choice]] = {
        ACTIONS: list(lists.actions.values()),
        MEASURES: list(lists.measures.values()),
    }
    return found[table]


def line_of(db: Database, table: str, code: str) -> Choice | None:
    """Return one line of a list, or None."""
    return next((line for line in lines_of(db, table) if line.code == code), None)


def is_used(db: Database, table: str, code: str) -> bool:
    """Say whether a line has been used, so that its words stay."""
    return list_editing.is_used(db, table, code)


def is_retired(line: Choice, now: datetime) -> bool:
    """Say whether a line is on its way out: tonight is its last night, or an earlier one was."""
    return line.valid_to is not None and line.valid_to <= night_of(now)


def add_action(db: Database, line: ActionLine, *, by: int, now: datetime) -> str:
    """Add an action at the end of the list; return its code. Raises Refused."""
    with write_transaction(db):
        lines = lines_of(db, ACTIONS)
        _refuse([*_label_problems(line.label, lines), *_action_problems(line)])
        action = Action(
            code=_code(line.label, lines),
            label=_tidy(line.label),
            position=len(lines) + 1,
            valid_from=line.valid_from or night_of(now),
            valid_to=None,
            counts_as=line.counts_as,
            revisit_days=line.revisit_days,
        )
        list_editing.insert_action(db, action)
        _keep(db, "added", ACTIONS, action, by, now)
    return action.code


def add_measure(db: Database, line: MeasureLine, *, by: int, now: datetime) -> str:
    """Add a measure at the end of the list; return its code. Raises Refused."""
    with write_transaction(db):
        lines = lines_of(db, MEASURES)
        _refuse([*_label_problems(line.label, lines), *_measure_problems(line)])
        measure = Measure(
            code=_code(line.label, lines),
            label=_tidy(line.label),
            position=len(lines) + 1,
            valid_from=line.valid_from or night_of(now),
            valid_to=None,
            one_more=_tidy(line.one_more),
            unit=line.unit,
            step=line.step,
        )
        list_editing.insert_measure(db, measure)
        _keep(db, "added", MEASURES, measure, by, now)
    return measure.code


def change_action(db: Database, code: str, line: ActionLine, *, by: int, now: datetime) -> None:
    """Write what is said of an action; the label only while it is unused. Raises Refused."""
    with write_transaction(db):
        action = load_lists(db).actions.get(code)
        if action is None:
            raise _no_such_line()
        problems = _change_problems(db, ACTIONS, action, line.label)
        _refuse([*problems, *_action_problems(line)])
        changed = replace(
            action,
            label=_tidy(line.label),
            counts_as=line.counts_as,
            revisit_days=line.revisit_days,
        )
        list_editing.update_action(db, changed)
        _keep(db, "changed", ACTIONS, changed, by, now)


def change_measure(db: Database, code: str, line: MeasureLine, *, by: int, now: datetime) -> None:
    """Write what is said of a measure; label and unit only while it is unused. Raises Refused."""
    with write_transaction(db):
        measure = load_lists(db).measures.get(code)
        if measure is None:
            raise _no_such_line()
        problems = [*_change_problems(db, MEASURES, measure, line.label), *_measure_problems(line)]
        if line.unit is not measure.unit and list_editing.is_used(db, MEASURES, code):
            problems.append(
                Problem("unit", "It has been used, so its unit stays. Retire it and add another.")
            )
        _refuse(problems)
        changed = replace(
            measure,
            label=_tidy(line.label),
            one_more=_tidy(line.one_more),
            unit=line.unit,
            step=line.step,
        )
        list_editing.update_measure(db, changed)
        _keep(db, "changed", MEASURES, changed, by, now)


def retire(db: Database, table: str, code: str, *, by: int, now: datetime) -> date:
    """Let tonight be the last night a line is used for, and return that date. Raises Refused.

    Not last night: entries of tonight may hold it already and have to be amended without losing it.
    """
    with write_transaction(db):
        line = _existing(db, table, code)
        last = max(night_of(now), line.valid_from)
        list_editing.set_valid_to(db, table, code, last)
        _keep(db, "retired", table, line, by, now)
    return last


def bring_back(db: Database, table: str, code: str, *, by: int, now: datetime) -> None:
    """Let a retired line be used again. Raises Refused."""
    with write_transaction(db):
        line = _existing(db, table, code)
        list_editing.set_valid_to(db, table, code, None)
        _keep(db, "brought back", table, line, by, now)


def move_up(db: Database, table: str, code: str, *, by: int, now: datetime) -> None:
    """Let a line change places with the one before it that is still used. Raises Refused."""
    with write_transaction(db):
        line = _existing(db, table, code)
        lines = lines_of(db, table)
        codes = [other.code for other in lines]
        before = [other.code for other in lines if not is_retired(other, now)]
        earlier = before[before.index(code) - 1] if code in before[1:] else None
        if earlier is None:
            return
        codes.remove(code)
        codes.insert(codes.index(earlier), code)
        list_editing.set_order(db, table, codes)
        _keep(db, "moved up", table, line, by, now)


def _existing(db: Database, table: str, code: str) -> Choice:
    line = line_of(db, table, code)
    if line is None:
        raise _no_such_line()
    return line


def _no_such_line() -> Refused:
    return Refused((Problem("", "There is no such line in the list."),))


def _label_problems(label: str, lines: list[Choice]) -> Iterator[Problem]:
    yield from name_problems("label", label, WORDS_MISSING)
    if folded(label) in SAID_BY_TABLES:
        yield Problem(
            "label", f"“{_tidy(label)}” means something else in every table. Use other words."
        )
    same = next((line for line in lines if folded(line.label) == folded(label)), None)
    if same:
        yield Problem(
            "label",
            f"“{same.label}” is in the list already. Bring it back if it was retired, or use "
            "other words.",
        )


def _change_problems(db: Database, table: str, before: Choice, label: str) -> list[Problem]:
    others = [line for line in lines_of(db, table) if line.code != before.code]
    problems = list(_label_problems(label, others))
    if _tidy(label) != before.label and list_editing.is_used(db, table, before.code):
        problems.append(
            Problem(
                "label",
                f"“{before.label}” has been used, so its words stay. Retire it and add another.",
            )
        )
    return problems


def _action_problems(line: ActionLine) -> Iterator[Problem]:
    if line.revisit_days is not None and not 1 <= line.revisit_days <= MOST_DAYS:
        yield Problem(
            "revisit_days",
            f"Days until the revisit must be a number from 1 to {MOST_DAYS}, or left empty.",
        )


def _measure_problems(line: MeasureLine) -> Iterator[Problem]:
    ask = "Enter what one tap says, like “one more person spoken to”."
    yield from name_problems("one_more", line.one_more, ask)
    if not 1 <= line.step <= HIGHEST_STEP:
        yield Problem("step", f"What one tap adds must be a number from 1 to {HIGHEST_STEP:,}.")


def _refuse(problems: Iterator[Problem] | list[Problem]) -> None:
    found = tuple(problems)
    if found:
        raise Refused(found)


def _tidy(text: str) -> str:
    return " ".join(text.split())


def _code(label: str, lines: list[Choice]) -> str:
    stem = re.sub(r"[^a-z0-9]+", "_", folded(label)).strip("_")[:40] or "line"
    taken = {line.code for line in lines} | NOT_A_CODE
    numbered = (f"{stem}_{number}" for number in range(2, len(taken) + 3))
    return stem if stem not in taken else next(code for code in numbered if code not in taken)


def _keep(db: Database, what: str, table: str, line: Choice, by: int, now: datetime) -> None:
    about = f"{table}: “{line.label}” ({line.code}) {what}"
    add_to_audit(db, "list changed", at=now, officer_id=by, about=about)

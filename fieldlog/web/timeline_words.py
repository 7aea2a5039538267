"""The timeline of premises in the words of the screen and of its CSV file.

A coordinator reads everything. An officer reads what was done, by whom and when, and what was
written in their own entries: not other officers' notes, particulars, numbers and names.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from fieldlog.core.checklist import AnswerWord
from fieldlog.core.lists import Lists
from fieldlog.core.log import LogLine
from fieldlog.core.night import night_of, says_time, to_uk
from fieldlog.core.person import Person
from fieldlog.core.task import Task
from fieldlog.core.timeline import LineKind, TimelineLine
from fieldlog.core.words import Capacity, EntryKind, Role
from fieldlog.services.premises_history import History
from fieldlog.web.entry_words import counted, counts_of
from fieldlog.web.task_words import says_due, took
from fieldlog.web.templating import pounds

CSV_COLUMNS = (
    *("Date", "Time", "Night of", "What", "Done", "Written", "By", "Struck out", "Marking"),
)
_OF_KIND = {
    EntryKind.PREMISES_VISIT: LineKind.VISIT,
    EntryKind.NOTICE: LineKind.NOTICE,
    EntryKind.ARREST: LineKind.ARREST,
    EntryKind.TEST_PURCHASE: LineKind.PURCHASE,
}
_OF_MEASURE = {
    "warned": LineKind.WARNING,
    "cpw": LineKind.WARNING,
    "arrests": LineKind.ARREST,
    "closures": LineKind.CLOSURE,
}


def reads_everything(reader: Person) -> bool:
    """Say whether somebody may read what other officers wrote."""
    return reader.role in {Role.COORDINATOR, Role.ADMINISTRATOR}


def timeline(history: History, lists: Lists, reader: Person) -> list[TimelineLine]:
    """Return the lines that ``reader`` may read, the latest first."""
    lines = [
        *(_entry(line, history, lists, reader) for line in history.lines),
        *_tasks(history, reader),
        *_register(history, reader),
    ]
    return sorted(lines, key=lambda line: line.at, reverse=True)


def csv_rows(lines: Sequence[TimelineLine]) -> list[list[str]]:
    """Return the rows of the CSV file, oldest first, times in UK local time."""
    return [
        [
            *(to_uk(line.at).date().isoformat(), says_time(line.at), line.night.isoformat()),
            *(line.what, line.did, line.wrote, line.by),
            *("yes" if line.struck else "", line.marking.label),
        ]
        for line in reversed(lines)
    ]


def _entry(line: LogLine, history: History, lists: Lists, reader: Person) -> TimelineLine:
    own = line.officer_id == reader.officer_id
    return TimelineLine(
        at=line.happened_at,
        night=line.night_of,
        kinds=_kinds(line),
        what=line.kind.label,
        did=" · ".join(_did(line, history, lists)),
        wrote="\n".join(_wrote(line)) if own or reads_everything(reader) else "",
        by=" ".join(filter(None, [line.officer, line.collar_number])) or line.agency,
        marking=line.marking,
        struck=line.struck,
        entry_id=line.id if own or reads_everything(reader) else None,
    )


def _kinds(line: LogLine) -> frozenset[LineKind]:
    found = {kind for code, kind in _OF_MEASURE.items() if line.counts.get(code)}
    found.add(_OF_KIND.get(line.kind, LineKind.OTHER))
    if any(answer.said is AnswerWord.NO for answer in line.answers):
        found.add(LineKind.CHECKLIST_NO)
    return frozenset(found)


def _did(line: LogLine, history: History, lists: Lists) -> Iterator[str]:
    if line.premises_id != history.same[0]:
        yield f"as {line.premises}"
    yield from _of_detail(line)
    if line.action:
        yield line.action
    if line.minutes is not None:
        yield _several(line.minutes, "minute")
    for measure, value in counts_of(line, lists):
        if value:
            said = counted(measure, value)
            yield f"{said['value']} {said['label']}"
    yield from (f"No: {one.question}" for one in line.answers if one.said is AnswerWord.NO)
    if history.photos.get(line.id):
        yield _several(history.photos[line.id], "photo")
    if line.capacity is not Capacity.OWN:
        yield line.capacity.label


def _of_detail(line: LogLine) -> Iterator[str]:
    if line.notice:
        yield ", ".join(filter(None, [line.notice.law, line.notice.provision]))
        if line.notice.amount_pence is not None:
            yield pounds(line.notice.amount_pence)
    if line.purchase:
        yield f"{line.purchase.product}, {line.purchase.result.label.lower()}"


def _several(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


def _wrote(line: LogLine) -> Iterator[str]:
    if line.notice:
        numbers = (("No.", line.notice.number), ("prohibition", line.notice.prohibition))
        yield from (f"{word} {number}" for word, number in numbers if number)
        if line.notice.recipient:
            yield f"Given to {line.notice.recipient}"
    yield from filter(None, [line.particulars, line.notes])
    for answer in line.answers:
        if answer.note:
            yield f"{answer.question}: {answer.note}"


def _tasks(history: History, reader: Person) -> Iterator[TimelineLine]:
    for task in history.tasks:
        if history.within(task.created_at):
            about = " · ".join(filter(None, [task.plan.source.label, says_due(task.plan.due)]))
            yield TimelineLine(
                at=task.created_at,
                night=night_of(task.created_at),
                kinds={LineKind.TASK},
                what="Task opened",
                did=about,
                wrote=task.plan.asked,
                by=task.created_by,
                task_id=task.id,
            )
        if task.closed_at and history.within(task.closed_at):
            yield _closed(task, task_night=night_of(task.closed_at), reader=reader)


def _closed(task: Task, *, task_night: date, reader: Person) -> TimelineLine:
    how = "dealt with by an entry" if task.closing_entry else "without an entry"
    return TimelineLine(
        at=task.closed_at or task.created_at,
        night=task_night,
        kinds={LineKind.TASK},
        what="Task closed",
        did=f"{how}, it took {took(task)}",
        wrote=task.closing_reason if reads_everything(reader) else "",
        by=task.closed_by,
        task_id=task.id,
    )


def _register(history: History, reader: Person) -> Iterator[TimelineLine]:
    added = history.premises.added_at
    if history.within(added):
        what = "Added to the register" if history.premises.registered else "First named"
        yield _of_register(added, what, "")
    for change in history.changes:
        if history.within(change.at):
            by = change.by or ("import of the register" if change.by_import else "")
            words = f"{change.field}: {change.before or 'nothing'} → {change.after or 'nothing'}"
            yield _of_register(change.at, "Register changed", words, by=by)
    for event in history.merges:
        if history.within(event.at):
            words = f"{event.gone} (no. {event.gone_id}) counts as {event.kept}"
            if event.undoes:
                words = f"{event.gone} (no. {event.gone_id}) counts apart from {event.kept} again"
            what = "Merge undone" if event.undoes else "Merged"
            reason = event.reason if reads_everything(reader) else ""
            yield _of_register(event.at, what, words, by=event.by, wrote=reason)


def _of_register(
    at: datetime, what: str, did: str, *, by: str = "", wrote: str = ""
) -> TimelineLine:
    return TimelineLine(
        at=at,
        night=night_of(at),
        kinds={LineKind.REGISTER},
        what=what,
        did=did,
        wrote=wrote,
        by=by,
    )

"""Reconcile a figure that was printed elsewhere with fieldlog's own, and say what would explain it.

The printed figure is evidence: it is added with its source, struck with a reason, never edited.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation

from fieldlog.core.kept_filter import filter_of_text, filter_text
from fieldlog.core.night import from_uk, says_date, says_moment
from fieldlog.core.question import Filter, Key, Sums
from fieldlog.core.rules import Problem, Refused, text_problems
from fieldlog.services.choose_filter import Part, in_words
from fieldlog.services.name_period import name_period
from fieldlog.store import counting, deployments, exports, otherwise, published
from fieldlog.store.audit import add_to_audit
from fieldlog.store.connection import Database, IntegrityError, read_snapshot, write_transaction
from fieldlog.store.officers import name_of
from fieldlog.store.published import Printed, Struck
from fieldlog.tallies.headline import HOURS
from fieldlog.tallies.hours import in_hours
from fieldlog.tallies.kept_figures import ENTRIES, MINUTES, of_text
from fieldlog.tallies.reconciling import (
    Candidate,
    estimates,
    figures,
    hundredths,
    ordered,
    other_figures,
    value_of,
)

LONGEST = {"source": 200, "page": 40, "words": 500, "reason": 500}
LARGEST = Decimal(100_000_000)
MOST_NIGHTS = 100


@dataclass(frozen=True)
class PrintedPlan:
    """A figure as somebody copies it from a paper; ``value`` is as it was typed."""

    source: str
    printed_on: date | None
    page: str
    words: str
    figure: str
    value: str
    wanted: Filter


@dataclass(frozen=True)
class ListedFigure:
    """A printed figure beside fieldlog's own now, both in hundredths."""

    id: int
    printed: Printed
    struck: Struck | None
    label: str
    title: str
    own: int

    @property
    def difference(self) -> int:
        """How much more was printed than fieldlog counts."""
        return self.printed.hundredths - self.own


@dataclass(frozen=True)
class Reconciled:
    """A printed figure with what would explain it: candidates that fit, and others counted."""

    listed: ListedFigure
    wanted: Filter
    words: tuple[Part, ...]
    sums: Sums
    fitting: tuple[Candidate, ...]
    others: tuple[Candidate, ...]
    added_by: str
    struck_by: str


def figure_choices() -> dict[str, str]:
    """Return code → label of the figures that one in print may be."""
    return figures()


def add_printed(db: Database, plan: PrintedPlan, *, by: int, now: datetime) -> int:
    """Keep a figure as it was printed and return its id.

    Raises Refused with everything that is wrong with it.
    """
    problems = list(_problems(plan, now))
    value = _value(plan.value)
    if value is None:
        problems.append(Problem("value", "Give the figure as a number, like 81.25 or 1,069."))
    if problems or value is None or plan.printed_on is None:
        raise Refused(tuple(problems))
    printed = Printed(
        source=_tidy(plan.source),
        printed_on=plan.printed_on,
        page=_tidy(plan.page),
        words=_tidy(plan.words),
        figure=plan.figure,
        hundredths=value,
        filter=filter_text(plan.wanted),
        added_at=now,
        added_by=by,
    )
    with write_transaction(db):
        figure_id = published.add(db, printed)
        about = f"{printed.source}, {printed.printed_on.isoformat()}; {plan.figure}"
        add_to_audit(db, "printed figure added", at=now, officer_id=by, about=about)
    return figure_id


def _problems(plan: PrintedPlan, now: datetime) -> Iterator[Problem]:
    for field, text in (("source", plan.source), ("page", plan.page), ("words", plan.words)):
        yield from text_problems(field, text)
        if len(text) > LONGEST[field]:
            yield Problem(field, f"Give at most {LONGEST[field]} characters.")
    if not _tidy(plan.source):
        yield Problem("source", "Say where it was printed, for example Licensing Committee.")
    if not _tidy(plan.words):
        yield Problem("words", "Copy the words around it as they were printed.")
    if plan.printed_on is None:
        yield Problem("printed_on", "Give the date of the paper.")
    elif plan.printed_on > now.date() + timedelta(days=1):
        yield Problem("printed_on", "The date of the paper is in the future.")
    if plan.figure not in figures():
        yield Problem("figure", "Choose which figure it is.")


def _value(text: str) -> int | None:
    try:
        value = Decimal(text.strip().replace(",", ""))
        if not 0 <= value <= LARGEST or value != value.quantize(Decimal("0.01")):
            return None
    except InvalidOperation:
        return None
    return hundredths(value)


def _tidy(text: str) -> str:
    return " ".join(text.split())


def strike_printed(db: Database, figure_id: int, reason: str, *, by: int, now: datetime) -> None:
    """Strike a printed figure, for instance because it was copied wrongly; it stays to be seen.

    Raises Refused without a reason, or where it was struck already.
    """
    problems = list(text_problems("reason", reason))
    if not _tidy(reason):
        problems.append(Problem("reason", "Say why it is struck. It stays with the reason."))
    if len(reason) > LONGEST["reason"]:
        problems.append(Problem("reason", f"Give at most {LONGEST['reason']} characters."))
    if problems:
        raise Refused(tuple(problems))
    try:
        with write_transaction(db):
            published.strike(db, figure_id, Struck(_tidy(reason), now, by))
            about = f"figure {figure_id}"
            add_to_audit(db, "printed figure struck", at=now, officer_id=by, about=about)
    except IntegrityError as error:
        raise Refused((Problem("reason", "It was struck already."),)) from error


def list_printed(db: Database) -> tuple[ListedFigure, ...]:
    """Return every printed figure beside fieldlog's own, struck ones last."""
    with read_snapshot(db):
        return tuple(_listed(db, *row) for row in published.every(db))


def _listed(db: Database, figure_id: int, printed: Printed, struck: Struck | None) -> ListedFigure:
    wanted = filter_of_text(printed.filter)
    own = value_of(counting.sums(db, wanted), printed.figure)
    label = figures().get(printed.figure, printed.figure)
    return ListedFigure(figure_id, printed, struck, label, name_period(db, wanted).title, own)


def reconcile(db: Database, figure_id: int) -> Reconciled | None:
    """Return a printed figure with everything that would explain it, or None."""
    with read_snapshot(db):
        found = published.get(db, figure_id)
        if found is None:
            return None
        printed, struck = found
        wanted = filter_of_text(printed.filter)
        sums = counting.sums(db, wanted)
        listed = _listed(db, figure_id, printed, struck)
        fitting, others = ordered(
            _candidates(db, printed, wanted, sums), printed.hundredths, listed.own
        )
        return Reconciled(
            listed=listed,
            wanted=wanted,
            words=in_words(db, wanted),
            sums=sums,
            fitting=() if listed.difference == 0 else fitting,
            others=others,
            added_by=name_of(db, printed.added_by),
            struck_by=name_of(db, struck.struck_by) if struck else "",
        )


def _candidates(db: Database, printed: Printed, wanted: Filter, sums: Sums) -> Iterator[Candidate]:
    code = printed.figure

    def counted(what: str, found: Sums) -> Candidate:
        return Candidate(what, value_of(found, code))

    if code == HOURS:
        yield from estimates(sums, printed.hundredths, printed.words)
    yield counted("With struck entries counted", otherwise.with_struck(db, wanted))
    day_ends = from_uk(printed.printed_on + timedelta(days=1), time())
    then = otherwise.as_received_by(db, wanted, day_ends)
    if then.entries:
        said = says_date(printed.printed_on)
        yield counted(f"As the log stood on {said}, without what came or changed later", then)
    yield counted("Without what was only witnessed", otherwise.own_capacity(db, wanted))
    nights, rest = _nights(db, wanted)
    if nights:
        by_day = otherwise.by_calendar_day(db, rest, nights)
        if by_day.entries:
            yield counted("By the calendar day, midnight to midnight, not by the night", by_day)
        for step, what in ((-1, "before"), (1, "after")):
            moved = counting.sums(db, _moved(nights, rest, step))
            if moved.entries:
                yield counted(f"Of the night {what}", moved)
    yield from other_figures(sums, code)
    yield from _issued(db, printed)


def _nights(db: Database, wanted: Filter) -> tuple[list[date], Filter]:
    """Return the nights that a filter is held to, and the filter without them.

    A deployment counts as its night and its operation. Without nights, an empty list.
    """
    where = {name: keys for name, keys in wanted.where.items() if name not in _BY_NIGHT}
    nights = {date.fromisoformat(str(key)) for key in wanted.where.get("night", ()) if key}
    operations: dict[Key, None] = {}
    for key in wanted.where.get("deployment", ()):
        found = deployments.get(db, int(key)) if key is not None else None
        if found is not None:
            nights.add(found.night_of)
            operations[found.operation_id] = None
    if operations and "operation" not in where:
        where["operation"] = tuple(operations)
    first, last = wanted.date_from, wanted.date_to
    if first and last and not nights and (last - first).days < MOST_NIGHTS:
        nights = {first + timedelta(days=step) for step in range((last - first).days + 1)}
    rest = replace(wanted, where=where, date_from=None, date_to=None)
    return sorted(nights)[:MOST_NIGHTS], rest


_BY_NIGHT = frozenset({"night", "deployment"})


def _moved(nights: list[date], rest: Filter, step: int) -> Filter:
    days = tuple((night + timedelta(days=step)).isoformat() for night in nights)
    return replace(rest, where={**rest.where, "night": days})


def _issued(db: Database, printed: Printed) -> Iterator[Candidate]:
    """Yield the same figure as it stood in each version that was issued of the same entries."""
    for _, export in exports.of_filter(db, printed.filter):
        kept = of_text(export.figures)
        value = (
            hundredths(in_hours(kept.value(MINUTES)))
            if printed.figure == HOURS
            else kept.value(ENTRIES if printed.figure == ENTRIES else printed.figure) * 100
        )
        said = f"issue {export.number}, version {export.version}"
        yield Candidate(f"In {said}, as at {says_moment(export.made_at)}", value)

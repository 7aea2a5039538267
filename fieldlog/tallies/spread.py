"""Lay a breakdown out: lines for every level, subtotals, totals, and *Others* where asked for.

Every number belongs to a row line and a column line, and each line has a path: nothing for the
grand total, one step for the first level, two for the second. Distinct premises are counted anew
for each line, never added up.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from enum import Enum
from itertools import product

from fieldlog.core.breakdown import Breakdown, Counted, Found
from fieldlog.core.folding import folded
from fieldlog.core.question import ENTRIES, MINUTES, PREMISES, VISITS, Key, Label, Measured
from fieldlog.tallies.crosstab import BLANK, GRAND_TOTAL, DoesNotAddUp
from fieldlog.tallies.hours import Hours
from fieldlog.tallies.showing import EVERYTHING, Order, Showing, by_themselves, in_order


class Left(Enum):
    """The step of the line in which everything stands that has no line of its own."""

    OUT = "others"


Step = Key | Left
Path = tuple[Step, ...]
TOTAL: Path = ()
Values = dict[tuple[Path, Path], list[int]]

_OF_EVERY_ENTRY: Mapping[str, Callable[[Counted], int]] = {
    ENTRIES: lambda group: group.entries,
    VISITS: lambda group: group.visits,
    MINUTES: lambda group: group.minutes,
}


@dataclass(frozen=True)
class Line:
    """A row or a column: the path of its keys, and the words shown for the last of them."""

    path: Path
    text: str

    @property
    def blank(self) -> bool:
        """Whether the line is what nobody recorded."""
        return bool(self.path) and self.path[-1] is None


@dataclass(frozen=True)
class Spread:
    """A breakdown laid out. ``rows`` are in the order they are read, a group before its parts.

    ``columns`` likewise, a group after its parts, and the total last. ``apart`` are the keys with
    a line of their own where others were put together.
    """

    breakdown: Breakdown
    rows: tuple[Line, ...]
    columns: tuple[Line, ...]
    values: Mapping[tuple[Path, Path], tuple[int, ...]]
    hours: Hours
    measured: tuple[Measured, ...]
    apart: tuple[Key, ...] = ()
    every_first: tuple[tuple[Key, str], ...] = ()

    def value(self, row: Path, column: Path, measure: int = 0) -> int:
        """Return the number of a measure (by its place) where two lines meet."""
        found = self.values.get((row, column))
        return found[measure] if found else 0

    def first_rows(self) -> list[Line]:
        """Return the rows of the first level."""
        return [line for line in self.rows if len(line.path) == 1]

    def first_columns(self) -> list[Line]:
        """Return the columns of the first level; none where there is but the total."""
        return [line for line in self.columns if len(line.path) == 1]

    @property
    def numbers(self) -> int:
        """How many numbers there are to read, totals too."""
        return (len(self.rows) + 1) * len(self.columns) * len(self.measured)


def lay_out_breakdown(found: Found, showing: Showing = EVERYTHING) -> Spread:
    """Return ``found`` laid out; ``check_spread`` tells whether its totals are those of its parts.

    No groups give a spread without rows, whose numbers are all nought.
    """
    totals = _first_totals(found)
    usual = _usual(found.labels[0])
    apart = by_themselves(totals, showing, totals.__getitem__, usual)
    left_out = totals.keys() - apart - {None}
    values = _gathered(found, left_out)
    return Spread(
        breakdown=found.breakdown,
        rows=tuple(_rows(values, found, showing.order, len(left_out))),
        columns=tuple(_columns(values, found)),
        values={place: tuple(numbers) for place, numbers in values.items()},
        hours=_hours(found),
        measured=found.measured,
        every_first=_every_first(totals, found.labels[0]),
        apart=tuple(sorted(apart, key=usual)) if left_out else (),
    )


def check_spread(spread: Spread) -> Spread:
    """Return ``spread`` if its totals agree with their parts. Raises DoesNotAddUp.

    Distinct premises need not sum, but no part can be more than its total, and no total more than
    its parts together.
    """
    breakdown, values = spread.breakdown, spread.values
    for side, levels in enumerate((len(breakdown.rows), len(breakdown.columns))):
        parts: defaultdict[tuple[Path, Path], list[tuple[int, ...]]] = defaultdict(list)
        totals = set()
        for (row, column), numbers in values.items():
            path = (row, column)[side]
            if path:
                parts[(row, path[:-1]) if side else (path[:-1], column)].append(numbers)
            if len(path) < levels and Left.OUT not in path:
                totals.add((row, column))
        for line in totals | parts.keys():
            _require(spread, line, parts[line])
    return spread


def _require(spread: Spread, line: tuple[Path, Path], parts: list[tuple[int, ...]]) -> None:
    for place, measure in enumerate(spread.breakdown.measures):
        numbers = [part[place] for part in parts]
        total = spread.value(*line, place)
        lowest = max(numbers, default=0) if measure == PREMISES else sum(numbers)
        if not lowest <= total <= sum(numbers):
            step = next((path[-1] for path in reversed(line) if path), GRAND_TOTAL)
            raise DoesNotAddUp(
                f"“{step}” says {total}, but its parts sum to {sum(numbers)}. "
                "It was not shown or sent. Run: fieldlog check"
            )


def _every_first(keys: Iterable[Key], labels: Mapping[Key, Label]) -> tuple[tuple[Key, str], ...]:
    named = sorted((key for key in keys if key is not None), key=_usual(labels))
    return tuple((key, _line((key,), labels).text) for key in named)


def _first_totals(found: Found) -> dict[Key, int]:
    """Each key of the first level with its total of the first measure."""
    measure = found.breakdown.measures[0]
    if measure == PREMISES:
        premises: defaultdict[Key, set[int | None]] = defaultdict(set)
        for group in found.groups:
            premises[group.keys[0]].add(group.premises_id)
        return {key: len(ids - {None}) for key, ids in premises.items()}
    totals = dict.fromkeys((group.keys[0] for group in found.groups), 0)
    for keys, of_measure, value in _added(found):
        if of_measure == 0:
            totals[keys[0]] += value
    return totals


def _added(found: Found) -> Iterator[tuple[tuple[Key, ...], int, int]]:
    """Everything that is added up: keys, the measure's place, and how many."""
    places = {measure: place for place, measure in enumerate(found.breakdown.measures)}
    every = [(places[name], of) for name, of in _OF_EVERY_ENTRY.items() if name in places]
    for group in found.groups:
        for place, of in every:
            yield group.keys, place, of(group)
    for keys, measure, value in found.sums:
        yield keys, places[measure], value


def _gathered(found: Found, left_out: Set[Key]) -> Values:
    """Every number of every line: what is added up, and the distinct premises of each."""
    levels, many = len(found.breakdown.rows), len(found.breakdown.measures)

    def place(keys: tuple[Key, ...]) -> tuple[Path, Path]:
        row: Path = (Left.OUT,) if keys[0] in left_out else keys[:levels]
        return row, keys[levels:]

    leaves: Values = {place(group.keys): [0] * many for group in found.groups}
    for keys, measure, value in _added(found):
        leaves[place(keys)][measure] += value
    values: Values = {(TOTAL, TOTAL): [0] * many}
    up = _prefixes(row for row, _ in leaves)
    left = _prefixes(column for _, column in leaves)
    for (row, column), numbers in leaves.items():
        for line in product(up[row], left[column]):
            held = values.get(line)
            if held is None:
                values[line] = [*numbers]
            else:
                for measure, number in enumerate(numbers):
                    held[measure] += number
    if PREMISES in found.breakdown.measures:
        _count_premises(found, values, place)
    return values


def _count_premises(
    found: Found, values: Values, place: Callable[[tuple[Key, ...]], tuple[Path, Path]]
) -> None:
    premises: defaultdict[tuple[Path, Path], set[int]] = defaultdict(set)
    places = [place(group.keys) for group in found.groups]
    up = _prefixes(row for row, _ in places)
    left = _prefixes(column for _, column in places)
    for group, (row, column) in zip(found.groups, places, strict=True):
        if group.premises_id is not None:
            for line in product(up[row], left[column]):
                premises[line].add(group.premises_id)
    measure = found.breakdown.measures.index(PREMISES)
    for line, ids in premises.items():
        values[line][measure] = len(ids)


def _prefixes(paths: Iterable[Path]) -> Mapping[Path, list[Path]]:
    """Each path with the paths it counts in: its own, and those of its totals."""
    return {path: [path[:end] for end in range(len(path) + 1)] for path in set(paths)}


def _rows(values: Values, found: Found, order: Order, left_out: int) -> Iterator[Line]:
    inside = _inside(row for row, _ in values)
    for path in _ordered(inside, TOTAL, found.labels[0], order, values):
        yield _line(path, found.labels[0], left_out)
        if len(found.breakdown.rows) > 1 and path[0] is not Left.OUT:
            for part in _ordered(inside, path, found.labels[1], order, values):
                yield _line(part, found.labels[1])


def _columns(values: Values, found: Found) -> Iterator[Line]:
    levels = len(found.breakdown.rows)
    inside = _inside(column for _, column in values)
    for path in _ordered(inside, TOTAL, _labels(found, levels)):
        for part in _ordered(inside, path, _labels(found, levels + 1)):
            yield _line(part, _labels(found, levels + 1))
        yield _line(path, _labels(found, levels))
    yield Line(TOTAL, GRAND_TOTAL)


def _labels(found: Found, place: int) -> Mapping[Key, Label]:
    return found.labels[place] if place < len(found.labels) else {}


def _inside(paths: Iterable[Path]) -> Mapping[Path, set[Step]]:
    """Each path with the steps that lead on from it."""
    found: defaultdict[Path, set[Step]] = defaultdict(set)
    for path in set(paths):
        if path:
            found[path[:-1]].add(path[-1])
    return found


def _ordered(
    inside: Mapping[Path, set[Step]],
    path: Path,
    labels: Mapping[Key, Label],
    order: Order = Order.USUAL,
    values: Values | None = None,
) -> list[Path]:
    steps = inside.get(path, set())
    keys = [step for step in steps if not isinstance(step, Left)]

    def total(key: Key) -> int:
        return values[(*path, key), TOTAL][0] if values else 0

    ordered: list[Step] = [*in_order(keys, order, total, _usual(labels))]
    if Left.OUT in steps:
        ordered.insert(len(ordered) - (None in keys), Left.OUT)
    return [(*path, step) for step in ordered]


def _usual(labels: Mapping[Key, Label]) -> Callable[[Key], tuple[int, str, str]]:
    def rank(key: Key) -> tuple[int, str, str]:
        label = labels.get(key, Label(str(key)))
        return label.position, folded(label.text), str(key)

    return rank


def _line(path: Path, labels: Mapping[Key, Label], left_out: int = 0) -> Line:
    step = path[-1]
    if isinstance(step, Left):
        return Line(path, f"Others ({left_out:,})")
    return Line(path, BLANK if step is None else labels.get(step, Label(str(step))).text)


def _hours(found: Found) -> Hours:
    timed = sum(group.timed for group in found.groups)
    minutes = sum(group.minutes for group in found.groups)
    return Hours(timed, minutes, sum(group.entries for group in found.groups) - timed)

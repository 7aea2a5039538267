"""The shapes of a chart beside a table: bars, stacked bars, a line over time.

A chart shows the first measure of a breakdown by the first level of its rows. It is drawn narrow,
with each label above its bar, so that a phone shows it as large as paper does. Shades are numbers:
whoever draws gives each a pattern of its own, since colour alone tells nothing.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fieldlog.core.night import says_date
from fieldlog.core.question import DIMENSIONS, PREMISES
from fieldlog.tallies.spread import TOTAL, Line, Path, Spread

WIDTH = 360
LONGEST_BAR = 292
BAR, PITCH = 18, 48
MOST_BARS = 12
MOST_SHADES = 6
MOST_LINES = 4
HEIGHT = 232
LEFT, RIGHT, TOP, BOTTOM = 44, 12, 12, 32
OTHER_COLUMNS = "Other columns"

Amount = Callable[[int], str]
"""How a number of the measure is read: ``1,244``, ``£65.50``."""


class ChartKind(StrEnum):
    """How the numbers are drawn."""

    BARS = "bars"
    STACKED = "stacked"
    LINE = "line"


@dataclass(frozen=True)
class Bar:
    """A rectangle; its ``width`` says ``value``, its ``shade`` which series it belongs to."""

    x: float
    y: float
    width: float
    value: int
    shade: int = 0


@dataclass(frozen=True)
class Words:
    """Words at a place, beginning there (``start``), ending there (``end``) or about it."""

    x: float
    y: float
    text: str
    anchor: str = "start"
    strong: bool = False


@dataclass(frozen=True)
class Stroke:
    """A line through its ``points``, in the dashes of its ``shade``; each point says its value."""

    points: tuple[tuple[float, float], ...]
    values: tuple[int, ...]
    shade: int = 0


@dataclass(frozen=True)
class Chart:
    """Shapes on a ground of ``width`` by ``height``; ``says`` is the same in words.

    ``series`` names the shades in their order, empty where there is but one. ``left_out`` is how
    many rows of the table are not drawn.
    """

    kind: ChartKind
    title: str
    says: str
    height: float
    series: tuple[str, ...] = ()
    bars: tuple[Bar, ...] = ()
    strokes: tuple[Stroke, ...] = ()
    rules: tuple[float, ...] = ()
    words: tuple[Words, ...] = ()
    left_out: int = 0
    width: float = WIDTH


@dataclass(frozen=True)
class _Series:
    name: str
    columns: tuple[Path, ...]


def draw(spread: Spread, amount: Amount, asked: ChartKind | None = None) -> Chart | None:
    """Return the chart of ``spread``, of the kind ``asked`` for if it can be; None without rows.

    Distinct premises are never stacked: one premises may be in several columns.
    """
    rows = spread.first_rows()
    if not rows or not spread.value(TOTAL, TOTAL):
        return None
    kind = _kind(spread, asked)
    if kind is ChartKind.LINE:
        return _over_time(spread, amount)
    series = _stacked(spread) if kind is ChartKind.STACKED else [_Series("", (TOTAL,))]
    return _bars(spread, kind, series, amount)


def _kind(spread: Spread, asked: ChartKind | None) -> ChartKind:
    nights = spread.breakdown.rows[0] == "night" and len(_nights(spread)) > 1
    parts = len(spread.first_columns()) > 1 and spread.breakdown.measures[0] != PREMISES
    can = {ChartKind.BARS: True, ChartKind.STACKED: parts, ChartKind.LINE: nights}
    if asked and can[asked]:
        return asked
    return next(kind for kind in (ChartKind.LINE, ChartKind.STACKED, ChartKind.BARS) if can[kind])


def _stacked(spread: Spread) -> list[_Series]:
    columns = spread.first_columns()
    if len(columns) > MOST_SHADES:
        most = sorted(columns, key=lambda line: -spread.value(TOTAL, line.path))
        shown = [line for line in columns if line in most[: MOST_SHADES - 1]]
        rest = tuple(line.path for line in columns if line not in shown)
        return [*_one_each(shown), _Series(OTHER_COLUMNS, rest)]
    return _one_each(columns)


def _one_each(columns: Sequence[Line]) -> list[_Series]:
    return [_Series(line.text, (line.path,)) for line in columns]


def _value(spread: Spread, row: Path, series: _Series) -> int:
    return sum(spread.value(row, column) for column in series.columns)


def _bars(spread: Spread, kind: ChartKind, series: list[_Series], amount: Amount) -> Chart:
    every = spread.first_rows()
    rows = every[:MOST_BARS]
    longest = max(spread.value(row.path, TOTAL) for row in rows) or 1
    bars: list[Bar] = []
    words: list[Words] = []
    for place, row in enumerate(rows):
        y, x = place * PITCH + 20.0, 0.0
        total = spread.value(row.path, TOTAL)
        for shade, one in enumerate(series):
            value = _value(spread, row.path, one)
            width = value / longest * LONGEST_BAR
            if value:
                bars.append(Bar(round(x, 2), y, round(width, 2), value, shade))
            x += width
        words.append(Words(0, y - 6, _short(row.text)))
        words.append(Words(round(x + 6, 2), y + 14, amount(total), strong=True))
    return Chart(
        kind=kind,
        title=_title(spread),
        says=_says(spread, rows, amount),
        height=len(rows) * PITCH,
        series=tuple(one.name for one in series) if len(series) > 1 else (),
        bars=tuple(bars),
        words=tuple(words),
        left_out=len(every) - len(rows),
    )


def _short(text: str) -> str:
    return text if len(text) <= 44 else f"{text[:43].rstrip()}…"


def _title(spread: Spread) -> str:
    return f"{spread.measured[0].label} by {DIMENSIONS[spread.breakdown.rows[0]].lower()}"


def _says(spread: Spread, rows: Sequence[Line], amount: Amount) -> str:
    told = [f"{row.text} {amount(spread.value(row.path, TOTAL))}" for row in rows]
    return f"{', '.join(told)}. The table has every number."


def _nights(spread: Spread) -> list[tuple[date, Path]]:
    keys = [(line.path[0], line.path) for line in spread.first_rows()]
    return sorted((date.fromisoformat(key), path) for key, path in keys if isinstance(key, str))


def _over_time(spread: Spread, amount: Amount) -> Chart:
    nights = _nights(spread)
    columns = spread.first_columns()
    several = 1 < len(columns) <= MOST_LINES
    series = _one_each(columns) if several else [_Series("", (TOTAL,))]
    highest = _round_up(max(_value(spread, path, one) for _, path in nights for one in series))
    first, last = nights[0][0], nights[-1][0]

    def x(night: date) -> float:
        return round(LEFT + (night - first).days / (last - first).days * (WIDTH - LEFT - RIGHT), 2)

    def y(value: float) -> float:
        return round(HEIGHT - BOTTOM - value / highest * (HEIGHT - TOP - BOTTOM), 2)

    marks = [highest * part // 4 for part in range(5)]
    return Chart(
        kind=ChartKind.LINE,
        title=_title(spread),
        says=_course(spread, nights, amount),
        height=HEIGHT,
        series=tuple(one.name for one in series) if several else (),
        strokes=tuple(
            Stroke(
                tuple((x(night), y(_value(spread, path, one))) for night, path in nights),
                tuple(_value(spread, path, one) for _, path in nights),
                shade,
            )
            for shade, one in enumerate(series)
        ),
        rules=tuple(y(mark) for mark in marks),
        words=(
            *(Words(LEFT - 6, y(mark) + 5, amount(mark), "end") for mark in marks),
            *_dates(first, last),
        ),
        left_out=len(spread.first_rows()) - len(nights),
    )


def _dates(first: date, last: date) -> Iterator[Words]:
    yield Words(LEFT, HEIGHT - 8, f"{first.day} {first:%b %Y}")
    yield Words(WIDTH - RIGHT, HEIGHT - 8, f"{last.day} {last:%b %Y}", "end")


def _round_up(value: int) -> int:
    """The lowest whole number of fours, of forties, … that is not below: quarters stay whole."""
    unit = int(4 * 10 ** max(0, len(str(value)) - 2))
    return max(1, -(-value // unit)) * unit


def _course(spread: Spread, nights: list[tuple[date, Path]], amount: Amount) -> str:
    (first, first_path), (last, last_path) = nights[0], nights[-1]
    high, high_path = max(nights, key=lambda night: spread.value(night[1], TOTAL))
    return (
        f"{len(nights):,} nights, from {amount(spread.value(first_path, TOTAL))} on "
        f"{says_date(first)} to {amount(spread.value(last_path, TOTAL))} on {says_date(last)}; "
        f"the most, {amount(spread.value(high_path, TOTAL))}, on {says_date(high)}. "
        "The table has every number."
    )

"""A period's figures against those of another: difference and per cent, the base named each time.

No percentage is of nothing: where the other period counted none, it says *no base*.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from fieldlog.core.question import Filter
from fieldlog.tallies.headline import Figure, Headline
from fieldlog.tallies.hours import plain
from fieldlog.tallies.shares import NO_BASE, percent

MINUS = "−"


@dataclass(frozen=True)
class Change:
    """How a figure changed: what it was, the difference, and per cent of what it was.

    ``behind`` holds the entries of the figure that it was.
    """

    was: str
    difference: str
    percent: str
    behind: Filter | None


@dataclass(frozen=True)
class Compared:
    """A figure with its change against each of the other periods, ``None`` where there is none."""

    figure: Figure
    changes: tuple[Change | None, ...]


def compare(this: Headline, others: Sequence[Headline | None]) -> tuple[Compared, ...]:
    """Return every figure that any of the periods has, in the order of the headline.

    A headline leaves out some figures where there were none; here they are said as nought.
    """
    known = _figures([this, *(other for other in others if other)])
    mine = {figure.code: figure for figure in this.figures}
    return tuple(
        Compared(
            now := mine.get(code, _none_of(figure)),
            tuple(_change(now, _of(other, figure)) if other else None for other in others),
        )
        for code, figure in known.items()
    )


def _figures(headlines: Sequence[Headline]) -> dict[str, Figure]:
    """Each code with a figure of it; one that the first lacks stands after the one before it."""
    known: list[Figure] = []
    for one in headlines:
        place = 0
        for figure in one.figures:
            codes = [found.code for found in known]
            if figure.code in codes:
                place = codes.index(figure.code) + 1
            else:
                known.insert(place, figure)
                place += 1
    return {figure.code: figure for figure in known}


def _of(headline: Headline, figure: Figure) -> Figure:
    found = {one.code: one for one in headline.figures}
    return found.get(figure.code, _none_of(figure))


def _none_of(figure: Figure) -> Figure:
    nought = Decimal(0) if isinstance(figure.value, Decimal) else 0
    return replace(figure, value=nought, behind=None)


def _change(now: Figure, was: Figure) -> Change:
    return Change(
        was=was.text,
        difference=difference(now.value, was.value),
        percent=change_percent(now.value, was.value, was.unit),
        behind=was.behind,
    )


def difference(now: int | Decimal, was: int | Decimal) -> str:
    """Return ``+12``, ``−3``, ``0`` or, of hours, ``+1.25``."""
    gap = now - was
    size = plain(abs(gap)) if isinstance(gap, Decimal) else f"{abs(gap):,}"
    return f"{'+' if gap > 0 else MINUS}{size or '0'}" if gap else "0"


def change_percent(now: int | Decimal, was: int | Decimal, unit: str) -> str:
    """Return ``+30.0% of 40 visits``; ``no base: 0 visits`` where there were none."""
    if not was:
        return f"{NO_BASE}: 0 {unit}"
    size = percent(_hundredths(abs(Decimal(now) - Decimal(was))), _hundredths(was))
    sign = "" if now == was else "+" if now > was else MINUS
    base = plain(was) if isinstance(was, Decimal) else f"{was:,}"
    return f"{sign}{size} of {base} {_one(unit) if was == 1 else unit}"


def _hundredths(number: int | Decimal) -> int:
    """Hours have two decimals, so that a hundred of them are whole."""
    return int(number * 100)


def _one(unit: str) -> str:
    """The word for a single one of a unit; ``premises`` is both."""
    if unit == "people":
        return "person"
    return unit if unit == "premises" else unit.removesuffix("s")

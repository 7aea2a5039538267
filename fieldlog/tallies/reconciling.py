"""What would explain that a figure printed elsewhere is not ours, each candidate counted.

A published table once printed 81.25 hours over records that sum to 78.75, and 30 minutes for each
of the untimed ones would make 248.75. Every such guess is counted here, and none is asserted.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from fieldlog.core.question import Filter, Sums
from fieldlog.tallies.headline import HOURS, Figure, headline
from fieldlog.tallies.hours import in_hours, says_each
from fieldlog.tallies.kept_figures import ENTRIES

USUAL_ESTIMATES = (30, 15, 60)
_MINUTES = re.compile(r"(\d{1,3})\s*min", re.IGNORECASE)
_LONGEST = 24 * 60


@dataclass(frozen=True)
class Candidate:
    """One way to count that could be behind a printed figure.

    ``hundredths`` is what it would make. ``supposed`` marks one that fits by construction: so many
    entries at so many minutes is possible, and nobody has recorded which.
    """

    what: str
    hundredths: int
    supposed: bool = False


def value_of(sums: Sums, code: str) -> int:
    """Return a figure of ``sums`` in hundredths; 0 for a measure that nothing was counted of."""
    if code == ENTRIES:
        return sums.entries * 100
    if code == HOURS:
        return hundredths(in_hours(sums.minutes))
    if code == "visits":
        return sums.visits * 100
    if code == "premises":
        return sums.premises_visited * 100
    return sums.measures.get(code, 0) * 100


def figures() -> dict[str, str]:
    """Return code → label of every figure that can be compared with one that was printed."""
    everything = Sums(0, 0, 0, 0, 0, dict.fromkeys(_NOTICES, 1))
    return {ENTRIES: "Entries", **{one.code: one.label for one in _headline(everything)}}


_NOTICES = ("pcn", "pnd", "cpw", "cpn")
_MIXED_UP = (
    (ENTRIES, "visits", "premises"),
    ("spoken_to", "warned"),
    ("warned", "cpw"),
    ("fpn", *_NOTICES),
)


def _headline(sums: Sums) -> tuple[Figure, ...]:
    return headline(sums, Filter()).figures


def hundredths(value: Decimal) -> int:
    """Return a number with two decimals at most as a whole number of hundredths."""
    return int((value * 100).to_integral_value())


def says(value: int) -> str:
    """Return hundredths as people write them: ``81.25``, ``1,069``."""
    whole, part = divmod(abs(value), 100)
    text = f"{whole:,}" if not part else f"{whole:,}.{f'{part:02}'.rstrip('0')}"
    return f"−{text}" if value < 0 else text


def estimates(sums: Sums, printed: int, words: str) -> Iterator[Candidate]:
    """Yield what hours would be with untimed entries estimated, all of them and some.

    The minutes are those that ``words`` name, as papers print "30 mins est", and the usual ones.
    """
    untimed = sums.entries - sums.timed
    if not untimed:
        return
    missing = Decimal(printed - value_of(sums, HOURS)) * 60 / 100
    for each in _minutes_each(words):
        entries = f"{untimed:,} entries without a time" if untimed > 1 else "entry without a time"
        total = in_hours(sums.minutes + untimed * each)
        yield Candidate(f"With the {entries} estimated at {says_each(each)}", hundredths(total))
        some = missing / each
        if some == some.to_integral_value() and 0 < some < untimed:
            yield Candidate(
                f"With {int(some):,} of the {entries} counted at {says_each(each)}",
                printed,
                supposed=True,
            )


def _minutes_each(words: str) -> Iterable[int]:
    named = [int(found) for found in _MINUTES.findall(words)]
    return dict.fromkeys(each for each in (*named, *USUAL_ESTIMATES) if 0 < each <= _LONGEST)


def other_figures(sums: Sums, code: str) -> Iterator[Candidate]:
    """Yield the figures of the same entries that papers mix up with one: another base, or notice.

    One that nothing was counted of explains nothing.
    """
    labels = figures()
    for family in _MIXED_UP:
        for other in family if code in family else ():
            value = value_of(sums, other)
            if other != code and value:
                yield Candidate(f"{labels[other]} of the same entries", value)


def ordered(
    candidates: Iterable[Candidate], printed: int, own: int
) -> tuple[tuple[Candidate, ...], tuple[Candidate, ...]]:
    """Return the candidates that give the printed figure, and those that come nearer to it.

    What is computed stands before what is only supposed; what makes no difference is left out.
    """
    found = list(dict.fromkeys(one for one in candidates if one.hundredths != own))
    fitting = sorted(
        (one for one in found if one.hundredths == printed), key=lambda one: one.supposed
    )
    others = sorted(
        (one for one in found if one.hundredths != printed),
        key=lambda one: abs(one.hundredths - printed),
    )
    return tuple(fitting), tuple(others)

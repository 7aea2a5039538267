"""The sentences that a committee paper prints for a night or a period, from its headline figures.

Zeros are said as zeros: a night without an arrest is news too.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from fieldlog.core.question import PREMISES, VISITS
from fieldlog.tallies.headline import Headline

_NOTICES = {
    "fpn": ("fixed penalty notice", "fixed penalty notices"),
    "pcn": ("penalty charge notice", "penalty charge notices"),
    "pnd": ("penalty notice for disorder", "penalty notices for disorder"),
    "cpw": ("community protection warning", "community protection warnings"),
    "cpn": ("community protection notice", "community protection notices"),
}
_PEOPLE = ("person", "people")


def paragraph(headline: Headline, period: str) -> str:
    """Return the sentences for ``period``, which is words like ``Op Dial, night of Friday …``."""
    return " ".join(sentences(headline, period))


def sentences(
    headline: Headline, period: str, hidden: Collection[str] = (), shorthand: str = ""
) -> tuple[str, ...]:
    """Return the sentences one by one, with ``shorthand`` for the figures whose code is ``hidden``.

    FPNs, PCNs, PNDs, CPWs and CPNs stand by themselves and are never added together. A closure is
    said without a law here: ``closures_said`` says what the entries know of that.
    """
    number = {figure.code: int(figure.value) for figure in headline.figures}

    def many(code: str, one: str, more: str) -> str:
        if code in hidden:
            return f"{shorthand} {more}"
        return f"{number[code]:,} {one if number[code] == 1 else more}"

    notices = [many(code, *words) for code, words in _NOTICES.items() if code in number]
    were = "was" if len(notices) == 1 and notices[0].startswith("1 ") else "were"
    premises = shorthand if PREMISES in hidden else f"{number[PREMISES]:,}"
    visits = many(VISITS, "visit was", "visits were")
    spoken_to, warned = many("spoken_to", "person was", "people were"), many("warned", *_PEOPLE)
    arrests = many("arrests", "arrest was", "arrests were")
    closed = many("closures", "premises was", "premises were")
    return (
        f"{period}: {visits} made to {premises} premises.",
        f"{spoken_to} spoken to and {warned} warned.",
        f"{_listed([*notices[:-1], f'{notices[-1]} {were}'])} issued.",
        f"{arrests} made and {closed} closed.",
    )


@dataclass(frozen=True)
class Closed:
    """How many premises were closed under a provision: Act and section, empty where none is named.

    Closing a venue for disorder is section 76 of the Anti-social Behaviour, Crime and Policing Act
    2014; there were others.
    """

    provision: str
    many: int


def closures_said(closed: Sequence[Closed]) -> str:
    """Return the sentence that says under which law premises were closed; empty without closures.

    What no entry names is said to be unnamed: an Act is never guessed.
    """
    if not closed:
        return ""
    if not any(one.provision for one in closed):
        return "No entry names the law of a closure."
    parts = [f"{one.many:,} under {one.provision or 'a law that no entry names'}" for one in closed]
    return f"Closures: {_listed(parts)}."


def _listed(parts: list[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)

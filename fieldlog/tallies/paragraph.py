"""The sentences that a committee paper prints for a night or a period, from its headline figures.

Zeros are said as zeros: a night without an arrest is news too.
"""

from fieldlog.core.question import PREMISES
from fieldlog.tallies.headline import VISITS, Headline

_NOTICES = {
    "fpn": ("fixed penalty notice", "fixed penalty notices"),
    "pcn": ("penalty charge notice", "penalty charge notices"),
    "pnd": ("penalty notice for disorder", "penalty notices for disorder"),
    "cpw": ("community protection warning", "community protection warnings"),
    "cpn": ("community protection notice", "community protection notices"),
}


def paragraph(headline: Headline, period: str) -> str:
    """Return the sentences for ``period``, which is words like ``Op Dial, night of Friday …``.

    FPNs, PCNs, PNDs, CPWs and CPNs stand by themselves and are never added together. A closure is
    said without a law: the entries say which (section 76 of the Anti-social Behaviour, Crime and
    Policing Act 2014 for disorder; there were others).
    """
    number = {figure.code: int(figure.value) for figure in headline.figures}
    visits = _many(number[VISITS], "visit was", "visits were")
    spoken_to = _many(number["spoken_to"], "person was", "people were")
    warned = _many(number["warned"], "person", "people")
    arrests = _many(number["arrests"], "arrest was", "arrests were")
    closed = _many(number["closures"], "premises was", "premises were")
    sentences = (
        f"{period}: {visits} made to {number[PREMISES]:,} premises.",
        f"{spoken_to} spoken to and {warned} warned.",
        f"{_listed(_issued(number))} issued.",
        f"{arrests} made and {closed} closed.",
    )
    return " ".join(sentences)


def _issued(number: dict[str, int]) -> list[str]:
    parts = [_many(number[code], *words) for code, words in _NOTICES.items() if code in number]
    verb = "was" if len(parts) == 1 and number["fpn"] == 1 else "were"
    return [*parts[:-1], f"{parts[-1]} {verb}"]


def _listed(parts: list[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def _many(number: int, one: str, more: str) -> str:
    return f"{number:,} {one if number == 1 else more}"

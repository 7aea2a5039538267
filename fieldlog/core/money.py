"""Money as it is typed and as it is kept: pounds and pence in, whole pence out."""

import re

POUNDS_AND_PENCE = "The amount must be pounds and pence, like 100 or 65.50."

_WRITTEN = re.compile(
    r"£? ?(?P<pounds>\d{1,9}|\d{1,3}(?:,\d{3}){1,2})(?:\.(?P<pence>\d\d))?", re.ASCII
)


def parse_pounds(text: str) -> int | None:
    """Return pence: 10000 for ``100``, ``£100`` and ``100.00``, 6550 for ``65.50``; None if blank.

    Raises ValueError for anything else. ``65.5`` is among it: it may be 65.05 or 65.50.
    """
    plain = text.strip()
    if not plain:
        return None
    found = _WRITTEN.fullmatch(plain)
    if found is None:
        raise ValueError(POUNDS_AND_PENCE)
    return int(found["pounds"].replace(",", "")) * 100 + int(found["pence"] or 0)


def plain_pounds(pence: int) -> str:
    """Return an amount of at least 0 pence as one types it: ``1,000``, ``65.50``."""
    whole, rest = divmod(pence, 100)
    return f"{whole:,}.{rest:02}" if rest else f"{whole:,}"

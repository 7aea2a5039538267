"""Write a tally with several levels and measures as CSV, for Excel or, raw, for programs."""

from fieldlog.tallies.spread import Spread
from fieldlog.workbook.spread_csv import spread_csv


def spread_as_csv(spread: Spread, *, raw: bool = False) -> bytes:
    """Return a breakdown as the bytes of a CSV file in UTF-8, made safe unless it is ``raw``."""
    return spread_csv(spread, raw=raw).encode("utf-8", "replace")

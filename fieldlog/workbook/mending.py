"""Put right what openpyxl writes in another order than the Open XML schema asks for.

Microsoft's validator finds one error in every file of openpyxl: inside ``font`` the elements stand
in an order of openpyxl's own; and one in every pivot: a relation that the schema has no place for.
Excel forgives it; a strict reader need not.
"""

import re
from collections.abc import Sequence
from xml.sax.saxutils import quoteattr

STYLES = "xl/styles.xml"
DRAWINGS = "xl/drawings/drawing"
PIVOTS = "xl/pivotTables/pivotTable"

_FONT = re.compile(rb"(<font>)(.*?)(</font>)", re.DOTALL)
_RELATION = re.compile(rb'( xmlns:r="[^"]*")?( r:id="[^"]*")')
_CHART = re.compile(rb'(<(?:xdr:)?cNvPr id="\d+" name="Chart \d+")( ?/>)')
_PART = re.compile(rb"<(\w+)[^>]*/>")
_ORDER = (
    b"b", b"i", b"strike", b"condense", b"extend", b"outline", b"shadow", b"u", b"vertAlign",
    b"sz", b"color", b"name", b"family", b"charset", b"scheme",
)  # fmt: skip
"""CT_Font of ECMA-376 part 1, 18.8.22, as the Open XML SDK reads it."""


def mended(part: str, content: bytes, charts: Sequence[str] = ()) -> bytes:
    """Return the ``content`` of a part of the package as the schema wants it.

    ``charts`` is what the charts of a drawing show: openpyxl has no place for it.
    """
    if part == STYLES:
        return _FONT.sub(_in_order, content)
    if part.startswith(PIVOTS):
        return _RELATION.sub(b"", content)
    if part.startswith(DRAWINGS):
        waiting = iter(charts)
        return _CHART.sub(lambda found: _described(found, next(waiting, "")), content)
    return content


def _described(found: re.Match[bytes], words: str) -> bytes:
    return b"%b descr=%b%b" % (found[1], quoteattr(words).encode(), found[2])


def _in_order(font: re.Match[bytes]) -> bytes:
    found = list(_PART.finditer(font[2]))
    found.sort(key=lambda element: _ORDER.index(element[1]))
    return font[1] + b"".join(element[0] for element in found) + font[3]

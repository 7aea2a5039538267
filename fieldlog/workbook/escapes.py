"""Characters that XML cannot carry, written as Office Open XML writes them: ``_x0007_``.

ECMA-376 part 1, 22.9.2.19 (ST_Xstring): a character that XML 1.0 cannot represent is written as
``_xHHHH_``; where somebody typed those very characters, the first underscore is escaped as
``_x005F_``. A carriage return is among them, because XML readers turn it into a line feed.
"""

import re

_ODD = "\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff"
_ODD_CHARACTER = re.compile(f"[{_ODD}]")
_TYPED_LIKE_ONE = re.compile(f"_(?=x[0-9A-Fa-f]{{4}}[_{_ODD}])")
_NEEDS_CARE = re.compile(f"[{_ODD}]|_x")
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")


def escaped(text: str) -> str:
    """Return ``text`` as a workbook must hold it so that its reader sees what was typed."""
    if not _NEEDS_CARE.search(text):
        return text
    text = _TYPED_LIKE_ONE.sub("_x005F_", text)
    return _ODD_CHARACTER.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def unescaped(text: str) -> str:
    """Return the text that a workbook's cell stands for: the reverse of ``escaped``."""
    if "_x" not in text:
        return text
    plain = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    # Two halves of one character may have been written one after the other.
    return plain.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")

"""How two spellings of one name are found to be the same."""

import unicodedata


def folded(name: str) -> str:
    """Return ``name`` without case, extra spaces or width variants, for matching only.

    "The  LAMP " and "the lamp" are one premises; the first spelling is the one shown.
    """
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())

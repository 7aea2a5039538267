"""Which parts of a printed sum are hidden, so that no small one of them can be worked out."""

from collections.abc import Sequence

LEAST, MOST = 1, 4
"""A number from ``LEAST`` to ``MOST`` may tell who somebody is."""


def is_small(value: int) -> bool:
    """Tell whether a number by itself may tell who somebody is."""
    return LEAST <= value <= MOST


def hidden_parts(values: Sequence[int], blank: int | None = None) -> frozenset[int] | None:
    """Return the places of the parts to hide where their sum is printed; None if it must not be.

    Two at least are hidden, and not only ones: with their sum and none below one they would be
    known. ``blank`` is the place of what nobody recorded, where it is a figure of its own how many
    records the others have together: if these are few it is hidden too, or the sum gives them away.
    """
    if is_small(sum(values)):
        return None
    hidden = {place for place, value in enumerate(values) if is_small(value)}
    if blank is not None and is_small(sum(values) - values[blank]):
        hidden.add(blank)
    others = sorted((value, place) for place, value in enumerate(values) if value > MOST)
    while hidden and (len(hidden) < 2 or all(values[place] == 1 for place in hidden)):
        if not others:
            return None
        hidden.add(others.pop(0)[1])
    return frozenset(hidden)

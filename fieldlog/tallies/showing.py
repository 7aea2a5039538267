"""Which rows of a breakdown stand by themselves and in which order; the rest go into one line."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum

from fieldlog.core.question import Key


class Order(StrEnum):
    """In which order rows stand: of their dimension, of their totals, and both the other way."""

    USUAL = "usual"
    BACK = "back"
    MOST = "most"
    LEAST = "least"


@dataclass(frozen=True)
class Showing:
    """``top`` shows that many rows of the first level, those with the most of the first measure.

    ``only`` names the keys of the first level to choose from; empty means all. What is left out is
    one line, *Others*, so that totals still add up. What nobody recorded always stands by itself.
    """

    order: Order = Order.USUAL
    top: int | None = None
    only: tuple[Key, ...] = ()


EVERYTHING = Showing()

Rank = Callable[[Key], tuple[object, ...]]


def by_themselves(
    keys: Collection[Key], showing: Showing, total: Callable[[Key], int], usual: Rank
) -> set[Key]:
    """Return those of the ``keys`` of the first level that stand by themselves, blanks left out.

    ``total`` is a key's total of the first measure; those with the same stand in ``usual`` order.
    """
    named = [key for key in keys if key is not None]
    if showing.only:
        named = [key for key in named if key in showing.only]
    if showing.top is not None:
        named.sort(key=lambda key: (-total(key), usual(key)))
        named = named[: showing.top]
    return set(named)


def in_order(
    keys: Collection[Key], order: Order, total: Callable[[Key], int], usual: Rank
) -> list[Key]:
    """Return the ``keys`` in the order that is asked for, what nobody recorded last."""
    named = sorted((key for key in keys if key is not None), key=usual)
    if order is Order.BACK:
        named.reverse()
    elif order is not Order.USUAL:
        sign = -1 if order is Order.MOST else 1
        named.sort(key=lambda key: sign * total(key))
    return [*named, *(key for key in keys if key is None)]

"""The form that lays a tally out: levels, measures, order, what is shown, percentages, chart."""

from collections.abc import Mapping
from dataclasses import dataclass

from fieldlog.tallies.chart import ChartKind
from fieldlog.tallies.shares import Share
from fieldlog.tallies.showing import Order
from fieldlog.tallies.spread import Spread
from fieldlog.web.asking import NO_CHART, NO_COLUMNS, Asked
from fieldlog.web.filters import MOST_VALUES, key_text

Choices = list[tuple[str, str]]

ORDERS: Choices = [
    ("", "As usual"),
    (Order.BACK.value, "The other way round"),
    (Order.MOST.value, "Most first"),
    (Order.LEAST.value, "Fewest first"),
]
SHARES: Choices = [
    ("", "None"),
    (Share.ROW.value, "Of the row"),
    (Share.COLUMN.value, "Of the column"),
    (Share.TOTAL.value, "Of the total"),
]
CHARTS: Choices = [
    ("", "What suits"),
    (ChartKind.BARS.value, "Bars"),
    (ChartKind.STACKED.value, "Stacked bars"),
    (ChartKind.LINE.value, "Line over time"),
    (NO_CHART, "No chart"),
]


@dataclass(frozen=True)
class Tick:
    """A box to tick: what it sends, its words, and whether it is ticked."""

    value: str
    label: str
    ticked: bool


@dataclass(frozen=True)
class LayoutForm:
    """What the form offers, and in ``chosen`` what is chosen of each drop-down.

    ``open`` says that something is chosen of what is folded away. ``only`` is empty where there
    are too many rows to choose from by hand.
    """

    rows: Choices
    columns: Choices
    inner: Choices
    measures: Choices
    also: list[Tick]
    only: list[Tick]
    chosen: Mapping[str, str]
    open: bool


def layout_form(
    asked: Asked,
    dimensions: Mapping[str, str],
    measures: Mapping[str, str],
    spread: Spread | None,
) -> LayoutForm:
    """Return the form with ``asked`` chosen in it; ``spread`` is the table whose rows it offers."""
    breakdown, showing = asked.breakdown, asked.showing
    every = list(dimensions.items())
    chosen = {
        "rows": breakdown.rows[0],
        "then_rows": "".join(breakdown.rows[1:]),
        "columns": breakdown.columns[0] if breakdown.columns else NO_COLUMNS,
        "then_columns": "".join(breakdown.columns[1:]),
        "measure": breakdown.measures[0],
        "order": showing.order.value if showing.order is not Order.USUAL else "",
        "top": str(showing.top or ""),
        "share": asked.share.value if asked.share else "",
        "chart": (asked.chart.value if asked.chart else "") if asked.drawn else NO_CHART,
        "each": str(asked.each or ""),
    }
    folded_away = ("then_rows", "then_columns", "order", "top", "share", "chart", "each")
    also = breakdown.measures[1:]
    return LayoutForm(
        rows=every,
        columns=[*every, (NO_COLUMNS, "No columns")],
        inner=[("", "Nothing more"), *every],
        measures=list(measures.items()),
        also=[Tick(code, label, code in also) for code, label in measures.items()],
        only=_only(asked, spread),
        chosen=chosen,
        open=bool(also or showing.only or any(chosen[name] for name in folded_away)),
    )


def _only(asked: Asked, spread: Spread | None) -> list[Tick]:
    offered = spread.every_first if spread else ()
    if len(offered) > MOST_VALUES:
        return []
    return [Tick(key_text(key), text, key in asked.showing.only) for key, text in offered]

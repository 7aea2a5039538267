"""The tables that the papers print, each an address over the filter that is chosen now."""

from fieldlog.core.question import PREMISES, VISITS
from fieldlog.core.words import EntryKind, Role
from fieldlog.tallies.shares import Share
from fieldlog.tallies.showing import Order
from fieldlog.web.asking import NO_COLUMNS
from fieldlog.web.filters import NAMES_PEOPLE, Query

PRESETS: tuple[tuple[str, Query], ...] = (
    ("Action × time", {"rows": "action", "columns": "time"}),
    (
        "Night headline",
        {
            "rows": "night",
            "columns": NO_COLUMNS,
            "measure": PREMISES,
            "also": [VISITS, "spoken_to", "warned", "fpn", "arrests", "closures"],
        },
    ),
    (
        "Enforcement by order",
        {
            "rows": "law",
            "then_rows": "prohibition",
            "columns": NO_COLUMNS,
            "measure": "fpn",
            "also": ["warned", "cpw", "cpn", "arrests"],
        },
    ),
    ("Ward × action", {"rows": "ward", "columns": "action"}),
    ("Agency × action", {"rows": "agency", "columns": "action"}),
    ("Hour of night × kind", {"rows": "hour", "columns": "kind"}),
    (
        "Premises with most visits",
        {
            "rows": "premises",
            "columns": NO_COLUMNS,
            "measure": VISITS,
            "also": ["spoken_to", "warned"],
            "order": Order.MOST.value,
            "top": "20",
            "kind": EntryKind.PREMISES_VISIT.value,
        },
    ),
    (
        "Test purchases",
        {
            "rows": "product",
            "columns": "result",
            "share": Share.ROW.value,
            "kind": EntryKind.TEST_PURCHASE.value,
        },
    ),
    (
        "Doorstep events",
        {
            "rows": "night",
            "columns": NO_COLUMNS,
            "measure": "doors_knocked",
            "also": ["spoken_to", "entries"],
            "operation_kind": "doorstep_event",
        },
    ),
)


def presets_for(role: Role) -> list[tuple[str, Query]]:
    """Return label and parameters of each usual table, as the role may see it.

    A level that a viewer may not see is left out, the table stays.
    """
    hidden = NAMES_PEOPLE if role is Role.VIEWER else frozenset()
    return [
        (
            label,
            {
                name: value
                for name, value in query.items()
                if not (isinstance(value, str) and value in hidden)
            },
        )
        for label, query in PRESETS
    ]

"""Everything that a filter can choose from: each key of a dimension that the lists know."""

from fieldlog.core.question import Key, Label
from fieldlog.core.words import EntryKind, FourE, PurchaseResult
from fieldlog.store.connection import Database
from fieldlog.store.counting import labels

LISTED = {
    "action": "SELECT code FROM actions",
    "premises_type": "SELECT code FROM list_items WHERE list = 'premises_type'",
    "ward": "SELECT id FROM wards",
    "officer": "SELECT id FROM officers",
    "agency": "SELECT id FROM agencies",
    "deployment": "SELECT id FROM deployments",
    "operation": "SELECT id FROM operations",
    "law": "SELECT code FROM laws",
    "product": "SELECT code FROM list_items WHERE list = 'product'",
    "operation_kind": "SELECT code FROM list_items WHERE list = 'operation_kind'",
}
"""Dimension code → the keys that people can add to."""

_FIXED: dict[str, set[Key]] = {
    "kind": {kind.value for kind in EntryKind},
    "four_e": {stage.value for stage in FourE},
    "hour": set(range(24)),
    "result": {result.value for result in PurchaseResult},
}


def every_label(db: Database, dimension: str) -> dict[Key, Label]:
    """Return a label for each key of ``dimension`` that may be chosen, retired ones too.

    Raises KeyError for dimensions without a list: premises, time and night.
    """
    if dimension in _FIXED:
        return labels(db, dimension, _FIXED[dimension])
    return labels(db, dimension, {row[0] for row in db.execute(LISTED[dimension])})

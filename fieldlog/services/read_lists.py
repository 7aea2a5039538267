"""Read the editable lists that forms offer and rules check: actions, measures, laws and others."""

from fieldlog.core.lists import Lists
from fieldlog.store.connection import Database
from fieldlog.store.lists import load_lists


def read_lists(db: Database) -> Lists:
    """Return every list with every line ever used; ``core.lists.usable`` picks those of a night."""
    return load_lists(db)

"""Find the premises inside a hotspot, by their grid references."""

from fieldlog.core.hotspot import Hotspot
from fieldlog.core.national_grid import NoPlace, read_reference
from fieldlog.store import register
from fieldlog.store.connection import Database
from fieldlog.store.premises import Premises


def premises_inside(db: Database, hotspot: Hotspot) -> list[Premises]:
    """Return the premises whose reference names a place in the hotspot, by name.

    A reference is its south-west corner; premises without one are nowhere.
    """
    found = [one for one in register.every_premises(db) if _is_inside(one, hotspot)]
    return sorted(found, key=lambda one: (one.name.casefold(), one.id))


def _is_inside(premises: Premises, hotspot: Hotspot) -> bool:
    if not premises.grid_reference:
        return False
    try:
        return hotspot.holds(read_reference(premises.grid_reference).corner)
    except NoPlace:
        return False

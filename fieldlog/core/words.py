"""The fixed words of the field: kinds, stages, capacities, roles and markings, with their labels.

What a council may edit (actions, measures, laws, wards) is data in the store, not here.
"""

from enum import StrEnum


class Labelled(StrEnum):
    """A code kept in the database together with the words shown for it."""

    label: str

    def __new__(cls, code: str, label: str = "") -> "Labelled":
        """Make a member whose value is ``code`` and whose ``label`` is shown on screen."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        return member


class EntryKind(Labelled):
    """What sort of thing was done: one row of the officers' spreadsheet."""

    PREMISES_VISIT = "premises_visit", "Premises visit"
    ENCOUNTER = "encounter", "Encounter"
    PATROL_NOTE = "patrol_note", "Patrol note"
    NOTICE = "notice", "Notice"
    ARREST = "arrest", "Arrest"
    TEST_PURCHASE = "test_purchase", "Test purchase"
    REFERRAL = "referral", "Referral"
    OTHER = "other", "Other"


class FourE(Labelled):
    """The four Es of policing by consent; marshals stop at the third."""

    ENGAGE = "engage", "Engage"
    EXPLAIN = "explain", "Explain"
    ENCOURAGE = "encourage", "Encourage"
    ENFORCE = "enforce", "Enforce"


class Capacity(Labelled):
    """How the officer took part; only ``OWN`` counts as that officer's notice or arrest."""

    OWN = "own", "My own"
    WITNESSED = "witnessed", "Witnessed"
    REFERRED = "referred", "Referred"
    JOINT = "joint", "Joint visit"


class Role(Labelled):
    """What a signed-in person may open."""

    OFFICER = "officer", "Officer"
    COORDINATOR = "coordinator", "Coordinator"
    ADMINISTRATOR = "administrator", "Administrator"
    VIEWER = "viewer", "Viewer"


class Marking(Labelled):
    """Government security classification; an export carries the highest inside it."""

    OFFICIAL = "official", "OFFICIAL"
    OFFICIAL_SENSITIVE = "official_sensitive", "OFFICIAL-SENSITIVE"


class CountsAs(Labelled):
    """What an action taken says about the contact with the premises."""

    VISIT = "visit", "A visit"
    CONTACT = "contact", "A contact (telephone, letter or e-mail)"
    NEITHER = "neither", "Neither"


class Unit(Labelled):
    """What the value of a measure is a number of."""

    COUNT = "count", "Number"
    PENCE = "pence", "Pence"
    GRAMS = "grams", "Grams"


class PurchaseResult(Labelled):
    """How a test purchase ended."""

    SOLD = "sold", "Sold"
    REFUSED = "refused", "Refused"


def highest(markings: "list[Marking]") -> Marking:
    """Return the highest of ``markings``; OFFICIAL where there are none."""
    if Marking.OFFICIAL_SENSITIVE in markings:
        return Marking.OFFICIAL_SENSITIVE
    return Marking.OFFICIAL

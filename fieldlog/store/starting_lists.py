"""The editable lists as a new database holds them: dated data, not constants of the program.

Sources: the marshals' list of actions as their published table spells it; notices from the Acts and
sections named in each provision. Amounts are pence.
"""

from sqlite_utils import Database

from fieldlog.core.folding import folded

ALWAYS = "2000-01-01"

ACTIONS = (
    ("advice_given", "Advice given", "neither"),
    ("no_further_action", "No further action", "neither"),
    ("visit", "Visit subject premises", "visit"),
    ("phone_call", "Phone call to subject premises", "contact"),
    ("email", "Email to subject premises", "contact"),
    ("letter", "Letter sent to subject premises", "contact"),
    ("formal_action", "Formal Action", "neither"),
)

MEASURES = (
    ("spoken_to", "People spoken to", "one more person spoken to", "count", 1),
    ("warned", "People warned", "one more person warned", "count", 1),
    ("arrests", "Arrests", "one more arrest", "count", 1),
    ("fpn", "Fixed penalty notices (FPN)", "one more FPN", "count", 1),
    ("pcn", "Penalty charge notices (PCN)", "one more PCN", "count", 1),
    ("pnd", "Penalty notices for disorder (PND)", "one more PND", "count", 1),
    ("cpw", "Community protection warnings (CPW)", "one more CPW", "count", 1),
    ("cpn", "Community protection notices (CPN)", "one more CPN", "count", 1),
    ("closures", "Premises closed", "one more premises closed", "count", 1),
    ("masks", "Masks given out", "ten more masks given out", "count", 10),
    ("moved_on", "People moved on", "one more person moved on", "count", 1),
    ("helped_home", "People helped home", "one more person helped home", "count", 1),
    ("doors_knocked", "Doors knocked", "one more door knocked", "count", 1),
    ("weapons", "Weapons seized", "one more weapon seized", "count", 1),
    ("cash_pence", "Cash seized", "one more pound seized", "pence", 100),
    ("drugs_grams", "Drugs seized", "one more gram seized", "grams", 1),
)

LAWS = (
    (
        "pspo",
        "PSPO breach",
        "Anti-social Behaviour, Crime and Policing Act 2014, s.67 and s.68",
        "fpn",
        10_000,
        10_000,
        ALWAYS,
        None,
    ),
    (
        "cpn_breach",
        "CPN breach",
        "Anti-social Behaviour, Crime and Policing Act 2014, s.48 and s.52",
        "fpn",
        10_000,
        10_000,
        ALWAYS,
        None,
    ),
    (
        "litter",
        "Litter",
        "Environmental Protection Act 1990, s.87 and s.88",
        "fpn",
        10_000,
        50_000,
        ALWAYS,
        None,
    ),
    (
        "graffiti",
        "Graffiti or fly-posting",
        "Anti-social Behaviour Act 2003, s.43",
        "fpn",
        None,
        50_000,
        ALWAYS,
        None,
    ),
    (
        "fly_tipping",
        "Fly-tipping",
        "Environmental Protection Act 1990, s.33ZA",
        "fpn",
        None,
        100_000,
        ALWAYS,
        None,
    ),
    (
        "duty_of_care",
        "Household duty of care",
        "Environmental Protection Act 1990, s.34ZA",
        "fpn",
        None,
        60_000,
        ALWAYS,
        None,
    ),
    (
        "covid_individual",
        "Covid, individual",
        "SI 2020/1374",
        "fpn",
        20_000,
        1_000_000,
        "2020-12-02",
        "2021-07-18",
    ),
    (
        "covid_business",
        "Covid, business",
        "SI 2020/1103",
        "fpn",
        100_000,
        1_000_000,
        "2020-09-28",
        "2021-07-18",
    ),
    (
        "cpw",
        "Community protection warning",
        "Anti-social Behaviour, Crime and Policing Act 2014, s.43(5)",
        "cpw",
        None,
        None,
        ALWAYS,
        None,
    ),
    (
        "cpn",
        "Community protection notice",
        "Anti-social Behaviour, Crime and Policing Act 2014, s.43",
        "cpn",
        None,
        None,
        ALWAYS,
        None,
    ),
    (
        "parking",
        "Parking or bus lane (PCN)",
        "Traffic Management Act 2004, part 6",
        "pcn",
        None,
        16_000,
        ALWAYS,
        None,
    ),
    (
        "disorder",
        "Disorder (PND)",
        "Criminal Justice and Police Act 2001, s.1 and s.2",
        "pnd",
        9_000,
        9_000,
        ALWAYS,
        None,
    ),
)

CLOSING_LAWS = (
    (
        "closure_notice",
        "Closure notice",
        "Anti-social Behaviour, Crime and Policing Act 2014, s.76",
        "closures",
        None,
        None,
        "2014-10-20",
        None,
    ),
    (
        "covid_direction",
        "Covid direction to close",
        "SI 2020/750, reg. 4",
        "closures",
        None,
        None,
        "2020-07-18",
        "2022-02-23",
    ),
)
"""Under which law premises are closed. Section 161 of the Licensing Act 2003 was repealed in 2014;
directions about single premises were given under the third Coronavirus regulations of 2020."""

LAW_COLUMNS = (
    "code",
    "label",
    "provision",
    "measure",
    "usual_pence",
    "highest_pence",
    "valid_from",
    "valid_to",
)

LISTS = {
    "operation_kind": (
        "Night of action",
        "Day of action",
        "Hotspot patrol",
        "Routine patrol",
        "Test purchase",
        "Taxi stop-check",
        "Doorstep event",
        "Other",
    ),
    "premises_type": (
        "Public house",
        "Bar",
        "Night club",
        "Restaurant",
        "Takeaway",
        "Off licence",
        "Shop",
        "Hotel",
        "Other",
    ),
    "product": ("Alcohol", "Vape", "Knife", "Room"),
    "post": (
        "Marshal or warden",
        "Police constable",
        "PCSO",
        "Licensing officer",
        "Enforcement officer",
        "Partner",
    ),
}

POWERS = {
    "police_constable": ("notice", "arrest", "enforce"),
    "pcso": ("notice", "enforce"),
    "licensing_officer": ("notice", "enforce"),
    "enforcement_officer": ("notice", "enforce"),
}
"""Post → powers it may record the use of as its own: a kind of entry, or the fourth E.

A marshal without delegated powers may not issue an FPN; an arrest needs a constable."""


def add_closing_laws(db: Database) -> None:
    """Add the laws of closures to the list, after those that are there."""
    (last,) = db.execute("SELECT coalesce(max(position), 0) FROM laws").fetchone()
    db.table("laws").insert_all(
        {**dict(zip(LAW_COLUMNS, law, strict=True)), "position": position}
        for position, law in enumerate(CLOSING_LAWS, last + 1)
    )


def fill_starting_lists(db: Database) -> None:
    """Insert the starting lists into empty list tables."""
    db.table("actions").insert_all(
        {
            "code": code,
            "label": label,
            "folded_label": folded(label),
            "counts_as": counts_as,
            "position": position,
            "valid_from": ALWAYS,
        }
        for position, (code, label, counts_as) in enumerate(ACTIONS, 1)
    )
    db.table("measures").insert_all(
        {
            "code": code,
            "label": label,
            "one_more": one_more,
            "unit": unit,
            "position": position,
            "step": step,
            "valid_from": ALWAYS,
        }
        for position, (code, label, one_more, unit, step) in enumerate(MEASURES, 1)
    )
    db.table("laws").insert_all(
        {**dict(zip(LAW_COLUMNS, law, strict=True)), "position": position}
        for position, law in enumerate(LAWS, 1)
    )
    db.table("list_items").insert_all(
        {
            "list": name,
            "code": folded(label).replace(" ", "_").replace("-", "_"),
            "label": label,
            "position": position,
            "valid_from": ALWAYS,
        }
        for name, labels in LISTS.items()
        for position, label in enumerate(labels, 1)
    )
    db.table("powers").insert_all(
        {"post": post, "power": power} for post, powers in POWERS.items() for power in powers
    )

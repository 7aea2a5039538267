"""A register as a council's program saves it, with every trouble there is, drawn from a seed.

Windows-1252, semicolons, two title rows, headings merged over two rows, an address in three
columns, premises named twice, UPRNs that a spreadsheet spoiled, a heading inside the table.
"""

import csv
import random
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

TITLES = (["Marlbridge Borough Council – register of licensed premises"], ["As at 1 March 2026"])
GROUPS = ["Premises", "", "", "", "", "", "Licence", "", "Place", "", "", "Licence holder", ""]
HEADINGS = [
    *("Name", "Address 1", "Address 2", "Town", "Post code", "UPRN"),
    *("No.", "Category", "Ward", "Easting", "Northing", "Name", "Address"),
]
TYPES = ("Public house", "Bars", "NIGHT CLUB", "Restaurants", "takeaway", "Off-licence", "Shop")
WARDS = ("Castle", "Château", "Mill Road Ward", "New Town & Quay")
NAMES = ("The Lamp", "Café Señor", "The Mitre", "Crown & Anchor", "O’Hara’s", "Zoë’s")
SPOILED = ("1.00E+11", "10009000000X", "1234567890123")


@dataclass
class TroubledRegister:
    """Where the file is, and how many of its rows are of which sort."""

    path: Path
    rows: int = 0
    sorts: Counter[str] = field(default_factory=Counter)


def write_troubled_register(path: Path, many: int, seed: int = 1) -> TroubledRegister:
    """Write a register with ``many`` rows below its headings."""
    draw = random.Random(seed)
    made = TroubledRegister(path, many)
    with path.open("w", encoding="cp1252", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerows([*TITLES, [], GROUPS, HEADINGS])
        before: list[list[str]] = []
        for number in range(1, many + 1):
            sort, row = _row(draw, number, before)
            made.sorts[sort] += 1
            writer.writerow(row)
    return made


def _row(draw: random.Random, number: int, before: list[list[str]]) -> tuple[str, list[str]]:
    if number % 500 == 0:
        return "heading inside", [f"Ward {number}", *[""] * 12]
    if number % 100 == 0:
        return "without a name", ["", *good_row(number)[1:]]
    if number % 50 == 0:
        row = good_row(number)
        row[5] = draw.choice(SPOILED)
        return "spoiled UPRN", row
    if number % 40 == 0 and before:
        return "repeated", list(draw.choice(before))
    if number % 33 == 0 and before:
        row = list(draw.choice(before))
        return "contradicting", [f"{row[0]} and more", *row[1:]]
    row = good_row(number)
    if number % 7 == 0:
        row[5] = f"{row[5]}.0"
    before.append(row)
    return "good", row


def good_row(number: int) -> list[str]:
    """A row with nothing wrong in it, different for every ``number``."""
    name = f"{NAMES[number % len(NAMES)]} {number}"
    return [
        *(name, f"{number} Quay Street", "Old Quarter", "Marlbridge", f"ZZ{number % 90 + 1} 1AA"),
        *(str(100_090_000_000 + number), f"LN/{number:06}", TYPES[number % len(TYPES)]),
        *(WARDS[number % len(WARDS)], f"{599_000 + number % 900}.7", f"{225_000 + number % 800}.9"),
        *("A Company Ltd", "9 Far Road"),
    ]

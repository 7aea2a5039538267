"""Fictional agencies, people, streets and premises, and plainly so."""

from dataclasses import dataclass

from fieldlog.core.national_grid import GridPoint
from fieldlog.core.words import Role

COUNCIL = "Marlbridge Borough Council"
POLICE = "Marlshire Police"

PASSWORD = "demonstration"  # noqa: S105 - shown on the sign-in page of a demonstration


@dataclass(frozen=True)
class Character:
    """A fictional person; ``username`` is empty for those who cannot sign in."""

    name: str
    agency: str
    collar_number: str
    post: str | None
    username: str = ""
    role: Role | None = None


CAST = (
    Character("Asha Reed", COUNCIL, "CM07", "marshal_or_warden", "asha", Role.OFFICER),
    Character("Ben Cole", POLICE, "PC 1432", "police_constable", "ben", Role.OFFICER),
    Character("Cora Hale", COUNCIL, "CO01", None, "cora", Role.COORDINATOR),
    Character("Ada Finch", COUNCIL, "IT02", None, "ada", Role.ADMINISTRATOR),
    Character("Vic Lane", COUNCIL, "CL03", None, "vic", Role.VIEWER),
    Character("Dev Marsh", COUNCIL, "CM08", "marshal_or_warden"),
    Character("Elin Frost", COUNCIL, "LO11", "licensing_officer"),
    Character("Gwen Tarn", POLICE, "PCSO 7210", "pcso"),
    Character("Hari Stone", POLICE, "PC 1518", "police_constable"),
)

WARDS = ("Abbey Fields", "Castle Hill", "Mill Lane", "Northgate", "Priory", "Quayside")

STREETS = (
    "High Street",
    "Lantern Row",
    "North Street",
    "Priory Walk",
    "Quay Street",
    "Saddlers Lane",
    "Tollgate Road",
)

RUNS: dict[str, tuple[tuple[int, int], tuple[int, int]]] = {
    "High Street": ((40, 620), (1010, 560)),
    "Lantern Row": ((430, 700), (520, 1130)),
    "North Street": ((610, 640), (660, 1240)),
    "Priory Walk": ((760, 540), (1230, 850)),
    "Quay Street": ((180, 110), (1260, 190)),
    "Saddlers Lane": ((330, 560), (290, 150)),
    "Tollgate Road": ((900, 520), (1420, 330)),
}
"""Street → where it begins and ends, in metres east and north of ``CORNER``."""
CORNER = GridPoint(697_000, 230_500)
"""The south-west corner of Marlbridge: in the North Sea, so that nobody lives there."""

FIRST_WORDS = (
    "Brass",
    "Clockwork",
    "Copper",
    "Crooked",
    "Gilded",
    "Hollow",
    "Marble",
    "Paper",
    "Patient",
    "Quiet",
    "Silver",
    "Sleeping",
    "Velvet",
    "Wandering",
)

SECOND_WORDS = (
    "Anchor",
    "Badger",
    "Compass",
    "Ferret",
    "Heron",
    "Kettle",
    "Lantern",
    "Otter",
    "Pelican",
    "Thimble",
)

PREMISES_TYPES = (
    "public_house",
    "public_house",
    "bar",
    "restaurant",
    "takeaway",
    "night_club",
    "off_licence",
    "hotel",
    "shop",
)


@dataclass(frozen=True)
class FictionalPremises:
    """A premises of the demonstration register; ``uprn`` begins with 9 as no real one here does."""

    name: str
    address: str
    uprn: str
    premises_type: str
    ward: str
    grid_reference: str


def register() -> list[FictionalPremises]:
    """Return the demonstration register: 140 premises whose names make the invention plain."""
    names = [f"The {first} {second}" for second in SECOND_WORDS for first in FIRST_WORDS]
    return [
        FictionalPremises(
            name=name,
            address=f"{number + 1} {STREETS[number % len(STREETS)]}",
            uprn=f"9000{number:06}",
            premises_type=PREMISES_TYPES[number % len(PREMISES_TYPES)],
            ward=WARDS[number % len(WARDS)],
            grid_reference=_along(STREETS[number % len(STREETS)], number // len(STREETS)),
        )
        for number, name in enumerate(names)
    ]


def _along(street: str, door: int) -> str:
    """Return the grid reference of a door of a street, on one side of it or the other."""
    (east, north), (east_end, north_end) = RUNS[street]
    part, side = door / 19, 14 if door % 2 else -14
    place = GridPoint(
        CORNER.easting + round(east + (east_end - east) * part) + side,
        CORNER.northing + round(north + (north_end - north) * part) + side,
    )
    return place.reference(10)


VISIT_NOTES = (
    "",
    "",
    "Door staff counting in and out.",
    "Tables moved apart while we were there.",
    "Spoke to the duty manager about the queue outside.",
    "Signs up, staff wearing masks.",
    "Last orders called on time.",
    "Asked to keep the side door shut.",
)

ENCOUNTER_PLACES = ("High Street", "Quay Street", "Bus station", "Taxi rank", "North Street")

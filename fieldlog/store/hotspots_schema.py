"""The SQL of the migration for hotspots. Never edit it: add a migration.

Where a hotspot is, what it is called and when it is in force is versioned by number, what is asked
there by the week it is asked from; of several for one week the latest holds. Of the hotspots that a
patrol was given the latest holds.
"""

from fieldlog.store.schema import refusal

OF_HOTSPOTS = (
    *("hotspots", "hotspot_versions", "hotspot_operations", "hotspot_asks", "hotspot_bands"),
    "patrol_hotspots",
)
"""The append-only tables of this migration."""

TABLES = """
CREATE TABLE hotspots (
    id INTEGER PRIMARY KEY,
    added_at TEXT NOT NULL
) STRICT;
CREATE TABLE hotspot_versions (
    hotspot_id INTEGER NOT NULL REFERENCES hotspots(id),
    number INTEGER NOT NULL CHECK (number >= 1),
    at TEXT NOT NULL,
    by INTEGER REFERENCES officers(id),
    name TEXT NOT NULL,
    folded_name TEXT NOT NULL,
    shape TEXT NOT NULL CHECK (shape IN ('square', 'outline')),
    outline TEXT NOT NULL,
    first_night TEXT NOT NULL,
    last_night TEXT CHECK (last_night >= first_night),
    PRIMARY KEY (hotspot_id, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE hotspot_operations (
    hotspot_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    operation_id INTEGER NOT NULL REFERENCES operations(id),
    PRIMARY KEY (hotspot_id, number, operation_id),
    FOREIGN KEY (hotspot_id, number) REFERENCES hotspot_versions(hotspot_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX hotspot_operations_by_operation ON hotspot_operations(operation_id);
CREATE TABLE hotspot_asks (
    id INTEGER PRIMARY KEY,
    hotspot_id INTEGER NOT NULL REFERENCES hotspots(id),
    from_week TEXT NOT NULL,
    at TEXT NOT NULL,
    by INTEGER REFERENCES officers(id),
    patrols INTEGER CHECK (patrols BETWEEN 1 AND 999),
    patrol_minutes INTEGER CHECK (patrol_minutes >= 1),
    person_minutes INTEGER CHECK (person_minutes >= 1),
    crew INTEGER NOT NULL CHECK (crew BETWEEN 1 AND 99),
    least_minutes INTEGER NOT NULL CHECK (least_minutes BETWEEN 0 AND 720),
    modes TEXT NOT NULL,
    days TEXT NOT NULL CHECK (days <> '')
) STRICT;
CREATE INDEX hotspot_asks_by_hotspot ON hotspot_asks(hotspot_id);
CREATE TABLE hotspot_bands (
    ask_id INTEGER NOT NULL REFERENCES hotspot_asks(id),
    starts TEXT NOT NULL,
    finishes TEXT NOT NULL,
    PRIMARY KEY (ask_id, starts, finishes)
) STRICT, WITHOUT ROWID;
CREATE TABLE patrol_hotspots (
    id INTEGER PRIMARY KEY,
    patrol_id TEXT NOT NULL REFERENCES patrols(id),
    hotspot_id INTEGER REFERENCES hotspots(id),
    at TEXT NOT NULL,
    by INTEGER REFERENCES officers(id),
    at_start INTEGER NOT NULL CHECK (at_start IN (0, 1)),
    reason TEXT NOT NULL,
    CHECK (at_start = 1 OR reason <> '')
) STRICT;
CREATE INDEX patrol_hotspots_by_patrol ON patrol_hotspots(patrol_id);
CREATE INDEX patrol_hotspots_by_hotspot ON patrol_hotspots(hotspot_id);
CREATE VIEW hotspots_now AS
    SELECT * FROM hotspot_versions AS latest WHERE number = (SELECT max(number)
        FROM hotspot_versions AS one WHERE one.hotspot_id = latest.hotspot_id);
"""


def hotspots_schema() -> list[str]:
    """Return the statements of the migration in the order they must run."""
    statements = [part.strip() for part in TABLES.split(";\n") if part.strip()]
    return statements + [
        refusal(table, verb) for table in OF_HOTSPOTS for verb in ("UPDATE", "DELETE")
    ]

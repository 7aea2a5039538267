"""Hotspots: where they are, what is asked there by week, and which patrols went to them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlite_utils import Database

from fieldlog.core.folding import folded
from fieldlog.core.hotspot import Asked, Band, Hotspot
from fieldlog.core.night import from_utc_text, utc_text
from fieldlog.core.outline import Outline, outline_of
from fieldlog.core.patrol import Mode

NOBODY = "the command line"


@dataclass(frozen=True)
class Place:
    """What a version of a hotspot says; ``operations`` are ids."""

    name: str
    outline: Outline
    is_square: bool
    first: date
    last: date | None
    operations: frozenset[int]


@dataclass(frozen=True)
class Said:
    """A version of a hotspot, or what was asked of it, with who said so and when."""

    at: datetime
    by: str
    what: Place | Asked
    number: int


@dataclass(frozen=True)
class Given:
    """The hotspot that a patrol was given at a time, by name; empty where it was taken away."""

    at: datetime
    by: str
    hotspot: str
    at_start: bool
    reason: str


def add_hotspot(db: Database, *, now: datetime) -> int:
    """Insert a hotspot without a version; return its id. Call in a write transaction."""
    cursor = db.conn.execute("INSERT INTO hotspots (added_at) VALUES (?)", [utc_text(now)])
    return int(cursor.lastrowid or 0)


def add_version(db: Database, hotspot_id: int, place: Place, *, by: int, now: datetime) -> None:
    """Let a version take the place of the newest. Call in a write transaction."""
    (number,) = db.execute(
        "SELECT coalesce(max(number), 0) + 1 FROM hotspot_versions WHERE hotspot_id = ?",
        [hotspot_id],
    ).fetchone()
    db.conn.execute(
        "INSERT INTO hotspot_versions (hotspot_id, number, at, by, name, folded_name, shape, "
        "outline, first_night, last_night) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            hotspot_id,
            number,
            utc_text(now),
            by,
            place.name,
            folded(place.name),
            "square" if place.is_square else "outline",
            json.dumps(place.outline.plain(), separators=(",", ":")),
            place.first.isoformat(),
            place.last.isoformat() if place.last else None,
        ],
    )
    db.conn.executemany(
        "INSERT INTO hotspot_operations (hotspot_id, number, operation_id) VALUES (?, ?, ?)",
        [(hotspot_id, number, one) for one in sorted(place.operations)],
    )


def ask(db: Database, hotspot_id: int, asked: Asked, *, by: int, now: datetime) -> None:
    """Keep what is asked from a week on. Call in a write transaction."""
    cursor = db.conn.execute(
        "INSERT INTO hotspot_asks (hotspot_id, from_week, at, by, patrols, patrol_minutes, "
        "person_minutes, crew, least_minutes, modes, days) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            hotspot_id,
            asked.from_week.isoformat(),
            utc_text(now),
            by,
            asked.patrols,
            _minutes(asked.patrol_time),
            _minutes(asked.person_time),
            asked.crew,
            asked.least_minutes,
            " ".join(sorted(mode.value for mode in asked.modes)),
            "".join(str(day) for day in sorted(asked.days)),
        ],
    )
    db.conn.executemany(
        "INSERT INTO hotspot_bands (ask_id, starts, finishes) VALUES (?, ?, ?)",
        [
            (cursor.lastrowid, f"{band.starts:%H:%M}", f"{band.finishes:%H:%M}")
            for band in asked.bands
        ],
    )


def every_hotspot(db: Database) -> list[Hotspot]:
    """Return every hotspot as it is now, by name."""
    operations: dict[int, dict[int, str]] = {}
    for hotspot_id, operation_id, name in db.execute(
        "SELECT hotspot_id, operations.id, operations.name FROM hotspots_now "
        "JOIN hotspot_operations USING (hotspot_id, number) "
        "JOIN operations ON operations.id = operation_id ORDER BY operations.name"
    ):
        operations.setdefault(hotspot_id, {})[operation_id] = name
    asked: dict[int, list[Asked]] = {}
    for hotspot_id, said in _asks(db):
        if isinstance(said.what, Asked):
            asked.setdefault(hotspot_id, []).append(said.what)
    return [
        Hotspot(
            id=row[0],
            name=row[1],
            outline=_outline(row[2]),
            is_square=row[3] == "square",
            first=date.fromisoformat(row[4]),
            last=_day(row[5]),
            operations=operations.get(row[0], {}),
            asked=tuple(asked.get(row[0], ())),
            version=row[6],
        )
        for row in db.execute(
            "SELECT hotspot_id, name, outline, shape, first_night, last_night, number "
            "FROM hotspots_now ORDER BY folded_name, hotspot_id"
        ).fetchall()
    ]


def names_in_force(db: Database, operation_id: int, night: date) -> list[tuple[int, str]]:
    """Return (id, name) of the hotspots of an operation that are in force on a night, by name."""
    rows = db.execute(
        "SELECT hotspot_id, name FROM hotspots_now JOIN hotspot_operations "
        "USING (hotspot_id, number) WHERE operation_id = ? AND first_night <= ? "
        "AND coalesce(last_night, ?) >= ? ORDER BY folded_name",
        [operation_id, *[night.isoformat()] * 3],
    )
    return rows.fetchall()


def is_hotspot(db: Database, hotspot_id: int) -> bool:
    """Say whether there is such a hotspot, retired or not."""
    row = db.execute("SELECT 1 FROM hotspots WHERE id = ?", [hotspot_id]).fetchone()
    return row is not None


def history(db: Database, hotspot_id: int) -> list[Said]:
    """Return everything that was ever said of a hotspot, the latest first."""
    operations: dict[int, set[int]] = {}
    for number, operation_id in db.execute(
        "SELECT number, operation_id FROM hotspot_operations WHERE hotspot_id = ?", [hotspot_id]
    ):
        operations.setdefault(number, set()).add(operation_id)
    versions = [
        Said(
            from_utc_text(row[0]),
            row[1],
            Place(
                row[2],
                _outline(row[3]),
                row[4] == "square",
                date.fromisoformat(row[5]),
                _day(row[6]),
                frozenset(operations.get(row[7], ())),
            ),
            row[7],
        )
        for row in db.execute(
            f"SELECT at, coalesce(officers.name, '{NOBODY}'), hotspot_versions.name, outline, "
            "shape, first_night, last_night, number FROM hotspot_versions "
            "LEFT JOIN officers ON officers.id = by WHERE hotspot_id = ?",
            [hotspot_id],
        ).fetchall()
    ]
    asks = [said for one, said in _asks(db) if one == hotspot_id]
    return sorted([*asks, *versions], key=lambda said: (said.at, said.number), reverse=True)


def _asks(db: Database) -> Iterator[tuple[int, Said]]:
    """Yield (hotspot, what was asked), the latest week first, of one week the latest said."""
    bands: dict[int, list[Band]] = {}
    for ask_id, starts, finishes in db.execute(
        "SELECT ask_id, starts, finishes FROM hotspot_bands"
    ):
        band = Band(time.fromisoformat(starts), time.fromisoformat(finishes))
        bands.setdefault(ask_id, []).append(band)
    for row in db.execute(
        "SELECT hotspot_asks.id, hotspot_id, from_week, patrols, patrol_minutes, person_minutes, "
        f"crew, least_minutes, modes, days, at, coalesce(officers.name, '{NOBODY}') "
        "FROM hotspot_asks LEFT JOIN officers ON officers.id = by "
        "ORDER BY from_week DESC, hotspot_asks.id DESC"
    ).fetchall():
        asked = Asked(
            from_week=date.fromisoformat(row[2]),
            patrols=row[3],
            patrol_time=_length(row[4]),
            person_time=_length(row[5]),
            crew=row[6],
            least_minutes=row[7],
            modes=frozenset(map(Mode, row[8].split())),
            days=frozenset(map(int, row[9])),
            bands=tuple(sorted(bands.get(row[0], ()))),
        )
        yield row[1], Said(from_utc_text(row[10]), row[11], asked, row[0])


def give_patrol(
    db: Database,
    patrol_id: UUID,
    hotspot_id: int | None,
    *,
    by: int | None,
    now: datetime,
    reason: str | None = None,
) -> None:
    """Keep which hotspot a patrol is at; without a ``reason`` it was said when it started.

    Call in a write transaction.
    """
    db.conn.execute(
        "INSERT INTO patrol_hotspots (patrol_id, hotspot_id, at, by, at_start, reason) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        [str(patrol_id), hotspot_id, utc_text(now), by, int(reason is None), reason or ""],
    )


def given_to_patrol(db: Database, patrol_id: UUID) -> list[Given]:
    """Return which hotspots a patrol was given, the first one first."""
    rows = db.execute(
        f"SELECT given.at, coalesce(officers.name, '{NOBODY}'), coalesce(hotspots_now.name, ''), "
        "at_start, reason FROM patrol_hotspots AS given "
        "LEFT JOIN hotspots_now ON hotspots_now.hotspot_id = given.hotspot_id "
        "LEFT JOIN officers ON officers.id = given.by WHERE patrol_id = ? ORDER BY given.id",
        [str(patrol_id)],
    )
    return [Given(from_utc_text(row[0]), row[1], row[2], bool(row[3]), row[4]) for row in rows]


def name_taken(db: Database, name: str, *, but: int | None, on: date) -> bool:
    """Say whether a hotspot that is not retired by a night, other than ``but``, has a name."""
    row = db.execute(
        "SELECT 1 FROM hotspots_now WHERE folded_name = ? AND hotspot_id IS NOT ? "
        "AND (last_night IS NULL OR last_night >= ?)",
        [folded(name), but, on.isoformat()],
    ).fetchone()
    return row is not None


def _minutes(length: timedelta | None) -> int | None:
    return None if length is None else int(length.total_seconds()) // 60


def _length(minutes: int | None) -> timedelta | None:
    return None if minutes is None else timedelta(minutes=minutes)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _outline(text: str) -> Outline:
    return outline_of(json.loads(text))

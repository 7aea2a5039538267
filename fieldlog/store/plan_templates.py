"""Templates of plans: usual times, areas, objectives and crews."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from sqlite_utils import Database

from fieldlog.core.folding import folded
from fieldlog.core.night import utc_text


@dataclass(frozen=True)
class TemplateCrew:
    """A crew of a template, without people; ``partner`` crews have no accounts."""

    name: str
    agency_id: int | None
    area: str
    partner: bool


@dataclass(frozen=True)
class PlanTemplate:
    """A template; times are on UK clocks, a finish before the start is on the next day."""

    id: int
    name: str
    starts: time
    finishes: time
    areas: str
    objectives: str
    crews: tuple[TemplateCrew, ...]


def every_template(db: Database) -> list[PlanTemplate]:
    """Return every template by name."""
    crews: dict[int, list[TemplateCrew]] = {}
    for row in db.execute(
        "SELECT template_id, name, agency_id, area, partner FROM template_crews ORDER BY name"
    ):
        crews.setdefault(row[0], []).append(TemplateCrew(row[1], row[2], row[3], bool(row[4])))
    rows = db.execute(
        "SELECT id, name, starts, finishes, areas, objectives FROM plan_templates "
        "ORDER BY folded_name"
    )
    return [
        PlanTemplate(
            row[0],
            row[1],
            time.fromisoformat(row[2]),
            time.fromisoformat(row[3]),
            row[4],
            row[5],
            tuple(crews.get(row[0], ())),
        )
        for row in rows
    ]


def keep_template(
    db: Database,
    *,
    name: str,
    starts: time,
    finishes: time,
    areas: str,
    objectives: str,
    crews: Sequence[TemplateCrew],
    now: datetime,
) -> int:
    """Insert a template, or write a new one over that of the same name; return its id."""
    db.conn.execute(
        "INSERT INTO plan_templates (name, folded_name, starts, finishes, areas, objectives, "
        "created_at) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (folded_name) DO UPDATE SET "
        "name = excluded.name, starts = excluded.starts, finishes = excluded.finishes, "
        "areas = excluded.areas, objectives = excluded.objectives",
        [
            *[name, folded(name), f"{starts:%H:%M}", f"{finishes:%H:%M}"],
            *[areas, objectives, utc_text(now)],
        ],
    )
    (template_id,) = db.execute(
        "SELECT id FROM plan_templates WHERE folded_name = ?", [folded(name)]
    ).fetchone()
    db.conn.execute("DELETE FROM template_crews WHERE template_id = ?", [template_id])
    db.conn.executemany(
        "INSERT INTO template_crews (template_id, name, agency_id, area, partner) "
        "VALUES (?, ?, ?, ?, ?)",
        [(template_id, one.name, one.agency_id, one.area, int(one.partner)) for one in crews],
    )
    return int(template_id)

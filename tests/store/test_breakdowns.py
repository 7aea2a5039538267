"""Over a random log of 20,000 entries every number with its levels equals an independent count."""

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from sqlite_utils import Database

from fieldlog.core.breakdown import Breakdown
from fieldlog.core.question import DIMENSIONS, ENTRIES, MINUTES, PREMISES, VISITS, Filter, Question
from fieldlog.services.count_tally import count_tally
from fieldlog.store import counting
from fieldlog.store.breakdowns import answer_breakdown
from fieldlog.store.log import count_lines
from fieldlog.tallies.narrowing import behind_spread
from fieldlog.tallies.showing import EVERYTHING, Showing
from fieldlog.tallies.spread import Left, Spread, check_spread, lay_out_breakdown
from fieldlog.tallies.spread import Path as LinePath
from tests.bench.many_entries import make_database

MEASURES = (ENTRIES, VISITS, PREMISES, MINUTES, "spoken_to")
WITHOUT = Filter(without={"action": (None, "visit")})
QUESTIONS = [
    Breakdown(("action",), ("time",)),
    Breakdown(("action", "agency"), ("kind", "hour"), MEASURES),
    Breakdown(("ward", "premises_type"), ("operation",), (PREMISES, ENTRIES)),
    Breakdown(("premises",), (), (VISITS, "spoken_to", MINUTES)),
    Breakdown(("operation_kind", "operation"), ("four_e", "action"), ("warned", PREMISES)),
    Breakdown(("night", "kind"), (), MEASURES, Filter({}, date(2020, 1, 1), date(2020, 12, 31))),
    Breakdown(
        ("agency",), ("ward",), (PREMISES, VISITS), Filter({"kind": ("premises_visit", "arrest")})
    ),
    Breakdown(("hour", "four_e"), ("agency",), (ENTRIES,), WITHOUT),
]


@dataclass(frozen=True)
class Row:
    """An entry in force as plain Python has it: its keys, and what it counts of each measure."""

    keys: dict[str, Any]
    premises: int | None
    values: dict[str, int]


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    db = make_database(tmp_path_factory.mktemp("log") / "log.sqlite", 20_000, seed=7)
    yield db
    db.close()


@pytest.fixture(scope="module")
def rows(log: Database) -> list[Row]:
    """Every entry in force, read without the narrow copy, any GROUP BY or any filter of ours."""
    counts: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for version_id, measure, value in log.execute("SELECT version_id, measure, value FROM counts"):
        counts[version_id][measure] = value
    types = dict(log.execute("SELECT id, premises_type FROM premises").fetchall())
    operations = dict(log.execute("SELECT id, operation_id FROM deployments").fetchall())
    kinds = dict(log.execute("SELECT id, kind FROM operations").fetchall())
    versions = list(log.query("SELECT * FROM entries"))
    superseded = {version["supersedes"] for version in versions}
    return [
        _row(version, types, operations, kinds, counts[version["version_id"]])
        for version in versions
        if version["version_id"] not in superseded and not version["struck"]
    ]


def _row(
    version: dict[str, Any],
    types: dict[int, str],
    operations: dict[int, int],
    kinds: dict[int, str],
    counts: dict[str, int],
) -> Row:
    operation = operations.get(version["deployment_id"])
    keys = {
        "time": version["minutes"],
        "premises_type": types.get(version["premises_id"]),
        "night": version["night_of"],
        "operation": operation,
        "operation_kind": kinds.get(operation or 0),
        **{name: version[name] for name in ("action", "kind", "hour", "four_e", "law")},
        **{
            name: version[f"{name}_id"]
            for name in ("premises", "ward", "officer", "agency", "deployment")
        },
    }
    visit = version["kind"] == "premises_visit"
    values = {ENTRIES: 1, VISITS: int(visit), MINUTES: version["minutes"] or 0, **counts}
    return Row(keys, version["premises_id"] if visit else None, values)


def wanted(rows: list[Row], held: Filter) -> list[Row]:
    return [
        row
        for row in rows
        if all(row.keys[name] in keys for name, keys in held.where.items())
        if not any(row.keys[name] in keys for name, keys in held.without.items())
        if held.date_from is None or row.keys["night"] >= held.date_from.isoformat()
        if held.date_to is None or row.keys["night"] <= held.date_to.isoformat()
    ]


def value_of(rows: list[Row], measure: str) -> int:
    if measure == PREMISES:
        return len({row.premises for row in rows} - {None})
    return sum(row.values.get(measure, 0) for row in rows)


def by_hand(rows: list[Row], spread: Spread) -> dict[tuple[LinePath, LinePath], tuple[int, ...]]:
    """Every number of the table, each counted over its own entries."""
    breakdown = spread.breakdown
    of_line: defaultdict[tuple[LinePath, LinePath], list[Row]] = defaultdict(list)
    for row in wanted(rows, breakdown.filter):
        down = tuple(row.keys[name] for name in breakdown.rows)
        if spread.apart and down[0] is not None and down[0] not in spread.apart:
            down = (Left.OUT,)
        across = tuple(row.keys[name] for name in breakdown.columns)
        for up_to in range(len(down) + 1):
            for left_to in range(len(across) + 1):
                of_line[down[:up_to], across[:left_to]].append(row)
    return {
        line: tuple(value_of(found, measure) for measure in breakdown.measures)
        for line, found in of_line.items()
    }


def laid_out(db: Database, breakdown: Breakdown, showing: Showing = EVERYTHING) -> Spread:
    return check_spread(lay_out_breakdown(answer_breakdown(db, breakdown), showing))


@pytest.mark.parametrize("breakdown", QUESTIONS, ids=str)
def test_every_number_is_an_independent_count(
    log: Database, rows: list[Row], breakdown: Breakdown
) -> None:
    spread = laid_out(log, breakdown)
    assert dict(spread.values) == by_hand(rows, spread)
    shown = {(row.path, column.path) for row in spread.rows for column in spread.columns}
    assert {line for line in spread.values if line[0]} <= shown


@pytest.mark.parametrize("breakdown", [QUESTIONS[0], QUESTIONS[3]], ids=str)
def test_others_are_everything_that_has_no_line_of_its_own(
    log: Database, rows: list[Row], breakdown: Breakdown
) -> None:
    whole, spread = laid_out(log, breakdown), laid_out(log, breakdown, Showing(top=3))
    assert dict(spread.values) == by_hand(rows, spread)
    assert len(spread.apart) == 3
    assert (Left.OUT,) in [row.path for row in spread.rows]
    for column in spread.columns:
        assert spread.value((), column.path) == whole.value((), column.path)


def test_behind_numbers_of_every_sort_are_exactly_their_entries(
    log: Database, rows: list[Row]
) -> None:
    spread = laid_out(log, QUESTIONS[1], Showing(top=2))
    draw = random.Random(5)
    lines = [(row.path, column.path) for row in spread.rows for column in spread.columns]
    some = [*draw.sample(lines, 12), ((Left.OUT,), ()), ((Left.OUT,), ("arrest",)), ((None,), ())]
    for row, column in some:
        assert count_lines(log, behind_spread(spread, row, column)) == spread.value(row, column)
        for place, measure in enumerate(spread.breakdown.measures):
            sums = counting.sums(log, behind_spread(spread, row, column, place))
            found = {VISITS: sums.visits, PREMISES: sums.premises_visited, MINUTES: sums.minutes}
            known = {ENTRIES: sums.entries, **found, **sums.measures}
            assert known.get(measure, 0) == spread.value(row, column, place)


def test_with_one_level_and_one_measure_it_is_the_plain_table(log: Database) -> None:
    for measure in (ENTRIES, PREMISES, "spoken_to"):
        breakdown = Breakdown(("ward",), ("action",), (measure,))
        table, spread = (
            count_tally(log, Question("ward", "action", measure)),
            laid_out(log, breakdown),
        )
        assert [row.text for row in spread.rows] == [row.text for row in table.rows]
        assert [row.text for row in spread.columns[:-1]] == [row.text for row in table.columns]
        for row, cells, total in zip(spread.rows, table.cells, table.row_totals, strict=True):
            numbers = [spread.value(row.path, column.path) for column in spread.columns]
            assert numbers == [*cells, total]
        assert spread.value((), ()) == table.grand_total
        assert spread.hours == table.hours


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_every_dimension_can_stand_on_either_side_and_inside_another(
    log: Database, dimension: str
) -> None:
    other = "kind" if dimension != "kind" else "action"
    held = Filter({}, date(2020, 12, 1), date(2020, 12, 31))
    entries = counting.sums(log, held).entries
    for breakdown in (
        Breakdown((dimension,), filter=held),
        Breakdown((other, dimension), ("hour",) if dimension != "hour" else (), filter=held),
        Breakdown((other,), (dimension,), (ENTRIES, PREMISES), held),
    ):
        assert laid_out(log, breakdown).value((), ()) == entries


def test_an_unknown_dimension_is_a_key_error(log: Database) -> None:
    with pytest.raises(KeyError):
        answer_breakdown(log, Breakdown(("weather",)))

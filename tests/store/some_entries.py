"""Entries drawn by Hypothesis, written as real versions, and counted over in plain Python."""

import random
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

from hypothesis import strategies as st
from sqlite_utils import Database

from fieldlog.core.entry import Entry, NoticeDetail, PurchaseDetail, content_hash
from fieldlog.core.night import hour_of, night_of
from fieldlog.core.question import DIMENSIONS, MINUTES, PREMISES, VISITS, Filter, Key, Question
from fieldlog.core.words import EntryKind, FourE, PurchaseResult
from fieldlog.store.connection import connect, database_path, write_transaction
from fieldlog.store.entries import Version, add_version
from fieldlog.store.migrations import prepare_database
from fieldlog.store.starting_lists import ACTIONS, LAWS

FIRST_EVENING = datetime(2020, 10, 24, 17, 0, tzinfo=UTC)
USUAL = {
    "id": UUID(int=1),
    "kind": EntryKind.PREMISES_VISIT,
    "happened_at": FIRST_EVENING,
    "captured_at": FIRST_EVENING,
    "night_of": date(2020, 10, 24),
}
"""What every entry must say."""
TYPES = {1: "bar", 2: "bar", 3: "hotel", 4: None}
"""Premises → its type. Two of them have the same name, and one a type that nobody recorded."""
OPERATIONS = {1: 1, 2: 1, 3: 2}
"""Deployment → its operation."""
OPERATION_KINDS = {1: "night_of_action", 2: "hotspot_patrol"}
"""Operation → its kind."""
REGISTER = """
INSERT INTO agencies VALUES (1, 'Council', 'council'), (2, 'police', 'police');
INSERT INTO officers (id, name, folded_name, collar_number, created_at)
    VALUES (1, 'Asha Reed', 'asha reed', 'CM07', '2020-08-01T12:00:00Z'),
    (2, 'Asha Reed', 'asha reed', 'CM09', '2020-08-01T12:00:00Z'),
    (3, 'Ben Cole', 'ben cole', '', '2020-08-01T12:00:00Z');
INSERT INTO wards (id, name, folded_name, valid_from)
    VALUES (1, 'Castle', 'castle', '2002-05-02'), (2, 'Castle', 'castle', '2016-05-05');
INSERT INTO premises (id, name, folded_name, address, premises_type, registered, created_at)
    VALUES (1, 'The Lamp', 'the lamp', 'High Street', 'bar', 1, '2020-08-01T12:00:00Z'),
    (2, 'The Lamp', 'the lamp', 'Quay Lane', 'bar', 1, '2020-08-01T12:00:00Z'),
    (3, 'Éclair_100%', 'éclair_100%', '', 'hotel', 1, '2020-08-01T12:00:00Z'),
    (4, 'Zed''s', 'zed''s', '', NULL, 0, '2020-08-01T12:00:00Z');
INSERT INTO operations (id, name, kind, created_at)
    VALUES (1, 'Op Emblazen', 'night_of_action', '2020-08-01T12:00:00Z'),
    (2, 'Op Dial', 'hotspot_patrol', '2020-08-01T12:00:00Z');
INSERT INTO deployments (id, operation_id, night_of, created_at)
    VALUES (1, 1, '2020-10-24', '2020-08-01T12:00:00Z'),
    (2, 1, '2020-10-25', '2020-08-01T12:00:00Z'),
    (3, 2, '2020-10-24', '2020-08-01T12:00:00Z');
"""


@dataclass(frozen=True)
class Told:
    """One entry as it was told: its versions, the last of which is in force."""

    versions: tuple[Entry, ...]

    @property
    def counts(self) -> bool:
        return not self.versions[-1].struck


def _maybe(values: st.SearchStrategy[int] | list[str]) -> st.SearchStrategy[int | str | None]:
    some = st.sampled_from(values) if isinstance(values, list) else values
    return st.none() | some


@st.composite
def versions(draw: st.DrawFn) -> Entry:
    """One version of some entry; its id is given when it is told."""
    kind = draw(st.sampled_from([*list(EntryKind)[:4], EntryKind.TEST_PURCHASE]))
    happened_at = FIRST_EVENING + timedelta(minutes=draw(st.integers(0, 40 * 60)))
    law = draw(_maybe([law[0] for law in LAWS[:3]]))
    measures = st.sampled_from(["spoken_to", "warned", "fpn"])
    return Entry(
        id=UUID(int=0),
        kind=kind,
        happened_at=happened_at,
        captured_at=happened_at,
        night_of=night_of(happened_at),
        officer_id=draw(_maybe(st.integers(1, 3))),
        agency_id=draw(_maybe(st.integers(1, 2))),
        deployment_id=draw(_maybe(st.integers(1, 3))),
        premises_id=draw(_maybe(st.integers(1, 4))),
        ward_id=draw(_maybe(st.integers(1, 2))),
        action=draw(_maybe([action[0] for action in ACTIONS])),
        minutes=draw(_maybe(st.sampled_from([0, 5, 15, 75, 1440]))),
        four_e=draw(st.none() | st.sampled_from(FourE)),
        counts=draw(st.dictionaries(measures, st.integers(0, 9), max_size=2)),
        notice=_notice(draw, law) if law else None,
        purchase=_purchase(draw) if kind is EntryKind.TEST_PURCHASE else None,
        struck=draw(st.integers(0, 9)) == 0,
    )


def _notice(draw: st.DrawFn, law: str | int) -> NoticeDetail:
    return NoticeDetail(
        number="", law=str(law), prohibition=draw(st.sampled_from(["", "3", "12", "3 (a)"]))
    )


def _purchase(draw: st.DrawFn) -> PurchaseDetail:
    product = draw(st.sampled_from(["alcohol", "vape"]))
    return PurchaseDetail(product, draw(st.sampled_from(PurchaseResult)))


def _told(number: int, drawn: list[Entry]) -> Told:
    return Told(
        tuple(
            replace(
                one,
                id=UUID(int=number + 1),
                notice=one.notice and replace(one.notice, number=f"N{number}"),
            )
            for one in drawn
        )
    )


nights = st.lists(st.lists(versions(), min_size=1, max_size=3), max_size=15).map(
    lambda drawn: [_told(number, versions) for number, versions in enumerate(drawn)]
)
"""Any set of entries, some of them amended once or twice, some struck, some struck and restored."""

_dates = st.none() | st.sampled_from([date(2020, 10, 23), date(2020, 10, 24), date(2020, 10, 25)])
filters = st.builds(
    Filter,
    where=st.dictionaries(
        st.sampled_from(["kind", "agency", "operation", "premises_type", "action"]),
        st.just(()),
        max_size=1,
    ).flatmap(lambda chosen: st.fixed_dictionaries({name: _keys(name) for name in chosen})),
    date_from=_dates,
    date_to=_dates,
    holding=st.none() | st.sampled_from(["warned", PREMISES, MINUTES, VISITS]),
    without=st.none().map(lambda _: {})
    | st.sampled_from(["agency", "operation", "premises_type", "action"]).flatmap(
        lambda name: st.fixed_dictionaries({name: _keys(name)})
    ),
)
_SOME_KEYS: dict[str, list[Key]] = {
    "kind": ["premises_visit", "encounter"],
    "agency": [1, 2, None],
    "operation": [1, 2, None],
    "premises_type": ["bar", "hotel", None],
    "action": ["visit", "letter", None],
}


def _keys(dimension: str) -> st.SearchStrategy[tuple[Key, ...]]:
    some = st.sampled_from(_SOME_KEYS[dimension])
    return st.lists(some, max_size=2, unique=True).map(tuple)


questions = st.builds(
    Question,
    rows=st.sampled_from(list(DIMENSIONS)),
    columns=st.sampled_from(list(DIMENSIONS)),
    measure=st.sampled_from(["entries", VISITS, PREMISES, MINUTES, "spoken_to", "cash_pence"]),
    filter=filters,
)


def make_register(folder: Path) -> Path:
    """A database file with the few premises, people and plans that entries name."""
    path = database_path(folder)
    db = prepare_database(path)
    with write_transaction(db):
        for statement in REGISTER.split(";\n"):
            db.execute(statement)
    db.close()
    return path


@contextmanager
def written(register: Path, told: list[Told], shuffle: int = 0) -> Iterator[Database]:
    """A copy of the ``register`` with every version written, in an order that depends on a seed.

    The versions of one entry stay in their order, since a later one names the one before.
    """
    path = register.with_name("drawn.sqlite")
    shutil.copy(register, path)
    db = connect(path)
    # Nobody pulls the plug on an example, and there are hundreds of them.
    db.execute("PRAGMA synchronous=OFF")
    try:
        with write_transaction(db):
            _write(db, told, random.Random(shuffle))
        yield db
    finally:
        db.close()
        for file in path.parent.glob(f"{path.name}*"):
            file.unlink()


def _write(db: Database, told: list[Told], draw: random.Random) -> None:
    waiting = [list(enumerate(one.versions, 1)) for one in told if one.versions]
    before: dict[UUID, int] = {}
    while waiting:
        queue = draw.choice(waiting)
        number, entry = queue.pop(0)
        before[entry.id] = add(db, entry, number, before.get(entry.id))
        waiting = [queue for queue in waiting if queue]


def add(db: Database, entry: Entry, number: int = 1, supersedes: int | None = None) -> int:
    """Write one version inside a write transaction; return its version_id."""
    version = Version(
        number=number,
        content_hash=content_hash(entry),
        received_at=entry.captured_at,
        recorded_by=None,
        supersedes=supersedes,
        reason="Told again." if supersedes else "",
    )
    return add_version(db, entry, version)


def key_of(entry: Entry, dimension: str) -> Key:
    """What the entry is counted under, worked out without SQL."""
    looked_up: dict[str, Key] = {
        "time": entry.minutes,
        "kind": entry.kind.value,
        "premises": entry.premises_id,
        "premises_type": TYPES.get(entry.premises_id or 0),
        "operation": OPERATIONS.get(entry.deployment_id or 0),
        "night": entry.night_of.isoformat(),
        "hour": hour_of(entry.happened_at),
        "four_e": entry.four_e.value if entry.four_e else None,
        "action": entry.action,
        "law": entry.law,
        "prohibition": (entry.notice.prohibition or None) if entry.notice else None,
        "product": entry.purchase.product if entry.purchase else None,
        "result": entry.purchase.result.value if entry.purchase else None,
        "operation_kind": OPERATION_KINDS.get(OPERATIONS.get(entry.deployment_id or 0) or 0),
    }
    if dimension in looked_up:
        return looked_up[dimension]
    named: Key = getattr(entry, f"{dimension}_id")
    return named


def holds(entry: Entry, measure: str | None) -> bool:
    """Whether the entry recorded more than nothing of the measure."""
    if measure == PREMISES:
        return entry.kind is EntryKind.PREMISES_VISIT and entry.premises_id is not None
    if measure == MINUTES:
        return entry.minutes is not None
    if measure == VISITS:
        return entry.kind is EntryKind.PREMISES_VISIT
    return measure is None or measure == "entries" or entry.counts.get(measure, 0) > 0


def wanted_by(told: list[Told], wanted: Filter) -> list[Entry]:
    """The entries in force, not struck, that the filter lets through."""
    return [
        entry
        for entry in (one.versions[-1] for one in told if one.counts)
        if all(key_of(entry, name) in keys for name, keys in wanted.where.items())
        if not any(key_of(entry, name) in keys for name, keys in wanted.without.items())
        if wanted.date_from is None or entry.night_of >= wanted.date_from
        if wanted.date_to is None or entry.night_of <= wanted.date_to
        if holds(entry, wanted.holding)
    ]


def value_of(entries: list[Entry], measure: str) -> int:
    """The measure over the entries."""
    if measure == PREMISES:
        return len({entry.premises_id for entry in entries if holds(entry, PREMISES)})
    if measure == VISITS:
        return sum(entry.kind is EntryKind.PREMISES_VISIT for entry in entries)
    if measure == MINUTES:
        return sum(entry.minutes or 0 for entry in entries)
    if measure == "entries":
        return len(entries)
    return sum(entry.counts.get(measure, 0) for entry in entries)

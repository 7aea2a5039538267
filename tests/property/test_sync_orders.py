"""However a phone's records arrive, in the end the database is the same."""

import random
import shutil
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from fieldlog.core.task import Source, TaskPlan
from fieldlog.services.accept_sync import accept_sync
from fieldlog.services.delivery import SETTLED, Delivery, Sender, State
from fieldlog.services.open_sealed import sealing_key
from fieldlog.services.plan_tasks import add_task
from fieldlog.store.checking import counted_entries_are_those_in_force, versions_are_unbroken
from fieldlog.store.connection import connect, database_path
from fieldlog.web.api.record_fields import RecordFields
from tests.conftest import LATE_THAT_NIGHT
from tests.phones import (
    amendment,
    patrol_event,
    patrol_start,
    sealed,
    strike,
    tap,
    undo,
    visit,
)
from tests.pictures import a_photo, photo_record

TELLING = {
    "entries": (
        "SELECT entries.id, version, struck, night_of, kind, action, minutes, premises.name, "
        "officer_id, deployment_id, place, notes, happened_at, captured_at, reason, recorded_by "
        "FROM entries LEFT JOIN premises ON premises.id = premises_id"
    ),
    "counts": (
        "SELECT entries.id, version, measure, value FROM counts "
        "JOIN entries ON entries.version_id = counts.version_id"
    ),
    "arrivals": "SELECT record_id, record_hash, entry_id, version FROM arrivals",
    "patrols": "SELECT * FROM patrols",
    "patrol_members": "SELECT * FROM patrol_members",
    "patrol_events": "SELECT * FROM patrol_events",
    "other_arrivals": "SELECT record_id, record_hash FROM other_arrivals",
    "photos": (
        "SELECT photos.id, entry_id, position, officer_id, captured_at, sent_sha256, sha256, "
        "length(jpeg) FROM photos JOIN photo_pictures ON photo_id = photos.id"
    ),
    "set_aside": "SELECT record_id, record_hash, reason, officer_id FROM set_aside",
    "premises": "SELECT name FROM premises",
    "tasks": (
        "SELECT task.source, task.asked, task.from_entry, premises.name, task.due_by, "
        "(SELECT min(at) FROM task_closings WHERE task_id = task.id) FROM tasks_now AS task "
        "LEFT JOIN premises ON premises.id = task.premises_id"
    ),
    "answers": (
        "SELECT entries.id, version, question_id, said, note, follow_up FROM answers "
        "JOIN entries ON entries.version_id = answers.version_id"
    ),
}


BESIDES = {
    0: {"task_1": "yes", "revisit": "7"},
    1: {"task_1": "yes", "task_2": "yes"},
    2: {"answer_7": "no", "note_7": "chairs", "follow_7": "yes", "revisit": "7"},
}
"""What some of the visits say of tasks and checklists: the one of number 1 is struck at last."""


def night_of_records(asha: int, ben: int) -> list[dict]:
    """What one phone holds at the end of a night, in the order it was made."""
    numbers = random.Random(7)
    visits = [
        visit(asha, place=f"House {n % 3}", notes=f"visit {n}", **BESIDES.get(n, {}))
        for n in range(4)
    ]
    taps = [tap(asha, measure=measure) for measure in ("spoken_to", "warned", "spoken_to")]
    first = amendment(visits[0], minutes="30")
    then = amendment(visits[0], seen_version=2, minutes="45")
    on_top = amendment(visits[1], minutes="60") | {"after": visits[1]["id"]}
    last = strike(visits[1]) | {"after": on_top["id"]}
    refused = visit(asha, place="", notes="no place")
    of_refused = amendment(refused, place="House 9")
    others = visit(ben, notes="not hers")
    patrol = patrol_start(asha, members=f"{asha} {ben}")
    finish = patrol_event(patrol, "finish", "2020-12-05T21:00:00Z")
    walk = [
        patrol,
        patrol_event(patrol, "pause", "2020-12-05T19:00:00Z"),
        patrol_event(patrol, "resume", "2020-12-05T19:10:00Z"),
        finish,
        patrol_event(patrol, "undo", "2020-12-05T21:00:05Z", undoes=finish["id"]),
        patrol_event(patrol, "finish", "2020-12-05T21:30:00Z"),
    ]
    records = [
        *visits,
        *taps,
        first,
        then,
        undo(taps[1]),
        on_top,
        last,
        refused,
        of_refused,
        others,
        *walk,
    ]
    photos = [
        photo_record(visits[0], 1, fields={}),
        photo_record(visits[0], 2, a_photo(colour="navy"), fields={}),
        photo_record(visits[1], 1, fields={}),
        photo_record(visits[2], 1, b"no picture", fields={}),
        photo_record(refused, 1, fields={}),
    ]
    records += photos
    names = {one["id"]: str(uuid.UUID(int=numbers.getrandbits(128), version=4)) for one in records}
    for one in records:
        one["id"] = names[one["id"]]
        for key in ("entry_id", "after"):
            if key in one:
                one[key] = names[one[key]]
        for key in {"patrol", "undoes"} & one["fields"].keys():
            one["fields"][key] = names[one["fields"][key]]
    return records


class Server:
    """A database of its own that deliveries reach at the same moment of the night."""

    def __init__(self, folder: Path, sender: Sender, seeded: Path) -> None:
        self.path = folder / f"{uuid.uuid4()}.sqlite"
        shutil.copy(seeded, self.path)
        self.db: Database = connect(self.path)
        self.key = sealing_key(folder)
        self.sender = sender

    def deliver(self, records: list[dict]) -> list[State]:
        delivery = Delivery(records, sent_at=LATE_THAT_NIGHT, received_at=LATE_THAT_NIGHT)
        answers = accept_sync(self.db, delivery, self.sender, forms=RecordFields(), key=self.key)
        return [answer.state for answer in answers]

    def tells(self) -> dict[str, list]:
        found = {
            name: sorted(self.db.execute(sql).fetchall(), key=repr) for name, sql in TELLING.items()
        }
        assert list(versions_are_unbroken(self.db)) == []
        assert list(counted_entries_are_those_in_force(self.db)) == []
        self.db.close()
        self.path.unlink()
        return found


@pytest.fixture
def new_server(app, db, cast, tmp_path):
    """Makes servers that know the cast and nothing else."""
    seeded = tmp_path / "seeded.sqlite"
    for asked in ("Loud music", "Blocked exit"):
        plan = TaskPlan(Source.POLICE, asked, place="House 0")
        add_task(db, plan, by=cast.cora.officer_id, now=LATE_THAT_NIGHT - timedelta(hours=1))
    db.execute("VACUUM INTO ?", [str(seeded)])
    folder = database_path(tmp_path).parent

    def make() -> Server:
        return Server(folder, Sender(cast.asha), seeded)

    with app.app_context():
        yield make


# A delivery: which records it holds, in which order, some twice; whether each comes sealed; and
# whether its reply reaches the phone.
places = st.lists(st.tuples(st.integers(0, 25), st.booleans()), max_size=12)
deliveries = st.lists(st.tuples(places, st.booleans()), max_size=8)


@settings(max_examples=25)
@given(deliveries=deliveries, rest=st.randoms(use_true_random=False))
def test_replays_reorderings_duplicates_and_parts_end_in_the_same_database(
    new_server, cast, deliveries, rest
):
    records = night_of_records(cast.asha.officer_id, cast.ben.officer_id)
    straight = new_server()
    expected_states = straight.deliver(records)
    expected = straight.tells()
    assert expected_states.count(State.STORED) == 21

    server = new_server()
    closed = [sealed(one, server.key.public) for one in records]
    held = set(range(len(records)))
    for chosen, replied in deliveries:
        sent = [closed[place] if is_sealed else records[place] for place, is_sealed in chosen]
        states = server.deliver(sent)
        if replied:
            done = {
                place for (place, _), state in zip(chosen, states, strict=True) if settled(state)
            }
            held -= done
    # At last there is a good connection: what the phone still holds goes out, in any order.
    for _ in range(2):
        left = rest.sample(sorted(held), len(held))
        for start in range(0, len(left), 4):
            part = left[start : start + 4]
            states = server.deliver([records[place] for place in part])
            held -= {place for place, state in zip(part, states, strict=True) if settled(state)}
        server.deliver([records[place] for place in sorted(held)])
    final = server.deliver(records)
    assert [one for one in final if not settled(one)] == [
        State.REJECTED,
        *[State.WAITING] * 2,
    ]
    assert server.tells() == expected


def settled(state: State) -> bool:
    return state in SETTLED

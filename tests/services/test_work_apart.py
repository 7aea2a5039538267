"""Work apart: it is started, followed by whoever started it, and known to be over or gone."""

import pytest

from fieldlog.services import work_apart
from fieldlog.services.work_apart import (
    Progress,
    Task,
    WorkState,
    doing,
    look,
    start_work,
    works_of,
)

CORA, SOMEBODY_ELSE = 3, 4


class Wrong(Exception):
    pass


@pytest.fixture
def launched(monkeypatch):
    """The folders of what was started."""
    folders = []

    class Child:
        def __init__(self, _module, folder):
            folders.append(folder)

        def wait(self):
            return 0

    monkeypatch.setattr(work_apart, "launch", Child)
    return folders


@pytest.fixture
def started(instance, clock, launched):
    """``started()`` is a piece of work whose process the test plays itself; returns its key."""

    def start(key="", **said):
        return start_work(instance, Task("none", "A file", said), by=CORA, now=clock(), key=key)

    return start


@pytest.fixture
def seen(instance, clock):
    return lambda key, by=CORA: look(instance, key, by=by, now=clock())


def test_whoever_started_it_sees_how_far_it_is(instance, started, seen):
    key = started(rows=9)
    assert (seen(key).state, seen(key).progress.step) == (WorkState.RUNNING, "Starting")
    with doing(instance / "work" / key) as work:
        assert work.said == {"rows": 9}
        work.tell(Progress("Writing rows", 4, 9))
        assert seen(key).progress == Progress("Writing rows", 4, 9)
        work.finish({"added": 9})
    assert (seen(key).state, seen(key).result) == (WorkState.DONE, {"added": 9})
    assert seen(key, by=SOMEBODY_ELSE) is None


def test_by_a_key_of_the_callers_it_is_started_once(instance, started, seen, launched):
    key = "00000000-0000-4000-8000-000000000000"
    for rows in (9, 10):
        assert started(key, rows=rows) == key
    assert len(launched) == 1
    assert seen(key).task.said == {"rows": 9}
    assert [folder.name for folder in (instance / "work").iterdir()] == [key]


def test_a_mistake_ends_it_with_its_message(instance, started, seen):
    key = started()
    with doing(instance / "work" / key, Wrong):
        raise Wrong("The disk is full.")
    assert (seen(key).state, seen(key).problem) == (WorkState.FAILED, "The disk is full.")


def test_work_whose_process_is_gone_is_not_under_way(instance, started, seen, clock):
    killed, never = started(), started()
    (instance / "work" / killed / "progress.json").write_text('{"step": "Writing rows"}')
    assert seen(killed).problem == work_apart.STOPPED_HALFWAY
    assert seen(never).state is WorkState.RUNNING
    clock.move_on(minutes=3)
    assert seen(never).problem == work_apart.STOPPED_HALFWAY


def test_it_is_kept_for_a_day(instance, started, seen, clock):
    old = started()
    clock.move_on(hours=25)
    new = started()
    assert [work.key for work in works_of(instance, by=CORA, now=clock())] == [new]
    assert not (instance / "work" / old).exists()


@pytest.mark.parametrize(
    "key", ["", "..", "00000000-0000-4000-8000-000000000000", "../../etc/passwd"]
)
def test_there_is_no_work_by_any_other_name(seen, key):
    assert seen(key) is None

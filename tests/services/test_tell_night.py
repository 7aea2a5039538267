"""A record set aside is of the night that it names, else of its time, else of any that began."""

from datetime import UTC, datetime, timedelta

import pytest

from fieldlog.core.strict_json import write_json
from fieldlog.services.open_sealed import sealing_key
from fieldlog.services.tell_night import may_be_of
from fieldlog.store import deployments
from fieldlog.store.connection import write_transaction
from fieldlog.store.set_aside import Kept, set_aside, undecided
from tests.phones import amendment, batch, patrol_event, patrol_start, visit
from tests.web.busy_nights import a_visit, record


@pytest.fixture
def other(db, cast, now):
    """The night a week later."""
    with write_transaction(db):
        return deployments.add_deployment(
            db,
            operation_id=cast.operation,
            night_of=cast.night + timedelta(days=7),
            name="",
            starts_at=None,
            finishes_at=None,
            now=now,
        )


@pytest.fixture
def nights(db, cast, instance, now, other):
    """Which of the two nights a record may be of: ``this``, ``other``."""

    def asked(said, received_at=now, key=True, **more):
        kept = Kept(said["id"], "hash", "refused", write_json(said), received_at, **more)
        with write_transaction(db):
            set_aside(db, kept)
        (found,) = [one for one in undecided(db) if one.kept.record_id == said["id"]]
        opens = sealing_key(instance) if key else None
        both = {"this": cast.deployment, "other": other}
        return [
            name
            for name, number in both.items()
            if may_be_of(db, found, deployments.get(db, number), opens)
        ]

    return asked


def test_it_is_of_the_deployment_that_it_names_whatever_its_time(cast, nights, other):
    by = cast.asha.officer_id
    assert nights(visit(by, deployment=str(cast.deployment))) == ["this"]
    assert nights(visit(by, deployment=str(other))) == ["other"]


@pytest.mark.parametrize(
    ("saved_at", "found"),
    [
        ("2020-12-05T21:38:03Z", ["this"]),
        ("2020-12-06T05:59:59Z", ["this"]),
        ("2020-12-06T06:00:00Z", []),
        ("2020-12-12T21:38:03Z", ["other"]),
    ],
)
def test_without_one_it_is_of_the_night_on_which_it_was_saved(cast, nights, saved_at, found):
    came = datetime(2020, 12, 13, 12, tzinfo=UTC)
    for deployment in ("none", "", "999", "x", "9" * 40):
        said = visit(cast.asha.officer_id, deployment=deployment) | {"captured_at": saved_at}
        assert nights(said, received_at=came) == found


def test_what_was_saved_after_it_arrived_is_of_the_night_on_which_it_arrived(cast, nights):
    said = visit(cast.asha.officer_id) | {"captured_at": "2020-12-12T21:38:03Z"}
    assert nights(said) == ["this"]


def test_a_phones_clock_that_was_wrong_is_put_right(cast, nights):
    said = visit(cast.asha.officer_id) | {"captured_at": "2020-12-12T21:38:03Z"}
    a_week = 7 * 24 * 60 * 60
    assert nights(said, clock_difference=a_week) == ["this"]


@pytest.mark.parametrize(
    ("day", "found"),
    [
        ("2020-12-05", ["this"]),
        ("2020-12-06", ["this"]),
        ("2020-12-12", ["other"]),
        ("2020-12-20", []),
        ("5 Dec", ["this"]),
        ("0001-01-01", []),
    ],
)
def test_the_date_that_was_typed_counts_before_the_time_it_was_saved(cast, nights, day, found):
    assert nights(visit(cast.asha.officer_id, happened_on=day)) == found


def test_what_changes_an_entry_is_of_the_night_of_that_entry(db, cast, nights):
    entry = a_visit(cast)
    record(db, entry)
    of = visit(cast.asha.officer_id) | {"id": str(entry.id)}
    said = amendment(of) | {"captured_at": "2020-12-12T21:38:03Z"}
    assert nights(said) == ["this"]


def test_an_event_of_a_patrol_is_of_the_night_that_its_start_names(cast, nights, signed_in):
    start = patrol_start(cast.asha.officer_id, deployment=str(cast.deployment))
    browser = signed_in("asha")
    answers = browser.post("/api/sync", json=batch(start)).json["answers"]
    assert [one["state"] for one in answers] == ["stored"]
    assert nights(patrol_event(start, "finish", "2020-12-12T20:00:00Z")) == ["this"]
    assert nights(patrol_start(cast.asha.officer_id, deployment=str(cast.deployment))) == ["this"]


def test_what_cannot_be_read_is_of_any_night_that_had_begun_when_it_came(cast, now, nights):
    sealed = {"id": "6b7c2a10-0d6e-4f5a-9d3b-2f1e0c9a8b7d", "sealed": "AAAA"}
    assert nights(sealed) == ["this"]
    week = now + timedelta(days=7)
    assert nights(sealed | {"id": f"{sealed['id'][:-1]}e"}, received_at=week) == ["this", "other"]
    assert nights(visit(cast.asha.officer_id), key=False) == ["this"]
    before = now - timedelta(days=1)
    assert nights(visit(cast.asha.officer_id), received_at=before, key=False) == []

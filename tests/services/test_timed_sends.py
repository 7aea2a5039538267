"""A timed send: every night goes once, at its UK time, or says why it did not."""

import threading
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from fieldlog.core.mail import MailState
from fieldlog.core.rules import Refused
from fieldlog.core.timed_send import Act, Outcome, WhenEmpty, WhenOpen, fell_due
from fieldlog.core.words import Marking, Role
from fieldlog.services import run_timed_sends as running
from fieldlog.services.close_night import close_night
from fieldlog.services.edit_distribution_lists import remove_list
from fieldlog.services.plan_deployment import OperationPlan, add_operation
from fieldlog.services.plan_timed_send import (
    change_timed_send,
    every_timed_send,
    look_at_timed_send,
    needs_somebody,
    set_up_timed_send,
)
from fieldlog.services.run_timed_sends import run_timed_sends
from fieldlog.store import mails, timed_sends
from fieldlog.store.checking import asked
from fieldlog.store.connection import connect, database_path, write_transaction
from fieldlog.store.mails import Told
from fieldlog.store.timed_sends import timed_sends_are_whole
from fieldlog.store.users import set_role
from tests.services.issuing import quiet_night, writes
from tests.services.one_timed_send import MORNING, SETTINGS, sent
from tests.web.busy_nights import a_visit, record


def test_the_night_that_ended_goes_at_its_time_and_only_once(db, cast, set_up, run):
    quiet_night(db, cast)
    set_up()
    assert run(MORNING - timedelta(seconds=1)) == []
    assert run(MORNING) == [(cast.night, Outcome.SENT)]
    assert run(MORNING) == run(MORNING + timedelta(hours=1)) == []
    (mail,) = sent(db)
    assert mail.title == "Op Emblazen, night of Saturday 5 December 2020"
    assert mail.subject == f"{mail.title} (as it stands: not closed yet)"
    assert mail.created_by == cast.cora.officer_id
    assert mail.attachment is not None
    assert asked(db, timed_sends_are_whole) == []


def test_a_night_of_many_operations_has_a_subject_that_fits(db, cast, set_up, run, now):
    quiet_night(db, cast)
    plans = [OperationPlan(f"Operation {n} of the safer nights", "other", None) for n in range(6)]
    more = [add_operation(db, plan, now=now) for plan in plans]
    set_up(operations=(cast.operation, *more))
    assert run(MORNING) == [(cast.night, Outcome.SENT)]
    (mail,) = sent(db)
    assert mail.subject.startswith("7 operations, night of Saturday 5 December 2020")
    assert "Operation 5 of the safer nights, night of Saturday" in mail.title


def test_two_servers_at_once_send_it_once(db, cast, instance, set_up, clock):
    quiet_night(db, cast)
    set_up()
    clock.now = MORNING
    together = threading.Barrier(4)

    def a_server():
        own = connect(database_path(instance))
        together.wait()
        run_timed_sends(own, SETTINGS, instance, clock=clock, make=writes())
        own.close()

    threads = [threading.Thread(target=a_server) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(sent(db)) == 1


def test_what_somebody_else_has_claimed_is_left_alone(db, cast, set_up):
    timed_id = set_up()
    (due,) = fell_due(timed_sends.get(db, timed_id), MORNING - timedelta(hours=1), MORNING)
    with write_transaction(db):
        assert timed_sends.claim(db, timed_id, due, "one", MORNING)
        assert not timed_sends.claim(db, timed_id, due, "two", MORNING)


def test_a_server_killed_half_way_is_carried_on(db, cast, set_up, run, monkeypatch):
    quiet_night(db, cast)
    set_up()
    settle = timed_sends.settle

    def killed(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(running, "send_report", killed)
    with pytest.raises(KeyboardInterrupt):
        run(MORNING)
    assert sent(db) == []
    monkeypatch.undo()
    monkeypatch.setattr(timed_sends, "settle", killed)
    with pytest.raises(KeyboardInterrupt):
        run(MORNING)
    monkeypatch.setattr(timed_sends, "settle", settle)
    assert run(MORNING) == [(cast.night, Outcome.SENT)]
    assert len(sent(db)) == 1


def test_a_night_that_cannot_be_sent_at_all_keeps_no_other_back(db, cast, set_up, run, monkeypatch):
    quiet_night(db, cast)
    set_up(clock=time(7, 0))
    other = set_up(clock=time(7, 30))
    settled = running._Runner.run

    def broken(runner, timed_id, *night):
        if timed_id != other:
            raise RuntimeError("something nobody foresaw")
        return settled(runner, timed_id, *night)

    monkeypatch.setattr(running._Runner, "run", broken)
    with pytest.raises(RuntimeError, match="nobody foresaw"):
        run(MORNING)
    assert timed_sends.run_of(db, other, cast.night).outcome is Outcome.SENT


@pytest.mark.parametrize(("day", "hour"), [(date(2021, 3, 28), 7), (date(2021, 10, 31), 8)])
def test_eight_in_the_morning_stays_eight_across_a_clock_change(timed, day, hour):
    noon = datetime.combine(day, time(12), UTC)
    found = list(fell_due(timed, noon - timedelta(days=1), noon + timedelta(days=1)))
    assert [each.at.hour for each in found] == [hour, hour]
    assert [each.night for each in found] == [day - timedelta(days=1), day]


def test_only_its_days_count(timed):
    since = datetime(2020, 12, 1, tzinfo=UTC)
    found = fell_due(replace(timed, days=(5, 6)), since, since + timedelta(days=7))
    assert [each.night for each in found] == [date(2020, 12, 4), date(2020, 12, 5)]


def test_one_that_the_server_slept_through_is_caught_up_with_or_missed(db, cast, set_up, run):
    quiet_night(db, cast)
    set_up()
    assert run(MORNING + timedelta(days=1, hours=11)) == [
        (cast.night, Outcome.MISSED),
        (cast.night + timedelta(days=1), Outcome.TOLD),
    ]
    (one,) = every_timed_send(db, now=MORNING)
    assert [each.outcome for each in one.runs] == [Outcome.TOLD, Outcome.MISSED]


def test_an_empty_night_is_said_so_or_passed_over(db, cast, set_up, run):
    set_up()
    set_up(when_empty=WhenEmpty.SKIP)
    assert {outcome for _, outcome in run(MORNING)} == {Outcome.TOLD, Outcome.NOTHING}
    (mail,) = sent(db)
    assert mail.subject.startswith("Nothing was logged: Op Emblazen, night of Saturday 5 December")
    assert mail.attachment is None


def test_it_waits_for_the_night_to_be_closed(db, cast, set_up, run, clock):
    quiet_night(db, cast)
    set_up(when_open=WhenOpen.HOLD)
    assert run(MORNING) == []
    by = cast.cora.officer_id
    close_night(db, cast.deployment, statement="All in.", by=by, now=clock())
    assert run(MORNING + timedelta(hours=2)) == [(cast.night, Outcome.SENT)]
    assert "as it stands" not in sent(db)[0].subject


def test_a_night_that_nobody_closes_is_held_for_a_person(db, cast, set_up, run):
    quiet_night(db, cast)
    set_up(when_open=WhenOpen.HOLD, days=(6,))
    assert run(MORNING + timedelta(hours=13)) == [(cast.night, Outcome.HELD)]
    ((_, stopped),) = needs_somebody(every_timed_send(db, now=MORNING), now=MORNING)
    assert "Op Emblazen" in stopped.why


def test_what_is_marked_higher_than_was_agreed_is_held(db, cast, set_up, run):
    record(db, a_visit(cast, marking=Marking.OFFICIAL_SENSITIVE))
    set_up()
    set_up(marking=Marking.OFFICIAL_SENSITIVE)
    assert sorted(outcome for _, outcome in run(MORNING)) == [Outcome.HELD, Outcome.SENT]


def test_domains_and_limits_are_looked_at_again_each_time(db, cast, set_up, run):
    quiet_night(db, cast)
    set_up()
    set_up()
    settings = replace(SETTINGS, domains=("police.uk",))
    assert run(MORNING, settings)[0] == (cast.night, Outcome.FAILED)
    why = timed_sends.run_of(db, 1, cast.night).why
    assert ("“Committee”" in why, "a@marlbridge.gov.uk" in why) == (True, False)
    timed_id = set_up()
    found = run(MORNING, replace(SETTINGS, largest_file=1))
    assert found == [(cast.night, Outcome.FAILED)]
    run_of = timed_sends.run_of(db, timed_id, cast.night)
    assert "limit" in run_of.why


def test_it_stops_with_whoever_answers_for_it_and_with_its_list(db, cast, set_up, run, timed, now):
    quiet_night(db, cast)
    set_up()
    remove_list(db, timed.list_id, by=cast.cora.officer_id, now=now)
    assert run(MORNING) == [(cast.night, Outcome.FAILED)]
    with write_transaction(db):
        set_role(db, cast.cora.officer_id, Role.VIEWER)
    assert run(MORNING + timedelta(days=1))[0][1] is Outcome.FAILED
    assert "Cora Hale" in timed_sends.runs(db, 1, 1)[0].why


def test_figures_they_have_already_are_not_sent_again(db, cast, set_up, run):
    quiet_night(db, cast)
    set_up()
    run(MORNING)
    set_up()
    assert run(MORNING) == [(cast.night, Outcome.ALREADY)]
    assert len(sent(db)) == 1


def test_figures_that_somebody_among_them_has_are_not_sent_again(db, cast, set_up, run):
    quiet_night(db, cast)
    set_up()
    run(MORNING)
    for message, then in zip(mails.recipients(db, 1), [Outcome.ALREADY, Outcome.SENT], strict=True):
        with write_transaction(db):
            mails.tell(db, message.id, Told(MailState.FAILED, MORNING))
        set_up()
        assert run(MORNING) == [(cast.night, then)]


def test_paused_days_are_not_made_up_for(db, cast, set_up, run):
    quiet_night(db, cast)
    timed_id = set_up()
    by = {"by": cast.cora}
    change_timed_send(db, timed_id, Act.PAUSED, now=MORNING - timedelta(hours=1), **by)
    assert run(MORNING) == []
    change_timed_send(db, timed_id, Act.RESUMED, now=MORNING + timedelta(hours=1), **by)
    assert run(MORNING + timedelta(hours=2)) == []
    change_timed_send(db, timed_id, Act.ENDED, now=MORNING + timedelta(hours=3), **by)
    with pytest.raises(Refused, match="ended by Cora Hale"):
        change_timed_send(db, timed_id, Act.RESUMED, now=MORNING + timedelta(hours=4), **by)


def test_it_is_set_up_only_as_it_was_looked_at(db, cast, timed, now):
    assert set_up_timed_send(db, timed, SETTINGS, seen="x", by=cast.cora, now=now) is None
    wrong = replace(timed, days=(), clock=time(5, 0), operations=(99,), list_id=None)
    with pytest.raises(Refused) as refused:
        look_at_timed_send(db, wrong, SETTINGS, now=now)
    fields = {problem.field for problem in refused.value.problems}
    assert fields == {"days", "clock", "operations", "list_id"}

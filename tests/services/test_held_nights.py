"""A timed send that would give small numbers away is held; a person may let it go, once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from fieldlog.core.editions import Edition, Output
from fieldlog.core.timed_send import Outcome
from fieldlog.core.words import Marking
from fieldlog.services.let_night_go import held_night, let_night_go, look_at_held_night
from fieldlog.services.list_nights import of_deployment
from fieldlog.services.look_at_mail import Asked
from fieldlog.services.plan_timed_send import (
    every_timed_send,
    look_at_timed_send,
    needs_somebody,
)
from fieldlog.services.send_apart import Going, LookAgain, Sending
from fieldlog.services.send_report import FiguresChanged, Press, send_report
from fieldlog.store import timed_sends
from fieldlog.store.checking import asked
from fieldlog.store.connection import database_path
from fieldlog.store.timed_sends import timed_sends_are_whole
from tests.services.issuing import issue_night, quiet_night, writes
from tests.services.one_timed_send import MORNING, SETTINGS, sent
from tests.web.busy_nights import a_visit, record

HIDING = Output(Edition.COMMITTEE, suppress=True)


@pytest.fixture
def send_by_hand(db, cast, instance, clock):
    """``send_by_hand(output)`` sends the night to somebody on the council."""

    def by_hand(output=None, key="by hand"):
        return send_report(
            db,
            Asked(
                of_deployment(cast.deployment), addresses=("c@marlbridge.gov.uk",), output=output
            ),
            SETTINGS,
            Press(key, clock()),
            database=database_path(instance),
            by=cast.cora,
            now=clock(),
            make=writes(),
        )

    return by_hand


@pytest.fixture
def let_go(db, cast, instance, clock):
    """``let_go(held)`` looks at a held night and lets it go."""

    def go(held, key="a press", seen=None):
        seen = seen or look_at_held_night(db, held, SETTINGS, as_at=clock()).seen
        press = Press(key, clock(), seen)
        sending = Sending(held.asked, SETTINGS, press, LookAgain("/timed-sends/1/nights/1", {}))
        return let_night_go(db, instance, held, sending, by=cast.cora, now=clock())

    return go


@pytest.mark.parametrize(
    ("timed_output", "by_hand", "says"),
    [
        (HIDING, None, "this hides numbers from 1 to 4, and the mail of 21:40 on 5 December 2020"),
        (None, HIDING, "this shows numbers from 1 to 4, and issue 1, version 1, of 21:40"),
    ],
)
def test_what_went_out_by_hand_holds_it(
    db, cast, set_up, run, send_by_hand, timed_output, by_hand, says
):
    quiet_night(db, cast)
    timed_id = set_up(output=timed_output)
    send_by_hand(by_hand)
    assert run(MORNING) == [(cast.night, Outcome.HELD)]
    assert len(sent(db)) == 1
    ((_, held),) = needs_somebody(every_timed_send(db, now=MORNING), now=MORNING)
    assert says in held.why
    assert "c@marlbridge.gov.uk" not in held.why
    assert run(MORNING) == []
    assert timed_sends.run_of(db, timed_id, cast.night).needs_somebody


def test_an_issue_that_nobody_was_sent_holds_it_too(db, cast, instance, now, set_up, run):
    quiet_night(db, cast)
    issue_night(db, cast, instance, now)
    set_up(output=HIDING)
    assert run(MORNING) == [(cast.night, Outcome.HELD)]


def test_of_two_timed_sends_that_do_not_agree_the_second_is_held(db, cast, set_up, run):
    quiet_night(db, cast)
    set_up()
    set_up(output=HIDING)
    assert sorted(outcome for _, outcome in run(MORNING)) == [Outcome.HELD, Outcome.SENT]


@pytest.mark.parametrize("output", [Output(), HIDING])
def test_what_does_not_hide_otherwise_goes(db, cast, set_up, run, send_by_hand, output):
    quiet_night(db, cast)
    send_by_hand(HIDING if output.suppress else None)
    set_up(output=output)
    assert run(MORNING) == [(cast.night, Outcome.SENT)]


def test_a_night_without_small_numbers_goes(db, cast, set_up, run, send_by_hand):
    record(db, *(a_visit(cast, place=f"Bar {number}") for number in range(9)))
    send_by_hand()
    set_up(output=HIDING)
    assert run(MORNING) == [(cast.night, Outcome.SENT)]


def test_what_goes_out_while_its_file_is_written_holds_it(db, cast, set_up, run, send_by_hand):
    quiet_night(db, cast)
    set_up(output=HIDING)
    keys = iter("123")

    def meanwhile():
        send_by_hand(key=next(keys))

    assert run(MORNING, make=writes(meanwhile=meanwhile)) == [(cast.night, Outcome.HELD)]
    assert [mail.send_key for mail in sent(db)] == ["1"]


def test_it_stays_in_sight_for_a_week_though_later_nights_go(db, cast, set_up, run, send_by_hand):
    quiet_night(db, cast)
    set_up(output=HIDING)
    send_by_hand()
    run(MORNING)
    assert run(MORNING + timedelta(days=1)) == [(cast.night + timedelta(days=1), Outcome.TOLD)]
    for days, seen in ((1, [cast.night]), (7, [cast.night]), (8, [])):
        now = MORNING + timedelta(days=days)
        found = needs_somebody(every_timed_send(db, now=now), now=now)
        assert [held.due.night for _, held in found] == seen


class TestLetGo:
    @pytest.fixture
    def held(self, db, cast, set_up, run, send_by_hand):
        quiet_night(db, cast)
        send_by_hand()
        timed_id = set_up(output=HIDING)
        run(MORNING)
        return held_night(db, timed_id, timed_sends.run_of(db, timed_id, cast.night).id)

    def test_it_goes_once_as_whoever_let_it(self, db, cast, held, let_go, run):
        assert let_go(held) == Going(mail_id=2)
        assert let_go(held, "another press") == Going(mail_id=2)
        (_, mail) = sent(db)
        assert (mail.send_key, mail.list_name) == (held.run.send_key, "Committee")
        gone = timed_sends.run(db, held.run.id)
        assert (gone.outcome, gone.mail_id, gone.let_go.who) == (Outcome.HELD, 2, "Cora Hale")
        assert gone.says == "Held, then let go"
        assert needs_somebody(every_timed_send(db, now=MORNING), now=MORNING) == []
        assert held_night(db, 1, held.run.id) is None
        assert run(MORNING) == []
        assert asked(db, timed_sends_are_whole) == []

    def test_only_what_was_looked_at_goes(self, db, cast, held, let_go, clock):
        seen = look_at_held_night(db, held, SETTINGS, as_at=clock()).seen
        record(db, a_visit(cast))
        with pytest.raises(FiguresChanged):
            let_go(held, seen=seen)
        assert len(sent(db)) == 1
        assert held_night(db, 1, held.run.id) is not None

    def test_only_a_held_night_of_that_timed_send_can_go(self, db, held, set_up):
        other = set_up()
        assert held_night(db, other, held.run.id) is None
        assert held_night(db, 1, 99) is None
        assert held_night(db, 99, held.run.id) is None


def test_a_night_marked_higher_can_be_let_go_as_well(db, cast, set_up, run, let_go):
    record(db, a_visit(cast, marking=Marking.OFFICIAL_SENSITIVE))
    set_up()
    run(MORNING)
    held = held_night(db, 1, 1)
    held = replace(held, asked=replace(held.asked, sensitive_allowed=True))
    assert let_go(held) == Going(mail_id=1)


class TestPlanned:
    """Whoever sets one up is told what would hold it."""

    def look(self, db, timed, now, output=HIDING, **more):
        return look_at_timed_send(db, replace(timed, output=output, **more), SETTINGS, now=now)

    def test_what_went_out_of_its_first_night_is_named(self, db, cast, timed, now, send_by_hand):
        quiet_night(db, cast)
        assert self.look(db, timed, now).earlier == ()
        send_by_hand()
        (earlier,) = self.look(db, timed, now).earlier
        assert (earlier.what, earlier.went_to) == ("the mail", ("c@marlbridge.gov.uk",))
        assert self.look(db, timed, now, output=Output()).earlier == ()

    def test_a_timed_send_that_shows_what_this_one_hides_is_named(self, db, timed, now, set_up):
        set_up(list_name="Everybody")
        for operations in (timed.operations, ()):
            (other,) = self.look(db, timed, now, operations=operations).beside
            assert other.list_name == "Everybody"
        assert self.look(db, timed, now, output=None).beside == ()
        assert self.look(db, timed, now, output=Output()).beside == ()

    def test_one_of_other_days_is_not(self, db, timed, now, set_up):
        set_up(days=(0, 1))
        assert self.look(db, timed, now, days=(5, 6)).beside == ()

"""A figure printed elsewhere stands beside fieldlog's own, with what would explain it."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from fieldlog.core.night import from_uk
from fieldlog.core.question import Filter, Sums
from fieldlog.core.rules import Refused
from fieldlog.services.amend_entry import strike_entry
from fieldlog.services.list_nights import of_deployment
from fieldlog.services.reconcile_published import (
    PrintedPlan,
    add_printed,
    list_printed,
    reconcile,
    strike_printed,
)
from fieldlog.store.connection import IntegrityError
from fieldlog.tallies.reconciling import Candidate, estimates, ordered, says
from tests.services.issuing import a_late_entry, issue_night, quiet_night
from tests.web.busy_nights import a_visit, record

MARSHALS = Sums(
    entries=483, visits=483, premises_visited=120, timed=143, minutes=4_725, measures={}
)
PLAN = PrintedPlan(
    "Licensing Committee", date(2020, 12, 5), "12", "81.25 hours, 30 mins est", "hours", "81.25",
    Filter(),
)  # fmt: skip


@pytest.fixture
def printed(db, cast, now):
    def added(**changes):
        return add_printed(db, replace(PLAN, **changes), by=cast.cora.officer_id, now=now)

    return added


def what(candidates):
    return [(one.what, says(one.hundredths)) for one in candidates]


def test_the_published_hours_are_none_that_the_records_make_but_five_estimates_would():
    found = list(estimates(MARSHALS, 8_125, "81.25 hours 30 mins est"))
    assert ("With the 340 entries without a time estimated at 30 minutes each", "248.75") in what(
        found
    )
    fitting, others = ordered(found, 8_125, 7_875)
    assert (
        Candidate(
            "With 5 of the 340 entries without a time counted at 30 minutes each",
            8_125,
            supposed=True,
        )
        in fitting
    )
    assert all(one.supposed for one in fitting)
    assert others


def test_an_estimate_takes_the_minutes_that_the_paper_names():
    said = what(estimates(MARSHALS, 0, "20 mins each, estimated"))
    assert any("at 20 minutes each" in words for words, _ in said)
    assert list(estimates(replace(MARSHALS, timed=483), 0, "30 mins")) == []


def test_a_figure_is_put_beside_our_own(db, cast, printed):
    quiet_night(db, cast)
    found = reconcile(db, printed(wanted=of_deployment(cast.deployment)))
    assert (found.listed.own, found.listed.difference) == (125, 8_000)
    assert found.listed.printed.words == "81.25 hours, 30 mins est"
    assert [one.label for one in list_printed(db)] == ["Hours recorded"]


def explained(db, cast, printed, value, **changes):
    found = reconcile(
        db,
        printed(value=value, wanted=of_deployment(cast.deployment), words="As printed", **changes),
    )
    return [one.what for one in found.fitting]


def test_struck_entries_would_explain_it(db, cast, printed, now):
    quiet_night(db, cast)
    twice = a_late_entry(cast)
    record(db, twice)
    by = {"by": cast.cora.officer_id, "now": now}
    strike_entry(db, twice.id, seen_version=1, reason="twice", **by)
    assert explained(db, cast, printed, "3", figure="warned") == ["With struck entries counted"]


def test_entries_that_came_late_would_explain_it(db, cast, printed, now):
    quiet_night(db, cast)
    record(db, a_late_entry(cast), now=now + timedelta(days=2))
    (said,) = explained(db, cast, printed, "1", figure="warned")
    assert said == "As the log stood on 5 December 2020, without what came or changed later"


def test_the_calendar_day_would_explain_it(db, cast, printed, now):
    quiet_night(db, cast)
    after_midnight = from_uk(date(2020, 12, 6), time(1, 30))
    record(
        db,
        a_late_entry(cast, happened_at=after_midnight, captured_at=after_midnight),
        now=after_midnight,
    )
    said = explained(db, cast, printed, "1", figure="warned", printed_on=date(2020, 12, 6))
    assert said == ["By the calendar day, midnight to midnight, not by the night"]


def test_another_base_and_an_issued_version_would_explain_it(db, cast, printed, instance, now):
    quiet_night(db, cast)
    issue_night(db, cast, instance, now)
    record(db, a_visit(cast), a_visit(cast))
    said = explained(db, cast, printed, "3", figure="visits")
    assert said == ["In issue 1, version 1, as at 21:40 on 5 December 2020"]
    record(db, a_late_entry(cast))
    assert explained(db, cast, printed, "6", figure="visits") == ["Entries of the same entries"]


def test_what_was_printed_is_struck_with_a_reason_and_never_edited(db, cast, printed, now):
    figure_id = printed()
    by = {"by": cast.cora.officer_id, "now": now}
    with pytest.raises(Refused, match="Say why"):
        strike_printed(db, figure_id, " ", **by)
    strike_printed(db, figure_id, "another page", **by)
    found = reconcile(db, figure_id)
    assert (found.listed.struck.reason, found.struck_by) == ("another page", "Cora Hale")
    with pytest.raises(Refused, match="struck already"):
        strike_printed(db, figure_id, "again", **by)
    for table in ("published_figures", "published_figures_struck"):
        with pytest.raises(IntegrityError, match="append-only"):
            db.execute(f"DELETE FROM {table}")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"source": " "}, "Say where it was printed"),
        ({"words": ""}, "Copy the words"),
        ({"value": "about 80"}, "Give the figure as a number"),
        ({"value": "-1"}, "Give the figure as a number"),
        ({"value": "1.005"}, "Give the figure as a number"),
        ({"value": "NaN"}, "Give the figure as a number"),
        ({"value": "1e400"}, "Give the figure as a number"),
        ({"printed_on": None}, "Give the date"),
        ({"printed_on": date(2021, 1, 1)}, "in the future"),
        ({"figure": "happiness"}, "Choose which figure"),
        ({"words": "x" * 501}, "at most 500"),
        ({"source": "a\x00b"}, "not text"),
    ],
)
def test_it_says_what_is_missing_of_a_source(db, printed, changes, message):
    with pytest.raises(Refused, match=message):
        printed(**changes)
    assert list_printed(db) == ()

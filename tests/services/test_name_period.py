"""Which night or period a file is about, in its title and in its name."""

from datetime import date, timedelta

import pytest

from fieldlog.core.mail import LONGEST_SUBJECT
from fieldlog.core.question import Filter
from fieldlog.services.name_period import Period, name_period
from fieldlog.services.plan_deployment import DeploymentPlan, add_deployment

SATURDAY, FRIDAY = date(2020, 12, 5), date(2020, 12, 11)


@pytest.mark.parametrize(
    ("wanted", "title"),
    [
        (Filter(), "All operations, all nights"),
        (
            Filter({"night": ("2020-12-05",)}),
            "All operations, night of Saturday 5 December 2020",
        ),
        (
            Filter({"night": ("2020-12-11", "2020-12-05")}),
            "All operations, nights of 5 December 2020 and 11 December 2020",
        ),
        (
            Filter({}, SATURDAY, FRIDAY),
            "All operations, nights from 5 December 2020 to 11 December 2020",
        ),
        (Filter({}, SATURDAY, SATURDAY), "All operations, night of Saturday 5 December 2020"),
        (Filter({}, SATURDAY), "All operations, nights from 5 December 2020 on"),
        (Filter({}, None, FRIDAY), "All operations, nights up to 11 December 2020"),
    ],
)
def test_the_title_names_the_nights(db, cast, wanted, title):
    assert name_period(db, wanted).title == title


def test_the_title_names_the_operation(db, cast):
    night = "Op Emblazen, night of Saturday 5 December 2020"
    assert name_period(db, Filter({"deployment": (cast.deployment,)})).title == night
    assert name_period(db, Filter({"operation": (cast.operation,)})).title == (
        "Op Emblazen, all nights"
    )


@pytest.mark.parametrize(
    ("held", "besides"),
    [
        ({"agency": (1,)}, "agency Marlbridge Borough Council"),
        ({"kind": ("arrest",), "hour": (1,)}, "kind of entry Arrest; hour 01:00"),
        ({"deployment": (None, 99)}, "and entries of no deployment"),
        ({"deployment": (None,)}, "entries of no deployment"),
        ({"operation": (None,)}, "entries of no operation"),
        ({"agency": (1, 2), "ward": (None,)}, "part of the entries"),
    ],
)
def test_the_title_of_a_part_says_which_part_it_is(db, cast, held, besides):
    assert name_period(db, Filter(held)).title == f"All operations, all nights ({besides})"


def test_the_title_says_what_is_left_out_and_what_entries_must_hold(db, cast):
    for wanted, besides in (
        (Filter(without={"agency": (cast.constabulary,)}), "agency not Marlshire Police"),
        (Filter(holding="fpn"), "only entries with fixed penalty notices (FPN)"),
    ):
        assert name_period(db, wanted).title == f"All operations, all nights ({besides})"


@pytest.mark.parametrize(
    "wanted",
    [
        Filter({"officer": (1,)}),
        Filter({"prohibition": ("Ben",)}),
        Filter(place="The Lamp"),
        Filter(without={"premises": (1,)}),
    ],
)
def test_the_title_names_nobody(db, cast, wanted):
    assert name_period(db, wanted).title == "All operations, all nights (part of the entries)"


def test_two_deployments_of_a_night_go_by_their_names(db, cast, now):
    start = now + timedelta(hours=1)
    plan = DeploymentPlan(cast.operation, start, start + timedelta(hours=4), "Late turn")
    late = add_deployment(db, plan, now=now)
    night = "Op Emblazen, night of Saturday 5 December 2020"
    assert name_period(db, Filter({"deployment": (late,)})).title == f"{night} (Late turn)"
    alone = name_period(db, Filter({"deployment": (cast.deployment,)}))
    assert alone.title == f"{night} (without Late turn)"
    both = Filter({"deployment": (cast.deployment, late)})
    assert name_period(db, both).title == f"{night} (2 deployments)"


def test_the_subject_of_a_mail_is_never_too_long():
    one, many = Period(("Op Emblazen",), (SATURDAY,)), Period(tuple("x" * 30 + c for c in "abcd"))
    assert one.subject == one.title
    assert many.subject == "4 operations, all nights"
    assert len(Period(("x" * 300,)).subject) == LONGEST_SUBJECT


def test_the_file_is_named_after_it():
    assert Period(("Op Emblazen",), (SATURDAY,)).file_name(".xlsx") == "Op Emblazen 2020-12-05.xlsx"
    assert Period((), (), SATURDAY, FRIDAY).file_name(".csv") == (
        "All operations 2020-12-05 to 2020-12-11.csv"
    )
    part = Period((), (SATURDAY,), besides="agency Marlbridge Borough Council")
    assert (
        part.file_name(".csv") == "All operations 2020-12-05 agency Marlbridge Borough Council.csv"
    )


def test_a_file_name_has_nothing_in_it_that_leads_elsewhere():
    name = Period(("../../etc/passwd\x00\r\n", "C:\\x"), (SATURDAY,)).file_name(".xlsx")
    assert name == "etc passwd C x 2020-12-05.xlsx"
    assert len(Period(("x" * 500,)).file_name(".xlsx")) < 130

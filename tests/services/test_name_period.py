"""Which night or period a file is about, in its title and in its name."""

from datetime import date

import pytest

from fieldlog.core.question import Filter
from fieldlog.services.name_period import Period, name_period

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
    assert name_period(db, Filter({"deployment": (None, 99)})).title == "All operations, all nights"


def test_the_file_is_named_after_it():
    assert Period(("Op Emblazen",), (SATURDAY,)).file_name(".xlsx") == "Op Emblazen 2020-12-05.xlsx"
    assert Period((), (), SATURDAY, FRIDAY).file_name(".csv") == (
        "All operations 2020-12-05 to 2020-12-11.csv"
    )


def test_a_file_name_has_nothing_in_it_that_leads_elsewhere():
    name = Period(("../../etc/passwd\x00\r\n", "C:\\x"), (SATURDAY,)).file_name(".xlsx")
    assert name == "etc passwd C x 2020-12-05.xlsx"
    assert len(Period(("x" * 500,)).file_name(".xlsx")) < 130

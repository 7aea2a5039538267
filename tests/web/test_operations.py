"""Operations and deployments are planned on screen, in UK local time, clock changes included."""

import re

import pytest

from fieldlog.services import list_operations
from tests.web.figures_on_pages import problems, words


@pytest.fixture
def cora(signed_in):
    return signed_in("cora")


NEW = {"name": "Op Dial", "kind": "hotspot_patrol", "lead_agency": "none"}
TIMES = {
    "starts_on": "2020-12-11",
    "starts_time": "18:00",
    "finishes_on": "",
    "finishes_time": "03:00",
    "name": "",
}


def text(answer, status=200):
    assert answer.status_code == status
    return answer.get_data(as_text=True)


def plan(browser, cast, **changes):
    return browser.post(f"/operations/{cast.operation}/deployments/new", data={**TIMES, **changes})


def planned(browser, cast, **changes):
    answer = plan(browser, cast, **changes)
    assert answer.status_code == 303, problems(answer.get_data(as_text=True))
    assert answer.location.endswith("/plan")
    return words(text(browser.get(f"/operations/{cast.operation}")))


def test_operations_are_listed(cora):
    html = words(text(cora.get("/operations")))
    assert "Op Emblazen Night of action Marlbridge Borough Council" in html


def test_there_may_be_none_yet(cora, db):
    db.execute("DELETE FROM deployments")
    db.execute("DELETE FROM operation_names")
    db.execute("DELETE FROM operations")
    assert "No operations yet" in text(cora.get("/operations"))


def test_an_operation_is_added_with_its_other_names_and_lead_agency(cora, db, cast):
    data = NEW | {"aliases": "Op Dyal\r\n\r\nOperation Dial", "lead_agency": cast.constabulary}
    answer = cora.post("/operations/new", data=data)
    assert answer.status_code == 303
    html = words(text(cora.get(answer.location)))
    assert "Operation added. Now plan its first deployment." in html
    assert "Hotspot patrol, led by Marlshire Police." in html
    assert "Also spelled Op Dyal, Operation Dial." in html
    assert "No deployments yet" in html


def test_an_agency_can_be_added_on_the_way(cora, db):
    data = NEW | {"new_agency": "Marlbridge Fire  and Rescue"}
    html = words(text(cora.get(cora.post("/operations/new", data=data).location)))
    assert "led by Marlbridge Fire and Rescue." in html
    assert "Marlbridge Fire and Rescue" in dict(list_operations.agencies_to_lead(db)).values()


def test_an_agency_that_is_there_already_is_not_added_twice(cora, db, cast):
    data = NEW | {"new_agency": "marlshire police"}
    answer = cora.post("/operations/new", data=data)
    assert "led by Marlshire Police" in text(cora.get(answer.location))
    assert len(list_operations.agencies_to_lead(db)) == 2


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"name": " "}, "Give the operation a name, like Op Emblazen."),
        ({"name": "op emblazen"}, "There is an operation called op emblazen already."),
        ({"name": "x" * 101}, "at most 100 characters"),
        ({"aliases": "Op Emblazen"}, "There is an operation called Op Emblazen already."),
        ({"kind": ""}, "Choose the kind of operation."),
        ({"kind": "carnival"}, "Choose the kind of operation."),
        ({"lead_agency": "99"}, "Choose one of the agencies, or add one."),
        ({"lead_agency": "police"}, "Choose one of the agencies, or add one."),
        ({"new_agency": "y" * 101}, "at most 100 characters"),
    ],
)
def test_it_rejects_an_operation_and_keeps_what_was_typed(cora, db, changes, says):
    data = {"aliases": "Op Dyal", **NEW, **changes}
    html = text(cora.post("/operations/new", data=data), 400)
    assert says in problems(html)
    assert data["name"] in html
    assert data["aliases"] in html
    assert len(list_operations.operations(db)) == 1


def test_a_deployment_finishes_after_midnight_without_a_second_date(cora, cast):
    html = planned(cora, cast)
    assert "Planned for the night of Friday 11 December 2020: 18:00 to 03:00, 9 hours." in html
    assert "Friday 11 December 2020 18:00 to 03:00 9 hours" in html


@pytest.mark.parametrize(
    ("start", "finish", "length"),
    [
        ("2020-10-24", "2020-10-25", "10 hours"),
        ("2021-03-27", "2021-03-28", "8 hours"),
        ("2020-06-20", "2020-06-21", "9 hours"),
    ],
    ids=["clocks go back", "clocks go forward", "summer"],
)
@pytest.mark.parametrize("with_date", [True, False])
def test_the_length_is_what_clocks_really_ran(cora, cast, start, finish, length, with_date):
    html = planned(cora, cast, starts_on=start, finishes_on=finish if with_date else "")
    assert f"18:00 to 03:00, {length}." in html


def test_it_belongs_to_the_date_it_starts_on_also_after_midnight(cora, cast):
    html = planned(cora, cast, starts_on="2020-12-13", starts_time="00:30", finishes_time="02:45")
    assert "Sunday 13 December 2020 00:30 to 02:45 2 hours 15 minutes" in html


def test_the_times_of_the_last_deployment_are_offered_and_no_date(cora, cast):
    html = text(cora.get(f"/operations/{cast.operation}/deployments/new"))
    assert 'value="18:00"' in html
    assert 'value="03:00"' in html
    assert 'name="starts_on" type="date" value=""' in html


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"starts_on": ""}, "Give the date it starts on."),
        ({"starts_time": ""}, "Give the time it starts, like 18:00."),
        ({"finishes_time": ""}, "Give the time it finishes, like 03:00."),
        ({"starts_time": "25:00"}, "The time must be like 21:40."),
        ({"starts_on": "31/02/2020"}, "The date must be like 05/12/2020."),
        ({"finishes_on": "2020-12-11"}, "give the date of the next day"),
        ({"finishes_on": "2020-12-15"}, "at most two days"),
        ({"starts_on": "2020-12-05"}, "a deployment on that night already"),
        ({"name": "x" * 201}, "at most 200 characters"),
    ],
)
def test_it_rejects_a_deployment_and_keeps_what_was_typed(cora, db, cast, changes, says):
    html = text(plan(cora, cast, **changes), 400)
    assert says in problems(html)
    for name, value in {**TIMES, **changes}.items():
        if value:
            assert f'name="{name}"' in html
            assert f'value="{value}"' in html
    assert len(list_operations.of_operation(db, cast.operation)) == 1


def test_a_second_deployment_on_a_night_has_a_name_of_its_own(cora, cast):
    html = planned(cora, cast, starts_on="2020-12-05", starts_time="08:00", name="Day turn")
    assert "Saturday 5 December 2020 Day turn 08:00 to 03:00" in html


@pytest.mark.parametrize("path", ["/operations/99", "/operations/99/deployments/new"])
def test_an_unknown_operation_is_not_found(cora, path):
    assert "Page not found" in text(cora.get(path), 404)


def test_a_number_too_large_for_the_database_is_not_found(cora):
    assert cora.get(f"/operations/{10**30}").status_code == 404
    assert cora.get(f"/nights/{10**30}").status_code == 404


def test_the_operations_page_leads_to_its_figures(cora, cast):
    html = text(cora.get(f"/operations/{cast.operation}"))
    assert f"/tallies?operation={cast.operation}" in html
    assert f"/nights/{cast.deployment}" in html


def test_other_spellings_are_changed_later_and_the_earlier_ones_are_told(cora, cast):
    change = f"/operations/{cast.operation}/change"
    assert cora.post(change, data={"aliases": "Op Emblazon\nOp  Emblasen"}).status_code == 303
    assert cora.post(change, data={"aliases": "Op Emblazon\nOp Emblazen"}).status_code == 303
    page = cora.get(change).text
    assert re.search(r"Op Emblasen, taken off at .* by Cora Hale", page)
    assert "Op Emblazon, added at" in page
    assert "Also spelled Op Emblazon." in cora.get(f"/operations/{cast.operation}").text


def test_a_spelling_of_another_operation_is_refused(cora, cast):
    cora.post("/operations/new", data={**NEW, "name": "Op Talia", "aliases": "Op Talla"})
    answer = cora.post(f"/operations/{cast.operation}/change", data={"aliases": "Op Talla"})
    assert (answer.status_code, "Another operation goes by Op Talla" in answer.text) == (400, True)

"""Names in a spreadsheet mean the records that people would mean; new ones are made and listed."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest

from fieldlog.core.words import Capacity, Role
from fieldlog.services.add_user import add_user
from fieldlog.services.plan_deployment import DeploymentPlan, add_deployment
from fieldlog.store.connection import write_transaction
from fieldlog.store.deployments import add_name, deployments, operations
from fieldlog.store.officers import add_officer
from fieldlog.store.premises import Registration, add_registered
from fieldlog.store.users import every_account
from tests.spreadsheets import import_rows, lines, row, write_xlsx


@pytest.fixture
def importing(db, tmp_path):
    return partial(import_rows, db, tmp_path)


def test_what_is_new_is_made_and_listed_once(db, importing):
    rows = [row(), row(minutes="30"), row(happened_at="2020-12-11 22:00", night_of="2020-12-11")]
    assert importing(rows).created == {
        "operations": ["Op Emblazen"],
        "nights": ["5 December 2020, Op Emblazen", "11 December 2020, Op Emblazen"],
        "agencies": ["Marlbridge Borough Council"],
        "officers without a sign-in": ["Asha Reed (Marlbridge Borough Council)"],
        "premises": ["The Lamp"],
        "wards": ["Castle"],
    }
    (operation,) = operations(db)
    assert (operation.kind, operation.deployments) == ("other", 2)
    assert every_account(db) == []


def test_what_is_known_is_found_in_any_spelling(db, cast, importing):
    with write_transaction(db):
        add_name(db, cast.operation, "Op Emblazon")
    report = importing([row(operation="OP  emblazon", officer="asha  REED")])
    assert set(report.created) == {"premises", "wards"}
    (line,) = lines(db)
    assert (line.operation, line.deployment_id) == ("Op Emblazen", cast.deployment)
    assert line.officer_id == cast.asha.officer_id


def test_a_refused_row_makes_nothing_for_the_next_one_to_find(db, importing):
    rows = [row(happened_at="2031-01-01 00:00", night_of=""), row(officer="Ben Cole")]
    report = importing(rows)
    assert len(report.refused) == 1
    assert report.created["officers without a sign-in"] == ["Ben Cole (Marlbridge Borough Council)"]
    assert report.created["premises"] == ["The Lamp"]
    assert [line.premises for line in lines(db)] == ["The Lamp"]


# Nights and deployments


def test_after_midnight_belongs_to_the_evening_before(db, importing):
    rows = [{"happened_at": f"2020-12-06 {clock}"} for clock in ("01:30", "05:59", "06:00")]
    importing(rows)
    assert [line.night_of for line in lines(db)] == [date(2020, 12, 5)] * 2 + [date(2020, 12, 6)]


def test_a_deployment_under_way_decides_which_night_it_is(db, cast, importing):
    starts = datetime(2020, 12, 6, 4, 0, tzinfo=UTC)
    plan = DeploymentPlan(cast.operation, starts, starts + timedelta(hours=4), "Early turn")
    early = add_deployment(db, plan, now=starts - timedelta(days=9))
    importing(
        [
            {"happened_at": "2020-12-06 02:30", "operation": "Op Emblazen"},
            {"happened_at": "2020-12-06 04:30", "operation": "Op Emblazen"},
            {"happened_at": "2020-12-06 04:45", "operation": "Op Dial"},
        ]
    )
    found = [(line.deployment_id, line.night_of) for line in lines(db)]
    assert found[:2] == [(cast.deployment, date(2020, 12, 5)), (early, date(2020, 12, 6))]
    assert found[2][1] == date(2020, 12, 5)


def test_of_several_deployments_of_a_night_the_one_under_way_is_meant(db, cast, importing):
    starts = datetime(2020, 12, 6, 3, 30, tzinfo=UTC) - timedelta(hours=6)
    plan = DeploymentPlan(cast.operation, starts, starts + timedelta(hours=9), "A late turn")
    late = add_deployment(db, plan, now=starts)
    importing([row(happened_at="2020-12-06 04:00"), row(happened_at="2020-12-05 18:10")])
    assert [line.deployment_id for line in lines(db)] == [cast.deployment, late]


def test_a_night_without_a_deployment_gets_one_without_times(db, cast, importing):
    importing([row(happened_at="2020-12-11 22:00", night_of=""), row()])
    newest = deployments(db, cast.operation)[0]
    assert (newest.night_of, newest.starts_at) == (date(2020, 12, 11), None)


def test_without_an_operation_there_is_no_deployment(db, cast, importing):
    importing([row(operation="")])
    assert [line.deployment_id for line in lines(db)] == [None]


# Officers


def test_an_officer_is_looked_for_in_the_agency_of_the_row(db, cast, importing):
    report = importing([row(officer="Asha Reed", agency="Marlshire Police")])
    assert report.created["officers without a sign-in"] == ["Asha Reed (Marlshire Police)"]
    assert [line.officer_id for line in lines(db)] != [cast.asha.officer_id]


@pytest.mark.parametrize("called", ["PC 1432", "pc 1432", "Ben Cole", "Ben Cole (PC 1432)"])
@pytest.mark.parametrize("agency", ["Marlshire Police", ""])
def test_an_officer_is_found_by_name_or_collar_number(db, cast, importing, called, agency):
    importing([row(officer=called, agency=agency)])
    assert [line.officer_id for line in lines(db)] == [cast.ben.officer_id]


def test_a_row_without_an_agency_stays_without_one(db, cast, importing):
    importing([row(agency="")])
    assert [(line.officer_id, line.agency) for line in lines(db)] == [(cast.asha.officer_id, "")]


@pytest.mark.parametrize("order", [1, -1])
def test_what_a_name_means_does_not_depend_on_the_rows_before(db, importing, order):
    rows = [row(), row(agency=""), row(agency="", minutes="30"), row(minutes="30")]
    importing(rows[::order])
    people = {(line.officer, line.agency): line.officer_id for line in lines(db)}
    assert len(people) == len(set(people.values())) == 2


def test_a_name_that_two_people_have_is_refused(db, cast, importing):
    with write_transaction(db):
        for number in ("CM21", "CM22"):
            add_officer(
                db, name="Jo Bell", agency_id=cast.council, now=cast_time(), collar_number=number
            )
    (refused,) = importing([row(officer="Jo Bell"), row(officer="CM22")]).refused
    assert refused.problems[0][0] == "officer"
    assert refused.problems[0][1].startswith("2 people are called “Jo Bell”.")
    assert [line.collar_number for line in lines(db)] == ["CM22"]


def cast_time():
    return datetime(2020, 11, 1, tzinfo=UTC)


def test_an_imported_officer_gets_an_account_later_and_keeps_the_entries(db, importing, passwords):
    importing([row()])
    added = add_user(
        db,
        username="asha",
        now=cast_time(),
        passwords=passwords,
        name="Asha Reed",
        role=Role.OFFICER,
        agency="Marlbridge Borough Council",
    )
    importing([row(minutes="45")])
    assert {line.officer_id for line in lines(db)} == {added.officer_id}


def test_powers_of_a_known_officer_hold_for_imported_rows_too(db, importing, cast):
    (refused,) = importing([row(kind="arrest")]).refused
    assert "no power to make an arrest" in refused.problems[0][1]
    assert importing([row(kind="arrest", officer="Somebody Else")]).counts["stored"] == 1
    importing([row(kind="arrest", capacity="Witnessed")])
    witnessed = next(line for line in lines(db) if line.capacity is Capacity.WITNESSED)
    assert witnessed.officer_id == cast.asha.officer_id
    assert "arrests" not in witnessed.counts


# Premises and wards


def test_a_registered_premises_comes_before_a_typed_name(db, importing):
    importing([row(ward="")])
    with write_transaction(db):
        registered = add_registered(db, Registration("THE LAMP"), cast_time())
    importing([row(ward="", minutes="30")])
    assert [line.premises_id for line in lines(db)][1] == registered


def test_a_blank_ward_is_that_of_the_registered_premises(db, importing):
    with write_transaction(db):
        ward = db.conn.execute(
            "INSERT INTO wards (name, folded_name, valid_from) "
            "VALUES ('New Town', 'new town', '2000-01-01') RETURNING id"
        ).fetchone()[0]
        add_registered(db, Registration("The Lamp", ward_id=ward), cast_time())
    importing([row(ward=""), row()])
    assert sorted(line.ward for line in lines(db)) == ["Castle", "New Town"]


def test_a_ward_in_one_row_says_nothing_about_another_row(db, importing):
    importing([row(), row(ward="")])
    assert sorted(line.ward for line in lines(db)) == ["", "Castle"]


def test_a_ward_is_the_one_of_that_name_at_that_time(db, importing):
    with write_transaction(db):
        for first, last in (("2000-01-01", "2016-05-04"), ("2016-05-05", "2020-12-31")):
            db.conn.execute(
                "INSERT INTO wards (name, folded_name, valid_from, valid_to) VALUES (?, ?, ?, ?)",
                ["Castle", "castle", first, last],
            )
    old = row(happened_at="2015-12-05 21:40", night_of="")
    late = row(happened_at="2021-02-05 21:40", night_of="")
    report = importing([old, row(), late])
    assert [line.ward_id for line in lines(db)] == [1, 2]
    assert report.refused[0].problems == (
        ("ward", "“Castle” was no ward on 5 February 2021. Check the ward or the date."),
    )


def test_a_name_that_excel_took_for_a_date_is_refused(importing):
    (refused,) = importing([row(premises="2020-12-05")], write_xlsx).refused
    assert refused.problems == (
        ("premises", "This cell is a date. Format it as text and type the name again."),
    )


def test_a_name_that_is_a_number_is_text(db, importing):
    importing([row(premises="1707")], write_xlsx)
    assert [line.premises for line in lines(db)] == ["1707"]

"""Names typed on the command line become a filter, or a message that names what there is."""

from datetime import date

import pytest

from fieldlog.core.question import Filter
from fieldlog.services.name_filter import Named, UnknownName, filter_named
from fieldlog.store.connection import write_transaction
from fieldlog.store.deployments import add_name


def test_nothing_named_is_everything(db, cast):
    assert filter_named(db, Named()) == Filter(where={})


def test_names_are_found_in_any_case(db, cast):
    named = Named(
        operations=["op  EMBLAZEN"],
        agencies=["marlshire police", "Marlbridge Borough Council"],
        kinds=["Premises visit", "test-purchase", "patrol_note"],
        nights=[date(2020, 12, 5)],
        date_from=date(2020, 12, 1),
        date_to=date(2020, 12, 31),
    )
    assert filter_named(db, named) == Filter(
        where={
            "operation": (cast.operation,),
            "agency": (cast.constabulary, cast.council),
            "kind": ("premises_visit", "test_purchase", "patrol_note"),
            "night": ("2020-12-05",),
        },
        date_from=date(2020, 12, 1),
        date_to=date(2020, 12, 31),
    )


def test_an_alias_names_its_operation(db, cast):
    with write_transaction(db):
        add_name(db, cast.operation, "Op Emblazon")
    assert filter_named(db, Named(operations=["op emblazon"])).where == {
        "operation": (cast.operation,)
    }


@pytest.mark.parametrize(
    "name", ["Op Emblazen · 5 December 2020", "op emblazen · 5 december 2020", "1"]
)
def test_a_deployment_is_named_as_it_is_shown_or_by_its_number(db, cast, name):
    assert cast.deployment == 1
    assert filter_named(db, Named(deployments=[name])).where == {"deployment": (1,)}


def test_blank_asks_for_what_was_not_recorded(db, cast):
    named = Named(operations=["(blank)"], agencies=["(Blank)", "Marlshire Police"])
    assert filter_named(db, named).where == {
        "operation": (None,),
        "agency": (None, cast.constabulary),
    }


@pytest.mark.parametrize(
    ("named", "message"),
    [
        (
            Named(operations=["Op Dial"]),
            "There is no operation “Op Dial”. There are: Op Emblazen.",
        ),
        (
            Named(agencies=["Fire"]),
            "There is no agency “Fire”. There are: Marlbridge Borough Council, Marlshire Police.",
        ),
        (
            Named(nights=[date(2020, 12, 6)]),
            "There is no night “2020-12-06”. There are: 2020-12-05.",
        ),
        (
            Named(deployments=["2"]),
            "There is no deployment “2”. There are: Op Emblazen · 5 December 2020.",
        ),
    ],
)
def test_what_there_is_not_is_refused_with_what_there_is(db, cast, named, message):
    with pytest.raises(UnknownName) as refused:
        filter_named(db, named)
    assert str(refused.value) == message


def test_an_unknown_kind_names_the_kinds(db):
    with pytest.raises(UnknownName, match="Premises visit, Encounter, Patrol note"):
        filter_named(db, Named(kinds=["raid"]))


def test_in_an_empty_database_there_is_nothing_to_name(db):
    with pytest.raises(UnknownName, match="There is no operation “Op Dial”, and no other either"):
        filter_named(db, Named(operations=["Op Dial"]))

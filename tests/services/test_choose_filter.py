"""What a filter can choose from, and what it asks for in words."""

from datetime import date

from fieldlog.core.question import Filter
from fieldlog.services.choose_filter import choices, in_words, unknown
from fieldlog.services.plan_deployment import deployment_for
from fieldlog.store.connection import write_transaction


def said(db, wanted):
    return [f"{part.heading}: {part.text}" for part in in_words(db, wanted)]


def test_everything_asks_for_nothing(db):
    assert in_words(db, Filter()) == ()


def test_each_part_is_said_in_the_words_of_its_list(db, cast):
    wanted = Filter(
        where={
            "action": ("visit", None),
            "time": (1, 15),
            "officer": (cast.asha.officer_id,),
            "deployment": (cast.deployment,),
            "night": ("2020-12-05",),
            "hour": (1,),
        },
        date_from=date(2020, 12, 1),
        date_to=date(2020, 12, 31),
        holding="spoken_to",
        place="high street",
    )
    assert said(db, wanted) == [
        "Action taken: Visit subject premises or (blank)",
        "Time taken: 1 minute or 15 minutes",
        "Officer: Asha Reed",
        "Deployment: Op Emblazen · 5 December 2020",
        "Night of: 5 December 2020",
        "Hour: 01:00",
        "Nights from: 1 December 2020",
        "Nights to: 31 December 2020",
        "Only entries with: people spoken to",
        "Premises or place: “high street”",
    ]
    assert said(db, Filter(holding="premises")) == ["Only entries with: a premises visited"]
    assert said(db, Filter(holding="minutes")) == ["Only entries with: a time taken"]


def test_choices_stand_in_the_order_of_their_list(db, cast):
    offered = choices(db, ["action", "time", "hour", "agency"])
    assert [label for _, label in offered["action"]][:2] == ["Advice given", "No further action"]
    assert [key for key, _ in offered["time"]][:4] == [0, 15, 30, 45]
    assert offered["hour"][0] == (6, "06:00")
    assert offered["hour"][-1] == (5, "05:00")
    assert [label for _, label in offered["agency"]] == [
        "Marlbridge Borough Council",
        "Marlshire Police",
    ]


def test_the_newest_deployment_comes_first(db, cast, now):
    with write_transaction(db):
        for night in (date(2020, 8, 7), date(2020, 12, 19)):
            deployment_for(db, operation_id=cast.operation, night=night, now=now)
    assert [label for _, label in choices(db, ["deployment"])["deployment"]] == [
        "Op Emblazen · 19 December 2020",
        "Op Emblazen · 5 December 2020",
        "Op Emblazen · 7 August 2020",
    ]


def test_what_no_list_has_is_said_to_be_unknown(db, cast):
    wanted = Filter(
        where={"action": ("dance", "visit", None), "agency": (99,), "premises": (7,)},
        holding="colour",
    )
    assert list(unknown(db, wanted)) == [
        "Action taken: there is no “dance”. Choose one of those shown.",
        "Agency: there is no “99”. Choose one of those shown.",
        "Premises: there is no “7”. Choose one of those shown.",
        "There is no count called “colour”. Choose one of those shown.",
    ]
    known = Filter(where={"agency": (cast.council,), "time": (37,), "night": ("2020-01-01",)})
    assert list(unknown(db, known)) == []

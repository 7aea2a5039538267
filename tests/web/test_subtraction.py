"""A file with small numbers beside one without: named on the second look, before it is too late."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from fieldlog.store import mails
from tests.web.busy_nights import a_visit, busy_nights, record
from tests.web.figures_on_pages import words
from tests.web.test_send import look, refused, sent, typed

WARNING = "Small numbers can be worked out."


@pytest.fixture
def night(db, cast):
    busy_nights(db, cast)
    return f"/nights/{cast.deployment}/send"


@pytest.mark.parametrize(("first", "then"), [("figures", "hidden"), ("hidden", "committee")])
def test_whoever_has_the_one_is_named_before_the_other_goes(signed_in, night, first, then):
    cora = signed_in("cora")
    html, fields = look(cora, night, what=first)
    assert WARNING not in words(html)
    sent(cora, night, fields)
    html, _ = look(cora, night, what=first)
    assert WARNING not in words(html)
    html, _ = look(cora, night, what=then)
    assert WARNING in words(html)
    said = "shows" if first == "figures" else "hides"
    assert f"{said} small numbers and went to a@marlbridge.gov.uk" in words(html)


def test_a_mail_that_was_cancelled_gives_nothing_away(signed_in, night):
    cora = signed_in("cora")
    _, fields = look(cora, night, what="figures")
    cora.post(f"/mails/{sent(cora, night, fields)}/cancel")
    html, _ = look(cora, night, what="hidden")
    assert WARNING not in words(html)


def test_what_went_out_after_the_look_is_named_before_it_goes(db, signed_in, night):
    cora = signed_in("cora")
    _, fields = look(cora, night, what="hidden")
    _, meanwhile = look(cora, night, what="figures")
    sent(cora, night, meanwhile)
    assert WARNING in refused(cora, night, fields)
    assert mails.count(db) == 1


def test_a_night_of_one_operation_alone_is_that_night_of_all_operations_too(
    db, cast, signed_in, night
):
    cora = signed_in("cora")
    everything = f"/send?night={cast.night}"
    _, fields = look(cora, night, what="hidden")
    sent(cora, night, fields)
    html = cora.post(everything, data=typed(what="figures")).get_data(as_text=True)
    assert WARNING in words(html)
    record(db, a_visit(cast, deployment_id=None))
    html = cora.post(everything, data=typed(what="figures")).get_data(as_text=True)
    assert WARNING not in words(html)


@pytest.mark.parametrize(
    "around", ["from=2020-11-30&to=2020-12-06", "from=2020-12-01&to=2020-12-31", "operation={}"]
)
def test_a_week_in_which_nothing_else_was_logged_is_that_night(db, cast, signed_in, night, around):
    cora = signed_in("cora")
    address = f"/send?{around.format(f'{cast.operation}&from=2020-12-01&to=2020-12-31')}"
    _, fields = look(cora, night, what="hidden")
    sent(cora, night, fields)
    assert WARNING in words(look(cora, address, what="figures")[0])
    assert WARNING not in words(look(cora, address, what="hidden")[0])
    other = a_visit(cast, deployment_id=None, night_of=date(2020, 12, 4))
    record(db, replace(other, happened_at=other.happened_at - timedelta(days=1)))
    warned = "operation" in around
    assert (WARNING in words(look(cora, address, what="figures")[0])) == warned


def test_the_night_in_a_month_that_went_out_is_named_too(cast, signed_in, night):
    cora = signed_in("cora")
    month = "/send?from=2020-12-01&to=2020-12-31"
    _, fields = look(cora, month, what="figures")
    cora.post(month.replace("/send?", "/send/now?"), data=fields)
    assert WARNING in words(look(cora, night, what="hidden")[0])


def test_an_agency_alone_is_a_part_of_the_night_that_gives_it_away(cast, signed_in, night):
    cora = signed_in("cora")
    part = f"/send?night={cast.night}&deployment={cast.deployment}&agency={cast.council}"
    whole = f"/send?night={cast.night}&deployment={cast.deployment}"
    html, fields = look(cora, part, what="hidden")
    assert "(agency Marlbridge Borough Council)" in words(html)
    cora.post(part.replace("/send?", "/send/now?"), data=fields)
    assert WARNING in words(look(cora, whole, what="figures")[0])
    assert WARNING not in words(look(cora, whole, what="hidden")[0])


def test_an_issue_is_warned_of_too(cast, signed_in, night):
    cora = signed_in("cora")
    _, fields = look(cora, night, what="committee")
    sent(cora, night, fields)
    page = words(
        cora.get(f"/exports/new?deployment={cast.deployment}&hide=small").get_data(as_text=True)
    )
    assert "Issue 1, version 1, of 21:40 on 5 December 2020 shows small numbers" in page
    assert WARNING not in words(
        cora.get(f"/exports/new?deployment={cast.deployment}").get_data(as_text=True)
    )
    working = f"/exports/new?deployment={cast.deployment}&edition=working"
    assert WARNING not in words(cora.get(working).get_data(as_text=True))

"""The live page of a night that is over says so, and asks the server nothing more."""

import pytest

from fieldlog.services.close_night import close_night
from tests.web.figures_on_pages import words


@pytest.fixture(params=["", "?wall=1"], ids=["page", "wall"])
def live(request, cast):
    return f"/nights/{cast.deployment}/live{request.param}"


def said(signed_in, address):
    """The page as it stands for somebody who signs in now."""
    answer = signed_in("cora").get(address)
    assert answer.status_code == 200
    return answer.text


def asks_again(html):
    return "live_page.js" in html and "data-watched=" in html


def test_it_renews_itself_until_late_the_next_morning(signed_in, clock, live):
    clock.move_on(hours=17)
    html = said(signed_in, live)
    assert asks_again(html)
    assert "is over" not in html
    assert "<title>Live:" in html


def test_long_after_its_planned_end_it_does_not(signed_in, clock, live):
    clock.move_on(hours=18)
    html = said(signed_in, live)
    assert not asks_again(html)
    assert "data-watched" not in html
    assert (
        "The night was planned until 03:00 on 6 December 2020 and is over, so this page no "
        "longer updates by itself. As at 15:40 on 6 December 2020." in words(html)
    )
    assert "Live" not in words(html).split("Skip to main content")[0]


def test_a_night_without_planned_times_ends_with_its_morning(db, cast, signed_in, clock, live):
    db.execute("UPDATE deployments SET starts_at = NULL, finishes_at = NULL")
    db.conn.commit()
    clock.move_on(hours=20)
    assert asks_again(said(signed_in, live))
    clock.move_on(hours=1)
    html = said(signed_in, live)
    assert not asks_again(html)
    assert "The night of 5 December 2020 is over" in words(html)


def test_a_closed_night_says_when_it_was_closed_and_is_watched_no_more(
    db, cast, signed_in, clock, live
):
    close_night(db, cast.deployment, statement="", by=cast.cora.officer_id, now=clock.now)
    html = said(signed_in, live)
    assert not asks_again(html)
    assert "The night is closed, so this page no longer updates by itself." in words(html)
    assert "Closed as at 21:40 on 5 December 2020" in words(html)


def test_the_page_of_the_night_leads_there_by_what_is_found(db, cast, signed_in, clock):
    night = f"/nights/{cast.deployment}"
    assert ">Live</a>" in said(signed_in, night)
    clock.move_on(days=2)
    html = said(signed_in, night)
    assert ">Live</a>" not in html
    assert f'href="{night}/live">Map and crews</a>' in html

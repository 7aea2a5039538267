"""An empty fieldlog says what comes before the first night."""

import re

import pytest

from fieldlog.store.connection import write_transaction


@pytest.mark.parametrize(
    ("username", "steps"),
    [
        ("ada", ["/people/new", "/premises/imports", "/operations/new"]),
        ("cora", ["/premises/imports", "/operations/new"]),
        ("vic", []),
    ],
)
def test_before_the_first_night_it_says_what_to_do_first(db, cast, signed_in, username, steps):
    browser = signed_in(username)
    assert "Before the first night" not in browser.get("/nights").text
    with write_transaction(db):
        db.execute("DELETE FROM deployments")
    html = browser.get("/nights").text
    told = html.partition("Before the first night")[2].partition("</ul>")[0]
    assert re.findall('href="([^"]+)"', told) == steps

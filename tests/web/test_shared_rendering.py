"""One rendering for all who look at the same, however many ask at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from fieldlog.web.shared_rendering import MOST_KEPT, Made, SharedRenderings


class Maker:
    """Counts how often it is asked to make something."""

    def __init__(self, html: str = "<p>17 visits</p>") -> None:
        self.html = html
        self.times = 0

    def __call__(self) -> Made:
        self.times += 1
        return Made(self.html, {"received": 17}, self.html.encode())


def test_it_is_made_once_for_each_mark():
    shared, make = SharedRenderings(), Maker()
    marks = iter((1, 1, 2, 2))
    versions = {shared.get("night", lambda: next(marks), make).version for _ in range(4)}
    assert make.times == 2
    assert len(versions) == 1


def test_eight_who_ask_at_once_wait_for_one_to_make_it():
    shared, make, together = SharedRenderings(), Maker(), Barrier(8)

    def ask(_: int) -> str:
        together.wait()
        return shared.get("night", lambda: 1, make).html

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(ask, range(8))) == {make.html}
    assert make.times == 1


def test_the_same_content_has_the_same_version():
    shared = SharedRenderings()
    one = shared.get("night", lambda: 1, Maker())
    other = shared.get("wall", lambda: 1, Maker())
    third = shared.get("night", lambda: 2, Maker("<p>18 visits</p>"))
    assert one.version == other.version != third.version


def test_what_fails_to_be_made_is_made_by_the_next_who_asks():
    shared = SharedRenderings()

    def fail() -> Made:
        raise LookupError

    with pytest.raises(LookupError):
        shared.get("night", lambda: 1, fail)
    assert shared.get("night", lambda: 1, Maker()).html == "<p>17 visits</p>"


def test_it_keeps_only_the_latest_asked_for():
    shared, make = SharedRenderings(), Maker()
    for number in range(MOST_KEPT + 1):
        shared.get(number, lambda: 1, make)
    shared.get(0, lambda: 1, make)
    assert make.times == MOST_KEPT + 2

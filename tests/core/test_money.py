"""Amounts as officers type them, and as they are shown for typing over."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldlog.core.money import parse_pounds, plain_pounds


@pytest.mark.parametrize(
    ("text", "pence"),
    [
        ("100", 10_000),
        ("£100", 10_000),
        ("£ 100", 10_000),
        ("100.00", 10_000),
        ("65.50", 6_550),
        (" 0.05 ", 5),
        ("0", 0),
        ("1,000", 100_000),
        ("£10,000.99", 1_000_099),
        ("", None),
        ("  ", None),
    ],
)
def test_it_reads_pounds_and_pence(text, pence):
    assert parse_pounds(text) == pence


@pytest.mark.parametrize(
    "text", ["65.5", "65.505", "-5", "ten", "1e3", "10,00", "£", "٣", "100 pounds", "=1", "1" * 12]
)
def test_it_does_not_guess(text):
    with pytest.raises(ValueError, match=r"like 100 or 65\.50"):
        parse_pounds(text)


@given(st.integers(0, 99_999_999_99))
def test_what_it_shows_it_reads(pence):
    assert parse_pounds(plain_pounds(pence)) == pence

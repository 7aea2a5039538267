"""JSON from outside is read strictly: what a careless reader lets through is refused."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldlog.core.strict_json import HIGHEST, NotAccepted, read_json, write_json

whole = st.integers(-HIGHEST, HIGHEST)
plain = st.none() | st.booleans() | whole | st.text()
values = st.recursive(
    plain,
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(), inside, max_size=3),
    max_leaves=8,
)


def depth(value):
    inside = value.values() if isinstance(value, dict) else value
    if isinstance(value, dict | list):
        return 1 + max(map(depth, inside), default=0)
    return 0


@given(values)
def test_it_reads_back_what_it_writes(value):
    assert read_json(write_json(value).encode(), deepest=depth(value)) == value


@given(values)
def test_what_it_writes_is_ascii_and_the_same_for_the_same_value(value):
    turned = json.loads(json.dumps(value), object_pairs_hook=lambda pairs: dict(pairs[::-1]))
    assert write_json(value).isascii()
    assert write_json(turned) == write_json(value)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "not JSON"),
        (b"{", "not JSON"),
        (b"{'a': 1}", "not JSON"),
        (b"\xef\xbb\xbf{}", "not JSON"),
        ('"é"'.encode("latin-1"), "not UTF-8"),
        ("{}".encode("utf-16"), "not UTF-8"),
        (b"\xed\xa0\x80", "not UTF-8"),
        (b'{"a": 1, "a": 1}', "stands twice"),
        (b'[{"a": 1, "a": 2}]', "stands twice"),
        (b"NaN", "not a whole number"),
        (b"[Infinity]", "not a whole number"),
        (b"-Infinity", "not a whole number"),
        (b"1.5", "not a whole number"),
        (b"1e999", "not a whole number"),
        (b"1e30", "too large"),
        (b"9007199254740993", "too large"),
        (b"-9007199254740993", "too large"),
        (b"9223372036854775808", "too large"),
        (b"9" * 5_000, "too large"),
        (b"[" * 9 + b"]" * 9, "nested more than 8"),
        (b"[" * 100_000 + b"]" * 100_000, "nested too deeply"),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "nested too deeply"),
    ],
)
def test_it_refuses(data, says):
    with pytest.raises(NotAccepted, match=says):
        read_json(data)


def test_text_that_cannot_be_stored_is_for_the_reader_of_the_field():
    assert read_json(b'["\\u0000", "\\ud800"]') == ["\x00", "\ud800"]


def test_a_whole_number_may_be_written_with_a_point_or_an_exponent():
    assert read_json(b"[132.0, 1e3, -0.0]") == [132, 1000, 0]


def test_eight_deep_and_the_largest_number_are_read():
    assert read_json(b"[" * 8 + b"]" * 8) == [[[[[[[[]]]]]]]]
    assert read_json(b"9007199254740992") == HIGHEST

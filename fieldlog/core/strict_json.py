"""JSON from outside, read strictly: what a careless reader lets through is refused here.

Python's own reader answers deep nesting with a RecursionError and huge numbers with another error,
keeps the last of two equal keys in silence, and takes NaN for a number. What comes back is made of
dict, list, str, int, bool and None only; whether a text is one that can be stored is for whoever
knows what it is for.
"""

import json
from collections.abc import Callable, Iterator
from typing import NoReturn

Json = dict[str, "Json"] | list["Json"] | str | int | bool | None

DEEPEST = 8
HIGHEST = 2**53
"""Beyond it, JavaScript's numbers are no longer whole ones."""


class NotAccepted(Exception):
    """The bytes are not JSON as fieldlog takes it; the message says what is wrong."""


def read_json(
    data: bytes, *, deepest: int = DEEPEST, fraction: Callable[[str], Json] | None = None
) -> Json:
    """Return what ``data`` says. Raises NotAccepted.

    ``deepest`` is how many objects and lists may stand inside each other; ``fraction`` what to make
    of a number with a point or an exponent, which else has to be whole.
    """
    try:
        text = data.decode("utf-8")
        value: Json = json.loads(
            text,
            object_pairs_hook=_object,
            parse_int=_whole,
            parse_float=fraction or _fraction,
            parse_constant=_no_number,
        )
    except UnicodeDecodeError as error:
        raise NotAccepted("The text is not UTF-8.") from error
    except RecursionError as error:
        raise NotAccepted("It is nested too deeply.") from error
    except json.JSONDecodeError as error:
        raise NotAccepted(f"It is not JSON: {error.msg} at character {error.pos}.") from error
    if any(depth > deepest for depth in _depths(value)):
        raise NotAccepted(f"It is nested more than {deepest} deep.")
    return value


def write_json(value: Json) -> str:
    """Return ``value`` as text that is the same whenever the value is: for hashes, and to keep.

    It is ASCII throughout, so that no text there is can trip whoever stores it.
    """
    return json.dumps(value, sort_keys=True, ensure_ascii=True, separators=(",", ":"))


def _object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise NotAccepted("A key stands twice in one object.")
    return found


def _whole(digits: str) -> int:
    if len(digits) > 17 or abs(int(digits)) > HIGHEST:
        raise NotAccepted("A number is too large.")
    return int(digits)


def _fraction(text: str) -> int:
    """Return the whole number that is written with a point or an exponent."""
    number = float(text)
    if not number.is_integer():
        _no_number(text)
    if abs(number) > HIGHEST:
        raise NotAccepted("A number is too large.")
    return int(number)


def _no_number(text: str) -> NoReturn:
    raise NotAccepted(f"“{text[:20]}” is not a whole number.")


def _depths(value: Json) -> Iterator[int]:
    """Yield how deep each object and list stands, without recursion."""
    waiting = [(value, 1)]
    while waiting:
        one, depth = waiting.pop()
        if isinstance(one, dict | list):
            yield depth
            inside = one.values() if isinstance(one, dict) else one
            waiting.extend((each, depth + 1) for each in inside)

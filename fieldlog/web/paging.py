"""Long lists a page at a time, with the page's number in the address."""

from dataclasses import dataclass

from flask import url_for

from fieldlog.web.filters import Address, BadAddress, Query, given, read_number, single


@dataclass(frozen=True)
class Paging:
    """Which page of how many, and which of the things are on it, counted from 1."""

    number: int
    last: int
    first: int
    here: int
    total: int
    things: str


def read_page(address: Address) -> int:
    """Return the page that the address asks for; 1 without one. Raises BadAddress."""
    problems: list[str] = []
    text = single("page", given(address), problems)
    try:
        number = read_number(text) if text else 1
    except ValueError:
        problems.append(f"“{text[:40]}” is not the number of a page.")
    if problems:
        raise BadAddress(problems)
    return number


def pager(endpoint: str, query: Query, paging: Paging) -> dict[str, object] | None:
    """Return what the macro ``pages`` takes; None where one page holds everything."""
    if paging.last == 1:
        return None
    before, after = paging.number - 1, paging.number + 1
    return {
        "current": paging.number,
        "last": paging.last,
        "previous_href": url_for(endpoint, **query, page=before) if before else None,
        "next_href": url_for(endpoint, **query, page=after) if after <= paging.last else None,
        "summary": f"{paging.first:,} to {paging.first + paging.here - 1:,} "
        f"of {paging.total:,} {paging.things}",
    }

"""Read the question of a tally from the address, and write it back."""

from dataclasses import dataclass, replace

from fieldlog.core.question import DIMENSIONS, ENTRIES, Question
from fieldlog.core.words import Role
from fieldlog.web.filters import (
    NAMES_PEOPLE,
    Address,
    BadAddress,
    Query,
    given,
    query_of,
    read_filter,
    read_number,
    single,
)

OWN_NAMES = frozenset({"rows", "columns", "measure", "order", "each"})
MOST_FIRST = "most"
LONGEST_EACH = 24 * 60


@dataclass(frozen=True)
class Asked:
    """What a tally's address asks for.

    ``each`` is how many minutes an estimate supposes for an untimed record, or None for no
    estimate; ``most_first`` puts the rows in the order of their totals.
    """

    question: Question
    most_first: bool = False
    each: int | None = None


USUAL = Asked(Question("action", "time"))


def dimensions_for(role: Role) -> dict[str, str]:
    """Return the dimensions that a role may count by: a viewer none that names a person."""
    hidden = NAMES_PEOPLE if role is Role.VIEWER else frozenset()
    return {code: heading for code, heading in DIMENSIONS.items() if code not in hidden}


def read_asked(address: Address, role: Role) -> Asked:
    """Return what the address asks for; action × time of all entries if it asks for nothing.

    Raises BadAddress, also for a dimension that the role may not count by.
    """
    hidden = DIMENSIONS.keys() - dimensions_for(role).keys()
    problems: list[str] = []
    try:
        wanted = read_filter(address, also=OWN_NAMES, hidden=hidden)
    except BadAddress as bad:
        problems += bad.problems
        wanted = USUAL.question.filter
    asked = given(address)
    rows = _dimension("rows", asked, USUAL.question.rows, role, problems)
    columns = _dimension("columns", asked, USUAL.question.columns, role, problems)
    if rows == columns:
        problems.append("Choose two different things for rows and columns.")
    measure = single("measure", asked, problems) or ENTRIES
    order = single("order", asked, problems)
    if order not in {"", MOST_FIRST}:
        problems.append("Rows stand in their usual order, or with the most first.")
    each = _each(asked, problems)
    if problems:
        raise BadAddress(problems)
    return Asked(Question(rows, columns, measure, wanted), order == MOST_FIRST, each)


def _dimension(name: str, asked: Query, usual: str, role: Role, problems: list[str]) -> str:
    code = single(name, asked, problems) or usual
    if code not in dimensions_for(role):
        heading = DIMENSIONS.get(code, f"“{code[:40]}”")
        problems.append(f"{name.capitalize()} cannot be {heading}. Choose one of those shown.")
    return code


def _each(asked: Query, problems: list[str]) -> int | None:
    text = single("each", asked, problems)
    if not text:
        return None
    try:
        each = read_number(text)
    except ValueError:
        each = -1
    if not 1 <= each <= LONGEST_EACH:
        problems.append("Minutes for each untimed record must be a whole number, like 30.")
        return None
    return each


def own_query(asked: Asked) -> Query:
    """Return the parameters of ``asked`` that are not its filter."""
    question = asked.question
    query: Query = {"rows": question.rows, "columns": question.columns}
    if question.measure != ENTRIES:
        query["measure"] = question.measure
    if asked.most_first:
        query["order"] = MOST_FIRST
    if asked.each is not None:
        query["each"] = str(asked.each)
    return query


def query_for(asked: Asked) -> Query:
    """Return every parameter of ``asked``; ``read_asked`` reads them back the same."""
    return own_query(asked) | query_of(asked.question.filter)


def swapped(asked: Asked) -> Asked:
    """Return ``asked`` with its rows as columns and its columns as rows."""
    question = asked.question
    turned = replace(question, rows=question.columns, columns=question.rows)
    return replace(asked, question=turned)

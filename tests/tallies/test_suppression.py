"""Small numbers are hidden so that nobody can work them out, tried by solving for them."""

import random
from collections import Counter
from itertools import product

import pytest

from fieldlog.tallies.small_parts import hidden_parts
from fieldlog.tallies.suppression import Grid, Mask, hide_small

PRIME = 2_147_483_647
A_FEW = 3


def grid(records, rows, columns, names):
    """The table of ``records``, tuples of keys, by two of their places."""
    found = Counter((record[rows], record[columns]) for record in records)
    row_keys, column_keys = (
        tuple(sorted({r[place] for r in records})) for place in (rows, columns)
    )
    cells = tuple(tuple(found[row, column] for column in column_keys) for row in row_keys)
    return Grid(names[rows], names[columns], row_keys, column_keys, cells)


def log_of(number, seed, sizes=(7, 9, 30, 6)):
    """Records with an action, a time, a ward and an agency each; some keys are rare."""
    rng = random.Random(seed)
    return [
        tuple(min(int(rng.expovariate(3 / size)), size - 1) for size in sizes)
        for _ in range(number)
    ]


def grids_of(records):
    names = ("action", "time", "ward", "agency")
    return [grid(records, *axes, names) for axes in ((0, 1), (3, 0), (2, 0))]


class Attacker:
    """Somebody who has every printed number of every table, and knows how tables add up."""

    def __init__(self, grids, masks):
        self.names: dict[object, int] = {}
        self.values: list[int] = []
        self.rows: list[tuple[dict[int, int], int]] = []
        total = sum(map(sum, grids[0].cells))
        for number, (table, mask) in enumerate(zip(grids, masks, strict=True)):
            cells = [
                [(number, r, c, value, mask.cells[r][c]) for c, value in enumerate(row)]
                for r, row in enumerate(table.cells)
            ]
            for dimension, lines, flags in (
                (table.row_dimension, cells, mask.rows),
                (table.column_dimension, list(zip(*cells, strict=True)), mask.columns),
            ):
                sums = []
                for place, (line, hidden) in enumerate(zip(lines, flags, strict=True)):
                    margin = ((dimension, place), sum(it[3] for it in line), hidden)
                    self.learn([((n, r, c), v, h) for n, r, c, v, h in line], margin)
                    sums.append(margin)
                self.learn(sums, ("all", total, mask.total))

    def learn(self, parts, total):
        """Take in that the parts add up to the total; what is hidden is unknown."""
        row: dict[int, int] = {}
        known = 0
        for sign, (name, value, hidden) in [*((1, part) for part in parts), (-1, total)]:
            if hidden:
                if name not in self.names:
                    self.names[name] = len(self.values)
                    self.values.append(value)
                place = self.names[name]
                row[place] = row.get(place, 0) + sign
            else:
                known += sign * value
        self.rows.append((row, -known))

    def solved(self):
        """The unknowns that the equations alone settle, found by elimination."""
        done: dict[int, dict[int, int]] = {}
        for row, _ in self.rows:
            left = {place: value % PRIME for place, value in row.items() if value % PRIME}
            for place, other in done.items():
                if place in left:
                    left = minus(left, other, left[place])
            if left:
                place = next(iter(left))
                left = minus({}, left, -pow(left[place], -1, PRIME))
                for known, other in done.items():
                    if place in other:
                        done[known] = minus(other, left, other[place])
                done[place] = left
        return [place for place, row in done.items() if len(row) == 1]

    def narrowed(self, least):
        """The least and the most that each unknown can be, closed in on step by step."""
        low = [min(least, value) for value in self.values]
        high = [10**9] * len(self.values)
        moved = True
        while moved:
            moved = False
            for row, total in self.rows:
                for place, sign in row.items():
                    reach = [
                        (value * low[other], value * high[other])
                        for other, value in row.items()
                        if other != place
                    ]
                    ends = [sum(max(it) for it in reach), sum(min(it) for it in reach)]
                    at_least, at_most = sorted((total - end) * sign for end in ends)
                    if at_least > low[place]:
                        low[place], moved = at_least, True
                    if at_most < high[place]:
                        high[place], moved = at_most, True
        return low, high


def minus(row, other, times):
    """``row`` less ``times`` the other one."""
    left = dict(row)
    for place, value in other.items():
        left[place] = (left.get(place, 0) - times * value) % PRIME
    return {place: value for place, value in left.items() if value}


def shown(values, flags):
    """Those of ``values`` that are not hidden."""
    return [value for value, hidden in zip(values, flags, strict=True) if not hidden]


def small_ones(grids, masks):
    """Every number from 1 to 4 that is printed all the same."""
    for table, mask in zip(grids, masks, strict=True):
        for row, flags in zip(table.cells, mask.cells, strict=True):
            yield from (
                v for v, hidden in zip(row, flags, strict=True) if 1 <= v <= 4 and not hidden
            )
        for lines, flags in (
            (table.cells, mask.rows),
            (zip(*table.cells, strict=True), mask.columns),
        ):
            sums = map(sum, lines)
            yield from (v for v, hidden in zip(sums, flags, strict=True) if v <= 4 and not hidden)


@pytest.mark.parametrize("number", [3, 6, 20, 60, 300, 20_000])
@pytest.mark.parametrize("seed", range(A_FEW))
def test_no_small_number_is_printed_and_none_can_be_worked_out(number, seed):
    grids = grids_of(log_of(number, seed))
    masks = hide_small(grids)
    assert list(small_ones(grids, masks)) == []
    attacker = Attacker(grids, masks)
    assert attacker.values
    assert attacker.solved() == []
    # Noughts are printed, so what is hidden is at least one; unless a nought had to be hidden too.
    low, high = attacker.narrowed(least=min(1, *attacker.values))
    assert [place for place in range(len(low)) if low[place] == high[place]] == []


def test_the_solver_finds_what_hiding_small_numbers_alone_gives_away():
    grids = grids_of(log_of(300, 1))
    naive = [
        Mask(
            tuple(tuple(1 <= value <= 4 for value in row) for row in table.cells),
            tuple(1 <= sum(row) <= 4 for row in table.cells),
            tuple(1 <= sum(column) <= 4 for column in zip(*table.cells, strict=True)),
            total=False,
        )
        for table in grids
    ]
    assert Attacker(grids, naive).solved()


@pytest.mark.parametrize("seed", range(40))
def test_every_hidden_cell_of_a_small_table_has_another_table_that_prints_alike(seed):
    """Tried with every table that is one more or less in some cells."""
    rng = random.Random(seed)
    cells = tuple(tuple(rng.choice((0, 0, 1, 2, 3, 5, 9)) for _ in range(3)) for _ in range(2))
    if any(sum(row) == 0 for row in cells) or any(sum(c) == 0 for c in zip(*cells, strict=True)):
        cells = ((1, 2, 6), (7, 1, 8))
    table = Grid("action", "time", (0, 1), (0, 1, 2), cells)
    (mask,) = hide_small([table])
    places = [(r, c) for r, c in product(range(2), range(3)) if mask.cells[r][c]]
    moved = set()
    for steps in product((-1, 0, 1), repeat=len(places)):
        twin = [list(row) for row in cells]
        for (r, c), step in zip(places, steps, strict=True):
            twin[r][c] += step
        if min(map(min, twin)) >= 0 and printed(twin, mask) == printed(cells, mask):
            moved |= {place for place, step in zip(places, steps, strict=True) if step}
    assert moved == set(places)


def printed(cells, mask):
    """The totals that a reader sees."""
    rows = [sum(row) for row in cells]
    columns = [sum(column) for column in zip(*cells, strict=True)]
    return (
        shown(rows, mask.rows),
        shown(columns, mask.columns),
        [] if mask.total else [sum(rows)],
    )


def test_noughts_and_large_numbers_stay_where_they_give_nothing_away():
    table = Grid("action", "time", ("a", "b"), (15, 30, None), ((20, 0, 31), (12, 0, 40)))
    (mask,) = hide_small([table])
    assert not any(map(any, mask.cells))
    assert not any((*mask.rows, *mask.columns, mask.total))


def test_one_small_cell_takes_three_others_with_it_and_no_total():
    table = Grid("action", "time", ("a", "b"), (15, 30), ((2, 20), (30, 40)))
    (mask,) = hide_small([table])
    assert mask.cells == ((True, True), (True, True))
    assert not any((*mask.rows, *mask.columns, mask.total))


def test_fewer_than_five_records_are_hidden_with_their_total():
    table = Grid("action", "time", ("a", "b"), (15, 30), ((1, 0), (0, 2)))
    (mask,) = hide_small([table])
    assert mask.cells == ((True, False), (False, True))
    assert all((mask.total, *mask.rows))


def test_an_empty_table_has_nothing_to_hide():
    (mask,) = hide_small([Grid("action", "time", (), (), ())])
    assert not mask.total


@pytest.mark.parametrize(
    ("values", "hidden"),
    [
        ([0, 7, 9], frozenset()),
        ([3, 7, 9], frozenset({0, 1})),
        ([1, 1, 9], frozenset({0, 1, 2})),
        ([1, 2, 9], frozenset({0, 1})),
        ([2, 1], None),
        ([1, 1, 1, 1, 1], None),
        ([], frozenset()),
    ],
)
def test_a_list_hides_two_parts_at_least_and_not_only_ones(values, hidden):
    assert hidden_parts(values) == hidden


@pytest.mark.parametrize(
    ("values", "blank", "hidden"),
    [
        ([1, 2, 9], 2, frozenset({0, 1, 2})),
        ([1, 2, 9], None, frozenset({0, 1})),
        ([1, 7, 9], 2, frozenset({0, 1})),
        ([5, 9], 1, frozenset()),
    ],
)
def test_blanks_are_hidden_where_what_is_not_blank_is_little_and_told_apart(values, blank, hidden):
    assert hidden_parts(values, blank) == hidden

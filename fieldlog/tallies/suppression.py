"""Hide small numbers, and as few others as it takes so that none of them can be worked out.

Counts from 1 to 4 may tell who somebody is. Hiding them alone hides nothing: a row with its total
and all cells but one gives that one away, and so does another table with the same total. So more
is hidden until every hidden number has a twin: other numbers, whole and not below one where the
true one is not, that could stand in all the hidden places and leave every published number as it
is. A hidden cell's twin is a closed walk through the table that adds one and takes one away by
turns; a hidden total's twin moves one record from one total of its dimension to another, and walks
between them in every table that prints this dimension. The cheapest walk is taken (Dijkstra), over
cells that are hidden already if there are any, over noughts only where nothing else is left.

Since noughts are printed, a reader may take what is hidden for one at least. Where no other numbers
are left but with a nought among them, as in a row of ones with its total, a nought is hidden too;
where there is none to hide, every number is.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count, pairwise

from fieldlog.core.question import Key
from fieldlog.tallies.small_parts import hidden_parts, is_small

_STEP, _PUBLISHED, _NOUGHT, _TO_NOUGHT = 1, 10_000, 10**8, 10**10
"""What a walk costs: a step, a cell more to hide, a nought to hide, a one that would be nought."""
_PARTNERS = 4

Place = tuple[int, int]


@dataclass(frozen=True)
class Grid:
    """A two-way table of whole records: dimension codes, keys of both sides, and the cells.

    Grids that are hidden together count the same records, so that one dimension has the same
    totals in all of them.
    """

    row_dimension: str
    column_dimension: str
    rows: tuple[Key, ...]
    columns: tuple[Key, ...]
    cells: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Mask:
    """What of a table is hidden: True for each cell and each total that must not be printed."""

    cells: tuple[tuple[bool, ...], ...]
    rows: tuple[bool, ...]
    columns: tuple[bool, ...]
    total: bool


def hide_small(grids: Sequence[Grid], halved: Collection[str] = ()) -> tuple[Mask, ...]:
    """Return what to hide of each of ``grids``, which count the same records.

    ``halved`` are the dimensions of which it is printed how many records have any key at all.
    """
    margins = {
        name: hidden_parts(values, blank if name in halved else None)
        for name, (values, blank) in _margins(grids).items()
    }
    if any(hidden is None for hidden in margins.values()):
        return tuple(map(_everything, grids))
    totals = {name: hidden or frozenset() for name, hidden in margins.items()}
    tables = [_Walks(grid) for grid in grids]
    for name, hidden in totals.items():
        _move_between_totals(name, hidden, grids, tables)
    if not all(table.close_walks() for table in tables):
        return tuple(map(_everything, grids))
    return tuple(
        Mask(
            cells=table.mask(),
            rows=_flags(len(grid.rows), totals[grid.row_dimension]),
            columns=_flags(len(grid.columns), totals[grid.column_dimension]),
            total=False,
        )
        for grid, table in zip(grids, tables, strict=True)
    )


def _margins(grids: Iterable[Grid]) -> dict[str, tuple[list[int], int | None]]:
    """Return the totals of each dimension, and which of them is that of the blanks."""
    found: dict[str, tuple[list[int], int | None]] = {}
    for grid in grids:
        for dimension, keys, lines in (
            (grid.row_dimension, grid.rows, grid.cells),
            (grid.column_dimension, grid.columns, zip(*grid.cells, strict=True)),
        ):
            found[dimension] = (list(map(sum, lines)), keys.index(None) if None in keys else None)
    return found


def _everything(grid: Grid) -> Mask:
    """Hide all but noughts: so few records that any of them may have happened once more."""
    return Mask(
        cells=tuple(tuple(value > 0 for value in row) for row in grid.cells),
        rows=(True,) * len(grid.rows),
        columns=(True,) * len(grid.columns),
        total=sum(map(sum, grid.cells)) > 0,
    )


def _flags(size: int, hidden: frozenset[int]) -> tuple[bool, ...]:
    return tuple(place in hidden for place in range(size))


def _move_between_totals(
    name: str, hidden: frozenset[int], grids: Sequence[Grid], tables: Sequence["_Walks"]
) -> None:
    """Hide what lets each hidden total of a dimension be one more or one less."""
    sides = [
        (table, side)
        for grid, table in zip(grids, tables, strict=True)
        for side, dimension in enumerate((grid.row_dimension, grid.column_dimension))
        if dimension == name
    ]
    if not sides:
        return
    table, side = sides[0]
    size = {place: table.total(side, place) for place in hidden}
    largest = sorted(hidden, key=lambda place: -size[place])[: _PARTNERS + 1]
    for place in sorted(hidden):
        ways = [
            (more, less)
            for other in largest
            if other != place
            for more, less in ((place, other), (other, place))
            if size[less] > 1
        ]
        walks = [[table.walk(side, *way) for table, side in sides] for way in ways]
        best = min(walks, key=lambda found: sum(walk.cost for walk in found))
        for (table, _), walk in zip(sides, best, strict=True):
            table.hide(walk)


@dataclass(frozen=True)
class _Walk:
    """Cells that get one more and one less by turns, and what hiding them costs."""

    cost: int
    cells: tuple[Place, ...]


class _Walks:
    """The walks through one table, and which of its cells are hidden so far.

    Rows are the nodes 0 … and columns follow them. A step from a row to a column adds one to
    their cell, a step from a column to a row takes one away.
    """

    def __init__(self, grid: Grid) -> None:
        self._cells = grid.cells
        self._height = len(grid.rows)
        self._width = len(grid.columns)
        self._hidden = {
            (row, column)
            for row, values in enumerate(grid.cells)
            for column, value in enumerate(values)
            if is_small(value)
        }
        self._safe: set[Place] = set()
        self._only_ones = False
        nodes = range(self._height + self._width)
        self._prices = [
            [self._price(node, other) for other in self._others(node)] for node in nodes
        ]

    def mask(self) -> tuple[tuple[bool, ...], ...]:
        """Return which cells are hidden."""
        return tuple(
            tuple((row, column) in self._hidden for column in range(self._width))
            for row in range(self._height)
        )

    def total(self, side: int, place: int) -> int:
        """Return the total of a row (``side`` 0) or of a column (1)."""
        return sum(self._cells[place] if side == 0 else [row[place] for row in self._cells])

    def walk(self, side: int, more: int, less: int) -> _Walk:
        """Return the cheapest walk that gives one total one more and another one less."""
        if side == 0:
            return self._cheapest(more, less)
        return self._cheapest(self._height + less, self._height + more)

    def hide(self, walk: _Walk) -> None:
        """Hide the cells of a walk, which makes them safe."""
        if walk.cost >= _NEVER:
            return
        self._safe.update(walk.cells)
        for row, column in set(walk.cells) - self._hidden:
            self._hidden.add((row, column))
            node = self._height + column
            self._prices[row][column] = self._price(row, node)
            self._prices[node][row] = self._price(node, row)
        self._only_ones |= walk.cost >= _TO_NOUGHT

    def close_walks(self) -> bool:
        """Hide what lets each hidden cell be one more or one less while its totals stay.

        Returns False if ones would be known for ones, and there is no nought to hide among them.
        """
        for place in sorted(self._hidden):
            if place not in self._safe:
                best = self._closed(place, less=False)
                # Among cells that are hidden already nothing is cheaper.
                if best.cost >= _PUBLISHED and self._cells[place[0]][place[1]] > 0:
                    best = min(best, self._closed(place, less=True), key=lambda walk: walk.cost)
                self.hide(best)
        return not self._only_ones or self._hide_a_nought()

    def _closed(self, place: Place, *, less: bool) -> _Walk:
        """Return the cheapest closed walk that gives the cell at ``place`` one more, or less."""
        row, node = place[0], self._height + place[1]
        walk = self._cheapest(*((row, node) if less else (node, row)), place)
        ends = _TO_NOUGHT if less and self._cells[row][place[1]] == 1 else 0
        return _Walk(walk.cost + ends, (*walk.cells, place))

    def _hide_a_nought(self) -> bool:
        noughts = [
            (row, column)
            for row, values in enumerate(self._cells)
            for column, value in enumerate(values)
            if value == 0
        ]
        if not any(place in self._hidden for place in noughts):
            ways = [self._closed(place, less=False) for place in noughts]
            possible = [walk for walk in ways if walk.cost < _NEVER]
            if not possible:
                return False
            self.hide(min(possible, key=lambda walk: walk.cost))
        return True

    def _cheapest(self, start: int, end: int, without: Place = (-1, -1)) -> _Walk:
        """Return the cheapest walk from ``start`` to ``end`` that leaves one cell alone."""
        cost, came = {start: 0}, {start: start}
        row, column = without
        last = self._height + column
        order = count()
        waiting = [(0, next(order), start)]
        while waiting:
            so_far, _, node = heappop(waiting)
            if node == end:
                break
            if so_far > cost[node]:
                continue
            first = self._others(node).start
            alone = column if node == row else row if node == last else -1
            for place, price in enumerate(self._prices[node]):
                other, reached = first + place, so_far + price
                if reached < cost.get(other, _NEVER) and place != alone:
                    cost[other] = reached
                    came[other] = node
                    heappush(waiting, (reached, next(order), other))
        places = self._places(came, end) if end in cost else ()
        return _Walk(cost.get(end, _NEVER), tuple(places))

    def _places(self, came: dict[int, int], end: int) -> Iterator[Place]:
        nodes = [end]
        while came[nodes[-1]] != nodes[-1]:
            nodes.append(came[nodes[-1]])
        for one, other in pairwise(nodes):
            yield min(one, other), max(one, other) - self._height

    def _others(self, node: int) -> range:
        """Return the nodes on the other side of ``node``."""
        end = self._height + self._width
        return range(self._height, end) if node < self._height else range(self._height)

    def _price(self, node: int, other: int) -> int:
        """Return what a step between two nodes costs: hiding their cell if it is not yet."""
        adding = node < self._height
        place = (min(node, other), max(node, other) - self._height)
        value = self._cells[place[0]][place[1]]
        if value == 0 and not adding:
            return _NEVER
        price = _STEP
        if place not in self._hidden:
            price += _PUBLISHED + min(value, _PUBLISHED) if value else _NOUGHT
        return price if adding or value > 1 else price + _TO_NOUGHT


_NEVER = 10**18

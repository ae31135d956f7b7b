"""References as Python functions of the column: one cell, or the values of a box of cells.

Areas, `INDEX` and `INDEX(…):INDEX(…)` are boxes (top, left, bottom, right) on a sheet; only what is read of a box has
to be computed already. A reference outside its sheet is a fault of the layout and stops the compilation.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Final

from metricbook.formula.excel import LAST_ROW
from metricbook.formula.lookups import Cells
from metricbook.formula.tree import OWN_ROW, Area, Binary, Call, Cell, Tree
from metricbook.formula.values import NO_CELL, WRONG_KIND, Error, Value, to_number

Formula = Callable[[int], Value]
Place = tuple[str, int, int]  # sheet, row, column
Box = tuple[int, int, int, int]  # top, left, bottom, right
Locate = Callable[[int], Box | Error]

PENDING: Final = float("nan")
"""Stands in a formula cell until it is computed; known by identity. A float, since `in` is fastest among floats."""


class Missing(Exception):  # noqa: N818 - not an error: it asks for cells to be computed first
    """Raised by a formula that met cells which have not been computed yet."""

    def __init__(self, places: list[Place]) -> None:
        self.places = places
        super().__init__(places)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet's rows of values; row 0 and column 0 are not used. Where it goes `down`, its columns are these rows."""

    name: str
    rows: list[list[Value]]
    down: bool = False
    known: dict[Box, Cells] = field(default_factory=dict)  # areas that have been read, until the next calculation


@dataclass(slots=True)
class Here:
    """Where the cell stands that is being computed: the number of its row on its sheet, and the values in it."""

    row: int = 0
    values: list[Value] = field(default_factory=list)


def is_reference(tree: Tree) -> bool:
    """Whether a tree stands for cells, not for a calculated value."""
    match tree:
        case Cell() | Area():
            return True
        case Call(function=function):
            return function == "INDEX"
        case Binary(op=op):
            return op == ":"
    return False


class References:
    """Compiles the references of one formula, which stands in `columns` (first, last) of the sheet `home`."""

    def __init__(
        self,
        home: str,
        sheets: Mapping[str, Sheet],
        columns: tuple[int, int],
        here: Here,
        value: Callable[[Tree], Formula],
    ) -> None:
        self.home = home
        self.sheets = sheets
        self.columns = columns
        self.here = here
        self.value = value  # compiles the row and column numbers of INDEX

    def cell(self, cell: Cell) -> Formula:
        """The value of one cell."""
        sheet, row, at = self._sheet(cell), cell.row, cell.column
        if row == OWN_ROW:
            return self._own(cell)
        values = sheet.rows[row]

        def fixed(column: int) -> Value:
            value = values[at]
            if value is PENDING:
                raise Missing([(sheet.name, row, at)])
            return value

        def relative(column: int) -> Value:
            value = values[column + at]
            if value is PENDING:
                raise Missing([(sheet.name, row, column + at)])
            return value

        return fixed if cell.fixed else relative

    def _own(self, cell: Cell) -> Formula:
        """The value of a cell in the row of whichever formula is being computed."""
        home, here, at = self.home, self.here, cell.column

        def fixed(column: int) -> Value:
            value = here.values[at]
            if value is PENDING:
                raise Missing([(home, here.row, at)])
            return value

        def relative(column: int) -> Value:
            value = here.values[column + at]
            if value is PENDING:
                raise Missing([(home, here.row, column + at)])
            return value

        return fixed if cell.fixed else relative

    def one(self, tree: Tree) -> Formula:
        """The value of a box that should be a single cell."""
        sheet, locate = self._box(tree)

        def read(column: int) -> Value:
            box = locate(column)
            if isinstance(box, Error):
                return box
            top, left, bottom, right = box
            if top != bottom or left != right:
                return WRONG_KIND
            value = sheet.rows[top][left]
            if value is PENDING:
                raise Missing([(sheet.name, top, left)])
            return value

        return read

    def values(self, tree: Tree) -> Callable[[int], list[Value]]:
        """All values of a reference, row by row."""
        if isinstance(tree, Cell):
            cell = self.cell(tree)
            return lambda column: [cell(column)]
        sheet, locate = self._box(tree)
        if isinstance(tree, Area) and _stays(tree.first) and _stays(tree.last):
            return self._known(sheet, locate)

        def read(column: int) -> list[Value]:
            box = locate(column)
            if isinstance(box, Error):
                return [box]
            top, left, bottom, right = box
            values = _slice(sheet, top, left, bottom, right)
            if PENDING in values:
                raise Missing(_pending(sheet, top, left, bottom, right))
            return values

        return read

    def _known(self, sheet: Sheet, locate: Locate) -> Callable[[int], list[Value]]:
        """The values of an area that is the same for every formula: read once, when all of them are there."""
        box = locate(0)
        assert not isinstance(box, Error)

        def read(column: int) -> list[Value]:
            known = sheet.known.get(box)
            if known is None:
                values = _slice(sheet, *box)
                if PENDING in values:
                    raise Missing(_pending(sheet, *box))
                known = sheet.known[box] = Cells(values)
            return known

        return read

    def _box(self, tree: Tree) -> tuple[Sheet, Locate]:
        match tree:
            case Cell():
                return self._area(tree, tree)
            case Area(first=first, last=last):
                return self._area(first, last)
            case Call(function="INDEX", args=args):
                return self._index(*args)
            case Binary(op=":", left=left, right=right):
                return self._joined(left, right)
        raise TypeError(f"cells belong here, not {tree}")

    def _area(self, first: Cell, last: Cell) -> tuple[Sheet, Locate]:
        sheet = self._sheet(first)
        if last.fixed and last.column == LAST_ROW:  # a line down to its end, beyond which this grid need not go
            last = replace(last, column=len(sheet.rows[0]) - 1)
        self._refuse_outside(last, sheet)
        top, bottom, start, end = first.row, last.row, first.column, last.column
        if _stays(first) and _stays(last):
            box = top, start, bottom, end
            return sheet, lambda column: box
        here, start_moves, end_moves = self.here, int(not first.fixed), int(not last.fixed)
        return sheet, lambda column: (
            top or here.row, start + column * start_moves, bottom or here.row, end + column * end_moves
        )  # fmt: skip

    def _index(self, area: Tree, row: Tree, column: Tree | None = None) -> tuple[Sheet, Locate]:
        sheet, outer = self._box(area)
        row_number = self.value(row)
        column_number = None if column is None else self.value(column)

        def locate(at: int) -> Box | Error:
            box = outer(at)
            if isinstance(box, Error):
                return box
            down = to_number(row_number(at))
            if column_number is not None:
                across = to_number(column_number(at))
                return _part(box, across, down) if sheet.down else _part(box, down, across)
            return _part(box, 0.0, down) if box[0] == box[2] else _part(box, down, 0.0)

        return sheet, locate

    def _joined(self, left: Tree, right: Tree) -> tuple[Sheet, Locate]:
        sheet, first = self._box(left)
        _, last = self._box(right)

        def locate(column: int) -> Box | Error:
            one, other = first(column), last(column)
            if isinstance(one, Error) or isinstance(other, Error):
                return one if isinstance(one, Error) else other
            return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])

        return sheet, locate

    def _sheet(self, cell: Cell) -> Sheet:
        sheet = self.sheets[cell.sheet or self.home]
        self._refuse_outside(cell, sheet)
        return sheet

    def _refuse_outside(self, cell: Cell, sheet: Sheet) -> None:
        """A cell must lie on its sheet for every column of the run; a formula's own row is on its own sheet."""
        first, last = (0, 0) if cell.fixed else self.columns
        rows, column = sheet.rows, cell.column
        in_row = 0 < cell.row < len(rows) or (cell.row == OWN_ROW and sheet.name == self.home)
        if not (in_row and first + column > 0 and last + column < len(rows[0])):
            raise LookupError(f"{cell} lies outside of the sheet {sheet.name}")


def _stays(cell: Cell) -> bool:
    """Is it the same cell for every formula of the run, and of the rows that share it?"""
    return cell.fixed and cell.row != OWN_ROW


def _part(box: Box, down: float | Error, across: float | Error) -> Box | Error:
    """The cell, row or column of a box; 0 means all of them."""
    if isinstance(down, Error):
        return down
    if isinstance(across, Error):
        return across
    top, left, bottom, right = box
    row, column = int(down), int(across)
    if row < 0 or column < 0:
        return WRONG_KIND
    if row > bottom - top + 1 or column > right - left + 1:
        return NO_CELL
    top, bottom = (top + row - 1, top + row - 1) if row else (top, bottom)
    left, right = (left + column - 1, left + column - 1) if column else (left, right)
    return top, left, bottom, right


def _slice(sheet: Sheet, top: int, left: int, bottom: int, right: int) -> list[Value]:
    if top == bottom:
        return sheet.rows[top][left : right + 1]
    rows = sheet.rows[top : bottom + 1]
    if left == right:
        return [row[left] for row in rows]
    return list(chain.from_iterable(row[left : right + 1] for row in rows))


def _pending(sheet: Sheet, top: int, left: int, bottom: int, right: int) -> list[Place]:
    return [
        (sheet.name, row, column)
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
        if sheet.rows[row][column] is PENDING
    ]

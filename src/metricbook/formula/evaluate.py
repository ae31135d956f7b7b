"""Computes the formulas of a workbook in Python, as LibreOffice would: a grid of rows, and the order of their cells.

    grid = Grid()
    grid.add_sheet("Calculations", rows=60, columns=31)
    grid.put("Calculations", 8, 8, 4000.0)             # a constant
    grid.fill("Calculations", 10, 8, 31, tree)         # one formula in the cells H10…AE10
    grid.calculate()
    grid.value("Calculations", 10, 8)

Each tree becomes one Python function of the column (`closures`), for all runs that share the tree. Cells are
computed in the order in which their runs were added. A formula that meets a cell which has no value yet says so
(`Missing`); that cell is computed first and the formula tried again. Waiting formulas stand on a stack of our own, so
chains may be as long as they like.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from metricbook.formula.closures import formula
from metricbook.formula.excel import letters
from metricbook.formula.references import PENDING, Formula, Here, Missing, Place, Sheet
from metricbook.formula.tree import Tree
from metricbook.formula.values import Error, Value

__all__ = ["CircularReference", "Error", "Grid", "Value"]


class CircularReference(Exception):  # noqa: N818 - it names what was found
    """Cells that wait for each other: a fault of whoever laid out the workbook. `chain` ends where it began."""

    def __init__(self, chain: list[Place]) -> None:
        self.chain = chain
        super().__init__(" → ".join(f"{sheet}!{letters(column)}{row}" for sheet, row, column in chain))


class _Run(NamedTuple):
    row: list[Value]
    first: int
    last: int
    formula: Formula


class Grid:
    """The sheets of a workbook with their constants, formulas and values. Rows and columns count from 1."""

    def __init__(self) -> None:
        self._sheets: dict[str, Sheet] = {}
        self._runs: dict[tuple[str, int], list[_Run]] = {}
        self._here = Here()
        self._compiled: dict[tuple[int, str, int, int], tuple[Tree, Formula]] = {}  # by the identity of the tree

    def add_sheet(self, name: str, rows: int, columns: int, down: bool = False) -> None:
        """An empty sheet of that size. All sheets come before the first formula; references must lie inside them."""
        self._sheets[name] = Sheet(name, [[None] * (columns + 1) for _ in range(rows + 1)], down)

    def put(self, sheet: str, row: int, column: int, value: float | str | bool | None) -> None:
        """A constant; None is a blank cell."""
        self._sheets[sheet].rows[row][column] = float(value) if type(value) is int else value

    def put_all(self, sheet: str, row: int, first: int, values: Sequence[float | str | bool | None]) -> None:
        """Constants, from the column `first` on."""
        plain = [float(value) if type(value) is int else value for value in values]
        self._sheets[sheet].rows[row][first : first + len(plain)] = plain

    def fill(self, sheet: str, row: int, first: int, last: int, tree: Tree) -> None:
        """The same formula in the cells `first`…`last` of a row."""
        key = id(tree), sheet, first, last
        if key not in self._compiled:
            self._compiled[key] = tree, formula(tree, sheet, self._sheets, (first, last), self._here)
        run = _Run(self._sheets[sheet].rows[row], first, last, self._compiled[key][1])
        self._runs.setdefault((sheet, row), []).append(run)

    def calculate(self) -> None:
        """Computes every formula cell; may be called again after constants changed."""
        for each in self._sheets.values():
            each.known.clear()
        runs = [(sheet, row, run) for (sheet, row), runs in self._runs.items() for run in runs]
        for _, _, run in runs:
            run.row[run.first : run.last + 1] = [PENDING] * (run.last - run.first + 1)
        here = self._here
        for sheet, row, run in runs:
            values, formula_of = run.row, run.formula
            for column in range(run.first, run.last + 1):
                if values[column] is PENDING:
                    here.row, here.values = row, values
                    try:
                        values[column] = _stored(formula_of(column))
                    except Missing as missing:
                        self._compute_first((sheet, row, column), missing)

    def value(self, sheet: str, row: int, column: int) -> Value:
        """The value of one cell."""
        return self._sheets[sheet].rows[row][column]

    def row(self, sheet: str, row: int) -> list[Value]:
        """The values of a row; the index is the column, so the first one means nothing."""
        return self._sheets[sheet].rows[row]

    def _compute_first(self, cell: Place, missing: Missing) -> None:
        """Computes a cell after the ones it waits for. `waiting` are the cells on the stack that have been tried."""
        stack = [cell, *missing.places]
        waiting: dict[Place, None] = {cell: None}
        while stack:
            place = stack[-1]
            run = self._run_of(place)
            if run.row[place[2]] is not PENDING:
                stack.pop()
                waiting.pop(place, None)
                continue
            self._here.row, self._here.values = place[1], run.row
            try:
                run.row[place[2]] = _stored(run.formula(place[2]))
            except Missing as more:
                waiting[place] = None
                _refuse_circle(waiting, more.places)
                stack += more.places

    def _run_of(self, place: Place) -> _Run:
        sheet, row, column = place
        for run in self._runs[sheet, row]:
            if run.first <= column <= run.last:
                return run
        raise LookupError(place)


def _stored(value: Value) -> Value:
    """What a cell keeps of its formula's value: a reference to a blank cell gives 0, and so does a negative zero."""
    if not value and (value is None or type(value) is float):
        return 0.0
    return value


def _refuse_circle(waiting: Mapping[Place, None], needed: list[Place]) -> None:
    for place in needed:
        if place in waiting:
            chain = list(waiting)
            raise CircularReference([*chain[chain.index(place) :], place])

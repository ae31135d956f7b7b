"""The few formula shapes of the workbook, as trees: each is written once here and used everywhere.

Trees are built with plain functions so that the shapes read nearly like the formulas they become.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from metricbook.formula.aggregates import ANY_NUMBER as EVERY_NUMBER
from metricbook.formula.tree import OWN_ROW, Area, Binary, Call, Cell, Number, Operator, Text, Tree, Unary

EMPTY = Text("")
NA = Text("n/a")
ZERO = Number(0)
ONE = Number(1)
ANY_NUMBER = Text(EVERY_NUMBER)


def call(function: str, *args: Tree) -> Call:
    """A function with its arguments."""
    return Call(function, args)


def when(condition: Tree, then: Tree, otherwise: Tree) -> Call:
    """IF."""
    return Call("IF", (condition, then, otherwise))


def binary(op: Operator, left: Tree, right: Tree) -> Binary:
    """Two values and the operator between them."""
    return Binary(op, left, right)


def equals(left: Tree, right: Tree) -> Binary:
    """A comparison."""
    return Binary("=", left, right)


def plus(*parts: Tree) -> Tree:
    """A sum written with plus signs."""
    total = parts[0]
    for part in parts[1:]:
        total = Binary("+", total, part)
    return total


def minus(left: Tree, right: Tree) -> Binary:
    """A difference."""
    return Binary("-", left, right)


def times(left: Tree, right: Tree) -> Binary:
    """A product."""
    return Binary("*", left, right)


def join(*parts: Tree) -> Tree:
    """Texts put together."""
    text = parts[0]
    for part in parts[1:]:
        text = Binary("&", text, part)
    return text


def any_of(conditions: Sequence[Tree]) -> Tree:
    """OR of several conditions; one stays as it is."""
    return conditions[0] if len(conditions) == 1 else Call("OR", tuple(conditions))


def index(area: Tree, *places: Tree) -> Call:
    """INDEX."""
    return Call("INDEX", (area, *places))


def span(area: Tree, first: Tree, last: Tree) -> Binary:
    """The part of a row from one position to another: INDEX(…):INDEX(…)."""
    return Binary(":", index(area, first), index(area, last))


def missing(refs: Sequence[Tree]) -> Binary:
    """Not every one of these holds a number."""
    return Binary("<", Call("COUNT", tuple(refs)), Number(len(refs)))


def blank(ref: Tree) -> Binary:
    """This holds no number."""
    return Binary("=", Call("COUNT", (ref,)), ZERO)


def number_or_empty(ref: Tree) -> Call:
    """The number in a cell that may be blank, never 0 for a blank."""
    return when(blank(ref), EMPTY, ref)


def text_or_empty(ref: Tree) -> Call:
    """What stands in a cell that may be blank, never 0 for a blank."""
    return when(equals(call("COUNTA", ref), ZERO), EMPTY, ref)


def guarded(
    body: Tree, needs: Sequence[Tree], undefined: Sequence[Tree] = (), one_of: Iterable[Sequence[Tree]] = ()
) -> Tree:
    """The one guard of every calculation.

    Blank unless every operand of `needs` is a number and each group of `one_of` holds at least one; "n/a" where a
    condition of `undefined` holds; else the value.
    """
    value = when(any_of(undefined), NA, body) if undefined else body
    absent: list[Tree] = [missing(needs)] if needs else []
    absent += [Binary("=", Call("COUNT", tuple(group)), ZERO) for group in one_of]
    return when(any_of(absent), EMPTY, value) if absent else value


def here(row: int, sheet: str = "") -> Cell:
    """The cell of a row in the formula's own column."""
    return Cell(row, 0, sheet=sheet)


def head(row: int, sheet: str = "") -> Cell:
    """The same, of a row at the top of the sheet: written with its row locked."""
    return Cell(row, 0, sheet=sheet, lock_row=True)


def left(row: int) -> Cell:
    """The left neighbour's column."""
    return Cell(row, -1)


def fixed(row: int, column: int, sheet: str = "") -> Cell:
    """A cell in a fixed column of a line."""
    return Cell(row, column, fixed=True, sheet=sheet)


def negative(tree: Tree) -> Unary:
    """A minus sign."""
    return Unary(tree)


@cache
def beside(column: int) -> Cell:
    """A cell in a fixed column of the formula's own row: what is made of such cells is the same tree in every row."""
    return Cell(OWN_ROW, column, fixed=True)


def block(first: Cell, last: Cell) -> Area:
    """A rectangle between two references."""
    return Area(first, last)

"""The formula tree: frozen data, no behaviour. Readers (`excel`, `evaluate`, `words`) live in their own files.

One tree serves two levels. Written by an author it has `Name` leaves ("spend / new_customers"); lowered by the
layout it has `Cell` and `Area` leaves instead. Operators and functions are fields, so both levels share every reader.

A lowered tree belongs to a run of cells in one row. Its columns are either fixed or counted from the cell that holds
the formula, so one tree serves the whole run and "one formula per row" holds by construction. Its rows are fixed, or
`OWN_ROW`: rows that are made alike then share one tree too. Sheets of records go down instead of across: there a
cell's `row` is its line, which is a column of the sheet, and its `column` is the position in the line, which is a row
of the sheet.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from typing import Literal

from metricbook.frozen import frozen

NOWHERE = (0, 0)
OWN_ROW = 0
"""The row of a cell that stands in the row of the formula itself, whichever that is."""

Operator = Literal["+", "-", "*", "/", "^", "&", "=", "<>", "<", "<=", ">", ">=", ":"]


@frozen
class Number:
    """A literal number."""

    value: float
    span: tuple[int, int] = field(default=NOWHERE, compare=False, repr=False)


@frozen
class Text:
    """A literal text, without its quotes."""

    value: str
    span: tuple[int, int] = field(default=NOWHERE, compare=False, repr=False)


@frozen
class Name:
    """A metric, constant or fact of the period, as the author names it.

    `ltv.churn` has the part "churn", `arr.target` the part "target", `period.elapsed` is id "period", part "elapsed";
    `cost[programs, total]` has the coordinates ("programs", "total"); `where` is empty without brackets.
    """

    id: str
    part: str = ""
    where: tuple[str, ...] = ()
    span: tuple[int, int] = field(default=NOWHERE, compare=False, repr=False)


@frozen
class Call:
    """A function by its upper-case name, with its arguments."""

    function: str
    args: tuple[Tree, ...]
    span: tuple[int, int] = field(default=NOWHERE, compare=False, repr=False)


@frozen
class Unary:
    """A minus sign before a value."""

    operand: Tree
    span: tuple[int, int] = field(default=NOWHERE, compare=False, repr=False)


@frozen
class Binary:
    """Two values and the operator between them. ":" joins two references to a range (only in lowered trees)."""

    op: Operator
    left: Tree
    right: Tree
    span: tuple[int, int] = field(default=NOWHERE, compare=False, repr=False)


@frozen
class Cell:
    """One cell. `column` is a column number (A is 1) where `fixed`, else a distance from the cell with the formula.

    `row` is a row number, or OWN_ROW for the row of the formula; then the cell is on the formula's own sheet.
    `sheet` is "" for the formula's own sheet. `lock_row` only decides whether a `$` stands before the row.
    """

    row: int
    column: int = 0
    fixed: bool = False
    sheet: str = ""
    lock_row: bool = False


@frozen
class Area:
    """A rectangle from `first` to `last`, both on `first.sheet`."""

    first: Cell
    last: Cell


Tree = Number | Text | Name | Call | Unary | Binary | Cell | Area


def walk(tree: Tree) -> Iterator[Tree]:
    """The tree and everything in it, outermost first, left to right."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        match node:
            case Call(args=args):
                waiting += args[::-1]
            case Binary(left=left, right=right):
                waiting += (right, left)
            case Unary(operand=operand):
                waiting.append(operand)
            case Area(first=first, last=last):
                waiting += (last, first)


def names(tree: Tree) -> Iterator[Name]:
    """The names in a formula, left to right, with repetitions."""
    return (node for node in walk(tree) if isinstance(node, Name))

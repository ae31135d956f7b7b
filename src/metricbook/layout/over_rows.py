"""COUNTIFS and SUMIFS of an author, lowered to whole columns of Row calculations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metricbook.formula.aggregates import columns, compared, criteria, summed
from metricbook.formula.tree import Area, Binary, Call, Name, Text, Tree
from metricbook.layout.operands import operands
from metricbook.layout.records import member_number, rows_of, rows_there
from metricbook.layout.shapes import ANY_NUMBER, head, join
from metricbook.model.dimensions import UNLISTED

if TYPE_CHECKING:
    from metricbook.layout.lower import Lowering

SIGNS = {"<": "below", ">": "above", "<=": "at_most", ">=": "at_least", "<>": "other_than"}
"""Signs of comparison, by the name under which Lists has them."""
NAME_UNITS = ("member", "choice")
"""Units of columns that hold the number of a name, 0 where there is none."""
ANY_NAME = Text(">0")


def over_rows(lowering: Lowering, tree: Tree) -> tuple[Tree, list[Tree]]:
    """COUNTIFS and SUMIFS over Row calculations, and the cells that rows are compared with."""
    match tree:
        case Call():
            parts = [_criterion(lowering, column, wanted) for column, wanted in criteria(tree)]
            pairs = [each for found, _ in parts for each in found] + _others(lowering, tree)
            column = summed(tree)
            first = [] if column is None else [_column(lowering, column)]
            needed = [cell for _, cells in parts for cell in cells]
            if not pairs:  # nothing tells rows apart here: all that hold a number
                table = lowering.book.model.tables[table_of(tree)]
                pairs = [rows_there(lowering.book, table), ANY_NUMBER]
            return Call(tree.function, (*first, *pairs)), needed
        case Binary(op, left_, right):
            (one, some), (other, more) = over_rows(lowering, left_), over_rows(lowering, right)
            return Binary(op, one, other), [*some, *more]
    raise TypeError(f"rows are only counted and added up, not {tree}")


def _others(lowering: Lowering, call: Call) -> list[Tree]:
    """A pair more where rows match no member: those without a record have the number 0 as well, but no date."""
    wanted = [each.id for _, each in criteria(call) if isinstance(each, Name) and not each.part]
    points = [lowering.point_on(id) for id in wanted if id in lowering.book.model.dimensions]
    if "period" in wanted or not any(point is not None and point.member == UNLISTED for point in points):
        return []
    return [rows_there(lowering.book, lowering.book.model.tables[table_of(call)]), ANY_NUMBER]


def _criterion(lowering: Lowering, column: Tree, wanted: Tree) -> tuple[list[Tree], list[Tree]]:
    """A pair for COUNTIFS, or two, or none, and the cells that must be there."""
    book, area = lowering.book, _column(lowering, column)
    sign, other = compared(wanted)
    if other == ANY_NUMBER and _unit(lowering, column) == "text":
        return [], []  # of a hidden dimension: all rows
    if other == Name("period"):
        since = join(book.say("at_least"), head(book.marks["start"]))
        until = join(book.say("at_most"), head(book.marks["period_end"]))
        return [area, since, area, until], []
    if isinstance(other, Name) and not other.part and other.id in book.model.dimensions:
        point = lowering.point_on(other.id)
        return ([], []) if point is None else ([area, member_number(book, point)], [])
    if isinstance(other, Text) and isinstance(column, Name):
        found: Tree = book.spots.get(f"option.{lowering.resolve(column)}.{other.value}") or other
        cells: list[Tree] = []
    else:
        found = lowering.lower(other)
        cells, _ = operands(found)
    pair = [area, found if sign == "=" else join(book.say(SIGNS[sign]), found)]
    return [*pair, *_something(lowering, column, area, sign, other)], cells


def _something(lowering: Lowering, column: Tree, area: Area, sign: str, other: Tree) -> list[Tree]:
    """A pair more where a cell that holds nothing would fit: it is other than all, and no name is like another."""
    names = _unit(lowering, column) in NAME_UNITS
    if sign == "<>" or (names and isinstance(other, Name)):
        return [area, ANY_NAME if names else ANY_NUMBER]
    return []


def _unit(lowering: Lowering, column: Tree) -> str:
    assert isinstance(column, Name)
    return lowering.book.metric(lowering.resolve(column)).unit


def _column(lowering: Lowering, column: Tree) -> Area:
    """All rows of a column, at the line's own coordinate or in brackets."""
    assert isinstance(column, Name)  # proven: COUNTIFS looks over columns
    book, id = lowering.book, lowering.resolve(column)
    where, selector = lowering.coordinate(book.metric(id), column)
    assert selector is None, id
    return rows_of(book, book.model.tables[column.id], book.row(id, where))


def table_of(call: Call) -> str:
    """The table over whose rows a call looks."""
    return next(column.id for column in columns(call) if isinstance(column, Name))

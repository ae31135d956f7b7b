"""Totals over members and values over windows: the two ways a line is rolled up."""

from __future__ import annotations

from metricbook.formula.tree import OWN_ROW, Area, Cell, Tree
from metricbook.layout.book import Book, Kind, Line
from metricbook.layout.canvas import Canvas
from metricbook.layout.frame import CURRENT, FIXED, LAST_YEAR
from metricbook.layout.shapes import ANY_NUMBER, EMPTY, ZERO, binary, call, equals, guarded, here, when
from metricbook.layout.windows import window
from metricbook.model.metric import Metric, Point, Where


def draw_windows(book: Book, canvas: Canvas, line: Line, row: int, recomputed: Tree | None = None) -> None:
    """Draw a line's three windows: rolled up over the periods, or the line's own formula once more."""
    canvas.across(row, CURRENT, LAST_YEAR, _windows(book, line, recomputed), "calc", book.formats.of(line.metric))


def kinds(book: Book, metric: Metric) -> tuple[Kind, ...]:
    """The lines that a metric has at each coordinate.

    A weight has a line of its own where its own totals are not the ones to divide by: a snapshot, which does not add
    up over periods, and the weight of a whole dimension beside a metric of a part of it.
    """
    if not metric.weight:
        return ("value",)
    weight = book.model.metrics[metric.weight]
    adds_up = weight.over_periods == "sum" or not metric.timed or metric.over_periods != "average"
    same_members = {name for axis in metric.axes for name in axis} <= {name for axis in weight.axes for name in axis}
    return ("weighted", "value") if adds_up and same_members else ("weight", "weighted", "value")


def _windows(book: Book, line: Line, recomputed: Tree | None) -> Tree:
    how = line.metric.over_periods
    if line.kind in ("weighted", "weight"):
        return window(book, "sum", OWN_ROW)
    if how == "average" and line.metric.weight:
        return weighted_average(book, line)
    if how == "recompute" and recomputed is not None:
        return recomputed
    return window(book, how, OWN_ROW)


def weighted_average(book: Book, line: Line) -> Tree:
    """Σ(value × weight) ÷ Σ weight, in the formula's own column."""
    product = here(book.row(line.metric.id, line.where, "weighted"))
    weight = weight_cell(book, line)
    return guarded(binary("/", product, weight), [product, weight], [equals(weight, ZERO)])


def weight_cell(book: Book, line: Line) -> Cell:
    """The weight at a line's coordinate: at Total for axes that the weight does not have."""
    if line.kind != "weight" and book.has(line.metric.id, line.where, "weight"):
        return here(book.row(line.metric.id, line.where, "weight"))
    weight = book.model.metrics[line.metric.weight]
    where: list[Point | None] = []
    for axis in weight.axes:
        mine = (point for point in line.where if point is not None and _same_root(book, point, axis))
        point = next(mine, None)
        where.append(None if point is None else Point(_on(book, point, axis), point.member, point.group))
    row = book.row(weight.id, tuple(where))
    return here(row) if weight.timed else Cell(row, FIXED, fixed=True)


def _same_root(book: Book, point: Point, axis: tuple[str, ...]) -> bool:
    return bool(_on(book, point, axis))


def _on(book: Book, point: Point, axis: tuple[str, ...]) -> str:
    root = book.model.dimensions[point.dimension].root
    return next((name for name in axis if book.model.dimensions[name].root == root), "")


def total_over_members(book: Book, line: Line) -> Tree:
    """The sum of a total's or group's members, blank while a named member is missing."""
    axis = next(n for n, point in enumerate(line.where) if point is None or point.group)
    point = line.where[axis]
    dimension = book.model.dimensions[point.dimension if point else line.metric.axes[axis][0]]
    wheres = [_at(line.where, axis, Point(dimension.id, member.id)) for member in dimension.members]
    rows = [book.row(line.metric.id, where, line.kind) for where in wheres]
    together = rows == list(range(rows[0], rows[0] + len(rows)))
    if point is not None:
        if together:
            return _group(book, point, rows)
        inside = {member.id for member in dimension.members if member.group == point.member}
        rows = [row for row, member in zip(rows, dimension.members, strict=True) if member.id in inside]
        needed: Tree = book.spots[f"needed.{dimension.root}.{point.member}"]
    else:
        needed = book.spots[f"needed.{dimension.id}"]
    cells: list[Tree] = [Area(here(rows[0]), here(rows[-1]))] if together else [here(row) for row in rows]
    return when(binary("<", call("COUNT", *cells), needed), EMPTY, call("SUM", *cells))


def _at(where: Where, axis: int, point: Point) -> Where:
    return (*where[:axis], point, *where[axis + 1 :])


def _group(book: Book, point: Point, rows: list[int]) -> Tree:
    """A group's sum by the group numbers on Lists, because a spare member's group is chosen there."""
    dimension = book.model.dimensions[point.dimension].root
    numbers, number = book.areas[f"groups.{dimension}"], book.spots[f"group.{dimension}.{point.member}"]
    needed = book.spots[f"needed.{dimension}.{point.member}"]
    line = Area(here(rows[0]), here(rows[-1]))
    count = call("COUNTIFS", numbers, number, line, ANY_NUMBER)
    return when(binary("<", count, needed), EMPTY, call("SUMIFS", line, numbers, number))

"""Short forms of numbers: $7.53M, 11.6 mo, 4.5 pp. Texts, because a number cannot run over into the next cell."""

from __future__ import annotations

from metricbook.formula.tree import Cell, Number, Tree
from metricbook.layout.result_row import ResultRow, signed
from metricbook.layout.shapes import EMPTY, ONE, ZERO, binary, blank, call, index, join, minus, plus, times, when
from metricbook.model.metric import Metric

HUNDRED, THOUSAND = Number(100), Number(1000)
AMOUNTS = ("currency", "count")
POINTS = ("percent", "points", "ratio", "score", "rating/5")
WHOLE = ("days", "score", "seconds", "weeks")  # without decimals
DIFFERENCE = {"percent": "points", "rating/5": "unit", "rating": "unit"}
"""The unit of a difference where it is not that of the values: 22 % less 17.5 % is 4.5 pp."""


def is_rate(metric: Metric) -> bool:
    """Is its change told in its own unit (points, times, days) rather than in percent?"""
    return metric.unit.partition("/")[0] in POINTS or metric.unit in POINTS


def is_percent(metric: Metric) -> bool:
    """Is it a percent, so that a difference of two of its values is told in points?"""
    return metric.unit.partition("/")[0] in ("percent", "points")


def is_points(metric: Metric) -> bool:
    """Is it itself the difference of two percents?"""
    return metric.unit.partition("/")[0] == "points"


def put_points(row: ResultRow, name: str, difference: Cell) -> None:
    """Fill a column with the difference of two percents in points: 0.045 is 4.5 pp. It is rounded as it is shown, so
    that 0.0 has no direction."""
    if is_percent(row.metric):
        format = row.book.formats.difference(row.metric)
        decimals = Number(len(format.partition(".")[2]) - len(format.partition(".")[2].lstrip("0")))
        points = call("ROUND", times(HUNDRED, difference), decimals)
        row.put(name, when(blank(difference), EMPTY, points), signed(format))


def short(row: ResultRow, value: str, scale: str) -> Tree:
    """A column's value in its short form; the column `scale` says whether in full, thousands or millions."""
    cell = row.cell(value)
    signs = index(row.book.areas["signs"], plus(ONE, binary("<", cell, ZERO)))
    base = row.metric.unit.partition("/")[0]
    if base in AMOUNTS:
        _scale(row, cell, scale)
        symbol = [row.book.spots["symbol"]] if base == "currency" else []
        return when(blank(cell), EMPTY, join(signs, *symbol, *_scaled(row, cell, scale)))
    return when(blank(cell), EMPTY, join(_number(row, cell, base, magnitude=False), _suffix(row, row.metric.unit)))


def size(row: ResultRow, value: str, scale: str) -> Tree:
    """The size of a column's difference in its short form, without a sign."""
    cell, unit = row.cell(value), row.metric.unit
    base = unit.partition("/")[0]
    if base in AMOUNTS:
        _scale(row, cell, scale)
        symbol = [row.book.spots["symbol"]] if base == "currency" else []
        return when(blank(cell), EMPTY, join(*symbol, *_scaled(row, cell, scale)))
    suffix = _suffix(row, DIFFERENCE.get(unit, DIFFERENCE.get(base, unit)))
    return when(blank(cell), EMPTY, join(_number(row, cell, base, magnitude=True), suffix))


def _scale(row: ResultRow, cell: Cell, column: str) -> None:
    """1 in full, 2 in thousands with one decimal, 3 in millions with two."""
    amount = call("ABS", cell)
    large = [binary(">=", amount, times(HUNDRED, HUNDRED)), binary(">=", amount, times(THOUSAND, THOUSAND))]
    row.put(column, when(blank(cell), EMPTY, plus(ONE, *large)), "0")


def _scaled(row: ResultRow, cell: Cell, column: str) -> tuple[Tree, Tree]:
    scale, areas = row.cell(column), row.book.areas
    decimals: Tree = minus(scale, ONE)
    if row.metric.decimals:
        least: Tree = Number(row.metric.decimals)
        if row.metric.unit == "count":  # the parts of large numbers do not matter
            least = times(least, binary("<", cell, HUNDRED))
        decimals = call("MAX", decimals, least)
    factor = index(areas["short.numbers"], scale)
    return call("FIXED", binary("/", call("ABS", cell), factor), decimals), index(areas["short"], scale)


def both(row: ResultRow, low: Cell, high: Cell, column: str) -> tuple[Tree, Tree, Tree]:
    """Two amounts in figures and what follows them, in the thousands or millions that the higher one asks for."""
    _scale(row, high, column)
    (start, _), (end, suffix) = (_scaled(row, cell, column) for cell in (low, high))
    return start, end, suffix


def _number(row: ResultRow, cell: Cell, base: str, magnitude: bool) -> Tree:
    value: Tree = call("ABS", cell) if magnitude else cell
    decimals = row.metric.decimals if row.metric.decimals is not None else 0 if base in WHOLE else 1
    return call("FIXED", times(HUNDRED, value) if base in ("percent", "points") else value, Number(decimals))


def _suffix(row: ResultRow, unit: str) -> Cell:
    spots = row.book.spots
    return spots.get(f"short.{unit}", spots.get(f"short.{unit.partition('/')[0]}", spots["short.unit"]))

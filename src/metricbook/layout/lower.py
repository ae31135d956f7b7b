"""From names to places: a metric's formula at one coordinate becomes a tree over cells of Calculations.

The same tree serves the windows and the periods of a line, because operands by period are read in the formula's own
column and all others in the fixed column.
"""

from __future__ import annotations

from dataclasses import dataclass

from metricbook.formula.aggregates import aggregates
from metricbook.formula.functions import FUNCTIONS
from metricbook.formula.tree import Area, Binary, Call, Cell, Name, Number, Text, Tree, Unary, names
from metricbook.layout.book import Book
from metricbook.layout.frame import FIXED
from metricbook.layout.inputs import member_reference
from metricbook.layout.operands import divisors, operands, strongest
from metricbook.layout.over_rows import over_rows, table_of
from metricbook.layout.shapes import (
    ANY_NUMBER,
    EMPTY,
    NA,
    ONE,
    ZERO,
    any_of,
    binary,
    call,
    equals,
    fixed,
    guarded,
    head,
    index,
    left,
    minus,
    missing,
    plus,
    span,
    times,
    when,
)
from metricbook.layout.timeline import distance
from metricbook.model.dimensions import UNLISTED
from metricbook.model.metric import Metric, Point, Where


@dataclass(frozen=True)
class Lowering:
    """Lowers formulas for one line: a metric (or check) with its axes, at a coordinate."""

    book: Book
    axes: tuple[tuple[str, ...], ...]
    where: Where
    row: int

    def formula(self, tree: Tree, undefined: Tree | None = None) -> Tree:
        """The guarded tree of a formula: blank, n/a or its value."""
        if isinstance(tree, Call) and FUNCTIONS[tree.function].kind == "period":
            return self._along(tree)
        if aggregates(tree):
            return self._in_period(tree, undefined)
        guarded = self._guarded(tree, undefined)
        return guarded if any(map(self._is_number, names(tree))) else self.book.once_begun(guarded)

    def _is_number(self, name: Name) -> bool:
        """Is it a number that is typed, or made of such? The calendar and choices are there anyway."""
        if name.id == "period" or name.id in self.book.model.tables:
            return name.id != "period"
        return self.book.model.metrics[self.resolve(name)].unit not in ("choice", "member")

    def _guarded(self, tree: Tree, undefined: Tree | None) -> Tree:
        body = self.lower(tree)
        strict, groups = operands(body)
        strict += [ref for ref in self.always() if ref not in strict]
        conditions = list(divisors(body))
        if undefined is not None:
            condition = self.lower(undefined)
            more, _ = operands(condition)
            strict += [ref for ref in more if ref not in strict]
            conditions += (
                condition.args if isinstance(condition, Call) and condition.function == "OR" else [condition]
            )
        return guarded(body, strict, strongest(conditions), groups)

    def verdict(self, tree: Tree) -> Tree:
        """A check at this line: 0 holds, 1 fails, blank where an operand is missing."""
        body = self.lower(tree)
        strict, groups = operands(body)
        strict += [ref for ref in self.always() if ref not in strict]
        return guarded(when(body, ZERO, ONE), strict, (), groups)

    def always(self) -> list[Tree]:
        """What every formula needs beside its operands."""
        return []

    def cell(self, metric: Metric, row: int) -> Cell:
        """The cell of an operand's line: in the formula's own column, or the fixed one."""
        return Cell(row) if metric.timed else fixed(row, FIXED)

    def lower(self, tree: Tree) -> Tree:
        """Names become cells; the rest stays."""
        match tree:
            case Name():
                return self.reference(tree)
            case Binary(op, Name() as chosen, Text(value)) | Binary(op, Text(value), Name() as chosen):
                return Binary(op, self.reference(chosen), self.book.spots[f"option.{self.resolve(chosen)}.{value}"])
            case Unary(operand):
                return Unary(self.lower(operand))
            case Binary("=", left_, right) if self._tolerates(tree):
                return self._close(self.lower(left_), self.lower(right))
            case Binary(op, left_, right):
                return Binary(op, self.lower(left_), self.lower(right))
            case Call(function, args):
                return Call(function, tuple(self.lower(arg) for arg in args))
            case Number() | Text() | Cell() | Area():
                return tree

    def _tolerates(self, tree: Binary) -> bool:
        """Two calculated amounts are equal within the tolerance; a comparison with a literal or option is exact."""
        return not any(isinstance(side, Number | Text) for side in (tree.left, tree.right))

    def _close(self, one: Tree, other: Tree) -> Tree:
        """Within the tolerance, taken of both amounts together."""
        both = plus(call("ABS", one), call("ABS", other))
        return Binary("<=", call("ABS", minus(one, other)), times(self.book.spots["tolerance"], both))

    def reference(self, name: Name) -> Tree:
        """The cell of a name at this coordinate; with a selector in brackets, the chosen one of its cells."""
        if name.id == "period":
            return head(self.book.marks[f"period_{name.part}"])
        id = self.resolve(name)
        metric = self.book.metric(id)
        where, selector = self.coordinate(metric, name)
        if selector is None:
            return self.cell(metric, self.book.row(id, where))
        axis, chooser = selector
        given = self.book.metric(chooser).input
        points = [each for each in self.book.model.members(metric, axis) if given and each.dimension == given.of]
        rows = [self.book.row(id, (*where[:axis], point, *where[axis + 1 :])) for point in points]
        chosen = self.cell(self.book.metric(chooser), self.book.row(chooser))
        if rows != list(range(rows[0], rows[0] + len(rows))):
            return Call("CHOOSE", (chosen, *(self.cell(metric, row) for row in rows)))
        first, last = (self.cell(metric, row) for row in (rows[0], rows[-1]))
        return index(Area(first, last), chosen)

    def resolve(self, name: Name) -> str:
        """The id of the metric that a name means: `ltv.churn` may be the definition in force, `arr.target` a line."""
        metrics = self.book.model.metrics
        if not name.part:
            return name.id
        if name.id in self.book.model.tables:
            return f"{name.id}.{name.part}"
        if name.part == "target":
            return next(id for id in (f"{name.id}.target", f"{name.id}.from") if id in metrics)
        return next(id for id in self.book.model.rivals[name.id] if metrics[id].variant == name.part)

    def coordinate(self, metric: Metric, name: Name) -> tuple[Where, tuple[int, str] | None]:
        """Where an operand is read: brackets first, then the line's own coordinate, else Total."""
        tokens = [token for token in name.where if token != "total"]
        rest_total = "total" in name.where
        places: list[Point | None] = []
        selector: tuple[int, str] | None = None
        for number, axis in enumerate(metric.axes):
            token = next((each for each in tokens if self._fits(each, axis)), None)
            if token is None:
                places.append(None if rest_total else self._own(axis))
                continue
            tokens.remove(token)
            if token in self.book.model.metrics and self.book.model.metrics[token].unit == "member":
                selector = (number, token)
                places.append(None)
            else:
                places.append(self._point(token, axis))
        return tuple(places), selector

    def _fits(self, token: str, axis: tuple[str, ...]) -> bool:
        return self._point(token, axis) is not None or self._selects(token, axis)

    def _selects(self, token: str, axis: tuple[str, ...]) -> bool:
        selector = self.book.model.metrics.get(token)
        return bool(selector and selector.input and selector.unit == "member" and selector.input.of in axis)

    def _point(self, token: str, axis: tuple[str, ...]) -> Point | None:
        for name in axis:
            dimension = self.book.model.dimensions[name]
            if dimension.has(token):
                return Point(name, token)
            if token in dict(dimension.groups):
                return Point(name, token, group=True)
        return None

    def point_on(self, dimension: str) -> Point | None:
        """This line's member of a dimension; None at Total and where it stands on another margin."""
        point = self._own((dimension,))
        own = (mine for mine in self.where if mine is not None)
        return point if point is not None and any(mine.dimension == dimension for mine in own) else None

    def _own(self, axis: tuple[str, ...]) -> Point | None:
        """This line's point on an operand's axis, in the operand's own dimension."""
        for point in self.where:
            if point is None:
                continue
            mine = self.book.model.dimensions[point.dimension]
            for name in axis:
                theirs = self.book.model.dimensions[name]
                if name == point.dimension or theirs.root == mine.root:
                    return Point(name, point.member, point.group)
        return None

    def _along(self, tree: Call) -> Tree:
        """One of the functions along the periods."""
        operand = tree.args[0]
        assert isinstance(operand, Name)  # proven: they stand alone with a plain name
        row = self._row(operand)
        frame, m = self.book.frame, self.book.marks
        so_far = frame.until_here(row)
        match tree.function:
            case "PREVIOUS" if len(tree.args) == 2:
                return when(equals(head(m["number"]), ONE), self._opening(tree.args[1]), left(row))
            case "PREVIOUS" | "AGO":
                opening = self._opening(tree.args[1]) if tree.function == "PREVIOUS" else EMPTY
                earlier = Area(fixed(row, FIXED), left(row))
                back = fixed(self.row, FIXED)
                place = plus(minus(head(m["number"]), back), ONE)
                return when(Binary("<=", head(m["number"]), back), opening, index(earlier, place))
            case "CUMULATIVE":
                return _summed(so_far, head(m["number"]))
            case "ROLLING":
                back_row = m[f"back_{distance(self.book, tree.args[1])}"]
                part = Binary(":", index(so_far, head(back_row)), Cell(row))
                return _summed(part, Cell(back_row, FIXED, fixed=True, lock_row=True))
            case "TODATE":
                word = _word(tree.args[1])
                part = Binary(":", index(so_far, head(m[f"{word}_to_date_first"])), Cell(row))
                return _summed(part, head(m[f"into_{word}"]))
            case "WHOLE":
                word = _word(tree.args[1])
                part = span(frame.periods(row), head(m[f"whole_{word}_first"]), head(m[f"whole_{word}_last"]))
                return _summed(part, head(m[f"whole_{word}"]))
            case _:  # COALESCE
                return self.coalesced(self.lower(operand), self._where_filled(self.lower(tree.args[1])))

    def _opening(self, tree: Tree) -> Tree:
        """What stands before the first period."""
        return self._where_filled(self.lower(tree))

    def _where_filled(self, value: Tree) -> Tree:
        """A literal stands in for a value only in periods in which something is filled."""
        if not isinstance(value, Number):
            return value
        return when(equals(head(self.book.marks["filled"]), ZERO), EMPTY, value)

    def coalesced(self, value: Tree, otherwise: Tree) -> Tree:
        """A value, or another where it is blank or n/a."""
        return when(equals(call("COUNT", value), ZERO), otherwise, value)

    def _in_period(self, tree: Tree, undefined: Tree | None) -> Tree:
        """What adds rows up: blank for a member without a name, and beyond the last rows that are there."""
        body, needed = self.summed(tree, undefined)
        points = [point for point in self.where if point and not point.group and point.member != UNLISTED]
        absent: list[Tree] = [equals(call("COUNTA", member_reference(self.book, point)), ZERO) for point in points]
        if any(name.id == "period" for name in names(tree)):
            absent.append(
                binary(">", head(self.book.marks["start"]), fixed(self.book.marks["records_through"], FIXED))
            )
        else:
            tables = dict.fromkeys(map(table_of, aggregates(tree)))
            absent += [equals(fixed(self.book.marks[f"rows_{table}"], FIXED), ZERO) for table in tables]
        absent += [missing(needed)] if needed else []
        return when(any_of(absent), EMPTY, body)

    def summed(self, tree: Tree, undefined: Tree | None) -> tuple[Tree, list[Tree]]:
        """What adds rows up, "n/a" where it is undefined, and the cells that must be there."""
        body, needed = self._averaged(tree) or over_rows(self, tree)
        if undefined is not None:
            condition = self.lower(undefined)
            more, _ = operands(condition)
            body, needed = when(condition, NA, body), [*needed, *more]
        return body, list(dict.fromkeys(needed))

    def _averaged(self, tree: Tree) -> tuple[Tree, list[Tree]] | None:
        """AVERAGEIFS as a quotient, "n/a" where no row has a number."""
        if not (isinstance(tree, Call) and tree.function == "AVERAGEIFS"):
            return None
        column, *pairs = tree.args
        total, needed = over_rows(self, Call("SUMIFS", tree.args))
        count, _ = over_rows(self, Call("COUNTIFS", (*pairs, column, ANY_NUMBER)))
        return when(equals(count, ZERO), NA, binary("/", total, count)), needed

    def _row(self, name: Name) -> int:
        id = self.resolve(name)
        where, _ = self.coordinate(self.book.model.metrics[id], name)
        return self.book.row(id, where)


def distance_of(book: Book, tree: Tree | None) -> int | None:
    """The count of periods that a line keeps in its fixed cell: AGO's and PREVIOUS's over a year or quarter."""
    if isinstance(tree, Call) and (tree.function == "AGO" or (tree.function == "PREVIOUS" and len(tree.args) == 3)):
        return distance(book, tree.args[-1])
    return None


def _word(tree: Tree) -> str:
    return tree.id if isinstance(tree, Name) else "year"


def _summed(part: Tree, length: Tree) -> Tree:
    return when(equals(call("COUNT", part), length), call("SUM", part), EMPTY)

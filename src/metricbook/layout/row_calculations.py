"""Row calculations: every record as it is read, then every column that is worked out, one record a row.

The sheet goes down: a column is a line of the plan, and a line's cells are the rows of its table. The tables stand
side by side. A 0 that only means "none" is not shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from metricbook.formula.aggregates import aggregates
from metricbook.formula.tree import Call, Cell, Name, Tree
from metricbook.layout import records
from metricbook.layout.book import Book
from metricbook.layout.canvas import Canvas
from metricbook.layout.frame import CALCULATIONS, FIXED, ROWS, START
from metricbook.layout.inputs import member_words
from metricbook.layout.lower import Lowering
from metricbook.layout.plan import Print
from metricbook.layout.records import FIRST_ROW, NAMED, checks_over, rows_of, there_line
from metricbook.layout.shapes import (
    EMPTY,
    ONE,
    ZERO,
    binary,
    blank,
    call,
    equals,
    index,
    minus,
    missing,
    plus,
    times,
    when,
)
from metricbook.model.metric import Metric, Where
from metricbook.model.model import Table
from metricbook.model.record_columns import label_of
from metricbook.source.records import Column

TITLE, IDS, LABELS, MEMBERS, BODY = 1, 2, 3, 4, FIRST_ROW
UNSEEN = ';;;" "@'  # a number that names nobody is not seen; a name stands off the number at its left
FINE = "0.0000"  # of a row's weights and shares, which are small
"""Shows texts and no numbers: the names in rows, of which 0 means that there is none."""


@dataclass(frozen=True)
class _Line:
    """One line: what finds it, its heading, and how it looks."""

    id: str
    where: Where
    kind: str
    label: str
    format: str


def place(book: Book) -> None:
    """Give every line of every table its column."""
    at = 1
    for table in book.model.tables.values():
        for line in _lines(book, table):
            book.rows[line.id, line.where, line.kind] = at  # type: ignore[index]
            at += 1
        at += 1


def draw(book: Book) -> None:
    """Draw the sheet."""
    if not book.model.tables:
        return
    canvas = book.canvas(ROWS, "check")
    canvas.down = True
    canvas.across(1, TITLE, TITLE, "Row calculations", "title")
    canvas.across(3, TITLE, TITLE, "← Start", "hyperlink")
    canvas.link(TITLE, 3, Cell(1, 1, fixed=True, sheet=START))
    for table in book.model.tables.values():
        drawing = _Drawing(book, canvas, table)
        for line in _lines(book, table):
            drawing.line(line)
    canvas.freeze = Cell(BODY, 2, fixed=True)
    canvas.print = Print(pages_wide=0, title_rows=(TITLE, MEMBERS))


def _lines(book: Book, table: Table) -> Iterator[_Line]:
    label = f"{table.label}: row"
    yield _Line(table.id, (), "row", label, "0")
    if not table.key:
        yield _Line(table.id, (), "there", f"{table.label}: filled", "0;;")
    for pasted in records.columns_read(table):
        id, column = f"{table.id}.{pasted}", table.pasted[pasted]
        metric, name = table.columns.get(id), label_of(pasted, column.label)
        if column.type in NAMED:
            yield _Line(id, (), "typed", name, UNSEEN)
            yield _Line(id, (), "value", f"{name}, number", "0;;")
            if pasted == table.key:
                yield _Line(id, (), "again", f"{name}, seen above", "0;;")
        else:
            yield _Line(id, (), "value", name, book.formats.of(metric) if metric else "General")
    for metric in table.columns.values():
        if not metric.is_input:
            for where in book.model.wheres(metric):
                if all(point is not None and not point.group for point in where):
                    yield _Line(metric.id, where, "value", metric.label, _format(book, metric))
    for check in checks_over(book, table):
        yield _Line(f"check.{check.id}", (), "value", check.message, "0")


@dataclass(frozen=True)
class _Drawing:
    """Draws the lines of one table."""

    book: Book
    canvas: Canvas
    table: Table

    def line(self, line: _Line) -> None:
        """Draw one line: its heads and its cells."""
        at = self.book.rows[line.id, line.where, line.kind]  # type: ignore[index]
        words = {"row": "", "there": " there", "typed": " as typed", "again": " again", "value": ""}[line.kind]
        axes = self.book.metric(line.id).axes if line.where else ()
        self.canvas.across(at, IDS, IDS, f"{line.id}{self.book.points(axes, line.where)}{words}", "id")
        self.canvas.across(at, LABELS, LABELS, line.label, "header_right" if line.kind != "typed" else "header")
        self.canvas.across(at, MEMBERS, MEMBERS, member_words(self.book, line.where) or None, "member")
        count = records.capacity(self.book, self.table)
        if line.kind == "row":
            self.canvas.across(at, BODY, BODY + count - 1, tuple(float(n + 1) for n in range(count)), "constant", "0")
        else:
            self.canvas.across(at, BODY, BODY + count - 1, self._tree(line, at), "calc", line.format)
        self.canvas.widths[at] = 14

    def _tree(self, line: _Line, at: int) -> Tree:
        table, book = self.table, self.book
        if line.kind == "there":
            held = index(records.whole(book, table), self._place(), ZERO)
            return when(equals(call("COUNTA", held), ZERO), EMPTY, ONE)
        id, _, name = line.id.partition(".")
        if id == "check":
            check = next(each for each in book.model.checks if each.id == name)
            return RowLowering(book, (), (), at, table).verdict(check.formula)
        column = table.pasted.get(name) if id == table.id else None
        if column is not None:
            return self._pasted(line, name, column)
        metric = table.columns[line.id]
        lowering = RowLowering(book, metric.axes, line.where, at, table)
        if metric.formula is not None:
            return lowering.formula(metric.formula, metric.undefined)
        point = line.where[metric.member_axis]
        assert point is not None  # columns have no totals
        return lowering.formula(metric.by_member[point.member], metric.undefined)

    def _pasted(self, line: _Line, name: str, column: Column) -> Tree:
        """A pasted cell as it is read: its number, or its name and the number that stands for it."""
        held = index(records.pasted(self.book, self.table, name), self._place())
        there = there_cell(self.book, self.table)
        if line.kind == "typed":
            # a name that is not there is 0, which no list holds; a key that is not there is what no 0 finds
            if name == self.table.key:
                return when(equals(call("COUNTA", held), ZERO), EMPTY, held)
            both = times(call("COUNTA", held), call("COUNT", there))
            return when(equals(both, ZERO), ZERO, held)
        if line.kind == "again":
            return self._again(line.id, there)
        if column.type in NAMED:
            return self._number(line.id, name, column)
        if column.type == "flag":
            return when(blank(there), EMPTY, call("SUM", held))
        value = call("ROUNDDOWN", held, ZERO) if column.type == "date" else held
        return when(missing([there, held]), EMPTY, value)

    def _again(self, id: str, there: Cell) -> Tree:
        """1 where a row further up has the same key."""
        typed = self.book.rows[id, (), "typed"]
        first = call("MATCH", Cell(typed), rows_of(self.book, self.table, typed), ZERO)
        return when(blank(there), EMPTY, times(ONE, binary("<", first, there)))

    def _number(self, id: str, name: str, column: Column) -> Tree:
        """The number that a name stands for: its place on Lists or in the other table; 0 where it is not there."""
        book = self.book
        typed = Cell(book.rows[id, (), "typed"])
        if name == self.table.key:
            return when(equals(typed, EMPTY), EMPTY, Cell(book.rows[self.table.id, (), "row"]))
        if column.type == "key":
            other = book.model.tables[column.of or ""]
            keys = rows_of(book, other, book.rows[f"{other.id}.{other.key}", (), "typed"])
            found: Tree = call("MATCH", typed, keys, ZERO)
            return when(call("ISNUMBER", found), found, EMPTY)
        if column.type == "choice":
            found = call("MATCH", typed, book.areas[f"options.{id}"], ZERO)
            return when(call("ISNUMBER", found), found, ZERO)
        root = book.model.dimensions[column.of or ""].root
        found = call("MATCH", typed, book.areas[f"spellings.{root}"], ZERO)
        place = plus(call("MOD", minus(found, ONE), book.spots[f"count.{root}"]), ONE)
        return when(call("ISNUMBER", found), place, ZERO)

    def _place(self) -> Tree:
        """Where this row's record stands, counted from the header."""
        return plus(Cell(self.book.rows[self.table.id, (), "row"]), ONE)


def _format(book: Book, metric: Metric) -> str:
    return FINE if metric.unit == "ratio" and metric.decimals is None else book.formats.of(metric)


def there_cell(book: Book, table: Table) -> Cell:
    """A number where this row holds a record, else blank."""
    return Cell(there_line(book, table))


@dataclass(frozen=True)
class RowLowering(Lowering):
    """Lowers formulas of columns: a name is this row, or a single number of Calculations."""

    table: Table

    def formula(self, tree: Tree, undefined: Tree | None = None) -> Tree:
        """The guarded tree of a column."""
        if isinstance(tree, Call) and tree.function == "OF":
            return self._of(tree)
        if aggregates(tree):
            body, needed = self.summed(tree, undefined)
            return when(missing([*self.always(), *needed]), EMPTY, body)
        if isinstance(tree, Call) and tree.function == "COALESCE":
            value, otherwise = map(self.lower, tree.args)
            return when(blank(there_cell(self.book, self.table)), EMPTY, self.coalesced(value, otherwise))
        return super().formula(tree, undefined)

    def always(self) -> list[Tree]:
        """A row without a record has no values."""
        return [there_cell(self.book, self.table)]

    def cell(self, metric: Metric, row: int) -> Cell:
        """The cell of an operand: in this row, or on Calculations."""
        if metric.table:
            return Cell(row)
        return Cell(row, FIXED, fixed=True, sheet=CALCULATIONS, lock_row=True)

    def _of(self, tree: Call) -> Tree:
        """What stands in the row that a key points to."""
        key, column = tree.args
        assert isinstance(key, Name) and isinstance(column, Name)
        number = self.reference(key)
        other = self.book.model.tables[column.id]
        id = self.resolve(column)
        where, _ = self.coordinate(self.book.metric(id), column)
        line = self.book.row(id, where)
        return when(blank(number), EMPTY, index(rows_of(self.book, other, line), number))

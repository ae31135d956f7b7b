"""Inputs as read: each typed line once on Calculations, cleaned, so that every formula below reads a number or ""."""

from __future__ import annotations

from metricbook.formula.tree import OWN_ROW, Area, Cell, Number, Tree
from metricbook.layout import spares
from metricbook.layout.book import Book, Line
from metricbook.layout.canvas import Canvas
from metricbook.layout.frame import FIRST, FIXED, ID, INPUTS, LINE
from metricbook.layout.inputs import Block, member_reference
from metricbook.layout.rolling import draw_windows
from metricbook.layout.sections import is_prefilled
from metricbook.layout.shapes import (
    EMPTY,
    ONE,
    ZERO,
    any_of,
    beside,
    binary,
    call,
    equals,
    fixed,
    head,
    index,
    left,
    plus,
    text_or_empty,
    times,
    when,
)
from metricbook.layout.spares import begins_late
from metricbook.model.metric import Metric
from metricbook.model.units import sums


def draw_line(book: Book, canvas: Canvas, block: Block, line: Line, row: int) -> None:
    """Draw one input as read: where it stands on Inputs, its cleaned values, and its windows."""
    metric, format = line.metric, book.formats.of(line.metric)
    canvas.put(row, LINE, _position(book, block, line), "calc", "0")
    if metric.unit in ("choice", "member"):
        held = index(_column(block, FIXED), beside(LINE))
        canvas.put(row, FIXED, text_or_empty(held), "link")
        number = book.row(metric.id)
        options = book.areas[f"options.{metric.id}"]
        chosen = call("MATCH", fixed(row, FIXED), options, ZERO)
        canvas.put(number, FIXED, when(call("ISNUMBER", chosen), chosen, EMPTY), "calc", "0")
        return
    late = begins_late(book.model, line)
    if late:
        adds_up = line.metric.input is not None and line.metric.input.blank == "missing" and closable(line)
        closed = _fixed_cell(book, block, line, fixed(row, LINE)) if adds_up and metric.timed else None
        spares.draw(book, canvas, block, line, row, closed)
    if late and not metric.timed:
        canvas.put(row, FIXED, spares.read(book, line), "link", format)
        return
    if not metric.timed:
        held = index(_column(block, FIXED), beside(LINE))
        read = when(equals(_there(book, metric, held), ZERO), EMPTY, held)
        canvas.put(row, FIXED, text_or_empty(held) if metric.unit == "text" else read, "link", format)
        return
    canvas.across(row, FIRST, book.frame.last, _read(book, block, line), "link", format)
    fixed_cell = _fixed_cell(book, block, line, beside(LINE))
    unused = metric.input is not None and metric.input.blank == "unused"
    if fixed_cell is not None and (not late or unused):
        canvas.put(row, FIXED, fixed_cell, "calc", "d mmm yy")
    if not metric.target_of:
        draw_windows(book, canvas, line, row)


def _there(book: Book, metric: Metric, held: Tree) -> Tree:
    """1 where a number stands. What nobody typed (it is prefilled, or a target) counts once something is typed."""
    count = call("COUNT", held)
    return times(count, book.mark("any", here=False)) if is_prefilled(metric) or metric.target_of else count


def _column(block: Block, column: int) -> Area:
    """A section's cells in one column of Inputs, between its locked rows; column 0 is the formula's own."""
    if column:
        return Area(
            Cell(block.top, column, fixed=True, sheet=INPUTS, lock_row=True),
            Cell(block.bottom, column, fixed=True, sheet=INPUTS, lock_row=True),
        )
    return Area(Cell(block.top, 0, sheet=INPUTS, lock_row=True), Cell(block.bottom, 0, sheet=INPUTS, lock_row=True))


def _position(book: Book, block: Block, line: Line) -> Tree:
    """Where the line stands in its section; 1 (the locked first row, which is empty) while a member has no name."""
    place = call("MATCH", beside(ID), _column(block, ID), ZERO)
    members = [member_reference(book, point) for point in line.where if point is not None]
    if not members:
        return place
    return when(binary("<", call("COUNTA", *members), Number(len(members))), ONE, place)


def closable(line: Line) -> bool:
    """May a member of this line be closed, so that later blanks are 0? Amounts may; a rate of nothing is none."""
    given = line.metric.input
    return bool(line.where) and sums(line.metric.unit) and given is not None and given.blank != "carry"


def _fixed_cell(book: Book, block: Block, line: Line, place: Cell) -> Tree | None:
    """The last day until which blanks of the line stay blank, or what a carried line begins with.

    A line of closed members counts 0 after their last day; a line nobody started counts 0 from the first day. `place`
    says where it stands in its section.
    """
    blank_means = line.metric.input.blank if line.metric.input is not None else "missing"
    if blank_means == "carry":
        return EMPTY
    never: Tree = call("MAX", book.frame.periods(book.marks["start"]))
    unnamed = equals(place, ONE)
    if closable(line):
        roots = [
            (book.model.dimensions[point.dimension].root, point.member) for point in line.where if point is not None
        ]
        closed = [book.spots[f"closed.{root}.{member}"] for root, member in roots]
        never = when(any_of([equals(call("COUNT", *closed), ZERO), unnamed]), never, call("MIN", *closed))
    if blank_means == "unused":
        whole = index(_grid(book, block), place, ZERO)
        return times(never, call("MIN", ONE, plus(unnamed, call("COUNT", whole))))
    return never if closable(line) else None


def _grid(book: Book, block: Block) -> Area:
    """All periods of a section, between its locked rows."""
    return Area(
        Cell(block.top, FIRST, fixed=True, sheet=INPUTS, lock_row=True),
        Cell(block.bottom, book.frame.last, fixed=True, sheet=INPUTS, lock_row=True),
    )


def _read(book: Book, block: Block, line: Line) -> Tree:
    held = index(_column(block, 0), beside(LINE))
    blank_means = line.metric.input.blank if line.metric.input is not None else "missing"
    there = _there(book, line.metric, held)
    typed = equals(there, ONE)
    later = binary(">", head(book.marks["start"]), beside(FIXED))
    late = begins_late(book.model, line)
    if line.metric.unit == "text":
        return text_or_empty(held)
    if blank_means == "carry":
        begun = call("MAX", book.frame.periods(book.marks["any"]))
        return when(typed, held, when(binary(">", head(book.marks["number"]), begun), EMPTY, left(OWN_ROW)))
    if blank_means == "unused":
        waits = any_of(
            [binary("<=", head(book.marks["start"]), beside(FIXED)), equals(head(book.marks["filled"]), ZERO)]
        )
        unstarted = when(waits, EMPTY, ZERO)
        return spares.read(book, line, unstarted) if late else when(typed, held, unstarted)
    if late:
        return spares.read(book, line)
    if closable(line):
        return when(typed, held, when(later, ZERO, EMPTY))
    return when(equals(there, ZERO), EMPTY, held)

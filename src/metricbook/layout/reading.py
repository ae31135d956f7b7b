"""Inputs as read: each typed line once on Calculations, cleaned, so that every formula below reads a number or ""."""

from __future__ import annotations

from metricbook.formula.tree import Area, Cell, Number, Tree
from metricbook.layout.book import Book, Line
from metricbook.layout.canvas import Canvas
from metricbook.layout.frame import FIRST, FIXED, ID, INPUTS, LINE
from metricbook.layout.inputs import Block, member_reference
from metricbook.layout.rolling import draw_windows
from metricbook.layout.shapes import (
    EMPTY,
    ONE,
    ZERO,
    any_of,
    binary,
    blank,
    call,
    equals,
    fixed,
    head,
    index,
    left,
    number_or_empty,
    text_or_empty,
    when,
)
from metricbook.model.units import sums


def draw_line(book: Book, canvas: Canvas, block: Block, line: Line, row: int) -> None:
    """Draw one input as read: where it stands on Inputs, its cleaned values, and its windows."""
    metric, format = line.metric, book.formats.of(line.metric)
    canvas.put(row, LINE, _position(book, block, line, row), "calc", "0")
    if metric.unit in ("choice", "member"):
        held = index(_column(block, FIXED), fixed(row, LINE))
        canvas.put(row, FIXED, text_or_empty(held), "link")
        number = book.row(metric.id)
        options = book.areas[f"options.{metric.id}"]
        chosen = call("MATCH", fixed(row, FIXED), options, ZERO)
        canvas.put(number, FIXED, when(call("ISNUMBER", chosen), chosen, EMPTY), "calc", "0")
        return
    if not metric.timed:
        held = index(_column(block, FIXED), fixed(row, LINE))
        canvas.put(
            row, FIXED, text_or_empty(held) if metric.unit == "text" else number_or_empty(held), "link", format
        )
        return
    canvas.across(row, FIRST, book.frame.last, _read(book, block, line, row), "link", format)
    fixed_cell = _fixed_cell(book, line, row)
    if fixed_cell is not None:
        canvas.put(row, FIXED, fixed_cell, "calc", "d mmm yy")
    if not metric.target_of:
        draw_windows(book, canvas, line, row)


def _column(block: Block, column: int) -> Area:
    """A section's cells in one column of Inputs, between its locked rows; column 0 is the formula's own."""
    if column:
        return Area(
            Cell(block.top, column, fixed=True, sheet=INPUTS, lock_row=True),
            Cell(block.bottom, column, fixed=True, sheet=INPUTS, lock_row=True),
        )
    return Area(Cell(block.top, 0, sheet=INPUTS, lock_row=True), Cell(block.bottom, 0, sheet=INPUTS, lock_row=True))


def _position(book: Book, block: Block, line: Line, row: int) -> Tree:
    """Where the line stands in its section; 1 (the locked first row, which is empty) while a member has no name."""
    place = call("MATCH", fixed(row, ID), _column(block, ID), ZERO)
    members = [member_reference(book, point) for point in line.where if point is not None]
    if not members:
        return place
    return when(binary("<", call("COUNTA", *members), Number(len(members))), ONE, place)


def closable(line: Line) -> bool:
    """May a member of this line be closed, so that later blanks are 0? Amounts may; a rate of nothing is none."""
    given = line.metric.input
    return bool(line.where) and sums(line.metric.unit) and given is not None and given.blank != "carry"


def _fixed_cell(book: Book, line: Line, row: int) -> Tree | None:
    """The last day that the members of the line are open, or what a carried line begins with."""
    if line.metric.input is not None and line.metric.input.blank == "carry":
        return EMPTY
    if not closable(line):
        return None
    closed = [
        book.spots[f"closed.{book.model.dimensions[p.dimension].root}.{p.member}"]
        for p in line.where
        if p is not None
    ]
    never = call("MAX", book.frame.periods(book.marks["start"]))
    open_ = [equals(call("COUNT", *closed), ZERO), equals(fixed(row, LINE), ONE)]
    return when(any_of(open_), never, call("MIN", *closed))


def _read(book: Book, block: Block, line: Line, row: int) -> Tree:
    held = index(_column(block, 0), fixed(row, LINE))
    given = line.metric.input
    start, filled = head(book.marks["start"]), head(book.marks["filled"])
    if line.metric.unit == "text":
        return text_or_empty(held)
    if given is not None and given.blank == "carry":
        begun = call("MAX", book.frame.periods(book.marks["any"]))
        return when(
            equals(call("COUNT", held), ONE),
            held,
            when(binary(">", head(book.marks["number"]), begun), EMPTY, left(row)),
        )
    if given is not None and given.blank == "unused":
        whole = index(
            Area(Cell(block.top, FIRST, fixed=True, sheet=INPUTS, lock_row=True),
                 Cell(block.bottom, book.frame.last, fixed=True, sheet=INPUTS, lock_row=True)),
            fixed(row, LINE), ZERO,
        )  # fmt: skip
        stays = any_of([equals(fixed(row, LINE), ONE), binary(">", call("COUNT", whole), ZERO), equals(filled, ZERO)])
        if closable(line):
            stays = call("AND", binary("<=", start, fixed(row, FIXED)), stays)
        return when(equals(call("COUNT", held), ONE), held, when(stays, EMPTY, ZERO))
    if closable(line):
        return when(equals(call("COUNT", held), ONE), held, when(binary(">", start, fixed(row, FIXED)), ZERO, EMPTY))
    return when(blank(held), EMPTY, held)

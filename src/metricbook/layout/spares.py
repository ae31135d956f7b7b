"""Spare members: rows of Lists that the reader names later. Before its first number a member counts as nothing.

For each input line of a spare member Calculations holds two rows more: what is typed, and where the line counts as
nothing, because none of the member's lines holds a number yet. A row of the time line counts the member's numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from metricbook.formula.tree import Area, Cell, Tree
from metricbook.layout.book import Book, Line, contiguous
from metricbook.layout.canvas import Canvas
from metricbook.layout.frame import CALCULATIONS, FIRST, FIXED, INPUTS, LINE
from metricbook.layout.inputs import Block
from metricbook.layout.sections import counts_as_filled, counts_at_all, sections
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
    here,
    index,
    when,
)
from metricbook.model.metric import Metric
from metricbook.model.model import Model
from metricbook.model.units import sums

SPARE = "spare_"


class Spare(NamedTuple):
    """A spare member."""

    dimension: str
    member: str

    @property
    def mark(self) -> str:
        """Its row of the time line."""
        return f"numbers_{self.dimension}_{self.member}"


def spares_of(model: Model, line: Line) -> list[Spare]:
    """The spare members that a line stands at."""
    points = [point for point in line.where if point is not None and not point.group]
    return [
        Spare(model.dimensions[point.dimension].root, point.member)
        for point in points
        if point.member.startswith(SPARE)
    ]


def begins_late(model: Model, line: Line) -> bool:
    """Is it an input line that counts as nothing until its member has a number? A carried one waits for its first."""
    given = line.metric.input
    return (
        counts_at_all(line.metric) and given is not None and given.blank != "carry" and bool(spares_of(model, line))
    )


def adds_nothing(metric: Metric) -> bool:
    """Is nothing a 0 of this metric? Of a rate it is no value."""
    return metric.over_members == "sum" or sums(metric.unit)


def late_lines(model: Model) -> list[Line]:
    """Lines of spare members; those that add up to what is counted as filled stand first."""
    found = [line for section in sections(model) for line in section.lines if begins_late(model, line)]
    return sorted(found, key=lambda line: (not counts_as_filled(line.metric), not adds_nothing(line.metric),
                                           line.metric.timed, spares_of(model, line)))  # fmt: skip


def spares(model: Model) -> list[Spare]:
    """The spare members that have input lines."""
    return sorted({spare for line in late_lines(model) for spare in spares_of(model, line)})


def place(book: Book, row: int) -> int:
    """Give the two rows of each line their places; gives the row after the last."""
    for kind in ("raw", "nothing"):
        for line in late_lines(book.model):
            book.place(row, Line(line.metric, line.where, kind))
            row += 1
    return row


def numbers(book: Book, spare: Spare) -> tuple[Tree, Tree]:
    """How many numbers a member has so far, and in all."""
    lines = [line for line in late_lines(book.model) if spare in spares_of(book.model, line)]
    runs = contiguous([book.row(line.metric.id, line.where, "raw") for line in lines])
    so_far = [Area(fixed(first, FIRST), here(last)) for first, last in runs]
    ever = [Area(fixed(first, FIXED), fixed(last, book.frame.last)) for first, last in runs]
    return call("COUNT", *so_far), call("COUNT", *ever)


def nothing(book: Book, line: Line) -> Cell:
    """The cell that says whether a line counts as nothing: 0 if so, else blank."""
    row = book.row(line.metric.id, line.where, "nothing")
    return here(row) if line.metric.timed else fixed(row, FIXED)


def nothing_at(book: Book, line: Line) -> list[Tree]:
    """The same cell for another sheet; none for a line that does not begin late."""
    return [replace(nothing(book, line), sheet=CALCULATIONS)] if begins_late(book.model, line) else []


def never_begun(book: Book, line: Line) -> list[Tree]:
    """Is it a line of a spare member without any number?"""
    found = spares_of(book.model, line) if begins_late(book.model, line) else []
    return [equals(book.mark_at(spare.mark, FIXED), ZERO) for spare in found]


def draw(book: Book, canvas: Canvas, block: Block, line: Line, row: int, closed: Tree | None) -> None:
    """Draw the two rows of a line, whose row as read is given. `closed` is the day after which blanks are 0."""
    raw, none = (book.row(line.metric.id, line.where, kind) for kind in ("raw", "nothing"))
    column = 0 if line.metric.timed else FIXED
    ends = (Cell(each, column, bool(column), INPUTS, lock_row=True) for each in (block.top, block.bottom))
    held = index(Area(*ends), fixed(row, LINE))
    typed = when(blank(held), EMPTY, held)
    own = here(raw) if line.metric.timed else fixed(raw, FIXED)
    late: list[Tree] = [equals(book.mark(spare.mark, here=line.metric.timed), ZERO) for spare in _spares(book, line)]
    if closed is not None:
        late.append(binary(">", head(book.marks["start"]), fixed(none, FIXED)))
        canvas.put(none, FIXED, closed, "calc", "d mmm yy")
    waits = [binary(">", fixed(row, LINE), ONE), blank(own), any_of(late), *_others(book, line)]
    counts = when(call("AND", *waits), ZERO, EMPTY)
    format = book.formats.of(line.metric)
    if line.metric.timed:
        canvas.across(raw, FIRST, book.frame.last, typed, "link", format)
        canvas.across(none, FIRST, book.frame.last, counts, "calc", "0")
    else:
        canvas.put(raw, FIXED, typed, "link", format)
        canvas.put(none, FIXED, counts, "calc", "0")


def read(book: Book, line: Line, otherwise: Tree = EMPTY) -> Tree:
    """What a line is read as: what is typed, 0 where it counts as nothing, else what it would be anyhow."""
    raw, none = book.row(line.metric.id, line.where, "raw"), nothing(book, line)
    typed = here(raw) if line.metric.timed else fixed(raw, FIXED)
    parts = [typed, none] if adds_nothing(line.metric) else [typed]
    return when(equals(call("COUNT", *parts), ZERO), otherwise, call("SUM", *parts))


def _spares(book: Book, line: Line) -> list[Spare]:
    return spares_of(book.model, line)


def _others(book: Book, line: Line) -> Iterator[Tree]:
    """Where a dimension has spare members only, nothing is 0 as soon as one of them has a number."""
    for spare in spares_of(book.model, line):
        members = book.model.dimensions[spare.dimension].members
        if all(member.id.startswith(SPARE) for member in members):
            rows = [book.marks[each.mark] for each in spares(book.model) if each.dimension == spare.dimension]
            column = 0 if line.metric.timed else FIXED
            ends = (Cell(row, column, bool(column), lock_row=True) for row in (min(rows), max(rows)))
            yield binary(">", call("SUM", Area(*ends)), ZERO)

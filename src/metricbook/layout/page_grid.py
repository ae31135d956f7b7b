"""The grid of a page: a margin, one wide column for names, twelve narrow ones for numbers; at most 1,080 pixels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from metricbook.formula.tree import Area, Cell, Text, Tree
from metricbook.layout.book import Book
from metricbook.layout.canvas import Canvas
from metricbook.layout.frame import CALCULATIONS, CURRENT, FIXED
from metricbook.layout.inputs import member_words
from metricbook.layout.plan import PADDING, Role, Rule
from metricbook.layout.result_row import result_cell, result_key
from metricbook.layout.results import slot
from metricbook.layout.shapes import EMPTY, ONE, ZERO, binary, call, equals, fixed, index, when
from metricbook.layout.text_width import INDENT, column_pixels, lines_of, shortened, text_width
from metricbook.model.metric import Metric, Point, Where

MARGIN, NAME, FIRST, LAST = 1, 2, 3, 14
MIDDLE = 7  # the last column of the left half
WIDTHS = {MARGIN: 1.5, NAME: 30.0, **dict.fromkeys(range(FIRST, LAST + 1), 9.6), LAST + 1: 1.5}
SCALES = (80, 75, 70)  # percent; at the first, cards, charts and the two lists of a first page are one printed page
PAGE_POINTS = 507.0  # what A4 across holds at 100 %
ROW_POINTS = 15.0
HEAD_HEIGHTS = (18, 30, 43, 56)  # of one to four lines
HEAD_SIZE = LABEL_SIZE = 10  # points
HEADING_SIZE = 12
EDGE = 2  # pixels of a cell's padding that a text may still run into
NARROW = column_pixels(9.6) - PADDING  # pixels of text in a narrow column
LOOKS: tuple[tuple[Literal["good", "fair", "bad", "quiet"], str], ...] = (
    ("good", "●"),
    ("fair", "▲"),
    ("bad", "■"),
    ("quiet", "○"),
)


@dataclass
class Page:
    """A page being drawn, from top to bottom: `row` is the next free row."""

    book: Book
    canvas: Canvas
    row: int
    starts: list[int] = field(default_factory=list)  # the first row of each block

    def begin_block(self) -> None:
        """A block begins here; a printed page should not end inside it."""
        self.starts.append(self.row)

    def printed(self, titles: tuple[int, int]) -> tuple[int, tuple[int, ...]]:
        """The scale that takes the fewest pages, the largest of these, with the rows before which a page begins."""
        found = {scale: self._breaks(titles, 100 * PAGE_POINTS / scale) for scale in SCALES}
        best = min(SCALES, key=lambda scale: len(found[scale]))
        return best, found[best]

    def _breaks(self, titles: tuple[int, int], room: float) -> tuple[int, ...]:
        """Before which rows a printed page begins, so that no block is cut that fits on a page."""
        found: list[int] = []
        used = self._points(titles[0], self.starts[0]) if self.starts else 0.0
        for start, following in pairwise([*self.starts, self.row]):
            height = self._points(start, following)
            if used + height - ROW_POINTS > room and used > 0:  # the free row at its end may fall off
                found.append(start)
                used = self._points(titles[0], titles[1] + 1)
            used += height
        return tuple(found)

    def _points(self, first: int, following: int) -> float:
        return sum(self.canvas.heights.get(row, ROW_POINTS) for row in range(first, following))

    def value(self, metric: Metric, where: Where, column: int = CURRENT) -> Cell:
        """A link to a value on Calculations."""
        return self.book.value(metric.id, column, where)

    def in_slot(self, metric: Metric, where: Where, number: int) -> Tree:
        """A link to a value in the period that a column shows; after the reporting period only targets are shown."""
        row = self.book.row(metric.id, where)
        if not metric.timed:
            return fixed(row, FIXED, CALCULATIONS)
        value = index(self.book.frame.periods(row, CALCULATIONS, lock_row=True), slot(number))
        if metric.target_of:
            return value
        return when(binary(">", slot(number), self.book.mark("reporting", here=False)), EMPTY, value)

    def result(self, metric: Metric, where: Where, name: str) -> Cell:
        """A link to a cell of Results."""
        return result_cell(self.book, result_key(metric.id, where), name)

    def pinned(self, at: Mapping[str, str]) -> None:
        """Say at which member of a dimension all beneath stands: one line each, live."""
        book = self.book
        for dimension, token in at.items():
            if token in book.model.metrics:
                member: Tree | str = fixed(book.row(token, (), "typed"), FIXED, CALCULATIONS)
            else:
                is_group = token in dict(book.model.dimensions[dimension].groups)
                member = member_words(book, (Point(dimension, token, is_group),))
            self.canvas.put(self.row, NAME, book.model.dimensions[dimension].label, "label")
            self.canvas.put(self.row, FIRST, member, "subheading")
            if token in book.model.metrics:
                self.canvas.link(self.row, FIRST, book.spots[f"asked.{token}"], "Choose another on Inputs")
            self.row += 1

    def explain(self, metric: Metric, where: Where, first: int, last: int = 0) -> None:
        """Make numbers of this row lead to their calculation, over the current window."""
        self.canvas.link(self.row, first, self.value(metric, where), "Go to its calculation", last)

    def define(self, metric: Metric, column: int = NAME) -> None:
        """Make the name in this row lead to what it means."""
        spot = self.book.spots.get(f"dictionary.{metric.id}")
        if spot is not None:
            self.canvas.link(self.row, column, spot, "Go to its definition")
            self.book.spots.setdefault(f"shown.{metric.id}", self.canvas.at(self.row, column))

    def heading(self, text: str, column: int = NAME) -> None:
        """A block's title."""
        if text:
            self.canvas.put(self.row, column, text, "heading")
            self.canvas.heights[self.row] = 21
            self.row += 1


def status_rules(canvas: Canvas, last_row: int) -> None:
    """Colour every cell of a page by the shape its word begins with, and the empty cell that the word runs into."""
    area = Area(Cell(6, NAME, fixed=True), Cell(last_row, LAST, fixed=True))
    coloured_by(canvas, area, when(equals(call("COUNTA", Cell(6, 0)), ZERO), Cell(6, -1), Cell(6, 0)))


def coloured_by(canvas: Canvas, area: Area, word: Tree) -> None:
    """Colour an area by the shape that a word begins with."""
    for look, shape in LOOKS:
        canvas.rules.append(Rule(area, equals(call("LEFT", word, ONE), Text(shape)), look))


def heading_role(label: Tree | str, is_text: bool) -> Role:
    """How a column's heading looks: as its cells, and smaller where a word would not fit into a narrow column."""
    if is_text:
        return "header"
    words = label.split() if isinstance(label, str) else []
    longest = max((text_width(word, HEAD_SIZE, bold=True) for word in words), default=0)
    return "header_small" if longest > NARROW else "header_right"


def heading_height(heads: Iterable[tuple[Tree | str, int]]) -> float:
    """As many lines as the longest heading takes in its columns."""
    longest = max(
        (
            lines_of(label, HEAD_SIZE, width * (NARROW + PADDING) - PADDING, bold=True)
            for label, width in heads
            if isinstance(label, str)
        ),
        default=1,
    )
    return HEAD_HEIGHTS[min(longest, len(HEAD_HEIGHTS)) - 1]


def in_columns(text: str, columns: int) -> str:
    """As much of a text as fits into narrow columns; in full it stands in the Dictionary."""
    return shortened(text, LABEL_SIZE, columns * (NARROW + PADDING) - PADDING - INDENT)


def room_of(first: int, last: int) -> int:
    """Pixels of a name that runs over these columns of the grid."""
    return sum(column_pixels(WIDTHS[column]) for column in range(first, last + 1)) - PADDING - INDENT + EDGE


def name_that_fits(label: str, metric: Metric, room: int) -> str:
    """A metric's name in so many pixels, or its short one; it leads to the full one."""
    if text_width(label, LABEL_SIZE, bold=True) <= room:
        return label
    return metric.short or shortened(label, LABEL_SIZE, room, bold=True)


def where_at(metric: Metric, pins: dict[str, Point]) -> Where:
    """The coordinate of a metric when some dimensions are pinned to a member and all else is at Total."""
    return tuple(next((pins[name] for name in axis if name in pins), None) for axis in metric.axes)

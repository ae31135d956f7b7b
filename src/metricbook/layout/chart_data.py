"""Chart data: the lines that charts and sparklines draw, the only place where a blank is #N/A and never a zero."""

from __future__ import annotations

from collections.abc import Iterator

from metricbook.formula.tree import Cell, Tree
from metricbook.layout.book import Book
from metricbook.layout.canvas import Canvas
from metricbook.layout.formats import DATE
from metricbook.layout.frame import CALCULATIONS, CHARTS, CURRENT, FIRST, FIXED, ID, LABEL, MEMBER, UNIT
from metricbook.layout.inputs import member_words
from metricbook.layout.plan import Print
from metricbook.layout.shapes import call, when
from metricbook.model.metric import Metric, Point, Where
from metricbook.model.pages import axis_member

HEADER, KEYS, NOTHING, BODY = 5, 6, 7, 8


def place(book: Book, by_period: list[str], over: list[tuple[str, str]]) -> None:
    """Give each charted line its row: metrics by period, and metrics over a dimension's members."""
    canvas, row = Canvas(CHARTS, "check"), BODY
    for id in by_period:
        book.spots[f"chart.{id}"] = canvas.at(row, LABEL)
        book.areas[f"chart.{id}"] = canvas.area(row, FIRST, row, book.frame.last)
        row += 1
    for id, dimension in over:
        count = len(book.model.dimensions[dimension].members)
        book.spots[f"chart.{id}.{dimension}"] = canvas.at(row, LABEL)
        book.areas[f"chart.{id}.{dimension}"] = canvas.area(row, CURRENT, row + count - 1, CURRENT)
        book.areas[f"chart.names.{id}.{dimension}"] = canvas.area(row, MEMBER, row + count - 1, MEMBER)
        row += count
    book.areas["chart.nothing"] = canvas.area(NOTHING, FIRST, NOTHING, FIRST)
    book.areas["chart.periods"] = canvas.area(HEADER, FIRST, HEADER, book.frame.last)


def members(book: Book, metric: Metric, dimension: str) -> Iterator[Where]:
    """The coordinates of a metric along one dimension, all else at Total."""
    axis = next(n for n in range(len(metric.axes)) if axis_member(book.model, metric, n, dimension))
    name = axis_member(book.model, metric, axis, dimension)
    for member in book.model.dimensions[dimension].members:
        yield tuple(Point(name, member.id) if n == axis else None for n in range(len(metric.axes)))


def draw(book: Book, by_period: list[str], over: list[tuple[str, str]]) -> None:
    """Draw the sheet."""
    canvas = book.canvas(CHARTS, "check")
    canvas.put(1, LABEL, "Chart data", "title")
    canvas.put(
        2, LABEL, "What the charts draw. #N/A is a blank: charts draw nothing there, never a zero.", "question"
    )
    canvas.put(3, LABEL, book.spots["master_words"], "quiet")
    heads = {ID: "id", LABEL: "Series", MEMBER: "Of which", UNIT: "Unit", CURRENT: "Current"}
    for column in range(ID, FIRST):
        canvas.put(HEADER, column, heads.get(column), "header")
    starts = Cell(book.marks["start"], sheet=CALCULATIONS, lock_row=True)
    canvas.across(HEADER, FIRST, book.frame.last, starts, "date_header", DATE[book.model.periods.grain])
    canvas.put(NOTHING, LABEL, "Empty on purpose: every line chart names one empty cell, for LibreOffice", "quiet")
    canvas.put(KEYS, ID, "id", "key")
    canvas.across(KEYS, FIRST, book.frame.last, tuple(book.model.periods.keys()), "key", "@")
    for id in by_period:
        metric = book.model.metrics[id]
        row = book.spots[f"chart.{id}"].row
        _label(book, row, metric, ())
        source = (
            Cell(book.row(id), sheet=CALCULATIONS)
            if metric.timed
            else Cell(book.row(id), FIXED, fixed=True, sheet=CALCULATIONS)
        )
        canvas.across(row, FIRST, book.frame.last, _fed(source), "calc", book.formats.of(metric))
    for id, dimension in over:
        metric = book.model.metrics[id]
        for number, where in enumerate(members(book, metric, dimension)):
            row = book.spots[f"chart.{id}.{dimension}"].row + number
            _label(book, row, metric, where)
            canvas.put(row, CURRENT, _fed(book.value(id, CURRENT, where)), "calc", book.formats.of(metric))
    canvas.widths |= {ID: 22, LABEL: 34, MEMBER: 20, UNIT: 9, CURRENT: 12}
    canvas.widths |= dict.fromkeys(range(FIRST, book.frame.last + 1), 11)
    canvas.freeze = Cell(BODY - 1, FIRST, fixed=True)
    canvas.print = Print(pages_wide=0, title_rows=(1, KEYS), title_columns=(ID, FIXED),
                         break_before=tuple(range(FIRST + 12, book.frame.last + 1, 12)))  # fmt: skip


def _fed(source: Tree) -> Tree:
    return when(call("ISNUMBER", source), source, call("NA"))


def _label(book: Book, row: int, metric: Metric, where: Where) -> None:
    canvas = book.sheets[CHARTS]
    canvas.put(row, ID, f"{metric.id}{book.points(metric.axes, where)}", "id")
    canvas.put(row, LABEL, metric.label, "label")
    canvas.put(row, MEMBER, member_words(book, where) if where else "", "member")
    canvas.put(row, UNIT, book.formats.word(metric.unit), "unit")

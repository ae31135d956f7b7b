"""What happened in the periods that charts draw: told beneath them with its dates, the latest of it."""

from __future__ import annotations

from metricbook.formula.tree import Cell, Number
from metricbook.layout.book import Book
from metricbook.layout.canvas import Canvas
from metricbook.layout.formats import DATE
from metricbook.layout.frame import CALCULATIONS, CHARTS, FIRST, ID, LABEL, UNIT
from metricbook.layout.page_grid import FIRST as FIRST_OF_PAGE
from metricbook.layout.page_grid import LAST, NAME, Page
from metricbook.layout.results import slots
from metricbook.layout.shapes import EMPTY, ONE, ZERO, binary, call, equals, index, join, minus, plus, when
from metricbook.layout.shown import blocks
from metricbook.model.metric import Metric

WIDTH, LINES = 4, 2  # columns of the page that one takes: its date, and its words over the others
PLACES = LINES * (LAST - FIRST_OF_PAGE + 1) // WIDTH
ROWS = 2  # on Chart data: the words, and how many there are so far


def told(book: Book) -> list[Metric]:
    """The metrics that charts name as their events, each once."""
    charts = [block.chart for block in blocks(book) if block.chart is not None]
    return [book.model.metrics[id] for id in dict.fromkeys(chart.events for chart in charts if chart.events)]


def place(book: Book, top: int) -> int:
    """Give the events their rows on Chart data; gives the first row after them."""
    canvas, last = Canvas(CHARTS, "check"), FIRST + slots(book) - 1
    for metric in told(book):
        for number, name in enumerate(("words", "count")):
            book.areas[f"events.{metric.id}.{name}"] = canvas.area(top + number, FIRST, top + number, last)
        top += ROWS
    return top


def draw(book: Book, canvas: Canvas, top: int, numbers: int, reached: int) -> int:
    """Draw them; `numbers` is the row in which the periods' numbers stand, `reached` says if a period has come."""
    last = FIRST + slots(book) - 1
    for metric in told(book):
        for row, label, unit in ((top, metric.label, "text"), (top + 1, f"{metric.label}: how many so far", "#")):
            canvas.put(row, ID, metric.id, "id")
            canvas.put(row, LABEL, label, "label")
            canvas.put(row, UNIT, unit, "unit")
        words = index(book.frame.periods(book.row(metric.id), CALCULATIONS), Cell(numbers, lock_row=True))
        is_later = equals(Cell(reached, lock_row=True), EMPTY)
        canvas.across(top, FIRST, last, when(is_later, EMPTY, join(words, EMPTY)), "calc")
        one = when(equals(Cell(top), EMPTY), ZERO, ONE)
        canvas.put(top + 1, FIRST, one, "calc", "0")
        if last > FIRST:
            canvas.across(top + 1, FIRST + 1, last, plus(Cell(top + 1, -1), one), "calc", "0")
        top += ROWS
    return top


def tell(page: Page, metric: Metric) -> None:
    """Write the latest of them on a page, the oldest first."""
    book, canvas = page.book, page.canvas
    words, counts = (book.areas[f"events.{metric.id}.{name}"] for name in ("words", "count"))
    dates, total = book.areas["chart.periods"], call("MAX", counts)
    per_line = PLACES // LINES
    for number in range(PLACES):
        row, column = page.row + number // per_line, FIRST_OF_PAGE + WIDTH * (number % per_line)
        before = call("MAX", ZERO, minus(total, Number(PLACES)))
        place = call("MATCH", plus(before, Number(number + 1)), counts, ZERO)
        none = binary("<", total, Number(number + 1))
        canvas.put(row, column, when(none, EMPTY, index(dates, place)), "event_date", DATE[book.model.periods.grain])
        canvas.put(row, column + 1, when(none, EMPTY, index(words, place)), "remark")
    label = Cell(words.first.row, LABEL, fixed=True, sheet=CHARTS)
    canvas.put(page.row, NAME, when(equals(total, ZERO), EMPTY, label), "quiet")
    page.row += LINES

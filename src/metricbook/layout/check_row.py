"""One row of the list of checks."""

from __future__ import annotations

from dataclasses import dataclass

from metricbook.formula.tree import Number, Tree
from metricbook.layout.book import Book
from metricbook.layout.canvas import Canvas
from metricbook.layout.plan import PADDING
from metricbook.layout.shapes import ONE, ZERO, beside, binary, blank, call, index, plus, times, when
from metricbook.layout.text_width import column_pixels, lines_height, lines_of

ID, WHAT, SEVERITY, FAILS, WHERE, RESULT, COUNTED, MESSAGE = range(1, 9)
HEADINGS = ("id", "What must hold", "Kind", "Failing", "First", "Result", "Counts", "If it fails")
WHAT_WIDTH = 80
SEVERITIES = {"error": "must hold", "warning": "look at it", "note": "for your information"}


@dataclass(frozen=True)
class Check:
    """One row of the list of checks: how many times it failed, and where first."""

    id: str
    what: str
    severity: str
    fails: Tree
    where: Tree | str
    message: str = ""


def draw_check(book: Book, canvas: Canvas, check: Check, row: int) -> None:
    """Draw the row."""
    canvas.put(row, ID, check.id, "id")
    lines = lines_of(check.what, 10, column_pixels(WHAT_WIDTH) - PADDING)
    canvas.put(row, WHAT, check.what, "label" if lines == 1 else "wrap")
    if lines > 1:
        canvas.heights[row] = lines_height(lines, 10)
    canvas.put(row, SEVERITY, SEVERITIES[check.severity], "quiet")
    canvas.put(row, FAILS, check.fails, "calc", "0")
    canvas.put(row, WHERE, check.where, "remark")
    fails = beside(FAILS)
    step = Number(3) if check.severity == "note" else ONE  # a note that holds is no failure
    number = when(blank(fails), Number(3), plus(ONE, times(step, binary(">", fails, ZERO))))
    canvas.put(row, RESULT, index(book.areas["checked"], number), "status")
    counts = call("MIN", ONE, call("SUM", fails)) if check.severity != "note" else times(ZERO, call("SUM", fails))
    canvas.put(row, COUNTED, counts, "calc", "0")
    canvas.put(row, MESSAGE, check.message, "remark")
    canvas.anchor(f"chk_{check.id}", canvas.area(row, RESULT, row, RESULT))

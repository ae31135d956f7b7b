"""The time line at the top of Calculations: periods, fiscal calendar, what is filled, and the reader's windows.

Everything that a formula along the periods needs to know about time is a row here, once. Positions are kept legal
(1…count), and lengths say whether a window exists ("" = it does not), because INDEX(…, 0) is an error.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from metricbook.formula.tree import Call, Name, Number, Tree, walk
from metricbook.layout import spares
from metricbook.layout.book import Book, formulas
from metricbook.layout.canvas import Canvas
from metricbook.layout.frame import COMPARISON, CURRENT, FIRST, FIXED, ID, LABEL, LAST_YEAR, UNIT
from metricbook.layout.plan import Role

WINDOWS = (CURRENT, COMPARISON, LAST_YEAR)
FACTS = ("elapsed", "months", "start", "end")


@dataclass(frozen=True)
class Row:
    """One row of the time line: what it is called, and what stands in its period, window and fixed cells."""

    name: str
    label: str
    periods: Tree | tuple[float, ...] | None = None
    windows: tuple[Tree, Tree, Tree] | None = None
    fixed: Tree | float | None = None
    format: str = "0"


def serial(day: dt.date) -> float:
    """A date as a spreadsheet's number of days."""
    return float((day - dt.date(1899, 12, 30)).days)


def row_names(book: Book) -> Iterator[str]:
    """The rows that this workbook's time line has, in order; rows that no formula needs are left out."""
    grain = book.model.periods.grain
    within = ("year",) if grain == "year" else ("year", "quarter")
    yield from ("number", "start")
    yield from ("thursday",) if grain == "week" else ()
    yield from ("fiscal_month",) if grain != "year" else ()
    yield from ("year_start", "quarter_start") if grain == "week" else ()
    yield from (f"in_{word}" for word in within)
    yield from (f"into_{word}" for word in within)
    for word in within:
        whole = _uses(book, "WHOLE", word)
        yield from (f"{word}_length",) if whole or (word == "year" and "elapsed" in _facts(book)) else ()
        yield from (f"whole_{word}_first", f"whole_{word}_last", f"whole_{word}") if whole else ()
        yield from (f"{word}_to_date_first",) if _uses(book, "TODATE", word) else ()
    yield from (f"back_{length}" for length in lookbacks(book))
    yield from (f"period_{fact}" for fact in _facts(book))
    yield from (f"rows_{table}" for table in book.model.tables)
    yield from ("records_through",) if any(table.date for table in book.model.tables.values()) else ()
    yield from (spare.mark for spare in spares.spares(book.model))
    yield from ("filled", "required", "complete", "any", "through", "to_fill", "reporting", "view", "length", "shift")
    yield from ("window_length", "first", "last", "periods", "from", "to", "counted", "per_year", "per_quarter")


def _trees(book: Book) -> Iterator[Tree]:
    yield from (check.formula for check in book.model.checks)
    for metric in book.model.metrics.values():
        yield from formulas(metric)


def _uses(book: Book, function: str, word: str) -> bool:
    return any(
        isinstance(tree, Call) and tree.function == function and Name(word) in tree.args for tree in _trees(book)
    )


def _facts(book: Book) -> list[str]:
    found = {
        node.part for tree in _trees(book) for node in walk(tree) if isinstance(node, Name) and node.id == "period"
    }
    if book.model.tables:  # rows fall in a period between its first and its last day
        found.add("end")
    return [fact for fact in FACTS if fact in found]


def lookbacks(book: Book) -> list[int]:
    """The distinct lengths of ROLLING windows, in periods."""
    rolling = (tree for tree in _trees(book) if isinstance(tree, Call) and tree.function == "ROLLING")
    return sorted({distance(book, tree.args[1]) for tree in rolling})


def distance(book: Book, tree: Tree) -> int:
    """A count of periods: a number, or the length of a year or quarter in periods."""
    if isinstance(tree, Number):
        return int(tree.value)
    quarter = isinstance(tree, Name) and tree.id == "quarter"
    return book.model.periods.per_quarter() if quarter else book.model.periods.per_year()


def place(book: Book, first_row: int) -> int:
    """Give each row of the time line its place; gives the row after the last."""
    for offset, name in enumerate(row_names(book)):
        book.marks[name] = first_row + offset
    return first_row + len(book.marks)


def draw(book: Book, canvas: Canvas, rows: Iterator[Row]) -> None:
    """Draw the time line."""
    known = {row.name: row for row in rows}
    for name, number in book.marks.items():
        row = known[name]
        canvas.put(number, ID, name, "id")
        canvas.put(number, LABEL, row.label, "label")
        canvas.put(number, UNIT, None, "unit")
        for column, tree in zip(WINDOWS, row.windows or (), strict=False):
            canvas.put(number, column, tree, "calc", row.format)
        if row.fixed is not None:
            canvas.put(number, FIXED, row.fixed, "constant" if isinstance(row.fixed, float) else "calc", row.format)
        if row.periods is not None:
            role: Role = "constant" if isinstance(row.periods, tuple) else "calc"
            canvas.across(number, FIRST, book.frame.last, row.periods, role, row.format)

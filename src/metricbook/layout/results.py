"""Results: one row per shown metric. Actual, target, variance, status, change and what is missing; pages only link.

Each row keeps its judgement in steps, so that every formula stays short: what it is judged by (own target or bands,
last year, the industry), the low and high bound that follow, then code, words and variance.
"""

from __future__ import annotations

from metricbook.formula.tree import Binary, Cell, Number, Tree
from metricbook.layout import coverage, judgement, own_results, ranking, result_words
from metricbook.layout.book import Book
from metricbook.layout.canvas import Canvas
from metricbook.layout.frame import COMPARISON, CURRENT, LAST_YEAR, RESULTS
from metricbook.layout.inputs import member_words
from metricbook.layout.needs import Needs
from metricbook.layout.plan import Print
from metricbook.layout.result_row import BODY, COLUMN, COLUMNS, PERCENT, ResultRow, Shown, result_key, signed
from metricbook.layout.shapes import (
    EMPTY,
    NA,
    ONE,
    ZERO,
    binary,
    blank,
    call,
    equals,
    fixed,
    index,
    minus,
    missing,
    plus,
    when,
)
from metricbook.layout.short_forms import is_points, is_rate, put_points
from metricbook.source.ids import OWN_LINES

HEADER, ONE_LINE = 6, 15.0
SLOTS_ROW, SLOTS_FIRST, SLOTS = 4, 3, 12
WORDS_ROW = 5
WIDTHS = {"id": 22, "Metric": 34, "Of which": 16, "Status": 16, "Verdict": 16, "Against industry": 18,
          "What is missing": 40, "Note": 40, "Why": 40, "Owner": 20, "Owner and note": 40,
          "Target in words": 18, "Variance in words": 18, "Change in words": 22, "To go in words": 24, "Beside": 40,
           "Target shown": 14, "Industry shown": 14}  # fmt: skip
BREAKS = ("Target from", "Status", "What is missing", "Target shown", "Owner", "Side", "Into year")
DIRECTION = {"higher": 1.0, "lower": -1.0, "range": 0.0}


def place(book: Book, shown: list[Shown]) -> None:
    """Give each shown metric its row on Results."""
    canvas = Canvas(RESULTS, "check")
    for column, name in enumerate(("against", "year_end", "unlike"), 3):
        book.spots[name] = canvas.at(WORDS_ROW, column)
    for number, each in enumerate(shown):
        book.spots[result_key(each.metric.id, each.where)] = canvas.at(BODY + number, 1)
    own_results.place(book, BODY + len(shown))
    ranking.place(book, len(shown) + OWN_LINES)


def draw(book: Book, shown: list[Shown], needs: Needs) -> None:
    """Draw the sheet."""
    canvas = book.canvas(RESULTS, "check")
    canvas.put(1, 2, "Results", "title")
    canvas.put(2, 2, "Every shown metric in the reader's window, judged. Pages only link here.", "question")
    canvas.put(3, 2, book.spots["master_words"], "quiet")
    canvas.link_to_start(1, 3)
    _slots(book, canvas)
    _common_words(book, canvas)
    canvas.heights[HEADER] = ONE_LINE  # or more, where a heading needs them
    for name, column in COLUMN.items():
        canvas.put(HEADER, column, name, "header")
    last = BODY + len(shown) + OWN_LINES - 1
    for number, each in enumerate(shown):
        row = ResultRow(book, canvas, each, BODY + number, last)
        _values(row)
        judgement.draw(row)
        result_words.draw(row, needs)
    own_results.draw(book, canvas, last)
    if any(block.worst or block.actions for page in book.model.pages for block in page.blocks):
        ranking.draw(book, canvas, len(shown) + OWN_LINES)
    canvas.widths |= {COLUMN[name]: WIDTHS.get(name, 11) for name in COLUMNS}
    canvas.freeze = Cell(BODY, 3, fixed=True)
    breaks = tuple(COLUMN[name] for name in BREAKS)
    canvas.print = Print(pages_wide=0, title_rows=(1, HEADER), title_columns=(1, 2), break_before=breaks)


def slots(book: Book) -> int:
    """How many periods a page shows."""
    return min(SLOTS, book.frame.count)


def slot(number: int) -> Cell:
    """The cell that holds the period number of a page's column, counted from 0."""
    return Cell(SLOTS_ROW, SLOTS_FIRST + number, fixed=True, sheet=RESULTS, lock_row=True)


def _slots(book: Book, canvas: Canvas) -> None:
    """The periods that pages show: twelve that end with the reporting period, or the first twelve until it comes."""
    width = SLOTS_FIRST + SLOTS + 1
    canvas.put(SLOTS_ROW, 2, "Periods on the pages (number)", "label")
    canvas.put(SLOTS_ROW, width, float(slots(book)), "constant", '0" on a page"')
    back = minus(book.mark("reporting", here=False), fixed(SLOTS_ROW, width))
    canvas.put(SLOTS_ROW, SLOTS_FIRST, call("MAX", ONE, plus(back, ONE)), "calc", "0")
    following = plus(Cell(SLOTS_ROW, -1), ONE)
    canvas.across(SLOTS_ROW, SLOTS_FIRST + 1, SLOTS_FIRST + slots(book) - 1, following, "calc", "0")


def _common_words(book: Book, canvas: Canvas) -> None:
    """What all rows say alike: against what a change is measured, and in which month the year ends."""
    canvas.put(WORDS_ROW, 2, "Changes are told against; the fiscal year ends in", "label")
    last_year = equals(book.mark("shift", here=False), book.mark("per_year", here=False))
    canvas.put(WORDS_ROW, 3, index(book.areas["against"], plus(ONE, last_year)), "calc")
    month = plus(call("MOD", minus(book.spots["fiscal_start"], Number(2)), Number(12)), ONE)
    canvas.put(WORDS_ROW, 5, coverage.unlike(book), "calc")
    canvas.put(WORDS_ROW, 4, index(book.areas["months"], month), "calc")


def _values(row: ResultRow) -> None:
    """What it is called, and its value now, before and a year ago."""
    book, metric, where = row.book, row.metric, row.shown.where
    row.put("id", f"{metric.id}{book.points(metric.axes, where)}", role="id")
    row.put("Metric", metric.label, role="label")
    row.put("Of which", member_words(book, where), role="member")
    row.put("Unit", book.formats.word(metric.unit), role="unit")
    row.put("Direction", DIRECTION.get(metric.good or ""), "0", "constant")
    for name, column in (("Actual", CURRENT), ("Comparison", COMPARISON), ("Last year", LAST_YEAR)):
        there = metric.timed or column == CURRENT
        value = _value(row, column) if there else EMPTY
        row.put(name, value if column == CURRENT else coverage.alike(book, metric, value, column), row.format, "link")
    actual, before = row.cell("Actual"), row.cell("Comparison")
    absent, change = missing([actual, before]), minus(actual, before)
    row.put("Change", when(absent, EMPTY, change), signed(row.format))
    # from below zero to above it, or back, is no percent of anything
    base = call("MIN", actual, before) if metric.signed and not is_rate(metric) else before
    none = binary("<=", base, ZERO) if base is not before else equals(before, ZERO)
    share = when(none, NA, Binary("/", change, call("ABS", before)))
    row.put("Change %", when(absent, EMPTY, share), PERCENT)
    if is_points(metric):
        put_points(row, "Actual in points", actual)
    put_points(row, "Change in points", row.cell("Change"))
    points = [book.model.point_id(axis, point) for axis, point in zip(metric.axes, where, strict=True) if point]
    column = COLUMN["Actual"]
    row.canvas.anchor(".".join([f"out_{metric.id}", *points]), row.canvas.area(row.row, column, row.row, column))


def _value(row: ResultRow, column: int) -> Tree:
    """The value on Calculations; of a choice the words that its number stands for today."""
    book, metric = row.book, row.metric
    value = book.value(metric.id, column, row.shown.where)
    if not metric.is_choice:
        return value
    return when(blank(value), EMPTY, index(book.areas[f"options.{metric.id}"], value))

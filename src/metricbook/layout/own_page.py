"""The page of the free lines: their scorecard, after the framework's pages. Until somebody types one it is empty."""

from __future__ import annotations

from metricbook.formula.tree import Area, Cell
from metricbook.layout import own_lines, page_head
from metricbook.layout.book import Book
from metricbook.layout.frame import CURRENT, OWN
from metricbook.layout.page_grid import FIRST, LAST, NAME, SCALES, WIDTHS, Page, status_rules
from metricbook.layout.plan import Print, Role, Rule, Sparkline
from metricbook.layout.result_row import result_cell
from metricbook.layout.shapes import EMPTY, ZERO, binary, call, equals, when
from metricbook.model.own import own_id
from metricbook.source.ids import OWN_LINES
from metricbook.source.schema import Page as PageSpec

QUESTION = "What else do we watch?"
BEGIN, BODY = 6, 7
# heading, first and last column of the grid, column on Results, look
CELLS: tuple[tuple[str, int, int, str, Role], ...] = (
    ("metric", NAME, NAME, "Metric", "item_label"),
    ("actual", FIRST, FIRST, "In short", "item"),
    ("target", FIRST + 1, FIRST + 1, "Target short", "item"),
    ("variance", FIRST + 2, FIRST + 3, "Variance in words", "item_text"),
    ("status", FIRST + 4, FIRST + 5, "Status", "item_status"),
    ("change", FIRST + 6, FIRST + 6, "Change in words", "item"),
    ("trend", FIRST + 7, FIRST + 7, "Trend", "item_text"),
    ("note", FIRST + 8, LAST, "Note", "item_text"),
)


def draw(book: Book) -> None:
    """Draw the page."""
    canvas = book.canvas(OWN, "page")
    canvas.widths |= WIDTHS
    page = Page(book, canvas, BODY)
    spec = PageSpec.model_validate({"title": OWN, "question": QUESTION, "blocks": [{"heading": OWN}]})
    page_head.draw(page, spec, first=False)
    none = equals(call("SUM", book.areas["own.in_use"]), ZERO)
    canvas.put(BEGIN, NAME, when(none, book.say("own_begin"), EMPTY), "quiet")
    canvas.link(BEGIN, NAME, book.spots["own.line.1"], "Go to your own numbers on Inputs", LAST)
    for head, first, last, _, look in CELLS:
        words = when(none, EMPTY, book.spots[f"own_heads.{head}"])
        canvas.put(BODY, first, words, look)
        canvas.across(BODY, first + 1, last, None, look)
    canvas.heights[BODY] = 18
    for number in range(1, OWN_LINES + 1):
        _line(page, number, BODY + number)
    last = BODY + OWN_LINES
    status_rules(canvas, last)
    top, bottom = Cell(BODY, NAME, fixed=True), Cell(last, LAST, fixed=True)
    started = binary("<>", Cell(BODY, NAME, fixed=True, lock_row=True), EMPTY)
    canvas.rules.append(Rule(Area(top, Cell(BODY, LAST, fixed=True)), started, "header"))
    there = binary("<>", Cell(BODY + 1, NAME, fixed=True), EMPTY)
    canvas.rules.append(Rule(Area(Cell(BODY + 1, NAME, fixed=True), bottom), there, "row"))
    canvas.freeze = Cell(5, 1, fixed=True)
    canvas.print = Print(pages_wide=0, title_rows=(1, 4), largest=SCALES[0])


def _line(page: Page, number: int, row: int) -> None:
    """One line: its name leads to Inputs, its numbers to their calculation."""
    book, canvas = page.book, page.canvas
    for _, first, last, name, look in CELLS:
        canvas.put(row, first, result_cell(book, f"own.result.{number}", name), look)
        canvas.across(row, first + 1, last, None, look)
        if name == "Trend":
            canvas.sparklines.append(Sparkline(canvas.at(row, first), book.areas[f"chart.{own_id(number)}"]))
    canvas.link(row, NAME, book.spots[f"own.line.{number}"], "Go to its line on Inputs")
    canvas.link(row, FIRST, own_lines.cell(book, number, at=CURRENT), "Go to its calculation", FIRST + 6)

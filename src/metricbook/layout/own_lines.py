"""The free lines on Calculations: as read, added up, their target in the window, and where a number is missing."""

from __future__ import annotations

from metricbook.formula.tree import OWN_ROW, Area, Cell, Number, Tree
from metricbook.layout.book import Book
from metricbook.layout.canvas import Canvas
from metricbook.layout.frame import CALCULATIONS, CURRENT, FIRST, FIXED, ID, LABEL, LAST_YEAR, LINE, MEMBER, UNIT
from metricbook.layout.own_inputs import COLUMNS, column, unit_rules
from metricbook.layout.shapes import (
    EMPTY,
    ONE,
    ZERO,
    beside,
    binary,
    blank,
    call,
    equals,
    fixed,
    guarded,
    head,
    here,
    index,
    number_or_empty,
    plus,
    span,
    text_or_empty,
    times,
    when,
)
from metricbook.layout.windows import window
from metricbook.model import own
from metricbook.model.own import own_id
from metricbook.source.ids import OWN_LINES

TITLE = "Your own numbers"
FIXED_SAYS = "Fixed: number of the unit; 1 sum, 2 last value, 3 average; target; 1 higher is better, −1 lower"
VALUE, SUM, GOAL, GAP = "", " added up", ".target", " missing"
KINDS = {
    VALUE: "",
    SUM: ", added up",
    GOAL: ", target",
    GAP: ", missing (line: 1 in use)",
}
TWO, THREE = Number(2), Number(3)


def place(book: Book, row: int) -> int:
    """Give the lines their rows below a heading; gives the row after them."""
    canvas = Canvas(CALCULATIONS, "check")
    for kind in KINDS:
        for number in range(1, OWN_LINES + 1):
            row += 1
            book.spots[f"{own_id(number)}{kind}"] = canvas.at(row, FIXED)
    return row + 1


def cell(book: Book, number: int, kind: str = VALUE, at: int = FIXED) -> Cell:
    """A cell of a line, from any sheet."""
    spot = book.spots[f"{own_id(number)}{kind}"]
    return Cell(spot.row, at, fixed=True, sheet=CALCULATIONS, lock_row=True)


def periods(book: Book, number: int, kind: str = VALUE) -> Area:
    """All periods of a line, from any sheet."""
    return book.frame.periods(book.spots[f"{own_id(number)}{kind}"].row, CALCULATIONS, lock_row=True)


def draw(book: Book, canvas: Canvas) -> None:
    """Draw the lines."""
    first = book.spots[own_id(1)].row
    canvas.put(first - 1, LABEL, TITLE, "heading")
    canvas.put(first - 1, CURRENT, FIXED_SAYS, "quiet")
    for number in range(1, OWN_LINES + 1):
        _value(book, canvas, number)
        _sum(book, canvas, number)
        _target(book, canvas, number)
        _gap(book, canvas, number)
        row = _row(book, number, VALUE)
        canvas.anchor(f"row_{own_id(number)}", canvas.area(row, FIRST, row, book.frame.last))
    last = _row(book, OWN_LINES, GOAL)
    unit_rules(book, canvas, first, last, ((CURRENT, LAST_YEAR), (FIRST, book.frame.last)), UNIT)
    unit_rules(book, canvas, _row(book, 1, GOAL), last, ((FIXED, FIXED),), UNIT)


def _row(book: Book, number: int, kind: str) -> int:
    return book.spots[f"{own_id(number)}{kind}"].row


def _labels(book: Book, canvas: Canvas, number: int, kind: str, chosen: str) -> int:
    """The line's labels, and what was chosen for it in words; gives its row."""
    row, value = _row(book, number, kind), _row(book, number, VALUE)
    canvas.put(row, ID, f"{own_id(number)}{kind}", "id")
    canvas.put(row, LABEL, f"Own number {number}{KINDS[kind]}", "label")
    if chosen:
        canvas.put(row, MEMBER, text_or_empty(_held(book, number, COLUMNS[chosen])), "member")
    unit = text_or_empty(_held(book, number, COLUMNS[own.UNIT])) if kind == VALUE else fixed(value, UNIT)
    canvas.put(row, UNIT, unit, "unit")
    return row


def _held(book: Book, number: int, at: int = 0) -> Tree:
    """What stands on Inputs in a column of the line, found by its id; column 0 is the formula's own."""
    return index(column(book, at), fixed(_row(book, number, VALUE), LINE))


def _value(book: Book, canvas: Canvas, number: int) -> None:
    """As read; the windows by what was chosen, which is the same for all three. An unknown unit is a number."""
    row = _labels(book, canvas, number, VALUE, own.NAME)
    canvas.put(row, LINE, call("MATCH", beside(ID), column(book, ID), ZERO), "calc", "0")
    found = call("MATCH", beside(UNIT), book.areas["own_units"], ZERO)
    canvas.put(row, FIXED, when(call("ISNUMBER", found), found, ONE), "calc", "0")
    canvas.across(row, FIRST, book.frame.last, number_or_empty(_held(book, number)), "link")
    added = _row(book, number, SUM)
    rollup, length = fixed(added, FIXED), head(book.marks["periods"])
    latest = when(call("ISNUMBER", length), index(book.frame.periods(OWN_ROW), head(book.marks["last"])), EMPTY)
    parts = when(equals(rollup, THREE), length, ONE)
    made = guarded(binary("/", here(added), parts), [here(added), rollup])
    canvas.across(row, CURRENT, LAST_YEAR, when(equals(rollup, TWO), latest, made), "calc")


def _sum(book: Book, canvas: Canvas, number: int) -> None:
    """The sum over each window, and the number of what was chosen: while nothing is, one period is its own sum."""
    row = _labels(book, canvas, number, SUM, own.ROLLUP)
    found = call("MATCH", beside(MEMBER), book.areas["own_rollups"], ZERO)
    single = when(equals(book.mark("window_length", here=False), ONE), ONE, EMPTY)
    canvas.put(row, FIXED, when(call("ISNUMBER", found), found, single), "calc", "0")
    canvas.across(row, CURRENT, LAST_YEAR, window(book, "sum", _row(book, number, VALUE)), "calc")


def _target(book: Book, canvas: Canvas, number: int) -> None:
    """The target as read, and in each window: of a sum for all of its periods."""
    row = _labels(book, canvas, number, GOAL, "")
    canvas.put(row, FIXED, number_or_empty(_held(book, number, COLUMNS[own.TARGET])), "link")
    goal, rollup, length = beside(FIXED), fixed(_row(book, number, SUM), FIXED), head(book.marks["periods"])
    whole = when(equals(rollup, ONE), times(goal, length), goal)
    canvas.across(row, CURRENT, LAST_YEAR, guarded(whole, [goal, rollup, length]), "calc")


def _gap(book: Book, canvas: Canvas, number: int) -> None:
    """Is anything typed, which periods of the current window are missing then, and which direction is better."""
    row = _labels(book, canvas, number, GAP, own.GOOD)
    judged = Area(book.spots["own_good.higher"], book.spots["own_good.lower"])
    found = call("MATCH", beside(MEMBER), judged, ZERO)
    better = index(book.areas["own_good.numbers"], found)
    canvas.put(row, FIXED, when(call("ISNUMBER", found), better, EMPTY), "calc", "0")
    value = _row(book, number, VALUE)
    typed = call("COUNT", book.frame.periods(value), fixed(_row(book, number, GOAL), FIXED))
    in_use = call("MIN", ONE, plus(typed, binary("<>", fixed(value, MEMBER), EMPTY)))
    canvas.put(row, LINE, in_use, "calc", "0")
    asked = equals(times(book.mark("counted"), beside(LINE)), ONE)
    inside = when(asked, book.mark("number"), EMPTY)
    canvas.across(row, FIRST, book.frame.last, when(blank(here(value)), inside, EMPTY), "calc", "0")


def typed_in_window(book: Book, number: int) -> Tree:
    """How many periods of the current window have a number."""
    ends = (book.mark_at(name, CURRENT) for name in ("first", "last"))
    return call("COUNT", span(periods(book, number), *ends))

"""Which results are worst and which actions are open, in order: the lists under the results that pages read."""

from __future__ import annotations

from metricbook.formula.tree import Area, Cell, Number, Tree
from metricbook.layout.book import Book
from metricbook.layout.canvas import Canvas
from metricbook.layout.formats import DAY
from metricbook.layout.frame import RESULTS
from metricbook.layout.result_row import BODY, COLUMN
from metricbook.layout.shapes import (
    EMPTY,
    ONE,
    ZERO,
    any_of,
    beside,
    binary,
    blank,
    call,
    equals,
    index,
    join,
    minus,
    number_or_empty,
    plus,
    text_or_empty,
    times,
    when,
)

WORST, ACTIONS = "Off track or at risk, worst first", "Open actions"
MOST = 12
THOUSAND = Number(1000)
NUMBER, NAMED, PLACE, KEY, RANK, WHO, DUE = range(1, 8)
COUNT = 4
SAID = {"what": NAMED, "who": WHO, "due": DUE}


def place(book: Book, results: int) -> None:
    """Say where the k-th worst result and the k-th open action are found: under the results."""
    canvas, top = Canvas(RESULTS, "check"), _top(results)
    for name, start in (("worst", top), ("action", _actions(top))):
        book.spots[f"{name}.none"] = canvas.at(start, PLACE)
        book.spots[f"{name}.count"] = canvas.at(start, COUNT)
        for number in range(MOST):
            book.spots[f"{name}.{number}"] = canvas.at(start + 2 + number, PLACE)
            book.spots[f"{name}.number.{number}"] = canvas.at(start + 2 + number, NUMBER)
    first = _actions(top) + 2
    for name, column in SAID.items():
        book.areas[f"open.{name}"] = canvas.area(first, column, first + MOST - 1, column)
    for name, column in COLUMN.items():
        book.areas[f"results.{name}"] = canvas.area(BODY, column, _last(results), column)


def _last(results: int) -> int:
    return BODY + max(1, results) - 1


def _top(results: int) -> int:
    return _last(results) + 2


def _actions(top: int) -> int:
    return top + MOST + 3


def draw(book: Book, canvas: Canvas, results: int) -> None:
    """Draw, under the results, in which row the k-th worst stands and which action is due k-th."""
    top = _top(results)
    ranks = _column("Rank", _last(results))
    _head(canvas, top, WORST, (None, "Metric", "Row"))
    none = when(equals(book.mark("through", here=False), ZERO), book.say("no_data_yet"), book.say("none_off_track"))
    _count(book, canvas, top, ranks, none)
    for number in range(MOST):
        row = top + 2 + number
        _kth(canvas, row, number, ranks)
        names = _column("Metric", _last(results))
        canvas.put(row, NAMED, when(blank(beside(PLACE)), EMPTY, index(names, beside(PLACE))), "calc")
    _draw_actions(book, canvas, _actions(top))


def part_missed(variance: Cell, size: Cell) -> Tree:
    """How large a miss is beside what was to be reached, from 0 to 1."""
    none = any_of([binary("<", call("COUNT", variance, size), Number(2)), equals(size, ZERO)])
    return when(none, EMPTY, binary("/", call("ABS", variance), size))


def miss(code: Cell, part: Cell) -> Tree:
    """What is sorted by: off track before at risk, then the larger. Whole numbers, so that ties are ties."""
    score = plus(times(THOUSAND, code), call("ROUND", times(THOUSAND, call("SUM", part)), ZERO))
    return when(any_of([blank(code), equals(code, ONE)]), EMPTY, score)


def rank(miss: Cell, last: int) -> Tree:
    """The place of a miss among those of all rows up to `last`, equal ones in the order of their rows."""
    column = _column("Miss", last)
    before = call("COUNTIFS", Area(column.first, miss), miss)
    return when(blank(miss), EMPTY, minus(plus(call("RANK", miss, column), before), ONE))


def _draw_actions(book: Book, canvas: Canvas, top: int) -> None:
    """Actions that are named and not done, the next due first, those without a date last."""
    what, who, due, done = (book.areas[f"actions.{name}"] for name in ("what", "who", "due", "done"))
    _head(canvas, top, ACTIONS, (None, "Action", "Row", "Sorted by", "Rank", "Who", "Due"))
    first, last = top + 2, top + 1 + MOST
    keys, ranks = (
        Area(Cell(first, column, fixed=True, lock_row=True), Cell(last, column, fixed=True, lock_row=True))
        for column in (KEY, RANK)
    )
    _count(book, canvas, top, ranks, book.say("no_action"))
    for number in range(MOST):
        row = first + number
        _kth(canvas, row, number, ranks)
        said, day, over = (_at(area, number) for area in (what, due, done))
        dated = when(blank(day), plus(ONE, call("MAX", due)), day)
        is_open = binary(">", call("COUNTA", said), call("COUNTA", over))
        canvas.put(row, NAMED, text_or_empty(said), "calc")
        canvas.put(row, KEY, when(is_open, dated, EMPTY), "calc", DAY)
        key = beside(KEY)
        earlier = call("COUNTIFS", keys, join(book.say("below"), key))
        ties = call("COUNTIFS", Area(keys.first, key), key)
        canvas.put(row, RANK, when(blank(key), EMPTY, plus(earlier, ties)), "calc", "0")
        canvas.put(row, WHO, text_or_empty(_at(who, number)), "calc")
        canvas.put(row, DUE, number_or_empty(day), "calc", DAY)


def _count(book: Book, canvas: Canvas, top: int, ranks: Area, none: Tree) -> None:
    """How many there are, and what is said where there is none."""
    canvas.put(top, COUNT, call("COUNT", ranks), "calc", "0")
    canvas.put(top, PLACE, when(equals(beside(COUNT), ZERO), none, EMPTY), "calc")


def _at(area: Area, number: int) -> Cell:
    first = area.first
    return Cell(first.row + number, first.column, fixed=True, sheet=first.sheet)


def _head(canvas: Canvas, top: int, title: str, heads: tuple[str | None, ...]) -> None:
    canvas.put(top, NAMED, title, "heading")
    for column, words in enumerate(heads, 1):
        canvas.put(top + 1, column, words, "header")


def _kth(canvas: Canvas, row: int, number: int, ranks: Area) -> None:
    """In which row the one with this rank stands; blank where the list is shorter."""
    asked = beside(NUMBER)
    canvas.put(row, NUMBER, float(number + 1), "constant", "0")
    found = call("MATCH", asked, ranks, ZERO)
    canvas.put(row, PLACE, when(equals(call("COUNTIFS", ranks, asked), ZERO), EMPTY, found), "calc", "0")


def _column(name: str, last: int) -> Area:
    return Area(*(Cell(row, COLUMN[name], fixed=True, lock_row=True) for row in (BODY, last)))

"""The time line at the top of Calculations: periods, fiscal calendar, what is filled, and the reader's windows.

Everything a formula along the periods needs to know about time is a row here, once. Positions are
kept legal (1…count) and lengths say whether the window exists ("" = it does not), because INDEX(…, 0) is an error.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from metricbook.formula.tree import Area, Call, Cell, Name, Number, Text, Tree, walk
from metricbook.layout.book import Book, contiguous
from metricbook.layout.canvas import Canvas
from metricbook.layout.formats import DATE
from metricbook.layout.frame import COMPARISON, CURRENT, FIRST, FIXED, ID, LABEL, LAST_YEAR, UNIT
from metricbook.layout.shapes import (
    EMPTY,
    ONE,
    ZERO,
    binary,
    call,
    equals,
    fixed,
    head,
    here,
    index,
    minus,
    plus,
    span,
    times,
    when,
)
from metricbook.model.dimensions import Grain

WEEK = Number(7)
MONTHS = Number(12)
WINDOWS = (CURRENT, COMPARISON, LAST_YEAR)


@dataclass(frozen=True)
class Row:
    """One row of the time line: what it is called, and what stands in its period, window and fixed cells."""

    name: str
    label: str
    periods: Tree | tuple[float | str | None, ...] | None = None
    current: Tree | None = None
    comparison: Tree | None = None
    last_year: Tree | None = None
    fixed: Tree | float | None = None
    format: str = "0"
    fixed_format: str = "0"


def serial(day: dt.date) -> float:
    """A date as a spreadsheet's number of days."""
    return float((day - dt.date(1899, 12, 30)).days)


def names_of_rows(book: Book) -> list[str]:
    """The rows that this workbook's time line has, in order."""
    grain = book.model.periods.grain
    rows = ["number", "start"]
    rows += ["thursday"] if grain == "week" else []
    rows += ["fiscal_month"] if grain != "year" else []
    rows += ["year_start", "quarter_start"] if grain == "week" else []
    rows += ["in_year"] + (["in_quarter"] if grain != "year" else [])
    rows += ["into_year"] + (["into_quarter"] if grain != "year" else [])
    for word in ("year", "quarter"):
        if _uses(book, "WHOLE", word):
            rows += [f"{word}_length", f"whole_{word}_first", f"whole_{word}_last", f"whole_{word}"]
        if _uses(book, "TODATE", word):
            rows += [f"{word}_to_date_first"]
    rows += [f"back_{n}" for n in lookbacks(book)]
    rows += [f"period_{fact}" for fact in _facts(book)]
    rows += ["filled", "required", "complete", "any", "through", "to_fill", "reporting", "view", "length", "shift"]
    return [*rows, "window_length", "first", "last", "periods", "from", "to", "counted", "per_year", "per_quarter"]


def _formulas(book: Book) -> list[Tree]:
    trees: list[Tree] = [check.formula for check in book.model.checks]
    for metric in book.model.metrics.values():
        trees += [tree for tree in (metric.formula, *metric.by_member.values(), metric.undefined) if tree is not None]
    return trees


def _uses(book: Book, function: str, word: str) -> bool:
    return any(
        isinstance(tree, Call) and tree.function == function and Name(word) in tree.args for tree in _formulas(book)
    )


def lookbacks(book: Book) -> list[int]:
    """The distinct lengths of ROLLING windows, in periods."""
    found = {
        distance(book, tree.args[1]) for tree in _formulas(book) if isinstance(tree, Call) and tree.function == "ROLLING"
    }
    return sorted(found)


def distance(book: Book, tree: Tree) -> int:
    """A count of periods: a number, or the length of a year or quarter in periods."""
    if isinstance(tree, Number):
        return int(tree.value)
    word = tree.id if isinstance(tree, Name) else ""
    return book.model.periods.per_quarter() if word == "quarter" else book.model.periods.per_year()


def _facts(book: Book) -> list[str]:
    found = {node.part for tree in _formulas(book) for node in walk(tree) if isinstance(node, Name) and node.id == "period"}
    return [fact for fact in ("elapsed", "months", "start", "end") if fact in found]


def place(book: Book, first_row: int) -> int:
    """Give each row of the time line its place; gives the row after the last."""
    for offset, name in enumerate(names_of_rows(book)):
        book.marks[name] = first_row + offset
    return first_row + len(names_of_rows(book))


def draw(book: Book, canvas: Canvas, countable: list[int], essential: list[int]) -> None:
    """Draw the time line. `countable` are the rows of inputs whose numbers count as filled, `essential` those needed."""
    rows = {row.name: row for row in (*_calendar(book), *_facts_rows(book), *_filled(book, countable, essential), *_windows(book))}
    for name, number in book.marks.items():
        row = rows[name]
        canvas.put(number, ID, name, "id")
        canvas.put(number, LABEL, row.label, "label")
        canvas.put(number, UNIT, "", "unit")
        for column, tree in zip(WINDOWS, (row.current, row.comparison, row.last_year), strict=True):
            if tree is not None:
                canvas.put(number, column, tree, "calc", row.format)
        if row.fixed is not None:
            constant = isinstance(row.fixed, float)
            canvas.put(number, FIXED, row.fixed, "constant" if constant else "calc", row.fixed_format)
        if row.periods is not None:
            role = "constant" if isinstance(row.periods, tuple) else "calc"
            canvas.across(number, FIRST, book.frame.last, row.periods, role, row.format)  # type: ignore[arg-type]


def _calendar(book: Book) -> list[Row]:
    periods, m = book.model.periods, book.mark
    grain = periods.grain
    fiscal = book.spots["fiscal_start"]
    begin = fixed(book.marks["start"], FIXED)
    date = DATE[grain]
    step: dict[Grain, Tree] = {
        "month": call("EDATE", begin, minus(m("number"), ONE)),
        "quarter": call("EDATE", begin, times(Number(3), minus(m("number"), ONE))),
        "week": plus(begin, times(WEEK, minus(m("number"), ONE))),
        "year": call("EDATE", begin, times(MONTHS, minus(m("number"), ONE))),
    }
    day = m("thursday") if grain == "week" else m("start")
    rows = [
        Row("number", "Period number", tuple(float(n + 1) for n in range(periods.count))),
        Row("start", "First day", step[grain], fixed=serial(periods.start(0)), format=date, fixed_format=date),
        Row("thursday", "Thursday of the week, which decides its year", plus(m("start"), Number(3)), format="d mmm yy")
        if grain == "week" else None,
        Row("fiscal_month", "Month of the fiscal year", call("MONTH", call("EDATE", day, minus(ONE, fiscal))))
        if grain != "year" else None,
    ]  # fmt: skip
    if grain == "week":
        rows += _weeks(book, fiscal)
    else:
        rows += _in_year(book, grain)
    rows.append(Row("into_year", "Periods into the fiscal year", call("MIN", m("number"), m("in_year"))))
    if grain != "year":
        rows.append(Row("into_quarter", "Periods into the fiscal quarter", call("MIN", m("number"), m("in_quarter"))))
    rows += [row for word in ("year", "quarter") for row in _spans(book, word)]
    for n in (int(name.removeprefix("back_")) for name in book.marks if name.startswith("back_")):
        start = call("MAX", ONE, plus(minus(m("number"), fixed(book.marks[f"back_{n}"], FIXED)), ONE))
        rows.append(Row(f"back_{n}", f"First of the last {n} periods", start, fixed=float(n)))
    rows.append(Row("per_year", "Periods in a year", fixed=float(periods.per_year())))
    rows.append(Row("per_quarter", "Periods in a quarter", fixed=float(periods.per_quarter())))
    return [row for row in rows if row is not None]


def _in_year(book: Book, grain: Grain) -> list[Row | None]:
    month = book.mark("fiscal_month") if grain != "year" else ONE
    third = call("ROUNDDOWN", binary("/", plus(month, Number(2)), Number(3)), ZERO)
    year = {"month": month, "quarter": third, "year": ONE}[grain]
    quarter = plus(call("MOD", minus(month, ONE), Number(3)), ONE) if grain == "month" else ONE
    lone = when(equals(book.mark("number"), ZERO), ZERO, ONE)  # a formula in every row keeps the line uniform
    rows: list[Row | None] = [Row("in_year", "Which period of the fiscal year", year if grain != "year" else lone)]
    if grain != "year":
        rows.append(Row("in_quarter", "Which period of the fiscal quarter", quarter if grain == "month" else lone))
    return rows


def _weeks(book: Book, fiscal: Tree) -> list[Row | None]:
    m = book.mark
    year = call("YEAR", call("EDATE", m("thursday"), minus(ONE, fiscal)))
    month = minus(m("fiscal_month"), ONE)

    def position(start: str) -> Tree:
        days = minus(m("thursday"), m(start))
        return plus(call("ROUNDDOWN", binary("/", days, WEEK), ZERO), ONE)

    quarter = call("EDATE", m("year_start"), minus(month, call("MOD", month, Number(3))))
    return [
        Row("year_start", "First day of the fiscal year", call("DATE", year, fiscal, ONE), format="d mmm yy"),
        Row("quarter_start", "First day of the fiscal quarter", quarter, format="d mmm yy"),
        Row("in_year", "Which week of the fiscal year", position("year_start")),
        Row("in_quarter", "Which week of the fiscal quarter", position("quarter_start")),
    ]


def _spans(book: Book, word: str) -> list[Row]:
    """Rows for TODATE and WHOLE: where the fiscal year or quarter of each period begins and ends."""
    m, periods = book.mark, book.model.periods
    rows: list[Row] = []
    if f"{word}_to_date_first" in book.marks:
        rows.append(Row(f"{word}_to_date_first", f"First period of the fiscal {word} so far", plus(minus(m("number"), m(f"into_{word}")), ONE)))
    if f"whole_{word}" not in book.marks:
        return rows
    if periods.grain == "week":
        months = MONTHS if word == "year" else Number(3)
        left_over = minus(minus(call("EDATE", m(f"{word}_start"), months), ONE), m("thursday"))
        length = plus(m(f"in_{word}"), call("ROUNDDOWN", binary("/", left_over, WEEK), ZERO))
    else:
        length = book.mark(f"per_{word}", here=False)
    begin = plus(minus(m("number"), m(f"in_{word}")), ONE)
    end = plus(minus(m("number"), m(f"in_{word}")), m(f"{word}_length"))
    count = Number(periods.count)
    inside = call("AND", binary(">=", begin, ONE), binary("<=", end, call("MAX", book.frame.periods(book.marks["number"]))))
    return [
        *rows,
        Row(f"{word}_length", f"Periods in the whole fiscal {word}", length),
        Row(f"whole_{word}_first", f"First period of the whole fiscal {word}", call("MAX", ONE, begin)),
        Row(f"whole_{word}_last", f"Last period of the whole fiscal {word}", call("MIN", call("MAX", book.frame.periods(book.marks["number"])), end)),
        Row(f"whole_{word}", f"Whole fiscal {word} inside the data", when(inside, m(f"{word}_length"), EMPTY)),
    ] if count else rows


def _facts_rows(book: Book) -> list[Row]:
    periods, m = book.model.periods, book.mark
    length = {"month": book.mark("per_year", here=False), "quarter": Number(4), "year": ONE}
    month = {"month": ONE, "quarter": Number(3), "week": binary("/", MONTHS, Number(52)), "year": MONTHS}
    full = m("year_length") if "year_length" in book.marks and periods.grain == "week" else book.mark("per_year", here=False)
    next_start = call("EDATE", m("start"), {"month": ONE, "quarter": Number(3), "year": MONTHS}.get(periods.grain, ZERO))
    after = plus(m("start"), WEEK) if periods.grain == "week" else next_start
    uniform = times(binary("/", m("number"), m("number")), month[periods.grain])
    trees: dict[str, tuple[str, Tree, str]] = {
        "elapsed": ("Share of the fiscal year that has passed", binary("/", m("in_year"), full if length else full), "0.0%"),
        "months": ("Months in the period", uniform, "0.00"),
        "start": ("First day of the period", plus(m("start"), ZERO), "d mmm yy"),
        "end": ("Last day of the period", minus(after, ONE), "d mmm yy"),
    }
    rollups = {"elapsed": "last", "months": "sum", "start": "first", "end": "last"}
    rows = []
    for name in book.marks:
        if not name.startswith("period_"):
            continue
        fact = name.removeprefix("period_")
        label, tree, format = trees[fact]
        rolled = window(book, rollups[fact], book.marks[name])
        rows.append(Row(name, label, tree, rolled, rolled, rolled, format=format))
    return rows


def window(book: Book, rollup: str, row: int) -> Tree:
    """What a line is over a window: its sum, average, first or last value; blank where any part is missing.

    One tree serves all windows: first, last and length are read in the formula's own column.
    """
    line = book.frame.periods(row)
    first, last, length = (head(book.marks[name]) for name in ("first", "last", "periods"))
    part = span(line, first, last)
    if rollup in ("sum", "average"):
        function = "SUM" if rollup == "sum" else "AVERAGE"
        return when(equals(call("COUNT", part), length), call(function, part), EMPTY)
    value = index(line, first if rollup == "first" else last)
    if rollup == "none":
        value = when(equals(length, ONE), value, Text("n/a"))
    return when(call("ISNUMBER", length), value, EMPTY)


def _filled(book: Book, countable: list[int], essential: list[int]) -> list[Row]:
    m, frame = book.mark, book.frame

    def counted(rows: list[int]) -> Tree:
        return call("COUNT", *(Area(here(a), here(b)) for a, b in contiguous(rows))) if rows else times(ZERO, m("number"))

    needed = [call("COUNTIFS", Area(fixed(a, 5), fixed(b, 5)), Text(">1")) for a, b in contiguous(essential)]
    required_row, filled_row = book.marks["required"], book.marks["filled"]
    complete = when(binary(">=", m("required"), fixed(required_row, FIXED)), m("number"), ZERO) if essential else times(ZERO, m("number"))
    latest = call("MAX", frame.periods(book.marks["complete"]))
    anything = call("MAX", frame.periods(book.marks["any"]))
    open_ = when(
        call("AND", binary("<=", m("number"), anything), binary("<", m("required"), fixed(required_row, FIXED))),
        m("number"),
        EMPTY,
    )
    to_fill = frame.periods(book.marks["to_fill"])
    part = span(frame.periods(filled_row), head(book.marks["first"]), head(book.marks["last"]))
    rolled = when(call("ISNUMBER", head(book.marks["periods"])), call("SUM", part), ZERO)
    following = call("MIN", call("MAX", frame.periods(book.marks["number"])), plus(ONE, anything))
    return [
        Row("filled", "Inputs filled", counted(countable), rolled, rolled, rolled),
        Row("required", "Essential inputs filled (fixed: needed)", counted(essential), fixed=plus(*needed) if needed else 0.0),
        Row("complete", "Complete", complete),
        Row("any", "Something filled", when(binary(">", head(filled_row), ZERO), m("number"), ZERO)),
        Row("through", "Data through (number of the period)", fixed=when(binary(">", latest, ZERO), latest, anything)),
        Row("to_fill", "Started but not complete (fixed: to fill next)", open_ if essential else times(ZERO, m("number")),
            fixed=when(binary(">", call("COUNT", to_fill), ZERO), call("MIN", to_fill), following) if essential else following),
    ]  # fmt: skip


def _windows(book: Book) -> list[Row]:
    frame = book.frame
    dates = frame.periods(book.marks["start"])
    picked, view, compare = book.spots["picked_period"], book.spots["picked_view"], book.spots["picked_comparison"]

    def own(name: str) -> Cell:
        return fixed(book.marks[name], FIXED)

    through = own("through")
    reporting = when(equals(call("COUNTIFS", dates, picked), ZERO), through, call("MATCH", picked, dates, ZERO))
    views = book.areas["views"]
    viewed = when(equals(call("COUNTIFS", views, view), ZERO), ONE, call("MATCH", view, views, ZERO))
    steps = [ONE] if book.model.periods.grain == "year" else (
        [ONE, book.mark("into_quarter"), book.mark("into_year")] if book.model.periods.grain != "quarter" else [ONE, book.mark("into_year")]
    )  # fmt: skip
    if len(steps) == 1:
        length: Tree = binary("/", book.mark("number"), book.mark("number"))
    else:
        length = call("CHOOSE", own("view"), *steps)
    shift = when(equals(compare, book.spots["last_year_word"]), own("per_year"), index(book.areas["view_shifts"], own("view")))
    shifts = {CURRENT: ZERO, COMPARISON: own("shift"), LAST_YEAR: own("per_year")}
    firsts, lasts, lengths = {}, {}, {}
    for column, back in shifts.items():
        end: Tree = own("reporting") if column == CURRENT else minus(own("reporting"), back)
        firsts[column] = call("MAX", ONE, plus(minus(end, own("window_length")), ONE))
        lasts[column] = call("MAX", ONE, end)
        none = equals(own("reporting"), ZERO)
        outside = binary("<", minus(end, own("window_length")), ZERO)
        absent = none if column == CURRENT else call("OR", none, outside)
        lengths[column] = when(absent, EMPTY, own("window_length"))
    window_length = when(equals(own("reporting"), ZERO), ZERO, index(frame.periods(book.marks["length"]), own("reporting")))
    edge = {name: when(call("ISNUMBER", head(book.marks["periods"])), index(dates, head(book.marks[mark])), EMPTY)
            for name, mark in (("from", "first"), ("to", "last"))}  # fmt: skip
    counted = call("AND", binary(">=", book.mark("number"), fixed(book.marks["first"], CURRENT)),
                   binary("<=", book.mark("number"), fixed(book.marks["last"], CURRENT)), binary(">", own("reporting"), ZERO))  # fmt: skip
    date = DATE[book.model.periods.grain]
    return [
        Row("reporting", "Reporting period (number)", fixed=reporting),
        Row("view", "View (1 one period, 2 and 3 to date)", fixed=viewed),
        Row("length", "Periods in the view if it ended here", length),
        Row("shift", "Periods back to the comparison", fixed=shift),
        Row("window_length", "Periods in the view", fixed=window_length),
        Row("first", "First period of the window", None, firsts[CURRENT], firsts[COMPARISON], firsts[LAST_YEAR]),
        Row("last", "Last period of the window", None, lasts[CURRENT], lasts[COMPARISON], lasts[LAST_YEAR]),
        Row("periods", "Periods in the window (blank: there is none)", None, lengths[CURRENT], lengths[COMPARISON], lengths[LAST_YEAR]),
        Row("from", "From", None, edge["from"], edge["from"], edge["from"], format=date),
        Row("to", "To", None, edge["to"], edge["to"], edge["to"], format=date),
        Row("counted", "Counts in the current window", when(counted, ONE, ZERO)),
    ]

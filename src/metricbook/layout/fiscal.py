"""The fiscal calendar as rows of the time line: dates, places in the fiscal year and quarter, facts of a period.

A week belongs to the month, quarter and year of its Thursday.
"""

from __future__ import annotations

from collections.abc import Iterator

from metricbook.formula.tree import OWN_ROW, Binary, Number, Tree
from metricbook.layout.book import Book
from metricbook.layout.formats import DATE
from metricbook.layout.frame import FIXED
from metricbook.layout.shapes import EMPTY, ONE, ZERO, binary, call, fixed, minus, plus, times, when
from metricbook.layout.timeline import Row, lookbacks, serial
from metricbook.layout.windows import window

QUARTER, WEEK, MONTHS, WEEKS = Number(3), Number(7), Number(12), Number(52)
SHORT = "d mmm yy"


def rows(book: Book) -> Iterator[Row]:
    """Every row that the calendar may need."""
    yield from _dates(book)
    yield from _weeks(book) if book.model.periods.grain == "week" else _months(book)
    for word in ("year",) if book.model.periods.grain == "year" else ("year", "quarter"):
        into = call("MIN", book.mark("number"), book.mark(f"in_{word}"))
        yield Row(f"into_{word}", f"Periods into the fiscal {word}", into)
        if f"{word}_length" in book.marks:
            yield Row(f"{word}_length", f"Periods in the whole fiscal {word}", _length(book, word))
        if f"whole_{word}" in book.marks:
            yield from _whole(book, word)
        if f"{word}_to_date_first" in book.marks:
            first = plus(minus(book.mark("number"), book.mark(f"into_{word}")), ONE)
            yield Row(f"{word}_to_date_first", f"First period of the fiscal {word} so far", first)
    for length in lookbacks(book):
        back = plus(minus(book.mark("number"), fixed(book.marks[f"back_{length}"], FIXED)), ONE)
        yield Row(
            f"back_{length}", f"First of the last {length} periods", call("MAX", ONE, back), fixed=float(length)
        )
    yield from _facts(book)
    yield Row("per_year", "Periods in a year", fixed=float(book.model.periods.per_year()))
    yield Row("per_quarter", "Periods in a quarter", fixed=float(book.model.periods.per_quarter()))


def _dates(book: Book) -> Iterator[Row]:
    periods = book.model.periods
    begin, earlier = fixed(book.marks["start"], FIXED), minus(book.mark("number"), ONE)
    steps: dict[str, Tree] = {"month": earlier, "quarter": times(QUARTER, earlier), "year": times(MONTHS, earlier)}
    start = (
        plus(begin, times(WEEK, earlier)) if periods.grain == "week" else call("EDATE", begin, steps[periods.grain])
    )
    yield Row("number", "Period number", tuple(float(number + 1) for number in range(periods.count)))
    yield Row("start", "First day", start, fixed=serial(periods.start(0)), format=DATE[periods.grain])
    if periods.grain == "week":
        yield Row(
            "thursday",
            "Thursday of the week, which decides its year",
            plus(book.mark("start"), QUARTER),
            format=SHORT,
        )
    if periods.grain != "year":
        day = book.mark("thursday" if periods.grain == "week" else "start")
        month = call("MONTH", call("EDATE", day, minus(ONE, book.spots["fiscal_start"])))
        yield Row("fiscal_month", "Month of the fiscal year", month)


def _months(book: Book) -> Iterator[Row]:
    """Places in the fiscal year and quarter of months, quarters and years."""
    grain = book.model.periods.grain
    one = Binary("/", book.mark("number"), book.mark("number"))  # the same formula in every cell, and always 1
    if grain == "year":
        yield Row("in_year", "Which period of the fiscal year", one)
        return
    month = book.mark("fiscal_month")
    third = call("ROUNDDOWN", Binary("/", plus(month, Number(2)), QUARTER), ZERO)
    of_quarter = plus(call("MOD", minus(month, ONE), QUARTER), ONE)
    yield Row("in_year", "Which period of the fiscal year", plus(month, ZERO) if grain == "month" else third)
    yield Row("in_quarter", "Which period of the fiscal quarter", of_quarter if grain == "month" else one)


def _weeks(book: Book) -> Iterator[Row]:
    """Places in the fiscal year and quarter of weeks, counted by Thursdays."""
    thursday, fiscal = book.mark("thursday"), book.spots["fiscal_start"]
    year = call("YEAR", call("EDATE", thursday, minus(ONE, fiscal)))
    month = minus(book.mark("fiscal_month"), ONE)
    quarter = call("EDATE", book.mark("year_start"), minus(month, call("MOD", month, QUARTER)))
    yield Row("year_start", "First day of the fiscal year", call("DATE", year, fiscal, ONE), format=SHORT)
    yield Row("quarter_start", "First day of the fiscal quarter", quarter, format=SHORT)
    for word in ("year", "quarter"):
        weeks = Binary("/", minus(thursday, book.mark(f"{word}_start")), WEEK)
        yield Row(f"in_{word}", f"Which week of the fiscal {word}", plus(call("ROUNDDOWN", weeks, ZERO), ONE))


def _length(book: Book, word: str) -> Tree:
    if book.model.periods.grain != "week":
        return book.mark(f"per_{word}", here=False)
    end = minus(call("EDATE", book.mark(f"{word}_start"), MONTHS if word == "year" else QUARTER), ONE)
    left = Binary("/", minus(end, book.mark("thursday")), WEEK)
    return plus(book.mark(f"in_{word}"), call("ROUNDDOWN", left, ZERO))


def _whole(book: Book, word: str) -> Iterator[Row]:
    """Where the whole fiscal year or quarter of each period begins and ends, and whether it lies inside the data."""
    number, place, length = (book.mark(name) for name in ("number", f"in_{word}", f"{word}_length"))
    count = call("MAX", book.frame.periods(book.marks["number"]))
    begin, end = plus(minus(number, place), ONE), plus(minus(number, place), length)
    inside = call("AND", binary(">=", begin, ONE), binary("<=", end, count))
    yield Row(f"whole_{word}_first", f"First period of the whole fiscal {word}", call("MAX", ONE, begin))
    yield Row(f"whole_{word}_last", f"Last period of the whole fiscal {word}", call("MIN", count, end))
    yield Row(f"whole_{word}", f"Whole fiscal {word} inside the data", when(inside, length, EMPTY))


def _facts(book: Book) -> Iterator[Row]:
    """What a formula may ask of a period, in each period and over the windows."""
    grain, number, start = book.model.periods.grain, book.mark("number"), book.mark("start")
    months: Tree = {"month": ONE, "quarter": QUARTER, "year": MONTHS}.get(grain, Binary("/", MONTHS, WEEKS))
    after = plus(start, WEEK) if grain == "week" else call("EDATE", start, months)
    found: dict[str, tuple[str, str, str, Tree]] = {
        "months": ("Months in the period", "sum", "0.00", times(Binary("/", number, number), months)),
        "start": ("First day of the period", "first", SHORT, plus(start, ZERO)),
        "end": ("Last day of the period", "last", SHORT, minus(after, ONE)),
    }
    if "period_elapsed" in book.marks:
        share = Binary("/", book.mark("in_year"), book.mark("year_length"))
        found["elapsed"] = ("Share of the fiscal year that has passed", "last", "0.0%", share)
    for fact, (label, rollup, format, tree) in found.items():
        if (name := f"period_{fact}") in book.marks:
            rolled = window(book, rollup, OWN_ROW)
            yield Row(name, label, tree, (rolled, rolled, rolled), format=format)

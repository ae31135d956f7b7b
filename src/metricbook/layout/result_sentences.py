"""What cards say of a result: target, variance and change in words, why there is no value, what is left to go."""

from __future__ import annotations

from metricbook.formula.tree import Binary, Cell, Number, Tree
from metricbook.layout.coverage import grows
from metricbook.layout.divided import divisor_cells
from metricbook.layout.frame import CALCULATIONS, CURRENT
from metricbook.layout.result_row import ResultRow
from metricbook.layout.shapes import (
    EMPTY,
    NA,
    ONE,
    ZERO,
    binary,
    blank,
    call,
    equals,
    index,
    join,
    minus,
    missing,
    plus,
    span,
    times,
    when,
)
from metricbook.layout.short_forms import DIFFERENCE, HUNDRED, is_rate, short, size

TWO, FOUR = Number(2), Number(4)
PARTIAL, DIVIDED, WAITS, NAMED = 1, 2, 3, 4  # why there is no value; the last waits for an input that can be named


def draw(row: ResultRow) -> None:
    """Draw the columns that only totals have."""
    if not row.is_total or row.metric.is_choice:
        return
    row.put("Owner", row.metric.owner or EMPTY, role="text")
    owner, note = row.cell("Owner"), row.cell("Note")
    both = join(owner, row.book.say("colon"), note) if row.metric.owner else note
    row.put("Owner and note", when(equals(note, EMPTY), owner, both))
    _target(row)
    _variance(row)
    _change(row)
    _why(row)
    row.put("Beside", when(equals(call("COUNT", row.cell("Actual")), ONE), _to_go(row), _short_reason(row)))


def _target(row: ResultRow) -> None:
    """What it is judged by: "Target $7.70M", "Last year 1.9%", "Industry 3–6"."""
    if row.metric.good is None:
        row.put("Target in words", EMPTY)
        return
    shown = row.cell("Target shown")
    number = short(row, "Target shown", "Target scale")
    basis = index(row.book.areas["judged_short"], row.cell("Judged by"))
    words = number if row.metric.good != "range" else when(blank(shown), shown, _one_sided(number))
    row.put("Target short", words)
    row.put("Target in words", when(blank(row.cell("Judged by")), EMPTY, join(basis, row.cell("Target short"))))


def _one_sided(number: Tree) -> Tree:
    """The number itself: whether there is one was asked already."""
    return number.args[2]  # type: ignore[union-attr]


def _variance(row: ResultRow) -> None:
    """ "98 short", "3.0 pp ahead", "In range". The values are compared, not the sign of a rounded difference."""
    good, actual, variance = row.metric.good, row.cell("Actual"), row.cell("Variance")
    if good is None:
        row.put("Variance in words", EMPTY)
        return
    edge = {"higher": row.cell("Low bound"), "lower": row.cell("High bound")}.get(good)
    compared = (actual, edge) if edge is not None else (variance, ZERO)
    side = plus(ONE, binary(">=", *compared), binary(">", *compared))
    row.put("Variance size", size(row, "Variance", "Variance scale"))
    row.put("Side", when(blank(variance), EMPTY, side), "0")
    words = row.book.areas[f"side_{good}"]
    exact = equals(row.cell("Side"), TWO)
    said = when(exact, index(words, TWO), join(row.cell("Variance size"), index(words, row.cell("Side"))))
    row.put("Variance in words", when(blank(row.cell("Side")), EMPTY, said))


def _change(row: ResultRow) -> None:
    """ "↑ 3.4% vs previous": points for rates, percents for amounts."""
    rate, spots = is_rate(row.metric), row.book.spots
    change = row.cell("Change" if rate else "Change %")
    unit = row.metric.unit
    suffix = spots["short.percent"]
    scaled: Tree = times(HUNDRED, call("ABS", change))
    if rate:
        base = unit.partition("/")[0]
        suffix = spots.get(f"short.{DIFFERENCE.get(unit, DIFFERENCE.get(base, base))}", spots["short.unit"])
        scaled = scaled if base in ("percent", "points") else call("ABS", change)
    told = call("FIXED", scaled, ONE)
    words = join(_arrow(row, change, scaled), row.book.say("space"), told, suffix, spots["against"])
    other = spots["unlike"] if grows(row.book, row.metric) else EMPTY
    row.put("Change in words", when(blank(change), when(_waits(row), row.book.say("needs"), other), words))


def _arrow(row: ResultRow, change: Cell, size: Tree) -> Tree:
    """Its arrow: level where the change is told as 0.0."""
    row.put("Change rounded", when(blank(change), EMPTY, call("ROUND", size, ONE)), "0.0")
    step = plus(ONE, binary(">=", change, ZERO), binary(">", change, ZERO))
    level = equals(row.cell("Change rounded"), ZERO)
    row.put("Change arrow", when(blank(change), EMPTY, when(level, TWO, step)), "0")
    return index(row.book.areas["arrows"], row.cell("Change arrow"))


def _why(row: ResultRow) -> None:
    """Why there is no value: part of the window is missing, a divisor is 0, or an input is missing."""
    book, metric, actual = row.book, row.metric, row.cell("Actual")
    length = book.mark_at("periods", CURRENT)
    there: Tree = ZERO
    if metric.timed and metric.over_periods != "none":
        line = book.frame.periods(book.row(metric.id, row.shown.where), CALCULATIONS, lock_row=True)
        ends = (book.mark_at(name, CURRENT) for name in ("first", "last"))
        there = when(call("ISNUMBER", length), call("COUNT", span(line, *ends)), ZERO)
    row.put("Periods there", there, "0")
    some = row.cell("Periods there")
    row.put("Partial", times(binary(">", some, ZERO), binary("<", some, call("SUM", length))), "0")
    divisors = divisor_cells(book, metric.id, row.shown.where)
    gap = row.cell("What is missing")
    row.put("Waits", when(blank(row.cell("First missing")), gap, join(book.say("needs"), gap)))
    firsts = [when(equals(cell, ZERO), Number(n), FOUR) for n, (_, cell) in enumerate(divisors, 1)]
    waits = equals(call("COUNT", row.cell("First missing")), ONE)
    row.put("Zero divisor", when(waits, FOUR, call("MIN", *firsts)) if firsts else FOUR, "0")
    # a divisor is only asked about where no input is missing, so the two never meet
    waits_or_divided = minus(Number(WAITS), binary("<", row.cell("Zero divisor"), FOUR))
    other = plus(waits_or_divided, call("COUNT", row.cell("First missing")))
    partial = when(equals(row.cell("Partial"), ONE), Number(PARTIAL), other)
    row.put("Reason", when(equals(call("COUNT", actual), ONE), EMPTY, partial), "0")
    row.put("Why", when(blank(row.cell("Reason")), EMPTY, _reasons(row, [id for id, _ in divisors])))


def _reasons(row: ResultRow, divisors: list[str]) -> Tree:
    book, metric = row.book, row.metric
    length = book.mark_at("periods", CURRENT)
    partial = join(row.cell("Periods there"), book.say("of"), length, book.spots["plural"])
    none_of = [book.spots[f"none_of.{id}"] for id in divisors]
    divided = call("CHOOSE", row.cell("Zero divisor"), *none_of, *[EMPTY] * (4 - len(none_of)))
    waits: Tree = row.cell("Waits")
    if metric.timed and metric.over_periods == "none":
        waits = when(binary(">", call("SUM", length), ONE), book.say("one_only"), waits)
    elif metric.formula is not None and metric.undefined is not None:
        waits = when(equals(row.cell("Actual"), NA), book.say("by_definition"), waits)
    return call("CHOOSE", call("MIN", row.cell("Reason"), Number(WAITS)), partial, divided, waits)


def _short_reason(row: ResultRow) -> Tree:
    """The input alone that it waits for, because "needs" stands above it; else why there is no value."""
    named = index(row.book.areas["fill_short"], row.cell("First missing"))
    return when(_waits(row), named, row.cell("Why"))


def _waits(row: ResultRow) -> Tree:
    """Does it wait for an input that can be named?"""
    return equals(row.cell("Reason"), Number(NAMED))


def _to_go(row: ResultRow) -> Tree:
    """ "to go: $840.0k by Dec" of an amount with a target for the year, whichever window the reader looks at."""
    book, metric = row.book, row.metric
    line = f"{metric.id}.target"
    yearly = metric.target is not None and metric.target.per == "year" and not isinstance(metric.target.value, list)
    if not yearly or metric.over_periods != "sum" or line not in book.model.metrics:
        return EMPTY
    last = book.mark_at("last", CURRENT)
    into = index(book.frame.periods(book.marks["into_year"], CALCULATIONS, lock_row=True), last)
    row.put("Into year", into, "0")
    values = book.frame.periods(book.row(metric.id, row.shown.where), CALCULATIONS, lock_row=True)
    so_far = span(values, plus(minus(last, row.cell("Into year")), ONE), last)
    all_there = equals(call("COUNT", so_far), row.cell("Into year"))
    row.put("Year so far", when(all_there, call("SUM", so_far), EMPTY), row.format)
    year, done, rest = book.spots[f"in_force.{line}"], row.cell("Year so far"), row.cell("To go")
    row.put("To go", when(missing([year, done]), EMPTY, minus(year, done)), row.format)
    row.put("To go size", size(row, "To go", "To go scale"))
    lower = metric.good == "lower"
    before, until, over = ("left", "until", "used_up") if lower else ("to_go", "by", "reached")
    open_ = join(book.say(before), row.cell("To go size"), book.say(until), book.spots["year_end"])
    row.put("To go in words", when(blank(rest), EMPTY, when(Binary("<=", rest, ZERO), book.say(over), open_)))
    return row.cell("To go in words")

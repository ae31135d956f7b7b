"""What a result says beside its numbers: what it waits for, its note, its short form, its share and its rank."""

from __future__ import annotations

from metricbook.formula.tree import Binary, Cell, Number, Text, Tree
from metricbook.layout.frame import CURRENT, NOTES
from metricbook.layout.history import needs_periods
from metricbook.layout.result_row import ResultRow
from metricbook.layout.shapes import (
    EMPTY,
    NA,
    ONE,
    ZERO,
    any_of,
    binary,
    blank,
    call,
    equals,
    index,
    join,
    minus,
    missing,
    plus,
    times,
    when,
)
from metricbook.layout.words import PLURAL

HUNDRED, THOUSAND = Number(100), Number(1000)
WHOLE = ("days", "score", "seconds", "weeks")  # short forms without decimals


def draw(row: ResultRow) -> None:
    """Draw the columns in words."""
    _missing(row)
    row.put("Note", _note(row))
    row.put("Target shown", _bounds_in_words(row, "Low bound", "High bound", row.metric.good == "range"), row.format)
    row.put("Industry shown", _bounds_in_words(row, "Industry from", "Industry to", True), row.format)
    _share(row)
    _short(row)
    _rank(row)


def _missing(row: ResultRow) -> None:
    """The first input that a blank result waits for; of one that looks back, any input since the start."""
    book, id = row.book, row.metric.id
    needed = needs_periods(book, id)
    row.put("Periods needed", float(needed), "0", "constant")
    since = "_ever" if needed > 1 else ""
    areas = [book.areas[key] for each in sorted(book.inputs_of(id)) if (key := f"gaps{since}.{each}") in book.areas]
    if not areas:
        row.put("First missing", EMPTY)
        row.put("What is missing", EMPTY)
        return
    first = row.cell("First missing")
    waits_for_none = any_of([equals(call("COUNT", *areas), ZERO), equals(call("COUNT", row.cell("Actual")), ONE)])
    row.put("First missing", when(waits_for_none, EMPTY, call("MIN", *areas)), "0")
    words = index(book.areas[f"gap_words{since}"], first)
    row.put("What is missing", when(blank(first), _too_short(row, needed), words))


def _too_short(row: ResultRow, needed: int) -> Tree:
    """ "needs 12 months, has 5" for a metric that looks further back than there is data."""
    if needed <= 1:
        return EMPTY
    reporting = row.book.mark("reporting", here=False)
    words = join(Text(f"needs {needed} {PLURAL[row.book.model.periods.grain]}, has "), reporting)
    short = call("AND", blank(row.cell("Actual")), binary("<", reporting, row.cell("Periods needed")))
    return when(short, words, EMPTY)


def _note(row: ResultRow) -> Tree:
    """The reporting period's comment, else what is missing, else what stands in for a target."""
    book = row.book
    in_place_of = [join(Text("vs "), book.spots[f"judged_by.{number}"]) for number in (3, 4)]
    basis = call("CHOOSE", plus(ONE, row.cell("Judged by")), EMPTY, EMPTY, *in_place_of)
    fallback: Tree = when(blank(row.cell("Actual")), row.cell("What is missing"), basis)
    spot = book.spots.get(f"note_row.{row.metric.id}")
    if spot is None or not row.is_total:
        return fallback
    said = index(
        book.frame.periods(spot.row, NOTES, lock_row=True), call("MAX", ONE, book.mark("reporting", here=False))
    )
    return when(equals(call("COUNTA", said), ZERO), fallback, said)


def _bounds_in_words(row: ResultRow, low: str, high: str, both: bool) -> Tree:
    """A bound as a number where there is one, as "3–6" where there are two."""
    metric, a, b = row.metric, row.cell(low), row.cell(high)
    if metric.good is None and not metric.benchmarks:
        return EMPTY
    if not both:
        return a if metric.good == "higher" else b
    percent = metric.unit.partition("/")[0] in ("percent", "points")
    ends = [call("FIXED", times(HUNDRED, end) if percent else end, ZERO) for end in (a, b)]
    pair = join(ends[0], Text("–"), ends[1], *([Text("%")] if percent else []))
    one = when(equals(call("COUNT", a), ONE), a, b)
    return when(equals(call("COUNT", a, b), Number(2)), pair, one)


def _share(row: ResultRow) -> None:
    """What part of the total a member is."""
    where = row.shown.where
    axes = [number for number, point in enumerate(where) if point is not None]
    if not axes or not row.metric.totals[axes[0]]:
        row.put("Share", EMPTY)
        return
    total = row.book.value(row.metric.id, CURRENT, (*where[: axes[0]], None, *where[axes[0] + 1 :]))
    share = when(equals(total, ZERO), NA, Binary("/", row.cell("Actual"), total))
    row.put("Share", when(missing([row.cell("Actual"), total]), EMPTY, share), "0.0%")


def _short(row: ResultRow) -> None:
    """The value as a card says it: $7.53M, 11.6 mo. Text, because a number cannot run over into the next cell."""
    actual, size = row.cell("Actual"), call("ABS", row.cell("Actual"))
    large = [binary(">=", size, times(HUNDRED, HUNDRED)), binary(">=", size, times(THOUSAND, THOUSAND))]
    row.put("Scale", when(blank(actual), EMPTY, plus(ONE, *large)), "0")
    base = row.metric.unit.partition("/")[0]
    words = _amount(row, size, base) if base in ("currency", "count") else _rate(row, actual, row.metric.unit, base)
    row.put("In short", when(blank(actual), EMPTY, words))


def _amount(row: ResultRow, size: Tree, base: str) -> Tree:
    book = row.book
    sign = index(book.areas["signs"], plus(ONE, binary("<", row.cell("Actual"), ZERO)))
    lead = join(sign, book.spots["symbol"]) if base == "currency" else sign
    thousands = Binary("/", size, THOUSAND)
    steps: tuple[tuple[Tree, Tree, str], ...] = (
        (size, ZERO, "unit"), (thousands, ONE, "thousand"), (Binary("/", thousands, THOUSAND), Number(2), "million"),
    )  # fmt: skip
    forms = [join(lead, call("FIXED", number, digits), book.spots[f"short.{word}"]) for number, digits, word in steps]
    return call("CHOOSE", row.cell("Scale"), *forms)


def _rate(row: ResultRow, actual: Cell, unit: str, base: str) -> Tree:
    value: Tree = times(HUNDRED, actual) if base in ("percent", "points") else actual
    words = row.book.spots.get(f"short.{unit}", row.book.spots.get(f"short.{base}", row.book.spots["short.unit"]))
    return join(call("FIXED", value, ZERO if base in WHOLE else ONE), words)


def _rank(row: ResultRow) -> None:
    """The size of the miss, off track before at risk, and its rank. Whole numbers, so that ties are ties."""
    actual, code, miss = row.cell("Actual"), row.cell("Code"), row.cell("Miss")
    if row.metric.good is None:
        row.put("Miss", EMPTY)
    else:
        size = plus(call("ABS", actual), call("ABS", call("SUM", row.cell("Low bound"), row.cell("High bound"))))
        part = Binary("/", call("ABS", call("SUM", row.cell("Variance"))), size)
        score = plus(times(THOUSAND, code), call("ROUND", times(THOUSAND, part), ZERO))
        none = any_of([equals(code, ONE), equals(size, ZERO)])
        row.put("Miss", when(blank(code), EMPTY, when(none, EMPTY, score)), "0")
    before = call("COUNTIFS", row.column("Miss", to=row.row), miss)
    rank = minus(plus(call("RANK", miss, row.column("Miss")), before), ONE)
    row.put("Rank", when(blank(miss), EMPTY, rank), "0")

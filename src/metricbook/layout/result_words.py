"""What a result says beside its numbers: what it waits for, its note, its short form, its share and its rank."""

from __future__ import annotations

from dataclasses import replace

from metricbook.formula.tree import Area, Binary, Cell, Number, Tree
from metricbook.layout import ranking, result_sentences
from metricbook.layout.book import Book, contiguous
from metricbook.layout.frame import CURRENT, NOTES
from metricbook.layout.history import needs_periods
from metricbook.layout.needs import Needed, Needs
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
    missing,
    plus,
    text_or_empty,
    times,
    when,
)
from metricbook.layout.short_forms import AMOUNTS, both, short

HUNDRED = Number(100)
MOST_AREAS = 11  # so that a formula stays within 300 characters


def draw(row: ResultRow, needs: Needs) -> None:
    """Draw the columns in words."""
    _missing(row, needs)
    _basis(row)
    row.put("Note", _note(row))
    is_range = row.metric.good == "range"
    row.put("Target shown", _bounds_in_words(row, "Low bound", "High bound", is_range, "Bounds scale"), row.format)
    row.put(
        "Industry shown", _bounds_in_words(row, "Industry from", "Industry to", True, "Industry scale"), row.format
    )
    _share(row)
    row.put("In short", row.cell("Actual") if row.metric.is_choice else short(row, "Actual", "Scale"))
    result_sentences.draw(row)
    _rank(row)


def _missing(row: ResultRow, needs: Needs) -> None:
    """The first input that a blank result waits for; of one that looks back, any input since the start."""
    book, id = row.book, row.metric.id
    needed = needs_periods(book, id)
    row.put("Periods needed", float(needed), "0", "constant")
    since = "_ever" if needed > 1 else ""
    areas = _gaps(book, needs.of([book.row(id, row.shown.where)]), since)
    if not areas:
        row.put("First missing", EMPTY)
        row.put("What is missing", EMPTY)
        return
    gap, first = row.cell("First gap"), row.cell("First missing")
    row.put("First gap", call("MIN", *areas), "0")  # 0 where there is none
    waits_for_none = any_of([equals(gap, ZERO), equals(call("COUNT", row.cell("Actual")), ONE)])
    row.put("First missing", when(waits_for_none, EMPTY, gap), "0")
    words = index(book.areas[f"gap_words{since}"], first)
    row.put("What is missing", when(blank(first), _too_short(row, needed), words))


def _gaps(book: Book, needed: Needed, since: str) -> list[Area]:
    """Where the gaps of a result's own inputs stand on Checks; of those that a choice picks only while it does."""
    found: list[Area] = []
    for column, lines in ((f"gaps{since}", needed.always), (f"gaps{since}_chosen", needed.chosen)):
        rows = [book.gap_rows[line] for line in lines if line in book.gap_rows]
        if rows:
            whole = book.areas[column]
            ends = contiguous(rows)
            found += [Area(replace(whole.first, row=a), replace(whole.last, row=b)) for a, b in ends]
    return _few(found)


def _few(areas: list[Area]) -> list[Area]:
    """No more than one formula can name: the nearest neighbours in a column are taken together."""
    while len(areas) > MOST_AREAS:
        pairs = [n for n in range(len(areas) - 1) if areas[n].first.column == areas[n + 1].first.column]
        nearest = min(pairs, key=lambda n: areas[n + 1].first.row - areas[n].last.row)
        areas[nearest : nearest + 2] = [Area(areas[nearest].first, areas[nearest + 1].last)]
    return areas


def _too_short(row: ResultRow, needed: int) -> Tree:
    """ "needs 12 months, has 5" for a metric that looks further back than there is data."""
    if needed <= 1:
        return EMPTY
    reporting = row.book.mark("reporting", here=False)
    say, plural = row.book.say, row.book.spots["plural"]
    words = join(say("needs"), row.cell("Periods needed"), plural, say("has"), reporting)
    return when(binary("<", reporting, row.cell("Periods needed")), words, EMPTY)


def _note(row: ResultRow) -> Tree:
    """The reporting period's comment, else what is missing, else what stands in for a target."""
    book = row.book
    basis = row.cell("Basis")
    waits = row.cell("What is missing")
    in_full = join(row.cell("Why"), book.say("colon"), waits)
    explained = row.is_total and not row.metric.is_choice  # a choice that is not made has no reason
    why = when(equals(row.cell("Reason"), ONE), in_full, row.cell("Why")) if explained else waits
    fallback: Tree = when(missing([row.cell("Actual"), row.cell("Judged by")]), why, basis)
    spot = book.spots.get(f"note_row.{row.metric.id}")
    if spot is None or not row.is_total:
        return fallback
    said = index(book.frame.periods(spot.row, NOTES, lock_row=True), book.mark_at("last", CURRENT))
    row.put("Comment", text_or_empty(said))
    comment = row.cell("Comment")
    lead = when(equals(basis, EMPTY), EMPTY, join(basis, book.say("dot")))
    return when(equals(comment, EMPTY), fallback, join(lead, comment))


def _basis(row: ResultRow) -> None:
    """ "vs last year", where it is not judged by a target of its own; the same behind the status."""
    book, judged = row.book, row.cell("Judged by")
    in_place_of = [join(book.say("versus"), book.spots[f"judged_by.{number}"]) for number in (3, 4)]
    words = call("CHOOSE", judged, EMPTY, *in_place_of)
    row.put("Basis", when(blank(judged), EMPTY, words))
    status = row.cell("Status")
    mark = index(book.areas["judged_mark"], judged)
    told: Tree = status if row.metric.bands else when(blank(judged), status, join(status, mark))
    row.put("Status told", when(blank(row.cell("Actual")), status, told))


def _bounds_in_words(row: ResultRow, low: str, high: str, is_range: bool, scale: str) -> Tree:
    """A bound as a number where there is one, as "3–6" or "$1.20–1.50M" where there are two."""
    metric, a, b = row.metric, row.cell(low), row.cell(high)
    if metric.good is None and not metric.benchmarks:
        return EMPTY
    if not is_range:
        return a if metric.good == "higher" else b
    percent = metric.unit.partition("/")[0] in ("percent", "points")
    ends = [call("FIXED", times(HUNDRED, end) if percent else end, ZERO) for end in (a, b)]
    say = row.book.say
    if metric.unit.partition("/")[0] in AMOUNTS:
        return _amounts(row, a, b, scale)
    pair = join(ends[0], say("dash"), ends[1], *([say("percent")] if percent else []))
    one = when(equals(call("COUNT", a), ONE), a, b)
    return when(equals(call("COUNT", a, b), Number(2)), pair, one)


def _amounts(row: ResultRow, low: Cell, high: Cell, scale: str) -> Tree:
    """A range of amounts in its short form: both in the thousands or millions that the upper one asks for."""
    start, end, suffix = both(row, low, high, scale)
    money = row.metric.unit.partition("/")[0] == "currency"
    symbol = [row.book.spots["symbol"]] if money else []
    one = when(equals(call("COUNT", low), ONE), low, high)
    pair = join(*symbol, start, row.book.say("dash"), end, suffix)
    return when(equals(call("COUNT", low, high), Number(2)), pair, one)


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


def _rank(row: ResultRow) -> None:
    """The size of the miss, off track before at risk, and its rank. Whole numbers, so that ties are ties."""
    code, miss, size, part = (row.cell(name) for name in ("Code", "Miss", "Size", "Part"))
    bounds = call("SUM", row.cell("Low bound"), row.cell("High bound"))
    declared = row.metric.id in row.book.model.framework.metrics  # not once more at a member or by a rival
    if row.metric.good is None or not row.is_total or not declared:
        row.put("Miss", EMPTY)
    else:
        row.put("Size", when(blank(code), EMPTY, plus(call("ABS", row.cell("Actual")), call("ABS", bounds))), "0")
        row.put("Part", ranking.part_missed(row.cell("Variance"), size), "0.000")
        row.put("Miss", ranking.miss(code, part), "0")
    row.put("Rank", ranking.rank(miss, row.last), "0")

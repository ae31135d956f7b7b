"""How a result is judged: by what, between which bounds, with which code, words and variance.

Own target, else the metric's bands, else last year, else the industry. The values are compared, never a rounded
difference, so that float noise does not turn "exactly on target" into a miss.
"""

from __future__ import annotations

from metricbook.formula.tree import Binary, Cell, Number, Operator, Tree
from metricbook.layout.frame import CURRENT
from metricbook.layout.result_row import PERCENT, ResultRow, signed
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
    guarded,
    index,
    minus,
    missing,
    number_or_empty,
    plus,
    times,
    when,
)
from metricbook.layout.short_forms import is_percent, put_points
from metricbook.layout.target_lines import per_period
from metricbook.layout.targets import is_strict
from metricbook.model.metric import Metric

TWO, THREE = Number(2), Number(3)


def draw(row: ResultRow) -> None:
    """Draw the columns that judge a result."""
    _references(row)
    _basis(row)
    _bounds(row)
    _variance(row)
    _code(row)
    _status(row)
    row.put("Verdict", _verdict(row))
    row.put("Against industry", _against_industry(row))
    _trend(row)


def _references(row: ResultRow) -> None:
    """The numbers that a result may be judged by."""
    low, high = _target_cells(row)
    row.put("Target from", low, row.format, "link")
    row.put("Target to", high, row.format, "link")
    for name, key in (("Industry from", "bench_from"), ("Industry to", "bench_to")):
        spot = row.book.spots.get(f"{key}.{row.metric.id}")
        row.put(name, row.book.once_begun(number_or_empty(spot)) if spot else EMPTY, row.format, "link")
    for name, key in (("History", "history"), ("The plan needs", "model")):
        row.put(name, _beside(row, key), row.format, "link")


def _beside(row: ResultRow, key: str) -> Tree:
    """What Targets holds beside the own target, for the window: of an amount that adds up, for all its periods."""
    book, id = row.book, row.metric.id
    lines = [f"{id}.{part}" for part in ("target", "from", "to") if f"{id}.{part}" in book.model.metrics]
    if not lines or not row.is_total:
        return EMPTY
    line, source = book.model.metrics[lines[0]], book.model.metrics.get(f"{id}.{key}")
    value = book.value(source.id, CURRENT) if source else book.spots[f"{key}.{line.id}"]
    needs: list[Tree] = [value]
    body = per_period(book, line, value)
    if line.over_periods == "sum" and not (source and source.timed):
        needs.append(book.mark_at("periods", CURRENT))
        body = times(body, needs[-1])
    return book.once_begun(guarded(body, needs))


def _target_cells(row: ResultRow) -> tuple[Tree, Tree]:
    """The target's lower and upper bound; targets are for the total."""
    metric, lines = row.metric, row.book.model.metrics
    found = {part: row.book.value(f"{metric.id}.{part}", CURRENT)
             for part in ("target", "from", "to") if row.is_total and f"{metric.id}.{part}" in lines}  # fmt: skip
    if metric.good == "higher":
        return found.get("target", found.get("from", EMPTY)), EMPTY
    if metric.good == "lower":
        return EMPTY, found.get("target", found.get("to", EMPTY))
    return found.get("from", EMPTY), found.get("to", EMPTY)


def _basis(row: ResultRow) -> None:
    """What it is judged by: 1 its target or its bands, 2 last year, 3 the industry; blank where there is none."""
    good = row.metric.good
    if good is None:
        row.put("Judged by", EMPTY)
        return
    sides = {"higher": ["Industry from"], "lower": ["Industry to"], "range": ["Industry from", "Industry to"]}[good]
    own, year = (
        [row.cell("Target from"), row.cell("Target to")],
        [row.cell("Last year")] if _by_last_year(row) else [],
    )
    none = equals(call("COUNT", *own, *year, *map(row.cell, sides)), ZERO)
    other = minus(THREE, call("COUNT", *year)) if year else THREE
    row.put("Judged by", when(none, EMPTY, when(equals(call("COUNT", *own), ZERO), other, ONE)), "0")


def _by_last_year(row: ResultRow) -> bool:
    """Can last year's value be what it is judged by?"""
    return row.metric.good != "range" and row.metric.last_year


def _bounds(row: ResultRow) -> None:
    good, basis = row.metric.good, row.cell("Judged by")
    year: Tree = row.cell("Last year") if _by_last_year(row) else EMPTY
    low = call("CHOOSE", basis, row.cell("Target from"), year, row.cell("Industry from"))
    high = call("CHOOSE", basis, row.cell("Target to"), year, row.cell("Industry to"))
    row.put("Low bound", when(blank(basis), EMPTY, low) if good in ("higher", "range") else EMPTY, row.format)
    row.put("High bound", when(blank(basis), EMPTY, high) if good in ("lower", "range") else EMPTY, row.format)


def _sides(row: ResultRow) -> list[tuple[Cell, Operator]]:
    """The bounds that matter, each with the sign of a miss."""
    low, high = row.cell("Low bound"), row.cell("High bound")
    sides: dict[str | None, list[tuple[Cell, Operator]]] = {
        "higher": [(low, "<")],
        "lower": [(high, ">")],
        "range": [(low, "<"), (high, ">")],
    }
    return sides.get(row.metric.good, [])


def _unjudged(row: ResultRow) -> Tree:
    """There is no value, or nothing to judge it by."""
    bounds = [bound for bound, _ in _sides(row)]
    return any_of([blank(row.cell("Actual")), equals(call("COUNT", *bounds), ZERO)])


def _variance(row: ResultRow) -> None:
    """Actual − target; inside a range 0, outside it the distance to the bound that was crossed."""
    actual, sides = row.cell("Actual"), _sides(row)
    if not sides:
        row.put("Variance", EMPTY)
        row.put("Variance %", EMPTY)
        return
    variance = row.cell("Variance")
    if row.metric.good == "range":
        (low, _), (high, _) = sides
        under = times(call("COUNT", low), call("MIN", ZERO, minus(actual, call("SUM", low))))
        over = times(call("COUNT", high), call("MAX", ZERO, minus(actual, call("SUM", high))))
        gap: Tree = plus(under, over)
        base: Tree = minus(actual, variance)
    else:
        gap = minus(actual, sides[0][0])
        base = sides[0][0]
    row.put("Variance", when(_unjudged(row), EMPTY, gap), signed(row.format))
    share = when(equals(base, ZERO), NA, Binary("/", variance, call("ABS", base)))
    row.put("Variance %", when(blank(variance), EMPTY, share), PERCENT)
    put_points(row, "Variance in points", variance)


def _code(row: ResultRow) -> None:
    """1 on track, 2 at risk, 3 off track; a metric with bands has its band's where it has no target of its own."""
    sides = _sides(row)
    missed = plus(ONE, *[step for bound, sign in sides for step in _misses(row, bound, sign)])
    if row.metric.bands:
        code = _of_band(row)
        if _has_target(row):
            row.put("Target code", when(_unjudged(row), EMPTY, missed), "0")
            code = when(equals(row.cell("Judged by"), ONE), row.cell("Target code"), code)
        row.put("Code", when(blank(row.cell("Band")), EMPTY, code), "0")
    elif sides:
        row.put("Code", when(_unjudged(row), EMPTY, missed), "0")
    else:
        row.put("Code", EMPTY)


def _of_band(row: ResultRow) -> Tree:
    """The code of the band that the value is in."""
    return index(row.book.areas[f"bands.{defined(row.metric)}.numbers"], row.cell("Band"))


def _has_target(row: ResultRow) -> bool:
    """Is there a place for an own target?"""
    return bool(_sides(row)) and any(cell != EMPTY for cell in _target_cells(row))


def _misses(row: ResultRow, bound: Cell, sign: Operator) -> list[Tree]:
    """One for missing the bound, one more for missing it by more than the tolerance."""
    optional = row.metric.good == "range"
    held: Tree = call("SUM", bound) if optional else bound
    slack = times(call("ABS", held), row.book.spots["at_risk"])
    far = minus(held, slack) if sign == "<" else plus(held, slack)
    steps: list[Tree] = [Binary(sign, row.cell("Actual"), edge) for edge in (held, far)]
    return [times(call("COUNT", bound), step) for step in steps] if optional else steps


def _status(row: ResultRow) -> None:
    actual, spots, areas = row.cell("Actual"), row.book.spots, row.book.areas
    if not row.metric.bands:
        row.put("Band", EMPTY)
        judged = when(blank(row.cell("Code")), spots["no_target"], index(areas["status"], row.cell("Code")))
        row.put("Status", when(blank(actual), spots["no_data"], judged))
        return
    key = defined(row.metric)
    steps = [
        Binary(">" if band.to is not None else ">=", actual, spots[f"bounds.{key}.{number}.number"])
        for number, band in enumerate(row.metric.bands[:-1])
    ]
    row.put("Band", when(blank(actual), EMPTY, plus(ONE, *steps)), "0")
    word: Tree = index(areas[f"bands.{key}"], row.cell("Band"))
    if _has_target(row):
        word = when(equals(row.cell("Judged by"), ONE), index(areas["status"], row.cell("Code")), word)
    row.put("Status", when(blank(actual), spots["no_data"], word))


def defined(metric: Metric) -> str:
    """The metric whose bands a rival definition shares."""
    return metric.base or metric.id


def _verdict(row: ResultRow) -> Tree:
    """Favourable or not, by the metric's direction; a signed difference without a target is judged against 0."""
    metric, actual, words = row.metric, row.cell("Actual"), row.book.areas["verdict"]
    if metric.good is None:
        return EMPTY
    if metric.good == "range":
        inside = plus(ONE, times(TWO, equals(row.cell("Code"), ONE)))
        return when(blank(row.cell("Code")), EMPTY, index(words, inside))
    bound: Tree = ZERO if metric.signed and metric.target is None else _sides(row)[0][0]
    reached, beyond = (Binary(sign, actual, bound) for sign in _toward(metric))
    needed = [actual] if bound == ZERO else [actual, bound]
    return when(missing(needed), EMPTY, index(words, plus(ONE, reached, beyond)))


def _toward(metric: Metric) -> tuple[Operator, Operator]:
    """The comparisons "reached" and "more than reached"."""
    return (">=", ">") if metric.good == "higher" else ("<=", "<")


def _against_industry(row: ResultRow) -> Tree:
    """Below, in or above a range; met or missed of a single bound, which may itself not count."""
    metric, actual, areas = row.metric, row.cell("Actual"), row.book.areas
    if not metric.benchmarks:
        return EMPTY
    first = metric.benchmarks[0]
    low, high = row.cell("Industry from"), row.cell("Industry to")
    has_low = first.from_ is not None or first.above is not None
    has_high = first.to is not None or first.below is not None
    if has_low and has_high:
        words = areas["industry_lower" if metric.good == "lower" else "industry_higher"]
        step = plus(ONE, binary(">=", actual, low), binary(">", actual, high))
        return when(missing([actual, low, high]), EMPTY, index(words, step))
    signs: dict[tuple[bool, bool], Operator] = {
        (True, True): ">", (True, False): ">=", (False, True): "<", (False, False): "<=",
    }  # fmt: skip
    bound = low if has_low else high
    met = plus(ONE, Binary(signs[has_low, is_strict(first)], actual, bound))
    return when(missing([actual, bound]), EMPTY, index(areas["met"], met))


def _trend(row: ResultRow) -> None:
    actual, before = row.cell("Actual"), row.cell("Comparison")
    now, then = (row.cell("Change in points"), ZERO) if is_percent(row.metric) else (actual, before)
    step = plus(ONE, binary(">=", now, then), binary(">", now, then))
    row.put("Trend", when(missing([actual, before]), EMPTY, index(row.book.areas["arrows"], step)))

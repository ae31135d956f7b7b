"""Targets by period: the number in force on Targets, spread over the periods as its metric rolls up."""

from __future__ import annotations

from metricbook.formula.tree import Binary, Call, Tree
from metricbook.layout.book import Book
from metricbook.layout.frame import FIXED
from metricbook.layout.shapes import (
    EMPTY,
    ZERO,
    blank,
    call,
    equals,
    fixed,
    guarded,
    head,
    here,
    minus,
    plus,
    times,
    when,
)
from metricbook.model.metric import Metric

OWN, HISTORY, INDUSTRY, MODEL = 1, 2, 3, 4


def target_number(book: Book, line: Metric) -> Tree:
    """The number in force, per period: a year's target over the year's periods, a quarter's over the quarter's."""
    in_force = book.spots[f"in_force.{line.id}"]
    return book.once_begun(when(blank(in_force), EMPTY, per_period(book, line, in_force)))


def per_period(book: Book, line: Metric, value: Tree) -> Tree:
    """A number that is meant for a year or quarter, per period."""
    target = book.model.metrics[line.target_of].target
    per = target.per if target else "period"
    return value if per == "period" else Binary("/", value, book.mark(f"per_{per}", here=False))


def target_in_period(book: Book, line: Metric, row: int) -> Tree:
    """The target of one period: constant, given by period, on a straight path, or a formula's."""
    constant = fixed(row, FIXED)
    own = _own(book, line, row)
    history, model = (_formula(book, line, f"{line.target_of}.{name}") for name in ("history", "model"))
    if own == history == model == constant:
        return constant
    return Call("CHOOSE", (book.spots[f"basis.{line.id}"], own, history, constant, model))


def _formula(book: Book, line: Metric, id: str) -> Tree:
    """What a formula of the target gives in this period; the number in force where there is no formula."""
    if id not in book.model.metrics:
        return fixed(book.row(line.id), FIXED)
    value = _read(book, id)
    part = per_period(book, line, value)
    return value if part == value else guarded(part, [value])


def _own(book: Book, line: Metric, row: int) -> Tree:
    target = book.model.metrics[line.target_of].target
    constant = fixed(row, FIXED)
    if f"{line.id}_own" in book.model.metrics:
        return _formula(book, line, f"{line.id}_own")
    if book.has(line.id, (), "typed"):
        phase = here(book.row(line.id, (), "typed"))
        return when(equals(call("COUNT", phase), ZERO), constant, phase)
    if target is not None and target.path is not None and target.opening in book.model.metrics:
        opening = _read(book, target.opening or "")
        steps = call("MAX", book.frame.periods(book.marks["number"]))
        way = Binary("/", times(minus(constant, opening), head(book.marks["number"])), steps)
        return guarded(plus(opening, way), [opening, constant])
    return constant


def _read(book: Book, id: str) -> Tree:
    row = book.row(id)
    return here(row) if book.model.metrics[id].timed else fixed(row, FIXED)

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
    parent = book.model.metrics[line.target_of]
    in_force = book.spots[f"in_force.{line.id}"]
    per = parent.target.per if parent.target else "period"
    value: Tree = in_force if per == "period" else Binary("/", in_force, book.mark(f"per_{per}", here=False))
    return when(blank(in_force), EMPTY, value)


def target_in_period(book: Book, line: Metric, row: int) -> Tree:
    """The target of one period: constant, given by period, on a straight path, or the model's."""
    own = _own(book, line, row)
    model_id = f"{line.target_of}.model"
    constant = fixed(row, FIXED)
    if own == constant and model_id not in book.model.metrics:
        return constant
    model: Tree = EMPTY
    if model_id in book.model.metrics:
        model = _read(book, model_id)
    basis = book.spots[f"basis.{line.id}"]
    return Call("CHOOSE", (basis, own, constant, constant, model))


def _own(book: Book, line: Metric, row: int) -> Tree:
    target = book.model.metrics[line.target_of].target
    constant = fixed(row, FIXED)
    formula = f"{line.id}_own"
    if formula in book.model.metrics:
        return _read(book, formula)
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

"""Periods that are not whole yet: what eight months brought is not compared with what twelve did."""

from __future__ import annotations

from metricbook.formula.tree import Tree
from metricbook.layout.book import Book
from metricbook.layout.frame import COMPARISON, CURRENT
from metricbook.layout.shapes import EMPTY, equals, join, missing, when
from metricbook.layout.short_forms import AMOUNTS
from metricbook.model.metric import Metric


def is_said(book: Book) -> bool:
    """Does an input say how many months of a period the numbers cover?"""
    return book.model.periods.covered in book.model.metrics


def grows(book: Book, metric: Metric) -> bool:
    """Is it an amount that is more the more months are covered? Prices and rates are not."""
    if metric.unit not in AMOUNTS or metric.id in book.formats.prices or not metric.timed:
        return False
    ids = book.inputs_of(metric.id)
    summed = any(book.model.metrics[id].over_periods == "sum" for id in ids)
    return metric.over_periods in ("sum", "recompute") and (summed or book.model.periods.covered in ids)


def alike(book: Book, metric: Metric, value: Tree, column: int) -> Tree:
    """The value in another window, and blank where that one covers more or fewer months than the current one."""
    if not is_said(book) or not grows(book, metric):
        return value
    now, then = (book.value(book.model.periods.covered, each) for each in (CURRENT, column))
    return when(equals(now, then), value, EMPTY)


def unlike(book: Book) -> Tree:
    """ "8 months against 12", and nothing where both windows cover as many."""
    if not is_said(book):
        return EMPTY
    now, then = (book.value(book.model.periods.covered, column) for column in (CURRENT, COMPARISON))
    return when(
        missing([now, then]), EMPTY, when(equals(now, then), EMPTY, join(now, book.say("against_months"), then))
    )

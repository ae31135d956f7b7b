"""A number explained in a line: 50,000 ÷ 100 ÷ (100 × 80%) = 6.3 mo, one token a cell, made from its formula."""

from __future__ import annotations

from dataclasses import dataclass, replace

from metricbook.formula.excel import PRECEDENCE, number
from metricbook.formula.tree import Area, Binary, Cell, Name, Number, Operator, Tree, names, walk
from metricbook.layout.book import Book
from metricbook.layout.dictionary import formula_in_words, in_words
from metricbook.layout.divided import current_cell
from metricbook.layout.page_grid import FIRST, LAST, NAME, Page
from metricbook.layout.plan import Rule
from metricbook.layout.result_row import signed
from metricbook.layout.shapes import EMPTY, equals
from metricbook.layout.short_forms import is_points
from metricbook.layout.shown import metrics_of
from metricbook.model.metric import Metric
from metricbook.source.schema import Items

TITLE = "How these numbers come about"
SIGNS: dict[Operator, str] = {"+": "+", "-": "−", "*": "×", "/": "÷"}
MOST = 4
"""How many numbers a line holds before its result."""


@dataclass(frozen=True)
class Token:
    """A sign, or a value with the metric whose number format it has."""

    sign: str = ""
    value: Cell | None = None
    metric: Metric | None = None


def draw(page: Page, items: Items) -> None:
    """Draw each metric as its name with the line, and beneath it the same in words."""
    page.heading(TITLE)
    for metric in metrics_of(page.book, items):
        _line(page, metric)
    page.row += 1


def _line(page: Page, metric: Metric) -> None:
    book, canvas, where = page.book, page.canvas, page.book.total(metric.id)
    canvas.put(page.row, NAME, metric.label, "item_label")
    page.define(metric)
    found = tokens(book, metric)
    result, format = page.value(metric, where), book.formats.card(metric)
    if is_points(metric):
        result, format = page.result(metric, where, "Actual in points"), signed(book.formats.difference(metric))
    for column, token in enumerate(found, FIRST):
        if token.value is None or token.metric is None:
            canvas.put(page.row, column, token.sign, "explain_sign")
            continue
        canvas.put(page.row, column, token.value, "explain_value", book.formats.of(token.metric))
        canvas.link(page.row, column, token.value, "Go to its calculation")
    at = FIRST + len(found)
    if found:
        first, end = (Cell(page.row, column, fixed=True) for column in (FIRST, at))
        canvas.rules.append(Rule(Area(first, end), equals(replace(end, lock_row=True), EMPTY), "unseen"))
    canvas.put(page.row, at, result, "explain_result", format)
    page.explain(metric, where, at)
    canvas.put(page.row + 1, NAME, _in_words(book, metric, bool(found)), "item_note")
    canvas.across(page.row + 1, FIRST, LAST, None, "item_note")
    page.row += 2


def _in_words(book: Book, metric: Metric, opened: bool) -> str:
    """The line in words: of the numbers that it shows."""
    tree = _opened(book, metric) if opened else None
    return formula_in_words(book, metric) if tree is None else in_words(book, tree)


def tokens(book: Book, metric: Metric) -> list[Token]:
    """The line up to the equals sign; none where the formula is too long or is no plain arithmetic."""
    tree = _opened(book, metric)
    found = _merged([*_tokens(book, metric, tree), Token("=")]) if tree is not None else []
    return found if len(found) <= LAST - FIRST else []


def _opened(book: Book, metric: Metric) -> Tree | None:
    """The formula, its operands replaced by their own formulas as long as few enough numbers remain."""
    tree = metric.formula
    if tree is None or not _is_plain(book, metric, tree):
        return None
    for name in list(names(tree)):
        operand = book.model.metrics.get(name.id)
        if operand is None or operand.formula is None or name.part or name.where:
            continue
        longer = _replaced(tree, name, operand.formula)
        if _is_plain(book, operand, operand.formula) and _is_plain(book, metric, longer):
            tree = longer
    return tree


def _is_plain(book: Book, metric: Metric, tree: Tree) -> bool:
    """Is it arithmetic over few numbers that holds over any window, at the total?"""
    recomputed = metric.over_periods == "recompute" or not metric.timed
    plain = all(isinstance(node, Name | Number) or _is_sum(node) for node in walk(tree))
    total = metric.over_members == "recompute" or not metric.axes
    few = sum(isinstance(node, Name | Number) for node in walk(tree)) <= MOST
    return recomputed and total and plain and few and all(_cell(book, metric, name) for name in names(tree))


def _is_sum(node: Tree) -> bool:
    return isinstance(node, Binary) and node.op in SIGNS


def _cell(book: Book, metric: Metric, name: Name) -> Cell | None:
    known = name.id in book.model.metrics
    return current_cell(book, metric, book.total(metric.id), name) if known else None


def _replaced(tree: Tree, name: Name, by: Tree) -> Tree:
    if tree == name:
        return by
    if isinstance(tree, Binary):
        return Binary(tree.op, _replaced(tree.left, name, by), _replaced(tree.right, name, by))
    return tree


def _tokens(book: Book, metric: Metric, tree: Tree, level: int = 0) -> list[Token]:
    match tree:
        case Name():
            return [Token(value=_cell(book, metric, tree), metric=book.model.metrics[tree.id])]
        case Number(value):
            return [Token(number(value))]
        case Binary(op, left, right):
            own = PRECEDENCE[op]
            inside = [*_tokens(book, metric, left, own), Token(SIGNS[op]), *_tokens(book, metric, right, own + 1)]
            return [Token("("), *inside, Token(")")] if own < level else inside
        case _:
            return []


def _merged(tokens: list[Token]) -> list[Token]:
    """Signs that follow each other in one cell: ") ÷ ("."""
    found: list[Token] = []
    for token in tokens:
        if found and token.sign and found[-1].sign:
            found[-1] = Token(f"{found[-1].sign} {token.sign}".replace("( (", "((").replace(") )", "))"))
        else:
            found.append(token)
    return found

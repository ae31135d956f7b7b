"""What a metric is divided by, through any number of steps: a divisor that is 0 is why there is no value."""

from __future__ import annotations

from collections.abc import Iterator

from metricbook.formula.tree import Binary, Cell, Name, Tree, Unary, names, walk
from metricbook.layout.book import Book, formulas
from metricbook.layout.frame import CALCULATIONS, CURRENT, FIXED
from metricbook.layout.lower import Lowering
from metricbook.model.metric import Metric, Where
from metricbook.model.model import Model

MOST = 3
"""How many divisors of a metric a result looks at."""


def as_object(label: str) -> str:
    """A label inside a sentence: "New customers" is "new customers", "MQLs" stays.

    >>> as_object("New customers"), as_object("MQLs")
    ('new customers', 'MQLs')
    """
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def divisor_ids(model: Model) -> list[str]:
    """Every metric that some formula divides by."""
    found = (name.id for metric in model.metrics.values() for name in _divisors(metric))
    return [id for id in dict.fromkeys(found) if id in model.metrics]


def divisor_cells(book: Book, id: str, where: Where) -> list[tuple[str, Cell]]:
    """The divisors of a metric and of what it is made of, nearest first: each one's id and its value now."""
    found: dict[str, Cell] = {}
    todo, seen = [(id, where)], set()
    while todo and len(found) < MOST:
        each, at = todo.pop(0)
        if (each, at) in seen:
            continue
        seen.add((each, at))
        metric = book.model.metrics[each]
        for name in _divisors(metric):
            cell = _cell(book, metric, at, name)
            if cell is not None and name.id in book.model.metrics:
                found.setdefault(name.id, cell)
        todo += [(operand, there) for operand, there in _operands(book, metric, at)]
    return list(found.items())[:MOST]


def current_cell(book: Book, metric: Metric, where: Where, name: Name) -> Cell | None:
    """The cell that holds a name of a metric's formula over the current window; None where no one cell does."""
    return _cell(book, metric, where, name)


def _cell(book: Book, metric: Metric, where: Where, name: Name) -> Cell | None:
    try:
        found = Lowering(book, metric.axes, where, 0).reference(name)
    except (KeyError, StopIteration):
        return None
    if not isinstance(found, Cell) or found.sheet:
        return None
    return Cell(found.row, FIXED if found.fixed else CURRENT, fixed=True, sheet=CALCULATIONS, lock_row=True)


def _operands(book: Book, metric: Metric, where: Where) -> Iterator[tuple[str, Where]]:
    """What a metric is made of, where it stands at the same coordinate or has one value."""
    for tree in formulas(metric):
        for name in names(tree):
            if name.id in book.model.metrics and not name.part and not name.where:
                axes = book.model.metrics[name.id].axes
                at = where if axes == metric.axes else book.total(name.id)
                if book.has(name.id, at):
                    yield name.id, at


def _divisors(metric: Metric) -> Iterator[Name]:
    """The names that a metric's own formula divides by."""
    if metric.target_of:
        return
    for tree in formulas(metric):
        for node in walk(tree):
            if isinstance(node, Binary) and node.op == "/":
                yield from _factors(node.right)


def _factors(tree: Tree) -> Iterator[Name]:
    match tree:
        case Name(id, part) if not part and id != "period":
            yield tree
        case Binary("*", one, other):
            yield from _factors(one)
            yield from _factors(other)
        case Unary(operand):
            yield from _factors(operand)
        case _:
            return

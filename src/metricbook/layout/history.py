"""How many periods a metric must look back over before it has a value."""

from __future__ import annotations

from metricbook.formula.tree import Call, Name, Tree, names
from metricbook.layout.book import Book, formulas, operand_ids
from metricbook.layout.timeline import distance


def needs_periods(book: Book, id: str, seen: tuple[str, ...] = ()) -> int:
    """The number of periods of data that a metric needs: 1 unless it looks along the periods."""
    if id in seen:
        return 1
    metric = book.model.metrics[id]
    most = 1
    for tree in formulas(metric):
        deepest = max(
            (
                needs_periods(book, operand, (*seen, id))
                for name in names(tree)
                for operand in operand_ids(book.model, name)
            ),
            default=1,
        )
        most = max(most, deepest + _reach(book, tree))
    return most


def _reach(book: Book, tree: Tree) -> int:
    """How many periods before its own a function looks at without something that stands in for them."""
    if not isinstance(tree, Call) or tree.function not in ("AGO", "ROLLING"):
        return 0
    operand = tree.args[0]
    assert isinstance(operand, Name)
    return distance(book, tree.args[1]) - (1 if tree.function == "ROLLING" else 0)

"""Where a formula asks whether it is defined: divisions there would be errors, other periods are not spoken of."""

from __future__ import annotations

from collections.abc import Iterator

from metricbook.formula.functions import FUNCTIONS
from metricbook.formula.tree import Binary, Call, Tree, Unary, walk
from metricbook.model.axes import Axes
from metricbook.model.drafts import Draft
from metricbook.source.document import Steps


def check_divisions(axes: Axes, draft: Draft) -> None:
    """Add a fault for each division inside a divisor, under a power, or in `undefined_if`."""
    for tree, spot in draft.defining():
        for condition in _conditions(tree):
            _refuse(axes, draft, condition, spot)
    if draft.undefined is not None:
        _refuse(axes, draft, draft.undefined, (*draft.path, "undefined_if"))
        _refuse_along_periods(axes, draft)


def _refuse_along_periods(axes: Axes, draft: Draft) -> None:
    """A value taken from other periods is n/a where they are; this period's condition would not speak of them."""
    for tree, _ in draft.defining():
        if isinstance(tree, Call) and FUNCTIONS[tree.function].kind == "period":
            sentence = (
                f"{draft.id} is taken over from elsewhere by {tree.function}; `undefined_if` cannot stand here."
            )
            hint = "Say it of the metric that is looked at, or give the condition a metric of its own."
            axes.faults.add("undefined-beside-function", (*draft.path, "undefined_if"), sentence, hint)


def check_statement(axes: Axes, draft: Draft, tree: Tree, spot: Steps) -> None:
    """Add a fault for each division in a check, which is itself a condition."""
    _refuse(axes, draft, tree, spot)


def _refuse(axes: Axes, draft: Draft, condition: Tree, spot: Steps) -> None:
    for node in walk(condition):
        if isinstance(node, Binary) and node.op == "/":
            sentence = f"{draft.id} depends on whether a quotient is defined, and that cannot be asked of a division."
            axes.faults.add("division-in-condition", spot, sentence, "Make the division its own metric.", node.span)


def _conditions(tree: Tree) -> Iterator[Tree]:
    """What must not be zero or negative, so that the formula is defined."""
    for node in walk(tree):
        if isinstance(node, Binary) and node.op == "/":
            yield from _factors(node.right)
        if isinstance(node, Binary) and node.op == "^":
            yield node.left


def _factors(tree: Tree) -> Iterator[Tree]:
    """The factors of a divisor; the divisors in a chain of products and quotients are looked at on their own."""
    if isinstance(tree, Binary) and tree.op in "*/":
        yield from _factors(tree.left)
        if tree.op == "*":
            yield from _factors(tree.right)
    elif isinstance(tree, Unary):
        yield from _factors(tree.operand)
    else:
        yield tree

"""How a metric grows with the length of a window: a ratio must not, or it would mean something else in each view."""

from __future__ import annotations

from metricbook.formula.tree import Area, Binary, Call, Cell, Name, Number, Text, Tree, Unary
from metricbook.model.axes import Axes
from metricbook.model.drafts import Draft
from metricbook.model.units import sums

Grown = dict[str, int | None]


def check_growth(axes: Axes, draft: Draft, lengths: int) -> None:
    """A recomputed ratio must not grow with the window; where a window has one length only, nothing can grow."""
    recomputed = draft.rollup("period") in (None, "recompute") and draft.spec.input is None and not draft.target_of
    if lengths == 1 or not recomputed or draft.over_rows or not axes.shapes[draft.id].timed:
        return
    grows = degree(draft, axes, {})
    if grows == 0 or (grows == 1 and sums(draft.spec.unit or "")):
        return
    sentence = f"{draft.id} would change with the length of the view: what adds up over time meets what does not."
    hint = "Give it a clock of its own (ROLLING, TODATE, WHOLE), put time into its unit, or say `rollup: last`."
    axes.faults.add("window-clash", next((spot for _, spot in draft.defining()), draft.path), sentence, hint)


def degree(draft: Draft, axes: Axes, seen: Grown) -> int | None:
    """How a metric grows with the length of a window: 0 not at all, 1 like a sum; None where its parts disagree."""
    if draft.id in seen:
        return seen[draft.id]
    seen[draft.id] = 0  # inside a loop through PREVIOUS a metric is a level
    stated = draft.rollup("period")
    if not axes.shapes[draft.id].timed:
        grows: int | None = 0
    elif stated is not None and stated != "recompute":
        grows = 1 if stated == "sum" else 0
    elif draft.target_of:
        grows = degree(axes.scope.drafts[draft.target_of], axes, seen)
    elif draft.spec.input is not None:
        grows = 0
    else:
        grows = _agree([_degree(tree, axes, seen) for tree, _ in draft.defining()])
    seen[draft.id] = grows
    return grows


def _degree(tree: Tree, axes: Axes, seen: Grown) -> int | None:
    match tree:
        case Name(id="period"):
            return 1 if tree.part == "months" else 0
        case Name():
            id = axes.scope.resolve(tree)
            return degree(axes.scope.drafts[id], axes, seen) if id else 0
        case Call("COUNTIFS" | "SUMIFS"):
            return 1 if Name("period") in tree.args else 0
        case Call(function, args):
            chosen = args[1:] if function == "IF" else args
            return _agree([_degree(arg, axes, seen) for arg in chosen if not _is_zero(arg)])
        case Binary("*" | "/" as op, left, right):
            one, other = _degree(left, axes, seen), _degree(right, axes, seen)
            return None if one is None or other is None else one + other * (1 if op == "*" else -1)
        case Binary("+" | "-", left, right):
            return _agree([_degree(part, axes, seen) for part in (left, right) if not _is_zero(part)])
        case Unary(operand):
            return _degree(operand, axes, seen)
        case Binary() | Number() | Text() | Cell() | Area():
            return 0


def _agree(grades: list[int | None]) -> int | None:
    """The degree that all parts have; nothing grows where there are no parts."""
    if not grades:
        return 0
    return grades[0] if all(each == grades[0] for each in grades) else None


def _is_zero(tree: Tree) -> bool:
    return isinstance(tree, Number) and tree.value == 0

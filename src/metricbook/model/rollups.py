"""How a metric becomes a total over members and a value over a window of periods, and where it has a total at all."""

from __future__ import annotations

from collections.abc import Mapping

from metricbook.formula.functions import FUNCTIONS
from metricbook.formula.tree import Binary, Call, Name, Tree, walk
from metricbook.model.axes import Axes, Shape
from metricbook.model.dimensions import Dimension
from metricbook.model.drafts import Draft
from metricbook.model.metric import Axis, MemberRollup, PeriodRollup
from metricbook.model.units import TIME, WORDS, sums
from metricbook.problems import Problem


def over_periods(draft: Draft, shape: Shape, axes: Axes) -> PeriodRollup:
    """The stated rollup along the periods, or what follows from the kind of metric. Faults are added to the axes' problems."""
    stated = _stated(draft, "period")
    unit = draft.spec.unit or ""
    at = axes.scope.flat.at(*draft.path, "rollup")

    def fault(code: str, sentence: str, hint: str) -> None:
        axes.problems.append(Problem(code, sentence, hint, at))

    if not shape.timed:
        return "recompute"
    if draft.target_of:
        parent = axes.scope.drafts[draft.target_of]
        return "sum" if over_periods_of_parent(parent, axes) else "last"
    if draft.spec.input is not None:
        if stated is None:
            if unit in WORDS:
                return "last"
            fault("no-rollup", f"{draft.id} does not say what a quarter of it is.", "Add `rollup: sum`, `last`, `first`, `average` or `none`.")
            return "none"
        if stated == "recompute":
            fault("rollup-of-input", f"{draft.id} is typed in, so there is nothing to recompute.", "Say sum, last, first, average or none.")
    elif stated is None:
        if is_period_function(draft.formula):
            fault("no-rollup", f"{draft.id} looks along the periods and does not say what a quarter of it is.",
                  "Add `rollup: last`, or `first` for an opening balance.")  # fmt: skip
        elif _is_product(draft, axes):
            fault("product-rollup", f"{draft.id} multiplies two metrics that vary by period, so its quarter is not the product of the quarters' totals.",
                  "Add `rollup: sum`, or `recompute` if the product of totals is meant.")  # fmt: skip
        return "recompute"
    if stated == "sum" and not sums(unit) and unit not in TIME:
        fault("sum-of-rates", f"{draft.id} is in {unit}, which does not add up over periods.", "Say last, first, or average with a `weight`.")
    if stated == "average" and draft.spec.weight is None and unit.partition("/")[0] in ("percent", "ratio", "points"):
        fault("average-of-ratios", f"{draft.id} averages a ratio without a weight.", "Name its denominator as `weight:`.")
    return stated or "recompute"


def over_periods_of_parent(parent: Draft, axes: Axes) -> bool:
    """Does the metric of a target add up over periods, so that its target does too?"""
    if _stated(parent, "period") is not None:
        return _stated(parent, "period") == "sum"
    return parent.spec.input is None and degree(parent, axes, {}) == 1


def _stated(draft: Draft, axis: str) -> PeriodRollup | None:
    rollup = draft.spec.rollup
    return rollup.get(axis) if isinstance(rollup, dict) else rollup


def over_members(draft: Draft, shape: Shape) -> MemberRollup:
    """What Total is: the sum of members, their weighted average, the formula applied again, or nothing."""
    unit = draft.spec.unit or ""
    stated = _stated(draft, "period")
    by_axis = [r for name, r in draft.spec.rollup.items() if name != "period"] if isinstance(draft.spec.rollup, dict) else []
    if by_axis:
        return "sum" if by_axis[0] == "sum" else "none"
    if draft.spec.input is None:
        if draft.by_member:
            return "sum" if sums(unit) else "none"
        return "sum" if stated == "sum" else "recompute"
    if stated == "average" and draft.spec.weight is not None:
        return "weighted"
    return "sum" if sums(unit) and stated != "none" else "none"


def has_totals(
    draft: Draft, shape: Shape, how: MemberRollup, axes: Axes, known: Mapping[str, tuple[bool, ...]]
) -> tuple[bool, ...]:
    """Per axis: is there a value at Total?"""
    return tuple(_has_total(draft, axis, how, axes, known) for axis in shape.axes)


def _has_total(
    draft: Draft, axis: Axis, how: MemberRollup, axes: Axes, known: Mapping[str, tuple[bool, ...]]
) -> bool:
    if how == "none" or not all(axes.dimensions[name].total for name in axis):
        return False
    if how != "recompute":
        return True
    for tree in draft.trees():
        for name, operand in axes.scope.operands(tree):
            for number, theirs in enumerate(axes.shapes[operand.id].axes):
                open_ = theirs in axes.free(name, axes.shapes[operand.id].axes)
                if open_ and axes.related(axis, theirs) and not known.get(operand.id, (True,) * 9)[number]:
                    return False
    return True


def is_period_function(tree: Tree | None) -> bool:
    """Is the formula one of the functions along the periods?"""
    return isinstance(tree, Call) and FUNCTIONS[tree.function].kind == "period" and tree.function != "COALESCE"


def _is_product(draft: Draft, axes: Axes) -> bool:
    """Does it multiply two metrics that vary by period into an amount, outside any quotient?"""
    if not sums(draft.spec.unit or "") or draft.formula is None:
        return False
    tree = draft.formula
    if any(isinstance(node, Binary) and node.op == "/" for node in walk(tree)):
        return False
    return any(
        isinstance(node, Binary) and node.op == "*" and _timed(node.left, axes) and _timed(node.right, axes)
        for node in walk(tree)
    )


def _timed(tree: Tree, axes: Axes) -> bool:
    for node in walk(tree):
        if isinstance(node, Name) and (id := axes.scope.resolve(node)) is not None and axes.shapes[id].timed:
            return True
    return False


def degree(draft: Draft, axes: Axes, seen: dict[str, int | None]) -> int | None:
    """How a metric grows with the length of a window: 0 not at all, 1 like a sum; None where its parts disagree."""
    if draft.id in seen:
        return seen[draft.id]
    seen[draft.id] = 0  # inside a loop through PREVIOUS a metric is a level
    stated = _stated(draft, "period")
    if not axes.shapes[draft.id].timed:
        grows: int | None = 0
    elif stated is not None and stated != "recompute":
        grows = 1 if stated == "sum" else 0
    elif draft.target_of:
        grows = degree(axes.scope.drafts[draft.target_of], axes, seen)
    elif draft.spec.input is not None:
        grows = 0
    else:
        grades = [_degree(tree, axes, seen) for tree in draft.trees() if tree is not draft.undefined]
        grows = grades[0] if grades and all(each == grades[0] for each in grades) else None
    seen[draft.id] = grows
    return grows


def _degree(tree: Tree, axes: Axes, seen: dict[str, int | None]) -> int | None:
    if isinstance(tree, Name):
        id = axes.scope.resolve(tree)
        return degree(axes.scope.drafts[id], axes, seen) if id else 0
    if isinstance(tree, Call):
        args = tree.args[1:] if tree.function == "IF" else tree.args
        return _agree([_degree(arg, axes, seen) for arg in args if not _is_zero(arg)])
    if isinstance(tree, Binary):
        left, right = _degree(tree.left, axes, seen), _degree(tree.right, axes, seen)
        if tree.op in "*/":
            return None if left is None or right is None else left + right * (1 if tree.op == "*" else -1)
        return _agree([left, right]) if tree.op in "+-" else 0
    return _degree(tree.operand, axes, seen) if hasattr(tree, "operand") else 0


def _agree(grades: list[int | None]) -> int | None:
    return grades[0] if grades and all(each == grades[0] for each in grades) else None if grades else 0


def _is_zero(tree: Tree) -> bool:
    return getattr(tree, "value", None) == 0


def group_rows(dimension: Dimension, group: str) -> tuple[int, int]:
    """First and last position (from 0) of a group's members, which stand together."""
    spots = [number for number, member in enumerate(dimension.members) if member.group == group]
    return spots[0], spots[-1]

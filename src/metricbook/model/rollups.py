"""How a metric becomes a total over members and a value over a window of periods, and where it has a total at all."""

from __future__ import annotations

from collections.abc import Mapping

from metricbook.formula.aggregates import aggregates, criteria
from metricbook.formula.functions import FUNCTIONS
from metricbook.formula.tree import Binary, Call, Name, Text, Tree, walk
from metricbook.model.axes import Axes, Shape
from metricbook.model.drafts import Draft
from metricbook.model.growth import degree
from metricbook.model.metric import Axis, MemberRollup, PeriodRollup
from metricbook.model.units import TIME, WORDS, sums

OF_PERIODS = ("first", "last")
BLANK = Text("")


def over_periods(draft: Draft, shape: Shape, axes: Axes) -> PeriodRollup:
    """The stated rollup along the periods, or what follows from the kind of metric."""
    stated = draft.rollup("period")
    if not shape.timed:
        return "recompute"
    if draft.target_of:
        parent = axes.scope.drafts[draft.target_of]
        return "sum" if _adds_up(parent, axes) else "last"
    if stated is not None:
        return stated
    if draft.spec.input is not None:
        return "last" if draft.spec.unit in WORDS else "none"
    if draft.over_rows:
        # rows that fall in a period add up over periods; rows until its end are a level
        return "sum" if any(Name("period") in call.args for call in aggregates(draft.formula or BLANK)) else "last"
    return "recompute"


def check_rollup(axes: Axes, draft: Draft) -> None:
    """Add a fault where the rollup along the periods or a dimension is missing, or makes no sense."""
    if draft.table:
        return  # a row is rolled up by COUNTIFS and SUMIFS alone
    stated = draft.rollup("period")
    if stated is not None and axes.shapes[draft.id].timed:
        _check_stated(draft, axes, stated)
    elif stated is None and not draft.target_of:
        _check_missing(draft, axes)
    _check_by_dimension(draft, axes)
    if draft.spec.weight is not None:
        _check_weight(draft, axes, draft.spec.weight)


def _check_missing(draft: Draft, axes: Axes) -> None:
    if draft.spec.input is not None:
        if axes.shapes[draft.id].timed and draft.spec.unit not in WORDS:
            sentence = f"{draft.id} does not say what a quarter of it is."
            _add(axes, draft, "no-rollup", sentence, "Add `rollup: sum`, `last`, `first`, `average` or `none`.")
    elif is_period_function(draft.formula):
        sentence = f"{draft.id} looks along the periods and does not say what a quarter of it is."
        _add(axes, draft, "no-rollup", sentence, "Add `rollup: last`, or `first` for an opening balance.")
    elif not _by_dimension(draft) and any(_is_product(tree, draft, axes) for tree, _ in draft.defining()):
        sentence = f"{draft.id} multiplies two metrics that vary together, so its total is not the product of totals."
        hint = "Add `rollup: sum`, or `recompute` if the product of totals is meant."
        _add(axes, draft, "product-rollup", sentence, hint)


def _check_stated(draft: Draft, axes: Axes, stated: PeriodRollup) -> None:
    unit = draft.spec.unit or ""
    if draft.spec.input is not None and stated == "recompute":
        sentence = f"{draft.id} is typed in, so there is nothing to recompute."
        _add(axes, draft, "rollup-of-input", sentence, "Say sum, last, first, average or none.")
    if stated == "sum" and not sums(unit) and unit not in TIME:
        sentence = f"{draft.id} is in {unit}, which does not add up over periods."
        _add(axes, draft, "sum-of-rates", sentence, "Say last, first, or average with a `weight`.")
    if stated == "average" and draft.spec.weight is None and unit.partition("/")[0] in ("percent", "ratio", "points"):
        sentence = f"{draft.id} averages a ratio without a weight."
        _add(axes, draft, "average-of-ratios", sentence, "Name its denominator as `weight:`.")


def _check_by_dimension(draft: Draft, axes: Axes) -> None:
    stated = draft.spec.rollup
    if not isinstance(stated, dict):
        return
    known = {name for axis in axes.shapes[draft.id].axes for name in axis}
    for name, how in stated.items():
        path = (*draft.path, "rollup", name)
        if name != "period" and name not in known and name not in axes.hidden:
            axes.faults.add("unknown-dimension", path, f"{draft.id} is not by {name}.", "Leave it out of `rollup`.")
        elif name != "period" and how in OF_PERIODS:
            sentence = f"{how} speaks of periods; {name} has members."
            axes.faults.add(
                "rollup-of-members", path, sentence, "Say sum, none, recompute, or average with a `weight`."
            )
        elif name != "period" and how == "average" and draft.spec.weight is None:
            sentence = f"{draft.id} averages over {name} without a weight."
            axes.faults.add("average-of-ratios", path, sentence, "Name its denominator as `weight:`.")
    if len({how for name, how in stated.items() if name != "period" and how != "none"}) > 1:
        sentence = f"{draft.id} adds up in one way over one dimension and in another over the other."
        _add(axes, draft, "mixed-rollup", sentence, "Say the same for both, or `none` for one.")


def _check_weight(draft: Draft, axes: Axes, weight: str) -> None:
    shape, path = axes.shapes[draft.id], (*draft.path, "weight")
    if weight not in axes.shapes:  # said by the names already
        return
    theirs = axes.shapes[weight]
    if shape.timed and not theirs.timed:
        sentence = f"{draft.id} is by period, so its weight {weight} must be too."
        axes.faults.add("weight", path, sentence, "Weigh by a count or amount of each period.")
    for axis in shape.axes:
        if _averages(draft) and not any(axes.related(axis, other) for other in theirs.axes):
            sentence = f"{weight} is not by {'/'.join(axis)}, so members of {draft.id} cannot be weighted by it."
            axes.faults.add("weight", path, sentence, "Weigh by a metric that has the same dimension.")
    if axes.scope.drafts[weight].spec.unit in WORDS:
        axes.faults.add("weight", path, f"{weight} is no number.", "Weigh by a count or an amount.")
    if not _averages(draft):
        axes.faults.add("weight", path, f"{draft.id} has a weight but no average.", "Add `rollup: average`.")


def _averages(draft: Draft) -> bool:
    stated = draft.spec.rollup
    return stated == "average" or (isinstance(stated, dict) and "average" in stated.values())


def _add(axes: Axes, draft: Draft, code: str, sentence: str, hint: str) -> None:
    axes.faults.add(code, (*draft.path, "rollup"), sentence, hint)


def _adds_up(parent: Draft, axes: Axes) -> bool:
    """Does the metric of a target add up over periods, so that its target does too?"""
    stated = parent.rollup("period")
    if stated is not None and stated != "recompute":
        return stated == "sum"
    return parent.spec.input is None and degree(parent, axes, {}) == 1


def over_members(draft: Draft) -> MemberRollup:
    """What Total is: the sum of members, their weighted average, the formula applied again, or nothing."""
    by_axis = _by_dimension(draft)
    if by_axis:
        stated = next((how for how in by_axis.values() if how != "none"), "none")
        return {"sum": "sum", "average": "weighted", "recompute": "recompute"}.get(stated, "none")  # type: ignore[return-value]
    if draft.over_rows:
        return "recompute"  # without the criterion of the members: rows of no member count in the total
    period, adds = draft.rollup("period"), sums(draft.spec.unit or "")
    if draft.spec.input is None:
        if draft.by_member:
            return "sum" if adds else "none"
        return "sum" if period == "sum" else "recompute"
    if _averages(draft) and draft.spec.weight is not None:
        return "weighted"
    return "sum" if adds and period != "none" else "none"


def _by_dimension(draft: Draft) -> dict[str, PeriodRollup]:
    stated = draft.spec.rollup
    return {name: how for name, how in stated.items() if name != "period"} if isinstance(stated, dict) else {}


def totals_of(draft: Draft, axes: Axes, how: MemberRollup, known: Mapping[str, tuple[bool, ...]]) -> tuple[bool, ...]:
    """Per axis: is there a value at Total?"""
    if draft.table:
        return (False,) * len(axes.shapes[draft.id].axes)  # a row is what it is at each member
    return tuple(
        _by_dimension(draft).get(axis[0]) != "none" and _has_total(draft, axis, how, axes, known)
        for axis in axes.shapes[draft.id].axes
    )


def _has_total(
    draft: Draft, axis: Axis, how: MemberRollup, axes: Axes, known: Mapping[str, tuple[bool, ...]]
) -> bool:
    if how == "none" or not all(axes.dimensions[name].total for name in axis):
        return False
    if how != "recompute":
        return True
    if draft.over_rows and any(axes.dimensions[name].of for name in axis):
        return False  # rows of no criterion are those of all members, not only of this part
    for tree in draft.trees():
        for name, operand in axes.scope.operands(tree):
            theirs = axes.shapes[operand.id].axes
            there = known.get(operand.id, (True,) * len(theirs))
            for other in axes.free(name, theirs):
                if not axes.related(axis, other):
                    continue
                # the whole's total counts members that the part does not have
                if not there[theirs.index(other)] or axes.is_part(axis, other):
                    return False
    return True


def others_of(draft: Draft, axes: Axes, known: Mapping[str, tuple[bool, ...]]) -> tuple[bool, ...]:
    """Per axis: is there a value for records that match no member? Only where all that it is made of has one."""
    shape = axes.shapes[draft.id]
    if draft.table or draft.spec.input is not None or draft.by_member or over_members(draft) != "recompute":
        return (False,) * len(shape.axes)
    return tuple(_has_others(draft, axis, axes, known) for axis in shape.axes)


def _has_others(draft: Draft, axis: Axis, axes: Axes, known: Mapping[str, tuple[bool, ...]]) -> bool:
    if any(axes.dimensions[name].of for name in axis):
        return False
    if draft.over_rows:
        wanted = {each.id for tree in draft.trees() for call in aggregates(tree) for _, each in named(call)}
        return set(axis) <= wanted
    there = []
    for name, operand in (pair for tree in draft.trees() for pair in axes.scope.operands(tree)):
        theirs = axes.shapes[operand.id].axes
        found = known.get(operand.id, (True,) * len(theirs))
        there += [found[theirs.index(other)] for other in axes.free(name, theirs) if axes.related(axis, other)]
    return bool(there) and all(there)


def named(call: Call) -> list[tuple[Tree, Name]]:
    """The criteria of a call that are names, with their columns."""
    return [(column, wanted) for column, wanted in criteria(call) if isinstance(wanted, Name)]


def is_period_function(tree: Tree | None) -> bool:
    """Is the formula one of the functions along the periods?"""
    return isinstance(tree, Call) and FUNCTIONS[tree.function].kind == "period" and tree.function != "COALESCE"


def _is_product(tree: Tree, draft: Draft, axes: Axes) -> bool:
    """Does it multiply two metrics that vary together into an amount, outside any quotient?"""
    if not sums(draft.spec.unit or "") or any(isinstance(node, Binary) and node.op == "/" for node in walk(tree)):
        return False
    products = (node for node in walk(tree) if isinstance(node, Binary) and node.op == "*")
    return any(_vary_together(node.left, node.right, axes) for node in products)


def _vary_together(left: Tree, right: Tree, axes: Axes) -> bool:
    """Do both factors vary by period, or along one dimension?"""
    (one, one_timed), (other, other_timed) = _varies(left, axes), _varies(right, axes)
    return (one_timed and other_timed) or any(axes.related(a, b) for a in one for b in other)


def _varies(tree: Tree, axes: Axes) -> tuple[list[Axis], bool]:
    found: list[Axis] = []
    timed = False
    for node in walk(tree):
        if isinstance(node, Name) and (id := axes.scope.resolve(node)) is not None:
            timed |= axes.shapes[id].timed
            found += axes.free(node, axes.shapes[id].axes)
    return found, timed

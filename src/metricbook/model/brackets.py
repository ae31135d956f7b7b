"""What formulas read must have a line: brackets fix an axis, totals and groups exist, functions of time find time."""

from __future__ import annotations

from collections.abc import Mapping

from metricbook.formula.functions import FUNCTIONS
from metricbook.formula.tree import Call, Name, Number, names
from metricbook.model.axes import Axes, in_words
from metricbook.model.drafts import Draft
from metricbook.model.metric import Axis
from metricbook.problems import did_you_mean
from metricbook.source.document import Steps

Totals = Mapping[str, tuple[bool, ...]]


def check_reads(axes: Axes, draft: Draft, totals: Totals) -> None:
    """Add a fault for each coordinate, span or operand of a draft's formulas that cannot be read."""
    for tree, spot in draft.written():
        for name in names(tree):
            if (id := axes.scope.resolve(name)) is not None:
                _check_coordinate(axes, name, id, spot, totals[id])
        if isinstance(tree, Call) and FUNCTIONS[tree.function].kind == "period":
            _check_period_function(axes, draft, tree, spot)


def _check_coordinate(axes: Axes, name: Name, id: str, spot: Steps, totals: tuple[bool, ...]) -> None:
    left = dict(zip(axes.shapes[id].axes, totals, strict=True))
    if sum(bool(axes.scope.selects(token)) for token in name.where) > 1:
        sentence = f"{name.id} is chosen along two dimensions at once."
        axes.faults.add("two-selectors", spot, sentence, "Give the first choice its own metric.", name.span)
    for token in name.where:
        if token == "total":
            for axis in [axis for axis, has_total in left.items() if not has_total]:
                _no_total(axes, name, axis, spot)
            left = {}
            continue
        fitting = {axis: axes.on(token, axis) for axis in left if axes.on(token, axis)}
        dimensions = [dimension for found in fitting.values() for dimension in found]
        if not fitting:
            _unknown_member(axes, name, token, left, spot)
            continue
        if len(dimensions) > 1:
            sentence = f"{name.id}[{token}]: {token} is in {' and in '.join(dimensions)}."
            axes.faults.add("ambiguous-member", spot, sentence, "Give one of them another id.", name.span)
        axis = next(iter(fitting))
        is_group = token in dict(axes.dimensions[dimensions[0]].groups)
        if is_group and not left[axis]:
            _no_total(axes, name, axis, spot)
        del left[axis]


def _no_total(axes: Axes, name: Name, axis: Axis, spot: Steps) -> None:
    sentence = f"{name.id} has no total over {'/'.join(axis)}."
    hint = "Only amounts and counts add up; a rate needs `rollup: average` with a `weight`."
    axes.faults.add("no-total", spot, sentence, hint, name.span)


def _unknown_member(axes: Axes, name: Name, token: str, left: Mapping[Axis, bool], spot: Steps) -> None:
    known = [member.id for axis in left for each in axis for member in axes.dimensions[each].members]
    hint = did_you_mean(token, [*known, "total"]) or f"It is by {in_words(left)}."
    sentence = f"{name.id}[{token}]: {token} is no member, group or selector of {name.id}."
    axes.faults.add("unknown-member", spot, sentence, hint, name.span)


def _check_period_function(axes: Axes, draft: Draft, call: Call, spot: Steps) -> None:
    function, operand = call.function, call.args[0]
    if function in ("COALESCE", "PREVIOUS") and not isinstance(call.args[1], Name | Number):
        sentence = f"{function} takes a metric or a number there, not a calculation."
        span = getattr(call.args[1], "span", call.span)
        axes.faults.add("function-not-alone", spot, sentence, "Give the calculation its own metric.", span)
    id = axes.scope.resolve(operand) if isinstance(operand, Name) else None
    if function == "COALESCE":
        return
    if id is not None and not axes.shapes[id].timed:
        sentence = f"{function} looks along the periods, but {id} has one value for all of them."
        axes.faults.add("not-by-period", spot, sentence, "Name a metric that is by period.", call.span)
    if isinstance(operand, Name) and any(axes.scope.selects(token) for token in operand.where):
        sentence = f"{function} looks along one line, but {operand.id} is chosen in the workbook."
        hint = "Give the chosen value its own metric, and look along that."
        axes.faults.add("function-not-alone", spot, sentence, hint, operand.span)
    grain = axes.faults.flat.framework.dimensions["period"].grain if axes.has_time else None
    if grain == "year" and any(isinstance(arg, Name) and arg.id == "quarter" for arg in call.args[1:]):
        sentence = f"{draft.id} looks at a quarter, but the periods are years."
        axes.faults.add(
            "no-quarters", spot, sentence, "Say year, or let the periods be quarters or months.", call.span
        )

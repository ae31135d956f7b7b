"""What a target must respect: a number, a direction, a time it is meant for, and everything that its kind needs."""

from __future__ import annotations

from collections.abc import Iterator

from metricbook.model.axes import Axes
from metricbook.model.drafts import Draft
from metricbook.model.metric import Metric
from metricbook.model.units import WORDS, sums
from metricbook.problems import did_you_mean
from metricbook.source.document import Steps
from metricbook.source.schema import Target

Fault = tuple[str, Steps, str, str]
"""Code, key, sentence and hint."""


def target_faults(axes: Axes, draft: Draft, metric: Metric) -> Iterator[Fault]:
    """Everything that is wrong with the target of a metric."""
    target = metric.target
    if target is None or "." in metric.id:
        return
    yield from _basics(metric, target)
    yield from _kinds(metric, target)
    yield from _time(axes, metric, target)
    yield from _path(axes, metric, target)
    yield from _formulas(axes, metric.id)


def _basics(metric: Metric, target: Target) -> Iterator[Fault]:
    id = metric.id
    if metric.unit in WORDS:
        yield (
            "target-on-text",
            ("target",),
            f"{id} is {metric.unit}; only a number can have a target.",
            "Drop `target`.",
        )
    if metric.good is None:
        sentence = f"{id} has a target but no direction."
        yield "no-direction", ("target",), sentence, "Add `good: higher`, `lower` or `range`."
    if target.by is not None:
        sentence = f"The target of {id} has dimensions of its own."
        yield (
            "target-by",
            ("target", "by"),
            sentence,
            "A target is for the total; give members a metric of their own.",
        )
    if not all(metric.totals):
        axis = next("/".join(names) for names, total in zip(metric.axes, metric.totals, strict=True) if not total)
        sentence = f"{id} has no total over {axis}, so nothing can be held against its target."
        yield "no-total", ("target",), sentence, "A target is for the total."


def _kinds(metric: Metric, target: Target) -> Iterator[Fault]:
    id = metric.id
    is_range = target.from_ is not None or target.to is not None
    if metric.good == "range" and not is_range:
        sentence = f"{id} is good inside a range, so its target needs `from` and `to`."
        yield "target-kind", ("target",), sentence, "For example: {from: 3, to: 6}."
    kinds = {"value": target.value is not None, "path": target.path is not None, "from and to": is_range}
    given = [name for name, there in kinds.items() if there]
    if len(given) > 1:
        sentence = f"The target of {id} has {' and '.join(given)}."
        yield "target-kind", ("target",), sentence, "It needs one of value, path, or from and to."
    if target.example and isinstance(target.value, list):
        sentence = f"The target of {id} is an example, so it is one number."
        yield "target-kind", ("target", "example"), sentence, "Leave out `example`, or give one number."
    for key in ("from_", "to", "history", "model"):
        if isinstance(getattr(target, key), list):
            sentence = f"Only `value` can be given period by period, not {key.rstrip('_')}."
            yield "target-kind", ("target", key.rstrip("_")), sentence, "Give one number or a formula."
    numbers = [bound for bound in (target.from_, target.to) if isinstance(bound, float)]
    if numbers != sorted(numbers):
        yield "target-kind", ("target",), f"The target range of {id} ends before it begins.", "Swap `from` and `to`."
    there = {"history": target.history, "model": target.model, "benchmark": metric.benchmarks or None}
    if target.use in there and there[target.use] is None:
        sentence = f"The target of {id} is its {target.use}, but that is not given."
        yield "target-use", ("target", "use"), sentence, f"Add `{target.use}:`, or `use: value`."


def _time(axes: Axes, metric: Metric, target: Target) -> Iterator[Fault]:
    id = metric.id
    phased = isinstance(target.value, list)
    if phased and not metric.timed:
        sentence = f"{id} has one value, so its target cannot be given period by period."
        yield "target-per", ("target", "value"), sentence, "Give one number."
    if target.per == "period":
        return
    line = axes.scope.drafts.get(f"{id}.target") or axes.scope.drafts.get(f"{id}.from")
    if line is not None and not _adds_up(axes, metric):
        sentence = f"{id} does not add up over periods, so its target is not per {target.per}."
        yield "target-per", ("target", "per"), sentence, "Drop `per`."
    if phased:
        sentence = f"The target of {id} is given period by period, so it is not per {target.per}."
        yield "target-per", ("target", "per"), sentence, "Drop `per`."
    period = axes.faults.flat.framework.dimensions.get("period")
    if target.per == "quarter" and period is not None and period.grain == "year":
        sentence = f"The target of {id} is per quarter, but the periods are years."
        yield "target-per", ("target", "per"), sentence, "Say `per: year`."


def _adds_up(axes: Axes, metric: Metric) -> bool:
    return metric.timed and (
        metric.over_periods == "sum" or (metric.over_periods == "recompute" and sums(metric.unit))
    )


def _path(axes: Axes, metric: Metric, target: Target) -> Iterator[Fault]:
    id, opening = metric.id, target.opening
    if target.path is None:
        if opening is not None:
            yield (
                "target-path",
                ("target", "opening"),
                f"The target of {id} has an opening but no path.",
                "Add `path:`.",
            )
        return
    if not metric.timed:
        yield "target-path", ("target", "path"), f"{id} has one value, so it takes no path.", "Say `value:`."
    if opening is None:
        sentence = f"The path of {id} does not say where it begins."
        yield "target-path", ("target", "path"), sentence, "Add `opening:` with a metric that has one value."
    elif opening not in axes.scope.drafts:
        hint = did_you_mean(opening, axes.scope.drafts) or "Name a metric that has one value."
        yield "unknown-metric", ("target", "opening"), f'"{opening}" is not a metric here.', hint
    elif axes.shapes[opening].timed or axes.shapes[opening].axes:
        sentence = f"{opening} has more than one value, so no path can begin there."
        yield "target-path", ("target", "opening"), sentence, "Name a metric with `by: []`."


def _formulas(axes: Axes, id: str) -> Iterator[Fault]:
    """A target is a line for the total, so its formulas must not have members."""
    for name in ("target_own", "from_own", "to_own", "model", "history"):
        part = axes.scope.drafts.get(f"{id}.{name}")
        if part is not None and axes.shapes[part.id].axes:
            key = str(part.spot[-1])
            by = ", ".join("/".join(axis) for axis in axes.shapes[part.id].axes)
            sentence = f"The target of {id} is for the total, but this formula is by {by}."
            yield "target-by", ("target", key), sentence, "Name totals: mqls[total]."

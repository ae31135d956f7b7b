"""Examples and initial values of inputs: one for all, a list by period, or a mapping by member; each must fit."""

from __future__ import annotations

from collections.abc import Iterator

from metricbook.model.axes import Axes
from metricbook.model.metric import Metric
from metricbook.model.target_rules import Fault
from metricbook.problems import did_you_mean
from metricbook.source.document import Steps
from metricbook.source.schema import Input, Scalar, Values


def value_faults(axes: Axes, metric: Metric, given: Input) -> Iterator[Fault]:
    """Everything that is wrong with the values given beside an input."""
    for key in ("example", "initial"):
        yield from _shape(axes, metric, given, getattr(given, key), ("input", key))


def _shape(axes: Axes, metric: Metric, given: Input, values: Values, path: Steps) -> Iterator[Fault]:
    if isinstance(values, dict):
        members = [member.id for axis in metric.axes for name in axis for member in axes.dimensions[name].members]
        for member, part in values.items():
            if member not in members and not axes.hidden:
                hint = did_you_mean(member, members) or (f"There is {', '.join(members)}." if members else "")
                sentence = f"{member} is not a member of a dimension of {metric.id}."
                yield "unknown-member", (*path, member), sentence, hint
            yield from _shape(axes, metric, given, part, (*path, member))
    elif isinstance(values, list):
        if not metric.timed:
            sentence = f"{metric.id} has one value, so it cannot be given period by period."
            yield "wrong-value", path, sentence, "Give one value."
        for number, value in enumerate(values):
            yield from _value(axes, metric, given, value, (*path, number))
    else:
        yield from _value(axes, metric, given, values, path)


def _value(axes: Axes, metric: Metric, given: Input, value: Scalar, path: Steps) -> Iterator[Fault]:
    if value is None or metric.unit in ("text", "date"):
        return
    known = _known(axes, metric, given)
    if known is not None:
        if value not in known:
            hint = did_you_mean(str(value), known) or f"There is {', '.join(known)}."
            yield "wrong-value", path, f"{value} cannot be chosen for {metric.id}.", hint
    elif isinstance(value, str | bool):
        yield (
            "wrong-value",
            path,
            f"{metric.id} is a number, and {value} is none.",
            "Write 0.2 or 20%, without units.",
        )
    elif not (given.min is None or value >= given.min) or not (given.max is None or value <= given.max):
        low = f"at least {given.min:g}" if given.min is not None else ""
        high = f"at most {given.max:g}" if given.max is not None else ""
        hint = f"It must be {' and '.join(filter(None, (low, high)))}."
        yield "out-of-bounds", path, f"{value:g} is out of bounds for {metric.id}.", hint


def _known(axes: Axes, metric: Metric, given: Input) -> list[str] | None:
    """What may be chosen; None where a number is typed."""
    if metric.unit == "choice":
        return list(given.options or {})
    if metric.unit == "member" and given.of in axes.dimensions:
        return [member.id for member in axes.dimensions[given.of or ""].members]
    return None

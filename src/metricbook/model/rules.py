"""What a single declaration must respect: targets, bands, benchmarks, blanks and inputs that make sense."""

from __future__ import annotations

from metricbook.model.axes import Axes
from metricbook.model.drafts import Draft
from metricbook.model.metric import Metric
from metricbook.model.units import WORDS, sums
from metricbook.problems import Problem, did_you_mean


def check_declarations(axes: Axes, draft: Draft, metric: Metric) -> None:
    """Add a problem for each declaration of a metric that contradicts itself."""
    for code, key, sentence, hint in (*_of_input(axes, metric), *_of_target(metric), *_of_bands(metric)):
        axes.problems.append(Problem(code, sentence, hint, axes.scope.flat.at(*draft.path, *key)))


Fault = tuple[str, tuple[str, ...], str, str]


def _of_input(axes: Axes, metric: Metric) -> list[Fault]:
    given, id = metric.input, metric.id
    if given is None:
        return []
    faults: list[Fault] = []
    if given.blank == "unused" and (given.need == "essential" or metric.good == "lower"):
        which = "essential" if given.need == "essential" else "a loss"
        faults.append(("unused-loss", ("input", "blank"), f"{id} is {which}, so a blank cannot count as 0.",
                       "Leave `blank: missing`; a real zero is typed."))  # fmt: skip
    if given.blank == "carry" and not metric.timed:
        faults.append(("carry-without-time", ("input", "blank"), f"{id} does not vary by period, so nothing carries on.",
                       "Leave `blank` out."))  # fmt: skip
    if metric.unit == "choice" and not given.options:
        faults.append(("no-options", ("input",), f"{id} is a choice without options.", "Add `options: {id: Words}`."))
    if metric.unit == "member" and given.of not in axes.dimensions:
        hint = did_you_mean(given.of or "", axes.dimensions) or "Add `of:` with a dimension."
        faults.append(("unknown-dimension", ("input", "of"), f"{id} chooses a member of {given.of}, which is no dimension.", hint))
    if metric.unit in ("choice", "member") and (metric.timed or metric.axes):
        faults.append(("choice-by", ("by",), f"{id} is a choice, so it has one value for the whole workbook.", "Say `by: []`."))
    if given.min is not None and given.max is not None and given.min > given.max:
        faults.append(("bounds", ("input", "min"), f"The least {id} is above the most.", "Swap `min` and `max`."))
    return faults


def _of_target(metric: Metric) -> list[Fault]:
    target, id = metric.target, metric.id
    if target is None:
        return []
    faults: list[Fault] = []
    if metric.unit in WORDS:
        faults.append(("target-on-text", ("target",), f"{id} is {metric.unit}; only a number can have a target.", "Drop `target`."))
    if metric.good is None:
        faults.append(("no-direction", ("target",), f"{id} has a target but no direction.", "Add `good: higher`, `lower` or `range`."))
    if target.per != "period" and (metric.over_periods != "sum" and not sums(metric.unit)):
        faults.append(("target-per", ("target", "per"), f"{id} does not add up over periods, so its target is not per {target.per}.",
                       "Drop `per`."))  # fmt: skip
    if metric.good == "range" and target.from_ is None and target.to is None:
        faults.append(("target-range", ("target",), f"{id} is good inside a range, so its target needs `from` and `to`.", ""))
    return faults


def _of_bands(metric: Metric) -> list[Fault]:
    bounds = [band.to if band.to is not None else band.below for band in metric.bands]
    faults: list[Fault] = []
    if metric.bands and (bounds[-1] is not None or None in bounds[:-1]):
        faults.append(("bands", ("bands",), f"Every band of {metric.id} but the last needs an upper bound.",
                       "Write them from low to high; the last one is open."))  # fmt: skip
    numbers = [bound for bound in bounds if bound is not None]
    if numbers != sorted(numbers):
        faults.append(("bands", ("bands",), f"The bands of {metric.id} are not in order.", "Write them from low to high."))
    return faults

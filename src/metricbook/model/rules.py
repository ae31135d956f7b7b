"""What a single declaration must respect: inputs, their values, bands, benchmarks and attributes that make sense."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from metricbook.model.axes import Axes
from metricbook.model.drafts import Draft
from metricbook.model.metric import Metric
from metricbook.model.picks import TIER, words
from metricbook.model.target_rules import Fault, target_faults
from metricbook.model.units import UNITS, known
from metricbook.model.value_rules import value_faults
from metricbook.problems import did_you_mean
from metricbook.source.schema import Benchmark, Input


def check_spec(axes: Axes, draft: Draft) -> None:
    """Add a fault for each key of a draft that is missing or names what is not there."""
    spec, faults, path = draft.spec, axes.faults, draft.path
    for key in ("unit", "label"):
        if getattr(spec, key) is None:
            faults.add("missing-key", path, f"{draft.id} has no {key}.", f"Add `{key}:`.")
    if spec.unit is not None and not known(spec.unit):
        hint = did_you_mean(spec.unit, UNITS) or f"Units are {', '.join(UNITS)}."
        faults.add("unknown-unit", (*path, "unit"), f"{draft.id} is in {spec.unit}, which is no unit here.", hint)
    if spec.weight is not None and spec.weight not in axes.scope.drafts:
        sentence = f"{draft.id} is weighted by {spec.weight}, which is not a metric here."
        faults.add("unknown-metric", (*path, "weight"), sentence, did_you_mean(spec.weight, axes.scope.drafts))
    _check_attributes(axes, draft)


def _check_attributes(axes: Axes, draft: Draft) -> None:
    framework, spec = axes.faults.flat.framework, draft.spec
    for name, value in (spec.tags or {}).items():
        path = (*draft.path, "tags", name)
        if name not in framework.tags:
            hint = did_you_mean(name, framework.tags) or "Declare it under `tags:`."
            axes.faults.add("unknown-tag", path, f"{name} is not a tag.", hint)
        elif value not in framework.tags[name]:
            hint = did_you_mean(value, framework.tags[name]) or f"There is {', '.join(framework.tags[name])}."
            axes.faults.add("unknown-tag", path, f"{value} is not one of the {name} words.", hint)
    if spec.tier and spec.tier not in framework.tiers:
        hint = did_you_mean(spec.tier, words(framework, TIER)) or "Declare it under `tiers:`."
        axes.faults.add("unknown-tier", (*draft.path, "tier"), f"{spec.tier} is not a tier.", hint)
    if draft.path[0] != "constants":
        _check_sections(axes, draft)


def _check_sections(axes: Axes, draft: Draft) -> None:
    """The part of Inputs, or one for each of some margins, must be declared."""
    sections, given, path = axes.faults.flat.framework.sections, draft.spec.section, (*draft.path, "section")
    named = [(path, given)] if isinstance(given, str) else [((*path, key), it) for key, it in (given or {}).items()]
    for at, name in named:
        if name and name not in sections:
            hint = did_you_mean(name, sections) or "Declare it under `sections:`."
            axes.faults.add("unknown-section", at, f"{name} is not a section.", hint)
    for name in given if isinstance(given, dict) else ():
        if name not in axes.dimensions and name not in axes.hidden:
            hint = did_you_mean(name, axes.dimensions) or "Name one of the dimensions in its `by:`."
            axes.faults.add("unknown-dimension", (*path, name), f"{name} is not a dimension.", hint)


def check_declarations(axes: Axes, draft: Draft, metric: Metric) -> None:
    """Add a fault for each declaration of a metric that contradicts itself."""
    found = [*target_faults(axes, draft, metric), *_bands(metric), *_benchmarks(metric)]
    if metric.input is not None:
        found += [*_input(axes, metric, metric.input), *_choice(axes, metric, metric.input)]
        found += value_faults(axes, metric, metric.input)
    for code, key, sentence, hint in found:
        axes.faults.add(code, (*draft.path, *key), sentence, hint)


def _input(axes: Axes, metric: Metric, given: Input) -> Iterator[Fault]:
    id = metric.id
    if given.blank == "unused" and (given.need == "essential" or metric.good == "lower"):
        which = "essential" if given.need == "essential" else "a loss"
        sentence = f"{id} is {which}, so a blank cannot count as 0."
        yield "unused-loss", ("input", "blank"), sentence, "Leave `blank: missing`; a real zero is typed."
    if given.blank == "carry" and not metric.timed:
        sentence = f"{id} does not vary by period, so nothing carries on."
        yield "carry-without-time", ("input", "blank"), sentence, "Leave `blank` out."
    if given.min is not None and given.max is not None and given.min > given.max:
        yield "bounds", ("input", "min"), f"The least {id} is above the most.", "Swap `min` and `max`."
    for number, axis in enumerate(metric.axes[:-1]):
        spare = [name for name in axis if axes.dimensions[name].groups and axes.dimensions[name].has("spare_1")]
        if spare and metric.over_members == "sum" and metric.totals[number]:
            sentence = f"{id} is by {spare[0]} before another dimension; its groups cannot take spare members there."
            hint = f"Name {spare[0]} last in `by`, or drop `spare:`."
            yield "grouped-outer", ("by",), sentence, hint


def _choice(axes: Axes, metric: Metric, given: Input) -> Iterator[Fault]:
    id = metric.id
    if metric.unit == "choice" and not given.options:
        yield "no-options", ("input",), f"{id} is a choice without options.", "Add `options: {id: Words}`."
    if metric.unit == "member" and given.of not in axes.dimensions:
        hint = did_you_mean(given.of or "", axes.dimensions) or "Add `of:` with a dimension."
        sentence = f"{id} chooses a member of {given.of}, which is no dimension."
        yield "unknown-dimension", ("input", "of"), sentence, hint
    elif metric.unit == "member" and axes.dimensions[given.of or ""].of:
        whole = axes.dimensions[given.of or ""].of
        sentence = f"{id} chooses from {given.of}, which is a part of {whole}."
        yield "choice-of-part", ("input", "of"), sentence, f"Let it choose from {whole}."
    if metric.unit in ("choice", "member") and (metric.timed or metric.axes):
        sentence = f"{id} is a choice, so it has one value for the whole workbook."
        yield "choice-by", ("by",), sentence, "Say `by: []`."


def _bands(metric: Metric) -> Iterator[Fault]:
    bounds = [band.to if band.to is not None else band.below for band in metric.bands]
    hint = "Write them from low to high; the last one is open."
    if metric.bands and (bounds[-1] is not None or None in bounds[:-1]):
        yield "bands", ("bands",), f"Every band of {metric.id} but the last needs an upper bound.", hint
    numbers = [bound for bound in bounds if bound is not None]
    if any(after <= before for before, after in pairwise(numbers)):
        yield "bands", ("bands",), f"The bands of {metric.id} are not in order.", hint
    for number, band in enumerate(metric.bands):
        if band.to is not None and band.below is not None:
            sentence = f'The band "{band.word}" of {metric.id} has two upper bounds.'
            yield "bands", ("bands", number), sentence, "`to` includes the bound, `below` excludes it."


def _benchmarks(metric: Metric) -> Iterator[Fault]:
    several = len(metric.benchmarks) > 1
    ids = [each.id for each in metric.benchmarks]
    if several and (not all(ids) or len(set(ids)) < len(ids)):
        sentence = f"{metric.id} has several ranges; each needs an id of its own."
        yield "benchmark", ("benchmark",), sentence, "Add `id:`, so that one can be chosen."
    for number, each in enumerate(metric.benchmarks):
        path = ("benchmark", number) if several else ("benchmark",)
        yield from ((*fault[:1], path, *fault[2:]) for fault in _range(metric, each))


def _range(metric: Metric, each: Benchmark) -> Iterator[Fault]:
    lower = [bound for bound in (each.from_, each.above) if bound is not None]
    upper = [bound for bound in (each.to, each.below) if bound is not None]
    if not lower and not upper:
        yield "benchmark", (), f"A range of {metric.id} has no bound.", "Add `from`, `to`, `above` or `below`."
    if len(lower) > 1 or len(upper) > 1:
        sentence = f"A range of {metric.id} has two bounds on one side."
        yield "benchmark", (), sentence, "`from` and `to` include the bound, `above` and `below` exclude it."
    if lower and upper and lower[0] > upper[0]:
        yield "benchmark", (), f"A range of {metric.id} ends before it begins.", "Swap its bounds."

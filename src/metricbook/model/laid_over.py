"""The metrics of a file laid over those of the frameworks below it: what may change, and what stays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from metricbook.model.defaults import definitions
from metricbook.problems import Problem, did_you_mean
from metricbook.source.load import Source
from metricbook.source.schema import Input, Metric, Target

CHANGEABLE = frozenset({
    "label", "short", "definition", "owner", "tier", "cadence", "source", "target", "benchmark", "bands", "section",
    "tags", "aliases", "decimals", "good", "default", "last_year",
})  # fmt: skip
DUTIES = frozenset({"need", "prompt", "example"})
"""What may be changed of how a used metric is typed in."""
OWN_TARGETS = ("value", "path", "from_", "to")
"""The ways to say a target of one's own; a nearer one takes the place of all."""


@dataclass(frozen=True)
class Rule:
    """What a file may change of the metrics below it, and what it is told where it changes more."""

    changeable: frozenset[str]
    duties: frozenset[str]
    where: str
    hint: str


AUTHOR = Rule(
    CHANGEABLE, DUTIES, "a used framework", "Words, owners and targets may change; for another meaning use a new id."
)
CLIENT = Rule(
    CHANGEABLE | {"signed"},
    DUTIES | {"min", "max", "initial", "required"},
    "the framework",
    "Words, owners, targets, prompts and digits may change; for another meaning give it another id.",
)


def laid_over(
    base: Mapping[str, Metric], own: Mapping[str, Metric], source: Source, problems: list[Problem]
) -> dict[str, Metric]:
    """All metrics, those of the file in front; faults are added to the problems."""
    rule = AUTHOR if source.client is None else CLIENT
    laid = dict(base)
    for id, metric in own.items():
        at = source.document.key(("metrics", id))
        if id not in base:
            if source.client is not None and not definitions(metric):
                hint = did_you_mean(id, base) or "An own metric has an `input:` or a `formula:`."
                problems.append(Problem("no-definition", f"The framework has no metric {id}.", hint, at))
                continue
            laid[id] = metric
            problems += _undefined(id, metric, base, source)
            continue
        keeps = metric.input is not None and metric.input.model_fields_set <= rule.duties
        refused = sorted(metric.model_fields_set - rule.changeable - ({"input"} if keeps else set()))
        if refused:
            sentence = f"{id} is defined in {rule.where}; {', '.join(refused)} cannot be changed here."
            problems.append(Problem("redefined", sentence, rule.hint, at))
            continue
        update = {key: getattr(metric, key) for key in metric.model_fields_set - {"input"}}
        if source.client is not None and metric.target is not None:
            update["target"] = _aimed(base[id].target, metric.target)
        laid[id] = _typed_as(base[id], metric.input).model_copy(update=update)
    return laid


def meaning(metric: Metric) -> dict[str, Any]:
    """What a metric means, without its words and duties."""
    found = {key: value for key, value in metric.model_dump().items() if key not in CHANGEABLE}
    for part in (found, *(found["variants"] or {}).values()):
        if part["input"]:
            part["input"] = {key: value for key, value in part["input"].items() if key not in DUTIES}
    return found


def _aimed(base: Target | None, own: Target) -> Target:
    """A client's target over the framework's: what it leaves open (a year's or a month's?) stays."""
    if base is None:
        return own
    if base.example:  # the sample company's numbers are not the client's
        base = base.model_copy(update={"value": None, "history": None, "example": False})
    update = {key: getattr(own, key) for key in own.model_fields_set}
    if own.model_fields_set & {*OWN_TARGETS}:
        update = {**dict.fromkeys(OWN_TARGETS), **update}
        if own.path is None:
            update["opening"] = None
        if base.use != "value" and "use" not in own.model_fields_set:
            update["use"] = "value"  # a target that the client names is the one in force
    return base.model_copy(update=update)


def _typed_as(metric: Metric, given: Input | None) -> Metric:
    """The metric with other duties of its input, or of the inputs among its variants."""
    if given is None:
        return metric
    duties = {key: getattr(given, key) for key in given.model_fields_set}

    def each(part: Input | None) -> Input | None:
        return part and part.model_copy(update=duties)

    variants = metric.variants and {
        name: variant.model_copy(update={"input": each(variant.input)}) for name, variant in metric.variants.items()
    }
    return metric.model_copy(update={"input": each(metric.input), "variants": variants})


def _undefined(id: str, metric: Metric, base: Mapping[str, Metric], source: Source) -> list[Problem]:
    """A metric, and each of its variants, has an input or a formula, and not both."""
    found: list[Problem] = []
    parts = {("metrics", id): (id, definitions(metric))}
    for name, variant in (metric.variants or {}).items():
        parts["metrics", id, "variants", name] = (f"{id}.{name}", definitions(variant))  # type: ignore[index]
    for path, (name, given) in parts.items():
        at = source.document.key(path)
        if not given:
            hint = did_you_mean(id, base) or "Give it an `input:` or a `formula:`."
            found.append(Problem("no-definition", f"{name} has neither input nor formula.", hint, at))
        if len(given) > 1:
            sentence = f"{name} has {' and '.join(given)}; it can only be one of them."
            found.append(Problem("two-definitions", sentence, "Give the other an id of its own.", at))
    return found

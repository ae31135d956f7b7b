"""What a file says once for all its metrics, filled in where a metric says nothing itself."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from metricbook.source.schema import Defaults, Framework, Metric, Variant

FILLED = ("source", "owner", "tier", "cadence", "section")
DEFINITIONS = ("input", "formula", "variants")


def definitions(metric: Metric | Variant) -> list[str]:
    """The ways in which a metric is defined; exactly one is right, none means that it is defined elsewhere."""
    return [key for key in DEFINITIONS if getattr(metric, key, None) is not None]


def with_defaults(framework: Framework, used: Collection[str]) -> dict[str, Metric]:
    """The file's own metrics with the file's defaults; `used` ones have theirs already. `by` applies to inputs."""
    own = framework.metrics.items()
    return {id: metric if id in used else _filled(metric, framework.defaults) for id, metric in own}


def _filled(metric: Metric, defaults: Defaults) -> Metric:
    update: dict[str, Any] = {
        key: getattr(defaults, key)
        for key in FILLED
        if getattr(metric, key) is None and getattr(defaults, key) is not None
    }
    if metric.by is None and defaults.by is not None:
        if metric.input is not None:
            update["by"] = defaults.by
        if metric.variants is not None:
            update["variants"] = {id: _by(variant, defaults.by) for id, variant in metric.variants.items()}
    return metric.model_copy(update=update)


def _by(variant: Variant, by: list[str | list[str]]) -> Variant:
    if variant.input is None or variant.by is not None:
        return variant
    return variant.model_copy(update={"by": by})

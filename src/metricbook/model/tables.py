"""What stands in tables: a listed name as metrics, and the axis of a metric that shows a dimension's members."""

from __future__ import annotations

from metricbook.model.metric import Metric
from metricbook.model.model import Model
from metricbook.model.names import NORTH_STAR, VARIANTS, split


def find(model: Model, name: str) -> list[Metric]:
    """The metrics that a listed name means: one, or for `ltv.variants` each definition."""
    id, view = split(name)
    id = model.north_star if id == NORTH_STAR else id
    if view == VARIANTS:
        return [model.metrics[each] for each in model.rivals.get(id, ())]
    if view == "target" and f"{id}.target" in model.metrics:
        return [model.metrics[f"{id}.target"]]
    rival = next((each for each in model.rivals.get(id, ()) if model.metrics[each].variant == view), id)
    return [model.metrics[rival]]


def axis_member(model: Model, metric: Metric, axis: int, dimension: str) -> str:
    """The dimension of a metric's axis that shows the members of another (itself, or the whole of a part), or ""."""
    wanted = model.dimensions[dimension]
    for name in metric.axes[axis]:
        own = model.dimensions[name]
        if name == dimension or own.id == wanted.root or own.root == wanted.id:
            return name
    return ""

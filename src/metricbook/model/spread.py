"""Values as a framework writes them: one for all, a list by period, a mapping by member."""

from __future__ import annotations

from metricbook.model.metric import Where
from metricbook.source.schema import Values


def expand(values: Values, where: Where, period: int | None) -> float | str | None:
    """The value at a coordinate and period number; None where nothing is given.

    >>> expand([5, 7], (), 1)
    7
    >>> expand(0.5, (), 9)
    0.5
    """
    if isinstance(values, dict):
        ids = [point.member for point in where if point is not None]
        values = next((values[id] for id in ids if id in values), None)
    if isinstance(values, list):
        if period is None or period >= len(values):
            return None
        values = values[period]
    return None if values is None or values == "" else values

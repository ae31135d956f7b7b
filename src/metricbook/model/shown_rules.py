"""Whether a metric can stand where its total is shown: on cards, on scorecards, as one line of a chart."""

from __future__ import annotations

from collections.abc import Iterable

from metricbook.model.faults import Faults
from metricbook.model.metric import Metric
from metricbook.model.model import Model
from metricbook.model.tables import find
from metricbook.source.document import Steps


def check_totals(faults: Faults, model: Model, names: Iterable[str], path: Steps) -> None:
    """Cards, scorecards and lines show the total, so there must be one."""
    for name in names:
        for metric in find(model, name):
            _check_shown(faults, metric, path)


def _check_shown(faults: Faults, metric: Metric, path: Steps) -> None:
    for axis, total in zip(metric.axes, metric.totals, strict=True):
        if not total:
            sentence = f"{metric.id} has no total over {'/'.join(axis)}, so it cannot stand here."
            faults.add("no-total", path, sentence, f"Show it in a table by {axis[0]}, or fix a member with `at:`.")
    if metric.unit == "text":
        sentence = f"{metric.id} is text, so it has no status."
        faults.add("word-on-page", path, sentence, "Words stand in a table, with periods across.")

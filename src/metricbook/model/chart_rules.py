"""Which charts can be drawn: what each kind asks for, and whether its metrics have values there."""

from __future__ import annotations

from collections.abc import Iterable

from metricbook.model.faults import Faults
from metricbook.model.metric import Metric
from metricbook.model.model import Model
from metricbook.model.names import listed
from metricbook.model.shown_rules import check_totals
from metricbook.model.tables import axis_member, find
from metricbook.problems import did_you_mean
from metricbook.source.document import Steps
from metricbook.source.schema import ChartBlock

MOST_LINES = 5
MOST_BY = 6
MOST_STEPS = 12
MOST = {"funnel": 1, "bullet": 2}
ALONG_METRICS = ("funnel", "waterfall")  # one metric after the other, where nothing else is said
ADDABLE = ("currency", "count")
FEWEST = {"waterfall": (3, "an opening, what changes it and a closing"), "bullet": (2, "a value and its target")}


def check_chart(faults: Faults, model: Model, chart: ChartBlock, path: Steps) -> None:
    """Add a fault for each reason why a chart cannot be drawn. The metrics in it are known."""
    metrics = [metric for name in listed(chart.metrics) for metric in find(model, name)]
    _check_number(faults, chart, len(metrics), path)
    unknown = [key for key in ("over", "by") if not _is_known(faults, model, chart, key, path)]
    if unknown:
        return
    if chart.over:
        _check_over(faults, model, metrics, [chart.over, *([chart.by] if chart.by else [])], (*path, "metrics"))
    elif chart.by:
        _check_over(faults, model, metrics, [chart.by], (*path, "metrics"))
    else:
        check_totals(faults, model, listed(chart.metrics), (*path, "metrics"))
    if not chart.over and chart.kind not in ALONG_METRICS:
        for metric in (each for each in metrics if not each.timed):
            sentence = f"{metric.id} has one value, so there is no line to draw."
            faults.add("not-by-period", (*path, "metrics"), sentence, "Draw a metric that is by period.")
    _check_kind(faults, model, chart, metrics, path)
    events = model.metrics.get(chart.events or "")
    if chart.events is not None and (events is None or events.unit != "text" or not events.timed):
        sentence = f"{chart.events} cannot mark events."
        faults.add("word-on-page", (*path, "events"), sentence, "Name an input by period with `unit: text`.")


def _check_number(faults: Faults, chart: ChartBlock, count: int, path: Steps) -> None:
    """Neither more series than a reader can tell apart, nor fewer than the kind is about."""
    along = chart.kind in ALONG_METRICS and not chart.over
    most = MOST_STEPS if along else 1 if chart.by else MOST.get(chart.kind, MOST_LINES)
    if count > most:
        what = "steps are more than fit" if along else "metrics are too many for this chart"
        sentence = f"{count} {what}; {most} {'is' if most == 1 else 'are'} the most."
        faults.add("too-wide", (*path, "metrics"), sentence, "Make two charts of them.")
    fewest, meaning = FEWEST.get(chart.kind, (1, ""))
    if count < fewest:
        sentence = f"A {chart.kind} chart has {meaning}; here {'is one metric' if count == 1 else f'are {count}'}."
        faults.add("too-few", (*path, "metrics"), sentence, f"Name at least {fewest} metrics.")


def _is_known(faults: Faults, model: Model, chart: ChartBlock, key: str, path: Steps) -> bool:
    name = getattr(chart, key)
    if name is None or name in model.dimensions:
        return True
    hint = did_you_mean(name, model.dimensions) or "Without `over` it is drawn over the periods."
    faults.add("unknown-dimension", (*path, key), f"{name} is not a dimension.", hint)
    return False


def _check_over(faults: Faults, model: Model, metrics: Iterable[Metric], over: list[str], path: Steps) -> None:
    """Each metric has values along the dimensions, and a total over every other."""
    for metric in metrics:
        taken: list[int] = []
        for name in over:
            fitting = [n for n in range(len(metric.axes)) if n not in taken and axis_member(model, metric, n, name)]
            if not fitting:
                sentence = f"{metric.id} is drawn over {name}, but has no values by {name}."
                faults.add("table-axis", path, sentence, "Leave it out, or give it the dimension.")
            taken += fitting[:1]
        for axis, total in enumerate(metric.totals):
            if axis not in taken and not total:
                sentence = f"{metric.id} has no total over {'/'.join(metric.axes[axis])}, so it cannot stand here."
                faults.add("no-total", path, sentence, "Show it in a table by both dimensions.")


def _check_kind(faults: Faults, model: Model, chart: ChartBlock, metrics: list[Metric], path: Steps) -> None:
    """What the kind of the chart and its other keys ask for."""
    if chart.by and len(model.dimensions[chart.by].members) > MOST_BY:
        count = len(model.dimensions[chart.by].members)
        sentence = f"{chart.by} has {count} members, its spare ones counted; {MOST_BY} are the most side by side."
        faults.add("too-wide", (*path, "by"), sentence, "Draw them `over:`, or declare a part of the dimension.")
    if chart.over is None and (chart.sort or chart.kind == "bullet"):
        key = "sort" if chart.sort else "kind"
        faults.add("chart-key", (*path, key), "There are no members to draw.", "Say which dimension: `over:`.")
    if chart.kind == "waterfall" and (chart.over or chart.by):
        key = "over" if chart.over else "by"
        sentence = "A waterfall goes from metric to metric, not over members."
        faults.add("chart-key", (*path, key), sentence, f"Leave `{key}` out.")
    steps = list(listed(chart.metrics))[1:-1] if chart.kind == "waterfall" else []
    for number, name in enumerate(chart.minus or ()):
        if name not in steps:
            hint = did_you_mean(name, steps) or "Only what stands between the first and the last metric is."
            faults.add("chart-key", (*path, "minus", number), f"{name} is nothing that is taken away here.", hint)
    if chart.kind in (*ALONG_METRICS, "stacked", "bullet"):
        _check_units(faults, chart, metrics, path)


def _check_units(faults: Faults, chart: ChartBlock, metrics: list[Metric], path: Steps) -> None:
    """What is drawn to one scale has one unit, and what is put on each other can be added up."""
    units = [metric.unit.partition("/")[0] for metric in metrics]
    other = next((metric for metric, unit in zip(metrics, units, strict=True) if unit != units[0]), None)
    if other is not None:
        sentence = f"{other.id} is in {other.unit}, {metrics[0].id} in {metrics[0].unit}, but there is one scale."
        faults.add("chart-units", (*path, "metrics"), sentence, "Draw what has the same unit.")
    elif chart.kind != "bullet" and units[0] not in ADDABLE:
        sentence = f"{metrics[0].id} is in {units[0]}, and a {chart.kind} is made of amounts or counts."
        faults.add("chart-units", (*path, "metrics"), sentence, "Draw it as a line, columns or bars.")
    if chart.kind == "stacked" and chart.by:
        _check_parts(faults, chart.by, metrics[0], path)
    elif chart.kind == "stacked" and len(metrics) == 1:
        faults.add("too-few", (*path, "metrics"), "One metric has no parts.", "Name several, or say `by:`.")


def _check_parts(faults: Faults, by: str, metric: Metric, path: Steps) -> None:
    axis = next((n for n, names in enumerate(metric.axes) if by in names), None)
    if axis is not None and not metric.totals[axis]:
        sentence = f"{metric.id} has no total over {by}, so its members are no parts of one."
        faults.add("no-total", (*path, "by"), sentence, "Draw them side by side: `kind: column`.")

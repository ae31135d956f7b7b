"""Which tables can be drawn: what their axes hold, and whether each metric has values there."""

from __future__ import annotations

from metricbook.model.faults import Faults
from metricbook.model.metric import Metric
from metricbook.model.model import Model
from metricbook.model.names import VARIANTS, VIEWS, split, table_items
from metricbook.model.tables import axis_member, find
from metricbook.problems import did_you_mean
from metricbook.source.document import Steps
from metricbook.source.schema import Table

PERIOD = "period"
WIDEST = 12  # columns of a page's grid


def check_table(faults: Faults, model: Model, table: Table, path: Steps) -> None:
    """Add a fault for each reason why a table cannot be drawn. The names in it are known."""
    if not _check_axes(faults, model, table, path):
        return
    shown = [axis for axis in (table.rows, table.columns) if isinstance(axis, str) and axis in model.dimensions]
    names = table_items(table)
    if not names:
        sentence = "This table does not say which metric stands in its cells."
        faults.add("table-axis", path, sentence, "Add `metric:`.")
    for metric in {metric.id: metric for name in names for metric in find(model, name)}.values():
        _check_metric(faults, model, metric, shown, path)
    _check_extras(faults, model, table, shown, path)


def _check_axes(faults: Faults, model: Model, table: Table, path: Steps) -> bool:
    """Is each axis something that an axis may hold?"""
    before = len(faults.found)
    for key, axis in (("rows", table.rows), ("columns", table.columns)):
        if not isinstance(axis, str) or axis in model.dimensions or axis.endswith(f".{VARIANTS}"):
            continue
        if key == "columns" and (axis == PERIOD or axis in VIEWS):
            continue
        if axis == PERIOD:
            faults.add("table-axis", (*path, key), "Periods stand across, not down.", "Say `columns: period`.")
            continue
        hint = did_you_mean(axis, [*model.dimensions, PERIOD, *VIEWS]) or "Metrics are listed: [a, b]."
        faults.add("unknown-dimension", (*path, key), f"{axis} is neither a dimension nor a view.", hint)
    if _lists_metrics(table.rows) and _lists_metrics(table.columns):
        sentence = "Metrics stand both down and across, so the cells have two."
        faults.add("table-axis", path, sentence, "Put a dimension, views or `period` on one side.")
    return len(faults.found) == before


def _lists_metrics(axis: object) -> bool:
    if isinstance(axis, str):
        return axis.endswith(f".{VARIANTS}")
    return isinstance(axis, list) and any(isinstance(each, str) and each not in VIEWS for each in axis)


def _check_metric(faults: Faults, model: Model, metric: Metric, shown: list[str], path: Steps) -> None:
    left = list(range(len(metric.axes)))
    for name in shown:
        fitting = [axis for axis in left if axis_member(model, metric, axis, name)]
        if not fitting:
            sentence = f"{metric.id} is in a table by {name}, but has no values by {name}."
            faults.add("table-axis", path, sentence, "Leave it out of the table, or give it the dimension.")
            return
        left.remove(fitting[0])
    for axis in left:
        if not metric.totals[axis]:
            names = "/".join(metric.axes[axis])
            sentence = f"{metric.id} has no total over {names}, so it needs {names} on an axis of the table."
            faults.add("no-total", path, sentence, f"Show it by {metric.axes[axis][0]}, or fix a member with `at:`.")


def _check_extras(faults: Faults, model: Model, table: Table, shown: list[str], path: Steps) -> None:
    rows = table.rows if isinstance(table.rows, str) else ""
    if table.groups and (rows not in model.dimensions or not model.dimensions[rows].groups):
        sentence = "The rows of this table have no groups."
        faults.add("table-axis", (*path, "groups"), sentence, "Leave `groups` out, or declare them in the dimension.")
    if table.total and not any(model.dimensions[name].total for name in shown):
        sentence = "This table has a total, but what stands on its axes has none."
        faults.add("no-total", (*path, "total"), sentence, "Leave `total` out.")
    if isinstance(table.columns, str) and table.columns in model.dimensions:
        width = len(model.dimensions[table.columns].members) + bool(table.total)
        if width > WIDEST:
            sentence = f"{width} columns do not fit on a page; {WIDEST} do."
            faults.add(
                "too-wide", (*path, "columns"), sentence, "Let the members stand down, or show a part of them."
            )
    known = [*table_items(table), *VIEWS, "rows"]
    for name in (name for name in table.headers if name not in known and split(name)[0] not in known):
        hint = did_you_mean(name, known) or "Headers are for `rows` and for what stands across."
        faults.add("unknown-name", (*path, "headers", name), f"{name} is no column of this table.", hint)

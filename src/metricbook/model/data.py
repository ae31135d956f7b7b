"""Data for a workbook: rows of `--data` and samples, matched to the inputs of a model."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from metricbook.model.metric import Metric, Point, Where
from metricbook.model.model import Model
from metricbook.model.spread import expand
from metricbook.problems import Problem, did_you_mean
from metricbook.source.data import Row

Typed = float | str
Key = tuple[str, Where, int | None]
"""A metric, its coordinate, and the number of its period from 0 (None: one value for the whole workbook)."""


@dataclass(frozen=True)
class Matched:
    """What the rows became, and how many were left aside because they do not apply in this profile."""

    inputs: dict[Key, Typed]
    problems: tuple[Problem, ...]
    ignored: int = 0


def match(model: Model, rows: Iterable[Row], sample: bool = False) -> Matched:
    """Find the input cell of each row. A sample may hold more than this profile asks for; other data may not."""
    inputs: dict[Key, Typed] = {}
    problems: list[Problem] = []
    ignored = 0
    for row in rows:
        metric = model.metrics.get(row.metric)
        if metric is None or not metric.is_input:
            if row.metric in model.framework.metrics and sample:
                ignored += 1
            else:
                problems.append(_not_an_input(model, row))
            continue
        where, periods = _where(model, metric, row, problems), _periods(model, metric, row, problems)
        if where is None or periods is None:
            continue
        value = _value(metric, row, problems)
        for period in periods if value is not None else ():
            inputs[metric.id, where, period] = value  # type: ignore[assignment]
    return Matched(inputs, tuple(problems), ignored)


def examples(model: Model) -> dict[Key, Typed]:
    """The example values that the framework gives beside its inputs."""
    found: dict[Key, Typed] = {}
    for metric in model.metrics.values():
        if metric.input is None or metric.input.example is None:
            continue
        periods: list[int | None] = list(range(model.periods.count)) if metric.timed else [None]
        for where in model.wheres(metric):
            for period in periods:
                value = expand(metric.input.example, where, period)
                named = all(point is not None and not point.group and model.member(point).label for point in where)
                if value is not None and named:
                    found[metric.id, where, period] = value
    return found


def _not_an_input(model: Model, row: Row) -> Problem:
    if row.metric in model.metrics:
        sentence = f"{row.metric} is calculated, so it cannot be filled in."
        return Problem("not-an-input", sentence, "Give the numbers it is made of.", row.at)
    inputs = [id for id, metric in model.metrics.items() if metric.is_input]
    hint = did_you_mean(row.metric, inputs) or "`metricbook show` lists the inputs."
    return Problem("unknown-metric", f'"{row.metric}" is not an input of this framework.', hint, row.at)


def _where(model: Model, metric: Metric, row: Row, problems: list[Problem]) -> Where | None:
    given = list(row.where)
    places: list[Point | None] = []
    for axis in metric.axes:
        fitting = [(name, member) for name, member in given if name in axis or name == ""]
        roots = {model.dimensions[name].root for name in axis}
        fitting += [(name, member) for name, member in given if name in roots and (name, member) not in fitting]
        if not fitting:
            sentence = f"{metric.id} needs its {' or '.join(axis)}."
            problems.append(Problem("no-member", sentence, f"Add the column {axis[0]}.", row.at))
            return None
        name, wanted = fitting[0]
        point = _point(model, axis, wanted)
        if point is None:
            members = [member.id for each in axis for member in model.dimensions[each].members]
            hint = did_you_mean(wanted, members) or f"There are {', '.join(members[:8])}."
            problems.append(Problem("unknown-member", f"{wanted} is not a member of {' or '.join(axis)}.", hint, row.at))
            return None
        given.remove((name, wanted))
        places.append(point)
    if given:
        sentence = f"{metric.id} has no values by {', '.join(name or member for name, member in given)}."
        problems.append(Problem("extra-member", sentence, "Leave that column empty in this row.", row.at))
        return None
    return tuple(places)


def _point(model: Model, axis: tuple[str, ...], wanted: str) -> Point | None:
    for name in axis:
        for member in model.dimensions[name].members:
            if wanted == member.id or (member.label and wanted.casefold() == member.label.casefold()):
                return Point(name, member.id)
    return None


def _periods(model: Model, metric: Metric, row: Row, problems: list[Problem]) -> list[int | None] | None:
    keys = model.periods.keys()
    if not metric.timed:
        if row.period:
            problems.append(Problem("extra-period", f"{metric.id} has one value, not one per period.", "Leave the period empty.", row.at))
            return None
        return [None]
    if not row.period:
        return list(range(model.periods.count))
    if row.period in keys:
        return [keys.index(row.period)]
    if row.period.startswith("#") and row.period[1:].isdigit() and 1 <= int(row.period[1:]) <= len(keys):
        return [int(row.period[1:]) - 1]
    sentence = f"{row.period} is not a period of this workbook, which runs from {keys[0]} to {keys[-1]}."
    problems.append(Problem("unknown-period", sentence, f"Write it like {keys[0]}.", row.at))
    return None


def _value(metric: Metric, row: Row, problems: list[Problem]) -> Typed | None:
    if metric.unit in ("text", "choice", "member"):
        return str(row.value)
    if isinstance(row.value, str):
        problems.append(Problem("not-a-number", f"{metric.id} needs a number, not {row.value!r}.", "", row.at))
        return None
    given = metric.input
    low = given.min if given and given.min is not None else None
    high = given.max if given and given.max is not None else None
    if (low is not None and row.value < low) or (high is not None and row.value > high):
        sentence = f"{row.value:g} is out of bounds for {metric.id}."
        bounds = " and ".join(filter(None, (f"at least {low:g}" if low is not None else "", f"at most {high:g}" if high is not None else "")))
        problems.append(Problem("out-of-bounds", sentence, f"It must be {bounds}.", row.at))
        return None
    return row.value

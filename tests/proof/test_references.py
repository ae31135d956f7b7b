"""Every metric at every coordinate is what its reference function says, fed with independently rolled-up inputs."""

from __future__ import annotations

import pytest

from metricbook.formula.evaluate import Error, Value
from metricbook.model.metric import Metric
from proof import mechanisms
from proof.cases import cases, marked
from proof.opened import FIRST, FIXED, WINDOW, line_id, lines
from proof.rollup import Meaning
from proof.scenarios import Scenario, frameworks, generated
from proof.typed import WINDOWS, When
from recalculate import same


def columns(scenario: Scenario, metric: Metric) -> dict[When, int]:
    """Where the values of a line stand."""
    if not metric.timed:
        return {None: FIXED}
    periods: list[tuple[When, int]] = [(period, FIRST + period) for period in range(scenario.model.periods.count)]
    return dict([*periods, *WINDOW.items()])


@pytest.mark.parametrize("scenario", marked(cases()))
def test_every_value_is_what_its_reference_function_says(scenario: Scenario) -> None:
    plan, grid = scenario.values()
    rows = lines(plan)
    meaning = Meaning(scenario.model, scenario.inputs, scenario.closed, mechanisms.find)
    wrong = []
    for metric in scenario.model.metrics.values():
        if metric.unit in ("text", "choice", "member"):
            continue
        for where in scenario.model.wheres(metric):
            row = rows[line_id(scenario.model, metric.id, where)]
            for when, column in columns(scenario, metric).items():
                found, wanted = grid.value("Calculations", row, column), meaning.value(metric.id, where, when)
                if not _same(wanted, found):
                    line = line_id(scenario.model, metric.id, where)
                    wrong.append(f"{line} {when}: {wanted!r} is right, {found!r} stands there")
    assert wrong == []


def _same(wanted: float | str | None, found: Value) -> bool:
    return not isinstance(found, Error) and same(wanted, found)


@pytest.mark.parametrize("name", list(frameworks()))
def test_every_metric_is_a_number_at_least_once(name: str) -> None:
    """A formula that is blank in every scenario is proven by none."""
    model = frameworks()[name]
    meaning = Meaning(model, generated(model, 5, zeros=0), find=mechanisms.find)
    for metric in (each for each in model.metrics.values() if each.unit not in ("text", "choice", "member")):
        whens: list[When] = [*range(model.periods.count), *WINDOWS] if metric.timed else [None]
        for where in model.wheres(metric):
            line = line_id(model, metric.id, where)
            if "spare_" in line:
                continue
            values = [meaning.value(metric.id, where, when) for when in whens]
            assert any(isinstance(value, float) for value in values), line

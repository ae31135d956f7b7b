"""A workbook as its reader sees it: values found by what stands beside them, never by a cell's address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from metricbook.formula.evaluate import Error, Grid, Value
from metricbook.layout.plan import Plan, Run
from metricbook.model.dimensions import UNLISTED, Dimension
from metricbook.model.metric import Where
from metricbook.model.model import Model
from proof.scenarios import Scenario
from proof.typed import COMPARISON, CURRENT, LAST_YEAR, When

FIXED, FIRST = 9, 10
WINDOW = {CURRENT: 6, COMPARISON: 7, LAST_YEAR: 8}


def line_id(model: Model, id: str, where: Where) -> str:
    """The id of a metric's line: "arr", "arr[paid_search]", "sales[tea, total]", "spend[channel.email]"."""
    if all(point is None for point in where):
        return id
    said = []
    for axis, point in zip(model.metrics[id].axes, where, strict=True):
        if point is None:
            said.append("total")
            continue
        homes = [name for name in axis if point.member in _tokens(model.dimensions[name])]
        said.append(f"{point.dimension}.{point.member}" if len(homes) > 1 else point.member)
    return f"{id}[{', '.join(said)}]"


def _tokens(dimension: Dimension) -> set[str]:
    return {member.id for member in dimension.members} | {id for id, _ in dimension.groups} | {UNLISTED}


def lines(plan: Plan, sheet: str = "Calculations") -> dict[str, int]:
    """The rows of a sheet by the id in their first column."""
    runs = next(each.runs for each in plan.sheets if each.name == sheet)
    return {run.content: run.row for run in runs if run.first == 1 and isinstance(run.content, str)}


@dataclass(frozen=True)
class Opened:
    """A scenario's workbook, calculated."""

    scenario: Scenario
    plan: Plan
    grid: Grid

    @classmethod
    def of(cls, scenario: Scenario) -> Opened:
        """Build and calculate it."""
        return cls(scenario, *scenario.values())

    def value(self, id: str, when: When = CURRENT, where: Where = ()) -> Value:
        """A metric's value on Calculations."""
        column = FIXED if when is None else WINDOW[when] if isinstance(when, str) else FIRST + when
        return self.grid.value("Calculations", lines(self.plan)[line_id(self.scenario.model, id, where)], column)

    def result(self, id: str, column: str) -> Value:
        """What Results says about a metric."""
        runs = next(each.runs for each in self.plan.sheets if each.name == "Results")
        number = next(run.first for run in runs if run.content == column)
        return self.grid.value("Results", lines(self.plan, "Results")[id], number)

    def numbers(self) -> dict[tuple[str, Where, When], float]:
        """Every number on the lines of metrics, by id."""
        rows, model = lines(self.plan), self.scenario.model
        found = {}
        for metric in model.metrics.values():
            whens: list[When] = [*range(model.periods.count), *WINDOW] if metric.timed else [None]
            for where in model.wheres(metric):
                for when in whens:
                    column = FIXED if when is None else WINDOW[when] if isinstance(when, str) else FIRST + when
                    value = self.grid.value("Calculations", rows[line_id(model, metric.id, where)], column)
                    if isinstance(value, float):
                        found[metric.id, where, when] = value
        return found

    def cells(self, *kinds: str) -> Iterator[tuple[str, Run, int, Value]]:
        """Sheet, run, column and value of every cell that holds anything, on sheets of these kinds."""
        for sheet in self.plan.sheets:
            if not kinds or sheet.kind in kinds:
                for run in sheet.runs:
                    if run.content is not None:
                        for column in range(run.first, run.last + 1):
                            yield sheet.name, run, column, self.grid.value(sheet.name, run.row, column)

    def formulas(self, *kinds: str) -> Iterator[tuple[str, Run, int, Value]]:
        """The cells that are calculated."""
        yield from (cell for cell in self.cells(*kinds) if not isinstance(cell[1].content, str | float | int | tuple))

    def texts(self, *kinds: str) -> list[str]:
        """Every text that is not blank."""
        return [value for *_, value in self.cells(*kinds) if isinstance(value, str) and value]


def is_error(value: Value) -> bool:
    """Is it #N/A and the like?"""
    return isinstance(value, Error)

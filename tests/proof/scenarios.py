"""Inputs for a model: the cases under which a workbook must be right, from an empty one to a full one.

Every value is exact in binary (whole, halves, quarters), so that engines which round the last bits differently must
still agree wherever a formula compares two numbers or divides by a difference.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, lru_cache
from pathlib import Path
from random import Random

from metricbook.build import model_of, sample_of, values_of
from metricbook.formula.evaluate import Grid
from metricbook.layout.lay_out import lay_out
from metricbook.layout.plan import Plan
from metricbook.layout.settings import Settings
from metricbook.model.data import examples
from metricbook.model.dimensions import Grain, Member, Periods
from metricbook.model.metric import Metric, Where
from metricbook.model.model import Model
from metricbook.source.load import shipped

Key = tuple[str, Where, int | None]
Typed = float | str | None
Inputs = Mapping[Key, Typed]

VIEWS: dict[Grain, tuple[str, ...]] = {
    "month": ("Month", "Qtr to date", "Year to date"),
    "quarter": ("Quarter", "Year to date"),
    "week": ("Week", "Qtr to date", "Year to date"),
    "year": ("Year",),
}
COMPARISONS = ("Previous", "Last year")
FIRST: dict[Grain, str] = {"month": "2025-01", "quarter": "2025-Q1", "week": "2025-W01", "year": "2025"}

HERE = Path(__file__).parent
PICKED, VIEW, COMPARE = "picked_period", "picked_view", "picked_comparison"


@dataclass(frozen=True, eq=False)
class Scenario:
    """A model with inputs; `closed` are the days after which members are no longer used, by dimension and member.

    The inputs may be given as a function, called when they are first read: tests are listed by name alone.
    """

    name: str
    model: Model
    given: Inputs | Callable[[], Inputs]
    closed: Mapping[tuple[str, str], float] = field(default_factory=dict)

    @cached_property
    def inputs(self) -> Inputs:
        """What is typed."""
        return self.given() if callable(self.given) else self.given

    def plan(self) -> Plan:
        """The workbook of this scenario, with the members' last days typed into Lists."""
        plan = lay_out(self.model, Settings(inputs=self.inputs))
        return _with_closed(plan, self.closed) if self.closed else plan

    def values(self) -> tuple[Plan, Grid]:
        """The plan and every cell's value."""
        return _values(self)


@lru_cache(maxsize=1)  # several tests of a scenario run one after the other
def _values(scenario: Scenario) -> tuple[Plan, Grid]:
    plan = scenario.plan()
    return plan, values_of(plan)


def serial(periods: Periods, index: int) -> float:
    """The first day of a period as a spreadsheet counts days."""
    return float(periods.start(index).toordinal() - 693_594)


def wheres(model: Model, metric: Metric) -> Iterator[Where]:
    """Where an input is typed: at every member that has a name."""
    for where in model.wheres(metric):
        if all(point is not None and not point.group and model.member(point).label for point in where):
            yield where


def cells(model: Model) -> Iterator[tuple[Metric, Key]]:
    """Every cell that can be typed in."""
    for metric in model.metrics.values():
        if not metric.is_input:
            continue
        for where in wheres(model, metric):
            for period in range(model.periods.count) if metric.timed else [None]:
                yield metric, (metric.id, where, period)


def generated(model: Model, seed: int, zeros: float = 0.05) -> dict[Key, Typed]:
    """A value for every input cell; the share `zeros` of them is 0. Constants and targets stay as documented."""
    random = Random(seed)
    return aims(model) | {
        key: _value(model, metric, random, zeros) for metric, key in cells(model) if metric.section != "constants"
    }


def aims(model: Model) -> dict[Key, Typed]:
    """The targets of the sample company."""
    return {
        key: value
        for key, value in examples(model).items()
        if key[0].endswith((".target", ".from", ".to", ".history"))
    }


def _value(model: Model, metric: Metric, random: Random, zeros: float) -> Typed:
    given = metric.input
    assert given is not None
    if metric.unit == "choice":
        return random.choice(list(given.options or {}))
    if metric.unit == "member":
        named = [each.id for each in model.dimensions[given.of or ""].members if each.label]
        return random.choice(named) if named else None
    if metric.unit == "text":
        return random.choice(("in words", "=1+1", "1,200 "))
    if random.random() < zeros and (given.min is None or given.min <= 0):
        return 0.0
    head = metric.unit.partition("/")[0]
    if head == "percent":
        return random.randrange(1, 17) / 16
    if head == "currency":
        return random.randrange(4, 40_000) / 4
    if metric.unit == "count":
        return float(random.randrange(1, 64))
    return random.randrange(2, 48) / 4


def without(inputs: Inputs, lost: Callable[[Key], bool]) -> dict[Key, Typed]:
    """The inputs with some cells left blank."""
    return {key: value for key, value in inputs.items() if not lost(key)}


def until(inputs: Inputs, last: int) -> dict[Key, Typed]:
    """The inputs of the periods up to that one, counted from 0, and what has no period."""
    return without(inputs, lambda key: key[2] is not None and key[2] > last)


def read_as(
    inputs: Inputs, period: float | None, view: str | None = None, compare: str | None = None
) -> dict[Key, Typed]:
    """The inputs with the first page's selectors set; `period` is a spreadsheet's day."""
    chosen: dict[Key, Typed] = {(PICKED, (), None): period, (VIEW, (), None): view, (COMPARE, (), None): compare}
    return {**inputs, **{key: value for key, value in chosen.items() if value is not None}}


def over(model: Model, grain: Grain, count: int, fiscal: int = 1, first: str = "") -> Model:
    """The same framework with other periods."""
    return replace(model, periods=Periods(grain, count, first or FIRST[grain], fiscal))


def relabelled(model: Model, dimension: str, labels: Mapping[str, tuple[str, str]]) -> Model:
    """The same framework with members named otherwise, by id: (label, group)."""
    old = model.dimensions[dimension]
    members = tuple(Member(each.id, *labels[each.id]) if each.id in labels else each for each in old.members)
    return replace(model, dimensions={**model.dimensions, dimension: replace(old, members=members)})


@cache
def framework(name: str, **profile: str) -> Model:
    """A framework of a profile, read once."""
    return model_of(name if name in shipped() else HERE / f"{name}.yaml", profile)


def sample(model: Model) -> dict[Key, Typed]:
    """The framework's own sample data; none of a framework that has none."""
    return dict(sample_of(model, None if model.framework.framework in shipped() else HERE))


def frameworks() -> dict[str, Model]:
    """Every framework in the profiles that between them compile all of its formulas."""
    return {
        "growth": framework("growth"),
        "growth one-off": framework("growth", business_model="transactional"),
        "cm summary": framework("customer_marketing_roi"),
        "cm detail": framework(
            "customer_marketing_roi", rates="counts", referral_costs="advocacy", program_money="linked"
        ),
        "cm mixed": framework("customer_marketing_roi", rates="counts", referral_costs="own", program_money="typed"),
        "advocacy": framework("advocacy"),
        "advocacy typed": framework("advocacy", rates="typed"),
        "mechanisms": framework("mechanisms"),
        "roi": framework("roi"),
        "funnel": framework("funnel", motion="hybrid"),
        "trends": framework("trends"),
        "essentials": framework("b2b_essentials"),
        "cmo": framework("cmo_dashboard"),
        "attribution": framework("attribution"),
        "gtm": framework("gtm_measurement"),
        "plan": framework("marketing_plan_kpis"),
        "plan one-off": framework("marketing_plan_kpis", business_model="transactional"),
        "cm linked": framework(
            "customer_marketing_roi", rates="typed", referral_costs="advocacy", program_money="linked"
        ),
    }


def _with_closed(plan: Plan, closed: Mapping[tuple[str, str], float]) -> Plan:
    areas = {anchor.name.removeprefix("blk_list_"): anchor.area for anchor in plan.anchors}
    sheets = []
    for sheet in plan.sheets:
        runs = list(sheet.runs)
        if sheet.name == "Lists":
            ids = {run.row: run.content for run in runs if run.first == 1}
            for (dimension, member), day in closed.items():
                rows = range(areas[dimension].first.row, areas[dimension].last.row + 1)
                row = next(row for row in rows if ids.get(row) == member)
                at = next(n for n, run in enumerate(runs) if run.row == row and run.first == CLOSED_COLUMN)
                runs[at] = replace(runs[at], content=day)
        sheets.append(replace(sheet, runs=tuple(runs)))
    return replace(plan, sheets=tuple(sheets))


CLOSED_COLUMN = 4

"""Inputs for a model: the cases under which a workbook must be right, from an empty one to a full one.

Every value is exact in binary (whole, halves, quarters), so that engines which round the last bits differently must
still agree wherever a formula compares two numbers or divides by a difference.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from random import Random

from metricbook.build import model_of, sample_of, values_of
from metricbook.formula.evaluate import Grid
from metricbook.layout.lay_out import lay_out
from metricbook.layout.plan import Plan
from metricbook.layout.settings import Settings
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

# thousands of lines: of these fewer scenarios, chosen to differ most
LARGE = ("roi", "funnel", "attribution", "gtm", "plan", "plan one-off")
# made of others, whose formulas are proven there: one scenario is enough
MADE_OF_OTHERS = ("trends", "essentials", "cmo")

HERE = Path(__file__).parent
PICKED, VIEW, COMPARE = "picked_period", "picked_view", "picked_comparison"


@dataclass(frozen=True)
class Scenario:
    """A model with inputs; `closed` are the days after which members are no longer used, by dimension and member."""

    name: str
    model: Model
    inputs: Inputs
    closed: Mapping[tuple[str, str], float] = field(default_factory=dict)

    def plan(self) -> Plan:
        """The workbook of this scenario, with the members' last days typed into Lists."""
        plan = lay_out(self.model, Settings(inputs=self.inputs))
        return _with_closed(plan, self.closed) if self.closed else plan

    def values(self) -> tuple[Plan, Grid]:
        """The plan and every cell's value."""
        plan = self.plan()
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
    """A value for every input cell; the share `zeros` of them is 0. Constants stay as documented."""
    random = Random(seed)
    return {
        key: _value(model, metric, random, zeros) for metric, key in cells(model) if metric.section != "constants"
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


def scenarios(name: str, model: Model) -> Iterator[Scenario]:
    """Every scenario of one framework."""
    full, count = generated(model, 1), model.periods.count
    half = count // 2

    def scenario(title: str, inputs: Inputs, model: Model = model) -> Scenario:
        return Scenario(f"{name}: {title}", model, inputs)

    yield scenario("empty", {})
    yield scenario("sample", sample(model))
    yield scenario("generated", full)
    yield scenario("many zeros", generated(model, 2, zeros=0.4))
    yield scenario("all zeros", {key: 0.0 if isinstance(value, float) else value for key, value in full.items()})
    yield scenario("future blank", until(full, half))
    yield scenario("a hole in the middle", without(full, lambda key: key[2] == half - 1))
    yield scenario("one cell in nine blank", _thinned(full, 9))
    yield scenario("one cell in two blank", _thinned(full, 2))
    yield scenario("one member missing", _one_member_missing(model, full))
    for line in [metric.id for metric in model.metrics.values() if metric.input and metric.input.blank != "missing"][
        :3
    ]:
        yield scenario(f"{line} unused", _without_line(full, line))
    yield scenario(
        "text in numbers",
        {key: "1,200 " if number % 7 == 3 else value for number, (key, value) in enumerate(full.items())},
    )
    yield scenario(
        "one period", generated(over(model, model.periods.grain, 1), 3), over(model, model.periods.grain, 1)
    )


def views(name: str, model: Model) -> Iterator[Scenario]:
    """Every view and comparison at every grain, with different fiscal years, lengths and reporting periods."""
    lengths: tuple[tuple[Grain, int, int, str], ...] = (
        ("month", 24, 10, ""), ("month", 13, 4, "2025-02"), ("quarter", 13, 4, "2025-Q3"),
        ("week", 60, 10, "2024-W49"), ("year", 3, 4, ""),
    )  # fmt: skip
    for grain, count, fiscal, first in lengths:
        if grain == "year" and name == "mechanisms":
            continue  # it looks at quarters, which years do not have
        other = over(model, grain, count, fiscal, first)
        full = until(generated(other, count), count - 2)
        picks = (None, count // 4, count // 2, count - 2)
        pairs = [(view, compare) for view in VIEWS[grain] for compare in COMPARISONS]
        for number, (view, compare) in enumerate(pairs[:: 6 if count > 50 else 1]):
            pick = picks[number % len(picks)]
            day = None if pick is None else serial(other.periods, pick)
            title = f"{count} {grain}s, fiscal {fiscal}, {view} against {compare}, period {pick}"
            yield Scenario(f"{name}: {title}", other, read_as(full, day, view, compare))
    for grain, count, fiscal, first in (
        ("month", 3, 1, "2025-11"),
        ("week", 14, 1, "2025-W50"),
        ("quarter", 2, 12, ""),
    ):
        other = over(model, grain, count, fiscal, first)
        title = f"{count} {grain}s, fiscal {fiscal}, year to date"
        yield Scenario(f"{name}: {title}", other, read_as(generated(other, count), None, "Year to date", "Previous"))
    odd = read_as(generated(model, 9), 12_345.0, "Fortnight", "Never")
    yield Scenario(f"{name}: unknown words in the selectors", model, odd)


def members(name: str, model: Model) -> Iterator[Scenario]:
    """Spare members named, members closed and members without a name."""
    used = {model.dimensions[name].root for each in model.metrics.values() for axis in each.axes for name in axis}
    for id, dimension in model.dimensions.items():
        spares = [each.id for each in dimension.members if each.id.startswith("spare_")]
        first = dimension.members[0].id
        if dimension.of or id not in used:
            continue
        if spares:
            group = dimension.groups[0][0] if dimension.groups else ""
            named = relabelled(model, id, {spares[0]: ("Podcasts", group)})
            yield Scenario(f"{name}: a spare {id} named", named, generated(named, 21))
            named = relabelled(model, id, {spares[0]: ("Podcasts", "")})
            yield Scenario(f"{name}: a spare {id} of no group", named, generated(named, 22))
        unnamed = relabelled(model, id, {first: ("", dimension.members[0].group)})
        yield Scenario(f"{name}: a {id} without a name", unnamed, generated(unnamed, 23))
        nobody = relabelled(model, id, {each.id: ("", each.group) for each in dimension.members})
        yield Scenario(f"{name}: no {id} has a name", nobody, generated(nobody, 24))
        half = model.periods.count // 2
        full = until(generated(model, 25), half + 2)
        gone = {**full, **{key: None for key in full if key not in until(full, half) and _is_at(key, first)}}
        closed = {(id, first): serial(model.periods, half) + 10}
        yield Scenario(f"{name}: a {id} closed", model, gone, closed)


def _without_line(inputs: Inputs, id: str) -> dict[Key, Typed]:
    return without(inputs, lambda key: key[0] == id)


def _is_at(key: Key, member: str) -> bool:
    return any(point is not None and point.member == member for point in key[1])


def _thinned(inputs: Inputs, share: int) -> dict[Key, Typed]:
    random = Random(share)
    return {key: value for key, value in inputs.items() if random.randrange(share)}


def _one_member_missing(model: Model, inputs: Inputs) -> dict[Key, Typed]:
    lost = {(metric.id, where) for metric in model.metrics.values() if metric.is_input and metric.axes
            for where in list(wheres(model, metric))[1:2]}  # fmt: skip
    return without(inputs, lambda key: key[:2] in lost)


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

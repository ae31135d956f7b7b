"""The funnel out of pasted deals: every line by every member and month is what plain Python adds up from the rows."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

from metricbook.build import model_of, sample_of, sample_records, values_of
from metricbook.formula.evaluate import Grid, Value
from metricbook.layout.lay_out import lay_out
from metricbook.layout.settings import Settings
from metricbook.reference import deals as reference
from metricbook.reference.deals import TOTAL, Deal
from metricbook.reference.spend import SpendLine, marketing_spend
from proof.journeys import MARGINS
from proof.opened import FIRST, lines

FRAMEWORKS = Path(__file__).parents[2] / "frameworks"
ROWS, SPEND = FRAMEWORKS / "funnel.deals.sample.csv", FRAMEWORKS / "roi.spend_lines.sample.csv"
MONTHS = tuple(f"{2025 + month // 12}-{month % 12 + 1:02}" for month in range(20))
RULES = ("alone", "first_touch", "created")
STAGES = {"lead": "lead_on", "mql": "mql_on", "sql": "sql_on", "opened": "opened_on", "closed": "closed_on"}

pytestmark = pytest.mark.xdist_group("deals")  # workbooks are made once


@cache
def rows() -> tuple[Deal, ...]:
    """The pasted rows, read without the compiler."""
    with ROWS.open(encoding="utf-8", newline="") as file:
        return tuple(_deal(row) for row in csv.DictReader(file))


def _deal(row: Mapping[str, str]) -> Deal:
    reached = {stage: date.fromisoformat(row[column]) for stage, column in STAGES.items() if row[column]}
    if row["outcome"] == "won":
        reached["won"] = reached["closed"]
    labels = {margin: row[margin] for margin in MARGINS if row[margin]}
    counts = (int(row[f"{team}_touches"] or 0) for team in ("marketing", "sales"))
    return Deal(reached, float(row["amount"] or 0), labels, row["first_touch_by"], row["created_by"], *counts)


@cache
def spend_lines() -> tuple[SpendLine, ...]:
    with SPEND.open(encoding="utf-8", newline="") as file:
        read = list(csv.DictReader(file))
    return tuple(SpendLine(date.fromisoformat(row["date"]), float(row["amount"]), row) for row in read)


@cache
def book(name: str = "funnel") -> tuple[Grid, Mapping[str, int]]:
    model = model_of(name, {"data": "records"})
    pasted = {id: loaded.rows for id, loaded in sample_records(model).items()}
    plan = lay_out(model, Settings(records=pasted, inputs=sample_of(model)))
    return values_of(plan), lines(plan)


def months(line: str, name: str = "funnel") -> list[Value]:
    grid, at = book(name)
    return [grid.value("Calculations", at[line], FIRST + month) for month in range(len(MONTHS))]


def _end(month: str) -> date:
    year, number = int(month[:4]), int(month[5:])
    return date(year + number // 12, number % 12 + 1, 1) - timedelta(days=1)


@pytest.mark.parametrize("margin", MARGINS)
@pytest.mark.parametrize(
    "stage", [reference.leads, reference.mqls, reference.sqls, reference.opportunities, reference.wins]
)
def test_stages_by_every_member(stage: Callable[..., reference.Table], margin: str) -> None:
    sums = stage(rows(), margin)
    for member in MARGINS[margin]:
        assert months(f"{stage.__name__}[{member}]") == [sums.get((member, month), 0) for month in MONTHS]
    assert months(stage.__name__) == [sums.get((TOTAL, month), 0) for month in MONTHS]


def test_days_to_win_by_channel() -> None:
    sums = reference.days_to_win(rows(), "channel")
    for member in MARGINS["channel"]:
        assert months(f"days_to_win[{member}]") == [sums.get((member, month), 0) for month in MONTHS]


@pytest.mark.parametrize(
    "line",
    [reference.pipeline_created, reference.revenue_won, reference.touched_pipeline, reference.mi_revenue],
)
def test_pipeline_and_revenue(line: Callable[..., reference.Line]) -> None:
    sums = line(rows())
    assert months(line.__name__) == [sums.get(month, 0) for month in MONTHS]


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize(
    "line",
    [
        reference.sourced_pipeline,
        reference.sourced_opportunities,
        reference.sourced_wins,
        reference.sourced_revenue,
        reference.sourced_days,
    ],
)
def test_what_marketing_sourced_by_each_rule(line: Callable[..., reference.Line], rule: str) -> None:
    sums = line(rows(), rule)
    assert months(f"{line.__name__}[{rule}]") == [sums.get(month, 0) for month in MONTHS]


@pytest.mark.parametrize("rule", RULES)
def test_what_is_open_at_the_end_of_each_month(rule: str) -> None:
    assert months("open_pipeline") == [reference.open_pipeline(rows(), _end(month)) for month in MONTHS]
    assert months(f"sourced_open[{rule}]") == [reference.sourced_open(rows(), rule, _end(m)) for m in MONTHS]


@pytest.mark.parametrize("margin", MARGINS)
def test_spend_and_what_came_of_it(margin: str) -> None:
    for line, sums in (
        ("marketing_spend", marketing_spend(spend_lines(), margin)),
        ("marketing_revenue", reference.marketing_revenue(rows(), margin)),
    ):
        for member in MARGINS[margin]:
            assert months(f"{line}[{member}]", "roi") == [sums.get((member, month), 0) for month in MONTHS]
        assert months(line, "roi") == [sums.get((TOTAL, month), 0) for month in MONTHS]


def test_wins_are_the_customers_that_are_typed_beside_the_rows() -> None:
    """Revenue is that of the typed sample, of fewer and larger deals; customers by channel are typed in both."""
    model = model_of("b2b_essentials", {"data": "records"})
    typed = sample_of(model)
    won = reference.wins(rows(), "channel")
    for (id, where, period), value in typed.items():
        if id == "channel_customers" and period is not None and where[0] is not None:
            assert value == won.get((where[0].member, MONTHS[period]), 0)
    revenue = sample_of(model_of("funnel"))
    assert months("revenue_won") == [revenue["revenue_won", (), month] for month in range(len(MONTHS))]

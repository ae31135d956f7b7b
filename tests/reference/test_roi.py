"""The return on marketing functions against published examples, and the sample against growth's company."""

import csv
import doctest
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from inspect import signature
from pathlib import Path

import pytest
import yaml

from metricbook import reference
from metricbook.build import model_of, sample_of, sample_records, values_of
from metricbook.layout.lay_out import lay_out
from metricbook.layout.settings import Settings
from metricbook.reference import At, Undefined, roi
from proof.opened import FIRST, lines

FRAMEWORKS = Path(__file__).parents[2] / "frameworks"
MARGINS = ("channel", "source", "campaign", "ad", "asset")
AMOUNTS = ("marketing_spend", "marketing_budget", "marketing_revenue")
LAST = "2026-08"


def test_examples_in_docstrings() -> None:
    found = doctest.testmod(roi)
    assert found.attempted > 16
    assert found.failed == 0


def test_four_times_roas_at_thirty_percent_margin_barely_breaks_even() -> None:
    # Hatch: "4× ROAS", "gross margin is 30%"; so 1.2 of margin for each 1 spent, 20% beyond cost, back in 10 months
    profit = roi.marketing_gross_profit(400_000, 0.3)
    assert roi.roas(400_000, 100_000) == 4
    assert roi.margin_roas(profit, 100_000) == pytest.approx(1.2)
    assert roi.romi_margin(profit, 100_000) == pytest.approx(0.2)
    assert roi.romi_revenue(400_000, 100_000) == pytest.approx(3)
    assert roi.marketing_payback(100_000, profit) == pytest.approx(10)


@pytest.mark.parametrize(("profit", "romi", "months"), [(60, -0.4, 20), (100, 0, 12), (120, 0.2, 10), (300, 2, 4)])
def test_paid_back_within_a_year_is_a_return_above_zero(profit: float, romi: float, months: float) -> None:
    assert roi.romi_margin(profit, 100) == pytest.approx(romi)
    assert roi.marketing_payback(100, profit) == pytest.approx(months)


@pytest.mark.parametrize("months", [1, 3, 12])
def test_a_steady_company_is_the_same_in_every_view(months: int) -> None:
    spend, revenue = 50_000 * months, 75_000 * months
    profit = roi.marketing_gross_profit(revenue, 0.8)
    assert roi.marketing_payback(spend, profit) == pytest.approx(10)
    assert roi.romi_margin(profit, spend) == pytest.approx(0.2)
    assert roi.budget_pacing(spend, roi.budget_due(600_000, months / 12)) == pytest.approx(1)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("budget_utilization", (100, 0)),
        ("budget_pacing", (100, 0)),
        ("roas", (100, 0)),
        ("paid_roas", (100, 0)),
        ("margin_roas", (100, 0)),
        ("romi_margin", (100, 0)),
        ("romi_revenue", (100, 0)),
        ("cpl", (100, 0)),
        ("cost_per_conversion", (100, 0)),
        ("ctr", (0, 0)),
        ("conversion_rate", (0, 0)),
    ],
)
def test_zero_divisor_is_undefined(name: str, values: tuple[float, ...]) -> None:
    with pytest.raises(ZeroDivisionError):
        reference.find(name)(*values)


@pytest.mark.parametrize("profit", [0, -1])
def test_what_never_pays_back_is_undefined(profit: float) -> None:
    with pytest.raises(Undefined):
        roi.marketing_payback(100, profit)


def test_free_marketing_is_paid_back_at_once() -> None:
    assert roi.marketing_payback(0, 100) == 0


def test_each_formula_has_a_function_of_metrics_that_exist() -> None:
    model = model_of("roi")
    known = {*model.metrics, "series", "to_date", "whole", "period.elapsed"}
    for metric in (each for each in model.metrics.values() if not each.is_input and not each.target_of):
        parameters = signature(reference.find(metric.python), eval_str=True).parameters.values()
        marks = [getattr(each.annotation, "__metadata__", (each.name,))[0] for each in parameters]
        names = {each.reference.partition("[")[0] if isinstance(each, At) else each for each in marks}
        assert names <= known, metric.id


# --- the sample -------------------------------------------------------------------------------------------------

Sample = Mapping[str, Mapping[str, Mapping[tuple[str, str], float]]]


@cache
def sample(framework: str = "roi") -> Sample:
    """Values by metric and dimension, and there by member and period."""
    values: dict[str, dict[str, dict[tuple[str, str], float]]] = defaultdict(lambda: defaultdict(dict))
    with (FRAMEWORKS / f"{framework}.sample.csv").open(encoding="utf-8", newline="") as file:
        for row in (each for each in csv.DictReader(file) if each["value"].replace(".", "").isdigit()):
            filled = [key for key in row if key not in ("metric", "period", "value") and row[key]]
            dimension = filled[0] if filled else ""
            values[row["metric"]][dimension][row.get(dimension, ""), row["period"]] = float(row["value"])
    return values


def total(metric: str, dimension: str, period: str) -> float:
    return sum(value for (_, at), value in sample()[metric][dimension].items() if at == period)


def periods(metric: str) -> list[str]:
    return sorted({period for _, period in sample()[metric]["channel"]})


def test_every_breakdown_of_the_sample_adds_up_to_the_same() -> None:
    for metric in AMOUNTS:
        for period in periods(metric):
            assert len({total(metric, dimension, period) for dimension in MARGINS}) == 1, (metric, period)
    for metric in ("impressions", "clicks", "conversions"):
        assert total(metric, "campaign", LAST) == total(metric, "ad", LAST)


def test_the_sample_spends_less_than_growth_does_on_sales_and_marketing() -> None:
    spend, growth = sample()["marketing_spend"]["channel"], sample("growth")["channel_spend"]["channel"]
    assert spend.keys() == growth.keys()
    assert all(0 < spend[key] < growth[key] for key in growth)


def test_the_sample_credits_marketing_with_less_than_it_influenced() -> None:
    won, influenced = sample("growth")["new_mrr"][""], sample("funnel")["mi_revenue"][""]
    for (_, period), mrr in won.items():
        assert total("marketing_revenue", "channel", period) <= influenced["", period] <= 12 * mrr


def test_the_rows_of_spend_are_the_typed_spend() -> None:
    rows: dict[tuple[str, str, str], float] = defaultdict(float)
    with (FRAMEWORKS / "roi.spend_lines.sample.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for dimension in MARGINS:
                rows[dimension, row[dimension], row["date"][:7]] += float(row["amount"])
    for dimension in MARGINS:
        for (member, period), spend in sample()["marketing_spend"][dimension].items():
            assert rows.get((dimension, member, period), 0) == spend


def test_the_sample_budgets_whole_years() -> None:
    assert len(periods("marketing_budget")) == 24
    assert (
        yaml.safe_load((FRAMEWORKS / "roi.yaml").read_text(encoding="utf-8"))["dimensions"]["period"]["count"] == 24
    )


def test_the_sample_has_plausible_ratios_at_the_end() -> None:
    spend, revenue = total("marketing_spend", "channel", LAST), total("marketing_revenue", "channel", LAST)
    assert (spend, revenue) == (79_650, 122_500)
    profit = roi.marketing_gross_profit(revenue, sample("growth")["gross_margin"][""]["", LAST])
    assert profit == pytest.approx(98_000)
    assert roi.romi_margin(profit, spend) == pytest.approx(18_350 / 79_650)
    assert roi.marketing_payback(spend, profit) == pytest.approx(79_650 / 98_000 * 12)
    months = [period for period in periods("marketing_spend") if period >= "2026"]
    year = sum(total("marketing_spend", "channel", period) for period in months)
    budget = sum(total("marketing_budget", "channel", period) for period in periods("marketing_budget")[12:])
    assert 0.9 < roi.budget_pacing(year, roi.budget_due(budget, 8 / 12)) < 1.1


def test_spend_from_rows_is_the_typed_spend() -> None:
    """The same company once typed and once from rows of spend: every line and total of spend and pacing agrees."""
    typed, rows = (_values(data) for data in ("typed", "records"))
    shared = [
        id
        for id in typed
        if id.partition("[")[0] in ("marketing_spend", "budget_utilization", "budget_pacing") and "spare_" not in id
    ]
    assert len(shared) > 60
    for id in shared:
        assert [round(each, 9) for each in _numbers(rows[id])] == [round(each, 9) for each in _numbers(typed[id])], id


def _values(data: str) -> dict[str, list[object]]:
    """The lines of Calculations, by id, up to the last month of the sample."""
    model = model_of("roi", {"data": data})
    records = {table: loaded.rows for table, loaded in sample_records(model).items()}
    plan = lay_out(model, Settings(inputs=sample_of(model), records=records))
    grid, ids = values_of(plan), lines(plan)
    return {id: list(grid.row("Calculations", row)[FIRST : FIRST + 20]) for id, row in ids.items()}


def _numbers(values: list[object]) -> list[float]:
    return [each if isinstance(each, float) else -1.0 for each in values]

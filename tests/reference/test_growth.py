"""The growth references against published examples, and growth.yaml and its sample against the references."""

import csv
import doctest
from collections import defaultdict
from functools import cache
from inspect import signature
from pathlib import Path

import pytest
import yaml

from metricbook import reference
from metricbook.reference import At, Undefined, conventions, growth, periods, retention

FRAMEWORKS = Path(__file__).parents[2] / "frameworks"
PERIOD_WORDS = {"series", "opening", "n", "to_date", "whole"}


@pytest.mark.parametrize("module", [reference, conventions, periods, growth, retention])
def test_examples_in_docstrings(module):
    assert doctest.testmod(module).failed == 0


# --- published examples -----------------------------------------------------------------------------------------


def test_payback_of_the_published_example():
    # getmichaelai.com, 7 key B2B metrics: 50k spend, 100 customers, 100 a month, 80% margin → 6.25 months
    assert growth.cac_payback(growth.cac_blended(50_000, 100), 100, 0.8) == 6.25


def test_three_to_one():
    # the same article: 3 earned for each 1 spent is 3:1
    assert growth.ltv_cac(3, 1) == 3


@pytest.mark.parametrize(
    ("arpu", "margin", "churn", "ltv"),
    # abracalc.com, customer lifetime value calculator, five scenarios
    [(100, 0.8, 0.05, 1_600), (50, 0.9, 0.10, 450), (500, 0.7, 0.02, 17_500), (1_000, 0.75, 0.01, 75_000)],
)
def test_lifetime_value_of_published_scenarios(arpu, margin, churn, ltv):
    assert growth.ltv_from_churn(arpu, margin, churn) == pytest.approx(ltv)


def test_net_retention_of_the_published_example():
    # theprimecalculator.com: 100,000 + 15,000 − 5,000 − 8,000 → 102%
    assert retention.nrr_month(100_000, 15_000, 5_000, 8_000) == pytest.approx(1.02)


def test_arr_is_twelve_times_mrr_and_the_sum_of_its_movements():
    # by hand: 350 opening, +40 new, +15 expansion, −5 contraction, −10 churn = 390 a month = 4,680 a year
    movements = growth.net_new_arr(growth.arr_new(40), growth.arr_expansion(15), growth.arr_lost(5, 10))
    assert growth.arr_from_movements(growth.opening_arr(350), movements) == 4_680
    assert growth.arr_from_mrr(390) == 4_680


# --- undefined results ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("cac_blended", (50_000, 0)),
        ("cac_paid", (50_000, 0)),
        ("channel_cac", (50_000, 0)),
        ("ltv_from_churn", (100, 0.8, 0)),
        ("ltv_revenue", (100, 0)),
        ("ltv_cac", (1_500, 0)),
        ("churn_rate", (0, 0)),
        ("arpu_subscription", (0, 0)),
        ("acv_signed", (0, 0)),
        ("active_share", (0, 0)),
        ("nrr_month", (0, 10, 0, 0)),
        ("grr_month", (0, 0, 0)),
        ("nrr_from_movements", (0, 10, 0, 0)),
        ("nrr_from_cohort", (10, 0)),
        ("grr_from_cohort", (10, 0)),
    ],
)
def test_zero_divisor_is_undefined(name, values):
    with pytest.raises(ZeroDivisionError):
        reference.find(name)(*values)


@pytest.mark.parametrize(("arpu", "margin"), [(0, 0.8), (100, 0), (100, -0.1), (-5, -0.1)])
@pytest.mark.parametrize("name", ["cac_payback", "channel_payback"])
def test_what_never_pays_back_is_undefined(name, arpu, margin):
    with pytest.raises(Undefined):
        reference.find(name)(500, arpu, margin)


# --- clocks -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("months", [1, 3, 12])
def test_a_steady_company_is_the_same_in_every_view(months):
    # 1,000 customers lose 20 and win 20 every month, 2% a month: 100 × 80% ÷ 2% = 4,000
    lost, customer_months = 20 * months, sum(growth.customer_months(1_000, 1) for _ in range(months))
    churn = growth.churn_rate(lost, customer_months)
    cac = growth.cac_blended(20_000 * months, 20 * months)
    assert churn == pytest.approx(0.02)
    assert growth.ltv_from_churn(100, 0.8, churn) == pytest.approx(4_000)
    assert growth.ltv_cac(growth.ltv_from_churn(100, 0.8, churn), cac) == pytest.approx(4)


def test_without_new_customers_the_three_methods_agree():
    # 100 of MRR, each month +2 expansion, −0.5 contraction, −1 churn: 106 after a year, by hand
    mrr = [100 + 0.5 * month for month in range(13)]
    index = 1.0
    for start in mrr[:12]:
        index = retention.retention_index(index, retention.nrr_month(start, 2, 0.5, 1))
    assert retention.nrr_from_movements(100, 24, 6, 12) == pytest.approx(1.06)
    assert retention.nrr_chained(index, 1) == pytest.approx(1.06)
    assert retention.nrr_from_cohort(12 * mrr[12], 12 * mrr[0]) == pytest.approx(1.06)


def test_a_year_of_history_is_needed():
    assert periods.rolling_sum([1] * 11, 12) is None
    assert periods.rolling_sum([1] * 12, 12) == 12
    assert periods.ago(list(range(12)), 12) is None
    assert periods.ago(list(range(13)), 12) == 0


def test_a_hole_is_no_zero():
    assert periods.rolling_sum([1, None, 1], 3) is None
    assert periods.rolling_sum([None, 1, 1], 2) == 2
    assert periods.cumulative([1, None, 1]) is None
    assert periods.previous([1, None, 1], 0) is None


def test_an_unknown_name_is_a_key_error():
    with pytest.raises(KeyError):
        reference.find("no_such_metric")


# --- the framework ----------------------------------------------------------------------------------------------


@cache
def framework():
    return yaml.safe_load((FRAMEWORKS / "growth.yaml").read_text(encoding="utf-8"))


def formulas():
    """Yields (metric id, name of its function) for each formula of growth.yaml."""
    for id, metric in framework()["metrics"].items():
        if "formula" in metric:
            yield id, metric.get("python", id)
        for variant in metric.get("variants", {}).values():
            yield id, variant["python"]
        target = str(metric.get("target", {}).get("value", ""))
        if target[:1].isalpha():
            yield id, f"{id}_target"


@pytest.mark.parametrize(("id", "name"), list(formulas()))
def test_each_formula_has_a_function_of_metrics_that_exist(id, name):
    known = {*framework()["metrics"], *framework()["constants"], *PERIOD_WORDS, "period.months"}
    parameters = signature(reference.find(name), eval_str=True).parameters.values()
    sources = [getattr(each.annotation, "__metadata__", (each.name,))[0] for each in parameters]
    names = [each.reference.partition("[")[0] if isinstance(each, At) else each for each in sources]
    assert names and set(names) <= known


@cache
def sample():
    """Values of the sample by metric, channel and period."""
    values = defaultdict(dict)
    with (FRAMEWORKS / "growth.sample.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if not row["metric"].startswith("own_"):  # free lines, which no framework declares
                values[row["metric"], row["channel"]][row["period"]] = float(row["value"])
    return values


def test_the_sample_names_inputs_and_channels_of_the_framework():
    inputs = {id for id, metric in framework()["metrics"].items() if "input" in metric}
    groups = framework()["dimensions"]["channel"]["groups"].values()
    channels = {"", *(id for group in groups for id in group["members"])}
    assert {metric for metric, _ in sample()} <= inputs
    assert {channel for _, channel in sample()} == channels


def test_the_sample_is_one_coherent_company():
    values = sample()
    mrr, before = values["mrr", ""], values["opening_mrr", ""][""]
    customers, held = values["customers", ""], values["opening_customers", ""][""]
    assert (min(mrr), max(mrr), len(mrr)) == ("2025-01", "2026-08", 20)
    for month, now in mrr.items():
        change = {
            metric: values[f"{metric}_mrr", ""][month] for metric in ("new", "expansion", "contraction", "churn")
        }
        assert before + change["new"] + change["expansion"] - change["contraction"] - change["churn"] == now
        assert held + values["new_customers", ""][month] - values["lost_customers", ""][month] == customers[month]
        assert values["active_customers", ""][month] <= customers[month]
        for part, whole in (("channel_spend", "sm_spend"), ("channel_customers", "new_customers")):
            by_channel = [series[month] for (metric, channel), series in values.items() if metric == part]
            assert sum(by_channel) == values[whole, ""][month]
        before, held = now, customers[month]


def test_one_off_sales_of_the_sample_are_as_many_orders_as_its_customers_place():
    """In every twelve months about as many as are said for each customer and year; the same months as all else."""
    values = sample()
    orders, revenue, customers = (values[metric, ""] for metric in ("orders", "revenue", "customers"))
    assert orders.keys() == revenue.keys() == customers.keys()
    months = sorted(orders)
    for last in range(12, len(months) + 1):
        year = months[last - 12 : last]
        average = sum(customers[month] for month in year) / 12
        said = values["orders_per_year", ""][year[0][:4] + "-01"]
        assert sum(orders[month] for month in year) / average == pytest.approx(said, rel=0.02)
        assert 1_350 < sum(revenue[month] for month in year) / sum(orders[month] for month in year) < 1_500


def test_the_sample_has_plausible_ratios_at_the_end():
    values, month = sample(), "2026-08"
    at = {metric: series.get(month) for (metric, channel), series in values.items() if not channel}
    arpu = growth.arpu_subscription(at["mrr"], at["customers"])
    cac = growth.cac_blended(at["sm_spend"], at["new_customers"])
    start = growth.customers_at_start(at["customers"], at["lost_customers"], at["new_customers"])
    ltv = growth.ltv_from_churn(arpu, at["gross_margin"], growth.churn_rate(at["lost_customers"], start))
    year = [
        periods.rolling_sum(list(values[f"{each}_mrr", ""].values()), 12)
        for each in ("expansion", "contraction", "churn")
    ]
    assert 10 <= growth.cac_payback(cac, arpu, at["gross_margin"]) <= 16
    assert 3 <= growth.ltv_cac(ltv, cac) <= 5
    assert 1.03 <= retention.nrr_from_movements(values["mrr", ""]["2025-08"], *year) <= 1.12

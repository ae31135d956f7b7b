"""The marketing plan's tiers, owners and rhythm as its source says them."""

from functools import cache

import pytest

from metricbook.build import model_of
from metricbook.model.metric import Metric
from metricbook.reference import growth


@cache
def metrics(business_model: str = "subscription") -> dict[str, Metric]:
    return dict(model_of("marketing_plan_kpis", {"business_model": business_model}).metrics)


@pytest.mark.parametrize(
    ("id", "tier", "cadence", "owner"),
    [
        # Hatch: the CFO sees the company's; NRR is shared; coverage is weekly, "not monthly"
        ("nrr", "company", "monthly", "Marketing and CS"),
        ("cac_payback", "company", "monthly", "CFO"),
        ("pipeline_coverage", "company", "weekly", "Sales leadership"),
        ("ms_pipeline_pct", "company", "monthly", "Marketing"),
        ("romi", "company", "monthly", "CMO"),
        ("mqls", "team", "weekly", "Marketing"),
        ("sqls", "team", "weekly", "Marketing and sales"),
        ("mql_to_sql", "team", "weekly", "Marketing and RevOps"),
        ("roas", "team", "weekly", "Marketing"),
        ("cpl", "campaign", "daily", "Channel manager"),
        ("ctr", "campaign", "daily", "Channel manager"),
        ("conversion_rate", "campaign", "daily", "Channel manager"),
    ],
)
def test_each_kpi_has_the_tier_rhythm_and_owner_of_its_source(id: str, tier: str, cadence: str, owner: str) -> None:
    metric = metrics()[id]
    assert (metric.tier, metric.cadence, metric.owner) == (tier, cadence, owner)


@pytest.mark.parametrize("business_model", ["subscription", "transactional"])
def test_seven_numbers_begin_the_plan(business_model: str) -> None:
    inputs = [each for each in metrics(business_model).values() if each.input and each.input.need == "essential"]
    revenue = "mrr" if business_model == "subscription" else "revenue"
    assert {each.id for each in inputs} == {
        "customers", revenue, "new_customers", "sm_spend", "gross_margin", "mqls", "sqls",
    }  # fmt: skip


def test_lifetime_value_is_that_of_the_observed_lifespan() -> None:
    assert metrics()["ltv"].variant == "lifespan"
    # by hand: 1,000 a month at 80% for 50 months
    assert growth.ltv_from_lifespan(1_000, 0.8, 50) == 40_000
    assert metrics("transactional")["ltv_cac"].python == "ltv_cac_transactional"
    assert "ltv" not in metrics("transactional")


def test_marketing_sourced_is_by_first_touch() -> None:
    assert metrics()["ms_pipeline_value"].variant == "first_touch"

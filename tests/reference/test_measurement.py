"""Awareness, consideration and what a plan needs: the functions by hand, the sample against the other samples."""

from __future__ import annotations

import doctest

import pytest

from metricbook.reference import awareness, growth, measurement
from reference.samples import MONTHS, sample, total

GTM = "gtm_measurement"


@pytest.mark.parametrize("module", [awareness, measurement])
def test_worked_examples(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


def test_a_plan_from_its_end_to_its_beginning() -> None:
    # by hand: 120,000 ÷ 10,000 = 12 deals, one in four → 48 opportunities; half of the SQLs → 96 SQLs; 25% of the
    # MQLs and half of the leads → 768 leads
    opportunities = measurement.needed_opportunities(120_000, 10_000, 0.25)
    assert opportunities == 48
    assert measurement.needed_leads(opportunities / 0.5, 0.5, 0.25) == 768


def test_at_the_longest_payback_ltv_is_just_what_the_plan_needs() -> None:
    # by hand: 100 a month at 80% margin and 2% churn is worth 4,000, so at 3:1 a customer may cost 1,333
    limit = measurement.payback_limit(0.02, 3)
    cac = limit * 100 * 0.8
    assert growth.ltv_cac(growth.ltv_from_churn(100, 0.8, 0.02), cac) == pytest.approx(3)


def test_marketing_sources_its_share_of_what_the_target_needs() -> None:
    # by hand: 40% of 100,000 won at one in four needs 160,000
    assert measurement.sourced_pipeline_needed(100_000, 0.4, 0.25) == pytest.approx(160_000)


def test_a_total_rate_is_worked_out_from_the_visits() -> None:
    # 10 of 100 and 10 of 900 are 20 of 1,000, not the mean of 10% and 1.1%
    assert awareness.content_conversion(10 + 10, 100 + 900) == 0.02


@pytest.mark.parametrize(
    "function",
    [
        awareness.multi_page_share, awareness.content_conversion, awareness.return_visit_rate,
        measurement.cm_engagement, measurement.program_engagement, measurement.payback_limit,
    ],
)  # fmt: skip
def test_nothing_to_divide_by_is_undefined(function: type[float]) -> None:
    with pytest.raises(ZeroDivisionError):
        function(1, 0)  # type: ignore[call-arg]


# --- the sample -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("part", "of", "whole"),
    [
        ("consideration_actions", GTM, "content_visits"),
        ("icp_returning", GTM, "icp_accounts"),
        ("multi_page_sessions", "funnel", "visitors"),
        ("eqls", "funnel", "leads"),
        ("content_pipeline", "funnel", "touched_pipeline"),
        ("customers_reached", "growth", "customers"),
    ],
)
def test_a_part_is_less_than_the_whole_of_the_same_company(part: str, of: str, whole: str) -> None:
    parts = {line[1:]: values for line, values in sample(GTM).items() if line[0] == part}
    wholes = sample(of)
    assert parts
    for members, values in parts.items():
        assert all(values[month] < wholes[whole, *members][month] for month in MONTHS), members


def test_one_asset_influences_less_than_all_content_and_assets_overlap() -> None:
    lines = sample(GTM)
    for month in MONTHS:
        influenced = [values[month] for line, values in lines.items() if line[0] == "content_influence"]
        everything = lines["content_pipeline",][month]
        assert max(influenced) <= everything < sum(influenced)


def test_engaged_customers_take_part_in_several_programs() -> None:
    lines = sample(GTM)
    for month in MONTHS:
        programs = [values[month] for line, values in lines.items() if line[0] == "program_customers"]
        assert max(programs) <= lines["customers_reached",][month] <= sum(programs)


def test_qualified_reach_grows_and_is_far_less_than_traffic() -> None:
    reach = [total(GTM, "qualified_reach", (month,)) for month in MONTHS]
    assert reach[-1] > 1.4 * reach[0]
    channels = [line[1] for line in sample("growth") if line[0] == "channel_spend"]
    visits = sum(sample("funnel")["visitors", channel]["2026-08"] for channel in channels)
    assert reach[-1] < 0.05 * visits

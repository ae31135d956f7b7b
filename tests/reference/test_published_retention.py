"""Churn and retention against worked examples of other people's pages, each on its own clock."""

from __future__ import annotations

from functools import reduce

import pytest

from metricbook.reference.growth import churn_rate
from metricbook.reference.retention import (
    gross_index,
    grr_chained,
    grr_from_movements,
    grr_month,
    nrr_from_movements,
    nrr_month,
)
from reference.published import Misprint, Pages, Printed, check, examples


def kept(churn: float, months: int) -> float:
    """What is left of a group after so many months, by monthly gross retention multiplied up."""
    index = reduce(gross_index, [grr_month(1, 0, churn)] * months, 1.0)
    return grr_chained(index, 1)


def lost_in_a_year(churn: float) -> float:
    return 1 - kept(churn, 12)


# customers ÷ customer-months; a month's example has as many customer-months as customers at its start
CUSTOMERS: Pages = {
    "Glarity, How can I calculate churn rate, "
    "https://askai.glarity.app/search/How-can-I-calculate-churn-rate-for-my-business": [
        Printed(churn_rate, (10, 250), 0.04, 2),
    ],
    "Glossary.digital, Churn Rate, https://glossary.digital/definition/churn-rate": [
        Printed(churn_rate, (500 - 400, 500), 0.20, 2),
    ],
    "SeeResponse, Churn Rate, https://seeresponse.com/marketing-glossary/churn-rate/": [
        Printed(churn_rate, (50, 1_000), 0.05, 2),
    ],
    "Brett777, Predict Churn, https://github.com/Brett777/Predict-Churn": [
        Printed(churn_rate, (500 - 450, 500), 0.10, 2),
    ],
    "Insivia, Monthly vs. Annual Churn Rates, "
    "https://www.insivia.com/quoter/"
    "best-in-class-saas-companies-achieve-5-7-annual-revenue-churn-equivalent-to-a-loss-of-1-out-of-every-200-each-month-2/"
    "?mode=grid": [
        # 5 to 7 a year of 100 that are made up again each month, so of 1,200 customer-months
        Printed(churn_rate, (5, 12 * 100), 0.0042, 4),
        Printed(churn_rate, (7, 12 * 100), 0.0058, 4),
    ],
}  # fmt: skip

# a group that is not made up again shrinks month by month
GROUPS: Pages = {
    "MRR Canvas, Compounding Churn, https://mrrcanvas.com/blog/compounding-churn/": [
        Printed(lost_in_a_year, (0.05,), 0.46, 2),
        Printed(lost_in_a_year, (0.08,), 0.63, 2),
    ],
    "Mue, A small monthly churn is much bigger than it looks, "
    "https://agent.mue.app/articles/a-small-monthly-churn-is-bigger-than-it-looks": [
        Printed(lost_in_a_year, (0.02,), 0.22, 2),
    ],
    "White Oak Intel, LTV Analyzer, https://whiteoakintel.com/tools/ltv-analyzer/": [
        Printed(kept, (0.03, 1), 0.97, 2),
        Printed(kept, (0.03, 2), 0.941, 3),
        Printed(kept, (0.03, 24), 0.48, 2),
    ],
    "Probe, Monthly to yearly churn conversion, https://getprobe.io/saas-metrics/monthlytoyearly/": [
        Misprint(lost_in_a_year, (0.05,), 0.45, 2, right=0.4596, why="a group loses 46.0%: cut off, not rounded"),
    ],
}

MONTH: Pages = {
    "ChurnZero, Net Revenue Retention, https://churnzero.net/churnopedia/net-revenue-retention/": [
        Printed(nrr_month, (27_000, 35_000 - 27_000, 0, 5_000), 1.11, 2),
    ],
    "dnoise, Net Revenue Retention, https://dnoise.online/en/metrics/nrr-ndr": [
        Printed(nrr_month, (200_000, 20_000, 4_000, 6_000), 1.05, 2),
    ],
    "Agility Ads, Net Dollar Retention, https://agilityads.com/glossary/ndr": [
        Printed(nrr_month, (100_000, 20_000, 5_000, 10_000), 1.05, 2),
    ],
    "Creative G, Gross Revenue Retention Defined, "
    "https://creativeg.gr/tips/gross-revenue-retention-defined/": [
        Printed(grr_month, (27_000, 0, 5_000), 0.81, 2),
    ],
    "MaximCalculator, Gross Revenue Retention, "
    "https://maximcalculator.com/calculators/gross-revenue-retention-grr.html": [
        Printed(grr_month, (50_000, 2_000, 3_000), 0.90, 2),
    ],
    "Dodo Payments, Gross Revenue Retention, "
    "https://dodopayments.com/glossary/gross-revenue-retention-(grr)": [
        Printed(grr_month, (10_000, 0, 1_000), 0.90, 2),
    ],
    "Superleap, Gross Revenue Retention, https://www.superleap.com/blog/sales/gross-revenue-retention": [
        Printed(grr_month, (100_000, 6_000, 8_000), 0.86, 2),
    ],
    "Ryan Consulting, ARR Decomposition, "
    "https://ryanconsulting.ai/courses/fa-revenue-modeling/arr-decomposition": [
        # a quarter's movements, by the formula of one period
        Misprint(
            grr_month, (12_000, 360, 780), 0.945, 3, right=0.905,
            why="its formula, 1 - churn ÷ starting, leaves out contraction and would still give 93.5%",
        ),
        Misprint(
            nrr_month, (12_000, 840, 360, 780), 1.05, 3, right=0.975,
            why="more was lost, 1,140, than added, 840: no base grows by that",
        ),
    ],
}  # fmt: skip

YEAR: Pages = {
    "Coach PMs, Net Dollar Retention, https://www.coachpms.com/metrics-1/net-dollar-retention": [
        Printed(nrr_from_movements, (1_000_000, 200_000, 50_000, 100_000), 1.05, 2),
    ],
}


@pytest.mark.parametrize("example", [*examples(CUSTOMERS), *examples(GROUPS), *examples(MONTH), *examples(YEAR)])
def test_published(example: Printed) -> None:
    check(example)


def test_the_same_year_without_its_expansion() -> None:
    # Coach PMs again, by hand: 1,000,000 - 50,000 - 100,000
    assert grr_from_movements(1_000_000, 50_000, 100_000) == 0.85

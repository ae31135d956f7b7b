"""The cost and the worth of a customer, and recurring revenue, against worked examples of other people's pages."""

from __future__ import annotations

import pytest

from metricbook.reference.growth import (
    acv_signed,
    arpu_subscription,
    arr_from_movements,
    arr_from_mrr,
    cac_blended,
    cac_payback,
    ltv_cac,
    ltv_from_churn,
    ltv_from_lifespan,
    ltv_revenue,
    ltv_transactional,
    net_new_arr,
)
from reference.published import Misprint, Pages, Printed, check, examples

COST: Pages = {
    "Groew, How to Calculate Customer Acquisition Cost, "
    "https://www.groew.com/learning-hub/how-to-calculate-customer-acquisition-cost/": [
        Printed(cac_blended, (25_000, 50), 500),
        Printed(cac_blended, (12_000 + 4_000 + 2_000 + 2_000, 40), 500),
    ],
    "Genie Goals, CAC, https://geniegoals.co.uk/glossary/cac-customer-acquisition-cost": [
        Printed(cac_blended, (100_000, 2_000), 50),
    ],
    "Edspira, Cost to Acquire a Customer, https://www.edspira.com/topic/cost-acquire-customer/": [
        Printed(cac_blended, (10_000, 2_000), 5),
    ],
    "BIT1024, CAC Calculator, https://bit1024.com/tool/CAC-Calculator": [
        Printed(cac_blended, (1_000 + 12_000, 1_000), 13),
    ],
    "Intigent, Customer Acquisition Cost, https://www.intigent.ca/ufaq/customer-acquisition-cost-cac/": [
        Printed(cac_blended, (10, 10), 1, 2),
    ],
    "K2Z Digital, The Golden Ratio, https://k2zdigital.com/customer-lifetime-value-cac-ratio": [
        Printed(cac_blended, (10_000 + 5_000 + 2_000, 50), 340),
    ],
    "BIX Tecnologia, CAC, LTV, Churn and the Health of Your Business, "
    "https://medium.com/bix-tecnologia/cac-ltv-churn-and-the-health-of-your-business-2b3acfd9abea": [
        Printed(cac_blended, (5_000 + 5_000, 500), 20, 2),
    ],
    "Ben Schmidt, What is Blended CAC?, https://iambenschmidt.com/glossary/what-is-blended-cac": [
        Printed(cac_blended, (10_000, 100), 100),
    ],
    "Optifai, Blended CAC, https://optif.ai/glossary/blended-cac": [
        # the ratio is 3.2 at a CAC of 340; what is it at 185?
        Printed(ltv_cac, (3.2 * 340, 185), 5.9, 1),
    ],
}

PAYBACK: Pages = {
    "The Prime Calculator, CAC Payback Period Calculator Formula, "
    "https://theprimecalculator.com/business/cac-payback-period-calculator/formula": [
        Printed(cac_payback, (600, 100, 0.75), 8, 1),
    ],
    "Operately, Customer Acquisition Cost Payback Period, "
    "https://kpiexamples.operately.com/finance/customer-acquisition-cost-payback-period": [
        Printed(cac_payback, (300, 100, 1), 3),  # the 100 are gross profit already
    ],
    "CalcSimpler, CAC Payback Period, https://www.calcsimpler.com/calculators/cac-payback-period": [
        Printed(cac_payback, (8_000, 1_200, 0.78), 8.55, 2),
    ],
    "Daymark, CAC Payback Period, https://www.usedaymark.io/metrics/payback-period": [
        Printed(cac_payback, (1_200, 100, 0.8), 15),
    ],
    "Feedgot, CAC Payback Period, https://www.feedgot.com/definitions/payback-period": [
        Printed(cac_payback, (500, 40, 0.8), 15.6, 1),
    ],
    "Profit Pulse Metrics, Marketing Payback Period, "
    "https://profitpulsemetrics.com/blog/marketing-payback-period": [
        Printed(cac_payback, (600, 100, 1), 6),
        Printed(cac_blended, (40_000, 200), 200),
        Printed(cac_payback, (200, 35, 0.6), 9.5, 1),
    ],
    "Winsights, Customer Acquisition Cost Payback Period, "
    "https://winsights.io/2026/02/26/customer-acquisition-cost-payback-period-the-real-profitability-test": [
        # on revenue: 50,000 a year, no margin given
        Printed(cac_payback, (8_000, 50_000 / 12, 1), 2),
    ],
    "Paddle, CAC:LTV ratio, https://www.paddle.com/resources/cac-ltv-ratio": [
        # three companies with the same CAC, margin and churn. C has an LTV of 4,200 at 1:1, so CAC is 4,200, and pays
        # back in 20 months, so a customer stays for 20 months and earns LTV ÷ 20 in each
        Printed(ltv_cac, (21_000, 4_200), 5),
        Printed(ltv_cac, (12_000, 4_200), 3),
        Printed(cac_payback, (4_200, 21_000 / 20, 1), 4),
        Printed(cac_payback, (4_200, 4_200 / 20, 1), 20),
        Misprint(
            cac_payback, (4_200, 12_000 / 20, 1), 12, right=7,
            why="B earns 600 a month like A earns 1,050; with 12 months its CAC or its churn would be another",
        ),
    ],
    "Claude Skill Hub, Subscription Marketplace with Channel Segmentation, "
    "https://stg.claudeskillhub.com/skills/ltv-calculator-segmented/examples/marketplace-channel-segmentation": [
        Printed(ltv_from_churn, (120, 0.7, 0.04), 2_100),
        Printed(ltv_from_churn, (120, 0.7, 0.03), 2_800),
        Printed(ltv_from_churn, (120, 0.7, 0.05), 1_680),
        Printed(ltv_from_churn, (120, 0.7, 0.02), 4_200),
        Printed(ltv_cac, (2_800, 200), 14, 1),
        Printed(ltv_cac, (1_680, 350), 4.8, 1),
        Printed(ltv_cac, (4_200, 150), 28, 1),
        *(
            Misprint(
                cac_payback, (cac, 120, 0.7), printed, 1, right=right,
                why="its LTV is gross profit, its payback beside it is revenue: the 70% margin is left out",
            )
            for cac, printed, right in ((200, 1.7, 2.381), (350, 2.9, 4.167), (150, 1.3, 1.7857))
        ),
    ],
}  # fmt: skip

WORTH: Pages = {
    "SaaSCalcHub, Customer Lifetime Value Explained, "
    "https://saascalchub.com/guides/customer-lifetime-value-ltv-explained": [
        Printed(ltv_from_churn, (200, 0.8, 0.02), 8_000),
        Printed(ltv_revenue, (200, 0.02), 10_000),
        Printed(ltv_from_churn, (200, 0.3, 0.02), 3_000),
    ],
    "CalculatorLib, SaaS Lifetime Value Calculator, https://calculatorlib.com/saas-lifetime-value-calculator": [
        Printed(ltv_from_lifespan, (100, 0.8, 20), 1_600),
    ],
    "ModernCalcs, LTV Calculator, https://moderncalcs.com/saas/ltv-calculator": [
        Printed(ltv_revenue, (100, 0.02), 5_000),
        Printed(ltv_from_churn, (100, 0.7, 0.02), 3_500),
    ],
    "AbraCalc, $2,000 ARPA, 60% Margin, 0.5% Churn, "
    "https://abracalc.com/calculator/customer-lifetime-value-calculator/2000-arpa-60-margin-05-churn/": [
        Printed(ltv_from_churn, (2_000, 0.6, 0.005), 240_000),
        Printed(ltv_cac, (240_000, 80_000), 3),
    ],
    "AbraCalc, $25 ARPA, 95% Margin, 8% Churn, "
    "https://abracalc.com/calculator/customer-lifetime-value-calculator/25-arpa-95-margin-8-churn/": [
        Printed(ltv_from_churn, (25, 0.95, 0.08), 297),
    ],
    "OpsMatters, Customer lifetime value, https://www.opsmatters.com/latest-posts-tag/status-page?page=1": [
        Printed(ltv_from_churn, (500, 0.75, 0.05), 7_500),
    ],
    "Mue, A small monthly churn is much bigger than it looks, "
    "https://agent.mue.app/articles/a-small-monthly-churn-is-bigger-than-it-looks": [
        Printed(ltv_from_churn, (300, 0.8, 0.02), 12_000),
        Printed(ltv_from_churn, (300, 0.8, 0.05), 4_800),
    ],
    "Lean Analytics, quoted by a reader, "
    "https://www.goodreads.com/notes/18897969-lean-analytics/90729572-robbie-amrein/"
    "c38b28b7-9ed6-4849-bce8-2448fe7591fe": [
        Printed(ltv_revenue, (1, 0.025), 40),  # the months that 1 a month is paid
    ],
    "bugfree.ai, Customer lifetime value calculation, "
    "https://bugfree.ai/data-question/customer-lifetime-value-calculation": [
        Printed(ltv_revenue, (100, 0.1), 1_000),
    ],
    "Inky Originals, Calculating customer LTV for a gym, "
    "https://inkyoriginals.com/calculating-customer-ltv-for-a-gym/35378311": [
        # revenue, so a margin of 1
        Printed(ltv_from_lifespan, (200, 1, 7.4), 1_480),
        Printed(ltv_from_lifespan, (99, 1, 8.7), 861.30, 2),
        Printed(ltv_from_lifespan, (60, 1, 20), 1_200),
    ],
    "Genie Goals, LTV:CAC ratio, https://geniegoals.co.uk/glossary/ltv-cac-ratio": [
        Printed(ltv_cac, (300, 50), 6),
    ],
    "MrCalcu, LTV to CAC Ratio Calculator, https://mrcalcu.com/ltv-to-cac-ratio-calculator": [
        Printed(ltv_cac, (100, 25), 4),
        Printed(ltv_cac, (500, 100), 5),
    ],
    "Listopedia, Digital Marketing ROI Metrics, "
    "https://listopedia.org/lists/digital-marketing-roi-metrics/digital-marketing-roi-metrics.html": [
        Printed(ltv_transactional, (100, 5, 3, 1), 1_500),
        Printed(cac_blended, (500, 10), 50),
    ],
    "Visual Foodie, An Example of Customer Lifetime Value, "
    "https://visualfoodie.com/an-example-of-customer-lifetime-value-in-action": [
        Printed(ltv_transactional, (5, 5 * 52, 1, 1), 1_300),  # a coffee on each weekday of a year
    ],
    "Qeeebo, Average order value in lifetime value analysis, "
    "https://qeeebo.com/questions/how/a1/57d/"
    "how-do-you-calculate-the-average-order-value-in-lifetime-value-analysis": [
        Misprint(ltv_transactional, (100, 5, 10, 1), 50_000, right=5_000, why="100 × 5 × 10, a zero too many"),
    ],
    "Qammunity, Cool Beans, https://qammunity.org/1845074/?show=1845075": [
        Misprint(
            ltv_transactional, (3.40, 2 * 52, 1, 0.65), 353.60, 2, right=229.84,
            why="the margin of 65% is given, and worked out, and then the revenue is called the value",
        ),
    ],
    "SolutionInn, Calculate the gross margin per year, "
    "https://solutioninn.com/study-help/questions/1-calculate-the-gross-margin-per-year-gmy-gmy-1261927": [
        Misprint(ltv_transactional, (760, 10, 1, 0.33), 2_512, right=2_508, why="33% of 7,600 are 2,508"),
    ],
}  # fmt: skip

RECURRING: Pages = {
    "Finanshels, Annual Contract Value, https://www.finanshels.com/glossary/annual-contract-value-acv": [
        Printed(acv_signed, (30_000 / 3, 1), 10_000),
    ],
    "Trust Enablement, Annual Contract Value, "
    "https://www.trustenablement.com/the-revenue-and-sales-enablement-glossary/annual-contract-value-acv/": [
        Printed(acv_signed, ((380_000 - 20_000) / 3, 1), 120_000),  # less the one-time payment
    ],
    "Keevee, Average Contract Value, https://keevee.com/average-contract-value": [
        Printed(acv_signed, (50_000 + 75_000 + 100_000 + 125_000 + 150_000, 5), 100_000),
        Printed(acv_signed, (150_000 / 3, 1), 50_000),
    ],
    "Klipfolio, Net Annual Recurring Revenue Added, "
    "https://www.klipfolio.com/metrics/saas/net-annual-recurring-revenue-added/": [
        Printed(net_new_arr, (10 * 50_000, 75_000, 25_000 + 2 * 50_000), 450_000),
    ],
    "Simon Bennett, a year of a start-up's monthly report, "
    "https://gist.github.com/mrsimonbennett/852022c03951c60ce2cf3527f6475ec5": [
        Printed(arr_from_mrr, (2.49,), 29.88, 2),
        Printed(arr_from_mrr, (560.65,), 6_727.80, 2),
        Printed(arr_from_mrr, (833.97,), 10_007.64, 2),
    ],
    "Ryan Consulting, ARR Decomposition, "
    "https://ryanconsulting.ai/courses/fa-revenue-modeling/arr-decomposition": [
        Printed(net_new_arr, (2_100_000, 840_000, 360_000 + 780_000), 1_800_000),
        Printed(arr_from_movements, (12_000_000, 1_800_000), 13_800_000),
    ],
    "Hutson Labs, Monthly Recurring Revenue, "
    "https://hutsonlabs.freshdesk.com/support/solutions/articles/72000525471-monthly-recurring-revenue": [
        # the page calls this MRR; it is revenue per customer, and MRR is the 1,200
        Printed(arpu_subscription, (1_200, 100), 12),
        Printed(arpu_subscription, (900, 90), 10),
        Printed(arpu_subscription, (800, 80), 10),
        *(
            Misprint(
                arpu_subscription, (month, customers), printed, right=right,
                why="invoices of all months so far, divided by this month's customers",
            )
            for month, customers, printed, right in ((1_200, 100, 29, 12), (900, 90, 19, 10))
        ),
    ],
}  # fmt: skip


@pytest.mark.parametrize("example", [*examples(COST), *examples(PAYBACK), *examples(WORTH), *examples(RECURRING)])
def test_published(example: Printed) -> None:
    check(example)

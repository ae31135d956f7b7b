"""Return, budget, satisfaction and attribution against worked examples of other people's pages."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest

from metricbook.reference.advocacy import csat, event_attendance, nps
from metricbook.reference.attribution import Journey, Touch, credited_amounts, touch_credits
from metricbook.reference.roi import (
    budget_due,
    budget_pacing,
    budget_utilization,
    cpl,
    ctr,
    margin_roas,
    marketing_gross_profit,
    marketing_payback,
    roas,
    romi_margin,
    romi_revenue,
    spend_variance,
)
from reference.published import Misprint, Pages, Printed, check, examples

RETURN: Pages = {
    "Spring Merchant, Return On Ad Spend, https://springmerchant.com/ecommerce-terms/return-ad-spend-roas/": [
        Printed(roas, (4, 1), 4),
    ],
    "Vertical Rail, Calculate ROAS, http://www.verticalrail.com/kb/calculate-roas/": [
        Printed(roas, (5_000, 1_000), 5),
    ],
    "Argon Digital, Return on Ad Spend, https://argondigital.com/glossary/return-on-ad-spend/": [
        Printed(roas, (2_000, 500), 4),
    ],
    "NGE Rank, ROAS Formula, https://marketing.ngerank.com/roas-formula-calculation-examples/": [
        Printed(roas, (8_000, 2_000), 4),
    ],
    "Canny Armadillo, Return on Ad Spend Calculator, "
    "https://cannyarmadillo.com/free-tools/return-on-ad-spend-calculator": [
        Printed(roas, (1_000, 250), 4),
        Misprint(
            margin_roas, (marketing_gross_profit(1_000, 0.5), 250), 1, 2, right=2,
            why="the 100% called the actual ROAS are ROMI; beside a ROAS of 400%, at half the margin, stand 200%",
        ),
        Printed(romi_margin, (marketing_gross_profit(1_000, 0.5), 250), 1, 2),
    ],
    "CalculatorLib, Return on Marketing Investment, "
    "https://calculatorlib.com/return-on-marketing-investment-calculator": [
        Printed(marketing_gross_profit, (50_000, 0.6), 30_000),
        Printed(marketing_gross_profit, (100_000, 0.3), 30_000),
        Printed(romi_margin, (30_000, 10_000), 2, 2),
    ],
    "Qammunity, Return on Marketing Investment, https://qammunity.org/15638175": [
        Printed(romi_margin, (10_000, 5_000), 1, 2),
    ],
    "Nutshell100, Marketing ROI, https://www.nutshell100.com/subject/marketing-roi": [
        Printed(romi_revenue, (5_000, 1_000), 4, 2),
    ],
    "Visual Foodie, The ROI Formula in Marketing, "
    "https://visualfoodie.com/the-importance-of-the-roi-formula-in-marketing": [
        Misprint(
            romi_revenue, (4, 1), 4, 2, right=3,
            why="by its own formula, revenue less cost ÷ cost, 4 for each 1 spent are 300%; at 400% it is 5",
        ),
    ],
    "Kiran Akkineni, Marketing payback interval, "
    "https://kiranakkineni.com/perspectives/marketing-payback-interval": [
        Printed(marketing_gross_profit, (3_200, 0.5), 1_600),
        Printed(marketing_gross_profit, (4_200, 0.5), 2_100),
    ],
    "FasterCapital, Payback Period Calculator, "
    "https://fastercapital.com/content/"
    "Payback-Period-Calculator--Payback-Period-Analysis--Key-Metrics-for-Marketing-Strategies.html": [
        Printed(marketing_payback, (10_000, 12 * 2_000), 5),
    ],
    # two pages mean by marketing payback what others call return on investment and return on spend
    "Calculatorzilo, Marketing Payback Calculator, https://calculatorzilo.com/marketing-payback-calculator": [
        Printed(romi_revenue, (10_000, 5_000), 1, 2),
    ],
    "Calculator Ultra, Marketing Payback, "
    "https://www.calculatorultra.com/en/tool/marketing-payback-calculation-tool.html": [
        Printed(roas, (500_000, 100_000), 5),
    ],
}  # fmt: skip

COST: Pages = {
    "18 Insurance, Cost Per Lead, https://18insurance.com/cost-per-lead-cpl/": [Printed(cpl, (5_000, 50), 100)],
    "MarkinBlog, Cost per Lead, https://www.markinblog.com/glossary/cost-per-lead-cpl/": [
        Printed(cpl, (5_000, 100), 50),
    ],
    "SearchesPilot, How to calculate cost per lead, "
    "https://searchespilot.com/articles/how-to-calculate-cost-per-lead": [
        Printed(cpl, (2_500, 100), 25, 2),
        Printed(cpl, (1_200, 80), 15, 2),
    ],
    "Morning Dough, What is CPL?, https://www.morningdough.com/online-advertising/what-is-cpl/": [
        Printed(cpl, (750, 250), 3),  # printed as CPC, which is another cost
    ],
    "Geru, Click-Through Rate, "
    "https://support.geru.com/hc/en-us/articles/7295626877847-Click-Through-Rate-CTR-": [
        Printed(ctr, (10, 100), 0.10, 2),
    ],
    "Listopedia, Digital Marketing ROI Metrics, "
    "https://listopedia.org/lists/digital-marketing-roi-metrics/digital-marketing-roi-metrics.html": [
        Printed(ctr, (50, 1_000), 0.05, 2),
        Printed(roas, (3_000, 1_000), 3),
        Printed(romi_revenue, (1_500, 1_000), 0.50, 2),
    ],
}  # fmt: skip

BUDGET: Pages = {
    "Adpulse, How is Budget Pacing calculated?, "
    "https://support.adpulse.app/en/articles/10224019-how-is-budget-pacing-calculated": [
        Printed(budget_pacing, (50, budget_due(100, 0.5)), 1, 2),
        Printed(budget_pacing, (75, budget_due(100, 0.5)), 1.5, 2),
        Printed(budget_pacing, (25, budget_due(100, 0.5)), 0.5, 2),
    ],
    "SearchesPilot, How to calculate budget pacing, "
    "https://searchespilot.com/articles/how-to-calculate-budget-pacing-for-ad-campaigns": [
        Printed(budget_due, (20_000, 8 / 20), 8_000),
        Printed(spend_variance, (9_500, 8_000), 1_500),
    ],
    "Basis, Spend to Date, https://dspsupport.basis.net/hc/en-us/articles/115007459908-Spend-to-Date": [
        Printed(budget_utilization, (2_000, 3_000), 0.67, 2),
    ],
}

ANSWERS: Pages = {
    "Delighted, How is CSAT calculated?, https://help.delighted.com/article/240-how-is-csat-calculated": [
        Printed(csat, (42 + 32, 42 + 32 + 10 + 9 + 14), 0.6916, 4),
    ],
    "Intercom, What is CSAT?, https://intercom.help/voc-metrics/en/articles/"
    "9647540-what-is-csat-and-how-is-csat-score-calculated": [
        Printed(csat, (10 + 20, 50), 0.60, 2),
    ],
    "Wyapy, How to Calculate CSAT, https://www.wyapy.com/guides/customer-feedback/how-to-calculate-csat": [
        Printed(csat, (120 + 40, 200), 0.80, 2),
        Printed(csat, (30, 40), 0.75, 2),
    ],
    "DELA, annual report 2018, Net Promotor Score, "
    "https://annualreport2018.dela.nl/begrippenlijst/net-promotor-score": [
        Printed(nps, (30, 20, 100), 10),
    ],
    "Palos Publishing, Convert NPS responses to scores, "
    "https://palospublishing.com/convert-nps-responses-to-scores": [
        Printed(nps, (60, 20, 100), 40),
    ],
    "Marketing Calculator, Webinar Attendance Rate, "
    "https://marketing-calculator.net/webinar-attendance-rate-calculator/": [
        Printed(event_attendance, (120, 150), 0.80, 2),
        Printed(event_attendance, (90, 150), 0.60, 2),
    ],
}


def touches(days: list[int], value: int) -> Journey:
    """A journey with a touch so many days before the order."""
    won = date(2026, 3, 31)
    return Journey(tuple(Touch(won - timedelta(day)) for day in days), {"customer": won}, Fraction(value))


# CalcBee, Time-Decay Attribution Calculator: six touches, a half-life of seven days, 20,000 of revenue,
# https://calcbee.pages.dev/calculators/marketing/attribution/time-decay-attribution-calculator
SIX = touches([30, 24, 18, 12, 6, 0], 20_000)


def decayed(place: float) -> float:
    return float(credited_amounts(SIX, "decay")[int(place)])


def last_to_first() -> float:
    return decayed(5) / decayed(0)


# 6th Man Digital, What is U-shaped attribution?, https://www.6thman.digital/articles/u-shaped-attribution
def between(middle: float) -> float:
    """What each touch between the first and the last gets."""
    return float(touch_credits(touches(list(range(int(middle) + 2)), 1), "customer", "u_shaped")[1])


CREDIT: Pages = {
    "CalcBee, https://calcbee.pages.dev/calculators/marketing/attribution/time-decay-attribution-calculator": [
        Printed(decayed, (0,), 472.72, 2),
        Printed(decayed, (1,), 856.31, 2),
        Printed(decayed, (2,), 1_551.16, 2),
        Printed(decayed, (3,), 2_809.85, 2),
        Printed(decayed, (4,), 5_089.89, 2),
        Printed(decayed, (5,), 9_220.07, 2),
        Misprint(last_to_first, (), 19.21, 2, right=19.504, why="46.1 ÷ 2.4: rounded first, divided afterwards"),
    ],
    "6th Man Digital, https://www.6thman.digital/articles/u-shaped-attribution": [
        Printed(between, (2,), 0.10, 2),
        Printed(between, (4,), 0.05, 2),
    ],
}


@pytest.mark.parametrize(
    "example", [*examples(RETURN), *examples(COST), *examples(BUDGET), *examples(ANSWERS), *examples(CREDIT)]
)
def test_published(example: Printed) -> None:
    check(example)

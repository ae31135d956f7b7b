"""Marketing spend against its budget, and what it brings back.

Sources: The Data School by Chartio, "The Top Metrics for a B2B CMO Dashboard"; Hatch, KPIs for a B2B marketing plan;
GTM Tools, B2B marketing measurement framework. Amounts are in one currency; shares are fractions, so 30% is 0.3.
Revenue is the first year's of the customers won, so that gross profit ÷ 12 is a month's.
"""

from __future__ import annotations

from typing import Annotated

from metricbook.reference.conventions import At, Undefined

MONTHS_IN_YEAR = 12


def spend_variance(marketing_spend: float, marketing_budget: float) -> float:
    """Spend less budget. Unit: currency. Clock: the period's. Source: arithmetic; above 0 is over budget.

    >>> spend_variance(110_000, 100_000)
    10000
    """
    return marketing_spend - marketing_budget


def budget_utilization(marketing_spend: float, marketing_budget: float) -> float:
    """Spend ÷ budget of the same periods. Unit: percent. Clock: none. Source: GTM Tools.

    >>> budget_utilization(90_000, 100_000)
    0.9
    """
    return marketing_spend / marketing_budget


def budget_due(year_budget: float, elapsed: Annotated[float, At("period.elapsed")]) -> float:
    """What an even pace has spent by now. Unit: currency. Clock: the year to date. Source: GTM Tools.

    Half of the fiscal year has gone:

    >>> budget_due(1_200_000, 0.5)
    600000.0
    """
    return year_budget * elapsed


def budget_pacing(year_spend: float, budget_due: float) -> float:
    """Spend of the year so far ÷ what an even pace would have spent. Unit: percent. Clock: the year to date.

    Source: GTM Tools.

    >>> budget_pacing(660_000, 600_000)
    1.1
    """
    return year_spend / budget_due


def marketing_gross_profit(marketing_revenue: float, gross_margin: float) -> float:
    """First year's gross profit of the customers won. Unit: currency. Clock: adds up over periods. Source: Hatch.

    >>> marketing_gross_profit(400_000, 0.25)
    100000.0
    """
    return marketing_revenue * gross_margin


def marketing_payback(marketing_spend: float, marketing_gross_profit: float) -> float:
    """Months until gross profit has paid back the spend. Unit: months. Clock: none. Source: The Data School.

    The source names it without a formula. 100,000 spent for 240,000 of gross profit in the first year:

    >>> marketing_payback(100_000, 240_000)
    5.0
    """
    if marketing_gross_profit <= 0:
        raise Undefined("it never pays back")
    return marketing_spend / (marketing_gross_profit / MONTHS_IN_YEAR)


def roas(marketing_revenue: float, marketing_spend: float) -> float:
    """Revenue credited ÷ spend, before margin. Unit: ratio. Clock: none. Source: Hatch.

    >>> roas(400_000, 100_000)
    4.0
    """
    return marketing_revenue / marketing_spend


def paid_roas(
    paid_revenue: Annotated[float, At("marketing_revenue[paid]")],
    paid_spend: Annotated[float, At("marketing_spend[paid]")],
) -> float:
    """Revenue credited to paid channels ÷ spend on them. Unit: ratio. Clock: none. Source: Hatch.

    >>> paid_roas(90_000, 60_000)
    1.5
    """
    return paid_revenue / paid_spend


def margin_roas(marketing_gross_profit: float, marketing_spend: float) -> float:
    """Gross profit for each 1 spent. Unit: ratio. Clock: none. Source: Hatch.

    A ROAS of 4 at 30% margin is called barely breaking even:

    >>> margin_roas(marketing_gross_profit(400_000, 0.3), 100_000)
    1.2
    """
    return marketing_gross_profit / marketing_spend


def romi_margin(marketing_gross_profit: float, marketing_spend: float) -> float:
    """Gross profit beyond cost ÷ cost. Unit: percent. Clock: none. Source: Hatch.

    A ROAS of 4 at 30% margin:

    >>> romi_margin(marketing_gross_profit(400_000, 0.3), 100_000)
    0.2
    """
    return (marketing_gross_profit - marketing_spend) / marketing_spend


def romi_revenue(marketing_revenue: float, marketing_spend: float) -> float:
    """Revenue beyond cost ÷ cost. Unit: percent. Clock: none. Source: Hatch.

    >>> romi_revenue(400_000, 100_000)
    3.0
    """
    return (marketing_revenue - marketing_spend) / marketing_spend


def cpl(marketing_spend: float, leads: float) -> float:
    """Spend ÷ leads. Unit: currency. Clock: none. Source: Hatch, which names it.

    >>> cpl(12_000, 60)
    200.0
    """
    return marketing_spend / leads


def cost_per_conversion(marketing_spend: float, conversions: float) -> float:
    """Spend ÷ conversions. Unit: currency. Clock: none. Source: arithmetic, as cost per lead.

    >>> cost_per_conversion(12_000, 48)
    250.0
    """
    return marketing_spend / conversions


def ctr(clicks: float, impressions: float) -> float:
    """Clicks ÷ impressions. Unit: percent. Clock: none. Source: Hatch, which names it.

    >>> ctr(250, 10_000)
    0.025
    """
    return clicks / impressions


def conversion_rate(conversions: float, clicks: float) -> float:
    """Conversions ÷ clicks. Unit: percent. Clock: none. Source: Hatch, which names it.

    >>> conversion_rate(10, 250)
    0.04
    """
    return conversions / clicks


def marketing_spend_target(budget: Annotated[float, At("marketing_budget[total]")]) -> float:
    """What may be spent. Unit: currency. Clock: the period's. Source: own target.

    >>> marketing_spend_target(100_000)
    100000
    """
    return budget


def budget_utilization_from(budget_tolerance: float) -> float:
    """The least utilisation that is on track. Unit: percent. Clock: none. Source: own target.

    >>> budget_utilization_from(0.25)
    0.75
    """
    return 1 - budget_tolerance


def budget_utilization_to(budget_tolerance: float) -> float:
    """The most utilisation that is on track. Unit: percent. Clock: none. Source: own target.

    >>> budget_utilization_to(0.25)
    1.25
    """
    return 1 + budget_tolerance

"""Go-to-market measurement: velocity by origin, customer marketing, and what the plan needs of each stage.

Source: GTM Tools, B2B marketing measurement framework, unless a function names another; the formulas of what the plan
needs are decisions. Rates are fractions. Clock "period" is the period or window shown, "end" its last month.
"""

from __future__ import annotations

from typing import Annotated

from metricbook.reference.conventions import At


def ms_velocity(velocity: Annotated[float, At("pipeline_velocity[marketing]")]) -> float:
    """Pipeline velocity of deals that marketing sourced. Unit: currency/day. Clock: period.

    >>> ms_velocity(2_500)
    2500
    """
    return velocity


def other_velocity(velocity: Annotated[float, At("pipeline_velocity[other]")]) -> float:
    """Pipeline velocity of all other deals. Unit: currency/day. Clock: period.

    >>> other_velocity(1_500)
    1500
    """
    return velocity


def cm_engagement(customers_reached: float, customers: float) -> float:
    """Customers reached by customer marketing ÷ all. Unit: fraction. Clock: three months to the end.

    >>> cm_engagement(180, 450)
    0.4
    """
    return customers_reached / customers


def program_engagement(program_customers: float, customers: float) -> float:
    """Customers taking part in one program ÷ all. Unit: fraction. Clock: three months to the end.

    >>> program_engagement(90, 450)
    0.2
    """
    return program_customers / customers


def needed_opportunities(
    revenue_target: float, avg_deal_size: float, opp_to_win: Annotated[float, At("opp_to_win[total]")]
) -> float:
    """Opportunities that the revenue target needs. Unit: count. Clock: period.

    150,000 of revenue at 10,000 a deal are 15 deals; one opportunity in four is won, so 60 are needed.

    >>> needed_opportunities(150_000, 10_000, 0.25)
    60.0
    """
    return revenue_target / (avg_deal_size * opp_to_win)


def needed_leads(
    needed_sqls: float,
    lead_to_mql: Annotated[float, At("lead_to_mql[total]")],
    mql_to_sql: Annotated[float, At("mql_to_sql[total]")],
) -> float:
    """Leads that the revenue target needs. Unit: count. Clock: period.

    >>> needed_leads(120, 0.5, 0.25)
    960.0
    """
    return needed_sqls / (lead_to_mql * mql_to_sql)


def sourced_pipeline_needed(
    revenue_target: float, sourced_goal: float, opp_to_win: Annotated[float, At("opp_to_win[total]")]
) -> float:
    """Marketing-sourced pipeline that the revenue target needs. Unit: currency. Clock: period.

    >>> sourced_pipeline_needed(150_000, 0.5, 0.25)
    300000.0
    """
    return revenue_target * sourced_goal / opp_to_win


def payback_limit(churn_rate: float, ltv_cac_floor: float) -> float:
    """Longest payback at which LTV:CAC reaches its floor. Unit: months. Clock: per month.

    LTV:CAC is (1 ÷ churn) ÷ payback, so payback may be (1 ÷ churn) ÷ floor: at 2% a month and 3:1, 16.7 months.
    Source: getmichaelai.com, 7 Key B2B Marketing Metrics, for the floor of 3.

    >>> round(payback_limit(0.02, 3), 1)
    16.7
    """
    return 1 / (churn_rate * ltv_cac_floor)


# What the model asks of each metric, beside its own target


def ms_pipeline_value_model(sourced_pipeline_needed: float) -> float:
    """Marketing-sourced pipeline. Unit: currency. Clock: period.

    >>> ms_pipeline_value_model(300_000)
    300000
    """
    return sourced_pipeline_needed


def ms_pipeline_pct_model(sourced_goal: float) -> float:
    """Marketing-sourced share of pipeline. Unit: fraction. Clock: period.

    >>> ms_pipeline_pct_model(0.4)
    0.4
    """
    return sourced_goal


def sql_to_opp_model(needed_opportunities: float, sqls: Annotated[float, At("sqls[total]")]) -> float:
    """SQL to opportunity. Unit: fraction. Clock: period.

    >>> sql_to_opp_model(60, 120)
    0.5
    """
    return needed_opportunities / sqls


def visitor_to_lead_model(needed_leads: float, visitors: Annotated[float, At("visitors[total]")]) -> float:
    """Visit to lead. Unit: fraction. Clock: period.

    >>> visitor_to_lead_model(960, 48_000)
    0.02
    """
    return needed_leads / visitors


def nrr_model(nrr_floor: float) -> float:
    """Net revenue retention. Unit: fraction. Clock: twelve months.

    >>> nrr_model(1)
    1
    """
    return nrr_floor


def cac_payback_model(payback_limit: float) -> float:
    """CAC payback. Unit: months. Clock: per month.

    >>> cac_payback_model(16.5)
    16.5
    """
    return payback_limit

"""Recurring revenue, the cost of winning a customer and what a customer is worth.

Sources: The Data School by Chartio, "The Top Metrics for a B2B CMO Dashboard"; Hatch, KPIs for a B2B marketing plan;
https://getmichaelai.com/blog/beyond-roi-7-key-b2b-marketing-metrics-every-cmo-should-be-t (getmichaelai).
Amounts are in one currency; shares are fractions, so 80% is 0.8.
"""

from __future__ import annotations

from typing import Annotated

from metricbook.reference.conventions import At, Undefined

MONTHS_IN_YEAR = 12


def opening_arr(opening_mrr: float) -> float:
    """ARR before the first month. Unit: currency. Clock: a snapshot. Source: Hatch.

    >>> opening_arr(350_000)
    4200000
    """
    return opening_mrr * MONTHS_IN_YEAR


def starting_arr(starting_mrr: float) -> float:
    """ARR as the period begins. Unit: currency. Clock: a snapshot. Source: Hatch.

    >>> starting_arr(350_000)
    4200000
    """
    return starting_mrr * MONTHS_IN_YEAR


def arr_new(new_mrr: float) -> float:
    """Yearly revenue added by new customers. Unit: currency. Clock: the period's. Source: The Data School.

    >>> arr_new(10_000)
    120000
    """
    return new_mrr * MONTHS_IN_YEAR


def arr_expansion(expansion_mrr: float) -> float:
    """Yearly revenue added by existing customers. Unit: currency. Clock: the period's. Source: The Data School.

    >>> arr_expansion(5_000)
    60000
    """
    return expansion_mrr * MONTHS_IN_YEAR


def arr_lost(contraction_mrr: float, churn_mrr: float) -> float:
    """Yearly revenue lost, as a positive amount. Unit: currency. Clock: the period's. Source: The Data School.

    >>> arr_lost(1_000, 3_000)
    48000
    """
    return (contraction_mrr + churn_mrr) * MONTHS_IN_YEAR


def net_new_arr(arr_new: float, arr_expansion: float, arr_lost: float) -> float:
    """What ARR changed by. Unit: currency. Clock: the period's. Source: The Data School.

    >>> net_new_arr(120_000, 60_000, 48_000)
    132000
    """
    return arr_new + arr_expansion - arr_lost


def arr_from_mrr(mrr: float) -> float:
    """ARR as a snapshot, MRR × 12. Unit: currency. Clock: a snapshot. Source: Hatch.

    >>> arr_from_mrr(361_000)
    4332000
    """
    return mrr * MONTHS_IN_YEAR


def arr_from_movements(opening_arr: float, arr_movements: float) -> float:
    """ARR from all movements since the opening. Unit: currency. Clock: a snapshot. Source: The Data School.

    >>> arr_from_movements(4_200_000, 132_000)
    4332000
    """
    return opening_arr + arr_movements


def arpu_subscription(mrr: float, customers: float) -> float:
    """MRR per customer. Unit: currency/month. Clock: a snapshot of a rate per month. Source: Hatch.

    >>> arpu_subscription(360_000, 450)
    800.0
    """
    return mrr / customers


def arpu_transactional(revenue: float, customer_months: float) -> float:
    """Revenue per customer and month. Unit: currency/month. Clock: per month in any period. Source: Hatch.

    A quarter with 300,000 of revenue from 1,000 customers, so 3,000 customer-months:

    >>> arpu_transactional(300_000, 3_000)
    100.0
    """
    return revenue / customer_months


def acv_signed(contract_value: float, contracts: float) -> float:
    """Average value a year of the contracts signed. Unit: currency. Clock: a year. Source: The Data School.

    >>> acv_signed(480_000, 40)
    12000.0
    """
    return contract_value / contracts


def acv_installed(arr: float, customers: float) -> float:
    """ARR per customer. Unit: currency. Clock: a year. Source: The Data School.

    >>> acv_installed(4_320_000, 450)
    9600.0
    """
    return arr / customers


def customers_at_start(customers: float, lost_customers: float, new_customers: float) -> float:
    """Customers as the period began. Unit: count. Clock: a snapshot. Source: arithmetic.

    >>> customers_at_start(454, 8, 12)
    450
    """
    return customers + lost_customers - new_customers


def customer_months(customers_at_start: float, months: Annotated[float, At("period.months")]) -> float:
    """Months that customers of the period's start could have left in. Unit: months. Clock: adds up over periods.

    Source: arithmetic. One month with 450 customers; a quarter adds three of them:

    >>> customer_months(450, 1)
    450
    """
    return customers_at_start * months


def active_share(active_customers: float, customers: float) -> float:
    """Share of customers that use the product. Unit: percent. Clock: a snapshot. Source: The Data School.

    >>> active_share(360, 450)
    0.8
    """
    return active_customers / customers


def active_customers_target(customers: float, active_goal: float) -> float:
    """Customers that should be active. Unit: count. Clock: a snapshot. Source: own target.

    >>> active_customers_target(400, 0.85)
    340.0
    """
    return customers * active_goal


def active_share_target(active_goal: float) -> float:
    """Share of customers that should be active. Unit: percent. Clock: a snapshot. Source: own target.

    >>> active_share_target(0.85)
    0.85
    """
    return active_goal


def churn_rate(lost_customers: float, customer_months: float) -> float:
    """Customers lost ÷ customer-months. Unit: percent/month. Clock: per month in any period. Source: getmichaelai.

    Ten of 500 customers leave in a month; about thirty in a quarter of 1,500 customer-months:

    >>> churn_rate(10, 500), churn_rate(30, 1_500)
    (0.02, 0.02)
    """
    return lost_customers / customer_months


def cac_blended(sm_spend: float, new_customers: float) -> float:
    """All sales and marketing spend ÷ new customers. Unit: currency. Clock: the period's. Source: Hatch.

    >>> cac_blended(50_000, 100)
    500.0
    """
    return sm_spend / new_customers


def cac_paid(
    paid_spend: Annotated[float, At("channel_spend[paid]")],
    paid_customers: Annotated[float, At("channel_customers[paid]")],
) -> float:
    """Paid spend ÷ customers from paid channels. Unit: currency. Clock: the period's. Source: Hatch.

    >>> cac_paid(30_000, 40)
    750.0
    """
    return paid_spend / paid_customers


def cac_payback(cac_blended: float, arpu: float, gross_margin: float) -> float:
    """Months until gross profit has paid back CAC. Unit: months. Clock: none. Source: getmichaelai.

    The published example: 50,000 for 100 customers, 100 a month each, 80% margin.

    >>> cac_payback(50_000 / 100, 100, 0.8)
    6.25
    """
    if arpu <= 0 or gross_margin <= 0:
        raise Undefined("it never pays back")
    return cac_blended / (arpu * gross_margin)


def ltv_from_churn(arpu: float, gross_margin: float, churn_rate: float) -> float:
    """Gross profit over 1 ÷ churn months. Unit: currency. Clock: a lifetime. Source: getmichaelai.

    >>> round(ltv_from_churn(100, 0.8, 0.02), 6)
    4000.0
    """
    return arpu * gross_margin / churn_rate


def ltv_from_lifespan(arpu: float, gross_margin: float, customer_lifespan: float) -> float:
    """Gross profit over the observed lifespan. Unit: currency. Clock: a lifetime. Source: Hatch.

    >>> ltv_from_lifespan(100, 0.8, 50)
    4000.0
    """
    return arpu * gross_margin * customer_lifespan


def ltv_revenue(arpu: float, churn_rate: float) -> float:
    """Predicted revenue, before margin. Unit: currency. Clock: a lifetime. Source: The Data School.

    >>> ltv_revenue(100, 0.02)
    5000.0
    """
    return arpu / churn_rate


def order_value(revenue: float, orders: float) -> float:
    """Average order value. Unit: currency. Clock: none. Source: Hatch.

    >>> order_value(392_000, 280)
    1400.0
    """
    return revenue / orders


def ltv_transactional(
    order_value: float, orders_per_year: float, lifespan_years: float, gross_margin: float
) -> float:
    """Gross profit of all orders of a customer. Unit: currency. Clock: a lifetime. Source: Hatch.

    >>> ltv_transactional(100, 4, 3, 0.5)
    600.0
    """
    return order_value * orders_per_year * lifespan_years * gross_margin


def ltv_cac(ltv: float, cac_blended: float) -> float:
    """Lifetime value for each unit spent on winning a customer. Unit: ratio. Clock: none. Source: getmichaelai.

    >>> ltv_cac(1_500, 500)
    3.0
    """
    return ltv / cac_blended


def ltv_cac_transactional(ltv_transactional: float, cac_blended: float) -> float:
    """LTV:CAC of a business with one-off sales. Unit: ratio. Clock: none. Source: Hatch.

    >>> ltv_cac_transactional(600, 200)
    3.0
    """
    return ltv_transactional / cac_blended


def channel_cac(channel_spend: float, channel_customers: float) -> float:
    """Spend of a channel ÷ customers it won. Unit: currency. Clock: the period's. Source: Hatch.

    >>> channel_cac(12_000, 16)
    750.0
    """
    return channel_spend / channel_customers


def channel_payback(channel_cac: float, arpu: float, gross_margin: float) -> float:
    """Payback with a channel's own CAC. Unit: months. Clock: none. Source: The Data School.

    >>> channel_payback(750, 100, 0.75)
    10.0
    """
    if arpu <= 0 or gross_margin <= 0:
        raise Undefined("it never pays back")
    return channel_cac / (arpu * gross_margin)

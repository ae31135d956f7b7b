"""Pipeline sourced and influenced by marketing: three definitions of sourced, and what overlaps with what.

Sources: getmichaelai.com, "7 Key B2B Marketing Metrics Every CMO Should Be Tracking" (getmichaelai); Hatch, KPIs for
a B2B marketing plan; GTM Tools, B2B marketing measurement framework.
"""

from __future__ import annotations

from typing import Annotated

from metricbook.reference.conventions import At


def sourced_pipeline_in_force(value: Annotated[float, At("sourced_pipeline[sourcing]")]) -> float:
    """Pipeline sourced by the rule in force. Unit: currency. Clock: the period's. Source: GTM Tools.

    >>> sourced_pipeline_in_force(400_000)
    400000
    """
    return value


def sourced_pipeline_alone(value: Annotated[float, At("sourced_pipeline[alone]")]) -> float:
    """Pipeline sourced by marketing alone. Unit: currency. Clock: the period's. Source: getmichaelai.

    >>> sourced_pipeline_alone(400_000)
    400000
    """
    return value


def sourced_pipeline_first_touch(value: Annotated[float, At("sourced_pipeline[first_touch]")]) -> float:
    """Pipeline sourced by a first touch of marketing. Unit: currency. Clock: the period's. Source: Hatch.

    >>> sourced_pipeline_first_touch(400_000)
    400000
    """
    return value


def sourced_pipeline_created(value: Annotated[float, At("sourced_pipeline[created]")]) -> float:
    """Pipeline sourced by marketing creating the opportunity. Unit: currency. Clock: the period's. Source: GTM Tools.

    >>> sourced_pipeline_created(400_000)
    400000
    """
    return value


def ms_pipeline_count(value: Annotated[float, At("sourced_opportunities[sourcing]")]) -> float:
    """Opportunities sourced by the rule in force. Unit: count. Clock: the period's. Source: GTM Tools.

    >>> ms_pipeline_count(8)
    8
    """
    return value


def sourced_share(sourced_pipeline: float, pipeline_created: float) -> float:
    """Sourced ÷ created pipeline, by one rule. Unit: percent. Clock: the period's. Source: Hatch.

    >>> sourced_share(400_000, 1_000_000)
    0.4
    """
    return sourced_pipeline / pipeline_created


def ms_pipeline_pct(ms_pipeline_value: float, pipeline_created: float) -> float:
    """Sourced by the rule in force ÷ created. Unit: percent. Clock: the period's. Source: Hatch.

    >>> ms_pipeline_pct(400_000, 1_000_000)
    0.4
    """
    return ms_pipeline_value / pipeline_created


def mi_pipeline(touched_pipeline: float, ms_pipeline_value: float) -> float:
    """Touched but not sourced by marketing. Unit: currency. Clock: the period's. Source: getmichaelai.

    >>> mi_pipeline(650_000, 400_000)
    250000
    """
    return touched_pipeline - ms_pipeline_value


def untouched_pipeline(pipeline_created: float, touched_pipeline: float) -> float:
    """Neither sourced nor touched by marketing. Unit: currency. Clock: the period's. Source: arithmetic.

    >>> untouched_pipeline(1_000_000, 650_000)
    350000
    """
    return pipeline_created - touched_pipeline


def ms_revenue(value: Annotated[float, At("sourced_revenue[sourcing]")]) -> float:
    """Revenue sourced by the rule in force. Unit: currency. Clock: the period's. Source: GTM Tools.

    >>> ms_revenue(60_000)
    60000
    """
    return value


def mi_revenue_only(mi_revenue: float, ms_revenue: float) -> float:
    """Revenue influenced beyond what is sourced. Unit: currency. Clock: the period's. Source: GTM Tools.

    >>> mi_revenue_only(100_000, 60_000)
    40000
    """
    return mi_revenue - ms_revenue


def ms_wins(value: Annotated[float, At("sourced_wins[sourcing]")]) -> float:
    """Wins sourced by the rule in force. Unit: count. Clock: the period's. Source: getmichaelai.

    >>> ms_wins(40)
    40
    """
    return value


def moc_pct(ms_wins: float, wins: Annotated[float, At("wins[total]")]) -> float:
    """Customers that marketing originated ÷ all. Unit: percent. Clock: the period's. Source: getmichaelai.

    The published example, 40 of 100 deals:

    >>> moc_pct(40, 100)
    0.4
    """
    return ms_wins / wins


def avg_deal_size_ms(ms_pipeline_value: float, ms_pipeline_count: float) -> float:
    """Value of a marketing-sourced opportunity. Unit: currency. Clock: the period's. Source: GTM Tools.

    >>> avg_deal_size_ms(400_000, 8)
    50000.0
    """
    return ms_pipeline_value / ms_pipeline_count

"""Is there enough pipeline, and how fast does it move: coverage of the quarter, and velocity by who sourced the deal.

Sources: Hatch, KPIs for a B2B marketing plan; GTM Tools, B2B marketing measurement framework.
"""

from __future__ import annotations

from typing import Annotated

from metricbook.reference.conventions import At, Undefined


def target_left(quarter_target: float, quarter_won: float) -> float:
    """Revenue still needed this quarter. Unit: currency. Clock: the fiscal quarter. Source: Hatch.

    >>> target_left(500_000, 200_000)
    300000
    """
    return quarter_target - quarter_won


def coverage_of_rest(open_pipeline: float, target_left: float) -> float:
    """Open pipeline ÷ what is still to win. Unit: ratio. Clock: the fiscal quarter. Source: Hatch; a decision.

    >>> coverage_of_rest(900_000, 300_000)
    3.0
    """
    if target_left <= 0:
        raise Undefined("the target is reached")
    return open_pipeline / target_left


def coverage_of_quarter(open_pipeline: float, quarter_target: float) -> float:
    """Open pipeline ÷ the quarter's target. Unit: ratio. Clock: the fiscal quarter. Source: Hatch.

    >>> coverage_of_quarter(900_000, 500_000)
    1.8
    """
    return open_pipeline / quarter_target


def coverage_needed(
    opportunities: Annotated[float, At("opportunities_quarter[total]")],
    wins: Annotated[float, At("wins_quarter[total]")],
) -> float:
    """1 ÷ win rate. Unit: ratio. Clock: the last three months. Source: arithmetic.

    Three of twelve opportunities were won:

    >>> coverage_needed(12, 3)
    4.0
    """
    return opportunities / wins


def pipeline_coverage_model(coverage_needed: float) -> float:
    """The coverage that the win rate asks for. Unit: ratio. Clock: the last three months. Source: arithmetic.

    >>> pipeline_coverage_model(4.0)
    4.0
    """
    return coverage_needed


def ms_open_pipeline(value: Annotated[float, At("sourced_open[sourcing]")]) -> float:
    """Open pipeline sourced by the rule in force. Unit: currency. Clock: a snapshot. Source: GTM Tools.

    >>> ms_open_pipeline(400_000)
    400000
    """
    return value


def ms_days_to_win(value: Annotated[float, At("sourced_days[sourcing]")]) -> float:
    """Days of the wins that marketing sourced, added up. Unit: days. Clock: the period's wins. Source: GTM Tools.

    >>> ms_days_to_win(90)
    90
    """
    return value


def origin_open(deal_origin: str, ms_open_pipeline: float, open_pipeline: float) -> float:
    """Open pipeline by who sourced it. Unit: currency. Clock: a snapshot. Source: GTM Tools.

    >>> [origin_open(each, 400_000, 1_000_000) for each in ("marketing", "other", "total")]
    [400000, 600000, 1000000]
    """
    return _split(deal_origin, ms_open_pipeline, open_pipeline)


def origin_opportunities(
    deal_origin: str, ms_pipeline_count: float, opportunities: Annotated[float, At("opportunities[total]")]
) -> float:
    """Opportunities by who sourced them. Unit: count. Clock: the period's. Source: GTM Tools.

    >>> origin_opportunities("other", 8, 20)
    12
    """
    return _split(deal_origin, ms_pipeline_count, opportunities)


def origin_wins(deal_origin: str, ms_wins: float, wins: Annotated[float, At("wins[total]")]) -> float:
    """Wins by who sourced the deal. Unit: count. Clock: the period's. Source: GTM Tools.

    >>> origin_wins("other", 2, 5)
    3
    """
    return _split(deal_origin, ms_wins, wins)


def origin_days(deal_origin: str, ms_days_to_win: float, days: Annotated[float, At("days_to_win[total]")]) -> float:
    """Days to win, added up, by who sourced the deal. Unit: days. Clock: the period's wins. Source: GTM Tools.

    >>> origin_days("other", 90, 300)
    210
    """
    return _split(deal_origin, ms_days_to_win, days)


def origin_win_rate(origin_wins: float, origin_opportunities: float) -> float:
    """Wins ÷ opportunities. Unit: percent. Clock: the period's. Source: GTM Tools.

    >>> origin_win_rate(2, 8)
    0.25
    """
    return origin_wins / origin_opportunities


def origin_cycle(origin_days: float, origin_wins: float) -> float:
    """Average days to win. Unit: days. Clock: the period's wins. Source: GTM Tools.

    >>> origin_cycle(90, 2)
    45.0
    """
    return origin_days / origin_wins


def pipeline_velocity(origin_open: float, origin_win_rate: float, origin_cycle: float) -> float:
    """Revenue that open pipeline yields a day. Unit: currency/day. Clock: a day. Source: common use.

    Ten open opportunities of 40,000, a quarter of them won, after 50 days on average:

    >>> pipeline_velocity(400_000, 0.25, 50)
    2000.0
    """
    return origin_open * origin_win_rate / origin_cycle


def _split(origin: str, sourced: float, everything: float) -> float:
    """What marketing sourced, the rest, or both."""
    return {"marketing": sourced, "other": everything - sourced, "total": everything}[origin]

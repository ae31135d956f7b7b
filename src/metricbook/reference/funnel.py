"""From visit to win: the stages of a lead, the rates between them, and how fast leads move.

Sources: The Data School by Chartio, "The Top Metrics for a B2B CMO Dashboard"; GTM Tools, B2B marketing measurement
framework; https://getmichaelai.com/blog/beyond-roi-7-key-b2b-marketing-metrics-every-cmo-should-be-t (getmichaelai).
Shares are fractions, so 22% is 0.22.
"""

from __future__ import annotations

from typing import Annotated

from metricbook.reference.conventions import At


def visitor_to_lead(leads: float, visitors: float) -> float:
    """Leads ÷ visits. Unit: percent. Clock: the period's. Source: GTM Tools.

    >>> visitor_to_lead(200, 10_000)
    0.02
    """
    return leads / visitors


def lead_to_mql(mqls: float, leads: float) -> float:
    """MQLs ÷ leads. Unit: percent. Clock: the period's. Source: The Data School.

    >>> lead_to_mql(80, 200)
    0.4
    """
    return mqls / leads


def mql_to_sql(sqls: float, mqls: float) -> float:
    """SQLs ÷ MQLs. Unit: percent. Clock: the period's. Source: GTM Tools.

    >>> mql_to_sql(18, 100)
    0.18
    """
    return sqls / mqls


def sql_to_opp(opportunities: float, sqls: float) -> float:
    """Opportunities opened ÷ SQLs. Unit: percent. Clock: the period's. Source: GTM Tools.

    >>> sql_to_opp(9, 18)
    0.5
    """
    return opportunities / sqls


def opp_to_win(wins: float, opportunities: float) -> float:
    """Wins ÷ opportunities opened. Unit: percent. Clock: the period's. Source: The Data School.

    >>> opp_to_win(3, 12)
    0.25
    """
    return wins / opportunities


def stage_count(
    lead_stage: str,
    leads: Annotated[float, At("leads[total]")],
    mqls: Annotated[float, At("mqls[total]")],
    sqls: Annotated[float, At("sqls[total]")],
    opportunities: Annotated[float, At("opportunities[total]")],
    wins: Annotated[float, At("wins[total]")],
) -> float:
    """Leads that reached a stage. Unit: count. Clock: the period's. Source: The Data School.

    >>> stage_count("sqls", 200, 80, 18, 9, 3)
    18
    """
    reached = {"leads": leads, "mqls": mqls, "sqls": sqls, "opportunities": opportunities, "wins": wins}
    return reached[lead_stage]


def stage_rate(
    lead_stage: str,
    leads: Annotated[float, At("visitor_to_lead[total]")],
    mqls: Annotated[float, At("lead_to_mql[total]")],
    sqls: Annotated[float, At("mql_to_sql[total]")],
    opportunities: Annotated[float, At("sql_to_opp[total]")],
    wins: Annotated[float, At("opp_to_win[total]")],
) -> float:
    """Share of the stage before that reached this one. Unit: percent. Clock: the period's. Source: The Data School.

    >>> stage_rate("wins", 0.02, 0.4, 0.225, 0.5, 0.25)
    0.25
    """
    rates = {"leads": leads, "mqls": mqls, "sqls": sqls, "opportunities": opportunities, "wins": wins}
    return rates[lead_stage]


def lvr(mqls: float, mqls_before: float) -> float:
    """Growth of MQLs over the month before. Unit: percent. Clock: one month. Source: getmichaelai.

    After a month without MQLs it is undefined; the source's code returns 100% there.

    >>> lvr(120, 100)
    0.19999999999999996
    """
    return mqls / mqls_before - 1


def sales_cycle(days_to_win: float, wins: float) -> float:
    """Average days from opportunity to signature. Unit: days. Clock: the period's wins. Source: getmichaelai.

    Two deals won, after 14 and after 90 days:

    >>> sales_cycle(14 + 90, 2)
    52.0
    """
    return days_to_win / wins


def avg_deal_size(revenue_won: float, wins: Annotated[float, At("wins[total]")]) -> float:
    """Revenue won ÷ wins. Unit: currency. Clock: the period's. Source: GTM Tools.

    >>> avg_deal_size(150_000, 3)
    50000.0
    """
    return revenue_won / wins


def needed_sqls(
    revenue_target: float,
    avg_deal_size: float,
    sql_to_opp: Annotated[float, At("sql_to_opp[total]")],
    opp_to_win: Annotated[float, At("opp_to_win[total]")],
) -> float:
    """SQLs that the revenue target needs. Unit: count. Clock: the period's. Source: arithmetic.

    A target of 500,000 is ten deals of 50,000; of eight SQLs one is won:

    >>> needed_sqls(500_000, 50_000, 0.5, 0.25)
    80.0
    """
    return revenue_target / (avg_deal_size * sql_to_opp * opp_to_win)


def mql_to_sql_model(needed_sqls: float, mqls: Annotated[float, At("mqls[total]")]) -> float:
    """The rate that the revenue target asks for. Unit: percent. Clock: the period's. Source: arithmetic.

    >>> mql_to_sql_model(80, 400)
    0.2
    """
    return needed_sqls / mqls

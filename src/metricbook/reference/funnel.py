"""From visit to win: the stages of a lead and the rates between them.

Sources: The Data School by Chartio, "The Top Metrics for a B2B CMO Dashboard"; GTM Tools, B2B marketing measurement
framework. Shares are fractions, so 22% is 0.22.
"""

from __future__ import annotations


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

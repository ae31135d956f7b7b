"""Trends: a month against the same month a year before.

Source: The Data School by Chartio, "The Top Metrics for a B2B CMO Dashboard". Shares are fractions, so +10% is 0.1.
"""

from __future__ import annotations

from typing import Annotated

from metricbook.reference.conventions import At


def visitors_growth(visitors: Annotated[float, At("visitors[total]")], visitors_year_ago: float) -> float:
    """Visits against a year ago. Unit: percent. Clock: the month, a year apart. Source: The Data School.

    >>> visitors_growth(15_000, 12_000)
    0.25
    """
    return visitors / visitors_year_ago - 1


def leads_growth(leads: Annotated[float, At("leads[total]")], leads_year_ago: float) -> float:
    """Leads against a year ago. Unit: percent. Clock: the month, a year apart. Source: The Data School.

    >>> leads_growth(300, 200)
    0.5
    """
    return leads / leads_year_ago - 1


def mqls_growth(mqls: Annotated[float, At("mqls[total]")], mqls_year_ago: float) -> float:
    """MQLs against a year ago. Unit: percent. Clock: the month, a year apart. Source: The Data School.

    >>> mqls_growth(60, 80)
    -0.25
    """
    return mqls / mqls_year_ago - 1


def acv_growth(acv: float, acv_year_ago: float) -> float:
    """Contract value against a year ago. Unit: percent. Clock: the month, a year apart. Source: The Data School.

    >>> acv_growth(12_500, 10_000)
    0.25
    """
    return acv / acv_year_ago - 1

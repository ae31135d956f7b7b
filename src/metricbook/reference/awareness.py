"""Awareness and consideration: who knows the company, what visitors do with its content, who comes back.

Source of every function: GTM Tools, B2B marketing measurement framework, which names these numbers without formulas;
the formulas are decisions. Rates are fractions. Clock "period" is the period or window shown, "end" its last month.
"""

from __future__ import annotations


def keyword_first_page(keyword_rankings: float, first_page: float) -> float:
    """1 where the term stands on the first page of search results. Unit: count. Clock: end.

    >>> keyword_first_page(10, 10), keyword_first_page(11, 10), keyword_first_page(101, 10)
    (1, 0, 0)
    """
    return int(keyword_rankings <= first_page)


def multi_page_share(multi_page_sessions: float, visitors: float) -> float:
    """Visits of several pages ÷ all visits. Unit: fraction. Clock: period.

    >>> multi_page_share(300, 800)
    0.375
    """
    return multi_page_sessions / visitors


def content_conversion(consideration_actions: float, content_visits: float) -> float:
    """Visits with a consideration action ÷ visits to the content. Unit: fraction. Clock: period.

    >>> content_conversion(120, 2_400)
    0.05
    """
    return consideration_actions / content_visits


def return_visit_rate(icp_returning: float, icp_accounts: float) -> float:
    """Companies that came back ÷ companies that visited. Unit: fraction. Clock: three months to the end.

    >>> return_visit_rate(100, 400)
    0.25
    """
    return icp_returning / icp_accounts

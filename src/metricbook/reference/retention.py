"""Net and gross revenue retention: of one month, and over twelve months by the three methods in use.

Sources: Hatch, KPIs for a B2B marketing plan (the formulas); getmichaelai.com, 7 key B2B metrics (the same for one
period); GTM Tools, B2B marketing measurement framework (retention of existing customers). Shares are fractions.
"""

from __future__ import annotations


def nrr_month(starting_mrr: float, expansion_mrr: float, contraction_mrr: float, churn_mrr: float) -> float:
    """Net retention of one month. Unit: percent. Clock: one month. Source: getmichaelai, Hatch.

    The worked example of theprimecalculator.com: 100,000 + 15,000 − 5,000 − 8,000.

    >>> nrr_month(100_000, 15_000, 5_000, 8_000)
    1.02
    """
    return (starting_mrr + expansion_mrr - contraction_mrr - churn_mrr) / starting_mrr


def grr_month(starting_mrr: float, contraction_mrr: float, churn_mrr: float) -> float:
    """Gross retention of one month. Unit: percent. Clock: one month. Source: Hatch.

    >>> grr_month(100_000, 5_000, 8_000)
    0.87
    """
    return (starting_mrr - contraction_mrr - churn_mrr) / starting_mrr


def retention_index(retention_before: float, nrr_month: float) -> float:
    """Monthly net retention multiplied up. Unit: ratio. Clock: since the first month. Source: Hatch, chained.

    >>> retention_index(1.5, 1.5)
    2.25
    """
    return retention_before * nrr_month


def gross_index(gross_before: float, grr_month: float) -> float:
    """Monthly gross retention multiplied up. Unit: ratio. Clock: since the first month. Source: Hatch, chained.

    >>> gross_index(0.5, 0.5)
    0.25
    """
    return gross_before * grr_month


def nrr_from_movements(
    mrr_year_ago: float, expansion_year: float, contraction_year: float, churn_year: float
) -> float:
    """Net retention from a year's movements. Unit: percent. Clock: twelve months. Source: Hatch.

    >>> nrr_from_movements(100_000, 25_000, 5_000, 10_000)
    1.1
    """
    return (mrr_year_ago + expansion_year - contraction_year - churn_year) / mrr_year_ago


def nrr_from_cohort(cohort_arr_now: float, cohort_arr_then: float) -> float:
    """Net retention of the customers of a year ago. Unit: percent. Clock: twelve months. Source: GTM Tools.

    >>> nrr_from_cohort(1_050_000, 1_000_000)
    1.05
    """
    return cohort_arr_now / cohort_arr_then


def nrr_chained(retention_index: float, index_year_ago: float) -> float:
    """Net retention as twelve monthly rates multiplied. Unit: percent. Clock: twelve months. Source: getmichaelai.

    >>> nrr_chained(1.25, 1)
    1.25
    """
    return retention_index / index_year_ago


def grr_from_movements(mrr_year_ago: float, contraction_year: float, churn_year: float) -> float:
    """Gross retention from a year's losses. Unit: percent. Clock: twelve months. Source: Hatch.

    >>> grr_from_movements(100_000, 5_000, 10_000)
    0.85
    """
    return (mrr_year_ago - contraction_year - churn_year) / mrr_year_ago


def grr_from_cohort(cohort_arr_kept: float, cohort_arr_then: float) -> float:
    """Gross retention of the customers of a year ago. Unit: percent. Clock: twelve months. Source: GTM Tools.

    >>> grr_from_cohort(900_000, 1_000_000)
    0.9
    """
    return cohort_arr_kept / cohort_arr_then


def grr_chained(gross_index: float, gross_index_year_ago: float) -> float:
    """Gross retention as twelve monthly rates multiplied. Unit: percent. Clock: twelve months. Source: Hatch.

    >>> grr_chained(0.45, 0.5)
    0.9
    """
    return gross_index / gross_index_year_ago

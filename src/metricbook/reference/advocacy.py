"""What advocates bring in (references, reviews, referrals), how many they are and what they do, and satisfaction.

Sources: "dashboard" is the Customer Marketing ROI Dashboard, a template that names its numbers without formulas;
"data school" is The Data School by Chartio, The Top Metrics for a B2B CMO Dashboard, which has words for them. What
both leave open is marked "decision". Rates are fractions, points are differences of fractions. "To date" means the
months of the year that are typed, as in `customer_marketing`; "period" what is shown; "end" its last day.
"""

from __future__ import annotations

from typing import Annotated

from metricbook.reference.conventions import At


def reference_lift(win_rate_with: float, win_rate_without: float) -> float:
    """Win rate with a reference less without. Unit: points. Clock: to date. Source: dashboard.

    >>> reference_lift(0.375, 0.25)
    0.125
    """
    return win_rate_with - win_rate_without


def reference_revenue(references_provided: float, reference_lift: float, reference_deal_size: float) -> float:
    """Revenue that would not have come without references. Unit: currency. Clock: to date. Source: decision.

    >>> reference_revenue(24, 0.125, 12_000)
    36000.0
    """
    return references_provided * reference_lift * reference_deal_size


def references_counted(reference_revenue: float | None) -> float:
    """Influenced revenue, or 0 while it is not known. Unit: currency. Clock: to date. Source: decision.

    >>> references_counted(36_000), references_counted(None)
    (36000, 0)
    """
    return 0 if reference_revenue is None else reference_revenue


def review_revenue(review_traffic_value: float, review_pipeline: float, win_rate_without: float) -> float:
    """Traffic value plus pipeline at its win rate. Unit: currency. Clock: to date. Source: decision.

    >>> review_revenue(9_000, 60_000, 0.25)
    24000.0
    """
    return review_traffic_value + review_pipeline * win_rate_without


def reviews_counted(review_revenue: float | None) -> float:
    """Reviews in money, or 0 while they are not known. Unit: currency. Clock: to date. Source: decision.

    >>> reviews_counted(24_000), reviews_counted(None)
    (24000, 0)
    """
    return 0 if review_revenue is None else review_revenue


def referral_cost(cost: Annotated[float, At("cost_actual[advocacy_line]")]) -> float:
    """The Advocacy program line, where referrals have no cost of their own. Unit: currency. Clock: to date.

    Source: decision; the dashboard asks for the ROI of referrals and has no row for their cost.

    >>> referral_cost(21_500)
    21500
    """
    return cost


def referral_cpa(referral_cost: float, referrals_closed: float) -> float:
    """Referral cost ÷ closed referrals. Unit: currency. Clock: to date. Source: dashboard, formula a decision.

    >>> referral_cpa(12_000, 6)
    2000.0
    """
    return referral_cost / referrals_closed


def referral_roi(referral_revenue: float, referral_cost: float) -> float:
    """(Revenue − cost) ÷ cost. Unit: fraction. Clock: to date. Source: dashboard, formula a decision.

    >>> referral_roi(63_000, 12_000)
    4.25
    """
    return (referral_revenue - referral_cost) / referral_cost


def advocacy_value(references_counted: float, referral_revenue: float) -> float:
    """Revenue from references and referrals. Unit: currency. Clock: to date. Source: dashboard, parts a decision.

    >>> advocacy_value(36_000, 66_000)
    102000
    """
    return references_counted + referral_revenue


def advocacy_value_with_reviews(references_counted: float, referral_revenue: float, reviews_counted: float) -> float:
    """The same with reviews in money. Unit: currency. Clock: to date. Source: dashboard, parts a decision.

    >>> advocacy_value_with_reviews(36_000, 66_000, 24_000)
    126000
    """
    return references_counted + referral_revenue + reviews_counted


def customer_nrr(nrr_arr_now: float, nrr_arr_then: float) -> float:
    """ARR now of the customers of a year ago ÷ ARR then. Unit: fraction. Clock: twelve months. Source: dashboard.

    >>> customer_nrr(4_368_000, 4_200_000)
    1.04
    """
    return nrr_arr_now / nrr_arr_then


def advocate_share(advocates: float, customers: float) -> float:
    """Advocates ÷ customers. Unit: fraction. Clock: at the end. Source: dashboard.

    >>> advocate_share(34, 425)
    0.08
    """
    return advocates / customers


def reference_fulfilment(references_provided: float, references_requested: float) -> float:
    """Delivered ÷ requested. Unit: fraction. Clock: to date. Source: dashboard.

    >>> reference_fulfilment(24, 30)
    0.8
    """
    return references_provided / references_requested


def event_attendance(event_attendees: float, event_registrants: float) -> float:
    """Attendees ÷ registrants. Unit: fraction. Clock: to date. Source: dashboard.

    >>> event_attendance(416, 800)
    0.52
    """
    return event_attendees / event_registrants


def community_active(community_actives: float, community_members: float) -> float:
    """Active ÷ all members. Unit: fraction. Clock: the last month. Source: dashboard.

    >>> community_active(186, 600)
    0.31
    """
    return community_actives / community_members


def nps_passives(nps_promoters: float, nps_detractors: float, nps_responses: float) -> float:
    """Answers that are neither promoters nor detractors: 7 or 8. Unit: count. Clock: the latest survey. Source:
    dashboard.

    >>> nps_passives(104, 22, 200)
    74
    """
    return nps_responses - nps_promoters - nps_detractors


def nps(nps_promoters: float, nps_detractors: float, nps_responses: float) -> float:
    """(Promoters − detractors) ÷ answers × 100. Unit: score. Clock: the latest survey. Source: dashboard.

    >>> nps(104, 22, 200)
    41.0
    """
    return (nps_promoters - nps_detractors) / nps_responses * 100


def advocates_lost(
    advocates_before: float, gained: Annotated[float, At("advocates_gained[total]")], advocates: float
) -> float:
    """At the start, plus gained, less at the end. Unit: count. Clock: period. Source: decision.

    >>> advocates_lost(28, 2, 29)
    1
    """
    return advocates_before + gained - advocates


def advocate_engagement(engaged_advocates: float, advocates: float) -> float:
    """Active advocates ÷ all. Unit: fraction. Clock: three months to the end. Source: data school, clock a decision.

    >>> advocate_engagement(21, 35)
    0.6
    """
    return engaged_advocates / advocates


def activity_engagement(activity_advocates: float, advocates: float) -> float:
    """Advocates in one activity ÷ all. Unit: fraction. Clock: three months to the end. Source: data school.

    >>> activity_engagement(7, 35)
    0.2
    """
    return activity_advocates / advocates


def csat(csat_satisfied: float, csat_answers: float) -> float:
    """Answers of 4 or 5 of 5 ÷ all. Unit: fraction. Clock: period. Source: data school, the share a decision.

    >>> csat(160, 200)
    0.8
    """
    return csat_satisfied / csat_answers


def engaged_advocates_model(advocates: float, engagement_goal: float) -> float:
    """Advocates that should be active. Unit: count. Clock: end. Source: own target.

    >>> engaged_advocates_model(40, 0.75)
    30.0
    """
    return advocates * engagement_goal


def advocate_engagement_model(engagement_goal: float) -> float:
    """Share of advocates that should be active. Unit: fraction. Clock: end. Source: own target.

    >>> advocate_engagement_model(0.75)
    0.75
    """
    return engagement_goal

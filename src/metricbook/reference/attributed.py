"""What journeys add up to: credit by source, channel, campaign or content asset and by month, and what is left open.

The functions over records take journeys and give a table: sums by member and month of the stage, with "total" for all
touches, also those of no known member. Sources as in `attribution`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from typing import Annotated

from metricbook.reference.attribution import STANDARD, Journey, Rules, Touch, touch_credits
from metricbook.reference.conventions import At

Table = dict[tuple[str, str], Fraction]
Line = dict[str, Fraction]

TOTAL = "total"


def credited(journeys: Iterable[Journey], stage: str, model: str, margin: str, rules: Rules = STANDARD) -> Table:
    """Journeys that reached a stage, credited to touches. Unit: count. Clock: the month of the stage.

    Source: The Data School. A journey of two touches, one of an ad:

    >>> ad, call = Touch(date(2026, 1, 5), labels={"source": "paid_ads"}), Touch(date(2026, 1, 30))
    >>> won = Journey((ad, call), {"customer": date(2026, 2, 1)}, Fraction(9_000))
    >>> sums = credited([won], "customer", "linear", "source")
    >>> sums["paid_ads", "2026-02"], sums["total", "2026-02"]
    (Fraction(1, 2), Fraction(1, 1))
    """
    sums: Table = defaultdict(Fraction)
    for month, touch, credit, _ in _credits(journeys, stage, model, rules):
        sums[touch.labels.get(margin, ""), month] += credit
        sums[TOTAL, month] += credit
    return sums


def credited_customers(journeys: Iterable[Journey], model: str, margin: str, rules: Rules = STANDARD) -> Table:
    """Customers, credited to touches. Unit: count. Clock: the month of the win. Source: The Data School.

    >>> won = Journey((Touch(date(2026, 1, 5), labels={"channel": "events"}),), {"customer": date(2026, 2, 1)})
    >>> int(credited_customers([won], "first", "channel")["events", "2026-02"])
    1
    """
    return credited(journeys, "customer", model, margin, rules)


def credited_value(journeys: Iterable[Journey], model: str, margin: str, rules: Rules = STANDARD) -> Table:
    """Amounts won, credited to touches. Unit: currency. Clock: the month of the win. Source: getmichaelai.

    >>> days = [date(2026, 1, 5), date(2026, 1, 12), date(2026, 1, 19)]
    >>> touches = tuple(Touch(day, labels={"asset": "webinar"} if day.day == 12 else {}) for day in days)
    >>> won = Journey(touches, {"customer": date(2026, 2, 1)}, Fraction(9_000))
    >>> int(credited_value([won], "u_shaped", "asset")["webinar", "2026-02"])
    1800
    """
    return _amounts(journeys, "customer", model, margin, rules)


def attr_pipeline(journeys: Iterable[Journey], model: str, margin: str, rules: Rules = STANDARD) -> Table:
    """Amounts of opportunities, credited to touches. Unit: currency. Clock: the month it was opened.

    Source: getmichaelai. Two touches; the one that opened the opportunity has 30 of 60, as only two are milestones:

    >>> touches = Touch(date(2026, 1, 5)), Touch(date(2026, 1, 9), made_opportunity=True, labels={"source": "email"})
    >>> opened = Journey(touches, {"opportunity": date(2026, 1, 9)}, Fraction(9_000))
    >>> int(attr_pipeline([opened], "w_shaped", "source")["email", "2026-01"])
    4500
    """
    return _amounts(journeys, "opportunity", model, margin, rules)


def credited_to_marketing(journeys: Iterable[Journey], model: str, rules: Rules = STANDARD) -> Line:
    """Amounts credited to marketing's touches. Unit: currency. Clock: the month of the win. Source: GTM Tools.

    >>> touches = Touch(date(2026, 1, 5)), Touch(date(2026, 1, 6), team="sales")
    >>> won = Journey(touches, {"customer": date(2026, 2, 1)}, Fraction(9_000))
    >>> int(credited_to_marketing([won], "linear")["2026-02"])
    4500
    """
    sums: Line = defaultdict(Fraction)
    for month, touch, credit, value in _credits(journeys, "customer", model, rules):
        sums[month] += credit * value if touch.team == "marketing" else 0
    return sums


def leads_on_record(journeys: Iterable[Journey]) -> Line:
    """Leads in the table, with touches or without. Unit: count. Clock: the month of the lead. Source: arithmetic.

    >>> int(leads_on_record([Journey((), {"lead": date(2026, 2, 1)})])["2026-02"])
    1
    """
    return _reached(journeys, "lead")


def customers_on_record(journeys: Iterable[Journey]) -> Line:
    """Customers in the table. Unit: count. Clock: the month of the win. Source: arithmetic.

    >>> int(customers_on_record([Journey((), {"customer": date(2026, 2, 1)})])["2026-02"])
    1
    """
    return _reached(journeys, "customer")


def value_due(journeys: Iterable[Journey]) -> Line:
    """Value of deals with a touch up to the win. Unit: currency. Clock: the month of the win. Source: arithmetic.

    >>> none = Journey((), {"customer": date(2026, 2, 1)}, Fraction(9_000))
    >>> some = Journey((Touch(date(2026, 1, 5)),), {"customer": date(2026, 2, 1)}, Fraction(8_000))
    >>> int(value_due([none, some])["2026-02"])
    8000
    """
    sums: Line = defaultdict(Fraction)
    for journey in journeys:
        won = journey.reached.get("customer")
        if won is not None and any(touch.on <= won for touch in journey.touches):
            sums[_month(won)] += journey.value
    return sums


def leads_without_touch(leads_on_record: float, attr_leads: float) -> float:
    """Leads that nobody gets credit for. Unit: count. Clock: the period's. Source: arithmetic.

    >>> leads_without_touch(60, 57)
    3
    """
    return leads_on_record - attr_leads


def customers_without_touch(customers_on_record: float, attr_customers: float) -> float:
    """Customers that nobody gets credit for. Unit: count. Clock: the period's. Source: arithmetic.

    >>> customers_without_touch(18, 18)
    0
    """
    return customers_on_record - attr_customers


def attr_leads(credit: Annotated[float, At("credited[lead]")]) -> float:
    """Leads by the model in force. Unit: count. Clock: the period's. Source: The Data School.

    >>> attr_leads(12.5)
    12.5
    """
    return credit


def attr_mqls(credit: Annotated[float, At("credited[mql]")]) -> float:
    """MQLs by the model in force. Unit: count. Clock: the period's. Source: The Data School.

    >>> attr_mqls(6.5)
    6.5
    """
    return credit


def attr_customers(credit: Annotated[float, At("credited_customers[attribution_model]")]) -> float:
    """Customers by the model in force. Unit: count. Clock: the period's. Source: The Data School.

    >>> attr_customers(2.5)
    2.5
    """
    return credit


def attr_value(credit: Annotated[float, At("credited_value[attribution_model]")]) -> float:
    """Amounts won by the model in force. Unit: currency. Clock: the period's. Source: The Data School.

    >>> attr_value(42_000)
    42000
    """
    return credit


def marketing_credit(credit: Annotated[float, At("credited_to_marketing[attribution_model]")]) -> float:
    """Amounts credited to marketing, model in force. Unit: currency. Clock: the period's. Source: GTM Tools.

    >>> marketing_credit(21_000)
    21000
    """
    return credit


def model_spread(
    first: Annotated[float, At("credited_value[first]")],
    last: Annotated[float, At("credited_value[last]")],
    linear: Annotated[float, At("credited_value[linear]")],
    u_shaped: Annotated[float, At("credited_value[u_shaped]")],
    w_shaped: Annotated[float, At("credited_value[w_shaped]")],
    decay: Annotated[float, At("credited_value[decay]")],
) -> float:
    """From the model that credits least to the one that credits most. Unit: currency. Clock: the period's.

    Source: arithmetic.

    >>> model_spread(4_800, 0, 2_400, 3_600, 3_200, 175)
    4800
    """
    amounts = (first, last, linear, u_shaped, w_shaped, decay)
    return max(amounts) - min(amounts)


def _amounts(journeys: Iterable[Journey], stage: str, model: str, margin: str, rules: Rules) -> Table:
    sums: Table = defaultdict(Fraction)
    for month, touch, credit, value in _credits(journeys, stage, model, rules):
        sums[touch.labels.get(margin, ""), month] += credit * value
        sums[TOTAL, month] += credit * value
    return sums


def _credits(
    journeys: Iterable[Journey], stage: str, model: str, rules: Rules
) -> Iterator[tuple[str, Touch, Fraction, Fraction]]:
    """Month, touch, credit and the journey's amount, for each touch of each journey that reached the stage."""
    for journey in journeys:
        if stage in journey.reached:
            month = _month(journey.reached[stage])
            for touch, credit in zip(journey.touches, touch_credits(journey, stage, model, rules), strict=True):
                yield month, touch, credit, journey.value


def _reached(journeys: Iterable[Journey], stage: str) -> Line:
    sums: Line = defaultdict(Fraction)
    for journey in journeys:
        if stage in journey.reached:
            sums[_month(journey.reached[stage])] += 1
    return sums


def _month(day: date) -> str:
    return f"{day:%Y-%m}"

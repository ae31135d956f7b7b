"""The formulas of mechanisms.yaml as plain functions, written from their labels and without the compiler."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor
from statistics import median
from typing import Annotated

from metricbook.reference import At, Reference, Undefined
from metricbook.reference import find as find_shipped

Series = Sequence[float | None]


def revenue(units_sold: float, price: float) -> float:
    return units_sold * price


def price_reached(revenue: float, units_sold: float) -> float:
    return revenue / units_sold


def share(units_sold: float, everything: Annotated[float, At("units_sold[total]")]) -> float:
    return units_sold / everything


def of_region(units: Annotated[float, At("units_sold[shown]")]) -> float:
    return units


def rum_in_north(units: Annotated[float, At("units_sold[rum, north]")]) -> float:
    return units


def against_tea(units_sold: float, tea: Annotated[float, At("units_sold[tea]")]) -> float:
    return units_sold - tea


def cost_of_lead(spend: float, leads: float) -> float:
    return spend / leads


def home_gap(rating: float, alps: Annotated[float, At("rating[alps]")]) -> float:
    return rating - alps


def attributed(rule: str, budget: float, part: float, extra: float) -> float:
    return {"even": budget * part, "first_half": budget - extra}[rule]


def by_source(source: str, budget: float, part: float, extra: float) -> float:
    return {"web": budget * part, "fair": extra, "total": budget * part + extra}[source]


def stock_last_year(series: Series, opening: float | None, n: int) -> float | None:
    return series[-1 - n] if len(series) > n else opening


def pacing(spent_year: float, year_budget: float, elapsed: Annotated[float, At("period.elapsed")]) -> float:
    return spent_year / (year_budget * elapsed)


def net_units(net_before: float, stock: float, first_day: float) -> float:
    return net_before + stock - first_day


def best(nps: float | None, csat: float | None) -> float | None:
    return max((value for value in (nps, csat) if value is not None), default=None)


def worst(nps: float | None, csat: float | None) -> float | None:
    return min((value for value in (nps, csat) if value is not None), default=None)


def mean(nps: float | None, csat: float | None) -> float | None:
    there = [value for value in (nps, csat) if value is not None]
    return sum(there) / len(there) if there else None


def middle(nps: float | None, csat: float | None, goal_score: float | None) -> float | None:
    there = [value for value in (nps, csat, goal_score) if value is not None]
    return median(there) if there else None


def goal_score(nps: float | None, csat: float | None) -> float | None:
    there = [value for value in (nps, csat) if value is not None]
    return sum(there) if there else None


def answers(nps: float | None, csat: float | None) -> float | None:
    return len([value for value in (nps, csat) if value is not None]) or None


def asked(csat: float | None, nps: float | None) -> float | None:
    return nps if csat is None else csat


def gap(stock: float, first_day: float) -> float:
    return abs(stock - first_day)


def boxes(staff: float) -> float:
    return ceil(staff / 12)


def full_boxes(staff: float) -> float:
    return floor(staff / 12)


def capped(stock: float, first_day: float) -> float:
    return min(stock, first_day)


def money(mode: str, budget: float, extra: float) -> float:
    return budget - extra if mode == "net" else budget


def both(stock: float, first_day: float, staff: float) -> float:
    return stock if stock >= first_day and staff != 0 else first_day


def days_off(budget: float, months: Annotated[float, At("period.months")]) -> float:
    return budget / months


def begins(first: Annotated[float, At("period.start")]) -> float:
    return first


def ends(last: Annotated[float, At("period.end")]) -> float:
    return last


def days(first: Annotated[float, At("period.start")], last: Annotated[float, At("period.end")]) -> float:
    return last - first


def passed(elapsed: Annotated[float, At("period.elapsed")]) -> float:
    return elapsed


def prices_up(list_price: float, staff: float) -> float:
    return list_price * staff


def grown(stock: float, first_day: float) -> float:
    return stock / first_day


def growth_rate(grown: float, first_day: float, staff: float) -> float:
    if first_day > staff or grown <= 0:
        raise Undefined("shrunk, or nothing to grow from")
    return float(grown ** (1 / 12)) - 1


def plan(budget: float) -> float:
    return budget


def plan_model(goal: float, part: float) -> float:
    return goal * part


def find(name: str) -> Reference:
    """A function of this file, else a shipped one."""
    own = globals().get(name)
    return own if callable(own) and getattr(own, "__module__", "") == __name__ else find_shipped(name)

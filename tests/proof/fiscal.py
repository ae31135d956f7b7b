"""The fiscal calendar, counted out period by period. A week lies in the quarter and year of its Thursday."""

from __future__ import annotations

import datetime as dt

from metricbook.model.dimensions import Periods

YEAR = {"month": 12, "quarter": 4, "week": 52, "year": 1}
QUARTER = {"month": 3, "quarter": 1, "week": 13, "year": 0}
MONTHS = {"month": 1.0, "quarter": 3.0, "week": 12 / 52, "year": 12.0}
BEYOND = 60  # no fiscal year has more periods


def to_date(periods: Periods, period: int, word: str) -> list[int]:
    """The periods of the same fiscal year or quarter from the first that there is up to this one."""
    return [each for each in range(period + 1) if fiscal(periods, each, word) == fiscal(periods, period, word)]


def whole(periods: Periods, period: int, word: str) -> list[int] | None:
    """All periods of the fiscal year or quarter; None where they are not all inside the data."""
    same = _same(periods, period, word)
    return same if same[0] >= 0 and same[-1] < periods.count else None


def elapsed(periods: Periods, period: int) -> float:
    """The share of the fiscal year that has passed at the period's end."""
    year = _same(periods, period, "year")
    return (year.index(period) + 1) / len(year)


def fiscal(periods: Periods, period: int, word: str) -> tuple[int, int]:
    """The fiscal year (and quarter) that a period lies in."""
    day = _day(periods, period)
    year, month = divmod(day.year * 12 + day.month - periods.fiscal_start, 12)
    return (year, 0) if word == "year" else (year, month // 3)


def _same(periods: Periods, period: int, word: str) -> list[int]:
    every = range(period - BEYOND, period + BEYOND)
    return [each for each in every if fiscal(periods, each, word) == fiscal(periods, period, word)]


def _day(periods: Periods, period: int) -> dt.date:
    start = periods.start(0)
    if periods.grain == "week":
        return start + dt.timedelta(days=7 * period + 3)
    months = {"month": 1, "quarter": 3, "year": 12}[periods.grain] * period
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return dt.date(year, month + 1, 1)

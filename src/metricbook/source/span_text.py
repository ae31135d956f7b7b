"""The days that a text of an export stands for: one day, or a month, quarter, week or year."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import NamedTuple

from metricbook.source.record_text import date_reader

MONTHS = ("%Y-%m", "%Y/%m", "%m/%Y", "%m.%Y", "%Y%m", "%B %Y", "%b %Y", "%b-%y", "%Y %B", "%Y %b")
_QUARTER = re.compile(r"(?P<y>\d{4})[- ]?Q(?P<q>[1-4])|Q(?P<q2>[1-4])[- /]?(?P<y2>\d{4})", re.IGNORECASE)
_WEEK = re.compile(r"(\d{4})[- ]?W(\d{2})", re.IGNORECASE)
_YEAR = re.compile(r"\d{4}")
_SIX_DIGITS = re.compile(r"\d{6}")  # strptime would take them for a year and a single-digit month and day


class Span(NamedTuple):
    """From one day to another, both included."""

    first: dt.date
    last: dt.date


SpanReader = Callable[[str], "Span | str | None"]
"""Gives the days of a cell, or a text that says what is wrong with it; None for a blank."""


def span_reader(texts: Iterable[str], order: str = "") -> SpanReader:
    """A reader for a column of days or periods; see `date_reader` for `order`."""
    read_day = date_reader(texts, order)

    @cache  # the same days come again and again
    def read(text: str) -> Span | str | None:
        plain = text.strip()
        found = _period(plain)
        if found is not None:
            return found
        day = read_day(plain)
        return Span(day, day) if isinstance(day, dt.date) else None if day is None else str(day)

    return read


def _period(text: str) -> Span | None:
    """A whole period, or None where the text names none."""
    try:
        if found := _QUARTER.fullmatch(text):
            year, quarter = int(found["y"] or found["y2"]), int(found["q"] or found["q2"])
            return months(year, 3 * quarter - 2, 3)
        if found := _WEEK.fullmatch(text):
            monday = dt.date.fromisocalendar(int(found[1]), int(found[2]), 1)
            return Span(monday, monday + dt.timedelta(days=6))
        if _YEAR.fullmatch(text):
            return months(int(text), 1, 12)
    except ValueError:
        return None
    for format in MONTHS:
        if format == "%Y%m" and not _SIX_DIGITS.fullmatch(text):
            continue
        try:
            month = dt.datetime.strptime(text, format)
        except ValueError:
            continue
        return months(month.year, month.month, 1)
    return None


def months(year: int, month: int, count: int) -> Span:
    """So many months from the first of one on.

    >>> months(2026, 2, 1).last
    datetime.date(2026, 2, 28)
    """
    last = month + count - 1
    return Span(dt.date(year, month, 1), dt.date(year, last, calendar.monthrange(year, last)[1]))

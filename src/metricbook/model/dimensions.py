"""Dimensions: named axes with members, groups, spare rows and a say about totals; and the periods."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

Grain = Literal["month", "quarter", "week", "year"]

PER_YEAR: dict[Grain, int] = {"month": 12, "quarter": 4, "week": 52, "year": 1}
PER_QUARTER: dict[Grain, int] = {"month": 3, "quarter": 1, "week": 13, "year": 0}
KEY = {"month": r"\d{4}-\d{2}", "quarter": r"\d{4}-Q[1-4]", "week": r"\d{4}-W\d{2}", "year": r"\d{4}"}


@dataclass(frozen=True)
class Member:
    """One member: a stable id and a label; `group` is "" outside groups. A spare member has no label yet.

    `exports` are its names in pasted rows, `closed` is the last day on which it counts.
    """

    id: str
    label: str
    group: str = ""
    exports: tuple[str, ...] = ()
    closed: dt.date | None = None


UNLISTED = "unlisted"
"""The id under which records stand that match no member; what it is called is the dimension's to say."""
OTHER = "Not on the list"


@dataclass(frozen=True)
class Dimension:
    """A named axis. A part of another dimension (`of`) has its own order and shows the other's rows of Lists."""

    id: str
    label: str
    members: tuple[Member, ...]
    groups: tuple[tuple[str, str], ...] = ()  # (id, label)
    total: str = "Total"  # "" where members are alternatives or overlap
    of: str = ""
    other: str = OTHER  # what records with none of these names stand under

    @property
    def root(self) -> str:
        """The dimension whose rows on Lists name the members."""
        return self.of or self.id

    def has(self, member: str) -> bool:
        """Is this one of its members' ids?"""
        return any(each.id == member for each in self.members)

    def is_spare(self, member: str) -> bool:
        """Is this a member that a client may name?"""
        return any(each.id == member and not each.label for each in self.members)

    def knows(self, token: str) -> bool:
        """Is this the id of one of its members or groups?"""
        return self.has(token) or token in dict(self.groups)


@dataclass(frozen=True)
class Periods:
    """The time axis: `count` periods of one grain from `first`; fiscal years begin in month `fiscal_start`."""

    grain: Grain = "month"
    count: int = 12
    first: str = "2026-01"
    fiscal_start: int = 1
    covered: str = ""  # the input that says how many months of a period its numbers cover

    def start(self, index: int) -> dt.date:
        """First day of period `index` (0 is the first). A week starts on Monday.

        >>> Periods("quarter", 4, "2026-Q1").start(2)
        datetime.date(2026, 7, 1)
        """
        year = int(self.first[:4])
        if self.grain == "week":
            return dt.date.fromisocalendar(year, int(self.first[6:]), 1) + dt.timedelta(weeks=index)
        months = {"month": 1, "quarter": 3, "year": 12}[self.grain] * index + self._first_month() - 1
        return dt.date(year + months // 12, months % 12 + 1, 1)

    def _first_month(self) -> int:
        if self.grain == "month":
            return int(self.first[5:])
        return 3 * int(self.first[6:]) - 2 if self.grain == "quarter" else self.fiscal_start

    def key(self, index: int) -> str:
        """Stable key of period `index`: 2026-03, 2026-Q1, 2026-W07 or 2026.

        >>> Periods("month", 12, "2026-01").key(12)
        '2027-01'
        """
        day = self.start(index)
        if self.grain == "week":
            year, week, _ = day.isocalendar()
            return f"{year}-W{week:02}"
        if self.grain == "month":
            return f"{day.year}-{day.month:02}"
        return f"{day.year}-Q{(day.month + 2) // 3}" if self.grain == "quarter" else str(day.year)

    def keys(self) -> tuple[str, ...]:
        """The keys of all periods, in order."""
        return _keys(self)

    def per_year(self) -> int:
        """How many periods make a year."""
        return PER_YEAR[self.grain]

    def per_quarter(self) -> int:
        """How many periods make a quarter; 0 where a period is longer than a quarter."""
        return PER_QUARTER[self.grain]


@cache  # every row of data asks
def _keys(periods: Periods) -> tuple[str, ...]:
    return tuple(periods.key(index) for index in range(periods.count))


def is_key(text: str, grain: Grain) -> bool:
    """Does the text name a period of this grain, such as 2026-13 (no) or 2026-12 (yes)?"""
    if not re.fullmatch(KEY[grain], text):
        return False
    try:
        Periods(grain, 1, text).start(0)
    except ValueError:
        return False
    return grain != "month" or 1 <= int(text[5:]) <= 12

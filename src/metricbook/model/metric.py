"""The model's parts as frozen data: metrics over axes, with everything resolved and nothing left to look up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from metricbook.formula.tree import Tree
from metricbook.problems import Location
from metricbook.source.schema import Band, Benchmark, Good, Input, Target

NOWHERE = Location()

Axis = tuple[str, ...]
"""Dimension ids that a metric has one at a time: one id, or several as margins."""


@dataclass(frozen=True, slots=True)
class Point:
    """A place on an axis: a member, or with `group` a group of members."""

    dimension: str
    member: str
    group: bool = False


Where = tuple[Point | None, ...]
"""One point per axis; None is Total."""

PeriodRollup = Literal["sum", "last", "first", "average", "none", "recompute"]
MemberRollup = Literal["sum", "weighted", "recompute", "none"]


@dataclass(frozen=True)
class Metric:
    """A metric with its meaning settled.

    `axes` are its dimensions beside time, `timed` says whether it varies by period. `by_member` holds one formula per
    member of the axis `member_axis` where `formula` is None. A target's own line is a metric too (`target_of`).
    """

    id: str
    label: str
    unit: str
    axes: tuple[Axis, ...]
    timed: bool
    over_periods: PeriodRollup
    over_members: MemberRollup
    definition: str = ""
    input: Input | None = None
    formula: Tree | None = None
    by_member: Mapping[str, Tree] = field(default_factory=dict)
    member_axis: int = 0
    totals: tuple[bool, ...] = ()  # per axis: is there a value at Total?
    others: tuple[bool, ...] = ()  # per axis: is there a value for records that match no member?
    undefined: Tree | None = None
    weight: str = ""
    good: Good | None = None
    target: Target | None = None
    target_of: str = ""
    benchmarks: tuple[Benchmark, ...] = ()
    bands: tuple[Band, ...] = ()
    owner: str = ""
    tier: str = ""
    cadence: str = ""
    source: str = ""
    python: str = ""
    aliases: tuple[str, ...] = ()
    short: str = ""  # the label where there is little room
    signed: bool = False
    last_year: bool = True  # is it judged by last year's value where it has no target?
    decimals: int | None = None
    section: str = ""
    margin_sections: Mapping[str, str] = field(default_factory=dict)  # by dimension
    tags: Mapping[str, str] = field(default_factory=dict)
    base: str = ""  # of a rival definition: the metric it defines
    variant: str = ""
    variant_label: str = ""
    formula_text: str = ""
    table: str = ""  # of a column: the record table whose rows have a value each
    at: Location = NOWHERE

    @property
    def is_input(self) -> bool:
        """Is it typed in?"""
        return self.input is not None

    @property
    def is_choice(self) -> bool:
        """Is it chosen from a list, so that its number stands for words?"""
        return self.is_input and self.unit in ("choice", "member")

    @property
    def is_number(self) -> bool:
        """Does it hold numbers (dates and choices are held as numbers too)?"""
        return self.unit != "text"

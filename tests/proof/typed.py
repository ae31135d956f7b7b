"""What was typed, as it is to be read: blanks, unused lines, what carries on, closed members; and the windows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from metricbook.model.metric import Metric, Point, Where
from metricbook.model.model import Model
from proof.fiscal import YEAR, to_date
from proof.scenarios import COMPARE, PICKED, VIEW, VIEWS, Inputs, serial

NA = "n/a"
Value = float | str | None
When = int | str | None
"""A period counted from 0, the name of a window, or None for what has one value for all."""

CURRENT, COMPARISON, LAST_YEAR = "Current", "Comparison", "Last year"
WINDOWS = (CURRENT, COMPARISON, LAST_YEAR)
BACK = {"month": (1, 3, 12), "quarter": (1, 4), "week": (1, 13, 52), "year": (1,)}


@dataclass
class Reading:
    """The inputs of a model. `closed` are members' last days on Lists."""

    model: Model
    inputs: Inputs
    closed: Mapping[tuple[str, str], float]

    def __post_init__(self) -> None:
        self.count = self.model.periods.count
        self.started = [self.is_started(period) for period in range(self.count)]
        self.begun = self._is_begun()

    def typed(self, metric: Metric, where: Where, when: int | None) -> Value:
        value = self.inputs.get((metric.id, where, when))
        if value is None and metric.input is not None:
            value = _spread(metric.input.initial, where, when)
        return float(value) if isinstance(value, int | float) else None

    def read(self, metric: Metric, where: Where, when: int | None) -> Value:
        if not all(self.is_named(point) for point in where if point is not None):
            return None
        if not self.begun and metric.input is not None and metric.input.initial is not None:
            return None
        value = self.typed(metric, where, when)
        if value is not None:
            return value
        given = metric.input
        assert given is not None
        if self.is_nothing(metric, where, when):
            adds_up = metric.over_members == "sum" or metric.unit.partition("/")[0] in ("currency", "count")
            return 0.0 if adds_up else None
        if when is None:
            return None
        if given.blank == "carry":
            begun = max((period for period in range(self.count) if self.started[period]), default=-1)
            earlier = [each for period in range(when + 1) if (each := self.typed(metric, where, period)) is not None]
            return earlier[-1] if earlier and when <= begun else None
        if given.blank == "missing":
            return 0.0 if self._is_closed(metric, where, when) else None
        line = [self.typed(metric, where, period) for period in range(self.count)]
        unused = all(each is None for each in line) or self._is_closed(metric, where, when)
        return 0.0 if unused and self.started[when] else None

    def is_nothing(self, metric: Metric, where: Where, when: int | None) -> bool:
        """Does a line of a spare member count as nothing, because no line of the member has a number by then?"""
        given = metric.input
        if given is None or given.blank == "carry" or given.initial is not None:
            return False
        named = all(self.is_named(point) for point in where if point is not None)
        return named and any(self._is_unbegun(point, when) for point in where if point and is_spare(point))

    def _is_unbegun(self, point: Point, when: int | None) -> bool:
        root = self.model.dimensions[point.dimension].root
        if self._begun_by(root, point.member, when):
            return False
        members = [each.id for each in self.model.dimensions[root].members]
        if any(not each.startswith("spare_") for each in members):
            return True
        return any(self._begun_by(root, each, when) for each in members)  # else there is nothing at all

    def _begun_by(self, root: str, member: str, when: int | None) -> bool:
        """Was a number typed for a member, until then or (without a period) ever?"""
        return any(
            isinstance(value, int | float) and (when is None or (period is not None and period <= when))
            for (id, where, period), value in self.inputs.items()
            if any(p and p.member == member and self.model.dimensions[p.dimension].root == root for p in where)
            and self._counts_at_all(id)
            and all(self.is_named(p) for p in where if p)
        )

    def _counts_at_all(self, id: str) -> bool:
        metric = self.model.metrics.get(id)
        words = ("text", "choice", "member")
        given = metric.input if metric else None
        return bool(
            metric and given and given.blank != "carry" and given.initial is None and metric.unit not in words
        )

    def is_named(self, point: Point) -> bool:
        root = self.model.dimensions[self.model.dimensions[point.dimension].root]
        return any(member.id == point.member and member.label for member in root.members)

    def _is_closed(self, metric: Metric, where: Where, when: int) -> bool:
        """After its members' last day a blank amount is 0; a rate of nothing is nothing."""
        roots = [(self.model.dimensions[point.dimension].root, point.member) for point in where if point is not None]
        days = [self.closed[each] for each in roots if each in self.closed]
        adds_up = metric.unit.partition("/")[0] in ("currency", "count")
        return bool(days) and adds_up and serial(self.model.periods, when) > min(days)

    def is_started(self, period: int) -> bool:
        """Was any number typed in this period? Prefilled, carried and unused lines say nothing about it."""
        return any(
            self.typed(metric, where, period) is not None
            for metric in self.model.metrics.values()
            if self._shows_begun(metric)
            for where in self.wheres(metric)
        )

    def _shows_begun(self, metric: Metric) -> bool:
        given = metric.input
        return bool(
            metric.timed and metric.unit != "text" and given and given.blank == "missing" and given.initial is None
        )

    def _is_begun(self) -> bool:
        """Was any number typed at all? True as well where every number is prefilled."""
        waits = [
            metric
            for metric in self.model.metrics.values()
            if metric.input and metric.input.initial is None and metric.unit not in ("text", "choice", "member")
        ]
        return not waits or any(
            isinstance(self.inputs.get((metric.id, where, when)), int | float)
            for metric in waits
            for where in self.wheres(metric)
            for when in (range(self.count) if metric.timed else [None])
        )

    def wheres(self, metric: Metric) -> list[Where]:
        wheres = self.model.wheres(metric)
        return [w for w in wheres if all(p is not None and not p.group and self.is_named(p) for p in w)]

    def data_through(self) -> int:
        """The latest period that has begun and has every essential input; -1 where there is none."""
        essential = [
            (metric, where)
            for metric in self.model.metrics.values()
            if metric.input and metric.input.need == "essential" and metric.unit not in ("text", "choice", "member")
            for where in self.wheres(metric)
            if not any(p and p.dimension in metric.margin_sections for p in where)
        ]
        by_period = [each for each in essential if each[0].timed]
        if not all(self._is_there(metric, where, None) for metric, where in essential if not metric.timed):
            return -1
        complete = [p for p in range(self.count) if all(self._is_there(m, w, p) for m, w in by_period)]
        shows = any(map(self._shows_begun, self.model.metrics.values()))
        return max((p for p in complete if self.started[p] or (by_period and not shows)), default=-1)

    def _is_there(self, metric: Metric, where: Where, when: int | None) -> bool:
        return self.read(metric, where, when) is not None or self.is_nothing(metric, where, when)

    def reporting(self) -> int:
        """The period that pages show: the picked one, else data through, else the latest that has begun."""
        days = [serial(self.model.periods, period) for period in range(self.count)]
        picked = self.inputs.get((PICKED, (), None))
        begun = max((period for period in range(self.count) if self.started[period]), default=-1)
        through = self.data_through()
        return days.index(picked) if picked in days else through if through >= 0 else begun

    def window(self, name: str) -> range | None:
        last = self.reporting()
        if last < 0:
            return None
        grain = self.model.periods.grain
        words = VIEWS[grain]
        view = self.inputs.get((VIEW, (), None))
        number = words.index(str(view)) if view in words else 0
        length = (
            1
            if number == 0
            else len(to_date(self.model.periods, last, "year" if number == len(words) - 1 else "quarter"))
        )
        yearly = name == LAST_YEAR or self.inputs.get((COMPARE, (), None)) == "Last year"
        back = 0 if name == CURRENT else YEAR[grain] if yearly else BACK[grain][number]
        first = last - back - length + 1
        return range(first, last - back + 1) if first >= 0 else None


def is_spare(point: Point) -> bool:
    """Is it a row that the reader names?"""
    return point.member.startswith("spare_")


def _spread(values: Any, where: Where, when: int | None) -> Any:
    if isinstance(values, dict):
        values = next((values[point.member] for point in where if point is not None and point.member in values), None)
    if isinstance(values, list):
        return values[when] if when is not None and when < len(values) else None
    return values

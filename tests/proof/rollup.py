"""The meaning of values in plain Python: blank, n/a, unused, carried, strict totals, windows. Slow and obvious.

It reads what a framework declares (axes, rollups, weights, blanks) and the inputs, calls the reference functions, and
says what every metric is at every coordinate. It shares no code with the layout or with the evaluator of formulas, so
that the two can be compared. A value is a number, None (blank) or NA.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from inspect import signature
from math import isnan, nan
from types import NoneType
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from metricbook.formula.tree import Call, Name, Number, Tree
from metricbook.model.metric import Metric, Point, Where
from metricbook.model.model import Model
from metricbook.reference import At, Reference, Undefined
from metricbook.reference import find as find_reference
from proof.scenarios import COMPARE, PICKED, VIEW, VIEWS, Inputs, serial

NA = "n/a"
Value = float | str | None
When = int | str | None
"""A period counted from 0, the name of a window, or None for what has one value for all."""

CURRENT, COMPARISON, LAST_YEAR = "Current", "Comparison", "Last year"
WINDOWS = (CURRENT, COMPARISON, LAST_YEAR)
BACK = {"month": (1, 3, 12), "quarter": (1, 4), "week": (1, 13, 52), "year": (1,)}
YEAR = {"month": 12, "quarter": 4, "week": 52, "year": 1}
QUARTER = {"month": 3, "quarter": 1, "week": 13, "year": 0}
SERIES = ("series", "opening", "to_date", "whole", "n")


@dataclass
class Meaning:
    """Every value of a model with its inputs. `closed` are members' last days on Lists."""

    model: Model
    inputs: Inputs
    closed: Mapping[tuple[str, str], float] = field(default_factory=dict)
    find: Callable[[str], Reference] = find_reference
    known: dict[tuple[str, Where, When], Value] = field(default_factory=dict)
    windows: dict[str, range | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.count = self.model.periods.count
        self.started = [self._is_started(period) for period in range(self.count)]
        self.windows = {name: self._window(name) for name in WINDOWS}

    # Coordinates and time

    def value(self, id: str, where: Where, when: When) -> Value:
        """The value of a metric at a coordinate, in a period or over a window."""
        metric = self.model.metrics[id]
        when = when if metric.timed else None
        where = where or (None,) * len(metric.axes)
        key = (id, where, when)
        if key not in self.known:
            self.known[key] = (
                self._over(metric, where, when) if isinstance(when, str) else self._at(metric, where, when)
            )
        return self.known[key]

    def _at(self, metric: Metric, where: Where, when: int | None) -> Value:
        """In one period: a total over members, what was typed, a target, or a formula."""
        if _rolled_up(where) and metric.over_members in ("sum", "weighted"):
            return self._total(metric, where, when)
        if metric.is_input:
            return self._read(metric, where, when)
        return self._target(metric, when) if metric.target_of else self._formula(metric, where, when)

    def _over(self, metric: Metric, where: Where, name: str) -> Value:
        """Over a window: rolled up along the periods, or the formula once more."""
        how = metric.over_periods
        if how == "recompute" and metric.formula is not None and not self._summed(metric, where):
            return self._formula(metric, where, name)
        if how == "recompute" and self._summed(metric, where):
            return self._total(metric, where, name)
        if how == "average" and metric.weight:
            return self._weighted(metric, where, name)
        window = self.windows[name]
        if window is None:
            return None
        if how in ("first", "last"):
            return self.value(metric.id, where, window[0 if how == "first" else -1])
        if how == "none":
            return self.value(metric.id, where, window[0]) if len(window) == 1 else NA
        total = strict_sum([self.value(metric.id, where, period) for period in window])
        return total / len(window) if how == "average" and isinstance(total, float) else total

    def _summed(self, metric: Metric, where: Where) -> bool:
        return _rolled_up(where) and metric.over_members == "sum"

    def _total(self, metric: Metric, where: Where, when: When) -> Value:
        """The members' sum, or their average by weight; blank while one of the named members is missing."""
        members = self._members(metric, where)
        if not members:
            return None
        if metric.over_members == "weighted":
            assert isinstance(when, int)
            return self._average([(metric, member, when) for member in members])
        return strict_sum([self.value(metric.id, member, when) for member in members])

    def _members(self, metric: Metric, where: Where) -> list[Where]:
        """The coordinates that a total or group stands for: one axis after the other, named members only."""
        found: list[Where] = [()]
        for axis, point in zip(metric.axes, where, strict=True):
            if point is not None and not point.group:
                found = [(*each, point) for each in found]
                continue
            dimension = self.model.dimensions[point.dimension if point else axis[0]]
            names = {each.id: each for each in self.model.dimensions[dimension.root].members}
            chosen = [
                each
                for each in dimension.members
                if names[each.id].label and (point is None or each.group == point.member)
            ]
            found = [(*each, Point(dimension.id, member.id)) for each in found for member in chosen]
        return found

    def _weighted(self, metric: Metric, where: Where, name: str) -> Value:
        window = self.windows[name]
        members = self._members(metric, where)
        if window is None or not members:
            return None
        return self._average([(metric, member, period) for member in members for period in window])

    def _average(self, parts: Sequence[tuple[Metric, Where, int]]) -> Value:
        """Σ value × weight ÷ Σ weight."""
        products: list[Value] = []
        weights: list[Value] = []
        for metric, where, period in parts:
            weight = self.operand(metric.weight, where, period)
            products.append(_product(self.value(metric.id, where, period), weight))
            weights.append(weight)
        product, weight = strict_sum(products), strict_sum(weights)
        if not isinstance(product, float) or not isinstance(weight, float):
            return None
        return product / weight if weight else NA

    def operand(self, id: str, where: Where, when: When, tokens: Sequence[str] = ()) -> Value:
        """The value of another metric at the same coordinate: at Total for what the coordinate does not say."""
        metric = self.model.metrics[id]
        places: list[Point | None] = []
        if any(self._is_unset(token) for token in tokens):
            return None
        for axis in metric.axes:
            fixed = [self._point(token, axis) for token in tokens if token != "total"]
            point = next((each for each in fixed if each is not None), None)
            places.append(point if point or "total" in tokens else self._own(where, axis))
        return self.value(id, tuple(places), when)

    def _is_unset(self, token: str) -> bool:
        """Is it a selector in which nothing is chosen?"""
        return token in self.model.metrics and self.inputs.get((token, (), None)) is None

    def _own(self, where: Where, axis: Sequence[str]) -> Point | None:
        for point in (each for each in where if each is not None):
            root = self.model.dimensions[point.dimension].root
            for name in axis:
                if self.model.dimensions[name].root == root:
                    return Point(name, point.member, point.group)
        return None

    def _point(self, token: str, axis: Sequence[str]) -> Point | None:
        selector = self.model.metrics.get(token)
        if selector is not None and selector.unit == "member" and selector.input and selector.input.of in axis:
            token = str(self.inputs.get((token, (), None), ""))
        for name in axis:
            dimension = self.model.dimensions[name]
            if any(member.id == token for member in dimension.members):
                return Point(name, token)
            if token in dict(dimension.groups):
                return Point(name, token, group=True)
        return None

    # Inputs as they are read

    def _typed(self, metric: Metric, where: Where, when: int | None) -> Value:
        value = self.inputs.get((metric.id, where, when))
        if value is None and metric.input is not None:
            value = _spread(metric.input.initial, where, when)
        return float(value) if isinstance(value, int | float) else None

    def _read(self, metric: Metric, where: Where, when: int | None) -> Value:
        if not all(self._is_named(point) for point in where if point is not None):
            return None
        value = self._typed(metric, where, when)
        if value is not None or when is None:
            return value
        given = metric.input
        assert given is not None
        if given.blank == "carry":
            begun = max((period for period in range(self.count) if self.started[period]), default=-1)
            earlier = [each for period in range(when + 1) if (each := self._typed(metric, where, period)) is not None]
            return earlier[-1] if earlier and when <= begun else None
        if given.blank == "missing":
            return 0.0 if self._is_closed(metric, where, when) else None
        line = [self._typed(metric, where, period) for period in range(self.count)]
        unused = all(each is None for each in line) or self._is_closed(metric, where, when)
        return 0.0 if unused and self.started[when] else None

    def _is_named(self, point: Point) -> bool:
        root = self.model.dimensions[self.model.dimensions[point.dimension].root]
        return any(member.id == point.member and member.label for member in root.members)

    def _is_closed(self, metric: Metric, where: Where, when: int) -> bool:
        """After its members' last day a blank amount is 0; a rate of nothing is nothing."""
        roots = [(self.model.dimensions[point.dimension].root, point.member) for point in where if point is not None]
        days = [self.closed[each] for each in roots if each in self.closed]
        adds_up = metric.unit.partition("/")[0] in ("currency", "count")
        return bool(days) and adds_up and serial(self.model.periods, when) > min(days)

    def _is_started(self, period: int) -> bool:
        """Was any number typed in this period? Prefilled, carried and unused lines say nothing about it."""
        return any(
            self._typed(metric, where, period) is not None
            for metric in self.model.metrics.values()
            if metric.timed and metric.unit != "text" and metric.input and metric.input.blank == "missing"
            and metric.input.initial is None
            for where in self._input_wheres(metric)
        )  # fmt: skip

    def _input_wheres(self, metric: Metric) -> list[Where]:
        wheres = self.model.wheres(metric)
        return [w for w in wheres if all(p is not None and not p.group and self._is_named(p) for p in w)]

    # Windows

    def data_through(self) -> int:
        """The latest period with every essential input, else the latest with anything; -1 where there is none."""
        essential = [
            (metric, where)
            for metric in self.model.metrics.values()
            if metric.timed and metric.input and metric.input.need == "essential"
            for where in self._input_wheres(metric)
        ]
        complete = [p for p in range(self.count) if all(self._read(m, w, p) is not None for m, w in essential)]
        begun = [period for period in range(self.count) if self.started[period]]
        return max((complete if essential else []) or begun, default=-1)

    def reporting(self) -> int:
        """The period that pages show: the picked one, else data through."""
        days = [serial(self.model.periods, period) for period in range(self.count)]
        picked = self.inputs.get((PICKED, (), None))
        return days.index(picked) if picked in days else self.data_through()

    def _window(self, name: str) -> range | None:
        last = self.reporting()
        if last < 0:
            return None
        grain = self.model.periods.grain
        words = VIEWS[grain]
        view = self.inputs.get((VIEW, (), None))
        number = words.index(str(view)) if view in words else 0
        length = 1 if number == 0 else len(self.to_date(last, "year" if number == len(words) - 1 else "quarter"))
        yearly = name == LAST_YEAR or self.inputs.get((COMPARE, (), None)) == "Last year"
        back = 0 if name == CURRENT else YEAR[grain] if yearly else BACK[grain][number]
        first = last - back - length + 1
        return range(first, last - back + 1) if first >= 0 else None

    def to_date(self, period: int, word: str) -> list[int]:
        """The periods of the same fiscal year or quarter, up to this one."""
        return [each for each in range(period + 1) if self.fiscal(each, word) == self.fiscal(period, word)]

    def whole(self, period: int, word: str) -> list[int] | None:
        """All periods of the fiscal year or quarter, None where they are not all inside the data."""
        beyond = 60
        same = [
            each
            for each in range(-beyond, self.count + beyond)
            if self.fiscal(each, word) == self.fiscal(period, word)
        ]
        return same if same[0] >= 0 and same[-1] < self.count else None

    def fiscal(self, period: int, word: str) -> tuple[int, int]:
        """The fiscal year (and quarter) a period lies in; a week lies where its Thursday does."""
        return self._fiscal(self._date(period), word)

    def _date(self, period: int) -> dt.date:
        periods = self.model.periods
        if periods.grain == "week":
            return periods.start(0) + dt.timedelta(days=7 * period + 3)
        months = {"month": 1, "quarter": 3, "year": 12}[periods.grain] * period
        start = periods.start(0)
        year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
        return dt.date(year, month + 1, 1)

    def _fiscal(self, day: dt.date, word: str) -> tuple[int, int]:
        months = day.year * 12 + day.month - self.model.periods.fiscal_start
        year, month = divmod(months, 12)
        return (year, 0) if word == "year" else (year, month // 3)

    # Formulas and targets

    def _formula(self, metric: Metric, where: Where, when: When) -> Value:
        if isinstance(when, str) and self.windows[when] is None:
            return None
        if metric.by_member and not all(self._is_named(point) for point in where if point and not point.group):
            return None
        function = self.find(metric.python)
        if any(name in SERIES for name in signature(function).parameters):
            assert isinstance(when, int)
            return _result(function, self._along(metric, function, where, when))
        arguments, by_member = {}, False
        for name, (reference, optional) in _parameters(function).items():
            if name in self.model.dimensions:
                point = next((p for p in where if p is not None and p.dimension == name), None)
                arguments[name], by_member = point.member if point else "total", True
                continue
            id, tokens = _reference(reference)
            value = self._fact(id, when) if id.startswith("period.") else self._chosen(id, where, when, tokens)
            arguments[name] = None if value == NA and optional else value
            if value in (None, NA) and not optional:
                arguments[name] = nan
        blank = [name for name, value in arguments.items() if isinstance(value, float) and isnan(value)]
        if blank and not by_member:
            return None
        if isinstance(when, int) and not self.started[when] and all(value is None for value in arguments.values()):
            return None  # what stands in for a blank stands in only where something is filled
        return _result(function, arguments)

    def _chosen(self, id: str, where: Where, when: When, tokens: Sequence[str]) -> Value:
        """An operand's value; of a choice the id that was typed."""
        if self.model.metrics[id].unit == "choice":
            typed = self.inputs.get((id, (), None))
            return typed if isinstance(typed, str) else None
        return self.operand(id, where, when, tokens)

    def _fact(self, name: str, when: When) -> Value:
        """Facts of a period; over a window the share of the year at its end, and the months of all its periods."""
        if isinstance(when, str):
            window = self.windows[when]
            assert window is not None
            facts = [self._fact(name, period) for period in window]
            return strict_sum(facts) if name == "period.months" else facts[-1]
        assert when is not None
        grain = self.model.periods.grain
        if name == "period.months":
            return {"month": 1.0, "quarter": 3.0, "week": 12 / 52, "year": 12.0}[grain]
        assert name == "period.elapsed"
        year = [
            each for each in range(-60, self.count + 60) if self.fiscal(each, "year") == self.fiscal(when, "year")
        ]
        return (year.index(when) + 1) / len(year)

    def _along(self, metric: Metric, function: Reference, where: Where, period: int) -> dict[str, Any]:
        tree = metric.formula
        assert isinstance(tree, Call) and isinstance(tree.args[0], Name)
        span = tree.args[-1]

        def at(number: int) -> Value:
            return self._named(tree.args[0], where, number)

        given: dict[str, Any] = {}
        for name in signature(function).parameters:
            if name == "series":
                # an earlier period alone is looked at, so this one's value may itself be made of the result
                earlier = tree.function in ("PREVIOUS", "AGO")
                given[name] = [at(number) for number in range(period + (not earlier))] + [None] * earlier
            elif name == "opening":
                given[name] = self._named(tree.args[1], where, period)
            elif name == "n":
                given[name] = self._distance(span)
            elif name == "to_date":
                given[name] = [at(number) for number in self.to_date(period, _word(span))]
            elif name == "whole":
                whole = self.whole(period, _word(span))
                given[name] = [at(number) for number in whole] if whole else [None]
        # what is undefined in one period keeps a sum over periods blank
        if tree.function not in ("PREVIOUS", "AGO"):
            given = {name: _without_na(value) for name, value in given.items()}
        return given

    def _named(self, tree: Tree, where: Where, when: When) -> Value:
        if isinstance(tree, Number):
            return tree.value
        assert isinstance(tree, Name)
        return self.operand(self._resolve(tree), where, when, tree.where)

    def _resolve(self, name: Name) -> str:
        if not name.part:
            return name.id
        return next(id for id in self.model.rivals[name.id] if self.model.metrics[id].variant == name.part)

    def _distance(self, tree: Tree) -> int:
        if isinstance(tree, Number):
            return int(tree.value)
        return (YEAR if _word(tree) == "year" else QUARTER)[self.model.periods.grain]

    def _target(self, line: Metric, when: When) -> Value:
        """A target by period: its number in force, spread over the periods as its metric adds up."""
        parent = self.model.metrics[line.target_of]
        target = parent.target
        assert target is not None and when != ""
        part = line.id.rpartition(".")[2]
        own = (
            target.path
            if target.path is not None
            else {"target": target.value, "from": target.from_, "to": target.to}[part]
        )
        if target.use == "model":
            return self.value(f"{parent.id}.model", (), when)
        if target.use == "benchmark":
            bench = parent.benchmarks[0]
            upper = part == "to" or parent.good == "lower"
            low = bench.from_ if bench.from_ is not None else bench.above
            own = (bench.to if bench.to is not None else bench.below) if upper else low
        elif target.use == "history":
            own = target.history
        elif isinstance(own, str):
            return self.value(f"{line.id}_own", (), when)
        per = {"period": 1, "quarter": QUARTER, "year": YEAR}[target.per]
        share = per if isinstance(per, int) else per[self.model.periods.grain]
        typed = self.inputs.get((line.id, (), when if isinstance(own, list) else None))
        if isinstance(own, list):
            assert isinstance(when, int)
            phased = own[when] if when < len(own) else None
            number = typed if typed is not None else phased
            given = [float(each) for each in own if isinstance(each, int | float)]
            return float(number) if isinstance(number, int | float) else min(given, default=None)
        if typed is not None and target.use == "value":
            own = typed
        if own is None:
            return None
        value = float(own) / share
        if target.path is not None and isinstance(when, int) and target.use == "value":
            opening = self.operand(target.opening or "", (), when) if target.opening else value
            return opening + (value - opening) * (when + 1) / self.count if isinstance(opening, float) else None
        return value


def strict_sum(values: Sequence[Value]) -> Value:
    """The sum, blank unless every part is a number."""
    numbers = [value for value in values if isinstance(value, float | int)]
    return float(sum(numbers)) if len(numbers) == len(values) else None


def _product(one: Value, other: Value) -> Value:
    return one * other if isinstance(one, float) and isinstance(other, float) else None


def _rolled_up(where: Where) -> bool:
    return any(point is None or point.group for point in where)


def _spread(values: Any, where: Where, when: int | None) -> Any:
    if isinstance(values, dict):
        values = next((values[point.member] for point in where if point is not None and point.member in values), None)
    if isinstance(values, list):
        return values[when] if when is not None and when < len(values) else None
    return values


def _without_na(value: Any) -> Any:
    return [None if each == NA else each for each in value] if isinstance(value, list) else value


def _word(tree: Tree) -> str:
    return tree.id if isinstance(tree, Name) else "year"


def _parameters(function: Reference) -> dict[str, tuple[str, bool]]:
    """Of each parameter: what it is read from, and whether it may be blank."""
    found = {}
    for name, hint in get_type_hints(function, include_extras=True).items():
        if name == "return":
            continue
        reference = name
        if get_origin(hint) is Annotated:
            hint, mark = get_args(hint)
            assert isinstance(mark, At)
            reference = mark.reference
        found[name] = (reference, NoneType in get_args(hint))
    return found


def _reference(text: str) -> tuple[str, tuple[str, ...]]:
    """`cost[programs, total]` as a metric and its tokens."""
    match = re.fullmatch(r"([a-z0-9_.]+)(?:\[(.+)\])?", text)
    assert match is not None, text
    return match[1], tuple(part.strip() for part in (match[2] or "").split(",") if part.strip())


def _result(function: Reference, arguments: Mapping[str, Any]) -> Value:
    try:
        value = function(**arguments)
    except (ZeroDivisionError, Undefined):
        return NA
    if isinstance(value, str):
        return value  # an undefined value passed on from another period
    return None if value is None or isnan(value) else float(value)

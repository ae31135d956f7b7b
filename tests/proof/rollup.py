"""The meaning of values in plain Python: blank, n/a, unused, carried, strict totals, windows. Slow and obvious.

It reads what a framework declares (axes, rollups, weights, blanks) and the inputs, calls the reference functions, and
says what every metric is at every coordinate. It shares no code with the layout or with the evaluator of formulas, so
that the two can be compared. A value is a number, None (blank) or NA.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from math import isnan, nan
from typing import Any

from metricbook.formula.tree import Call, Name, Number, Tree
from metricbook.model.metric import Metric, Point, Where
from metricbook.model.model import Model
from metricbook.reference import Reference
from metricbook.reference import find as find_reference
from proof.calls import names, parameters, reference_of, result
from proof.fiscal import MONTHS, QUARTER, YEAR, elapsed, to_date
from proof.fiscal import whole as whole_of
from proof.scenarios import Inputs, serial
from proof.typed import NA, WINDOWS, Reading, Value, When

SERIES = ("series", "opening", "to_date", "whole", "n")


@dataclass
class Meaning:
    """Every value of a model with its inputs. `closed` are members' last days on Lists."""

    model: Model
    inputs: Inputs
    closed: Mapping[tuple[str, str], float] = field(default_factory=dict)
    find: Callable[[str], Reference] = find_reference
    known: dict[tuple[str, Where, When], Value] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.periods = self.model.periods
        self.reading = Reading(self.model, self.inputs, self.closed)
        self.windows = {name: self.reading.window(name) for name in WINDOWS}

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
            return self.reading.read(metric, where, when)
        if metric.target_of:
            return self._target(metric, when) if self.reading.begun else None
        return self._formula(metric, where, when)

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
            value = self.value(metric.id, where, period)
            none = value is None and metric.is_input and self.reading.is_nothing(metric, where, period)
            products.append(0.0 if none else _product(value, weight))
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
        """Is it a selector in which nothing is chosen, or something that its dimension does not have?"""
        selector = self.model.metrics.get(token)
        return selector is not None and shown_member(self.model, selector, self.inputs) is None

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
            token = shown_member(self.model, selector, self.inputs) or ""
        for name in axis:
            dimension = self.model.dimensions[name]
            if any(member.id == token for member in dimension.members):
                return Point(name, token)
            if token in dict(dimension.groups):
                return Point(name, token, group=True)
        return None

    # Formulas and targets

    def _formula(self, metric: Metric, where: Where, when: When) -> Value:
        if isinstance(when, str) and self.windows[when] is None:
            return None
        if metric.by_member and not all(self.reading.is_named(point) for point in where if point and not point.group):
            return None
        if pinned(metric):
            assert isinstance(metric.formula, Name)
            value = self._named(metric.formula, where, when)
            return None if value == NA else value
        function = self.find(metric.python)
        if any(name in SERIES for name in names(function)):
            assert isinstance(when, int)
            return result(function, self._along(metric, function, where, when))
        arguments: dict[str, Any] = {}
        by_member = made_of_typed = False
        for name, (reference, optional) in parameters(function).items():
            if name in self.model.dimensions:
                point = next((p for p in where if p is not None and p.dimension == name), None)
                arguments[name], by_member = point.member if point else "total", True
                continue
            id, tokens = reference_of(reference)
            is_fact = id.startswith("period.")
            made_of_typed |= not is_fact and self.model.metrics[id].unit not in ("choice", "member")
            value = self._fact(id, when) if is_fact else self._chosen(id, where, when, tokens)
            arguments[name] = None if value == NA and optional else value
            if value in (None, NA) and not optional:
                arguments[name] = nan
        blank = [name for name, value in arguments.items() if isinstance(value, float) and isnan(value)]
        if (blank and not by_member) or not (made_of_typed or self.reading.begun):
            return None
        if (
            isinstance(when, int)
            and not self.reading.started[when]
            and all(value is None for value in arguments.values())
        ):
            return None  # what stands in for a blank stands in only where something is filled
        return result(function, arguments)

    def _chosen(self, id: str, where: Where, when: When, tokens: Sequence[str]) -> Value:
        """An operand's value; of a choice the id that was typed."""
        if self.model.metrics[id].unit == "choice":
            typed = self.inputs.get((id, (), None))
            return typed if isinstance(typed, str) else None
        return self.operand(id, where, when, tokens)

    def _fact(self, name: str, when: When) -> Value:
        """Facts of a period; over a window its first day, its months in all, and else what holds at its end."""
        if isinstance(when, str):
            window = self.windows[when]
            assert window is not None
            facts = [self._fact(name, period) for period in window]
            return strict_sum(facts) if name == "period.months" else facts[0 if name == "period.start" else -1]
        assert when is not None
        if name in ("period.start", "period.end"):
            return serial(self.periods, when) if name == "period.start" else serial(self.periods, when + 1) - 1
        return MONTHS[self.periods.grain] if name == "period.months" else elapsed(self.periods, when)

    def _along(self, metric: Metric, function: Reference, where: Where, period: int) -> dict[str, Any]:
        tree = metric.formula
        assert isinstance(tree, Call) and isinstance(tree.args[0], Name)
        span = tree.args[-1]

        def at(number: int) -> Value:
            return self._named(tree.args[0], where, number)

        given: dict[str, Any] = {}
        for name in names(function):
            if name == "series":
                # an earlier period alone is looked at, so this one's value may itself be made of the result
                earlier = tree.function in ("PREVIOUS", "AGO")
                given[name] = [at(number) for number in range(period + (not earlier))] + [None] * earlier
            elif name == "opening":
                given[name] = self._opening(tree.args[1], where, period)
            elif name == "n":
                given[name] = self._distance(span)
            elif name == "to_date":
                given[name] = [at(number) for number in to_date(self.periods, period, _word(span))]
            elif name == "whole":
                whole = whole_of(self.periods, period, _word(span))
                given[name] = [at(number) for number in whole] if whole else [None]
        # what is undefined in one period keeps a sum over periods blank
        if tree.function not in ("PREVIOUS", "AGO"):
            given = {name: _without_na(value) for name, value in given.items()}
        return given

    def _opening(self, tree: Tree, where: Where, period: int) -> Value:
        """What stands before the first period; a literal does so only where something is filled."""
        stands = isinstance(tree, Name) or self.reading.started[period]
        return self._named(tree, where, period) if stands else None

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
            typed_before = self.inputs.get((f"{parent.id}.history", (), None))
            own = target.history if typed_before is None and not target.example else typed_before
        elif isinstance(own, str):
            return self.value(f"{line.id}_own", (), when)
        share = {"period": dict.fromkeys(YEAR, 1), "quarter": QUARTER, "year": YEAR}[target.per][self.periods.grain]
        typed = self.inputs.get((line.id, (), when if isinstance(own, list) and isinstance(when, int) else None))
        if isinstance(own, list):
            assert isinstance(when, int)
            phased = own[when] if when < len(own) else None
            number = typed if typed is not None else phased
            given = [float(each) for each in own if isinstance(each, int | float)]
            return float(number) if isinstance(number, int | float) else min(given, default=None)
        if target.use == "value" and (typed is not None or target.example):
            own = typed if isinstance(typed, int | float) else None
        if own is None:
            return None
        value = float(own) / share
        if target.path is not None and isinstance(when, int) and target.use == "value":
            opening = self.operand(target.opening or "", (), when) if target.opening else value
            return (
                opening + (value - opening) * (when + 1) / self.periods.count if isinstance(opening, float) else None
            )
        return value


def shown_member(model: Model, selector: Metric, inputs: Inputs) -> str | None:
    """The id of the member that a selector shows; an empty one shows what it begins with."""
    assert selector.input is not None
    typed = inputs.get((selector.id, (), None))
    shown = selector.input.initial if typed is None else typed
    members = model.dimensions[selector.input.of or ""].members
    return next((each.id for each in members if each.id == shown), None)


def pinned(metric: Metric) -> bool:
    """Is this another metric at the member that a page with `at:` shows? It repeats a value and has no function."""
    return "_at_" in metric.id and isinstance(metric.formula, Name)


def strict_sum(values: Sequence[Value]) -> Value:
    """The sum, blank unless every part is a number."""
    numbers = [value for value in values if isinstance(value, float | int)]
    return float(sum(numbers)) if len(numbers) == len(values) else None


def _product(one: Value, other: Value) -> Value:
    return one * other if isinstance(one, float) and isinstance(other, float) else None


def _rolled_up(where: Where) -> bool:
    return any(point is None or point.group for point in where)


def _without_na(value: Any) -> Any:
    return [None if each == NA else each for each in value] if isinstance(value, list) else value


def _word(tree: Tree) -> str:
    return tree.id if isinstance(tree, Name) else "year"

"""Data for a workbook: rows of `--data` and samples, matched to the inputs of a model."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from metricbook.model.metric import Axis, Metric, Point, Where
from metricbook.model.model import Model
from metricbook.model.own import own_inputs
from metricbook.model.spread import expand
from metricbook.problems import Problem, did_you_mean, there_is
from metricbook.source.data import DAY_ZERO as DAY_ZERO
from metricbook.source.data import Row

Typed = float | str
Key = tuple[str, Where, int | None]
"""A metric, its coordinate, and the number of its period from 0 (None: one value for the whole workbook)."""

LONGEST_TEXT = 255


@dataclass(frozen=True)
class Matched:
    """What the rows became, and how many were left aside because they do not apply in this profile."""

    inputs: dict[Key, Typed]
    problems: tuple[Problem, ...]
    ignored: int = 0


def match(model: Model, rows: Iterable[Row], sample: bool = False) -> Matched:
    """Find the input cell of each row. A sample may hold more than this profile asks for; other data may not.

    A row without a period stands for all periods; a row with one wins over it. A sample says targets of the sample
    company too (`mqls.target`, `cac.history`), where the framework has one as an example.
    """
    matcher = Matcher(model)
    ignored = 0
    aims = _aims_by_name(model) if sample else {}
    for row in sorted(rows, key=lambda row: row.period != ""):
        if row.metric in aims and not row.where and not row.period:
            matcher.aim(aims[row.metric], row)
        elif sample and _has_no_place(model, row.metric):
            ignored += 1
        else:
            matcher.take(row)
    return Matched(matcher.inputs, tuple(matcher.problems), ignored)


def examples(model: Model) -> dict[Key, Typed]:
    """The example values that the framework gives beside its inputs, and the targets that are examples."""
    found: dict[Key, Typed] = {}
    for metric in model.metrics.values():
        found |= _aims(model, metric)
        if metric.input is None or metric.input.example is None:
            continue
        periods: list[int | None] = list(range(model.periods.count)) if metric.timed else [None]
        for where in model.wheres(metric):
            for period in periods:
                value = expand(metric.input.example, where, period)
                named = all(point is not None and not point.group and model.member(point).label for point in where)
                if value is not None and named:
                    found[metric.id, where, period] = value
    return found


def _aims(model: Model, metric: Metric) -> dict[Key, Typed]:
    """The numbers of a target that belong to the sample company."""
    target = metric.target
    if target is None or not target.example:
        return {}
    own = target.value if target.path is None else target.path
    said = {"target": own, "from": target.from_, "to": target.to, "history": target.history}
    return {
        (f"{metric.id}.{name}", (), None): value for name, value in said.items() if isinstance(value, float | int)
    }


def _aims_by_name(model: Model) -> dict[str, Metric]:
    """The metrics whose targets are examples, by the names of these targets."""
    return {id: metric for metric in model.metrics.values() for id, _, _ in _aims(model, metric)}


def bounds(metric: Metric) -> tuple[float | None, float | None]:
    """The least and most that may be typed: what is declared, else at least 0 unless signed, percents at most 1."""
    given = metric.input
    low = (
        given.min if given and given.min is not None else (None if metric.signed or metric.unit == "points" else 0.0)
    )
    high = given.max if given and given.max is not None else (1.0 if metric.unit == "percent" else None)
    return low, high


def _has_no_place(model: Model, id: str) -> bool:
    """Is it a metric of the framework that is not typed in this profile, or the target of one that is not there?"""
    known = model.framework.metrics
    if id in known:
        return not _is_input(model, id)
    parent = id.rpartition(".")[0]
    return parent in known and parent not in model.metrics


def _is_input(model: Model, id: str) -> bool:
    return id in model.metrics and model.metrics[id].is_input


@dataclass
class Matcher:
    """Takes row after row; what has no place becomes a problem."""

    model: Model
    inputs: dict[Key, Typed] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    lines: dict[tuple[Key, bool], int] = field(default_factory=dict)  # where a cell's value stands in the file

    def take(self, row: Row) -> None:
        """Put a row's value into its cells."""
        metric = self._metric(row)
        if metric is None:
            return
        where, periods, value = self._where(metric, row), self._periods(metric, row), self.value(metric, row)
        if where is None or periods is None or value is None:
            return
        for period in periods:
            key, exact = (metric.id, where, period), row.period != ""
            if (key, exact) in self.lines:
                sentence = f"This value of {metric.id} is here twice, first on line {self.lines[key, exact]}."
                self._refuse(row, "same-row", sentence, "")
                return
            self.lines[key, exact] = row.at.line
            self.inputs[key] = value

    def aim(self, metric: Metric, row: Row) -> None:
        """Put a target of the sample company into its cell."""
        value = self.value(metric, row)
        if value is not None:
            self.inputs[row.metric, (), None] = value

    def _refuse(self, row: Row, code: str, sentence: str, hint: str) -> None:
        self.problems.append(Problem(code, sentence, hint, row.at))

    def _metric(self, row: Row) -> Metric | None:
        metrics = self.model.metrics
        if row.metric in own_inputs():
            return own_inputs()[row.metric]
        id = row.metric if row.metric in metrics else self._renamed(row.metric)
        if _is_input(self.model, id):
            return metrics[id]
        if id in metrics:
            self._refuse(row, "not-an-input", f"{id} is calculated, so it cannot be filled in.",
                         "Give the numbers it is made of.")  # fmt: skip
        elif id in self.model.framework.metrics:
            profile = ", ".join(f"{key}={value}" for key, value in self.model.profile.items())
            hint = f"The profile is {profile}." if profile else "Leave the row out."
            self._refuse(row, "not-in-profile", f"{id} has no place in this workbook.", hint)
        else:
            hint = did_you_mean(id, [each for each in metrics if _is_input(self.model, each)])
            sentence = f'"{id}" is not an input of {self.model.framework.framework}.'
            self._refuse(row, "unknown-metric", sentence, hint or "`metricbook show` lists the inputs.")
        return None

    def _renamed(self, id: str) -> str:
        """The id that a metric has today, where the data calls it by an earlier one."""
        return next((each.id for each in self.model.metrics.values() if id in each.aliases), id)

    def _where(self, metric: Metric, row: Row) -> Where | None:
        given = list(row.where)
        places: list[Point | None] = []
        for axis in metric.axes:
            taken = self._take_member(axis, given)
            if taken is None:
                sentence = f"{metric.id} needs its {' or '.join(axis)}."
                self._refuse(row, "no-member", sentence, f"Fill the column {axis[0]}.")
                return None
            named, member = taken
            # the row may say which of several margins it means
            narrowed = tuple(name for name in axis if named in (name, self.model.dimensions[name].root)) or axis
            point = self._point(narrowed, member)
            if point is None:
                known = self._members(narrowed)
                hint = did_you_mean(member, known) or there_is(known, "are")
                self._refuse(row, "unknown-member", f'"{member}" is not a member of {" or ".join(narrowed)}.', hint)
                return None
            places.append(point)
        if given:
            names = ", ".join(name or member for name, member in given)
            self._refuse(row, "extra-member", f"{metric.id} has no values by {names}.",
                         "Leave that column empty in this row.")  # fmt: skip
            return None
        return tuple(places)

    def _take_member(self, axis: Axis, given: list[tuple[str, str]]) -> tuple[str, str] | None:
        """Take the dimension and member that the row gives for an axis: by name, in order in YAML, or by the root."""
        roots = {self.model.dimensions[name].root for name in axis}
        for names in ({*axis, ""}, roots):
            for pair in given:
                if pair[0] in names:
                    given.remove(pair)
                    return pair
        return None

    def _point(self, axis: Axis, wanted: str) -> Point | None:
        known = self._members(axis)
        return known.get(wanted) or {label.casefold(): point for label, point in known.items()}.get(wanted.casefold())

    def _members(self, axis: Axis) -> dict[str, Point]:
        """The members of an axis by id, and by label where it says one. Spare rows, without a label, take no data.

        Where two margins share an id, it says which it means: "channel.email".
        """
        members = [(name, member) for name in axis for member in self.model.dimensions[name].members if member.label]
        ids = {self.model.point_id(axis, point): point for name, each in members for point in [Point(name, each.id)]}
        labels = Counter(member.label for _, member in members)
        return ids | {
            member.label: Point(name, member.id)
            for name, member in members
            if member.label not in ids and labels[member.label] == 1
        }

    def _periods(self, metric: Metric, row: Row) -> list[int | None] | None:
        keys = self.model.periods.keys()
        days = {self.model.periods.start(number).isoformat(): number for number in range(len(keys))}
        if not metric.timed:
            if not row.period:
                return [None]
            self._refuse(row, "extra-period", f"{metric.id} has one value, not one per period.",
                         "Leave the period empty.")  # fmt: skip
            return None
        if not row.period:
            return list(range(len(keys)))
        if row.period in keys:
            return [keys.index(row.period)]
        if row.period in days:
            return [days[row.period]]
        number = int(row.period[1:]) if re.fullmatch("#[0-9]{1,9}", row.period) else 0
        if 1 <= number <= len(keys):
            return [number - 1]
        what = f"Value number {number}" if number else f'"{row.period}"'
        sentence = f"{what} is not a period of this workbook, which has {len(keys)}, from {keys[0]} to {keys[-1]}."
        self._refuse(row, "unknown-period", sentence, "" if number else f"Write it like {keys[0]}.")
        return None

    def value(self, metric: Metric, row: Row) -> Typed | None:
        """The value of a row as the metric's cells hold it; None where it cannot be one, which is then a problem."""
        if metric.unit == "text":
            return self._text(metric, row)
        if metric.unit in ("choice", "member"):
            return self._choice(metric, row)
        if metric.unit == "date" and isinstance(row.value, str):
            return self._date(metric, row, row.value)
        if isinstance(row.value, str):
            self._refuse(row, "not-a-number", f'{metric.id} needs a number, not "{row.value}".', "")
            return None
        low, high = bounds(metric)
        if (low is not None and row.value < low) or (high is not None and row.value > high):
            limits = [f"at least {low:g}"] if low is not None else []
            limits += [f"at most {high:g}"] if high is not None else []
            self._refuse(row, "out-of-bounds", f"{row.value:g} is out of bounds for {metric.id}.",
                         f"It must be {' and '.join(limits)}.")  # fmt: skip
            return None
        return row.value

    def _text(self, metric: Metric, row: Row) -> str | None:
        words = row.value if isinstance(row.value, str) else f"{row.value:.15g}"
        if len(words) > LONGEST_TEXT:
            sentence = f"The text of {metric.id} is longer than {LONGEST_TEXT} characters."
            self._refuse(row, "long-text", sentence, "")
            return None
        return words

    def _choice(self, metric: Metric, row: Row) -> str | None:
        """The id of what was chosen, by its id or by its words."""
        given = metric.input
        if given is not None and metric.unit == "choice":
            known = dict(given.options or {})
        else:
            dimension = self.model.dimensions[given.of or ""] if given else None
            known = {member.id: member.label for member in dimension.members if member.label} if dimension else {}
        wanted = str(row.value)
        for id, words in known.items():
            if wanted == id or wanted.casefold() == words.casefold():
                return id
        hint = did_you_mean(wanted, known) or f"There are {', '.join(known)}."
        self._refuse(row, "unknown-option", f'"{wanted}" is not an option of {metric.id}.', hint)
        return None

    def _date(self, metric: Metric, row: Row, words: str) -> float | None:
        """A date as a spreadsheet's number of days."""
        try:
            return float((dt.date.fromisoformat(words) - DAY_ZERO).days)
        except ValueError:
            self._refuse(row, "not-a-date", f'"{words}" is not a date, which {metric.id} needs.', "Write 2026-03-31.")
            return None

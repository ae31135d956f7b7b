"""What the rows of a cell come to, by the way its metric rolls up; and where the numbers of a line come from."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from metricbook.model.data import Key, Matcher
from metricbook.model.export_parts import Part
from metricbook.model.metric import Metric, Where
from metricbook.model.model import Model
from metricbook.problems import Problem
from metricbook.source.data import Row

ADDING = ("currency", "count")
LONGEST = 255
SIGNIFICANT = 15  # digits that a spreadsheet keeps; 0.1 + 0.2 is 0.3 there


@dataclass
class Sums:
    """Takes cell after cell."""

    model: Model
    inputs: dict[Key, float | str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    said: Counter[str] = field(default_factory=Counter)

    def take(self, key: Key, parts: Sequence[Part]) -> None:
        """Settle a cell."""
        metric = self.model.metrics[key[0]]
        value = self._settle(key, metric, parts)
        if value is None:
            return
        matcher = Matcher(self.model)
        held = matcher.value(metric, Row(metric.id, (), "", value, parts[0].cell.at))
        self.problems += [
            Problem(each.code, f"{self._place(key)}: {each.sentence}", each.hint, each.at)
            for each in matcher.problems
        ]
        if held is not None:
            self.inputs[key] = held

    def _settle(self, key: Key, metric: Metric, parts: Sequence[Part]) -> float | str | None:
        if len(parts) == 1:
            return parts[0].value
        if metric.timed and metric.over_periods == "sum":
            return _sum(parts)
        if metric.timed and metric.over_periods in ("last", "first") and all(part.span for part in parts):
            return self._snapshot(key, metric, parts)
        return self._single(key, metric, parts)

    def _snapshot(self, key: Key, metric: Metric, parts: Sequence[Part]) -> float | str | None:
        """The last day's value, or the first one's; the rows of that day add up where they are amounts."""
        last = metric.over_periods == "last"
        spans = [part.span for part in parts if part.span is not None]
        day = max(span.last for span in spans) if last else min(span.first for span in spans)
        of_day = [part for part in parts if part.span and (part.span.last if last else part.span.first) == day]
        exports = {part.export for part in of_day}
        if len(of_day) > 1 and len(exports) == 1 and metric.unit in ADDING:
            return _sum(of_day)
        return self._single(key, metric, of_day)

    def _single(self, key: Key, metric: Metric, parts: Sequence[Part]) -> float | str | None:
        """The one value that all rows say."""
        if len({part.value for part in parts}) == 1:
            return parts[0].value
        if not self.said[metric.id]:
            rollup = f"rolls up as {metric.over_periods}" if metric.timed else "is one value for the workbook"
            place = f"{self._place(key)} has {len(parts)} rows with different values"
            sentence = f"{place}; {metric.id} {rollup}, so they cannot be added up."
            hint = "Export one row for each period and member, or amounts from which a formula makes it."
            self.problems.append(Problem("not-additive", sentence, hint, parts[1].cell.at))
        self.said[metric.id] += 1
        return None

    def _place(self, key: Key) -> str:
        id, where, period = key
        points = ", ".join(point.member for point in where if point is not None)
        named = f"{id}[{points}]" if points else id
        return named if period is None else f"{named} of {self.model.periods.key(period)}"

    def origins(self, cells: Mapping[Key, Sequence[Part]]) -> dict[tuple[str, Where], str]:
        """Where the numbers of each line come from: files and days."""
        lines: dict[tuple[str, Where], list[Part]] = defaultdict(list)
        for key, parts in cells.items():
            if key in self.inputs:
                lines[key[:2]] += parts
        return {line: origin(parts) for line, parts in lines.items()}


def _sum(parts: Sequence[Part]) -> float:
    total = math.fsum(part.value for part in parts if isinstance(part.value, float))
    return float(f"{total:.{SIGNIFICANT}g}")


def origin(parts: Sequence[Part]) -> str:
    """Files and days: "ads.csv, 2026-01-03 – 2026-06-30". No word of it needs translating."""
    files = sorted({Path(file).name for file in {part.file for part in parts}})
    names = ", ".join(files) if len(files) < 3 else f"{files[0]} … {files[-1]} ({len(files)})"
    spans = [part.span for part in parts if part.span is not None]
    if not spans:
        return names[:LONGEST]
    first, last = min(spans).first.isoformat(), max(span.last for span in spans).isoformat()
    return f"{names}, {first}{f' – {last}' if last != first else ''}"[:LONGEST]
